"""Where finished bytes lie: a store of named, immutable blobs. Writes are whole or absent."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from voice_app.errors import MediaNotFoundError, StorageError

USE_SECONDS = 600.0
"""A cache notes that a blob was used when the last note is older than this, so that a look-up seldom writes."""

SEAL_BYTES = 32
PART = ".part-"
"""How the names of files begin that are still being written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One blob in a list. `used_at` is in seconds since 1970: when it was last read, as far as that is noted, or
    else written."""

    name: str
    bytes: int
    used_at: float


class Files(Protocol):
    """Where files are put, and found again on this machine."""

    def write(self, name: str, data: bytes | Iterable[bytes]) -> None:
        """Store all of `data`, whole or in pieces, or nothing. Writing a name again replaces it. Raises
        StorageError."""

    def path(self, name: str) -> Path:
        """The absolute path of a local file with these bytes. Raises MediaNotFoundError."""


class Blobs(Files, Protocol):
    """Named bytes. Names are relative paths with forward slashes. May be used from many threads and processes.

    Each call but `path` raises StorageError when the store itself fails.
    """

    def read(self, name: str) -> bytes | None:
        """The bytes, or None when there are none under that name."""

    def delete(self, name: str) -> None:
        """Have nothing under that name. Deleting it again changes nothing."""

    def entries(self, folder: str) -> Iterator[Entry]:
        """All blobs whose names begin with "folder/", in no order, one at a time: there may be a million."""


def sealed(name: str, data: bytes) -> bytes:
    """The bytes with a digest of name and bytes behind them, for a cache that must notice damage and mix-ups."""
    return data + _seal(name, data)


def unsealed(name: str, stored: bytes | None) -> bytes | None:
    """What was sealed under this name, or None when there is nothing, or other bytes than those."""
    if stored is None or len(stored) < SEAL_BYTES:
        return None
    is_whole = stored[-SEAL_BYTES:] == _seal(name, memoryview(stored)[:-SEAL_BYTES])
    return stored[:-SEAL_BYTES] if is_whole else None


def _seal(name: str, data: bytes | memoryview) -> bytes:
    digest = hashlib.sha256(name.encode() + b"\n")
    digest.update(data)
    return digest.digest()


class FolderBlobs:
    """Blobs as files below one folder.

    Without `durable` it is a cache: a power cut may leave a new blob empty or torn under its name, which halves the
    time of writing and is for sealed blobs, and reading one sets its file's time, so that the oldest can go first.
    """

    def __init__(self, root: Path, *, durable: bool = True) -> None:
        self._root = root
        self._durable = durable

    def read(self, name: str) -> bytes | None:
        target = self._root / name
        try:
            with target.open("rb", buffering=0) as file:
                if not self._durable:
                    _note_use(target, os.fstat(file.fileno()).st_mtime)
                return file.readall()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as problem:
            raise StorageError(f"{target} could not be read: {problem.strerror}.") from problem

    def write(self, name: str, data: bytes | Iterable[bytes]) -> None:
        target = self._root / name
        try:
            _write_whole(target, data, durable=self._durable)
        except OSError as problem:
            raise StorageError(f"{target} could not be written: {problem.strerror}.") from problem

    def path(self, name: str) -> Path:
        target = (self._root / name).absolute()
        if not target.is_file():
            raise MediaNotFoundError(name=name)
        return target

    def delete(self, name: str) -> None:
        try:
            (self._root / name).unlink(missing_ok=True)
        except OSError as problem:
            raise StorageError(f"{self._root / name} could not be deleted: {problem.strerror}.") from problem

    def entries(self, folder: str) -> Iterator[Entry]:
        waiting = [folder]
        while waiting:
            name = waiting.pop()
            try:
                with os.scandir(self._root / name) as found:
                    for each in found:
                        if each.is_dir(follow_symlinks=False):
                            waiting.append(f"{name}/{each.name}")
                            continue
                        with suppress(FileNotFoundError):  # another process deleted it meanwhile
                            stat = each.stat(follow_symlinks=False)
                            yield Entry(name=f"{name}/{each.name}", bytes=stat.st_size, used_at=stat.st_mtime)
            except (FileNotFoundError, NotADirectoryError):
                continue
            except OSError as problem:
                raise StorageError(f"{self._root / name} could not be read: {problem.strerror}.") from problem


def _note_use(path: Path, noted_at: float) -> None:
    if time.time() - noted_at > USE_SECONDS:
        with suppress(OSError):  # a cache that cannot be written can still be read
            os.utime(path)


def _write_whole(target: Path, data: bytes | Iterable[bytes], *, durable: bool) -> None:
    """Temporary file, fsync, rename: a reader or a power cut meets the old file, the new one, or none."""
    temporary = target.with_name(f"{PART}{os.urandom(16).hex()}")  # machines that share a folder may share process ids
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
