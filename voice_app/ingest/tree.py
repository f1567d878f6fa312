"""Bytes -> the elements of a page."""

from __future__ import annotations

import re
from typing import Any

from voice_app.ingest.decode import text_of
from voice_app.ingest.markup import tree_of
from voice_app.model import Source

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def page_of(source: Source) -> Any:
    """The page, an empty one for what has no elements. Raises UnreadableTextError."""
    page = tree_of(_DECLARATION.sub("", text_of(source)))
    return page if page is not None else tree_of("<p></p>")
