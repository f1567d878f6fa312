"""The library's knowledge of the watched folder's files: which article each one is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update

from voice_app.library.store import FOLDER_ORIGIN, File
from voice_app.library.tables import articles, contents

if TYPE_CHECKING:
    from datetime import datetime

    from voice_app.library.file import DatabaseFile


class SqlFiles:
    """See `store.Files`."""

    def __init__(self, file: DatabaseFile) -> None:
        self._file = file

    def all(self) -> tuple[File, ...]:
        columns = (articles.c.id.label("article_id"), articles.c.origin, contents.c.digest, contents.c.missing)
        known = (
            select(*columns)
            .join_from(articles, contents, contents.c.article_id == articles.c.id)
            .where(articles.c.origin.startswith(FOLDER_ORIGIN, autoescape=True))
            .order_by(articles.c.id)
        )
        with self._file.reading() as db:
            return tuple(File(**row._mapping) for row in db.execute(known))

    def move(self, article_id: int, origin: str) -> None:
        with self._file.writing() as db:
            db.execute(update(articles).where(articles.c.id == article_id).values(origin=origin))

    def lose(self, article_id: int, at: datetime) -> None:
        with self._file.writing() as db:
            db.execute(update(contents).where(contents.c.article_id == article_id).values(missing=True))
            here = update(articles).where(articles.c.id == article_id, articles.c.archived_at.is_(None))
            db.execute(here.values(archived_at=at))

    def find(self, article_id: int) -> None:
        with self._file.writing() as db:
            db.execute(update(contents).where(contents.c.article_id == article_id).values(missing=False))
            back = update(articles).where(articles.c.id == article_id)
            db.execute(back.values(archived_at=None, removed_at=None))
