"""Notes of a book: which links lead to one, and what they lead to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from voice_app.ingest.epub.xhtml import TYPE
from voice_app.ingest.markup import taken_out
from voice_app.ingest.web.inline import BLOCKS, HEADINGS

_LABEL = re.compile(r"[\[(]?\s*(?:\d{1,4}|[*†‡§¶#]{1,4}|[a-z]|[ivxlc]{1,6})\s*[\])]?[.:]?", re.I)
_SURE_LABEL = re.compile(r"[\[(]\s*(?:\d{1,4}|[a-z]|[*†‡§¶]{1,4})\s*[\])]|[*†‡§¶]{1,4}")
_NAMED = re.compile(r"(?:\b|_)(?:foot|end|rear)?notes?(?:\b|_|\d)|noteref|\bfn|footnote|endnote", re.I)
_ONE_NOTE = re.compile(r"\b(?:foot|end|rear)?note\b", re.I)
_BACK = re.compile(r"[\s\u21a9\ufe0e\u2190\u2191\u2b06\u25b2^«<]+|(?:back|return|jump|zurück|retour)\b.{0,30}", re.I)
_HEADINGS = frozenset(HEADINGS)
_HOLDERS = frozenset({"li", "aside", "dd"})
_LISTS = frozenset({"ol", "ul", "menu", "dir", "dl", "table", "tbody", "thead", "tfoot", "tr"})
MAX_NOTE_CHARS = 20_000
MAX_APART = 20  # elements between a name and the note that it names


@dataclass(slots=True)
class _Note:
    """A note: the element that the links lead to, and the label of the first link."""

    label: str
    uid: str
    sources: set[str]


def mark_notes(root: Any) -> None:
    """Write each note and each link to one as the walker knows them: role="doc-noteref", and a div with paragraphs."""
    targets = _targets(root)
    notes: dict[str, _Note] = {}
    for link, target in _references(root, targets):
        label = "".join(link.itertext()).strip(" []().:\u00a0")
        note = notes.setdefault(target, _Note(label=label, uid=f"note-{len(notes) + 1}", sources=set()))
        note.sources |= _names_around(link)
        _plain_mark(link, f"#{note.uid}")
    wanted = {target: targets[target] for target in notes if target in targets}
    places = {name: place for name, element in wanted.items() if (place := _place(element, wanted)) is not None}
    first_of: dict[Any, str] = {}
    for name, place in places.items():
        first_of.setdefault(place, name)
    for place, name in first_of.items():
        if not _is_chapter(place):
            _flatten(place, notes[name])


def _plain_mark(link: Any, address: str) -> None:
    """A link to a note with its label alone in it: a number raised inside would be taken for a power."""
    text = "".join(link.itertext()).strip()
    for child in list(link):
        link.remove(child)
    link.text = text
    link.set("role", "doc-noteref")
    link.set("href", address)


def _targets(root: Any) -> dict[str, Any]:
    """The elements that links within the book lead to, by name."""
    wanted = {(link.get("href") or "")[1:] for link in root.iter("a") if (link.get("href") or "").startswith("#")}
    found: dict[str, Any] = {}
    for element in root.iter():
        for name in (element.get("id"), element.get("name") if element.tag == "a" else None):
            if name and name in wanted:
                found.setdefault(name, element)
    return found


def _references(root: Any, targets: dict[str, Any]) -> Iterator[tuple[Any, str]]:
    """The links that stand for a note. A note comes after what refers to it, so a link upwards is a way back."""
    passed: set[str] = set()
    out = []
    for element in root.iter():
        for name in (element.get("id"), element.get("name") if element.tag == "a" else None):
            if name:
                passed.add(name)
        href = element.get("href") or ""
        if element.tag != "a" or not href.startswith("#"):
            continue
        kind = f"{element.get(TYPE) or ''} {element.get('role') or ''}".split()
        is_told = "noteref" in kind or "doc-noteref" in kind
        if is_told or (href[1:] in targets and href[1:] not in passed and _looks_like_note(element)):
            out.append((element, href[1:]))
    yield from out


def _looks_like_note(link: Any) -> bool:
    label = "".join(link.itertext()).strip()
    if not _LABEL.fullmatch(label):
        return False
    parent = link.getparent()
    is_raised = (parent is not None and parent.tag == "sup") or next(link.iterdescendants("sup"), None) is not None
    names = " ".join(link.get(key) or "" for key in ("class", "id", "href", TYPE))
    return is_raised or bool(_SURE_LABEL.fullmatch(label)) or bool(_NAMED.search(names))


def _names_around(link: Any) -> set[str]:
    """The names by which a note may lead back to its link."""
    names = {element.get("id") for element in link.iterdescendants()}
    place = link
    while place is not None and place.tag not in ("section", "body"):
        names |= {place.get("id"), place.get("name")}
        place = place.getparent()
    before = link.getprevious()
    names.add(before.get("id") if before is not None else None)
    return {str(name) for name in names if name}


def _place(element: Any, wanted: dict[str, Any]) -> Any:
    """The block that is the note, or None where nothing can be told apart."""
    place = element
    while place is not None and place.tag not in BLOCKS:
        parent = place.getparent()
        if parent is None or (_holds_blocks(parent) and not "".join(place.itertext()).strip()):
            place = _next_block(place)
            break
        place = parent
    if place is not None and (place.tag in _HEADINGS or place.tag == "dt"):
        place = _next_block(place)
    if place is not None and place.tag in ("td", "th"):
        place = place.getparent()
    while place is not None and _belongs_to_holder(place, wanted):
        place = place.getparent()
    return None if place is None or place.tag in ("body", "html") else place


def _holds_blocks(element: Any) -> bool:
    return any(child.tag in BLOCKS for child in element)


def _next_block(element: Any) -> Any:
    near = islice(element.itersiblings(), MAX_APART)
    return next((e for e in near if e.tag in BLOCKS and e.tag not in _HEADINGS), None)


def _belongs_to_holder(place: Any, wanted: dict[str, Any]) -> bool:
    """Whether a paragraph is a part of something that is one note as a whole."""
    parent = place.getparent()
    if parent is None or place.tag in _HOLDERS:
        return False
    told = f"{parent.get('class') or ''} {parent.get(TYPE) or ''} {parent.get('role') or ''}"
    if parent.tag not in _HOLDERS and not (parent.tag == "div" and _ONE_NOTE.search(told)):
        return False
    names = (e.get("id") for e in parent.iter() if e.get("id") in wanted)
    return len({name for name, _ in zip(names, range(2), strict=False)}) < 2


def _is_chapter(place: Any) -> bool:
    if next(place.iterdescendants(*HEADINGS), None) is not None:
        return True
    return sum(map(len, place.itertext())) > MAX_NOTE_CHARS


def _flatten(place: Any, note: _Note) -> None:
    """Turn the element into a div with the note's name, its paragraphs right under it, without number and way back."""
    for link in list(place.iter("a")):
        href, text = (link.get("href") or "").lstrip("#"), "".join(link.itertext()).strip()
        is_back = "backlink" in f"{link.get(TYPE) or ''} {link.get('role') or ''}"
        if is_back or href in note.sources or (href and _BACK.fullmatch(text)):
            for name in (link.get("id"), link.get("name")):
                note.sources.discard(name or "")
            taken_out(link)
    paragraphs = [
        element for element in place.iterdescendants("p", "li", "dd", "dt", "div", "blockquote", "td", "th")
        if not _holds_blocks(element)
    ]  # fmt: skip
    for element in paragraphs:
        element.tag = "p"
        place.append(element)
    for key in ("role", TYPE, "class", "hidden", "style", "aria-hidden"):
        place.attrib.pop(key, None)
    place.tag = "div"
    place.set("id", note.uid)
    _out_of_list(place)
    _without_label(place, note.label)


def _out_of_list(place: Any) -> None:
    """A note that was an item or a row stands before what is left of its list or table."""
    around = place
    while around.getparent() is not None and around.getparent().tag in _LISTS:
        around = around.getparent()
    if around is not place:
        place.tail = None
        around.addprevious(place)


def _without_label(place: Any, label: str) -> None:
    """Take the number from the beginning of a note's text: it is the note's label."""
    from lxml import etree

    own = re.escape(label) + (r"(?!\w)" if not label.isalpha() else r"(?=\s*[\]).:])")
    start = re.compile(rf"\s*(?:[\[(]?\s*{own}\s*[\])]?|\[\s*\]|\(\s*\)|[\])])?[.:)]*\s*", re.I)
    for event, element in etree.iterwalk(place, events=("start", "end")):
        side = "text" if event == "start" else "tail"
        text = getattr(element, side) or ""
        if event == "end" and element is place:
            return
        if text.strip():
            match = start.match(text)
            setattr(element, side, text[match.end() :] if match else text)
            if getattr(element, side).strip():
                return
