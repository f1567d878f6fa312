"""Bytes -> the elements of a page."""

from __future__ import annotations

import re
from typing import Any

from voice_app.errors import TooLargeError
from voice_app.ingest.decode import text_of
from voice_app.ingest.markup import parsed, tree_of
from voice_app.model import Source

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def page_of(source: Source) -> Any:
    """The page, an empty one for what has no elements. Raises UnreadableTextError, TooLargeError."""
    page, is_cut = parsed(_DECLARATION.sub("", text_of(source)))
    if page is None:
        return tree_of("<p></p>")
    if is_cut:
        raise TooLargeError(
            "The page's elements stand in each other too deeply, so that its end cannot be read.",
            todo="Paste the text instead.",
        )
    return page
