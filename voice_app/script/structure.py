"""What is said for each kind of block, and the pause after it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from voice_app.model import Block, BlockKind, Document, Manner, Style, Treatment
from voice_app.script.code import said as code_said
from voice_app.script.frames import Frames, label
from voice_app.script.mapped import Edit
from voice_app.script.phrases import Phrases, counted, phrases
from voice_app.script.sentences import sentences, whole
from voice_app.script.style import manner
from voice_app.script.utterance import Utterance, aloud

# Silence after a sentence, in ms: within what narrators of audiobooks leave (0.3 to 0.5 s between sentences, twice
# that between paragraphs, more after a heading, so that it is heard as one), and never near 2 s, which sounds broken.
SENTENCE_MS = 350
ITEM_MS = 450
PARAGRAPH_MS = 700
STANDFIRST_MS = 800
HEADING_MS = 900
TITLE_MS = 1000
CHAPTER_MS = 1200


def utterances(blocks: Sequence[Block], style: Style, language: str) -> list[list[Utterance]]:
    """What is said for each of the kept blocks of one chapter, with the announcements in the article's language."""
    words = phrases(language)
    if words is None:
        return [list(_own(block, style, block.language or language, None)) for block in blocks]
    frames = Frames(blocks, style, words)
    return [
        [
            *map(aloud, frames.before[n]),
            *_own(block, style, block.language or language, words),
            *map(aloud, frames.after[n]),
        ]
        for n, block in enumerate(blocks)
    ]


def written(document: Document) -> list[str]:
    """The sentences of all that is the article, notes and code too, as they are written: in order, in no style."""
    language = document.language
    return [
        " ".join(utterance.text.split())
        for block in document.kept
        for utterance in _own(block, Style(tables=Manner.READ), block.language or language, None)
    ]


def after_ms(block: Block) -> int:
    """The pause after a block."""
    if block.kind is BlockKind.HEADING:
        return TITLE_MS if block.level == 1 else HEADING_MS
    if block.standfirst:
        return STANDFIRST_MS
    return ITEM_MS if block.kind is BlockKind.ITEM else PARAGRAPH_MS


def _own(block: Block, style: Style, language: str, words: Phrases | None) -> Iterator[Utterance]:
    """The block's own words, with what is said inside them. `words` are None where there are no phrases."""
    if block.treatment is Treatment.ANNOUNCED:
        return
    named = words if manner(block, style) is Manner.NAMED else None
    match block.kind:
        case BlockKind.TABLE:
            yield from _named_table(block, named) if named else _table(block)
        case BlockKind.FIGURE:
            yield from _figure(block, language, named)
        case BlockKind.CODE:
            yield from _code(block, words, is_named=named is not None)
        case BlockKind.NOTE if words:
            yield from _text(block, language, style, lead=f"{words.names['note']} {label(block)}".rstrip() + ": ")
        case BlockKind.ITEM:
            number = block.marker.rstrip(".) ")
            yield from _text(block, language, style, lead=f"{number}: " if number.isdigit() else "")
        case BlockKind.HEADING if named and block.level > 1:
            yield aloud(named.heading.format(n=block.level))
            yield from _text(block, language, style)
        case _:
            yield from _text(block, language, style)


def _text(block: Block, language: str, style: Style, *, lead: str = "") -> Iterator[Utterance]:
    places = whole(block.text) if block.kind is BlockKind.HEADING else sentences(block.text, language)
    for start, end in places:
        text = _without_notes(block, start, end)
        links = _links(block, start, end, language) if style.links is Manner.NAMED else ()
        yield Utterance(text=text, start=start, end=end, lead=lead, edits=links)
        lead = ""


def _links(block: Block, start: int, end: int, language: str) -> tuple[Edit, ...]:
    """The word for a link after each link that ends in the sentence."""
    words = phrases(language)
    if words is None:
        return ()
    found = {}
    for span in block.spans:
        if span.kind == "link" and start < span.end <= end and block.text[span.start : span.end].strip():
            after = block.text[span.end : end]
            comma = "," if after[:1].isspace() and after.strip()[:1].isalnum() else ""
            found[span.end - start] = f", {words.link}{comma}"
    return tuple(Edit(start=at, end=at, text=text) for at, text in sorted(found.items()))


def _without_notes(block: Block, start: int, end: int) -> str:
    """The text with its note marks blanked out: they are seen, not said, and places must stay as they are."""
    text = block.text[start:end]
    for span in block.spans:
        if span.kind == "note" and start <= span.start < span.end <= end:
            a, b = span.start - start, span.end - start
            text = text[:a] + " " * (b - a) + text[b:]
    return text


# -- tables -------------------------------------------------------------------------------------


def _named_table(block: Block, words: Phrases) -> Iterator[Utterance]:
    """Its caption and size first, so that a listener can go on to what follows; then each row with the names."""
    first = 1 if block.named_columns and block.rows else 0
    size = [counted(words.rows, len(block.rows) - first)]
    size += [counted(words.columns, columns)] if (columns := max(map(len, block.rows), default=0)) else []
    name = f"{words.names['table']}: {block.text.rstrip(' .:')}" if block.text else words.names["table"]
    about = f"{name}, {', '.join(size)}."
    yield from (aloud(about[start:end]) for start, end in whole(about))
    names = block.rows[0] if first else ()
    for n, row in enumerate(block.rows[first:], start=first):
        yield from _row(n, [_cell(i, cell, names, block) for i, cell in enumerate(row) if cell.strip()])


def _cell(column: int, cell: str, names: Sequence[str], block: Block) -> str:
    """The cell after its column's name; the name of a row stands for itself."""
    name = names[column].strip(" :") if column < len(names) else ""
    return f"{name}: {cell}" if name and not (block.named_rows and column == 0) else cell


def _table(block: Block) -> Iterator[Utterance]:
    """The cells alone, row by row."""
    yield from (Utterance(text=block.text[start:end], start=start, end=end) for start, end in whole(block.text))
    for n, row in enumerate(block.rows):
        yield from _row(n, [cell for cell in row if cell.strip()])


def _row(number: int, cells: Sequence[str]) -> Iterator[Utterance]:
    if cells:
        said = ". ".join(re.sub(r"[.\s]+$", "", cell) for cell in cells) + "."
        yield from (Utterance(text=said[start:end], row=number) for start, end in whole(said))


# -- figures and code ---------------------------------------------------------------------------


def _figure(block: Block, language: str, words: Phrases | None) -> Iterator[Utterance]:
    """What is to be seen, then the caption when it says something else."""
    lead = f"{words.names['figure']}: " if words else ""
    if block.alt.strip() and _plain(block.alt) != _plain(block.text):
        for start, end in sentences(block.alt, language):
            yield Utterance(text=block.alt[start:end], lead=lead)
            lead = ""
        lead = f"{words.caption}: " if words else ""
    for start, end in sentences(block.text, language):
        yield Utterance(text=_without_notes(block, start, end), start=start, end=end, lead=lead)
        lead = ""


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _code(block: Block, words: Phrases | None, *, is_named: bool) -> Iterator[Utterance]:
    """Line by line; lines without a letter or digit only close something and are not said."""
    signs = words.signs if words else {}
    if words and is_named:
        count = counted(words.lines, len(block.text.strip().splitlines()))
        yield aloud(f"{words.names['code']}, {count}.")
    for line in re.finditer(r"[^\n]*\w[^\n]*", block.text):
        for start, end in whole(line.group()):
            text = line.group()[start:end]
            yield Utterance(text=text, start=line.start() + start, end=line.start() + end, edits=code_said(text, signs))
    if words and is_named:
        yield aloud(words.code_end)
