"""HTML as a tree, and what every format does with one: take elements out, name what is not read."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from voice_app.ingest.web.inline import BLOCKS

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LEFT_OUT = "data-left-out"  # the attribute that holds the reason on what is not read


def tree_of(html: str) -> Any:
    """The page with these elements; None when there are none."""
    return parsed(html)[0]


def parsed(html: str) -> tuple[Any, bool]:
    """As `tree_of`, and whether the end is lost, since elements stand in each other too deeply for the parser."""
    import lxml.html
    from lxml.etree import HTMLParser, ParserError

    parser = HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    parser.set_element_class_lookup(_lookup())
    try:
        page = lxml.html.document_fromstring(html.encode(errors="replace"), parser=parser)
    except (ParserError, ValueError):
        return None, False
    return page, any("Excessive depth" in problem.message for problem in parser.error_log)


@cache
def _lookup() -> Any:
    """Which class an element is of. lxml.html's own asks Python code anew each time that an element is looked at."""
    from lxml.etree import ElementDefaultClassLookup
    from lxml.html import HtmlComment, HtmlElement, HtmlEntity, HtmlProcessingInstruction

    return ElementDefaultClassLookup(
        element=HtmlElement, comment=HtmlComment, pi=HtmlProcessingInstruction, entity=HtmlEntity
    )


def storable(text: str) -> str:
    """The text without the control characters that a tree can be parsed with, but not be given."""
    return _CONTROL.sub("", text)


def left_out_reason(element: Any) -> str:
    """Why what is in this element is not read; empty when it is."""
    places = (element, *element.iterancestors())
    return next((place.get(LEFT_OUT) for place in places if place.get(LEFT_OUT)), "")


def plain_cells(root: Any) -> None:
    """Cells that hold one paragraph hold its words: paragraphs in a table are what pages are laid out with."""
    for cell in root.iter("td", "th"):
        only = cell[0] if len(cell) == 1 and not (cell.text or "").strip() else None
        if only is not None and only.tag in ("p", "div") and not any(child.tag in BLOCKS for child in only):
            only.tag = "span"


def taken_out(element: Any, text: str = "") -> None:
    """Remove an element and leave `text` and what follows it."""
    left = storable(text + (element.tail or ""))
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if before is not None:
        before.tail = storable(before.tail or "") + left
    else:
        parent.text = storable(parent.text or "") + left
    element.tail = None
    parent.remove(element)
