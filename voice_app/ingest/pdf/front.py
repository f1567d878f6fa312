"""The first page's front: who wrote it and when stands between the title and the text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from voice_app.ingest.article import key
from voice_app.ingest.pdf.parts import Line
from voice_app.ingest.pdf.pieces import Piece
from voice_app.model import BlockKind

BYLINE = "byline and date"
MAX_LINES = 14
MAX_NAME = 80
_SENTENCE = re.compile(r"[a-z]{2,}[.!?][\"”’)]*$")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_BY = re.compile(r"^(?:by|von|par|por)\s+", re.I)


def mark_byline(pieces: Sequence[Piece], title: Sequence[Line] | None, size: float, author: str) -> str:
    """Give the pieces between the title and the text their reason; the name in them, if the file tells none."""
    at = next((i for i, p in enumerate(pieces) if title and p.lines and p.lines[0] is title[0]), None)
    if at is None:
        return ""
    found: list[Piece] = []
    for piece in pieces[at + 1 :]:
        if len(found) > MAX_LINES or not _is_front(piece, size, author):
            break
        found.append(piece)
    else:
        return ""  # nothing but lines like these: it is the text
    if not found:
        return ""
    name = ", ".join(filter(None, found[0].rows[0])) if found[0].rows else found[0].first.text
    for piece in found:
        piece.reason = BYLINE
        piece.kind = BlockKind.PARAGRAPH
        if piece.rows:  # people side by side, each with an address below
            piece.prose.text = "; ".join(", ".join(filter(None, person)) for person in zip(*piece.rows, strict=True))
            piece.rows = ()
    return _BY.sub("", name) if len(name) < MAX_NAME and not any(c.isdigit() for c in name) else ""


def _is_front(piece: Piece, size: float, author: str) -> bool:
    text = piece.prose.text
    if piece.kind is BlockKind.TABLE:
        return not text and not any(c.isdigit() for row in piece.rows for cell in row for c in cell)
    if piece.reason or piece.page > 2 or piece.kind in (BlockKind.ITEM, BlockKind.FIGURE):
        return False
    if author and key(text) and (key(text) in key(author) or key(author) in key(text)) and len(text) < 200:
        return True
    if len(text) > 250 or _SENTENCE.search(text) or (re.match(r"\d", text) and not _YEAR.search(text)):
        return False
    if piece.kind is BlockKind.HEADING and (piece.first.share("is_bold") > 0.5 or piece.first.size > 1.25 * size):
        return False
    left, right = piece.first.column
    is_centred = abs((piece.first.x0 - left) - (right - piece.first.x1)) < 2 * size and piece.first.x0 - left > size
    return is_centred or (abs(piece.first.size - size) > 0.08 * size and len(piece.lines) < 4)
