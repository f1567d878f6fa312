"""Large JSON objects that are looked up and not decoded.

The embedded voice's dictionaries have 260,000 entries, of which an article uses a thousand. Decoding them all takes
longer than to speak ten sentences, and nothing else can run meanwhile. So they stay the bytes that they are, and only
an entry that is asked for becomes a Python object.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any

BLOCK_BYTES = 4_000  # a block is searched as a whole: longer ones take longer, shorter ones are more to list
KEPT_ENTRIES = 50_000  # that were asked for, found or not


class SortedObject:
    """A JSON object, without blanks, whose names are sorted. Its values are strings, or objects of strings and nulls
    that hold no braces.

    Raises ValueError for what is no JSON object.
    """

    def __init__(self, text: bytes) -> None:
        if not (text.startswith(b'{"') and text.endswith(b"}")):
            raise ValueError("not a JSON object")
        self._blocks = _blocks(text)
        self._firsts = [block[1 : block.index(b'"', 1)] for block in self._blocks]
        self.get = lru_cache(KEPT_ENTRIES)(self._get)

    def _get(self, name: str) -> Any:
        """What stands under the name, or None."""
        key = encode_basestring(name).encode()
        block = self._blocks[max(0, bisect_right(self._firsts, key[1:-1]) - 1)]
        found = block.find(key + b":")
        while found > 0 and _is_inside(block, 0, found):
            found = block.find(key + b":", found + 1)
        if found < 0:
            return None
        start = found + len(key) + 1
        end = block.index(b"}" if block[start : start + 1] == b"{" else b'"', start + 1) + 1
        return json.loads(block[start:end])


class ObjectOfObjects:
    """A JSON object, without blanks, whose values are flat objects that hold no braces. Raises ValueError for others.

    Entries that were asked for stay decoded: there are not many, and they are asked for again and again.
    """

    def __init__(self, text: bytes) -> None:
        if not (text.startswith(b'{"') and text.endswith(b"}}")):
            raise ValueError("not a JSON object of objects")
        pieces = iter(text[2:-2].replace(b'},"', b'":{').split(b'":{'))  # names and values by turns
        self._entries: dict[bytes, Any] = dict(zip(pieces, pieces, strict=True))

    def get(self, name: str) -> Any:
        """The object under the name, or None."""
        key = encode_basestring(name)[1:-1].encode()
        found = self._entries.get(key)
        if isinstance(found, bytes):
            found = self._entries[key] = json.loads(b"{%b}" % found)
        return found


def _blocks(text: bytes) -> list[bytes]:
    """The object's entries, in blocks of about BLOCK_BYTES that begin with the quote before a name."""
    blocks, start, last = [], 1, len(text) - 1
    while start < last:
        end = text.find(b',"', start + BLOCK_BYTES)
        if end > 0 and _is_inside(text, start, end):
            end = text.find(b',"', text.index(b"}", end))
        end = end if end > 0 else last
        blocks.append(text[start:end])
        start = end + 1
    return blocks


def _is_inside(text: bytes, start: int, at: int) -> bool:
    """Whether this place is in an inner object, of which none is open at the start."""
    return text.rfind(b"{", start, at) > text.rfind(b"}", start, at)
