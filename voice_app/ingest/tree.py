"""Bytes -> the elements of a page."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from voice_app.errors import TooLargeError
from voice_app.ingest.decode import text_of
from voice_app.model import Source

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def page_of(source: Source) -> Any:
    """The page, an empty one for what has no elements. Raises UnreadableTextError, TooLargeError."""
    import lxml.html
    from lxml.etree import ParserError

    html = _DECLARATION.sub("", text_of(source)).encode()
    parser = _parser()
    try:
        page = lxml.html.document_fromstring(html, parser=parser)
    except (ParserError, ValueError):
        return lxml.html.document_fromstring(b"<p></p>", parser=_parser())
    if any("Excessive depth" in problem.message for problem in parser.error_log):
        raise TooLargeError(
            "The page's elements stand in each other too deeply, so that its end cannot be read.",
            todo="Paste the text instead.",
        )
    return page


@cache
def _lookup() -> Any:
    """Which class an element is of. lxml.html's own asks Python code anew each time that an element is looked at."""
    from lxml.etree import ElementDefaultClassLookup
    from lxml.html import HtmlComment, HtmlElement, HtmlEntity, HtmlProcessingInstruction

    return ElementDefaultClassLookup(
        element=HtmlElement, comment=HtmlComment, pi=HtmlProcessingInstruction, entity=HtmlEntity
    )


def _parser() -> Any:
    from lxml.etree import HTMLParser

    parser = HTMLParser(encoding="utf-8", no_network=True)
    parser.set_element_class_lookup(_lookup())
    return parser
