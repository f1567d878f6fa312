"""ZIP archives, read in memory alone and with limits: nothing in one can lead to a disk or fill the memory."""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from functools import cached_property
from pathlib import PurePosixPath
from urllib.parse import unquote

from voice_app.errors import DamagedFileError, LockedFileError, TooLargeError

MAX_ENTRIES = 25_000
MAX_ENTRY_BYTES = 16_000_000  # the longest books hold 10 MB of text, in many files
MAX_TOTAL_BYTES = 48_000_000
MAX_RATIO = 250  # text shrinks to a fifth, the most monotonous contents to a hundredth
FREE_BYTES = 1_000_000  # below this no ratio can do harm
_ENTRY = b"PK\x01\x02"  # the head of each entry in the archive's list
_UNSAFE = re.compile(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)|[\x00-\x1f]")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError, OverflowError)


class Archive:
    """The files of a ZIP by name.

    Entries that point out of the archive or are links to elsewhere are not in it. Of entries with the same name the
    last one counts, as it does for the programs that update archives in place.
    """

    def __init__(self, body: bytes) -> None:
        """Raises DamagedFileError, TooLargeError."""
        if body.count(_ENTRY) > MAX_ENTRIES:
            raise TooLargeError("It holds too many files.")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(body))
            entries = self._zip.infolist()
        except _BROKEN as problem:
            raise DamagedFileError from problem
        self._entries = {entry.filename: entry for entry in entries if _is_plain_file(entry)}
        self._left = MAX_TOTAL_BYTES

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._entries)

    def find(self, path: str) -> str | None:
        """The name of the entry that a path in the archive means, however it is escaped or written."""
        for wanted in dict.fromkeys((path, unquote(path))):
            name = _normal(wanted)
            if name in self._entries:
                return name
            if found := self._folded.get(name.casefold()):
                return found
        return None

    def read(self, name: str) -> bytes:
        """An entry's bytes. Raises DamagedFileError, TooLargeError, LockedFileError."""
        entry = self._entries.get(name)
        if entry is None:
            raise DamagedFileError(f"The file is not complete: {name} is missing.")
        if entry.flag_bits & 1:
            raise LockedFileError
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise DamagedFileError("The file is compressed in a way that such files never are.")
        limit = min(MAX_ENTRY_BYTES, self._left, max(FREE_BYTES, entry.compress_size * MAX_RATIO))
        if entry.file_size > limit:
            raise TooLargeError("It holds more text than any book.")
        try:
            with self._zip.open(entry) as file:
                data = file.read(limit + 1)
        except _BROKEN as problem:
            raise DamagedFileError from problem
        except RuntimeError as problem:  # what zipfile says of a locked entry
            raise LockedFileError from problem
        if len(data) > limit:
            raise TooLargeError("It holds more text than any book.")
        self._left -= len(data)
        return data

    @cached_property
    def _folded(self) -> dict[str, str]:
        """Names without regard to capitals, as books made on Windows are often careless of them."""
        return {name.casefold(): name for name in reversed(self._entries)}


def _is_plain_file(entry: zipfile.ZipInfo) -> bool:
    is_link = stat.S_ISLNK(entry.external_attr >> 16)
    return not entry.is_dir() and not is_link and not _UNSAFE.search(entry.filename)


def _normal(path: str) -> str:
    """A path without "." and ".."; one that leads out of the archive ends at its top."""
    parts: list[str] = []
    for part in PurePosixPath(path.replace("\\", "/").lstrip("/")).parts:
        if part == "..":
            del parts[-1:]
        else:
            parts.append(part)
    return "/".join(parts)
