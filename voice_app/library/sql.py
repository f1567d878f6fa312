"""The library in one SQLite file, shared by the site and the worker."""

from __future__ import annotations

import os
import sqlite3
import threading
import uuid
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, Row, create_engine, event, func, insert, select, update
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError

from voice_app.errors import ArticleNotFoundError, LibraryError
from voice_app.library import slugs
from voice_app.library.codec import decode, encode
from voice_app.library.store import FOLDER_ORIGIN, Original
from voice_app.library.tables import MIGRATIONS, VERSION, articles, contents, revision, settings
from voice_app.model import Article, ArticleAudio, ArticleState, Document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_WORKED_ON = (ArticleState.READING, ArticleState.READY, ArticleState.NARRATING)
_ASKING = (ArticleState.WAITING, *_WORKED_ON)

BUSY_SECONDS = 5.0
"""How long a call waits for another process that is writing. Writes take milliseconds."""


def _now() -> datetime:
    return datetime.now(UTC)


class SqlLibrary:
    """See `store.Library`. The file is made, or brought up to date, at the first use.

    A commit is on the disk before a call returns (WAL with full synchronisation): neither a killed process nor a
    power cut takes back what was said to be saved.
    """

    def __init__(self, path: Path, *, clock: Callable[[], datetime] = _now, busy_seconds: float = BUSY_SECONDS) -> None:
        self._path = path
        self._clock = clock
        self._busy_seconds = busy_seconds
        self._lock = threading.Lock()
        self._engine: Engine | None = None
        self._owner = os.getpid()

    def close(self) -> None:
        """Give the file back. The next call opens it again."""
        with self._lock:
            if self._engine is not None:
                self._engine.dispose()
            self._engine = None

    # articles

    def add(
        self, *, title: str, origin: str, media_type: str, original: str, digest: str, source_url: str | None = None
    ) -> Article:
        with self._writing() as db:
            known = self._known_file(db, origin)
            if known is not None:
                if _original(db, known).digest != digest:
                    self._replace(db, known, original=original, media_type=media_type, digest=digest)
                return _article(db, known)
            row: dict[str, Any] = {"title": title, "origin": origin, "source_url": source_url, "language": "en"}
            row |= {"state": ArticleState.WAITING, "added_at": self._clock(), "guid": str(uuid.uuid4())}
            row |= {"slug": _free_slug(db, title), "problem": "", "spoken": 0, "sentences": 0, "seconds": 0.0}
            article_id: int = db.execute(insert(articles).values(row).returning(articles.c.id)).scalar_one()
            content = {"original": original, "media_type": media_type, "digest": digest, "asked_again": False}
            db.execute(insert(contents).values(article_id=article_id, **content))
            return _article(db, article_id)

    def replace(self, article_id: int, *, original: str, media_type: str, digest: str) -> Article:
        with self._writing() as db:
            self._replace(db, article_id, original=original, media_type=media_type, digest=digest)
            return _article(db, article_id)

    def article(self, slug: str) -> Article:
        with self._reading() as db:
            return _one(db.execute(select(articles).where(articles.c.slug == slug)).first(), slug)

    def by_id(self, article_id: int) -> Article:
        with self._reading() as db:
            return _article(db, article_id)

    def by_origin(self, origin: str) -> Article | None:
        newest = select(articles).where(articles.c.origin == origin).order_by(articles.c.id.desc())
        with self._reading() as db:
            row = db.execute(newest).first()
        return Article(**row._mapping) if row else None

    def articles(self) -> tuple[Article, ...]:
        newest_first = select(articles).order_by(articles.c.added_at.desc(), articles.c.id.desc())
        with self._reading() as db:
            return tuple(Article(**row._mapping) for row in db.execute(newest_first))

    def asking(self) -> tuple[Article, ...]:
        oldest_first = select(articles).where(articles.c.state.in_(_ASKING)).order_by(articles.c.id)
        with self._reading() as db:
            return tuple(Article(**row._mapping) for row in db.execute(oldest_first))

    def original(self, article_id: int) -> Original:
        with self._reading() as db:
            return _original(db, article_id)

    # what a run saves

    def set_state(self, article_id: int, state: ArticleState, *, problem: str = "") -> None:
        with self._writing() as db:
            if state is ArticleState.WAITING:
                _ask(db, article_id)
            elif state is ArticleState.READING:
                _set(db, article_id, state=state, problem=problem)
                _set_content(db, article_id, asked_again=False)
            else:
                _move_on(db, article_id, state, problem=problem)

    def save_document(self, article_id: int, document: Document) -> None:
        with self._writing() as db:
            before = _article(db, article_id)
            changed: dict[str, Any] = {"title": document.title or before.title, "byline": document.byline}
            changed |= {"language": document.language, "published": document.published, "summary": document.summary}
            changed |= {"source_url": document.source_url or before.source_url, "problem": ""}
            _set(db, article_id, **changed)
            _move_on(db, article_id, ArticleState.READY)
            _set_content(db, article_id, document=encode(document))

    def document(self, article_id: int) -> Document | None:
        text = self._content(article_id, "document")
        return decode(Document, text) if text is not None else None

    def save_progress(self, article_id: int, spoken: int, sentences: int) -> bool:
        with self._writing() as db:
            _set(db, article_id, spoken=spoken, sentences=sentences)
            return not _asked_again(db, article_id)

    def save_audio(self, article_id: int, audio: ArticleAudio) -> None:
        with self._writing() as db:
            before = _article(db, article_id)
            changed: dict[str, Any] = {"spoken": len(audio.cues), "sentences": len(audio.cues), "problem": ""}
            changed |= {"seconds": audio.seconds, "finished_at": before.finished_at or self._clock()}
            _set(db, article_id, **changed)
            _move_on(db, article_id, ArticleState.DONE)
            _set_content(db, article_id, audio=encode(audio))

    def audio(self, article_id: int) -> ArticleAudio | None:
        text = self._content(article_id, "audio")
        return decode(ArticleAudio, text) if text is not None else None

    def finished(self) -> tuple[tuple[Article, ArticleAudio, Document], ...]:
        with_audio = (
            select(articles, contents.c.audio.label("_audio"), contents.c.document.label("_document"))
            .join_from(articles, contents, contents.c.article_id == articles.c.id)
            .where(contents.c.audio.is_not(None), contents.c.document.is_not(None))
            .order_by(articles.c.finished_at.desc(), articles.c.id.desc())
        )
        with self._reading() as db:
            rows = [dict(row._mapping) for row in db.execute(with_audio)]
        texts = [(row.pop("_audio"), row.pop("_document"), row) for row in rows]
        return tuple((Article(**row), decode(ArticleAudio, a), decode(Document, d)) for a, d, row in texts)

    # the rest

    def mark_heard(self, article_id: int, at: datetime | None) -> Article:
        with self._writing() as db:
            _set(db, article_id, heard_at=at)
            return _article(db, article_id)

    def setting(self, name: str, make: Callable[[], str]) -> str:
        kept = select(settings.c.value).where(settings.c.name == name)
        with self._reading() as db:
            value = db.execute(kept).scalar()
        if value is not None:
            return str(value)
        with self._writing() as db:  # nobody else writes now, so the second look decides
            value = db.execute(kept).scalar()
            if value is None:
                value = make()
                db.execute(insert(settings).values(name=name, value=value))
            return str(value)

    def revision(self) -> str:
        with self._reading() as db:
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
        with self._reading() as db:
            row = db.execute(select(contents.c[column]).where(contents.c.article_id == article_id)).first()
        if row is None:
            raise ArticleNotFoundError(article=article_id)
        text: str | None = row[0]
        return text

    # the file

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with _library_errors(self._path), self._opened().connect() as db, db.begin():
            yield db

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """The lock is taken at the start: what is read inside still holds when it is written."""
        with (
            _library_errors(self._path),
            self._opened().connect().execution_options(immediate=True) as db,
            db.begin(),
        ):
            db.execute(update(revision).values(number=revision.c.number + 1))
            yield db

    def _opened(self) -> Engine:
        with self._lock:
            if self._engine is not None and self._owner != os.getpid():
                self._engine.dispose(close=False)  # a fork must not share its parent's connections
            if self._engine is None:
                engine = _engine(self._path, self._busy_seconds)
                _migrate(engine, self._path)
                self._engine = engine
            self._owner = os.getpid()
            return self._engine


@contextmanager
def _library_errors(path: Path) -> Iterator[None]:
    """The one place where the database's errors become ours."""
    try:
        yield
    except SQLAlchemyError as problem:
        if isinstance(getattr(problem, "orig", None), sqlite3.OperationalError) and "locked" in str(problem):
            what, todo = "The library is busy with something else.", "Try again in a moment."
            raise LibraryError(what, todo=todo, path=path) from problem
        raise LibraryError(path=path) from problem
    except OSError as problem:
        raise LibraryError(path=path) from problem
    except UnicodeEncodeError as problem:
        what, todo = "The text holds characters that do not exist.", "Save it as UTF-8 and add it again."
        raise LibraryError(what, todo=todo) from problem


def _engine(path: Path, busy_seconds: float) -> Engine:
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(URL.create("sqlite", database=str(path)), connect_args={"timeout": busy_seconds})

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # the driver begins nothing by itself
        connection.execute("PRAGMA journal_mode = WAL")  # stays so for ever; readers and the writer do not wait
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")

    @event.listens_for(engine, "begin")
    def _begin(db: Connection) -> None:
        db.exec_driver_sql("BEGIN IMMEDIATE" if db.get_execution_options().get("immediate") else "BEGIN")

    return engine


def _migrate(engine: Engine, path: Path) -> None:
    """Bring the file to VERSION. Many processes may come here at once: one works, the others find it done."""
    with engine.connect().execution_options(immediate=True) as db, db.begin():
        version = db.exec_driver_sql("PRAGMA user_version").scalar_one()
        if version > VERSION:
            what = f"The library {path} was written by a newer Voice App."
            raise LibraryError(what, todo="Start the newer version, or point paths.content to another folder.")
        for statements in MIGRATIONS[version:]:
            for statement in statements:
                db.exec_driver_sql(statement)
        if version < VERSION:
            db.exec_driver_sql(f"PRAGMA user_version = {VERSION}")


def _one(row: Row[Any] | None, name: int | str) -> Article:
    if row is None:
        raise ArticleNotFoundError(article=name)
    return Article(**row._mapping)


def _article(db: Connection, article_id: int) -> Article:
    return _one(db.execute(select(articles).where(articles.c.id == article_id)).first(), article_id)


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


def _ask(db: Connection, article_id: int) -> None:
    if _article(db, article_id).state in _WORKED_ON:
        _set_content(db, article_id, asked_again=True)
    _set(db, article_id, state=ArticleState.WAITING, problem="", spoken=0)


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
