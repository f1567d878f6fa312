"""Bytes as somebody gives them, and the ways in which tests look at what was read."""

from __future__ import annotations

from datetime import UTC, datetime

from voice_app import config
from voice_app.ingest.reader import Reader
from voice_app.model import Block, BlockKind, Document, Source, Treatment


def source(body: str | bytes, origin: str = "pasted text", told: str = "", charset: str | None = None) -> Source:
    data = body if isinstance(body, bytes) else body.encode()
    return Source(origin=origin, media_type=told, body=data, fetched_at=datetime.now(UTC), charset=charset)


def read(body: str | bytes, origin: str = "pasted text", told: str = "") -> Document:
    """Through the front door, as every file comes in."""
    return Reader(config.Fetch()).document(source(body, origin, told))


def kept(document: Document, *kinds: BlockKind) -> list[str]:
    return [b.text for b in document.kept if not kinds or b.kind in kinds]


def headings(document: Document) -> list[tuple[int, str]]:
    return [(b.level, b.text) for b in document.kept if b.kind is BlockKind.HEADING]


def reasons(document: Document) -> dict[str, str]:
    return {b.text: b.reason for b in document.blocks if b.treatment in (Treatment.SKIPPED, Treatment.FAILED)}


def find(document: Document, start: str) -> Block:
    """The block that begins so, and not the title that may be made of its words."""
    return next(b for b in document.blocks if (b.text.startswith(start) and b.level != 1) or b.text == start)
