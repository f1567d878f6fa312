"""Plain text -> blocks: written by somebody, hard-wrapped, out of a book, or scraped from a page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from voice_app.errors import TooLargeError
from voice_app.ingest import headings
from voice_app.ingest.blocks import dropped
from voice_app.ingest.text import gutenberg, scraped, shapes, typed
from voice_app.ingest.text.lines import (
    chunks_of,
    closes_sentence,
    ends_sentence,
    is_quoted,
    joined,
    paragraphs,
    unquoted,
    width_of,
)  # fmt: skip
from voice_app.model import Block, BlockKind, Treatment

_UNDERLINE = re.compile(r"^\s*(={3,}|-{3,}|~{3,}|\*{3,}|#{3,}|\^{3,})\s*$")
_ORNAMENT = re.compile(
    r"^[\s*·•~#=_+⁂❦—–-]{1,80}$|^(?:\*\s*){2,}$|^[oO]{3}$|^\[(?:illustration|picture|image)\]$", re.I
)
_FIGURE = re.compile(r"^\[(?:illustration|picture|image|figure|abbildung)s?(?::\s*|\s+)(.+?)\]?$", re.I | re.S)
_PAGE = re.compile(
    r"^(?:[-–—\[]\s?\d{1,4}\s?[-–—\]]|(?:page|seite|página|pagina|p\.|s\.)\s?\d{1,4}(?:\s?(?:of|/|von|de|di|sur)\s?\d{1,4})?"
    r"|\d{1,4}\s?/\s?\d{1,4}|.{0,60}\s\[page \d{1,4}\])$", re.I
)  # fmt: skip
_LEADER = re.compile(r"(?:\.\s?){4,}\s*\d{1,4}$")  # from a name in the contents to its page
_FIGURES = re.compile(r"^\d{1,4}$")
ORNAMENT, ADDRESS, PAGE, RUNNING = "ornament", "address", "page number", "running head"
MIN_REPEATS = 3
MAX_LINES = 250_000
MAX_PARAGRAPHS = 40_000  # the longest books have half of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A block on its way. `rank` is what sort of heading it is or may be; `is_line` says that it stood alone
    or first between empty lines."""

    block: Block
    rank: str = ""
    is_line: bool = False

    @property
    def text(self) -> str:
        return self.block.text or " ".join(cell for row in self.block.rows for cell in row)

    @property
    def is_kept(self) -> bool:
        return self.block.treatment is Treatment.SAID


def blocks_of(text: str) -> list[Block]:
    """Every block of a text in order; what is not the text itself is skipped with its reason. Raises TooLargeError."""
    drafts = _drafted(text)
    lines = scraped.lines_of([draft.text for draft in drafts])
    if lines is not None:
        return typed.marked([_scraped(d, line) for d, line in zip(drafts, lines, strict=True)])
    return typed.marked(_headed(drafts))


def typed_blocks_of(text: str) -> list[Block]:
    """The same of a text that was typed as it stands, and not scraped from a page. Raises TooLargeError."""
    return typed.marked(_headed(_drafted(text)))


def _drafted(text: str) -> list[Draft]:
    if text.count("\n") > MAX_LINES:
        raise TooLargeError(f"It has more than {MAX_LINES:,} lines.")
    chunks = chunks_of(text)
    width = width_of(chunks)
    drafts = list(islice((draft for chunk in chunks for draft in _drafts(chunk, width)), MAX_PARAGRAPHS + 1))
    if len(drafts) > MAX_PARAGRAPHS:
        raise TooLargeError(f"It has more than {MAX_PARAGRAPHS:,} paragraphs.")
    return _without_pages(_without_contents(drafts))


def _drafts(chunk: Sequence[str], width: int) -> Iterator[Draft]:
    """The blocks of what stands between two empty lines."""
    if is_quoted(chunk):
        for inner in chunks_of(unquoted(chunk)):
            for text in paragraphs(inner, width):
                yield Draft(block=Block(kind=BlockKind.QUOTE, text=text))
        return
    if len(chunk) == 1:
        yield _line(" ".join(chunk[0].split()))
        return
    if len(chunk) > 1 and _is_underlined(chunk):
        rank = headings.TOP if "=" in chunk[1] else headings.UNDER
        yield Draft(block=_heading(chunk[0]), rank=rank, is_line=True)
        yield from _drafts(chunk[2:], width) if chunk[2:] else ()
        return
    shape = _shape(chunk)
    if shape is not None:
        yield from (Draft(block=block) for block in shape)
        return
    first = " ".join(chunk[0].split())
    if headings.rank_of(first) in (headings.PART, headings.CHAPTER):
        yield from _chapter(chunk, width)
        return
    for n, text in enumerate(paragraphs(chunk, width)):
        special = _special(text)
        yield special or Draft(block=Block(kind=BlockKind.PARAGRAPH, text=text), is_line=n == 0)


def _shape(chunk: Sequence[str]) -> list[Block] | None:
    found = shapes.table(chunk) or shapes.code(chunk)
    if found is not None:
        return [found]
    text = joined([" ".join(line.split()) for line in chunk])
    if text.startswith("[") and (figure := _FIGURE.match(text)) and text.endswith("]"):
        return [Block(kind=BlockKind.FIGURE, text=figure[1])]
    note = typed.note_of(text) if text.startswith("[") and not any(line.startswith("[") for line in chunk[1:]) else None
    return [note] if note else shapes.items(chunk)


def _line(text: str) -> Draft:
    """A line that stands alone."""
    special = _special(text)
    if special is not None:
        return special
    found = shapes.items([text])
    block = found[0] if found else Block(kind=BlockKind.PARAGRAPH, text=text)
    return Draft(block=block, rank=headings.rank_of(text), is_line=True)


def _special(text: str) -> Draft | None:
    """A line that is not read, the caption of a picture, or a note."""
    plain = Block(kind=BlockKind.PARAGRAPH, text=text)
    if _PAGE.match(text):
        return Draft(block=dropped(plain, PAGE), is_line=True)
    if _ORNAMENT.match(text) and text != "--":
        return Draft(block=dropped(plain, ORNAMENT), is_line=True)
    if typed.is_address(text):
        return Draft(block=dropped(plain, ADDRESS), is_line=True)
    figure = _FIGURE.match(text) if text.endswith("]") else None
    if figure:
        return Draft(block=Block(kind=BlockKind.FIGURE, text=figure[1]))
    note = typed.note_of(text) if text.startswith("[") else None
    return Draft(block=note) if note else None


def _is_underlined(chunk: Sequence[str]) -> bool:
    rule = _UNDERLINE.match(chunk[1])
    text = chunk[0].strip()
    return bool(rule) and 0 < len(text) <= 100 and len(chunk[1].strip()) * 2 >= len(text) and "  " not in text


def _chapter(chunk: Sequence[str], width: int) -> Iterator[Draft]:
    """A chapter's line with its name on the next one, or with its text right below."""
    lines = [" ".join(line.split()) for line in chunk]
    rank = headings.rank_of(lines[0])
    is_name = len(lines) <= 3 and all(len(line) < 70 and not closes_sentence(line.rstrip(".")) for line in lines[1:])
    if is_name and not any(line.endswith(".") and len(line.split()) > 8 for line in lines[1:]):
        texts = [line if ends_sentence(line) else f"{line}." for line in lines[:-1]]
        yield Draft(block=_heading(" ".join([*texts, lines[-1]])), rank=rank, is_line=True)
        return
    yield Draft(block=_heading(lines[0]), rank=rank, is_line=True)
    yield from _drafts(chunk[1:], width)


def _heading(text: str) -> Block:
    return Block(kind=BlockKind.HEADING, level=2, text=" ".join(text.split()))


def _without_contents(drafts: Sequence[Draft]) -> list[Draft]:
    out = list(drafts)
    for n, reason in gutenberg.not_text([draft.text for draft in drafts[:600]]).items():
        out[n] = replace(out[n], block=dropped(replace(out[n].block, kind=BlockKind.PARAGRAPH, level=0), reason))
    for n, draft in reversed(list(enumerate(out))):
        is_over = n + 1 < len(out) and out[n + 1].block.reason == gutenberg.CONTENTS
        if _LEADER.search(draft.block.text) or (is_over and headings.is_contents(draft.block.text)):
            out[n] = replace(draft, block=dropped(draft.block, gutenberg.CONTENTS))
    return out


def _without_pages(drafts: Sequence[Draft]) -> list[Draft]:
    """Without page numbers and the heads that run with them; a paragraph that they cut in two is whole again."""
    out = list(drafts)
    bare = [n for n, d in enumerate(out) if d.is_line and d.is_kept and _FIGURES.match(d.text)]
    figures = [int(out[n].text) for n in bare]
    if len(bare) >= MIN_REPEATS and all(a < b <= a + 3 for a, b in pairwise(figures)):
        for n in bare:
            out[n] = replace(out[n], block=dropped(out[n].block, PAGE))
    pages = {n for n, d in enumerate(out) if d.block.reason == PAGE}
    near = [m for n in pages for m in (n - 1, n + 1) if 0 <= m < len(out) and out[m].is_line and out[m].is_kept]
    heads = Counter(out[m].text for m in near)
    for m in near:
        if heads[out[m].text] >= MIN_REPEATS:
            out[m] = replace(out[m], block=dropped(out[m].block, RUNNING))
    return _mended(out) if pages else out


def _mended(drafts: Sequence[Draft]) -> list[Draft]:
    out: list[Draft] = []
    last = -1  # the last kept one, when nothing but page numbers came after it
    for draft in drafts:
        is_cut = 0 <= last < len(out) - 1 and draft.is_kept and draft.block.kind is BlockKind.PARAGRAPH
        if is_cut and draft.text[:1].islower() and not closes_sentence(out[last].text):
            whole = replace(out[last].block, text=joined([out[last].text, draft.text]))
            out[last] = replace(out[last], block=whole)
            continue
        if draft.is_kept:
            last = len(out) if draft.block.kind is BlockKind.PARAGRAPH else -1
        out.append(draft)
    return out


def _scraped(draft: Draft, line: scraped.Line) -> Block:
    if not draft.is_kept:
        return draft.block
    if line.reason:
        return dropped(draft.block, line.reason)
    if line.role in ("title", "heading"):
        return Block(kind=BlockKind.HEADING, level=1 if line.role == "title" else 2, text=line.text)
    return replace(draft.block, standfirst=True) if line.role == "standfirst" else draft.block


def _headed(drafts: Sequence[Draft]) -> list[Block]:
    """A text that somebody wrote: all of it, with a heading where a line can be nothing else."""
    kept = [n for n, draft in enumerate(drafts) if draft.is_kept]
    texts = [drafts[n].text for n in kept]
    is_loud = sum(map(headings.is_in_capitals, texts)) * 2 > len(texts) > 2
    ranks = {n: _rank(drafts, kept, texts, at, is_loud=is_loud) for at, n in enumerate(kept)}
    levels = headings.levels_of([rank for rank in ranks.values() if rank])
    first = kept[0] if kept else -1
    blocks = [draft.block for draft in drafts]
    for n, rank in ranks.items():
        if rank:
            is_title = n == first and rank in (headings.PLAIN, headings.CAPITALS, headings.TOP, headings.UNDER)
            level = 1 if is_title else levels[rank]
            blocks[n] = Block(kind=BlockKind.HEADING, level=level, text=_whole(drafts[n]))
    return blocks


def _whole(draft: Draft) -> str:
    """The text with the number that was taken for an item's."""
    block = draft.block
    return f"{block.marker} {block.text}".strip() if block.kind is BlockKind.ITEM else block.text


def _rank(drafts: Sequence[Draft], kept: Sequence[int], texts: Sequence[str], at: int, *, is_loud: bool) -> str:
    """What sort of heading the block is; empty when it is none."""
    draft = drafts[kept[at]]
    if draft.block.kind is BlockKind.HEADING:
        return draft.rank
    behind = drafts[kept[at + 1]] if at + 1 < len(kept) else None
    is_prose_next = behind is not None and scraped.is_prose(behind.text)
    if draft.block.kind is BlockKind.ITEM:
        follows = behind is not None and _goes_under_a_heading(behind, is_prose=is_prose_next)
        return draft.rank if draft.rank.startswith("1") and draft.is_line and follows else ""
    if draft.block.kind is not BlockKind.PARAGRAPH:
        return ""
    if draft.rank in (headings.PART, headings.CHAPTER) and behind is not None:
        return draft.rank
    if draft.rank == headings.CAPITALS and not is_loud and behind is not None and draft.is_line:
        return draft.rank
    if draft.rank.startswith("1") and is_prose_next:
        return draft.rank
    return headings.PLAIN if draft.is_line and scraped.is_heading(texts, at) else ""


def _goes_under_a_heading(draft: Draft, *, is_prose: bool) -> bool:
    """Whether a numbered line before it is a heading: another item shows that it is an item too."""
    if draft.block.kind is BlockKind.ITEM:
        return not draft.block.marker
    return is_prose or draft.block.kind in (BlockKind.TABLE, BlockKind.CODE)
