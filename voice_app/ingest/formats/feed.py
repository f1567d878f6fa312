"""RSS, Atom and JSON Feed: read as one document, each entry a chapter. Watching a feed is `desks/feeds.py`."""

from __future__ import annotations

from dataclasses import replace

from voice_app.errors import NoArticleError
from voice_app.ingest.feeds import feed_page
from voice_app.ingest.headings import short_title
from voice_app.ingest.language import language_of
from voice_app.ingest.markup import tree_of
from voice_app.ingest.web.page import blocks_of
from voice_app.model import Block, BlockKind, Document, FeedEntry, Source

ENTRY_LEVEL = 2


def read(source: Source) -> Document:
    """The whole feed, newest entry first. Raises NoArticleError, DamagedFileError, UnreadableTextError."""
    page = feed_page(source)
    blocks = [Block(kind=BlockKind.HEADING, level=1, text=page.title)]
    for entry in page.entries:
        blocks += _blocks(entry, number=len(blocks))
    if len(blocks) == 1:
        raise NoArticleError("There are no entries in this feed.")
    return Document(
        title=page.title,
        blocks=tuple(blocks),
        language=language_of(page.language, blocks),
        source_url=source.origin if "://" in source.origin else None,
        published=page.entries[0].published,
    )


def _blocks(entry: FeedEntry, *, number: int) -> list[Block]:
    """An entry's title as a heading, and its text with all headings below that. Notes are named apart by entry."""
    inner = [_lowered(block, f"e{number}-") for block in _parsed(entry.html)]
    title = entry.title or short_title(next((block.text for block in inner), "Untitled"))
    return [Block(kind=BlockKind.HEADING, level=ENTRY_LEVEL, text=title), *inner]


def _lowered(block: Block, prefix: str) -> Block:
    spans = tuple(replace(s, value=prefix + s.value) if s.kind == "note" else s for s in block.spans)
    if block.kind is BlockKind.HEADING:
        return replace(block, level=min(6, max(block.level, ENTRY_LEVEL) + 1), spans=spans)
    return replace(block, anchor=prefix + block.anchor if block.anchor else "", spans=spans)


def _parsed(html: str) -> list[Block]:
    page = tree_of(f"<body>{html}</body>")
    body = page.find("body") if page is not None else None
    return [found.block for found in blocks_of(body)] if body is not None else []
