"""Bytes -> the elements of a page."""

from __future__ import annotations

import re
from typing import Any

from voice_app.ingest.decode import text_of
from voice_app.model import Source

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def page_of(source: Source) -> Any:
    """The page, an empty one for what has no elements. Raises UnreadableTextError."""
    import lxml.html
    from lxml.etree import ParserError

    html = _DECLARATION.sub("", text_of(source)).encode()
    parser = lxml.html.HTMLParser(encoding="utf-8")
    try:
        return lxml.html.document_fromstring(html, parser=parser)
    except (ParserError, ValueError):
        return lxml.html.document_fromstring(b"<p></p>", parser=parser)
