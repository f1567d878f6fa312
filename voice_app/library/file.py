"""The SQLite file of the library: opening it, bringing it up to date, its transactions and its errors."""

from __future__ import annotations

import os
import sqlite3
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, create_engine, event, update
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError

from voice_app.errors import LibraryError
from voice_app.library.migrations import MIGRATIONS, VERSION
from voice_app.library.tables import revision

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BUSY_SECONDS = 5.0
"""How long a call waits for another process that is writing. Writes take milliseconds."""


class DatabaseFile:
    """Gives transactions. The file is made, or brought up to date, at the first of them. Safe in threads and forks."""

    def __init__(self, path: Path, *, busy_seconds: float) -> None:
        self._path = path
        self._busy_seconds = busy_seconds
        self._lock = threading.Lock()
        self._engine: Engine | None = None
        self._owner = os.getpid()

    def close(self) -> None:
        """Give the file back. The next transaction opens it again."""
        with self._lock:
            if self._engine is not None:
                self._engine.dispose()
            self._engine = None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One picture of the library; it does not wait for a writer."""
        with _library_errors(self._path), self._opened().connect() as db, db.begin():
            yield db

    @contextmanager
    def writing(self) -> Iterator[Connection]:
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
                self._engine = None
            if self._engine is None:
                self._engine = _ready(_engine(self._path, self._busy_seconds), self._path)
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
        # Stays so for ever, and readers do not wait for a writer. On a new file another one may be at it just now.
        with suppress(sqlite3.OperationalError):
            connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")

    @event.listens_for(engine, "begin")
    def _begin(db: Connection) -> None:
        db.exec_driver_sql("BEGIN IMMEDIATE" if db.get_execution_options().get("immediate") else "BEGIN")

    return engine


def _ready(engine: Engine, path: Path) -> Engine:
    try:
        _migrate(engine, path)
    except BaseException:
        engine.dispose()
        raise
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
