"""ID3v2.3 tags: title, artwork, language, and chapters in the order of time.

Written here because the library that could (mutagen) is GPL, and stores CHAP frames sorted by size, which players
show as chapters out of order. Layout: id3.org's ID3v2.3.0 and its chapter addendum.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from voice_app.model import ChapterMark

FRONT_COVER = 3
TOP_LEVEL_ORDERED = 0b11
NO_OFFSET = b"\xff\xff\xff\xff"  # players seek by time, as the addendum allows
# ISO 639-1 -> 639-2/B for the languages that narration is asked for most; any other is "und"
LANGUAGES = {
    "ar": "ara", "cs": "cze", "da": "dan", "de": "ger", "el": "gre", "en": "eng", "es": "spa", "fi": "fin",
    "fr": "fre", "he": "heb", "hi": "hin", "hu": "hun", "it": "ita", "ja": "jpn", "ko": "kor", "nl": "dut",
    "no": "nor", "pl": "pol", "pt": "por", "ro": "rum", "ru": "rus", "sv": "swe", "tr": "tur", "uk": "ukr",
    "vi": "vie", "zh": "chi",
}  # fmt: skip


def id3(
    *,
    title: str,
    artist: str,
    album: str,
    language: str,
    artwork_jpeg: bytes,
    chapters: Sequence[ChapterMark] = (),
    track: tuple[int, int] | None = None,
    date: dt.date | None = None,
    comment: str = "",
) -> bytes:
    """A whole tag. `language` is a BCP 47 tag; `track` is (number, of how many); chapters must be in order."""
    code = language_code(language)
    frames = [_text("TIT2", title), _text("TPE1", artist), _text("TALB", album), _text("TLAN", code)]
    frames.append(_text("TCON", "Podcast"))
    if track:
        frames.append(_text("TRCK", f"{track[0]}/{track[1]}"))
    if date:
        frames += [_text("TYER", f"{date.year:04d}"), _text("TDAT", f"{date.day:02d}{date.month:02d}")]
    if comment:
        frames.append(_comment(comment, code))
    if chapters:
        frames += _chapters(chapters)
    frames.append(_picture(artwork_jpeg))
    body = b"".join(frames)
    return b"ID3\x03\x00\x00" + _synchsafe(len(body)) + body


def language_code(language: str) -> str:
    """The three letters that files know a BCP 47 tag's language by."""
    return LANGUAGES.get(language.split("-")[0].lower(), "und")


def plain(value: str) -> str:
    """One line of text: control characters become blanks."""
    return " ".join("".join(c if c.isprintable() else " " for c in value).split())


def _chapters(chapters: Sequence[ChapterMark]) -> list[bytes]:
    names = [f"chp{n}".encode() + b"\0" for n in range(len(chapters))]
    contents = b"toc\0" + bytes([TOP_LEVEL_ORDERED, len(chapters) & 0xFF]) + b"".join(names)
    frames = [_frame("CTOC", contents + _text("TIT2", "Chapters"))]
    for name, chapter in zip(names, chapters, strict=True):
        times = b"".join(round(seconds * 1000).to_bytes(4) for seconds in (chapter.start, chapter.end))
        frames.append(_frame("CHAP", name + times + 2 * NO_OFFSET + _text("TIT2", chapter.title)))
    return frames


def _text(name: str, value: str) -> bytes:
    return _frame(name, _encoded(value))


def _comment(value: str, code: str) -> bytes:
    encoded = _encoded(value)
    empty = b"\xff\xfe\0\0" if encoded[0] else b"\0"
    return _frame("COMM", encoded[:1] + code.encode() + empty + encoded[1:])


def _picture(jpeg: bytes) -> bytes:
    return _frame("APIC", b"\0image/jpeg\0" + bytes([FRONT_COVER]) + b"\0" + jpeg)


def _encoded(value: str) -> bytes:
    """Encoding byte and text: Latin-1 where it can be, else UTF-16 with its mark."""
    clean = plain(value)
    try:
        return b"\0" + clean.encode("latin-1")
    except UnicodeEncodeError:
        return b"\1\xff\xfe" + clean.encode("utf-16-le", errors="replace")


def _frame(name: str, body: bytes) -> bytes:
    return name.encode() + len(body).to_bytes(4) + b"\0\0" + body


def _synchsafe(size: int) -> bytes:
    return bytes((size >> shift) & 0x7F for shift in (21, 14, 7, 0))
