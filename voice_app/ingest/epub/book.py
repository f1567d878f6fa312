"""The chapter files of a book -> one page, so that notes and links are found wherever they stand, and its blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from voice_app.errors import DamagedFileError
from voice_app.ingest.archive import Archive
from voice_app.ingest.blocks import dropped, together
from voice_app.ingest.endnotes import placed
from voice_app.ingest.epub.contents import first_levels, outlined, put_headings
from voice_app.ingest.epub.matter import MARK, mark_matter, without_licence
from voice_app.ingest.epub.notes import mark_notes
from voice_app.ingest.epub.opf import BookFacts
from voice_app.ingest.epub.package import Entry, Item, Package, resolved
from voice_app.ingest.epub.xhtml import TYPE, body_of, page_of
from voice_app.ingest.web.page import Found, blocks_of
from voice_app.model import Block, BlockKind, Treatment

FILE = "data-file"  # the attribute that holds a file's number
OUTSIDE = "not in the reading order"
PICTURE = "picture"
_PICTURES = re.compile(r"image/|video/|audio/|font/|text/css")
_END = re.compile(r"[.!?…:;\"'”’»)\]—–-]\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chapter:
    """A file of the reading order: its text as an element of the book's page, or the block that says why not."""

    item: Item
    body: Any = None
    names: dict[str, Any]
    instead: Block | None = None


def blocks_of_book(archive: Archive, package: Package, facts: BookFacts) -> list[Block]:
    """All blocks of the book, with their treatment. Raises TooLargeError, LockedFileError."""
    entries = outlined(package.contents, facts.title)
    page, chapters = _page(archive, package, entries)
    texts = [chapter for chapter in chapters if chapter.body is not None]
    mark_notes(page)
    said = [package.marks.get(chapter.item.path, "") for chapter in texts]
    mark_matter([chapter.body for chapter in texts], said, facts.names, facts.people)
    _name_chapters(texts, entries)
    by_file: dict[int, list[Block]] = {}
    for found in blocks_of(page):
        number, block = _treated(found)
        by_file.setdefault(number, []).append(block)
    files = [
        [chapter.instead] if chapter.instead is not None else _in_order(chapter.item, by_file.get(number, []))
        for number, chapter in enumerate(chapters)
    ]
    return placed(without_licence(_joined(files)))


def _page(archive: Archive, package: Package, entries: Sequence[Entry]) -> tuple[Any, list[_Chapter]]:
    import lxml.html

    page = lxml.html.document_fromstring("<html><body></body></html>").find("body")
    numbers = {item.path: number for number, item in enumerate(package.spine) if item.path}
    chapters = []
    for number, item in enumerate(package.spine):
        try:
            chapters.append(_chapter(archive, item, number, page, numbers))
        except DamagedFileError as problem:
            label = next((e.label for e in entries if e.path and e.path == item.path), "")
            chapters.append(_Chapter(item=item, names={}, instead=_lost(item, label, problem)))
    return page, chapters


def _chapter(archive: Archive, item: Item, number: int, page: Any, numbers: dict[str, int]) -> _Chapter:
    """Put a file's text on the page as a section, with names that no other file has."""
    if not item.is_page:
        if _PICTURES.match(item.media_type):
            block = Block(kind=BlockKind.FIGURE, text=item.href, treatment=Treatment.SKIPPED, reason=PICTURE)
            return _Chapter(item=item, names={}, instead=block)
        raise DamagedFileError(f"it is not a page but {item.media_type}")
    if not item.path:
        raise DamagedFileError("it is missing in the book")
    root = page_of(archive.read(item.path))
    body = body_of(root)
    section = page.makeelement("section", {FILE: str(number), "id": _name(number)})
    for key in ("lang", TYPE, "role", "class"):
        if value := body.get(key) or (root.get(key) if key == "lang" else None):
            section.set(key, value)
    names: dict[str, Any] = {}
    for element in body.iter():
        _rename(element, archive, item, number, numbers, names)
    if body.get("id"):
        names[body.get("id").partition("-")[2]] = section
    section.text = body.text
    section.extend(list(body))
    page.append(section)
    return _Chapter(item=item, body=section, names=names)


def _rename(element: Any, archive: Archive, item: Item, number: int, numbers: dict[str, int], names: Any) -> None:
    for key in ("id", "name"):
        given = element.get(key)
        if given and (key == "id" or element.tag == "a"):
            names.setdefault(given, element)
            element.set(key, _name(number, given))
    href = element.get("href")
    if href and element.tag == "a" and not re.match(r"(?:https?|mailto):", href.strip(), re.I):
        path, fragment = resolved(archive, item.path, href)
        if path in numbers:
            element.set("href", f"#{_name(numbers[path], fragment)}")
        else:
            del element.attrib["href"]


def _name(number: int, fragment: str = "") -> str:
    return f"f{number}-{fragment}" if fragment else f"f{number}"


def _lost(item: Item, label: str, problem: DamagedFileError) -> Block:
    told = str(problem).removesuffix(DamagedFileError.todo).strip().rstrip(".")
    reason = "its file is damaged" if told == DamagedFileError.what.rstrip(".") else told
    return Block(
        kind=BlockKind.PARAGRAPH,
        text=label or item.href,
        treatment=Treatment.FAILED,
        reason=f"could not be read: {reason}",
    )


def _name_chapters(chapters: Sequence[_Chapter], entries: Sequence[Entry]) -> None:
    """Headings as the contents have them, file by file."""
    by_path: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.path:
            by_path.setdefault(entry.path, []).append(entry)
    texts = [chapter for chapter in chapters if chapter.body.get(MARK) is None]
    levels = first_levels([chapter.body for chapter in texts])
    for chapter in texts:
        put_headings(chapter.body, by_path.get(chapter.item.path, []), chapter.names, levels)


def _treated(found: Found) -> tuple[int, Block]:
    """A block with the number of its file, left out when something around it is."""
    block, place, reason = found.block, found.element, ""
    while place is not None and place.get(FILE) is None:
        reason = place.get(MARK) or reason
        place = place.getparent()
    reason = (place.get(MARK) if place is not None else "") or reason
    if reason:
        block = dropped(block, reason)
    return int(place.get(FILE)) if place is not None else 0, block


def _in_order(item: Item, blocks: list[Block]) -> list[Block]:
    """What the book keeps out of its reading order is left out, all but its notes."""
    if item.linear:
        return blocks
    return [
        dropped(b, OUTSIDE) if b.treatment is Treatment.SAID and b.kind is not BlockKind.NOTE else b for b in blocks
    ]


def _joined(files: Sequence[list[Block]]) -> list[Block]:
    """One list, with paragraphs whole that a converter cut when it cut the book into files."""
    out: list[Block] = []
    for blocks in files:
        rest = blocks
        if out and rest and _goes_on(out[-1], rest[0]):
            out[-1] = together(out[-1], rest[0])
            rest = rest[1:]
        out += rest
    return out


def _goes_on(first: Block, second: Block) -> bool:
    both = all(b.kind is BlockKind.PARAGRAPH and b.treatment is Treatment.SAID for b in (first, second))
    return both and not _END.search(first.text) and second.text[:1].islower()
