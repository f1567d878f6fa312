"""The SQLite library: its contract, its file, and what happens when others use the file."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, inspect
from sqlalchemy.pool import NullPool

from tests.contracts.audiobooks_contract import AudiobooksContract
from tests.contracts.library_contract import Clock, LibraryContract, add, audio, document
from tests.contracts.listening_contract import ListenersContract, PlacesContract, QueuesContract
from tests.contracts.readings_contract import ReadingsContract
from tests.contracts.shelf_contract import ShelfContract
from voice_app.errors import LibraryError
from voice_app.library import tables
from voice_app.library.sql import SqlLibrary
from voice_app.model import ArticleState, Edit, Wanted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "content" / "library.sqlite"


@pytest.fixture
def library(path: Path, clock: Clock) -> Iterator[SqlLibrary]:
    made = SqlLibrary(path, clock=clock, busy_seconds=5)
    yield made
    made.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


class TestContract(LibraryContract, ShelfContract):
    pass


class TestReadings(ReadingsContract):
    pass


class TestAudiobooks(AudiobooksContract):
    pass


class TestListening(ListenersContract, PlacesContract, QueuesContract):
    pass


def test_nothing_is_made_before_the_first_use(path: Path) -> None:
    SqlLibrary(path)
    assert not path.exists()


def test_another_process_sees_what_was_added(library: SqlLibrary, path: Path) -> None:
    article = add(library)
    read = (
        "import sys, pathlib; from voice_app.library.sql import SqlLibrary; l = SqlLibrary(pathlib.Path(sys.argv[1]))"
    )
    there = subprocess.run(
        [sys.executable, "-c", f"{read}; print(l.articles()[0].guid)", str(path)], capture_output=True, text=True
    )
    assert there.stdout.strip() == article.guid, there.stderr


def test_a_forked_child_uses_connections_of_its_own(library: SqlLibrary) -> None:
    add(library)
    parents = library._file._engine
    child = os.fork()
    if child == 0:
        ok = add(library, "From the child").slug == "from-the-child" and library._file._engine is not parents
        os._exit(0 if ok else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert len(library.articles()) == 2


def test_many_open_a_new_file_at_once(path: Path) -> None:
    together = threading.Barrier(8)
    problems: list[Exception] = []

    def open_and_add() -> None:
        library = SqlLibrary(path)
        together.wait()
        try:
            add(library)
        except LibraryError as problem:
            problems.append(problem)
        library.close()

    threads = [threading.Thread(target=open_and_add) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert problems == []
    library = SqlLibrary(path)
    assert len(library.articles()) == 8
    library.close()


def test_the_migrated_file_is_what_the_tables_say(library: SqlLibrary, path: Path) -> None:
    library.articles()
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
    there = inspect(engine)
    made = {name for name in there.get_table_names() if not name.startswith(("sqlite_", "search"))}  # not of the index
    assert made == set(tables.metadata.tables)
    for name, table in tables.metadata.tables.items():
        columns = {c["name"]: c["nullable"] for c in there.get_columns(name)}
        keys = {c.name for c in table.columns if c.primary_key}  # a key is never null, whatever its column says
        assert columns == {c.name: columns.get(c.name) if c.name in keys else c.nullable for c in table.columns}, name


def test_a_file_of_a_newer_version_is_refused_and_left_alone(library: SqlLibrary, path: Path) -> None:
    add(library)
    library.close()
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(LibraryError, match="written by a newer Voice App"):
        library.articles()
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (99,)


def test_a_file_that_is_no_database_is_a_library_error(library: SqlLibrary, path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"not a database at all " * 100)
    with pytest.raises(LibraryError, match="could not be read or written"):
        library.articles()


def test_a_folder_that_cannot_be_made_is_a_library_error(tmp_path: Path) -> None:
    (tmp_path / "content").write_text("a file")
    with pytest.raises(LibraryError):
        SqlLibrary(tmp_path / "content" / "library.sqlite").articles()


def test_an_error_quotes_nothing_of_an_article(library: SqlLibrary, path: Path) -> None:
    add(library)
    with closing(sqlite3.connect(path)) as db:
        db.execute("DROP TABLE contents")
    with pytest.raises(LibraryError) as caught:
        add(library, title="The secret title", original="The secret text.")
    assert "INSERT" in str(caught.value.__cause__)
    assert "secret" not in str(caught.value.__cause__)


NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
WRITES: dict[str, Callable[[SqlLibrary], object]] = {
    "add": add,
    "replace": lambda library: library.replace(1, original="", media_type="text/plain", digest=""),
    "set_state": lambda library: library.set_state(1, ArticleState.READING),
    "save_document": lambda library: library.save_document(1, document()),
    "save_progress": lambda library: library.save_progress(1, 1, 2),
    "save_audio": lambda library: library.save_audio(1, audio()),
    "mark_heard": lambda library: library.mark_heard(1, NOON),
    "setting": lambda library: library.setting("new", lambda: "value"),
    "add_topic": lambda library: library.add_topic(1, "Health"),
    "remove_topic": lambda library: library.remove_topic(1, "Health"),
    "favourite": lambda library: library.favourite(1, NOON),
    "archive": lambda library: library.archive(1, NOON),
    "remove": lambda library: library.remove(1, NOON),
    "forget": lambda library: library.forget(1),
    "set_site_style": lambda library: library.readings.set_site_style({}),
    "edit": lambda library: library.readings.edit(1, Edit(sentence_id="s", written="", spoken=None)),
    "checked": lambda library: library.changes.checked(1, datetime.now(UTC)),
    "ask_audiobook": lambda library: library.audiobooks.ask(1),
    "ask_narration": lambda library: library.ask_narration(1),
}
READS: dict[str, Callable[[SqlLibrary], object]] = {
    "articles": lambda library: library.articles(),
    "asking": lambda library: library.asking(),
    "by_id": lambda library: library.by_id(1),
    "original": lambda library: library.original(1),
    "document": lambda library: library.document(1),
    "audio": lambda library: library.audio(1),
    "finished": lambda library: library.finished(),
    "revision": lambda library: library.revision(),
    "listing": lambda library: library.listing(Wanted(query="immune")),
    "related": lambda library: library.related(1),
    "by_address": lambda library: library.by_address("https://example.org/a"),
    "topics": lambda library: library.topics(),
    "finished_files": lambda library: library.finished_files(after=0, limit=9),
    "audiobook": lambda library: library.audiobooks.of(1),
    "audiobooks": lambda library: library.audiobooks.asked(),
    "clear_audiobooks": lambda library: library.audiobooks.clear(drop=lambda name: None),
    "all_chosen": lambda library: library.readings.all_chosen(),
    "changes": lambda library: library.changes.of(1),
    "due": lambda library: library.changes.due(datetime.now(UTC), every_hours=1),
}


@pytest.fixture
def locked(path: Path) -> Iterator[SqlLibrary]:
    """A library of one article while another process holds the file's write lock."""
    library = SqlLibrary(path, busy_seconds=0.02)
    add(library)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield library
    library.close()


@pytest.mark.parametrize("name", WRITES)
def test_a_locked_file_is_a_clear_error_and_nothing_is_half_written(locked: SqlLibrary, name: str) -> None:
    before = locked.revision()
    with pytest.raises(LibraryError, match=r"busy.*Try again in a moment"):
        WRITES[name](locked)
    assert locked.revision() == before


@pytest.mark.parametrize("name", READS)
def test_reading_does_not_wait_for_a_writer(locked: SqlLibrary, name: str) -> None:
    READS[name](locked)
