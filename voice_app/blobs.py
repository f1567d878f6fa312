"""Where finished bytes lie: a store of named, immutable blobs. Writes are whole or absent."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Protocol

from voice_app.errors import AudioError, MediaNotFoundError


class Blobs(Protocol):
    """Named bytes. Names are relative paths with forward slashes. May be used from many threads and processes."""

    def read(self, name: str) -> bytes | None:
        """The bytes, or None when there are none under that name."""

    def write(self, name: str, data: bytes) -> None:
        """Store all of `data` or nothing. Writing a name again replaces it."""

    def path(self, name: str) -> Path:
        """The absolute path of a local file with these bytes. Raises MediaNotFoundError."""


class FolderBlobs:
    """Blobs as files below one folder."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def read(self, name: str) -> bytes | None:
        try:
            return (self._root / name).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as problem:
            raise AudioError(f"{self._root / name} could not be read: {problem.strerror}.") from problem

    def write(self, name: str, data: bytes) -> None:
        target = self._root / name
        try:
            _write_whole(target, data)
        except OSError as problem:
            raise AudioError(
                f"{target} could not be written: {problem.strerror}.",
                todo="Check that the disk is not full and that the folder can be written.",
            ) from problem

    def path(self, name: str) -> Path:
        target = (self._root / name).absolute()
        if not target.is_file():
            raise MediaNotFoundError(name=name)
        return target


def _write_whole(target: Path, data: bytes) -> None:
    """Temporary file, fsync, rename: a reader or a power cut meets the old file, the new one, or none."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".part-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
