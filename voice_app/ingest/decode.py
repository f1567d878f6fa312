"""Bytes -> text: byte order mark, the transport's word, the page's own, UTF-8, then a guess that must be good."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter

from voice_app.errors import UnreadableTextError
from voice_app.model import Source

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]{2,30})", re.I)
_HEAD_BYTES = 4096
_NO_CHARSETS = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape", "utf-7", "undefined"})
"""What Python can decode and no page is in; some take for ever on a long text."""
_SAMPLE_BYTES = 200_000
_SAMPLE_CHARS = 50_000
MAX_ODD_SHARE = 0.01
MAX_ACCENTS_SHARE = 0.3
EBCDIC = ["cp037", "cp273", "cp424", "cp500", "cp875", "cp1026", "cp1140"]  # nobody's articles are in these
_SIGNS = frozenset("\u00a0“”„‚‘’‹›«»–—…•·€£¥¢©®™°§¶½¼¾¡¿ªº±×÷²³¹´、。「」『』！？，．：；（）・ー№")
_ACCENTED = re.compile(r"[^\W\d_]*[\u0080-\uffff][^\W\d_]*")
_SIGN_IN_WORD = re.compile(r"[^\W\d_][¡¿²³¹ºª°§¶½¼¾¢¥©®][^\W\d_]")
_ASCII_LETTER = re.compile(r"[A-Za-z]")
_LONE = frozenset("àèéêìíòóôùúýÀÈÉÊÌÍÒÓÔÙÚåÅöÖØøæÆ") | _SIGNS
_SCRIPTS = frozenset(
    {"CYRILLIC", "GREEK", "HEBREW", "ARABIC", "THAI", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "CJK", "HANGUL"}
)


def text_of(source: Source) -> str:
    """The text, with lines ending in \\n and without NULs. Raises UnreadableTextError."""
    for mark, encoding in _MARKS:
        if source.body.startswith(mark):
            return _clean(_decoded(source.body, encoding) or "")
    if not source.body.isascii() and (text := _decoded(source.body, "utf-8")) is not None:
        return _clean(text)  # nothing else looks like UTF-8 by chance, and many pages say that they are in Latin-1
    declared = _META.search(source.body[:_HEAD_BYTES])
    named = declared.group(1).decode("ascii") if declared else None
    for charset in (source.charset, named, "utf-8"):
        if charset and (text := _decoded(source.body, charset)) is not None:
            return _clean(text)
    return _clean(_guessed(source.body))


def _decoded(body: bytes, encoding: str) -> str | None:
    try:
        name = codecs.lookup(encoding).name
        if name in _NO_CHARSETS or (name.startswith(("utf-16", "utf-32")) and b"\0" not in body[:_HEAD_BYTES]):
            return None
        return body.decode(encoding)
    except (LookupError, UnicodeDecodeError):
        return None


def _guessed(body: bytes) -> str:
    """A guess that must look like words: wrong letters read aloud are worse than a request to save it as UTF-8."""
    sample = body[:_SAMPLE_BYTES]
    is_mostly_ascii = sum(byte > 0x7F for byte in sample) < len(sample) * MAX_ACCENTS_SHARE
    candidates = ["cp1252"] if is_mostly_ascii else []  # what most such files are in
    candidates += _detected(sample)
    for charset in candidates:
        text = _decoded(body, charset)
        if text is not None and _looks_written(text[:_SAMPLE_CHARS], is_mostly_ascii=is_mostly_ascii):
            return text
    raise UnreadableTextError


def _detected(sample: bytes) -> list[str]:
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_exclusion=EBCDIC).best()
    return [best.encoding] if best else []


def _looks_written(text: str, *, is_mostly_ascii: bool) -> bool:
    """Signs are those that people type, and accents stand in words; in another script, most of it is letters."""
    beyond = [c for c in text if c > "\x7f"]
    if any(not c.isalpha() and c not in _SIGNS and not unicodedata.combining(c) for c in beyond):
        return False
    if is_mostly_ascii:
        if _SIGN_IN_WORD.search(text):
            return False
        return not any(word not in _LONE and not _ASCII_LETTER.search(word) for word in _ACCENTED.findall(text))
    scripts = Counter(unicodedata.name(c, "?").partition(" ")[0] for c in beyond if c.isalpha())
    return sum(count for name, count in scripts.items() if name in _SCRIPTS) > 0.9 * sum(scripts.values())


def _clean(text: str) -> str:
    sample = text[:_SAMPLE_CHARS]
    odd = sum(sample.count(character) for character in set(sample) if _is_odd(character))
    if not text.strip("\0 \n\r\t") or odd > max(3, len(sample) * MAX_ODD_SHARE):
        raise UnreadableTextError("This is not text, or its encoding is not known.")
    return text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n")


def _is_odd(character: str) -> bool:
    """Control characters, and what no text has: unassigned, private and half characters, a byte order mark inside."""
    if character in "\t\n\r\f\0":
        return False
    return character == "\ufeff" or unicodedata.category(character) in ("Cc", "Cn", "Co", "Cs")
