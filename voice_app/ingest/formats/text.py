"""Plain text: written by somebody, hard-wrapped, or scraped from a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import median

from voice_app.errors import NoArticleError
from voice_app.ingest import scraped
from voice_app.ingest.article import dropped
from voice_app.ingest.decode import text_of
from voice_app.ingest.headings import short_title, titled
from voice_app.ingest.language import language_of
from voice_app.model import Block, BlockKind, Document, Source, Treatment

WRAP_CHARS = range(50, 100)  # where people and programs break lines
_BULLET = re.compile(r"^\s*(?:[-*\u2022\u00b7\u2023\u25e6]|(?P<number>\d{1,2})[.)])\s+(?P<text>\S.*)$", re.S)


def read(source: Source) -> Document:
    """The text as blocks. Raises NoArticleError, UnreadableTextError."""
    texts = list(_paragraphs(text_of(source)))
    if not texts:
        raise NoArticleError("There is no text in it.")
    lines = scraped.lines_of(texts)
    blocks = [_block(line) for line in lines] if lines is not None else _own(texts)
    kept = [block for block in blocks if block.treatment is Treatment.SAID]
    if not kept:
        raise NoArticleError("There is no article in this text, only links and notices.")
    title = next((b.text for b in kept if b.kind is BlockKind.HEADING and b.level == 1), None)
    return Document(
        title=title or short_title(kept[0].text),
        blocks=tuple(titled(blocks, title) if title else blocks),
        language=language_of(None, kept),
    )


def _paragraphs(text: str) -> Iterator[str]:
    """Paragraphs: a line each, unless the lines were broken to a width; then what stands between empty lines."""
    for chunk in re.split(r"\n[ \t\u00a0]*\n", text):
        lines = [" ".join(line.split()) for line in chunk.split("\n")]
        lines = [line for line in lines if line]
        if _is_wrapped(lines):
            yield " ".join(lines)
        else:
            yield from lines


def _is_wrapped(lines: Sequence[str]) -> bool:
    full = lines[:-1]
    if not full or any(_BULLET.match(line) for line in lines):
        return False
    if len(lines) == 2 and not (scraped.ends_sentence(lines[1]) and not scraped.ends_sentence(lines[0])):
        return False  # two lines may as well be two headings
    widest = max(map(len, lines))
    return widest in WRAP_CHARS and median(map(len, full)) > widest * 0.75 and len(lines[-1]) <= widest


def _block(line: scraped.Line) -> Block:
    block = _plain(line.text)
    if line.reason:
        return dropped(block, line.reason)
    if line.role in ("title", "heading"):
        return Block(kind=BlockKind.HEADING, level=1 if line.role == "title" else 2, text=line.text)
    return Block(kind=BlockKind.PARAGRAPH, text=line.text, standfirst=True) if line.role == "standfirst" else block


def _own(texts: Sequence[str]) -> list[Block]:
    """A text that somebody wrote: all of it, with a heading where a short line stands over a paragraph."""
    blocks: list[Block] = []
    for index, text in enumerate(texts):
        is_heading = scraped.is_heading(texts, index) and not _BULLET.match(text)
        level = 2 if any(b.kind is BlockKind.HEADING for b in blocks) or index else 1
        blocks.append(Block(kind=BlockKind.HEADING, level=level, text=text) if is_heading else _plain(text))
    return blocks


def _plain(text: str) -> Block:
    bullet = _BULLET.match(text)
    if bullet:
        marker = f"{bullet['number']}." if bullet["number"] else ""
        return Block(kind=BlockKind.ITEM, level=1, marker=marker, text=bullet["text"])
    return Block(kind=BlockKind.PARAGRAPH, text=text)
