"""Blobs in a folder: whole or absent, whatever happens while they are written."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from voice_app.blobs import PART, USE_SECONDS, FolderBlobs
from voice_app.errors import AudioError, MediaNotFoundError, StorageError


@pytest.fixture(params=[True, False], ids=["durable", "cache"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> FolderBlobs:
    return FolderBlobs(tmp_path / "blobs", durable=request.param)


def test_a_blob_is_a_file_with_an_absolute_path(blobs: FolderBlobs, tmp_path: Path) -> None:
    blobs.write("a/b/c.bin", b"one")
    assert blobs.path("a/b/c.bin") == tmp_path / "blobs/a/b/c.bin"
    with pytest.raises(MediaNotFoundError):
        blobs.path("a/b")


def test_what_is_no_blob_is_none_and_cannot_be_deleted(blobs: FolderBlobs) -> None:
    blobs.write("a/b/c.bin", b"one")
    assert blobs.read("a/b/c.bin/d") is None
    with pytest.raises(StorageError, match="could not be read"):
        blobs.read("a/b")
    with pytest.raises(StorageError, match="could not be deleted"):
        blobs.delete("a/b")


HOURS = 3_600.0


def used_hours_ago(path: Path) -> float:
    return (time.time() - path.stat().st_mtime) / HOURS


@pytest.mark.parametrize(("durable", "hours"), [(True, 5.0), (False, 0.0)], ids=["durable", "cache"])
def test_only_a_cache_notes_that_it_was_read(tmp_path: Path, durable: bool, hours: float) -> None:
    FolderBlobs(tmp_path).write("a.bin", b"x")
    os.utime(tmp_path / "a.bin", (0, time.time() - 5 * HOURS))
    assert FolderBlobs(tmp_path, durable=durable).read("a.bin") == b"x"
    assert used_hours_ago(tmp_path / "a.bin") == pytest.approx(hours, abs=0.01)


def test_a_cache_seldom_writes_what_it_notes(tmp_path: Path) -> None:
    blobs, path = FolderBlobs(tmp_path, durable=False), tmp_path / "a.bin"
    blobs.write("a.bin", b"x")
    lately = time.time() - USE_SECONDS / 2
    os.utime(path, (lately, lately))
    blobs.read("a.bin")
    assert path.stat().st_mtime == lately


def test_what_is_still_being_written_by_a_killed_process_is_no_blob(tmp_path: Path) -> None:
    """A writer that is killed before the rename leaves a file whose name tells what it is."""
    code = """
import os, sys
from pathlib import Path
from voice_app.blobs import FolderBlobs
Path.replace = lambda self, target: os.kill(os.getpid(), 9)
FolderBlobs(Path(sys.argv[1])).write("a.bin", b"x" * 1000)
"""
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    assert done.returncode == -9
    assert FolderBlobs(tmp_path).read("a.bin") is None
    assert [path.name.startswith(PART) for path in tmp_path.iterdir()] == [True]


FULL = """
import resource, sys
from pathlib import Path
from voice_app.blobs import FolderBlobs
from voice_app.errors import AudioError
blobs = FolderBlobs(Path(sys.argv[1]), durable=sys.argv[2] == "True")
before = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, before[1]))
try:
    blobs.write("a/b.bin", b"y" * 100_000)
except AudioError as problem:
    print(type(problem).__name__, problem.retry, problem)
resource.setrlimit(resource.RLIMIT_FSIZE, before)  # what counts the lines that ran writes a longer file at the end
"""


@pytest.mark.skipif(sys.platform == "win32", reason="it has no limit of this kind")
@pytest.mark.parametrize("durable", [True, False], ids=["durable", "cache"])
def test_a_write_that_the_system_breaks_off_in_the_middle_leaves_the_old_one_and_no_rest(
    tmp_path: Path, durable: bool
) -> None:
    """The system takes the first 60,000 bytes and refuses the rest, as a full disk does."""
    FolderBlobs(tmp_path).write("a/b.bin", b"old")
    command = [sys.executable, "-c", FULL, str(tmp_path), str(durable)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert re.fullmatch(
        r"StorageError True .*b.bin could not be written: File too large. Check that the folder can be .*\n",
        done.stdout,
    )
    assert FolderBlobs(tmp_path).read("a/b.bin") == b"old"
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b.bin"]


def test_a_write_that_fails_leaves_the_old_one_and_no_rest(
    blobs: FolderBlobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blobs.write("a.bin", b"old")

    def fail(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(AudioError, match="No space left"):
        blobs.write("a.bin", b"new")
    assert blobs.read("a.bin") == b"old"
    assert [path.name for path in (tmp_path / "blobs").iterdir()] == ["a.bin"]


def test_a_durable_blob_is_on_the_disk_before_it_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    sync, replace = os.fsync, Path.replace
    monkeypatch.setattr(os, "fsync", lambda handle: (done.append("sync"), sync(handle))[1])
    monkeypatch.setattr(Path, "replace", lambda self, target: (done.append("name"), replace(self, target))[1])
    FolderBlobs(tmp_path).write("a.bin", b"x")
    FolderBlobs(tmp_path, durable=False).write("b.bin", b"x")
    assert done == ["sync", "name", "name"]
