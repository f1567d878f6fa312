"""Text from strangers, made fit for XML, captions and playlists. Pure."""

from __future__ import annotations

import re

MAX_VALUE_CHARACTERS = 255
"""Longer than this, podcast directories refuse a title or a name."""

# What XML 1.0 allows, without the control characters that it only discourages. Escaping does not help the rest.
_ILLEGAL = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(text: str) -> str:
    """The text without characters that XML cannot carry. Emoji and marks of direction stay."""
    return _ILLEGAL.sub("", text)


def line(text: str, *, characters: int = MAX_VALUE_CHARACTERS) -> str:
    """The text on one line, at most so long."""
    whole = " ".join(legal(text).split())
    return whole if len(whole) <= characters else whole[: characters - 1].rstrip() + "…"


def shortened(text: str, *, limit_bytes: int) -> str:
    """The text in at most so many bytes of UTF-8, cut between words where there are any."""
    whole = legal(text)
    if len(whole.encode()) <= limit_bytes:
        return whole
    cut = whole.encode()[: limit_bytes - len("…".encode())].decode(errors="ignore")
    words, _, rest = cut.rpartition(" ")
    return (words if words and len(rest) < len(words) else cut).rstrip() + "…"
