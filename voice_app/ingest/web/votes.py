"""What two article extractors would keep of a page, as texts that can be asked whether a block stands in them."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from html import unescape
from typing import Any

from voice_app.ingest.blocks import key

_SPACE = re.compile(r"\s+")
_BREAK = re.compile(
    r"</?(?:address|article|aside|blockquote|br|caption|cite|dd|div|dl|dt|fig(?:caption|ure)|footer|form|h[1-6]|header|hr|"
    r"li|main|nav|ol|p|pre|section|table|t[dhr]|ul)\b[^>]*>"
)
_PICTURE = re.compile(r'<img\b[^>]*?\balt="([^">]+)"[^>]*>')
_TAG = re.compile(r"<[^>]+>")
_DRAWING = re.compile(r"<svg\b.*?</svg>", re.S)
_UNUSED = re.compile(r' (?:data-[\w:.-]+|srcset|sizes|on[a-z]+)="[^"]*"')  # most of a page's bytes
ENOUGH = 0.4  # of what Readability keeps; a quick search that finds less is repeated slowly
MAX_SEARCHED = 1_000_000  # letters; a longer text is known by its lines alone, as a search for each block takes minutes
MAX_ELEMENTS = 40_000  # for trafilatura, which takes minutes over more where they stand deep
PIECE = 20  # letters
MIN_PIECES = 3
MIN_KEY = 12  # a shorter text could stand anywhere in a page


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """A text that can be asked whether another stands in it: a long one anywhere, a short one as a line of its own."""

    whole: str
    lines: frozenset[str]

    def holds(self, wanted: str) -> bool:
        """Whether a text, as `key` gives it, is in here."""
        if wanted in self.lines:
            return bool(wanted)
        if len(wanted) < MIN_KEY or len(self.whole) > MAX_SEARCHED:
            return False
        return wanted in self.whole or (len(wanted) >= MIN_PIECES * PIECE and self._has_most(wanted))

    def _has_most(self, wanted: str) -> bool:
        """Whether most pieces of it are in here, as extractors lose formulas and note marks in the midst of text."""
        pieces = [wanted[at : at + PIECE] for at in range(0, len(wanted) - PIECE + 1, PIECE)]
        return sum(piece in self.whole for piece in pieces) * 2 >= len(pieces)


def votes(page: Any) -> tuple[Prose, Prose]:
    """What trafilatura keeps, and what Readability keeps."""
    import lxml.html

    html = _UNUSED.sub("", _DRAWING.sub("", lxml.html.tostring(page, encoding="unicode")))
    if sum(1 for _ in page.iter()) > MAX_ELEMENTS:
        readable = _readability(html)
        return readable, readable
    with ThreadPoolExecutor(max_workers=1) as beside:  # go-readability needs no Python, so both work at once
        reading = beside.submit(_readability, html)
        quick = _trafilatura(page, fast=True)
        readable = reading.result()
    if len(quick.whole) >= len(readable.whole) * ENOUGH:
        return quick, readable
    return _trafilatura(page, fast=False), readable


def _trafilatura(page: Any, *, fast: bool) -> Prose:
    """The quick search misses the text of some pages; the slow one asks others."""
    import trafilatura

    text = trafilatura.extract(page, output_format="txt", include_comments=False, include_tables=True, fast=fast)
    return _prose(text or "")


def _readability(html: str) -> Prose:
    found = _go_readability(html)
    content = _SPACE.sub(" ", _readability_lxml(html) if found is None else found)
    return _prose(unescape(_TAG.sub("", _BREAK.sub("\n", _PICTURE.sub(r"\n\1\n", content)))))


def _prose(text: str) -> Prose:
    lines = [key(line) for line in text.splitlines()]
    return Prose(whole="".join(lines), lines=frozenset(lines))


def _go_readability(html: str) -> str | None:
    """The article's HTML, or None where the package has no wheel or gives up, as it does on odd dates."""
    try:
        from pygoreadability import from_string

        return str(from_string(html, "https://localhost/").content_html)
    except (ImportError, RuntimeError):
        return None


def _readability_lxml(html: str) -> str:
    from readability import Document
    from readability.readability import Unparseable

    try:
        return str(Document(html).summary(html_partial=True))
    except (Unparseable, ValueError):
        return ""
