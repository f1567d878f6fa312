"""Marks in a tree made from Markdown: what is left out of a line is put behind it as a paragraph with its reason."""

from __future__ import annotations

import re
from typing import Any

from voice_app.ingest.markup import LEFT_OUT, storable

_ALERT = re.compile(r"^\s*\[!(\w+)\][+-]?[ \t]*([^\n]*)\n?")
_TASK = re.compile(r"^\s*\[[ xX]\]\s+")
_CONTENTS = re.compile(r"^\s*(?:\[\[?_?toc_?\]\]?|toc|\$toc\$|@\[toc\])\s*$", re.I)
_MODULE = re.compile(r"(?:(?:import\s[^\n]*[\"'][^\n\"']+[\"'];?|export\s+(?:const|default|function)\b[^\n]*)\s*)+")
_HOLDERS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "pre"})
_ROOMS = frozenset({"li", "dd", "dt", "div", "section", "article", "aside", "blockquote", "body"})


def moved_out(root: Any) -> None:
    """Take what is struck through or marked as left out from inside its line and put it behind that line."""
    import lxml.html

    behind: dict[Any, Any] = {}  # the last paragraph that was put behind a line
    marked = [e for e in root.iter("s", "del", "strike", "span") if e.tag != "span" or e.get(LEFT_OUT)]
    for element in marked:
        text = " ".join(element.text_content().split())
        place = _line_of(element)
        reason = element.get(LEFT_OUT) or "struck through"
        element.text, element[:] = None, []  # an empty element keeps its tail where it was
        _close_up(element)
        if not text:
            continue
        paragraph = lxml.html.Element("p", {LEFT_OUT: reason})
        paragraph.text = storable(text)
        if place.tag in _ROOMS:
            place.append(paragraph)
            continue
        last = behind.get(place, place)
        paragraph.tail, last.tail = last.tail, None
        last.addnext(paragraph)
        behind[place] = paragraph


def _close_up(element: Any) -> None:
    """Take the blank before an emptied element away when a stop or a comma follows it, as in "long ago [@old]."."""
    parent = element.getparent()
    while parent is not None and parent.tag == "span" and not "".join(parent.itertext()).strip():
        element, parent = parent, parent.getparent()
    if parent is None or not (element.tail or "").startswith((".", ",", ";", ":", "!", "?", ")")):
        return
    before = element.getprevious()
    if before is not None:
        before.tail = storable(before.tail or "").rstrip() or None
    else:
        parent.text = storable(parent.text or "").rstrip() or None


def _line_of(element: Any) -> Any:
    """The paragraph, heading or table that an inline element stands in, or what holds its line."""
    outer = None
    for place in element.iterancestors():
        if place.tag == "table":
            outer = place
        if outer is None and place.tag in _HOLDERS:
            return place
        if place.tag in _ROOMS:
            return place if outer is None else outer
    return outer if outer is not None else element.getroottree().getroot().find("body")


def tidied(root: Any) -> None:
    """Boxes become asides, boxes to tick go, a line that stands for the contents is left out."""
    for quote in list(root.iter("blockquote")):
        _alert(quote)
    for box in root.iter("div"):
        if "admonition" in (box.get("class") or "").split():
            box.tag = "aside"
    for item in root.iter("li"):
        line = item[0] if not (item.text or "").strip() and len(item) and item[0].tag == "p" else item
        line.text = storable(_TASK.sub("", line.text or ""))
        if _CONTENTS.match(line.text or "") and len(line) == 0:
            item.set(LEFT_OUT, "contents")
    for line in root.iter("p"):
        if len(line) == 0 and _CONTENTS.match(line.text or ""):
            line.set(LEFT_OUT, "contents")
        if len(line) == 0 and _MODULE.fullmatch(line.text or ""):
            line.set(LEFT_OUT, "code of the page")


def _alert(quote: Any) -> None:
    """A quote that begins with [!NOTE] is a box; its name, or the title behind it, is its first line."""
    import lxml.html

    first = quote[0] if len(quote) else None
    match = _ALERT.match(first.text or "") if first is not None and first.tag == "p" else None
    if match is None or first is None:
        return
    quote.tag = "aside"
    title = lxml.html.Element("p")
    title.text = storable(match.group(2).strip() or match.group(1).capitalize())
    first.text = storable((first.text or "")[match.end() :])
    quote.insert(0, title)
