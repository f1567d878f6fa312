"""How the sources of articles changed, and when to look at them again, as rows."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, delete, func, insert, or_, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from voice_app.errors import ArticleNotFoundError
from voice_app.library.codec import decode, encode
from voice_app.library.tables import articles, changes, contents, watches
from voice_app.model import ArticleState, Change, Watch

if TYPE_CHECKING:
    from datetime import datetime

    from voice_app.library.file import DatabaseFile

KEPT_CHANGES = 20


class SqlChanges:
    """See `store.Changes`."""

    def __init__(self, file: DatabaseFile) -> None:
        self._file = file

    def of(self, article_id: int) -> tuple[Change, ...]:
        newest_first = select(changes.c.change).where(changes.c.article_id == article_id).order_by(changes.c.id.desc())
        with self._file.reading() as db:
            return tuple(decode(Change, text) for text in db.execute(newest_first).scalars())

    def watch(self, article_id: int) -> Watch:
        with self._file.reading() as db:
            row = db.execute(select(watches).where(watches.c.article_id == article_id)).first()
        return Watch(every_hours=row.every_hours, trouble=row.trouble) if row else Watch()

    def set_every_hours(self, article_id: int, hours: int | None) -> None:
        with self._file.writing() as db:
            _put_watch(db, article_id, every_hours=hours)

    def validators(self, article_id: int) -> tuple[str | None, str | None]:
        kept = select(contents.c.etag, contents.c.last_modified).where(contents.c.article_id == article_id)
        with self._file.reading() as db:
            row = db.execute(kept).first()
        if row is None:
            raise ArticleNotFoundError(article=article_id)
        return row.etag, row.last_modified

    def set_validators(self, article_id: int, etag: str | None, last_modified: str | None) -> None:
        with self._file.writing() as db:
            values = {"etag": etag, "last_modified": last_modified}
            db.execute(update(contents).where(contents.c.article_id == article_id).values(**values))

    def checked(self, article_id: int, at: datetime, *, trouble: str = "") -> None:
        with self._file.writing() as db:
            if db.execute(update(articles).where(articles.c.id == article_id).values(checked_at=at)).rowcount != 1:
                raise ArticleNotFoundError(article=article_id)
            _put_watch(db, article_id, trouble=trouble)

    def due(self, now: datetime, *, every_hours: int) -> tuple[int, ...]:
        last = func.coalesce(articles.c.checked_at, articles.c.finished_at, type_=articles.c.checked_at.type)
        hours = func.coalesce(watches.c.every_hours, every_hours)
        wanted = (
            select(articles.c.id, last.label("last"), hours.label("hours"))
            .join_from(articles, contents, contents.c.article_id == articles.c.id)
            .outerjoin(watches, watches.c.article_id == articles.c.id)
            .where(contents.c.original == "")  # what was read from a copy, as a feed's entry is, has nothing to look at
            .where(articles.c.state == ArticleState.DONE, hours > 0, last.is_not(None))
            .where(articles.c.archived_at.is_(None), articles.c.removed_at.is_(None))
            .where(or_(articles.c.origin.startswith("http://"), articles.c.origin.startswith("https://")))
        )
        with self._file.reading() as db:
            rows = db.execute(wanted).all()
        since = sorted((row.last + timedelta(hours=row.hours), row.id) for row in rows)
        return tuple(article_id for when, article_id in since if when <= now)


def record(db: Connection, article_id: int, change: Change) -> None:
    """Keep a change, and forget the oldest ones, in a transaction of the library."""
    db.execute(insert(changes).values(article_id=article_id, change=encode(change)))
    of_it = changes.c.article_id == article_id
    newest = select(changes.c.id).where(of_it).order_by(changes.c.id.desc()).limit(KEPT_CHANGES)
    db.execute(delete(changes).where(of_it, changes.c.id.not_in(newest)))


def _put_watch(db: Connection, article_id: int, **values: Any) -> None:
    if db.execute(select(articles.c.id).where(articles.c.id == article_id)).first() is None:
        raise ArticleNotFoundError(article=article_id)
    row = upsert(watches).values(**({"article_id": article_id, "trouble": ""} | values))
    db.execute(row.on_conflict_do_update(index_elements=["article_id"], set_=values))
