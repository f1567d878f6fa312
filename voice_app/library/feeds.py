"""The feeds that are watched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection, Select, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert

from voice_app.library.tables import entries, feeds
from voice_app.model import Feed

if TYPE_CHECKING:
    from datetime import datetime

    from voice_app.library.file import DatabaseFile


class SqlFeeds:
    """See `store.Feeds`."""

    def __init__(self, file: DatabaseFile) -> None:
        self._file = file

    def all(self) -> tuple[Feed, ...]:
        with self._file.reading() as db:
            return _found(db, _counted().order_by(func.lower(feeds.c.title), feeds.c.id))

    def add(self, address: str, title: str, at: datetime) -> Feed:
        row = {"address": address, "title": title, "added_at": at, "problem": ""}
        with self._file.writing() as db:
            db.execute(insert(feeds).values(row).on_conflict_do_nothing(index_elements=["address"]))
            return _found(db, _counted().where(feeds.c.address == address))[0]

    def remove(self, feed_id: int) -> None:
        with self._file.writing() as db:
            db.execute(delete(feeds).where(feeds.c.id == feed_id))

    def checked(self, feed: Feed) -> None:
        facts = {"address": feed.address, "title": feed.title, "checked_at": feed.checked_at, "problem": feed.problem}
        facts |= {"etag": feed.etag, "last_modified": feed.last_modified}
        with self._file.writing() as db:
            db.execute(update(feeds).where(feeds.c.id == feed.id).values(facts))

    def known(self, feed_id: int) -> frozenset[str]:
        with self._file.reading() as db:
            return frozenset(db.execute(select(entries.c.key).where(entries.c.feed_id == feed_id)).scalars())

    def saw(self, feed_id: int, key: str, article_id: int | None) -> None:
        row = insert(entries).values(feed_id=feed_id, key=key, article_id=article_id).on_conflict_do_nothing()
        with self._file.writing() as db:
            is_watched = db.execute(select(feeds.c.id).where(feeds.c.id == feed_id)).first()
            if is_watched:
                db.execute(row)


def _counted() -> Select[tuple[object, ...]]:
    """Feeds with the number of their articles."""
    count = select(func.count(entries.c.article_id)).where(entries.c.feed_id == feeds.c.id)
    return select(feeds, count.scalar_subquery().label("articles"))


def _found(db: Connection, query: Select[tuple[object, ...]]) -> tuple[Feed, ...]:
    return tuple(Feed(**row._mapping) for row in db.execute(query))
