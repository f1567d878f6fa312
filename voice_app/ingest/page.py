"""HTML elements -> blocks, all that can be seen, in the order of the source. What is the article is decided later."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from voice_app.ingest.inline import CONTROLS, UNSEEN, Inline, is_hidden, is_note_reference, note_label, plain
from voice_app.model import Block, BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator

HEADINGS = {f"h{n}": n for n in range(1, 7)}
BLOCKS = frozenset({
    *HEADINGS, "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "html", "legend", "li",
    "main", "menu", "nav", "ol", "p", "pre", "search", "section", "summary", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul",
})  # fmt: skip
LISTS = frozenset({"ul", "ol", "menu", "dir"})
_NOTES = re.compile(r"\b(?:foot|end)notes?\b|\breferences?\b|\breflist\b", re.I)
_LANGUAGE = re.compile(r"\b(?:language|lang|highlight-source)-([\w+#-]+)")
_BACK = re.compile(r"^[\s\u21a9\ufe0e\u2191^]+$|^(?:back|jump up|return)\b.{0,20}$", re.I)
MAX_DEPTH = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A block and where it was. `link_share` is the part of its text that is links."""

    block: Block
    element: Any
    link_share: float = 0.0


def blocks_of(root: Any, *, base: str = "") -> list[Found]:
    """Every visible block below `root`."""
    return list(_Walker(root, base).walk(root, 0))


class _Walker:
    def __init__(self, root: Any, base: str) -> None:
        self._base = base
        self._labels = _note_labels(root)

    def walk(self, element: Any, depth: int) -> Iterator[Found]:
        """Blocks of a container. Text between its block children becomes paragraphs of its own."""
        loose = Inline(base=self._base)
        loose.add(element.text)
        for child in element:
            if _is_block(child) and depth < MAX_DEPTH:
                yield from self._paragraphs(loose, element, BlockKind.PARAGRAPH)
                loose = Inline(base=self._base)
                yield from self._block(child, depth + 1)
            else:
                loose.element(child)
            loose.add(child.tail)
        yield from self._paragraphs(loose, element, BlockKind.PARAGRAPH)

    def _block(self, element: Any, depth: int) -> Iterator[Found]:
        tag = element.tag
        if is_hidden(element):
            return
        if tag in HEADINGS or element.get("role") == "heading":
            yield from self._heading(element)
        elif tag in LISTS:
            yield from self._list(element, depth, level=1)
        elif tag == "pre":
            yield from self._code(element)
        elif tag == "table" and (rows := table_rows(element)):
            caption = element.find("caption")
            text = plain(caption) if caption is not None else ""
            yield Found(block=Block(kind=BlockKind.TABLE, text=text, rows=rows), element=element)
        elif tag == "blockquote":
            yield from self._quote(element, depth)
        elif tag in ("figure", "img"):
            yield from self._figure(element, depth)
        else:
            yield from self.walk(element, depth)

    def _heading(self, element: Any) -> Iterator[Found]:
        told = element.get("aria-level") or ""
        level = HEADINGS.get(element.tag) or (int(told) if told.isdecimal() and 1 <= int(told) <= 6 else 2)
        words = Inline(base=self._base)
        for child in _without_permalinks(element):
            words.add(child) if isinstance(child, str) else words.element(child)
        for text, spans in words.paragraphs():
            yield _found(Block(kind=BlockKind.HEADING, level=level, text=text, spans=spans), element, words)

    def _code(self, element: Any) -> Iterator[Found]:
        text = str(element.text_content()).strip("\n").rstrip()
        classes = " ".join(e.get("class") or "" for e in (element, *element.iterdescendants("code")))
        named = _LANGUAGE.search(classes)
        if text.strip():
            marker = named.group(1) if named else ""
            yield Found(block=Block(kind=BlockKind.CODE, text=text, marker=marker), element=element)

    def _quote(self, element: Any, depth: int) -> Iterator[Found]:
        for found in self.walk(element, depth):
            is_plain = found.block.kind is BlockKind.PARAGRAPH
            yield replace(found, block=replace(found.block, kind=BlockKind.QUOTE)) if is_plain else found

    def _figure(self, element: Any, depth: int) -> Iterator[Found]:
        if element.tag == "figure" and next(element.iterdescendants("table", "pre", "blockquote"), None) is not None:
            yield from self.walk(element, depth)
            return
        pictures = [element] if element.tag == "img" else list(element.iterdescendants("img"))
        caption = next(element.iterdescendants("figcaption"), None)
        told = [plain(caption)] if caption is not None else []
        told += [(picture.get("alt") or "").strip() for picture in pictures]
        text = next((text for text in told if text), "")
        if text:
            yield Found(block=Block(kind=BlockKind.FIGURE, text=text), element=element)

    def _list(self, element: Any, depth: int, *, level: int) -> Iterator[Found]:
        number = _start(element)
        step = -1 if element.get("reversed") is not None else 1
        for child in element:
            if child.tag == "li" and not is_hidden(child):
                given = child.get("value") or ""
                number = int(given) if given.lstrip("-").isdecimal() else number
                marker = _numbered(number, element.get("type") or "1") if element.tag == "ol" else ""
                yield from self._item(child, depth, level=level, marker=marker)
                number += step
            elif child.tag in LISTS and depth < MAX_DEPTH:
                yield from self._list(child, depth + 1, level=level + 1)

    def _item(self, element: Any, depth: int, *, level: int, marker: str) -> Iterator[Found]:
        """An item: its first text is the item, deeper lists are deeper items, the rest are blocks of their own."""
        anchor = element.get("id") or ""
        label = self._labels.get(anchor)
        is_open = True
        for found in self._parts(element, depth, level):
            block = found.block
            if is_open and block.kind is BlockKind.PARAGRAPH:
                is_open = False
                if label is not None:
                    block = _note(block, label, anchor)
                else:
                    block = replace(block, kind=BlockKind.ITEM, level=level, marker=marker)
            elif label is not None and block.kind is BlockKind.PARAGRAPH:
                block = _note(block, label, anchor)
            if block.text or block.rows:
                yield replace(found, block=block)

    def _parts(self, element: Any, depth: int, level: int) -> Iterator[Found]:
        loose = Inline(base=self._base)
        loose.add(element.text)
        for child in element:
            if _is_block(child) and depth < MAX_DEPTH:
                yield from self._paragraphs(loose, element, BlockKind.PARAGRAPH)
                loose = Inline(base=self._base)
                deeper = child.tag in LISTS
                yield from self._list(child, depth + 1, level=level + 1) if deeper else self._block(child, depth + 1)
            else:
                loose.element(child)
            loose.add(child.tail)
        yield from self._paragraphs(loose, element, BlockKind.PARAGRAPH)

    def _paragraphs(self, words: Inline, element: Any, kind: BlockKind) -> Iterator[Found]:
        note = self._note_of(element)
        for text, spans in words.paragraphs():
            block = Block(kind=kind, text=text, spans=spans, language=_language(element))
            yield _found(_note(block, self._labels[note], note) if note else block, element, words)

    def _note_of(self, element: Any) -> str:
        """The anchor of the note that an element is, or is a paragraph of."""
        for place in (element, element.getparent()):
            if place is not None and place.tag != "li" and (place.get("id") or "") in self._labels:
                return str(place.get("id"))
        return ""


def _found(block: Block, element: Any, words: Inline) -> Found:
    return Found(block=block, element=element, link_share=min(1.0, words.linked / max(1, len(words.text.strip()))))


def _is_block(element: Any) -> bool:
    """Whether it breaks the line: by its name, or because something in it does."""
    if not isinstance(element.tag, str) or element.tag in UNSEEN or element.tag in CONTROLS:
        return False
    if element.tag in BLOCKS or element.get("role") == "heading":
        return True
    if element.tag == "img":
        return "emoji" not in (element.get("class") or "") and bool((element.get("alt") or "").strip())
    return next(element.iterdescendants(*BLOCKS), None) is not None


def _without_permalinks(element: Any) -> Iterator[Any]:
    """A heading's text and children without the sign that links to itself."""
    yield element.text or ""
    for child in element:
        is_sign = child.tag == "a" and len(child.text_content().strip()) <= 1
        if not is_sign and "editsection" not in (child.get("class") or ""):
            yield child
        yield child.tail or ""


def _language(element: Any) -> str | None:
    for place in (element, *element.iterancestors()):
        if place.tag in ("html", "body"):
            return None
        if place.get("lang"):
            return str(place.get("lang"))
    return None


def _note_labels(root: Any) -> dict[str, str]:
    """The ids of notes, each with the label that the text refers to it by."""
    labels = {}
    for link in root.iter("a"):
        if is_note_reference(link):
            labels[(link.get("href") or "").rpartition("#")[2]] = note_label(link)
    for place in root.iter("section", "div", "ol", "ul"):
        if place.get("role") == "doc-endnotes" or _NOTES.search(place.get("class") or ""):
            items = [e for e in place.iter("li") if e.get("id")]
            for number, item in enumerate(items, start=1):
                labels.setdefault(item.get("id"), str(number))
    return {name: label for name, label in labels.items() if name}


def _note(block: Block, label: str, anchor: str) -> Block:
    """A note without the link that leads back into the text."""
    text = block.text
    for span in reversed(block.spans):
        if _BACK.match(text[span.start :]):
            text = text[: span.start]
    text = re.sub(r"[\s\u21a9\ufe0e\u2191]+$", "", re.sub(r"^\s*[\^\u2191]\s*", "", text))
    spans = tuple(s for s in block.spans if s.end <= len(text)) if block.text.startswith(text) else ()
    return replace(block, kind=BlockKind.NOTE, level=0, marker=label, anchor=anchor, text=text, spans=spans)


def table_rows(element: Any) -> tuple[tuple[str, ...], ...]:
    """The cells of a table of data, each row as long as the longest. Empty for a table that only lays out a page."""
    if element.get("role") in ("presentation", "none") or next(element.iterdescendants("table"), None) is not None:
        return ()
    rows = [tuple(plain(cell) for cell in row if cell.tag in ("td", "th")) for row in element.iter("tr")]
    rows = [row for row in rows if any(row)]
    width = max(map(len, rows), default=0)
    has_names = next(element.iterdescendants("th"), None) is not None
    if width < 2 or len(rows) < (1 if has_names else 2) or _is_layout(element):
        return ()
    return tuple(row + ("",) * (width - len(row)) for row in rows)


def _is_layout(element: Any) -> bool:
    cells = list(element.iter("td"))
    return any(next(cell.iterdescendants("p", "ul", "ol", *HEADINGS), None) is not None for cell in cells) and not list(
        element.iter("th")
    )


def _start(element: Any) -> int:
    given = element.get("start") or ""
    return int(given) if given.lstrip("-").isdecimal() else 1


def _numbered(number: int, kind: str) -> str:
    if kind in ("a", "A") and 1 <= number <= 26:
        letter = chr(ord("a") + number - 1)
        return f"{letter if kind == 'a' else letter.upper()}."
    return f"{number}."
