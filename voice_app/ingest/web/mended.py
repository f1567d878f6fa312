"""A page whose mark-up hides its own text: parts that a script puts in place, controls that were never closed."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from voice_app.ingest.web.inline import CONTROLS, is_hidden
from voice_app.ingest.web.written import bind

_STREAMED = re.compile(r"^S:[0-9a-f]+$")  # what React sends late and moves into its place
_UNSAID = ("script", "style", "link")
MIN_PARAGRAPHS = 3  # nobody puts so many into a button


def mend(page: Any) -> None:
    """Change the page in place. What is in scripts is gone afterwards, so ask for the page's facts before."""
    import lxml.etree

    body = page.find("body")
    if body is None:
        return
    lxml.etree.strip_elements(page, *_UNSAID, lxml.etree.Comment, with_tail=False)
    for control in list(body.iter(*CONTROLS)):
        if _holds_article(control):
            control.tag = "div"
    bind(body)
    _reveal(body)


def _holds_article(element: Any) -> bool:
    is_whole = next(element.iterdescendants("main", "article", "h1"), None) is not None
    return is_whole or sum(1 for _ in element.iterdescendants("p")) >= MIN_PARAGRAPHS


def _reveal(body: Any) -> None:
    """Show what is hidden when it is most of the text: a script would show it."""
    paragraphs = [(p, len(p.text_content())) for p in body.iter("p")]
    total = sum(size for _, size in paragraphs)
    held: Counter[Any] = Counter()
    for paragraph, size in paragraphs:
        held.update(dict.fromkeys(paragraph.iterancestors(), size))
    for place, size in held.items():
        if (size * 2 > total or _STREAMED.match(place.get("id") or "")) and is_hidden(place):
            for name in ("hidden", "aria-hidden", "style", "popover"):
                place.attrib.pop(name, None)
