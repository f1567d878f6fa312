"""Where finished bytes lie: a store of named, immutable blobs. Writes are whole or absent."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO, Protocol

from voice_app.errors import AudioError, MediaNotFoundError


class Blobs(Protocol):
    """Named bytes. Names are relative paths with forward slashes. May be used from many threads and processes."""

    def read(self, name: str) -> bytes | None:
        """The bytes, or None when there are none under that name."""

    def write(self, name: str, data: bytes | Iterable[bytes]) -> None:
        """Store all of `data`, whole or in pieces, or nothing. Writing a name again replaces it."""

    def path(self, name: str) -> Path:
        """The absolute path of a local file with these bytes. Raises MediaNotFoundError."""

    def delete(self, name: str) -> None:
        """Have nothing under that name. Deleting it again changes nothing."""


class FolderBlobs:
    """Blobs as files below one folder.

    Without `durable` a power cut may leave a new blob empty or torn under its name. That is for blobs that carry a
    digest of their own, and it halves the time of writing them.
    """

    def __init__(self, root: Path, *, durable: bool = True) -> None:
        self._root = root
        self._durable = durable

    def read(self, name: str) -> bytes | None:
        try:
            return (self._root / name).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as problem:
            raise AudioError(f"{self._root / name} could not be read: {problem.strerror}.") from problem

    def write(self, name: str, data: bytes | Iterable[bytes]) -> None:
        target = self._root / name
        try:
            _write_whole(target, data, durable=self._durable)
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

    def delete(self, name: str) -> None:
        try:
            (self._root / name).unlink(missing_ok=True)
        except OSError as problem:
            raise AudioError(f"{self._root / name} could not be deleted: {problem.strerror}.") from problem


def _write_whole(target: Path, data: bytes | Iterable[bytes], *, durable: bool) -> None:
    """Temporary file, fsync, rename: a reader or a power cut meets the old file, the new one, or none."""
    temporary = target.with_name(f".part-{os.getpid()}-{threading.get_ident()}-{target.name}")
    try:
        with _opened(temporary) as file:
            file.writelines([data] if isinstance(data, bytes) else data)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("wb")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("wb")
