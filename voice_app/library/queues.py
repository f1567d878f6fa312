"""What listeners want to hear next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, insert, select

from voice_app.errors import InputError
from voice_app.library.listening import QUEUE_ARTICLES
from voice_app.library.shelf import cards
from voice_app.library.tables import articles, queue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from voice_app.library.file import DatabaseFile
    from voice_app.model import Card


class SqlQueues:
    """See `listening.Queues`."""

    def __init__(self, file: DatabaseFile) -> None:
        self._file = file

    def cards(self, listener_id: int) -> tuple[Card, ...]:
        with self._file.reading() as db:
            return cards(db, _ids(db, listener_id), {})

    def change(self, listener_id: int, change: Callable[[list[int]], list[int]]) -> None:
        with self._file.writing() as db:
            wanted = list(dict.fromkeys(change(_ids(db, listener_id))))
            if len(wanted) > QUEUE_ARTICLES:
                what = f"The queue is full: it holds {QUEUE_ARTICLES} articles."
                raise InputError(what, todo="Remove some of them on the page Queue, then add this one.")
            _put(db, listener_id, wanted)


def merge(db: Connection, left: int, into: int) -> None:
    """Append one listener's queue to another's, as far as there is room."""
    wanted = list(dict.fromkeys(_ids(db, into) + _ids(db, left)))
    _put(db, into, wanted[:QUEUE_ARTICLES])


def _ids(db: Connection, listener_id: int) -> list[int]:
    """In their order, without those that were deleted."""
    mine = (
        select(queue.c.article_id)
        .join_from(queue, articles, articles.c.id == queue.c.article_id)
        .where(queue.c.listener_id == listener_id, articles.c.removed_at.is_(None))
        .order_by(queue.c.position)
    )
    return list(db.execute(mine).scalars())


def _put(db: Connection, listener_id: int, ids: Iterable[int]) -> None:
    rows = [{"listener_id": listener_id, "article_id": key, "position": place} for place, key in enumerate(ids)]
    db.execute(delete(queue).where(queue.c.listener_id == listener_id))
    if rows:
        db.execute(insert(queue), rows)
