"""Blobs in a folder: whole or absent, whatever happens while they are written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from voice_app.blobs import FolderBlobs
from voice_app.errors import AudioError, MediaNotFoundError


@pytest.fixture(params=[True, False], ids=["durable", "cache"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> FolderBlobs:
    return FolderBlobs(tmp_path / "blobs", durable=request.param)


def test_what_is_written_is_read(blobs: FolderBlobs) -> None:
    blobs.write("a/b/c.bin", b"one")
    blobs.write("a/b/c.bin", b"two")
    assert blobs.read("a/b/c.bin") == b"two"
    assert blobs.path("a/b/c.bin").is_absolute()


def test_nothing_is_none(blobs: FolderBlobs) -> None:
    assert blobs.read("a/b/c.bin") is None
    with pytest.raises(MediaNotFoundError):
        blobs.path("a/b/c.bin")


def test_what_is_deleted_is_gone_and_may_be_deleted_again(blobs: FolderBlobs) -> None:
    blobs.write("a/b.bin", b"one")
    blobs.delete("a/b.bin")
    blobs.delete("a/b.bin")
    assert blobs.read("a/b.bin") is None
    blobs.write("a/b/c.bin", b"one")
    with pytest.raises(AudioError, match="could not be deleted"):
        blobs.delete("a/b")


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
