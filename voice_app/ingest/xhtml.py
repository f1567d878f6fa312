"""A book's XHTML -> a page as the walker knows it: plain names, no namespaces, nothing that only print needs."""

from __future__ import annotations

import re
from typing import Any

from voice_app.errors import DamagedFileError
from voice_app.ingest.inline import BLOCKS
from voice_app.ingest.xml import MAX_ATTRIBUTES, local, text_of_xml

TYPE = "epub-type"  # the attribute that holds epub:type here
_CLOSED = re.compile(
    r"<((?!(?:br|hr|img|input|meta|link|col|area|base|wbr|embed|source|track)\b)[a-z][\w:]*)([^<>]*)/>"
)
_PAGE_NUMBER = re.compile(r"\bpage-?(?:num(?:ber)?|break|no)s?\b|\bpagebreak\b", re.I)
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")  # what a browser makes of broken XML can have any name
_PREFIXED = re.compile(r"(?:\{[^{}]+\}|[A-Za-z_][A-Za-z0-9_.-]*:)[A-Za-z_][A-Za-z0-9_.-]*")
_NAMED_TYPE = re.compile(r"(?:^|[:}])type$")
MAX_PAGE_NUMBER = 12  # characters of "[Pg 1234]"
MAX_DEPTH = 100  # elements in each other
MAX_CONTROL_SHARE = 0.02
_SAMPLE_BYTES = 4096


def page_of(data: bytes) -> Any:
    """The root element. Broken XML is read as a browser reads HTML. Raises DamagedFileError."""
    _refuse_binary(data)
    text = text_of_xml(data).strip()
    if not text:
        raise DamagedFileError
    root = _as_xml(text)
    if root is None:
        root = _as_html(text)
    _flatten(root)
    for element in list(root.iter()):
        _plain_names(element)
    for element in list(root.iter("span", "a", "div", "p", "hr")):
        if _is_page_number(element):
            taken_out(element)
    for picture in list(root.iter("img")):
        _drop_cap(picture)
    plain_cells(root)
    return root


def _flatten(root: Any) -> None:
    """What is nested deeper than anybody writes is the text that it holds."""
    from lxml import etree

    depth, deepest = 0, []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if event == "start" and depth == MAX_DEPTH and len(element):
            deepest.append(element)
    for element in deepest:
        text = " ".join(element.itertext())
        for child in list(element):
            element.remove(child)
        element.text = text


def plain_cells(root: Any) -> None:
    """Cells that hold one paragraph hold its words: paragraphs in a table are what pages are laid out with."""
    for cell in root.iter("td", "th"):
        only = cell[0] if len(cell) == 1 and not (cell.text or "").strip() else None
        if only is not None and only.tag in ("p", "div") and not any(child.tag in BLOCKS for child in only):
            only.tag = "span"


def body_of(root: Any) -> Any:
    """What holds the text: the body, or all of it in a file that is no page."""
    body = root.find("body") if root.tag == "html" else None
    return root if body is None else body


def taken_out(element: Any, text: str = "") -> None:
    """Remove an element and leave `text` and what follows it."""
    left = text + (element.tail or "")
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if before is not None:
        before.tail = (before.tail or "") + left
    else:
        parent.text = (parent.text or "") + left
    element.tail = None
    parent.remove(element)


def _as_xml(text: str) -> Any:
    import lxml.html
    from lxml import etree

    parser = lxml.html.XHTMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True,
        remove_pis=True, encoding="utf-8",
    )  # fmt: skip
    try:
        return etree.fromstring(text.encode(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _as_html(text: str) -> Any:
    import lxml.html
    from lxml.etree import ParserError

    parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True)
    whole = _CLOSED.sub(r"<\1\2></\1>", text)  # HTML knows no <title/>: it would swallow the page
    try:
        return lxml.html.document_fromstring(whole.encode(), parser=parser)
    except (ParserError, ValueError) as problem:
        raise DamagedFileError from problem


def _refuse_binary(data: bytes) -> None:
    """Bytes that are no text, as a chapter is that was encrypted or overwritten."""
    sample = data[:_SAMPLE_BYTES]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return
    controls = sum(byte < 0x20 and byte not in b"\t\n\f\r" for byte in sample)
    if controls > MAX_CONTROL_SHARE * len(sample):
        raise DamagedFileError


def _plain_names(element: Any) -> None:
    name = local(element)
    if not name:
        return
    if element.tag != name:
        element.tag = name if _NAME.fullmatch(name) else "span"
    if len(element.attrib) > MAX_ATTRIBUTES:
        element.attrib.clear()
    for key, value in element.items():
        if not _PREFIXED.fullmatch(key):
            continue
        if _NAMED_TYPE.search(key) and "xlink" not in key:
            element.set(TYPE, value)
        elif key.endswith(("}lang", ":lang")) and not element.get("lang"):
            element.set("lang", value)
        element.attrib.pop(key, None)


def _is_page_number(element: Any) -> bool:
    told = f"{element.get(TYPE) or ''} {element.get('role') or ''}"
    if "pagebreak" in told:
        return len(element) == 0 or len("".join(element.itertext())) <= MAX_PAGE_NUMBER
    is_named = bool(_PAGE_NUMBER.search(element.get("class") or "")) and not (element.get("href") or "")
    return is_named and len("".join(element.itertext()).strip()) <= MAX_PAGE_NUMBER


def _drop_cap(picture: Any) -> None:
    """A letter that is drawn, as old books begin their chapters, is part of its word."""
    letter, rest = (picture.get("alt") or "").strip(), picture.tail or ""
    if len(letter) == 1 and letter.isalpha() and rest[:1].isalpha():
        taken_out(picture, letter)
