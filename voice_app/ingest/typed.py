"""Marks that people type in plain text: _emphasis_, addresses, and [1] for a note that stands elsewhere."""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from voice_app.model import Block, BlockKind, Span

_EMPHASIS = re.compile(r"(?<![\w_])_(?=[^\s_])([^_\n]{1,300}?)(?<=[^\s_])_(?![\w_])")
_STRONG = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]{1,200}?)(?<=[^\s*])\*(?![\w*])")
_ADDRESS = re.compile(r"<?\b((?:https?://|www\.)[^\s<>\"'\])}]{3,500}[^\s<>\"'\])}.,;:!?])>?")
_LONE_ADDRESS = re.compile(r"<?(?:(?:https?://|ftp://|www\.)\S+|(?:mailto:)?[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+)>?", re.I)
_NOTE = re.compile(r"\[(?:footnote\s+)?(\d{1,3}|[A-Z]|\*{1,3})(?::\s*|\]:?\s+)(\S.*?)\]?$", re.I | re.S)
_REFERENCE = re.compile(r"\[(\d{1,3}|[A-Z]|\*{1,3})\]")
_PLAIN = (BlockKind.CODE, BlockKind.TABLE)


def is_address(text: str) -> bool:
    """Whether a line is an address and nothing else."""
    return bool(_LONE_ADDRESS.fullmatch(text.strip()))


def note_of(text: str) -> Block | None:
    """The body of a note: "[1] See above." or "[Footnote 1: See above.]"."""
    match = _NOTE.fullmatch(text)
    if match is None:
        return None
    body = match[2] if not (text.endswith("]") and "]" in text[: match.start(2)]) else match[2] + "]"
    return Block(kind=BlockKind.NOTE, text=body, marker=match[1])


def marked(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with their spans; what looks like a note and is referred to nowhere is a paragraph."""
    anchors = _anchors(blocks)
    notes: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for n, anchor in anchors.items():
        notes[blocks[n].marker].append((n, anchor))
    found = []
    for n, block in enumerate(blocks):
        if block.kind is BlockKind.NOTE:
            block = replace(block, anchor=anchors[n]) if n in anchors else _unnoted(block)
        found.append(block if block.kind in _PLAIN else _spanned(block, _targets(block.text, n, notes)))
    return found


def _anchors(blocks: Sequence[Block]) -> dict[int, str]:
    """The anchors of the notes that the text refers to, by their place. Labels begin anew in each chapter of a book."""
    used = {label for b in blocks if b.kind is not BlockKind.NOTE for label in _REFERENCE.findall(b.text)}
    times: Counter[str] = Counter()
    found = {}
    for n, block in enumerate(blocks):
        if block.kind is BlockKind.NOTE and block.marker in used:
            times[block.marker] += 1
            found[n] = block.marker if times[block.marker] == 1 else f"{block.marker}-{times[block.marker]}"
    return found


def _targets(text: str, place: int, notes: dict[str, list[tuple[int, str]]]) -> dict[str, str]:
    """For each label in the text the anchor of the next note that has it, or else of the last one before."""
    found = {}
    for label in set(_REFERENCE.findall(text)):
        places = notes.get(label, [])
        behind = bisect(places, place, key=lambda note: note[0])
        if places:
            found[label] = places[min(behind, len(places) - 1)][1]
    return found


def _unnoted(block: Block) -> Block:
    return Block(kind=BlockKind.PARAGRAPH, text=f"[{block.marker}] {block.text}")


def _spanned(block: Block, targets: dict[str, str]) -> Block:
    """The block with its marks as spans and without the signs that made them."""
    text, spans = block.text, []
    edits = [(m.start(), m.end(), m[1], "emphasis") for m in _EMPHASIS.finditer(text)]
    edits += [(m.start(), m.end(), m[1], "strong") for m in _STRONG.finditer(text) if not _overlaps(m, edits)]
    out, at, shift = [], 0, 0
    for start, end, inner, kind in sorted(edits):
        out += [text[at:start], inner]
        spans.append(Span(start=start - shift, end=start - shift + len(inner), kind=kind))
        shift += end - start - len(inner)
        at = end
    text = "".join([*out, text[at:]])
    for match in _ADDRESS.finditer(text):
        address = match[1] if "://" in match[1] else f"https://{match[1]}"
        spans.append(Span(start=match.start(1), end=match.end(1), kind="link", value=address))
    notes = (match for match in _REFERENCE.finditer(text) if match[1] in targets)
    spans += [Span(start=m.start(), end=m.end(), kind="note", value=targets[m[1]]) for m in notes]
    return replace(block, text=text, spans=tuple(sorted(spans, key=lambda s: (s.start, -s.end))))


def _overlaps(match: re.Match[str], edits: Sequence[tuple[int, int, str, str]]) -> bool:
    return any(start < match.end() and match.start() < end for start, end, _, _ in edits)
