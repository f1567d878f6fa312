"""Bytes -> text: byte order mark, the transport's word, the page's own, UTF-8, then a guess that must be good."""

from __future__ import annotations

import codecs
import re
import unicodedata

from voice_app.errors import UnreadableTextError
from voice_app.model import Source

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]{2,30})", re.I)
_SAMPLE_BYTES = 200_000
_SAMPLE_CHARS = 50_000
MAX_ODD_SHARE = 0.01


def text_of(source: Source) -> str:
    """The text, with lines ending in \\n and without NULs. Raises UnreadableTextError."""
    for mark, encoding in _MARKS:
        if source.body.startswith(mark):
            return _clean(_decoded(source.body, encoding) or "")
    declared = _META.search(source.body[:4096])
    named = declared.group(1).decode("ascii") if declared else None
    for charset in (source.charset, named, "utf-8"):
        if charset and (text := _decoded(source.body, charset)) is not None:
            return _clean(text)
    return _clean(_guessed(source.body))


def _decoded(body: bytes, encoding: str) -> str | None:
    try:
        return body.decode(encoding)
    except (LookupError, UnicodeDecodeError):
        return None


def _guessed(body: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(body[:_SAMPLE_BYTES]).best()
    text = _decoded(body, best.encoding) if best else None
    if text is None:
        raise UnreadableTextError
    return text


def _clean(text: str) -> str:
    sample = text[:_SAMPLE_CHARS]
    if not text.strip("\0 \n\r\t") or sum(map(_is_odd, sample)) > max(3, len(sample) * MAX_ODD_SHARE):
        raise UnreadableTextError("This is not text, or its encoding is not known.")
    return text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n")


def _is_odd(character: str) -> bool:
    """Control characters, and what no text has: unassigned, private and half characters, a byte order mark inside."""
    if character in "\t\n\r\f\0":
        return False
    return character == "\ufeff" or unicodedata.category(character) in ("Cc", "Cn", "Co", "Cs")
