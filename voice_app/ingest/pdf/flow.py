"""The pieces of all pages -> the blocks of one running text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from voice_app.ingest.pdf.clock import Clock
from voice_app.ingest.pdf.columns import parts_of, type_size
from voice_app.ingest.pdf.furniture import without_furniture
from voice_app.ingest.pdf.grids import take_grids
from voice_app.ingest.pdf.heads import Heads, heads_of, leading_of
from voice_app.ingest.pdf.labels import LABEL, without_labels
from voice_app.ingest.pdf.lines import lines_of
from voice_app.ingest.pdf.marks import TABLE_WORDS, drawn_bullets, items_in
from voice_app.ingest.pdf.notes import Note, Notes, endnotes
from voice_app.ingest.pdf.parts import Book, Line, Word
from voice_app.ingest.pdf.pieces import CONTENTS, Piece, Setting, pieces_of
from voice_app.ingest.pdf.prose import Prose, Vocabulary, prose
from voice_app.ingest.pdf.tables import Table, tables_in
from voice_app.model import Block, BlockKind, Treatment

_END = re.compile(r"[.!?:。！？…][\"'”’»)\]]*$")
_LABEL = re.compile(
    r"^(?:chapter|part|kapitel|teil|chapitre|capítulo|capitolo|appendix)\s+(?:\d+|[IVXLC]+|[A-Z])$", re.I
)
_CONTENTS = re.compile(
    r"^(?:table of )?contents$|^inhalt(?:sverzeichnis)?$|^(?:table des mati.res|sommaire|.ndice)$", re.I
)
_ENTRY = re.compile(r"\S.*\s(?:\d{1,4}|[ivxlc]{1,7})$")
_TEXT = (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.QUOTE)
_FLOATS = (BlockKind.TABLE, BlockKind.FIGURE)


@dataclass
class Flow:
    """A file's pieces in reading order, and by page what was left out: (text, reason, whether it stood at the top)."""

    pieces: list[Piece] = field(default_factory=list)
    notes: Notes = field(default_factory=Notes)
    heads: Heads = field(default_factory=lambda: Heads(10))
    words: Vocabulary = field(default_factory=Vocabulary)
    left_out: dict[int, list[tuple[str, str, bool]]] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The title as it is printed, or as the file tells it when it is printed nowhere."""
        lines = self.heads.title
        return prose(lines, self.words).text if lines else self.heads.title_text


def flow_of(book: Book, clock: Clock) -> Flow:
    """The whole text in reading order, by where the words stand."""
    flow = Flow(left_out=without_furniture(book.pages))
    size = type_size([word for page in book.pages for word in page.words])
    parts: list[tuple[list[Line], list[Table]]] = []
    grids: dict[int, list[list[list[Word]]]] = {}
    for page in book.pages:
        clock.check()
        grids |= take_grids(page)
        labels = without_labels(page)
        page.words += drawn_bullets(page)
        flow.left_out.setdefault(page.number, []).extend((text, LABEL, False) for text in labels)
        found = [lines_of(part, page.number) for part in parts_of(page.words)]
        for part in flow.notes.take(found, size):
            parts += [(part, tables_in(part, page.rules))]
    bare = [some for part, tables in parts for some in _between(part, tables)]
    flow.heads = heads_of(book, bare, size)
    lines = [line for some in bare for line in some]
    flow.words = Vocabulary.of([*lines, *(line for note in flow.notes.notes for line in note.lines)])
    items = items_in([line for line in lines if not flow.heads.of(line)])
    ends, calls = endnotes(lines, lambda line: flow.heads.of(line) is not None, items)
    setting = Setting(
        size=size,
        leading=leading_of(bare, size),
        heads=flow.heads,
        words=flow.words,
        items=items,
        calls=calls | flow.notes.calls,
        endnotes=ends,
        grids=grids,
    )
    for part, tables in parts:
        clock.check()
        _add(flow, list(pieces_of(part, tables, setting)))
    _join_labels(flow.pieces)
    _mark_contents(flow.pieces)
    _join_tables(flow.pieces)
    _join_captions(flow.pieces)
    _set_depths(flow.pieces)
    return flow


def _between(part: Sequence[Line], tables: Sequence[Table]) -> Iterator[list[Line]]:
    """The part without its tables."""
    start = 0
    for table in tables:
        yield list(part[start : table.start])
        start = table.end
    yield list(part[start:])


def _add(flow: Flow, pieces: Sequence[Piece]) -> None:
    """Put the pieces of a part behind those before; a text that goes on from another part joins it."""
    was_text = False  # whether the piece before, in this part, was text
    for piece in pieces:
        before = _unfinished(flow.pieces) if piece.kind is BlockKind.PARAGRAPH and not was_text else None
        if before and not piece.reason and _goes_on(before, piece):
            before.prose.append(piece.prose, flow.words)
            before.lines = [*before.lines, *piece.lines]
        else:
            flow.pieces.append(piece)
        was_text = piece.kind not in _FLOATS


def _unfinished(pieces: Sequence[Piece]) -> Piece | None:
    """The last piece of running text, when only tables and figures came after it."""
    for piece in reversed(pieces):
        if piece.kind in _FLOATS:
            continue
        return piece if piece.kind in _TEXT and not piece.reason else None
    return None


def _goes_on(before: Piece, piece: Piece) -> bool:
    text, start = before.prose.text, piece.prose.text[:1]
    if abs(before.last.size - piece.first.size) > 0.08 * before.last.size:
        return False
    if text.endswith("-") and start.islower():
        return True
    is_full = before.last.x1 > before.last.column[1] - 2.5 * before.last.size
    if not _END.search(text):
        return start.islower() or (is_full and before.kind is not BlockKind.ITEM)
    is_same_place = piece.first.page == before.last.page and piece.first.column == before.last.column
    return is_full and not is_same_place and _is_by_indents(before, piece)


def _is_by_indents(before: Piece, piece: Piece) -> bool:
    """Whether paragraphs are set with indents here, and this one has none, so that it is no new one."""
    if before.kind is not BlockKind.PARAGRAPH or len(before.lines) < 2 or len(piece.lines) < 2:
        return False
    was_indented = before.first.x0 > before.lines[1].x0 + 0.7 * before.first.size
    return was_indented and piece.first.x0 < piece.lines[1].x0 + 0.3 * piece.first.size


def _join_labels(pieces: list[Piece]) -> None:
    """A label over a heading, as "Chapter 1", is a part of it."""
    for label, piece in list(pairwise(pieces)):
        if (
            label.kind is piece.kind is BlockKind.HEADING
            and label.page == piece.page
            and _LABEL.match(label.prose.text)
        ):
            shift = len(label.prose.text) + 2
            spans = [replace(s, start=s.start + shift, end=s.end + shift) for s in piece.prose.spans]
            piece.prose = Prose(f"{label.prose.text}: {piece.prose.text}", spans)
            pieces.remove(label)


def _mark_contents(pieces: Sequence[Piece]) -> None:
    """The lines under a heading "Contents" that end in the number of a page."""
    is_inside = False
    for piece in pieces:
        if piece.kind is BlockKind.HEADING and _CONTENTS.match(piece.prose.text):
            is_inside = True
        elif not is_inside or not (piece.reason or _ENTRY.search(piece.prose.text)) or piece.kind is BlockKind.TABLE:
            is_inside = False
            continue
        piece.reason = piece.reason or CONTENTS


def _join_tables(pieces: list[Piece]) -> None:
    """A table that a page's end cut in two is one again; names of columns that are printed again are not."""
    for before, piece in list(pairwise(pieces)):
        if before.kind is piece.kind is BlockKind.TABLE and before.page < piece.page <= before.last.page + 1:
            if len(before.rows[0]) != len(piece.rows[0]) or piece.prose.text:
                continue
            piece.rows = before.rows + piece.rows[piece.rows[0] == before.rows[0] :]
            piece.prose, piece.lines = before.prose, [*before.lines, *piece.lines]
            pieces.remove(before)


def _join_captions(pieces: list[Piece]) -> None:
    """A table's caption is the table's text."""
    for piece in list(pieces):
        if not piece.is_caption or piece.prose.text.split()[0].rstrip(".").casefold() not in TABLE_WORDS:
            continue
        at = pieces.index(piece)
        near = [*pieces[at + 1 : at + 2], *pieces[max(0, at - 1) : at]]
        table = next((p for p in near if p.kind is BlockKind.TABLE and not p.prose.text), None)
        if table and table.page == piece.page:
            table.prose = piece.prose
            pieces.remove(piece)
        else:
            piece.kind = BlockKind.PARAGRAPH


def _set_depths(pieces: Sequence[Piece]) -> None:
    """How deep each item is nested, by where the items of its list begin."""
    stack: list[float] = []
    page, column = 0, (0.0, 0.0)
    for piece in pieces:
        if piece.kind is not BlockKind.ITEM:
            if piece.kind not in _FLOATS:
                stack = []
            continue
        x0, em = piece.first.x0, piece.first.size
        if (piece.page, piece.first.column) != (page, column):
            shift = piece.first.column[0] - column[0] if stack else 0
            stack = [edge + shift for edge in stack]
            page, column = piece.page, piece.first.column
        while stack and x0 < stack[-1] - 0.6 * em:
            stack.pop()
        if not stack or x0 > stack[-1] + 0.6 * em:
            stack.append(x0)
        piece.level = len(stack)


def blocks_of(flow: Flow) -> Iterator[tuple[int, Block]]:
    """The blocks in order, each with its page. A note follows the block that calls for it."""
    waiting = {note.anchor: note for note in flow.notes.notes}
    pages = sorted({piece.page for piece in flow.pieces} | set(flow.left_out))
    by_page: dict[int, list[Piece]] = {page: [] for page in pages}
    for piece in flow.pieces:
        by_page[piece.page].append(piece)
    for page in pages:
        aside = flow.left_out.get(page, [])
        yield from ((page, _skipped(text, reason)) for text, reason, is_top in aside if is_top)
        for piece in by_page[page]:
            yield page, _block(piece, flow.heads)
            for span in piece.prose.spans:
                note = waiting.pop(span.value, None) if span.kind == "note" else None
                if note:
                    yield page, _note(note, flow.words)
        for anchor in [anchor for anchor, note in waiting.items() if note.page <= page]:
            yield page, _note(waiting.pop(anchor), flow.words)
        yield from ((page, _skipped(text, reason)) for text, reason, is_top in aside if not is_top)


def _skipped(text: str, reason: str) -> Block:
    return Block(kind=BlockKind.PARAGRAPH, text=text, treatment=Treatment.SKIPPED, reason=reason)


def _note(note: Note, words: Vocabulary) -> Block:
    made = prose(note.lines, words)
    return Block(kind=BlockKind.NOTE, text=made.text, spans=tuple(made.spans), marker=note.mark, anchor=note.anchor)


def _block(piece: Piece, heads: Heads) -> Block:
    is_code = piece.kind is BlockKind.CODE
    block = Block(
        kind=piece.kind,
        text=piece.prose.text if is_code else piece.prose.text.strip(),
        spans=() if is_code else tuple(piece.prose.spans),
        level=heads.levels.get(id(piece.first), 1) if piece.kind is BlockKind.HEADING else piece.level,
        marker=piece.marker,
        anchor=piece.anchor,
        rows=piece.rows,
    )
    return replace(block, treatment=Treatment.SKIPPED, reason=piece.reason) if piece.reason else block
