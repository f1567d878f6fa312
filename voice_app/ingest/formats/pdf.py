"""PDF: letters at places on pages, with a structure of their own when the file is tagged."""

from __future__ import annotations

import re
from collections.abc import Sequence

from voice_app.errors import NoArticleError, ScannedFileError
from voice_app.ingest.headings import short_title, titled
from voice_app.ingest.language import language_of
from voice_app.ingest.pdf import file
from voice_app.ingest.pdf.clock import Clock
from voice_app.ingest.pdf.flow import blocks_of, flow_of
from voice_app.ingest.pdf.front import mark_byline
from voice_app.ingest.pdf.heads import title_fact
from voice_app.ingest.pdf.parts import Book
from voice_app.ingest.pdf.readable import pictures
from voice_app.ingest.pdf.tagged import tagged_blocks
from voice_app.model import Block, BlockKind, Document, Source, Treatment

_TOPICS = re.compile(r"\s*[;,]\s*")


def read(source: Source) -> Document:
    """The whole text. Raises DamagedFileError, LockedFileError, ScannedFileError, TooLargeError, NoArticleError."""
    clock = Clock()
    book = file.read(source.body, clock)
    lost = pictures(book)
    author = ""
    placed = tagged_blocks(book)
    title = next((b.text for _, b in placed or () if b.kind is BlockKind.HEADING and b.level == 1), "")
    if placed is None:
        flow = flow_of(book, clock)
        author = mark_byline(flow.pieces, flow.heads.title, flow.heads.size, book.author)
        placed, title = list(blocks_of(flow)), flow.title
    blocks = _with_lost(placed, lost)
    kept = [block for block in blocks if block.treatment is Treatment.SAID]
    if not kept:
        raise ScannedFileError if any(page.drawn for page in book.pages) else NoArticleError("There is no text in it.")
    title = title or title_fact(book) or short_title(kept[0].text)
    return Document(
        title=title,
        blocks=tuple(titled(blocks, title)),
        language=language_of(book.language or None, kept),
        byline=book.author or author or None,
        published=book.created,
        source_url=source.origin if "://" in source.origin else None,
        summary=book.subject or None,
        topics=_topics(book),
    )


def _topics(book: Book) -> tuple[str, ...]:
    return tuple(dict.fromkeys(topic for topic in _TOPICS.split(book.keywords) if topic))


def _with_lost(placed: Sequence[tuple[int, Block]], lost: Sequence[int]) -> list[Block]:
    """The blocks, and one for each page that could not be read, in its place."""
    blocks: list[Block] = []
    waiting = sorted(lost)
    for page, block in placed:
        while waiting and waiting[0] <= page:
            blocks.append(_lost(waiting.pop(0)))
        blocks.append(block)
    return blocks + [_lost(page) for page in waiting]


def _lost(page: int) -> Block:
    return Block(
        kind=BlockKind.FIGURE,
        text=f"Page {page}",
        treatment=Treatment.FAILED,
        reason=f"page {page} is a picture without text",
    )
