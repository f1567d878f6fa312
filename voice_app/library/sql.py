"""The library in one SQLite file, shared by the site and the worker."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from voice_app.errors import ArticleNotFoundError
from voice_app.library import catalogue as entries
from voice_app.library import slugs
from voice_app.library.audiobooks import SqlAudiobooks
from voice_app.library.changes import SqlChanges, record
from voice_app.library.codec import decode, encode
from voice_app.library.feeds import SqlFeeds
from voice_app.library.file import BUSY_SECONDS, DatabaseFile
from voice_app.library.files import SqlFiles
from voice_app.library.letters import SqlLetters
from voice_app.library.listeners import SqlListeners
from voice_app.library.places import SqlPlaces
from voice_app.library.queues import SqlQueues
from voice_app.library.readings import SqlReadings
from voice_app.library.shelf import SqlShelf
from voice_app.library.store import FOLDER_ORIGIN, Original
from voice_app.library.tables import UtcTime, articles, catalogue, contents, files, revision, settings
from voice_app.model import Article, ArticleAudio, ArticleState, Change, Document

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_WORKED_ON = (ArticleState.READING, ArticleState.READY, ArticleState.NARRATING)
_ASKING = (ArticleState.WAITING, *_WORKED_ON)

KEPT_ARTICLES = 128
"""As many articles are kept in memory as they came out of their text: a feed asks for all of them again and again.
For 100 of 150 sentences that makes 15 ms of 400."""


def _now() -> datetime:
    return datetime.now(UTC)


class SqlLibrary(SqlShelf):
    """See `store.Library`. The file is made, or brought up to date, at the first use.

    A commit is on the disk before a call returns (WAL with full synchronisation): neither a killed process nor a
    power cut takes back what was said to be saved.
    """

    def __init__(self, path: Path, *, clock: Callable[[], datetime] = _now, busy_seconds: float = BUSY_SECONDS) -> None:
        super().__init__(DatabaseFile(path, busy_seconds=busy_seconds))
        self.files = SqlFiles(self._file)
        self.letters = SqlLetters(self._file)
        self.feeds = SqlFeeds(self._file)
        self.readings = SqlReadings(self._file)
        self.changes = SqlChanges(self._file)
        self.audiobooks = SqlAudiobooks(self._file)
        self.listeners = SqlListeners(self._file)
        self.places = SqlPlaces(self._file)
        self.queues = SqlQueues(self._file)
        self._clock = clock
        self._document = lru_cache(maxsize=KEPT_ARTICLES)(partial(decode, Document))
        self._audio = lru_cache(maxsize=KEPT_ARTICLES)(partial(decode, ArticleAudio))

    def close(self) -> None:
        """Give the file back. The next call opens it again."""
        self._file.close()

    # articles

    def add(
        self, *, title: str, origin: str, media_type: str, original: str, digest: str, source_url: str | None = None
    ) -> Article:
        with self._file.writing() as db:
            known = self._known_file(db, origin)
            if known is not None:
                if _original(db, known).digest != digest:
                    self._replace(db, known, original=original, media_type=media_type, digest=digest)
                return _article(db, known)
            if asked := _same_address(db, origin):
                return asked
            row: dict[str, Any] = {"title": title, "origin": origin, "source_url": source_url, "language": "en"}
            row |= {"state": ArticleState.WAITING, "added_at": self._clock(), "guid": str(uuid.uuid4())}
            row |= {"slug": _free_slug(db, title), "problem": "", "spoken": 0, "sentences": 0, "seconds": 0.0}
            article_id: int = db.execute(insert(articles).values(row).returning(articles.c.id)).scalar_one()
            content = {"original": original, "media_type": media_type, "digest": digest, "asked_again": False}
            content["missing"] = False
            db.execute(insert(contents).values(article_id=article_id, **content))
            entries.enter_title(db, article_id, title, origin)
            return _article(db, article_id)

    def replace(self, article_id: int, *, original: str, media_type: str, digest: str) -> Article:
        with self._file.writing() as db:
            self._replace(db, article_id, original=original, media_type=media_type, digest=digest)
            return _article(db, article_id)

    def article(self, slug: str) -> Article:
        with self._file.reading() as db:
            return _one(db.execute(select(articles).where(articles.c.slug == slug)).first(), slug)

    def by_id(self, article_id: int) -> Article:
        with self._file.reading() as db:
            return _article(db, article_id)

    def by_origin(self, origin: str) -> Article | None:
        newest = select(articles).where(articles.c.origin == origin).order_by(articles.c.id.desc())
        with self._file.reading() as db:
            row = db.execute(newest).first()
        return Article(**row._mapping) if row else None

    def articles(self) -> tuple[Article, ...]:
        there = select(articles).where(articles.c.removed_at.is_(None))
        newest_first = there.order_by(articles.c.added_at.desc(), articles.c.id.desc())
        with self._file.reading() as db:
            return tuple(Article(**row._mapping) for row in db.execute(newest_first))

    def asking(self) -> tuple[Article, ...]:
        oldest_first = select(articles).where(articles.c.state.in_(_ASKING)).order_by(articles.c.id)
        with self._file.reading() as db:  # few are asking: finding those that were not removed first would be slower
            return tuple(Article(**row._mapping) for row in db.execute(oldest_first) if row.removed_at is None)

    def original(self, article_id: int) -> Original:
        with self._file.reading() as db:
            return _original(db, article_id)

    # what a run saves

    def set_state(self, article_id: int, state: ArticleState, *, problem: str = "") -> None:
        with self._file.writing() as db:
            if state is ArticleState.WAITING:
                _ask(db, article_id)
            elif state is ArticleState.READING or _begins_anew(db, article_id, state):
                _set(db, article_id, state=state, problem=problem)
                _set_content(db, article_id, asked_again=False)
            else:
                _move_on(db, article_id, state, problem=problem)

    def ask_narration(self, article_id: int) -> None:
        with self._file.writing() as db:
            state = _article(db, article_id).state
            if state is ArticleState.READING:
                _ask(db, article_id)  # the run may be past the place where it would see what is asked for
            elif state is not ArticleState.WAITING and _has_document(db, article_id):
                _set_content(db, article_id, asked_again=state in _WORKED_ON)
                _set(db, article_id, state=ArticleState.READY, problem="")

    def save_document(self, article_id: int, document: Document, *, change: Change | None = None) -> None:
        entry = entries.entry(document)
        with self._file.writing() as db:
            before = _article(db, article_id)
            changed: dict[str, Any] = {"title": document.title or before.title, "byline": document.byline}
            changed |= {"language": document.language, "published": document.published, "summary": document.summary}
            changed |= {"source_url": document.source_url or before.source_url, "problem": ""}
            changed |= {"site": document.site}
            if change is not None:
                changed |= {"changed_at": change.at}
                record(db, article_id, change)
            _set(db, article_id, **changed)
            _move_on(db, article_id, ArticleState.READY)
            _set_content(db, article_id, document=encode(document))
            entries.enter(db, article_id, entry)

    def document(self, article_id: int) -> Document | None:
        text = self._content(article_id, "document")
        return self._document(text) if text is not None else None

    def save_progress(self, article_id: int, spoken: int, sentences: int) -> bool:
        with self._file.writing() as db:
            _set(db, article_id, spoken=spoken, sentences=sentences)
            return not _asked_again(db, article_id)

    def save_audio(self, article_id: int, audio: ArticleAudio) -> None:
        with self._file.writing() as db:
            before = _article(db, article_id)
            changed: dict[str, Any] = {"spoken": len(audio.cues), "sentences": len(audio.cues), "problem": ""}
            changed |= {"seconds": audio.seconds, "finished_at": before.finished_at or self._clock()}
            _set(db, article_id, **changed)
            _move_on(db, article_id, ArticleState.DONE)
            _set_content(db, article_id, audio=encode(audio))
            _set_files(db, article_id, audio)

    def audio(self, article_id: int) -> ArticleAudio | None:
        text = self._content(article_id, "audio")
        return self._audio(text) if text is not None else None

    def finished(self, *, to_hear: bool = False) -> tuple[tuple[Article, ArticleAudio, Document], ...]:
        with_audio = (
            select(articles, contents.c.audio.label("_audio"), contents.c.document.label("_document"))
            .join_from(articles, contents, contents.c.article_id == articles.c.id)
            .where(contents.c.audio.is_not(None), contents.c.document.is_not(None), articles.c.removed_at.is_(None))
            .order_by(articles.c.finished_at.desc(), articles.c.id.desc())
        )
        if to_hear:
            with_audio = with_audio.where(articles.c.heard_at.is_(None), articles.c.archived_at.is_(None))
        with self._file.reading() as db:
            rows = [dict(row._mapping) for row in db.execute(with_audio)]
        texts = [(row.pop("_audio"), row.pop("_document"), row) for row in rows]
        return tuple((Article(**row), self._audio(a), self._document(d)) for a, d, row in texts)

    # the rest

    def catch_up(self, *, limit: int) -> int:
        behind = select(catalogue.c.article_id).where(catalogue.c.edition < entries.EDITION).limit(limit)
        with self._file.reading() as db:
            ids = list(db.execute(behind).scalars())
        for article_id in ids:
            document = self.document(article_id)
            entry = entries.entry(document) if document else None
            with self._file.writing() as db:
                if db.execute(behind.where(catalogue.c.article_id == article_id)).first() is None:
                    continue  # somebody else was quicker
                article = _article(db, article_id)
                entries.enter_title(db, article_id, article.title, article.origin)
                if entry:
                    entries.enter(db, article_id, entry)
        return len(ids)

    def mark_heard(self, article_id: int, at: datetime, *, is_heard: bool = True) -> Article:
        last = select(func.coalesce(contents.c.marked_at, articles.c.heard_at, type_=UtcTime))
        last = last.join_from(articles, contents, contents.c.article_id == articles.c.id)
        with self._file.writing() as db:
            before = db.execute(last.where(articles.c.id == article_id)).scalar()
            if before is None or before <= at:
                _set(db, article_id, heard_at=at if is_heard else None)
                _set_content(db, article_id, marked_at=at)
            return _article(db, article_id)

    def setting(self, name: str, make: Callable[[], str]) -> str:
        kept = select(settings.c.value).where(settings.c.name == name)
        with self._file.reading() as db:
            value = db.execute(kept).scalar()
        if value is not None:
            return str(value)
        with self._file.writing() as db:  # nobody else writes now, so the second look decides
            value = db.execute(kept).scalar()
            if value is None:
                value = make()
                db.execute(insert(settings).values(name=name, value=value))
            return str(value)

    def revision(self) -> str:
        with self._file.reading() as db:
            return str(db.execute(select(revision.c.number)).scalar_one())

    # inside a transaction

    def _replace(self, db: Connection, article_id: int, *, original: str, media_type: str, digest: str) -> None:
        _ask(db, article_id)
        _set_content(db, article_id, original=original, media_type=media_type, digest=digest)

    def _known_file(self, db: Connection, origin: str) -> int | None:
        if not origin.startswith(FOLDER_ORIGIN):
            return None
        return db.execute(select(func.max(articles.c.id)).where(articles.c.origin == origin)).scalar()

    def _content(self, article_id: int, column: str) -> str | None:
        with self._file.reading() as db:
            row = db.execute(select(contents.c[column]).where(contents.c.article_id == article_id)).first()
        if row is None:
            raise ArticleNotFoundError(article=article_id)
        text: str | None = row[0]
        return text


def _one(row: Row[Any] | None, name: int | str) -> Article:
    if row is None:
        raise ArticleNotFoundError(article=name)
    return Article(**row._mapping)


def _article(db: Connection, article_id: int) -> Article:
    return _one(db.execute(select(articles).where(articles.c.id == article_id)).first(), article_id)


def _same_address(db: Connection, origin: str) -> Article | None:
    """The article of this web address that somebody else added a moment ago."""
    if not origin.startswith(("http://", "https://")):
        return None
    same = select(articles).where(articles.c.origin == origin, articles.c.removed_at.is_(None))
    row = db.execute(same.order_by(articles.c.id)).first()
    return Article(**row._mapping) if row else None


def _original(db: Connection, article_id: int) -> Original:
    joined = select(contents.c.original.label("original"), contents.c.media_type, contents.c.digest, articles.c.origin)
    joined = joined.join_from(contents, articles, contents.c.article_id == articles.c.id)
    row = db.execute(joined.where(contents.c.article_id == article_id)).first()
    if row is None:
        raise ArticleNotFoundError(article=article_id)
    return Original(**row._mapping)


def _set(db: Connection, article_id: int, **values: Any) -> None:
    if db.execute(update(articles).where(articles.c.id == article_id).values(**values)).rowcount != 1:
        raise ArticleNotFoundError(article=article_id)


def _set_content(db: Connection, article_id: int, **values: Any) -> None:
    db.execute(update(contents).where(contents.c.article_id == article_id).values(**values))


def _set_files(db: Connection, article_id: int, audio: ArticleAudio) -> None:
    names = {audio.file, audio.artwork, *(chapter.file for chapter in audio.chapters)}
    db.execute(delete(files).where(files.c.article_id == article_id))
    db.execute(insert(files), [{"article_id": article_id, "name": name} for name in sorted(names)])


def _ask(db: Connection, article_id: int) -> None:
    if _article(db, article_id).state in _WORKED_ON:
        _set_content(db, article_id, asked_again=True)
    _set(db, article_id, state=ArticleState.WAITING, problem="", spoken=0)


def _has_document(db: Connection, article_id: int) -> bool:
    kept = select(contents.c.document.is_not(None)).where(contents.c.article_id == article_id)
    return bool(db.execute(kept).scalar())


def _begins_anew(db: Connection, article_id: int, state: ArticleState) -> bool:
    """A narration begins of what is ready: it will see all that was asked for until now."""
    return state is ArticleState.NARRATING and _article(db, article_id).state is ArticleState.READY


def _asked_again(db: Connection, article_id: int) -> bool:
    return bool(db.execute(select(contents.c.asked_again).where(contents.c.article_id == article_id)).scalar())


def _move_on(db: Connection, article_id: int, state: ArticleState, *, problem: str = "") -> None:
    _article(db, article_id)  # raises when there is none
    if not _asked_again(db, article_id):
        _set(db, article_id, state=state, problem=problem)


def _free_slug(db: Connection, title: str) -> str:
    wanted = slugs.slug(title)
    like = select(articles.c.slug).where(articles.c.slug.startswith(wanted, autoescape=True))
    return slugs.unique(wanted, set(db.execute(like).scalars()))
