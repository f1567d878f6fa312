"""The audiobooks that listeners asked for, as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import exists, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from voice_app.errors import ArticleNotFoundError
from voice_app.library.tables import articles, audiobooks, files
from voice_app.model import Article, ArticleState, Audiobook

if TYPE_CHECKING:
    from collections.abc import Callable

    from voice_app.library.file import DatabaseFile

_is_current = exists().where(files.c.article_id == audiobooks.c.article_id, files.c.name == audiobooks.c.sound)


class SqlAudiobooks:
    """See `store.Audiobooks`."""

    def __init__(self, file: DatabaseFile) -> None:
        self._file = file

    def of(self, article_id: int) -> Audiobook | None:
        columns = (audiobooks.c.is_asked, audiobooks.c.problem, audiobooks.c.sound, audiobooks.c.file)
        with self._file.reading() as db:
            row = db.execute(select(*columns).where(audiobooks.c.article_id == article_id)).first()
        return Audiobook(**row._mapping) if row else None

    def ask(self, article_id: int) -> None:
        asked = {"is_asked": True, "problem": ""}
        with self._file.writing() as db:
            if db.execute(select(articles.c.id).where(articles.c.id == article_id)).first() is None:
                raise ArticleNotFoundError(article=article_id)
            row = upsert(audiobooks).values(article_id=article_id, sound="", file="", **asked)
            db.execute(row.on_conflict_do_update(index_elements=["article_id"], set_=asked))

    def asked(self) -> tuple[Article, ...]:
        wanted = (
            select(articles)
            .join(audiobooks, audiobooks.c.article_id == articles.c.id)
            .where(audiobooks.c.is_asked, articles.c.state == ArticleState.DONE, articles.c.removed_at.is_(None))
            .order_by(articles.c.id)
        )
        with self._file.reading() as db:
            return tuple(Article(**row._mapping) for row in db.execute(wanted))

    def made(self, article_id: int, *, sound: str, file: str) -> None:
        mine = audiobooks.c.article_id == article_id
        with self._file.writing() as db:
            if db.execute(update(audiobooks).where(mine).values(sound=sound, file=file)).rowcount != 1:
                raise ArticleNotFoundError(article=article_id)
            db.execute(update(audiobooks).where(mine, _is_current).values(is_asked=False, problem=""))

    def failed(self, article_id: int, problem: str) -> None:
        with self._file.writing() as db:
            mine = update(audiobooks).where(audiobooks.c.article_id == article_id)
            db.execute(mine.values(is_asked=False, problem=problem))

    def clear(self, *, drop: Callable[[str], None]) -> None:
        old = (audiobooks.c.file != "", ~_is_current)
        with self._file.reading() as db:
            if db.execute(select(audiobooks.c.article_id).where(*old).limit(1)).first() is None:
                return
        with self._file.writing() as db:
            for file in db.execute(select(audiobooks.c.file).where(*old)).scalars().all():
                drop(file)
            db.execute(update(audiobooks).where(*old).values(sound="", file=""))
