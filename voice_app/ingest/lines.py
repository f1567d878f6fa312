"""Lines of plain text: which belong to one paragraph. Lines may be broken at any width, paragraphs parted by empty
lines, by an indent, or by a short last line alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

MIN_WIDTH, MAX_WIDTH = 20, 200  # where people and programs break lines
FILLED = 0.8  # of the lines of broken prose are as full as the next word lets them be
_END = re.compile(r"[.!?:;…。！？：；؟۔।]+[\"'”’»«›)\]）」』_*]*$")
_CLOSED = re.compile(r"[.!?…。！？؟۔।]+[\"'”’»«›)\]）」』_*]*(?:\s*\[\d{1,3}\])?$")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f]")
_WIDE = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
_QUOTED = re.compile(r"^\s{0,3}(?:>\s?)+")


def ends_sentence(text: str) -> bool:
    return bool(_END.search(text[-40:]))


def closes_sentence(text: str) -> bool:
    """Like `ends_sentence`, but a colon or a semicolon does not do."""
    return bool(_CLOSED.search(text[-40:]))


def word_count(text: str) -> int:
    """How many words; where words are not spaced, two characters count as one."""
    unspaced = len(_UNSPACED.findall(text))
    return len(text.split()) + unspaced // 2 if unspaced else len(text.split())


def chunks_of(text: str) -> list[list[str]]:
    """The lines between empty lines; quoted lines ("> ") are chunks of their own."""
    found: list[list[str]] = []
    for chunk in re.split(r"\n[ \t\u00a0\u3000]*\n", text):
        lines = [line.rstrip() for line in chunk.split("\n")]
        was_quoted = None
        for line in lines:
            if not line.strip():
                continue
            is_quoted = bool(_QUOTED.match(line))
            if is_quoted != was_quoted:
                found.append([])
            found[-1].append(line)
            was_quoted = is_quoted
    return found


def is_quoted(chunk: Sequence[str]) -> bool:
    return bool(_QUOTED.match(chunk[0]))


def unquoted(chunk: Sequence[str]) -> str:
    """Quoted lines without their marks, however deep."""
    return "\n".join(_QUOTED.sub("", line) for line in chunk)


def indent(line: str) -> int:
    wide = line.expandtabs(4)
    return len(wide) - len(wide.lstrip())


def width_of(chunks: Sequence[Sequence[str]]) -> int:
    """The width that the text's lines were broken to; 0 when they were not."""
    filled = Counter(_widest(chunk) for chunk in chunks if len(chunk) > 2 and _is_filled(chunk, _widest(chunk)))
    return max(filled, default=0)


def paragraphs(chunk: Sequence[str], width: int) -> list[str]:
    """The paragraphs of a chunk: its broken lines joined, or each line for itself."""
    found: list[str] = []
    for part in _parted(chunk):
        lines = [" ".join(line.split()) for line in part]
        found += _rejoined(lines, width) if _is_wrapped(lines, width) else lines
    return found


def joined(lines: Sequence[str]) -> str:
    """The lines as one; between characters that are written without spaces there is none."""
    text = lines[0] if lines else ""
    parts = [text]
    for before, after in pairwise(lines):
        is_close = bool(_UNSPACED.match(before[-1:]) or _WIDE.match(before[-1:])) and bool(_UNSPACED.match(after[:1]))
        parts.append(after if is_close else f" {after}")
    return "".join(parts)


def _parted(chunk: Sequence[str]) -> Iterator[Sequence[str]]:
    """Cut where a line is set in, as the first of a paragraph, or where one stands out over lines that are set in."""
    indents = [indent(line) for line in chunk]
    least = min(indents)
    is_in = [found > least for found in indents]
    hangs = not is_in[0] and sum(is_in) * 2 >= len(chunk)
    start = 0
    for n in range(1, len(chunk)):
        if is_in[n] != hangs and any(is_in):
            yield chunk[start:n]
            start = n
    yield chunk[start:]


def _is_wrapped(lines: Sequence[str], width: int) -> bool:
    if len(lines) < 2:
        return False
    if len(lines) == 2 and not width:
        is_cut = not ends_sentence(lines[0]) and (_is_lower(lines[1]) or closes_sentence(lines[1]))
        return is_cut and (_is_lower(lines[1]) or _size(lines[0]) >= 50) and _size(lines[0]) * 1.2 >= _size(lines[1])
    own = _widest(lines)
    if len(lines) > 2 and _is_filled(lines, own):
        return True
    return width > 0 and own <= width + 2 and _is_filled(lines, width)


def _is_filled(lines: Sequence[str], width: int) -> bool:
    """Whether each line but the last is as full as the first word of the next one lets it be."""
    if not MIN_WIDTH <= width <= MAX_WIDTH or len(lines) < 2:
        return False
    sizes = [(_size(" ".join(a.split())) + 1 + _first_word(b), a, b) for a, b in pairwise(lines)]
    full = [(a, b) for size, a, b in sizes if size > width * 0.85]
    short = sum(size <= width * 0.85 and not closes_sentence(a) for size, a, _ in sizes)
    if short > (1 - FILLED) * len(sizes) or len(full) < 0.5 * len(sizes):
        return False
    capital = sum(_is_capital(b) for _, _, b in sizes)
    closed = sum(ends_sentence(a) for _, a, _ in sizes)
    return capital <= 0.7 * len(sizes) and closed <= 0.6 * len(sizes) if len(sizes) > 1 else not closed


def _rejoined(lines: Sequence[str], width: int) -> list[str]:
    """Broken lines as paragraphs: one ends where a sentence does and the next word would still have had room."""
    width = width or _widest(lines)
    found: list[list[str]] = [[]]
    for before, after in pairwise([*lines, ""]):
        found[-1].append(before)
        has_room = _size(before) + 1 + _first_word(after) <= width * 0.8
        if after and has_room and closes_sentence(before) and not _is_lower(after):
            found.append([])
    return [joined(part) for part in found]


def _widest(lines: Sequence[str]) -> int:
    return max(_size(" ".join(line.split())) for line in lines)


def _size(text: str) -> int:
    """Columns; a character of Chinese or Japanese takes two."""
    return len(text) + len(_WIDE.findall(text))


def _first_word(text: str) -> int:
    word = text.split(maxsplit=1)[0] if text.strip() else ""
    return min(_size(word), 2) if _UNSPACED.match(word) else _size(word)


def _is_lower(text: str) -> bool:
    return text[:1].islower()


def _is_capital(text: str) -> bool:
    return text.lstrip("\"'“‘«„_([").strip()[:1].isupper()
