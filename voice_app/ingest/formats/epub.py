"""EPUB 2 and 3: a book's chapters in their order, without what only print and shops need."""

from __future__ import annotations

from dataclasses import replace

from voice_app.errors import DamagedFileError
from voice_app.ingest.archive import Archive
from voice_app.ingest.article import key
from voice_app.ingest.epub_book import blocks_of_book, languages
from voice_app.ingest.headings import short_title
from voice_app.ingest.language import language_of
from voice_app.ingest.opf import facts_of
from voice_app.ingest.package import package_of
from voice_app.model import Block, BlockKind, Document, Source, Treatment


def read(source: Source) -> Document:
    """The book. A chapter that cannot be read is a block that says so.

    Raises DamagedFileError, LockedFileError, TooLargeError.
    """
    archive = Archive(source.body)
    package = package_of(archive)
    facts = facts_of(package.metadata)
    blocks = blocks_of_book(archive, package, facts)
    kept = [block for block in blocks if block.treatment is Treatment.SAID]
    if not kept and any(block.treatment is Treatment.FAILED for block in blocks):
        raise DamagedFileError("None of the book's chapters could be read.")
    language = language_of(facts.language, kept)
    title = facts.title or _first_heading(kept)
    return Document(
        title=title,
        blocks=tuple(languages(_titled(blocks, title), language)),
        language=language,
        byline=facts.byline,
        published=facts.published,
        source_url=source.origin if "://" in source.origin else facts.source,
        summary=facts.summary,
        site=facts.publisher,
        topics=facts.topics,
    )


def _first_heading(kept: list[Block]) -> str:
    first = next((b for b in kept if b.kind is BlockKind.HEADING), kept[0] if kept else None)
    return short_title(first.text if first else "")


def _titled(blocks: list[Block], title: str) -> list[Block]:
    """The book's title as the first block that is kept. A chapter of the same name further on keeps its heading."""
    at = next((i for i, block in enumerate(blocks) if block.treatment is Treatment.SAID), None)
    if at is None:
        return blocks
    first = blocks[at]
    if first.kind is BlockKind.HEADING and key(first.text) == key(title):
        return [*blocks[:at], replace(first, level=1), *blocks[at + 1 :]]
    return [*blocks[:at], Block(kind=BlockKind.HEADING, level=1, text=title), *blocks[at:]]
