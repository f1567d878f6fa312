"""Footnotes: the marks in the text, the notes that they stand for, and the links back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import unquote

from voice_app.ingest.web.named import named

MAX_CLIMB = 4
_names_reference = named(r"(?:^|[\s_-])(?:footnote-?(?:ref(?:erence)?|anchor|link)|note-?ref|fn-?ref)(?:$|[\s_-])")
_TARGET = re.compile(
    r"^_?(?:user-content-)?(?:fn|ftn|edn|footnote|endnote|note|cite_note|bib|ref|cit|sn)[-_:.]?\w*", re.I
)
_BACK_TARGET = re.compile(
    r"^_?(?:user-content-)?(?:fn-?ref|ftnt?[-_]?ref|edn-?ref|note-?ref|cite_ref|footnote-?(?:ref|anchor)|ref-?fn|fnr)",
    re.I,
)
_names_way_back = named(r"back-?ref|back-?link|reversefootnote|footnote-?back|footnote-number|mw-cite-backlink")
_BACK_TEXT = re.compile(
    r"^[\s\u21a9\ufe0e\ufe0f\u2191\u2934\u23ce^]+$|^(?:back|jump up|return|zurück|retour|top)\b.{0,24}$", re.I
)
_names_notes = named(r"\b(?:foot|end)notes?\b")
_names_sources = named(r"\breferences?\b|\breflist\b")
_names_inline = named(r"(?:^|\s)(?:sidenote|marginnote|ltx_role_footnote|inline-footnote)(?:\s|$)")
_names_mark = named(r"(?:^|\s)(?:ltx_note_mark|ltx_tag_note|ltx_note_type|sidenote-number)(?:\s|$)")
_LABEL = re.compile(r"\d{1,4}|[a-z]|[ivxlc]{1,6}|[*†‡§¶]+", re.I)
_SPREAD = frozenset({"article", "main", "body", "html", "section", "table", "ol", "ul"})  # too much to be one note
_INLINE_TAGS = frozenset({"a", "sup", "span", "b", "strong", "em", "i", "small", "cite", "font", "u"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note's name, unique in the document, and what the text calls it."""

    anchor: str
    label: str


class Notes:
    """The notes of one page by the elements that hold them."""

    def __init__(self, root: Any) -> None:
        self._by_element: dict[Any, Note] = {}
        labels: dict[str, str] = {}
        for link in root.iter("a"):
            if is_reference(link):
                labels.setdefault(anchor_of(link), label_of(link))
        self._add_targets(root, labels)
        self._add_unnamed(root, labels)
        self._add_lists(root)
        self._inline = 0

    def _add_targets(self, root: Any, labels: dict[str, str]) -> None:
        if not labels:
            return
        for element in root.iter():
            names = (element.get("id"), element.get("name")) if isinstance(element.tag, str) else ()
            for name in names:
                if name in labels and (holder := _holder(element)) is not None:
                    self._by_element.setdefault(holder, Note(anchor=name, label=labels[name]))

    def _add_unnamed(self, root: Any, labels: dict[str, str]) -> None:
        """Notes that only lead back, as of a text processor's page of which a site took the names out."""
        named = {note.anchor for note in self._by_element.values()}
        unnamed = {label: anchor for anchor, label in labels.items() if anchor not in named}
        for link in root.iter("a") if unnamed else ():
            label = label_of(link)
            if label in unnamed and _BACK_TARGET.match(anchor_of(link)) and (holder := _holder(link)) is not None:
                self._by_element.setdefault(holder, Note(anchor=unnamed[label], label=label))

    def _add_lists(self, root: Any) -> None:
        """The items of a list of notes are notes, also when no mark in the text leads there."""
        for place in root.iter("section", "div", "ol", "ul", "footer"):
            names = f"{place.get('class') or ''} {place.get('id') or ''}"
            is_list = place.get("role") == "doc-endnotes" or _names_notes(names)
            if not is_list and not _names_sources(names):
                continue
            for number, item in enumerate(place.iter("li"), start=1):
                if item not in self._by_element and (item.get("id") or is_list):
                    label = str(number)
                    self._by_element[item] = Note(anchor=item.get("id") or f"note-{label}", label=label)

    def of(self, element: Any) -> Note | None:
        """The note that an element is, or is a part of."""
        for _ in range(MAX_CLIMB):
            if element is None or element.tag in ("article", "main", "body"):
                return None
            if element in self._by_element:
                return self._by_element[element]
            element = element.getparent()
        return None

    def inside(self, element: Any) -> Note:
        """A note that stands within the text, where its mark would be."""
        self._inline += 1
        told = next((e.text_content().strip() for e in element.iter("sup") if _LABEL.fullmatch(_bare(e))), "")
        label = told or str(self._inline)
        return Note(anchor=element.get("id") or f"inline-note-{self._inline}", label=label)


def _bare(element: Any) -> str:
    return str(element.text_content()).strip(" []()\u00a0\n\t.")


def _holder(element: Any) -> Any | None:
    """What holds the whole note: the element that is led to, or the block that begins with it."""
    while element is not None and element.tag in _INLINE_TAGS:
        if element.tag in ("sup", "a") and is_reference(element):
            return None
        element = element.getparent()
    is_heading = element is not None and re.fullmatch(r"h[1-6]", str(element.tag))
    return None if element is None or is_heading or element.tag in _SPREAD else element


def is_reference(element: Any) -> bool:
    """A link within the page that stands for a note: by role, by the usual names, or raised and short."""
    if element.tag != "a" or "#" not in (element.get("href") or "") or is_back_link(element):
        return False
    told = f"{element.get('role') or ''} {element.get('epub:type') or ''}"
    if "noteref" in told or _names_reference(element.get("class")):
        return True
    if not _LABEL.fullmatch(_bare(element)):
        return False
    around = [place.tag for place in islice(element.iterancestors(), 2)]
    is_raised = "sup" in around or element.find(".//sup") is not None
    return is_raised or bool(_TARGET.match(anchor_of(element)) and _bare(element).isdigit())


def is_back_link(element: Any) -> bool:
    """The way from a note back into the text: by role, by name, or a lone arrow."""
    names = element.get("class") or ""
    if element.tag != "a":
        return "mw-cite-backlink" in names
    target = element.get("href") or ""
    if "#" not in target:
        return False
    if element.get("role") == "doc-backlink" or _names_way_back(names) or _BACK_TARGET.match(anchor_of(element)):
        return True
    return target.startswith("#") and bool(_BACK_TEXT.match(element.text_content()))


def is_inline(element: Any) -> bool:
    """Whether it is a note that stands within the text, as a side note does."""
    return _names_inline(element.get("class"))


def is_mark(element: Any) -> bool:
    """The number that an inline note repeats for itself."""
    return _names_mark(element.get("class"))


def anchor_of(link: Any) -> str:
    """The name that a link within the page leads to, without blanks, as names of places must be."""
    return "-".join(unquote((link.get("href") or "").rpartition("#")[2]).split())


def label_of(link: Any) -> str:
    return _bare(link)


def without_label(text: str, label: str) -> str:
    """A note's text without the number or sign that it begins with."""
    text = re.sub(r"^[\[(]\s*[\])]\s*", "", text)
    return re.sub(rf"^[\[(]?{re.escape(label)}(?:[\])]|[.):](?=\s)|(?=\s))[.:]?\s*", "", text) if label else text
