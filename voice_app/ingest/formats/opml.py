"""OPML: a list of feeds, read as a list. Watching the feeds in it is `desks/feeds.py`."""

from __future__ import annotations

from voice_app.ingest.feeds import outline
from voice_app.model import Block, BlockKind, Document, Source

TITLE = "Feeds"


def read(source: Source) -> Document:
    """The names of the feeds. Raises NoArticleError, DamagedFileError."""
    items = [Block(kind=BlockKind.ITEM, level=1, text=title) for title, _ in outline(source)]
    return Document(title=TITLE, blocks=(Block(kind=BlockKind.HEADING, level=1, text=TITLE), *items))
