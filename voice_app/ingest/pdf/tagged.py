"""Tagged files: their own structure says what is a heading, an item, a cell, a note, and what is no text at all.

It is used only where it covers nearly all of the text and has headings, since some programs tag everything alike.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from voice_app.ingest.pdf.columns import type_size
from voice_app.ingest.pdf.furniture import without_furniture
from voice_app.ingest.pdf.marks import BULLETS, marker_of
from voice_app.ingest.pdf.notes import Note, opening, tail
from voice_app.ingest.pdf.parts import Book, Line, Page, Tag, Word
from voice_app.ingest.pdf.pieces import code_of
from voice_app.ingest.pdf.prose import Prose, Vocabulary, is_raised, prose
from voice_app.model import Block, BlockKind, Treatment

MIN_COVERED = 0.97  # of the letters that are no furniture
ARTIFACT, CONTENTS = "not marked as text", "table of contents"
_HEADING = re.compile(r"^(?:H([1-6])?|Title)$")
_HEADINGS = ("H", "H1", "H2", "H3", "H4", "H5", "H6", "Title")
_INLINE = frozenset({
    "Span", "Link", "Reference", "Annot", "Em", "Strong", "Sub", "Lbl", "Ruby", "RB", "RT", "RP", "Warichu", "WT",
    "WP", "Quote", "Code", "BibEntry", "NonStruct",
})  # fmt: skip
_BLOCKS = frozenset({
    *_HEADINGS, "P", "L", "LI", "Table", "Figure", "Formula", "Note", "FENote", "BlockQuote", "TOC", "Caption",
})  # fmt: skip
_END = re.compile(r"[.!?:;。！？…][\"'”’»)\]]*$")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the tree a tag stands."""

    depth: int = 0
    is_quote: bool = False
    is_aside: bool = False
    reason: str = ""


@dataclass
class _Reader:
    """Reads one page's tree. `words` are its words by the number of their marked content."""

    page: Page
    words: dict[int, list[Word]]
    vocabulary: Vocabulary
    calls: dict[int, str] = field(default_factory=dict)

    def blocks(self) -> Iterator[Block]:
        notes = [tag for top in self.page.tree for tag in _tags(top, ("Note", "FENote"))]
        made = [note for tag in notes if (note := self._note(tag))]
        anchors = {note.mark: note.anchor for note in made if note.mark}
        for tag in self.page.tree:
            for line in self._lines(tag, skipped=("Note", "FENote")):
                for word in line.words[1:]:
                    mark = word.text.strip("()[]")
                    if mark in anchors and is_raised(word, line):
                        self.calls[id(word)] = anchors[mark]
        waiting = {note.anchor: note for note in made}
        for tag in self.page.tree:
            for block in self._walk(tag, _Place()):
                yield block
                for span in block.spans:
                    if span.kind == "note" and span.value in waiting:
                        yield self._as_block(waiting.pop(span.value))
        yield from (self._as_block(note) for note in waiting.values())

    def _as_block(self, note: Note) -> Block:
        text = prose(note.lines, self.vocabulary)
        return Block(kind=BlockKind.NOTE, text=text.text, spans=tuple(text.spans), marker=note.mark, anchor=note.anchor)

    def _note(self, tag: Tag) -> Note | None:
        lines = self._lines(tag)
        if not lines:
            return None
        mark = opening(lines[0])
        if mark:
            lines[0] = tail(lines[0], mark)
        return Note(mark, f"p{self.page.number}-{mark or lines[0].words[0].index}", self.page.number, lines)

    def _walk(self, tag: Tag, place: _Place) -> Iterator[Block]:
        heading = _HEADING.match(tag.kind)
        if tag.kind in ("Artifact", "Note", "FENote"):
            return
        if heading:
            yield from self._plain(tag, place, BlockKind.HEADING, level=int(heading[1] or 1))
        elif tag.kind == "L":
            inner = replace(place, depth=place.depth + 1)
            for kid in tag.kids:
                yield from self._walk(kid, inner) if isinstance(kid, Tag) else ()
        elif tag.kind == "LI":
            yield from self._item(tag, place)
        elif tag.kind == "Table":
            yield from self._table(tag, place)
        elif tag.kind in ("Figure", "Formula"):
            yield from self._figure(tag, place)
        elif tag.kind == "Caption":
            yield from self._plain(tag, place, BlockKind.FIGURE)
        elif tag.kind == "Code":
            yield from self._code(tag, place)
        else:
            yield from self._mixed(tag, place)

    def _mixed(self, tag: Tag, place: _Place) -> Iterator[Block]:
        """A paragraph, or what holds paragraphs."""
        place = replace(
            place,
            is_quote=place.is_quote or tag.kind == "BlockQuote",
            is_aside=place.is_aside or tag.kind in ("Aside", "Sidebar"),
            reason=place.reason or (CONTENTS if tag.kind == "TOC" else ""),
        )
        loose: list[Tag | int] = []
        for kid in tag.kids:
            if isinstance(kid, int) or not _holds_blocks(kid):
                loose.append(kid)
                continue
            yield from self._loose(loose, place)
            loose = []
            yield from self._walk(kid, place)
        yield from self._loose(loose, place)

    def _loose(self, kids: Sequence[Tag | int], place: _Place) -> Iterator[Block]:
        if kids:
            kind = BlockKind.QUOTE if place.is_quote else BlockKind.PARAGRAPH
            yield from self._plain(Tag(kind="P", kids=tuple(kids)), place, kind)

    def _plain(self, tag: Tag, place: _Place, kind: BlockKind, *, level: int = 0, marker: str = "") -> Iterator[Block]:
        lines = self._lines(tag)
        if kind is BlockKind.PARAGRAPH and lines and all(line.share("is_mono") > 0.9 for line in lines):
            yield from self._code(tag, place)
            return
        yield from self._made(prose(lines, self.vocabulary, self.calls), place, kind, level=level, marker=marker)

    def _made(self, text: Prose, place: _Place, kind: BlockKind, *, level: int, marker: str) -> Iterator[Block]:
        if not any(c.isalnum() for c in text.text):
            return
        yield Block(
            kind=kind,
            text=text.text,
            spans=tuple(text.spans),
            level=level,
            marker=marker,
            aside=place.is_aside,
            treatment=Treatment.SKIPPED if place.reason else Treatment.SAID,
            reason=place.reason,
        )

    def _item(self, tag: Tag, place: _Place) -> Iterator[Block]:
        """An item: its mark, its own text, and the lists in it after that."""
        label = [kid for kid in tag.kids if isinstance(kid, Tag) and kid.kind == "Lbl"]
        body = Tag(kind="LBody", kids=tuple(kid for kid in tag.kids if kid not in label))
        own, lists = _split(body)
        marker = " ".join(line.text for kid in label for line in self._lines(kid)).strip()
        lines = [line for kid in own for line in self._lines(kid)]
        found = marker_of(lines[0]) if lines and not label else None
        if found:
            lines[0] = Line(lines[0].words[1:], self.page.number, lines[0].column)
            marker = found.text
        marker = "" if marker in BULLETS or not any(c.isalnum() for c in marker) else marker
        text = prose(lines, self.vocabulary, self.calls)
        yield from self._made(text, place, BlockKind.ITEM, level=max(1, place.depth), marker=marker)
        for kid in lists:
            yield from self._walk(kid, place)

    def _table(self, tag: Tag, place: _Place) -> Iterator[Block]:
        rows, named = [], []
        for row in _tags(tag, ("TR",)):
            cells = [kid for kid in row.kids if isinstance(kid, Tag) and kid.kind in ("TH", "TD")]
            rows.append(tuple(prose(self._lines(cell), self.vocabulary).text for cell in cells))
            named.append([cell.kind == "TH" for cell in cells])
        captions = [line for kid in _tags(tag, ("Caption",)) for line in self._lines(kid)]
        if not any(any(row) for row in rows):
            yield from self._plain(tag, place, BlockKind.PARAGRAPH)
            return
        width = max(map(len, rows))
        yield Block(
            kind=BlockKind.TABLE,
            text=prose(captions, self.vocabulary).text,
            rows=tuple(row + ("",) * (width - len(row)) for row in rows),
            named_columns=all(named[0]) or not any(map(any, named)),
            named_rows=len(named) > 1 and all(row and row[0] for row in named[1:]),
            aside=place.is_aside,
        )

    def _figure(self, tag: Tag, place: _Place) -> Iterator[Block]:
        captions = [line for kid in _tags(tag, ("Caption",)) for line in self._lines(kid)]
        text = prose(captions, self.vocabulary).text
        if tag.alt or text:
            yield Block(kind=BlockKind.FIGURE, text=text, alt=tag.alt, aside=place.is_aside)
            return
        inside = prose(self._lines(tag), self.vocabulary).text
        if inside:
            reason = "formula" if tag.kind == "Formula" else "text in a figure"
            yield Block(kind=BlockKind.FIGURE, text=inside, treatment=Treatment.SKIPPED, reason=reason)

    def _code(self, tag: Tag, place: _Place) -> Iterator[Block]:
        text = code_of(self._lines(tag))
        if text.strip():
            yield Block(kind=BlockKind.CODE, text=text, aside=place.is_aside)

    def _lines(self, tag: Tag, skipped: tuple[str, ...] = ("Artifact",)) -> list[Line]:
        """A tag's words as lines, in the order of the tree."""
        lines: list[list[Word]] = []
        for word in (word for content in _contents(tag, skipped) for word in self.words.get(content, ())):
            if lines and abs(word.base - lines[-1][0].base) < 0.6 * max(word.size, lines[-1][0].size):
                lines[-1].append(word)
            else:
                lines.append([word])
        left = min((w.x0 for line in lines for w in line), default=0)
        right = max((w.x1 for line in lines for w in line), default=0)
        return [Line(line, self.page.number, (left, right)) for line in lines]


def _tags(tag: Tag, kinds: tuple[str, ...]) -> Iterator[Tag]:
    """The outermost tags of these kinds in a tag."""
    if tag.kind in kinds:
        yield tag
        return
    for kid in tag.kids:
        if isinstance(kid, Tag):
            yield from _tags(kid, kinds)


def _contents(tag: Tag, skipped: tuple[str, ...]) -> Iterator[int]:
    for kid in tag.kids:
        if isinstance(kid, int):
            yield kid
        elif kid.kind not in skipped:
            yield from _contents(kid, skipped)


def _holds_blocks(tag: Tag) -> bool:
    if tag.kind in _BLOCKS or tag.kind not in _INLINE:
        return True
    return any(isinstance(kid, Tag) and _holds_blocks(kid) for kid in tag.kids)


def _split(body: Tag) -> tuple[list[Tag], list[Tag]]:
    """What an item says itself, and the lists in it."""
    own: list[Tag] = []
    lists: list[Tag] = []
    for kid in body.kids:
        if isinstance(kid, int):
            own.append(Tag(kind="Span", kids=(kid,)))
        elif kid.kind in ("L", "Table", "Figure"):
            lists.append(kid)
        elif any(_tags(kid, ("L", "Table", "Figure"))):
            inner, more = _split(kid)
            own, lists = own + inner, lists + more
        else:
            own.append(kid)
    return own, lists


def tagged_blocks(book: Book) -> list[tuple[int, Block]] | None:
    """The blocks by the file's own structure, each with its page; None when that cannot be relied on."""
    if not any(_HEADING.match(t.kind) for page in book.pages for top in page.tree for t in _tags(top, _HEADINGS)):
        return None
    shadows = [replace(page, words=list(page.words), sideways=list(page.sideways)) for page in book.pages]
    left_out = without_furniture(shadows)
    readers, covered, total = [], 0, 0
    lines: list[Line] = []
    for page, shadow in zip(book.pages, shadows, strict=True):
        known = {content for top in page.tree for content in _contents(top, ("Artifact",))}
        words: dict[int, list[Word]] = defaultdict(list)
        for word in shadow.words:
            total += len(word.text)
            if word.tag in known:
                covered += len(word.text)
                words[word.tag].append(word)
        reader = _Reader(page, words, Vocabulary())
        readers.append(reader)
        lines += [line for top in page.tree for line in reader._lines(top)]
        rest = " ".join(word.text for word in shadow.words if word.tag not in known)
        if rest:
            left_out[page.number].append((rest, ARTIFACT, False))
    if total == 0 or covered < MIN_COVERED * total:
        return None
    return _joined(readers, Vocabulary.of(lines), left_out, type_size([w for p in book.pages for w in p.words]))


def _joined(
    readers: Sequence[_Reader],
    words: Vocabulary,
    left_out: dict[int, list[tuple[str, str, bool]]],
    size: float,
) -> list[tuple[int, Block]]:
    """The blocks of all pages; what a page's end cut in two is one again."""
    out: list[tuple[int, Block]] = []
    for reader in readers:
        number = reader.page.number
        reader.vocabulary = words
        aside = left_out.get(number, [])
        out += [(number, _skipped(text, reason)) for text, reason, is_top in aside if is_top]
        for index, block in enumerate(reader.blocks()):
            at = _last(out) if index == 0 else None
            whole = _whole(out[at][1], block, words) if at is not None else None
            if at is not None and whole:
                out[at] = (out[at][0], whole)
            else:
                out.append((number, block))
        out += [(number, _skipped(text, reason)) for text, reason, is_top in aside if not is_top]
    return _with_title(out, readers, size)


def _skipped(text: str, reason: str) -> Block:
    return Block(kind=BlockKind.PARAGRAPH, text=text, treatment=Treatment.SKIPPED, reason=reason)


def _last(out: Sequence[tuple[int, Block]]) -> int | None:
    texts = (i for i in range(len(out) - 1, -1, -1) if not out[i][1].reason and out[i][1].kind is not BlockKind.NOTE)
    return next(texts, None)


def _whole(before: Block, block: Block, words: Vocabulary) -> Block | None:
    """Two blocks as one, when the second goes on with the first."""
    if before.kind is not block.kind or block.reason:
        return None
    if block.kind is BlockKind.TABLE:
        if not block.rows or len(before.rows[0]) != len(block.rows[0]):
            return None
        return replace(before, rows=before.rows + block.rows[block.rows[0] == before.rows[0] :])
    if block.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.QUOTE) or block.marker:
        return None
    if _END.search(before.text) and not block.text[:1].islower():
        return None
    text = Prose(before.text, list(before.spans))
    text.append(Prose(block.text, list(block.spans)), words)
    return replace(before, text=text.text, spans=tuple(text.spans))


def _with_title(out: list[tuple[int, Block]], readers: Sequence[_Reader], size: float) -> list[tuple[int, Block]]:
    """Some programs tag the title as a paragraph: the first one, in type much larger than the text."""
    at = next((i for i, (_, block) in enumerate(out) if not block.reason), None)
    if at is None or out[at][1].kind is not BlockKind.PARAGRAPH or len(out[at][1].text) > 200:
        return out
    reader = next(reader for reader in readers if reader.page.number == out[at][0])
    lines = [line for top in reader.page.tree for line in reader._lines(top)]
    if lines and lines[0].size >= 1.3 * size and out[at][1].text.startswith(lines[0].words[0].text):
        lowered = [
            (page, replace(b, level=min(6, b.level + 1)) if b.kind is BlockKind.HEADING else b) for page, b in out
        ]
        lowered[at] = (out[at][0], replace(out[at][1], kind=BlockKind.HEADING, level=1, spans=()))
        return lowered
    return out
