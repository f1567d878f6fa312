"""Who listens: their browsers, and how one more joins."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, delete, func, insert, select, update

from voice_app.errors import InputError
from voice_app.library import queues
from voice_app.library.listening import DEVICES
from voice_app.library.places import merge_history, merge_places
from voice_app.library.tables import devices, listeners
from voice_app.model import Device

if TYPE_CHECKING:
    from voice_app.library.file import DatabaseFile

_DEVICE = (
    devices.c.id,
    devices.c.listener_id,
    devices.c.name,
    devices.c.joined_at,
    devices.c.seen_at,
)


class SqlListeners:
    """See `listening.Listeners`."""

    def __init__(self, file: DatabaseFile) -> None:
        self._file = file

    def begin(self, token: str, name: str, at: datetime) -> Device:
        with self._file.writing() as db:
            made = insert(listeners).values(keeps_history=True).returning(listeners.c.id)
            return _add(db, db.execute(made).scalar_one(), token, name, at)

    def device(self, token: str) -> Device | None:
        with self._file.reading() as db:
            return _first(db, devices.c.token == token)

    def seen(self, device_id: int, at: datetime) -> None:
        with self._file.writing() as db:
            db.execute(update(devices).where(devices.c.id == device_id).values(seen_at=at))

    def devices(self, listener_id: int) -> tuple[Device, ...]:
        mine = select(*_DEVICE).where(devices.c.listener_id == listener_id).order_by(devices.c.joined_at, devices.c.id)
        with self._file.reading() as db:
            return tuple(Device(**row._mapping) for row in db.execute(mine))

    def rename(self, listener_id: int, device_id: int, name: str) -> None:
        with self._file.writing() as db:
            db.execute(update(devices).where(*_mine(listener_id, device_id)).values(name=name))

    def remove(self, listener_id: int, device_id: int) -> None:
        with self._file.writing() as db:
            _remove(db, listener_id, device_id)

    def offer(self, listener_id: int, code: str, *, until: datetime, at: datetime) -> bool:
        others = select(listeners.c.id).where(listeners.c.code == code, listeners.c.code_until > at)
        with self._file.writing() as db:
            if db.execute(others.where(listeners.c.id != listener_id)).first():
                return False
            offered = {"code": code, "code_until": until}
            db.execute(update(listeners).where(listeners.c.id == listener_id).values(offered))
            return True

    def offers(self, at: datetime) -> tuple[tuple[int, str], ...]:
        valid = select(listeners.c.id, listeners.c.code).where(listeners.c.code_until > at)
        with self._file.reading() as db:
            return tuple((listener_id, code) for listener_id, code in db.execute(valid))

    def take(self, listener_id: int, code: str) -> bool:
        used = update(listeners).where(listeners.c.id == listener_id, listeners.c.code == code)
        with self._file.writing() as db:
            return db.execute(used.values(code=None, code_until=None)).rowcount == 1

    def join(self, listener_id: int, token: str, name: str, at: datetime) -> Device:
        with self._file.writing() as db:
            _check_room(db, listener_id, 1)
            return _add(db, listener_id, token, name, at)

    def merge(self, device: Device, listener_id: int) -> Device:
        left = device.listener_id
        with self._file.writing() as db:
            _check_room(db, listener_id, _count(db, left))
            merge_places(db, left, listener_id)
            merge_history(db, left, listener_id)
            queues.merge(db, left, listener_id)
            db.execute(update(devices).where(devices.c.listener_id == left).values(listener_id=listener_id))
            db.execute(delete(listeners).where(listeners.c.id == left))
            return _first(db, devices.c.id == device.id) or device

    def forget(self, device_id: int) -> None:
        mine = select(devices.c.listener_id).where(devices.c.id == device_id)
        with self._file.writing() as db:
            if (listener_id := db.execute(mine).scalar()) is not None:
                _remove(db, listener_id, device_id)

    def unseen_since(self, at: datetime) -> tuple[int, ...]:
        with self._file.reading() as db:
            return tuple(db.execute(select(devices.c.id).where(devices.c.seen_at < at)).scalars())


def _mine(listener_id: int, device_id: int) -> tuple[Any, ...]:
    return devices.c.id == device_id, devices.c.listener_id == listener_id


def _remove(db: Connection, listener_id: int, device_id: int) -> None:
    db.execute(delete(devices).where(*_mine(listener_id, device_id)))
    if not _count(db, listener_id):
        db.execute(delete(listeners).where(listeners.c.id == listener_id))


def _first(db: Connection, condition: Any) -> Device | None:
    row = db.execute(select(*_DEVICE).where(condition)).first()
    return Device(**row._mapping) if row else None


def _count(db: Connection, listener_id: int) -> int:
    mine = select(func.count()).select_from(devices).where(devices.c.listener_id == listener_id)
    return db.execute(mine).scalar_one()


def _check_room(db: Connection, listener_id: int, more: int) -> None:
    if _count(db, listener_id) + more > DEVICES:
        what = f"More than {DEVICES} devices cannot share their places."
        raise InputError(what, todo="Remove one that is not used any more, then try again.")


def _add(db: Connection, listener_id: int, token: str, name: str, at: datetime) -> Device:
    row = {"listener_id": listener_id, "token": token, "name": name, "joined_at": at, "seen_at": at}
    return Device(**db.execute(insert(devices).values(row).returning(*_DEVICE)).one()._mapping)
