"""The HTML of a message as a tree for the walker: tables that lay it out are opened, the unheard is named."""

from __future__ import annotations

import re
from typing import Any

from voice_app.ingest.letters import QUOTED, SIGNATURE, is_attribution, is_forward_mark
from voice_app.ingest.marks import LEFT_OUT

HIDDEN = "hidden text"
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|max-height\s*:\s*0|font-size\s*:\s*[01](?:px|pt)?\s*(?:;|$|!)"
    r"|opacity\s*:\s*0\s*(?:;|$|!)|mso-hide\s*:\s*all|line-height\s*:\s*[01](?:px)?\s*(?:;|$|!)",
    re.I,
)
_SIGNATURES = re.compile(r"\b(?:gmail_signature|moz-signature|signature_?\w*|ms-outlook-mobile-signature)\b", re.I)
_REPLIES = re.compile(
    r"\b(?:gmail_quote|moz-cite-prefix|yahoo_quoted|protonmail_quote|appendonsend|divRplyFwdMsg)\b", re.I
)
_HEADS = re.compile(r"appendonsend|divRplyFwdMsg", re.I)  # Outlook puts this over what is quoted, not around it
_GRID = re.compile(r"border\s*:\s*(?!none|0)|MsoTableGrid|wikitable", re.I)


def tree_of(html: str, *, is_forwarded: bool) -> Any:
    """The body of a message's HTML. `is_forwarded` keeps what is quoted: it is the article."""
    import lxml.html
    from lxml.etree import ParserError

    try:
        page = lxml.html.document_fromstring(html.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    except (ParserError, ValueError):
        return None
    body = page.find("body")
    if body is None:
        return None
    for element in list(body.iter("table", "img", "blockquote")):
        _opened(element)
    _named_quotes(body, is_forwarded=is_forwarded)
    for element in list(body.iter()):
        if isinstance(element.tag, str):
            _named(element)
    return body


def _opened(element: Any) -> None:
    """Tables that only lay the message out are no tables, and pictures of one dot are no pictures."""
    if element.tag == "table":
        is_data = element.find(".//th") is not None or element.get("border") not in (None, "", "0")
        told = f"{element.get('class') or ''} {element.get('style') or ''}"
        if not is_data and not _GRID.search(told):
            element.set("role", "presentation")
            return
        for line in element.iter("p"):
            line.tag = "span"  # Word puts each cell's text into a paragraph
    elif element.tag == "img" and "1" in (element.get("width"), element.get("height")):
        element.attrib.pop("alt", None)


def _named(element: Any) -> None:
    style = element.get("style") or ""
    if (_HIDDEN_STYLE.search(style) or element.get("hidden") is not None) and element.text_content().strip():
        element.attrib.pop("style", None)
        element.attrib.pop("hidden", None)
        _leave_out(element, HIDDEN)
    elif _SIGNATURES.search(_names(element)):
        _leave_out(element, SIGNATURE)


def _leave_out(element: Any, reason: str) -> None:
    element.set(LEFT_OUT, reason)
    if element.tag == "span" and element.getparent() is not None:
        element.tag = "div"


def _named_quotes(body: Any, *, is_forwarded: bool) -> None:
    """What is quoted from the message before is left out, with the line that says who wrote it."""
    import lxml.html

    for element in list(body.iter("div", "blockquote", "span", "table")):
        if element.get(LEFT_OUT):
            continue
        is_quote = element.tag == "blockquote" and element.get("type") == "cite"
        if not is_quote and not _REPLIES.search(_names(element)):
            continue
        text = " ".join(element.text_content()[:2000].split())
        if is_forwarded or is_forward_mark(text[:60].split("  ")[0]) or "forwarded message" in text[:60].lower():
            element.tag = "div" if element.tag == "blockquote" else element.tag
            for line in list(element.iter("br")) if _HEADS.search(_names(element)) else ():
                line.addnext(lxml.html.Element("br"))  # each header is a line of its own
            continue
        for part in [element, *(element.itersiblings() if _HEADS.search(_names(element)) else ())]:
            part.set(LEFT_OUT, QUOTED)
        before = element.getprevious()
        if before is not None and is_attribution(" ".join(before.text_content().split())):
            before.set(LEFT_OUT, QUOTED)


def _names(element: Any) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"
