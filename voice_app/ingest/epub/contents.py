"""Headings of a book: the levels that its contents give them, and the names of chapters that have no heading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from voice_app.ingest.blocks import key
from voice_app.ingest.epub.package import Entry
from voice_app.ingest.web.inline import BLOCKS, HEADINGS, plain

TOP = 2  # the level of a part or chapter; 1 is the book's title
DEEPEST = 6
NEAR_CHARS = 250  # a heading this near below the place that the contents name is the chapter's, whatever it says
SEEN_CHARS = 1500  # one that says what the contents say may stand under a picture and an epigraph
MAX_LABEL_CHARS = 300
OWN = "data-own"  # marks a heading that was made here and says nothing of its level
MAX_AT_ONE_PLACE = 3  # "Part One" and "Chapter 1" may begin at the same place, a hundred names are an error


@dataclass(slots=True)
class Levels:
    """What the levels of headings are measured by: the last heading that the contents name, and what it was here."""

    level: int = TOP
    own: int = 1

    def of(self, own: int) -> int:
        return max(TOP, min(DEEPEST, self.level + own - self.own))


@dataclass(slots=True)
class _Stop:
    """A heading, or a place that the contents name, `at` characters into the file."""

    at: int
    element: Any
    entries: list[Entry] = field(default_factory=list)
    put: Any = None  # the last heading that was put there


def outlined(entries: Sequence[Entry], title: str) -> list[Entry]:
    """The contents without a line for the book itself that all the others stand under."""
    tops = [entry for entry in entries if entry.depth == 1]
    if len(tops) == 1 and len(entries) > 2 and entries[0] is tops[0] and key(tops[0].label) == key(title):
        return [
            Entry(depth=entry.depth - 1, label=entry.label, path=entry.path, fragment=entry.fragment)
            for entry in entries[1:]
        ]
    return list(entries)


def first_levels(bodies: Sequence[Any]) -> Levels:
    """Where nothing is known yet: the largest headings that the book uses are its chapters'."""
    used = {HEADINGS[element.tag] for body in bodies for element in body.iter(*HEADINGS)}
    return Levels(own=min(used, default=1))


def put_headings(body: Any, entries: Sequence[Entry], names: dict[str, Any], levels: Levels) -> None:
    """Give the headings of a file their levels, and each place that the contents name a heading.

    `names` leads from the fragments of `entries` to elements. Goes through the file once.
    """
    stops = _stops(body, entries, names)
    taken: dict[Any, Entry] = {}
    for index, stop in enumerate(stops):
        for entry in stop.entries:
            heading = _heading_for(stops, index, entry, taken)
            if heading is None:
                heading = _made(stop, entry, body)
            taken.setdefault(heading, entry)
    headings = list(body.iter(*HEADINGS))
    for index, heading in enumerate(headings):
        named = taken.get(heading)
        own = 0 if heading.get(OWN) else HEADINGS[heading.tag]
        if named is not None:
            levels.level = min(DEEPEST, TOP + named.depth - 1)
            below = (HEADINGS[h.tag] for h in headings[index + 1 : index + 20] if h not in taken)
            levels.own = own or min(below, default=2) - 1
            _say(heading, named.label)
        heading.set("data-level", str(levels.level if named is not None else levels.of(own)))
    for heading in headings:
        heading.tag = f"h{heading.get('data-level')}"


def _stops(body: Any, entries: Sequence[Entry], names: dict[str, Any]) -> list[_Stop]:
    """The headings and named places in the order of the file."""
    from lxml import etree

    at_element: dict[Any, list[Entry]] = {}
    for entry in entries:
        target = names.get(entry.fragment, body) if entry.fragment else body
        same = at_element.setdefault(_heading_around(target), [])
        if len(same) < MAX_AT_ONE_PLACE:
            same.append(entry)
    stops, chars = [], 0
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if event == "start":
            if element in at_element or element.tag in HEADINGS:
                stops.append(_Stop(at=chars, element=element, entries=at_element.pop(element, [])))
            chars += len((element.text or "").strip()) if element.tag not in HEADINGS else 0
        elif element is not body:
            chars += len((element.tail or "").strip())
    return stops


def _heading_around(element: Any) -> Any:
    return next((e for e in element.iterancestors() if e.tag in HEADINGS), element)


def _heading_for(stops: Sequence[_Stop], index: int, entry: Entry, taken: dict[Any, Entry]) -> Any:
    """The heading that a line of the contents names: the one that says so, or the next one if it is near."""
    wanted, near = key(entry.label), None
    start = stops[index].at
    for number, stop in enumerate(stops[index : index + 12]):
        if stop.at - start > SEEN_CHARS or (number and stop.entries and stop.at > start):
            break
        if stop.element.tag not in HEADINGS or stop.element in taken:
            continue
        said = key(plain(stop.element))
        if said and (said in wanted or wanted in said):
            return stop.element
        if near is None and stop.at - start <= NEAR_CHARS:
            near = stop.element
    return near


def _made(stop: _Stop, entry: Entry, body: Any) -> Any:
    """A heading where there is none: the paragraph that looks like one, or the words of the contents."""
    heading = _named_paragraph(stop, entry, body)
    if heading is None:
        heading = _inserted(stop, body)
    heading.set(OWN, "0")
    return heading


def _named_paragraph(stop: _Stop, entry: Entry, body: Any) -> Any:
    """The paragraph that is the chapter's heading and only looks like one."""
    first = stop.element if stop.element.tag in ("p", "div") else None
    candidates = [first] if first is not None else []
    candidates += list(_leaves(stop.element if stop.element is body else _block(stop.element, body), 3))
    for element in candidates:
        if not any(child.tag in BLOCKS for child in element) and key(plain(element)) == key(entry.label):
            element.tag = "h2"
            return element
    return None


def _leaves(element: Any, count: int) -> Iterator[Any]:
    """The first paragraphs in an element, or after it when it holds none."""
    for leaf in element.iter("p", "div"):
        if not any(child.tag in BLOCKS for child in leaf) and "".join(leaf.itertext()).strip():
            yield leaf
            count -= 1
            if count == 0:
                return
    following = element.getnext()
    if following is not None and following.tag in ("p", "div") and not any(c.tag in BLOCKS for c in following):
        yield following


def _block(element: Any, body: Any) -> Any:
    """The block that an element stands in."""
    while element.tag not in BLOCKS and element.getparent() is not None and element.getparent() is not body:
        element = element.getparent()
    return element


def _inserted(stop: _Stop, body: Any) -> Any:
    heading = body.makeelement("h2", {})
    if stop.put is not None:
        stop.put.addnext(heading)
    elif stop.element is body:
        heading.tail, body.text = body.text, None
        body.insert(0, heading)
    elif stop.element.tag in ("section", "article", "div"):
        heading.tail, stop.element.text = stop.element.text, None
        stop.element.insert(0, heading)
    else:
        _block(stop.element, body).addprevious(heading)
    stop.put = heading
    return heading


def _say(heading: Any, label: str) -> None:
    """A heading that is a picture, or that was put there, says what the contents say."""
    if re.search(r"\w", plain(heading)):
        return
    for child in list(heading):
        heading.remove(child)
    heading.text = label[:MAX_LABEL_CHARS]
