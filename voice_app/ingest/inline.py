"""Inline HTML -> text and spans: white space collapsed as a browser does, soft hyphens and zero-width marks dropped."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from voice_app.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

KINDS = {
    "em": "emphasis", "i": "emphasis", "cite": "emphasis", "dfn": "emphasis", "var": "emphasis",
    "strong": "strong", "b": "strong", "code": "code", "kbd": "code", "samp": "code", "tt": "code",
}  # fmt: skip
UNSEEN = frozenset({
    "script", "style", "template", "noscript", "svg", "iframe", "object", "embed", "canvas", "video", "audio",
    "head", "link", "meta", "title", "map", "dialog",
})  # fmt: skip
CONTROLS = frozenset({"button", "select", "textarea", "input", "label", "option", "datalist"})
_INVISIBLE = dict.fromkeys((0x00AD, 0x200B, 0x2060, 0xFEFF))
_SPACE = re.compile(r"[ \t\r\n\f\u00a0\u2028\u2029]+")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_PARAGRAPH = "\n\n"


@dataclass(slots=True)
class Inline:
    """Collects a run of text; `linked` of its characters are links. Two line breaks part paragraphs.

    `base` is the address that links are relative to.
    """

    base: str = ""
    text: str = ""
    spans: list[Span] = field(default_factory=list)
    linked: int = 0
    _breaks: int = 0

    def add(self, text: str | None) -> None:
        plain = _SPACE.sub(" ", (text or "").translate(_INVISIBLE))
        if not plain.strip():
            if plain and self.text and not self.text.endswith((" ", "\n")):
                self.text += " "
            return
        if self.text.endswith((" ", "\n")) or not self.text:
            plain = plain.lstrip()
        self.text += plain
        self._breaks = 0

    def line_break(self) -> None:
        self._breaks += 1
        self.text = self.text.rstrip() + (_PARAGRAPH if self._breaks > 1 else "\n") if self.text else ""

    def element(self, element: Any) -> None:
        """An inline element with all that is in it, without the text after it."""
        tag = element.tag
        if not isinstance(tag, str) or tag in UNSEEN or tag in CONTROLS or is_hidden(element):
            return
        if tag == "br":
            self.line_break()
        elif tag == "img":
            self._picture(element)
        elif tag == "math":
            self.add(element.get("alttext") or element.get("aria-label") or element.text_content())
        else:
            self._wrapped(element)

    def children(self, element: Any) -> None:
        self.add(element.text)
        for child in element:
            self.element(child)
            self.add(child.tail)

    def _picture(self, element: Any) -> None:
        """A picture inside a line is there for its meaning when it is an emoji; others are figures of their own."""
        if "emoji" in (element.get("class") or ""):
            self.add(element.get("alt"))

    def _wrapped(self, element: Any) -> None:
        start = len(self.text)
        self.add("“") if element.tag == "q" else None
        self.children(element)
        self.add("”") if element.tag == "q" else None
        while start < len(self.text) and self.text[start].isspace():
            start += 1
        if start < len(self.text.rstrip()):
            end = len(self.text.rstrip())
            self.linked += end - start if element.tag == "a" and element.get("href") else 0
            self.spans += [Span(start=start, end=end, kind=k, value=v) for k, v in self._meanings(element)]

    def _meanings(self, element: Any) -> Iterator[tuple[str, str]]:
        tag, target = element.tag, element.get("href") or ""
        if tag in KINDS:
            yield KINDS[tag], ""
        if tag == "abbr" and element.get("title"):
            yield "abbr", _SPACE.sub(" ", element.get("title")).strip()
        if element.get("lang"):
            yield "lang", element.get("lang")
        if is_note_reference(element):
            yield "note", target.rpartition("#")[2] or note_label(element)
        elif tag == "a" and target and not target.startswith("#"):
            address = _absolute(self.base, target)
            if address:
                yield "link", address

    def paragraphs(self) -> Iterator[tuple[str, tuple[Span, ...]]]:
        """The text cut at double line breaks, each part with its own spans; single breaks become spaces."""
        places = list(self._places())
        ends = [end for _, end in places]
        inside: list[list[Span]] = [[] for _ in places]
        for span in sorted(self.spans, key=lambda s: (s.start, -s.end)):
            at = bisect_right(ends, span.start)
            while at < len(places) and places[at][0] < span.end:
                inside[at].append(span)
                at += 1
        for (start, end), spans in zip(places, inside, strict=True):
            yield (
                self.text[start:end].replace("\n", " "),
                tuple(
                    Span(start=max(s.start, start) - start, end=min(s.end, end) - start, kind=s.kind, value=s.value)
                    for s in spans
                ),
            )

    def _places(self) -> Iterator[tuple[int, int]]:
        """Where the paragraphs of the text begin and end."""
        at = 0
        for part in self.text.split(_PARAGRAPH):
            start, end = at + len(part) - len(part.lstrip()), at + len(part.rstrip())
            at += len(part) + len(_PARAGRAPH)
            if start < end:
                yield start, end


def is_hidden(element: Any) -> bool:
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or bool(_HIDDEN_STYLE.search(element.get("style") or ""))
    )


def is_note_reference(element: Any) -> bool:
    """A link up or down the page that stands for a note: by role, by the usual classes, or raised and short."""
    if element.tag != "a":
        return False
    if element.get("role") == "doc-noteref" or "footnote-ref" in (element.get("class") or ""):
        return True
    parent = element.getparent()
    is_raised = parent is not None and parent.tag == "sup"
    target = element.get("href") or ""
    return is_raised and "#" in target and len(element.text_content().strip()) <= 4


def note_label(element: Any) -> str:
    return str(element.text_content()).strip(" []()")


def _absolute(base: str, target: str) -> str:
    try:
        address = urljoin(base, target.strip())
        return address if urlsplit(address).scheme in ("http", "https", "mailto") else ""
    except ValueError:
        return ""


def plain(element: Any) -> str:
    """All the visible text of an element on one line."""
    words = Inline()
    words.children(element)
    return _SPACE.sub(" ", words.text).strip()
