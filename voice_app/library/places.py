"""Where listeners are in articles, and what they listened to."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, case, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert

from voice_app.library.listening import APART_SECONDS, HISTORY_ENTRIES
from voice_app.library.tables import articles, devices, history, listeners, places, queue
from voice_app.model import Article, ArticleState, Begun, Bookmark, History, Listened, Place, Traces

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from voice_app.library.file import DatabaseFile
    from voice_app.model import Device

_PLACE = (
    places.c.seconds,
    places.c.at,
    places.c.sentence_id,
    places.c.length,
    places.c.is_finished,
    places.c.device_id,
    func.coalesce(devices.c.name, "").label("device"),
)
_FIELDS = tuple(column.key for column in _PLACE)
_ARTICLE = tuple(articles.c)


class SqlPlaces:
    """See `listening.Places`."""

    def __init__(self, file: DatabaseFile) -> None:
        self._file = file

    def keep(self, device: Device, article_id: int, place: Place, *, known: datetime | None = None) -> Bookmark:
        new = replace(place, device_id=device.id, device=device.name)
        with self._file.writing() as db:
            found = moved(_bookmark(db, device.listener_id, article_id), new, known=known)
            _save(db, device.listener_id, article_id, found)
            _note(db, device.listener_id, article_id, new)
        return found

    def of(self, listener_id: int, article_id: int) -> Bookmark:
        with self._file.reading() as db:
            return _bookmark(db, listener_id, article_id)

    def drop_other(self, listener_id: int, article_id: int, *, before: datetime) -> None:
        with self._file.writing() as db:
            mine = (*_at(listener_id, article_id), places.c.is_other, places.c.at <= before)
            db.execute(delete(places).where(*mine))

    def unfinish(self, listener_id: int, article_id: int) -> None:
        with self._file.writing() as db:
            db.execute(delete(places).where(*_at(listener_id, article_id), places.c.is_finished))

    def begun(self, listener_id: int, *, limit: int) -> tuple[Begun, ...]:
        newest = (
            select(*_ARTICLE, *(column.label(f"_{key}") for key, column in zip(_FIELDS, _PLACE, strict=True)))
            .join_from(places, articles, articles.c.id == places.c.article_id)
            .join(devices, devices.c.id == places.c.device_id, isouter=True)
            .where(places.c.listener_id == listener_id, ~places.c.is_other, ~places.c.is_finished)
            .where(articles.c.removed_at.is_(None))
            .order_by(places.c.at.desc())
            .limit(limit)
        )
        with self._file.reading() as db:
            return tuple(_begun(row._mapping) for row in db.execute(newest))

    def fresh(self, listener_id: int | None, *, limit: int) -> tuple[Article, ...]:
        begun = select(places.c.article_id).where(places.c.listener_id == listener_id)
        newest = (
            select(articles)
            .where(articles.c.removed_at.is_(None), articles.c.archived_at.is_(None), articles.c.heard_at.is_(None))
            .where(articles.c.state == ArticleState.DONE, articles.c.id.not_in(begun))
            .order_by(articles.c.added_at.desc(), articles.c.id.desc())
            .limit(limit)
        )
        with self._file.reading() as db:
            return tuple(Article(**row._mapping) for row in db.execute(newest))

    def traces(self, listener_id: int, article_ids: Sequence[int]) -> Mapping[int, Traces]:
        here = places.c.listener_id == listener_id, places.c.article_id.in_(article_ids), ~places.c.is_other
        queued = select(queue.c.article_id).where(queue.c.listener_id == listener_id)
        with self._file.reading() as db:
            found = {row.article_id: _place(row._mapping) for row in db.execute(_places().where(*here))}
            waiting = set(db.execute(queued.where(queue.c.article_id.in_(article_ids))).scalars())
        return {key: Traces(place=found.get(key), is_queued=key in waiting) for key in found.keys() | waiting}

    # what was listened to

    def history(self, listener_id: int, *, page: int, limit: int) -> History:
        mine = (history.c.listener_id == listener_id, articles.c.removed_at.is_(None))
        joined = select(*_ARTICLE, history.c.at, history.c.seconds.label("_seconds"), history.c.is_finished)
        joined = joined.join_from(history, articles, articles.c.id == history.c.article_id).where(*mine)
        kept = select(listeners.c.keeps_history).where(listeners.c.id == listener_id)
        with self._file.reading() as db:
            total = db.execute(select(func.count()).select_from(joined.subquery())).scalar_one()
            pages = max(1, -(-total // limit))
            page = min(max(page, 1), pages)
            newest = joined.order_by(history.c.at.desc()).limit(limit).offset((page - 1) * limit)
            entries = tuple(_listened(dict(row._mapping)) for row in db.execute(newest))
            is_kept = bool(db.execute(kept).scalar())
        return History(entries=entries, total=total, page=page, pages=pages, is_kept=is_kept)

    def clear_history(self, listener_id: int) -> None:
        with self._file.writing() as db:
            db.execute(delete(history).where(history.c.listener_id == listener_id))

    def keep_history(self, listener_id: int, is_kept: bool) -> None:
        with self._file.writing() as db:
            db.execute(update(listeners).where(listeners.c.id == listener_id).values(keeps_history=is_kept))


def moved(before: Bookmark, new: Place, *, known: datetime | None) -> Bookmark:
    """A bookmark after a browser was at a place. Nothing is lost that the browser did not know of."""
    here = before.place
    if here is None:
        return Bookmark(place=new)
    newer, older = (new, here) if new.at >= here.at else (here, new)
    is_own = new.device_id is not None and here.device_id == new.device_id
    if is_own or (known is not None and here.at <= known):
        return Bookmark(place=newer, other=_still(before.other, newer))
    return Bookmark(place=newer, other=_still(older, newer) or _still(before.other, newer))


def _still(other: Place | None, place: Place) -> Place | None:
    """The other place, unless it was overtaken: somebody is there, or has come to the end."""
    if other is None or other.is_finished or place.is_finished:
        return None
    return other if abs(other.seconds - place.seconds) > APART_SECONDS else None


def merge_places(db: Connection, left: int, into: int) -> None:
    """Make one listener's places another's."""
    rows = db.execute(_places().where(places.c.listener_id == left)).all()
    for article_id in {row.article_id for row in rows}:
        theirs = _bookmark(db, left, article_id)
        if theirs.place:
            found = moved(_bookmark(db, into, article_id), theirs.place, known=None)
            if found.place and not found.other:
                found = replace(found, other=_still(theirs.other, found.place))
            _save(db, into, article_id, found)


def merge_history(db: Connection, left: int, into: int) -> None:
    """Enter what one listener heard into another's history, unless that one keeps none."""
    kept = select(listeners.c.keeps_history).where(listeners.c.id == into)
    if db.execute(kept).scalar():
        theirs = select(history).where(history.c.listener_id == left)
        for row in db.execute(theirs).all():
            _enter(db, dict(row._mapping) | {"listener_id": into})
        _trim(db, into)


def _at(listener_id: int, article_id: int) -> tuple[Any, ...]:
    return places.c.listener_id == listener_id, places.c.article_id == article_id


def _places() -> Any:
    joined = select(*_PLACE, places.c.article_id, places.c.is_other)
    return joined.join_from(places, devices, devices.c.id == places.c.device_id, isouter=True)


def _place(row: Mapping[Any, Any], prefix: str = "") -> Place:
    return Place(**{key: row[prefix + key] for key in _FIELDS})


def _bookmark(db: Connection, listener_id: int, article_id: int) -> Bookmark:
    rows = db.execute(_places().where(*_at(listener_id, article_id))).all()
    found = {row.is_other: _place(row._mapping) for row in rows}
    return Bookmark(place=found.get(False), other=found.get(True))


def _save(db: Connection, listener_id: int, article_id: int, bookmark: Bookmark) -> None:
    db.execute(delete(places).where(*_at(listener_id, article_id)))
    for is_other, place in ((False, bookmark.place), (True, bookmark.other)):
        if place:
            row = asdict(place) | {"listener_id": listener_id, "article_id": article_id, "is_other": is_other}
            del row["device"]
            db.execute(insert(places).values(row))


def _note(db: Connection, listener_id: int, article_id: int, place: Place) -> None:
    """Enter a place into the history."""
    kept = select(listeners.c.keeps_history).where(listeners.c.id == listener_id)
    if not db.execute(kept).scalar():
        return
    row = {"listener_id": listener_id, "article_id": article_id, "day": place.at.astimezone(UTC).date().isoformat()}
    _enter(db, row | {"at": place.at, "seconds": place.seconds, "is_finished": place.is_finished})
    _trim(db, listener_id)


def _enter(db: Connection, row: Mapping[str, Any]) -> None:
    new = insert(history).values(dict(row))
    later = new.excluded.at >= history.c.at
    changed: dict[str, Any] = {
        "at": func.max(history.c.at, new.excluded.at),
        "seconds": case((later, new.excluded.seconds), else_=history.c.seconds),
        "is_finished": func.max(history.c.is_finished, new.excluded.is_finished),
    }
    db.execute(new.on_conflict_do_update(index_elements=["listener_id", "article_id", "day"], set_=changed))


def _trim(db: Connection, listener_id: int) -> None:
    mine = history.c.listener_id == listener_id
    newest = select(history.c.at).where(mine).order_by(history.c.at.desc()).limit(1).offset(HISTORY_ENTRIES)
    if (last := db.execute(newest).scalar()) is not None:
        db.execute(delete(history).where(mine, history.c.at <= last))


def _begun(row: Mapping[Any, Any]) -> Begun:
    return Begun(article=_article(row), place=_place(row, "_"))


def _listened(row: dict[str, Any]) -> Listened:
    return Listened(article=_article(row), at=row["at"], seconds=row["_seconds"], is_finished=row["is_finished"])


def _article(row: Mapping[Any, Any]) -> Article:
    return Article(**{column.key: row[column.key] for column in _ARTICLE})
