"""The clip cache: WAV files that anybody can open, each with its marks inside and sealed against damage.

Nothing but sound and its marks is kept, never the text.
"""

from __future__ import annotations

import dataclasses
import json
import struct
from collections.abc import Iterator

from voice_app.blobs import Blobs, sealed, unsealed
from voice_app.model import Clip, Mark

_FORMAT = struct.Struct("<HHIIHH")  # PCM, channels, samples and bytes a second, bytes and bits a sample
_CHUNK = struct.Struct("<4sI")
_MARK = sorted(field.name for field in dataclasses.fields(Mark))


class Clips:
    """Clips by key. Two writers of one key are both right: the bytes are the same."""

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs

    def get(self, key: str) -> Clip | None:
        """The clip, or None when it is absent or damaged."""
        name = _name(key)
        wav = unsealed(name, self._blobs.read(name))
        return _unpacked(key, wav) if wav else None

    def put(self, clip: Clip) -> None:
        name = _name(clip.key)
        self._blobs.write(name, sealed(name, _packed(clip)))


def _name(key: str) -> str:
    return f"clips/{key[:2]}/{key}.wav"


def _packed(clip: Clip) -> bytes:
    """A WAV file with its marks as the comment that WAV files may have. The seal stands behind its last chunk, where
    players do not look."""
    marks = json.dumps([{name: getattr(mark, name) for name in _MARK} for mark in clip.marks]).encode()
    comment = _chunk(b"ICMT", marks + b"\0" * (2 - len(marks) % 2))
    form = _FORMAT.pack(1, 1, clip.sample_rate, clip.sample_rate * 2, 2, 16)
    tail = _chunk(b"LIST", b"INFO" + comment)
    head = b"WAVE" + _chunk(b"fmt ", form) + _CHUNK.pack(b"data", len(clip.pcm))
    return b"".join((_CHUNK.pack(b"RIFF", len(head) + len(clip.pcm) + len(tail)), head, clip.pcm, tail))


def _chunk(name: bytes, body: bytes) -> bytes:
    return _CHUNK.pack(name, len(body)) + body


def _unpacked(key: str, wav: bytes) -> Clip | None:
    """The clip, or None when another version of the program wrote it."""
    try:
        chunks = dict(_chunks(memoryview(wav)[12:]))
        _, _, rate, *_ = _FORMAT.unpack(chunks[b"fmt "])
        comments = dict(_chunks(chunks[b"LIST"][4:]))
        marks = tuple(Mark(**mark) for mark in json.loads(bytes(comments[b"ICMT"]).rstrip(b"\0")))
        return Clip(key=key, sample_rate=rate, pcm=bytes(chunks[b"data"]), marks=marks)
    except (ValueError, KeyError, TypeError, struct.error):
        return None


def _chunks(data: memoryview) -> Iterator[tuple[bytes, memoryview]]:
    start = 0
    while start < len(data):
        name, size = _CHUNK.unpack_from(data, start)
        start += _CHUNK.size
        yield name, data[start : start + size]
        start += size
