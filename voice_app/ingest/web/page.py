"""HTML elements -> blocks, all that can be seen, in the order of the source. What is the article is decided later."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from voice_app.ingest.web import figures, numbering, written
from voice_app.ingest.web.boxes import is_box, is_pull_quote, is_standfirst, without_repeats
from voice_app.ingest.web.found import Found
from voice_app.ingest.web.inline import (
    BLOCKS,
    CONTROLS,
    EMBEDS,
    HEADINGS,
    UNSEEN,
    Inline,
    formula_of,
    is_hidden,
)
from voice_app.ingest.web.named import named
from voice_app.ingest.web.notes import Note, Notes, is_mark, without_label
from voice_app.ingest.web.tables import table_of
from voice_app.model import Block, BlockKind, Span, Treatment

if TYPE_CHECKING:
    from collections.abc import Iterator

LISTS = frozenset({"ul", "ol", "menu", "dir"})
_LANGUAGE = re.compile(
    r"(?:^|\s)(?:(?:language|lang|highlight-source|highlight-text|highlight|brush:|src)[-\s])([\w+#.-]+)"
)
_NO_LANGUAGE = frozenset({"default", "none", "text", "plaintext", "plain", "txt", "auto", "wrapper"})
_names_gutter = named(r"(?:^|\s)(?:line-?no?s?|line-?numbers?(?:-rows)?|gutter|linenodiv|lnt|ln)(?=\s|$)")
_IN_A_LANGUAGE = "descendant::*[not(self::body)][@lang != '' or @*[name() = 'xml:lang'] != '']"
MAX_DEPTH = 120
MAX_CARD_BLOCKS = 6  # a link around more of them is no card

__all__ = ["Found", "blocks_of"]


def blocks_of(root: Any, *, base: str = "") -> list[Found]:
    """Every visible block below `root`. What cannot be said at all is skipped already, with its reason."""
    return without_repeats(_whole_notes(_Walker(root, base).walk(root, 0, 0)))


class _Walker:
    def __init__(self, root: Any, base: str) -> None:
        self._base = base
        self._notes = Notes(root)
        self._languages = {e: e.get("lang") or e.get("xml:lang") for e in root.xpath(_IN_A_LANGUAGE)}

    def walk(self, element: Any, depth: int, level: int) -> Iterator[Found]:
        """Blocks of a container, `level` lists deep. Text between its block children becomes paragraphs of its own."""
        loose = self._words()
        loose.add(element.text)
        for child in element:
            if _is_block(child) and depth < MAX_DEPTH:
                if not loose.is_empty:
                    yield from self._paragraphs(loose, element)
                    loose = self._words()
                yield from self._block(child, depth + 1, level)
            else:
                loose.element(child)
            loose.add(child.tail)
        yield from self._paragraphs(loose, element)

    def _words(self) -> Inline:
        return Inline(base=self._base, notes=self._notes)

    def _block(self, element: Any, depth: int, level: int) -> Iterator[Found]:
        if is_hidden(element):
            return
        found = self._structure(element, depth, level)
        if not is_box(element):
            yield from found
            return
        box = element if is_pull_quote(element) else None
        for one in found:
            outer = box if one.pull_quote is None else one.pull_quote
            yield replace(one, block=replace(one.block, aside=True), box=element, pull_quote=outer)

    def _structure(self, element: Any, depth: int, level: int) -> Iterator[Found]:
        tag = element.tag
        if tag in HEADINGS or element.get("role") == "heading":
            return self._heading(element)
        if tag in LISTS or element.get("role") == "list":
            return self._list(element, depth, level + 1)
        if tag == "li":
            return self._item(element, depth, max(1, level), "")
        if tag == "pre":
            return self._code(element)
        if tag == "table":
            return self._table(element, depth, level)
        if tag == "blockquote":
            return self._quote(element, depth, level)
        if tag == "figcaption":
            return self._caption(element, depth, level)
        if tag in EMBEDS:
            return self._embed(element, None)
        if tag == "figure" or figures.is_captioned(element):
            return self._figure(element, depth, level)
        return self.walk(element, depth, level)

    def _heading(self, element: Any) -> Iterator[Found]:
        told = element.get("aria-level") or ""
        level = HEADINGS.get(element.tag) or (int(told) if told.isdecimal() and 1 <= int(told) <= 6 else 2)
        if element.tag in HEADINGS and told.isdecimal() and 1 <= int(told) <= 6:
            level = int(told)
        words = self._words()
        for child in _without_permalinks(element):
            words.add(child) if isinstance(child, str) else words.element(child)
        text, spans = words.whole()
        if text:
            block = Block(kind=BlockKind.HEADING, level=level, text=text, spans=spans, language=self._language(element))
            if level > 1 and is_standfirst(element):
                block = replace(block, kind=BlockKind.PARAGRAPH, level=0, standfirst=True)
            yield _found(block, element, words)
        yield from self._pictures(words.pictures)

    def _code(self, element: Any) -> Iterator[Found]:
        text = _code_text(element).strip("\n").rstrip()
        if typed := written.blocks_in(element, text):
            yield from (Found(block=block, element=element) for block in typed)
        elif text.strip():
            yield Found(block=Block(kind=BlockKind.CODE, text=text, marker=_code_language(element)), element=element)

    def _table(self, element: Any, depth: int, level: int, caption: Any | None = None) -> Iterator[Found]:
        table = table_of(element)
        if table is None:
            yield from self.walk(element, depth, level)
            return
        text = table.caption
        spans: tuple[Span, ...] = ()
        if caption is not None and not text:
            words = self._words()
            words.children(caption)
            text, spans = words.whole()
        end = len(text)
        marks = tuple(Span(start=end, end=end, kind="note", value=anchor) for anchor in table.referred)
        block = Block(
            kind=BlockKind.TABLE,
            text=text,
            spans=(*spans, *marks),
            rows=table.rows,
            named_columns=table.named_columns,
            named_rows=table.named_rows,
            language=self._language(element),
        )
        yield Found(block=block, element=element)

    def _quote(self, element: Any, depth: int, level: int) -> Iterator[Found]:
        for found in self.walk(element, depth, level):
            yield _quoted(found)

    def _caption(self, element: Any, depth: int, level: int) -> Iterator[Found]:
        """The caption of what is no picture: the source of a quotation, or the words over a listing."""
        figure = element.getparent()
        is_quote = figure is not None and next(figure.iterdescendants("blockquote"), None) is not None
        for found in self.walk(element, depth, level):
            yield _quoted(found) if is_quote else found

    def _figure(self, element: Any, depth: int, level: int) -> Iterator[Found]:
        caption = figures.caption_in(element)
        table = next(element.iterdescendants("table"), None)
        played = next(element.iterdescendants(*EMBEDS), None)
        pictures = figures.pictures_in(element)
        if table is not None and table_of(table) is not None:
            yield from self._table(table, depth, level, caption)
        elif played is not None and not is_hidden(played):
            yield from self._embed(played, caption)
        elif next(element.iterdescendants("figure", "table", "pre", "blockquote"), None) is not None or not pictures:
            yield from self.walk(element, depth, level)
        else:
            yield from self._picture(element, pictures, caption)

    def _picture(self, element: Any, pictures: list[Any], caption: Any | None) -> Iterator[Found]:
        words = self._words()
        if caption is not None:
            words.children(caption)
        text, spans = words.whole()
        seen = dict.fromkeys(figures.description(picture) for picture in pictures if not is_hidden(picture))
        alt = "; ".join(one for one in seen if one and not figures.says(text, one))
        if text or alt:
            block = Block(kind=BlockKind.FIGURE, text=text, alt=alt, spans=spans, language=self._language(element))
            yield _found(block, pictures[0] if element.tag != "figure" else element, words)

    def _embed(self, element: Any, caption: Any | None) -> Iterator[Found]:
        told = figures.what_plays(element)
        if told is None:
            return
        title, reason = told
        words = self._words()
        if caption is not None:
            words.children(caption)
        block = Block(kind=BlockKind.FIGURE, text=words.whole()[0] or title, treatment=Treatment.SKIPPED, reason=reason)
        yield Found(block=block, element=element)

    def _list(self, element: Any, depth: int, level: int) -> Iterator[Found]:
        numbers = numbering.numbers(element) if element.tag == "ol" else None
        for child in element:
            if not isinstance(child.tag, str) or is_hidden(child):
                continue
            if child.tag == "li" or child.get("role") == "listitem":
                marker = next(numbers, "") if numbers is not None else ""
                yield from self._item(child, depth, level, marker)
            elif _is_block(child) and depth < MAX_DEPTH:
                yield from self._block(child, depth + 1, level)

    def _item(self, element: Any, depth: int, level: int, marker: str) -> Iterator[Found]:
        """An item: its first text is the item, deeper lists are deeper items, the rest are blocks of their own."""
        is_open = True
        for found in self.walk(element, depth, level):
            block = found.block
            if is_open and block.kind in (BlockKind.PARAGRAPH, BlockKind.NOTE):
                is_open = False
                if block.kind is BlockKind.PARAGRAPH:
                    block = replace(block, kind=BlockKind.ITEM, level=level, marker=marker)
            yield found if block is found.block else replace(found, block=block)

    def _paragraphs(self, words: Inline, element: Any) -> Iterator[Found]:
        if words.is_empty:
            return
        note = self._notes.of(element)
        first = [place for place in words.pictures if not place[0]]
        yield from self._pictures(first)
        for text, spans in words.paragraphs():
            block = Block(
                kind=BlockKind.PARAGRAPH,
                text=text,
                spans=spans,
                language=self._language(element),
                standfirst=is_standfirst(element),
            )
            block = _note(block, note) if note is not None else block
            if block.text:
                yield _found(block, element, words)
        yield from self._pictures(words.pictures[len(first) :])
        for inner, holder in words.asides:
            yield from self._inner_note(inner, holder)

    def _language(self, element: Any) -> str | None:
        if not self._languages:
            return None
        around = (element, *element.iterancestors())
        return next((self._languages[place] for place in around if place in self._languages), None)

    def _pictures(self, places: list[tuple[int, Any]]) -> Iterator[Found]:
        for _, picture in places:
            yield from self._picture(picture, [picture], None)

    def _inner_note(self, note: Note, element: Any) -> Iterator[Found]:
        words = self._words()
        words.add(element.text)
        for child in element:
            if is_hidden(child):  # it opens when the mark is pressed
                words.add(" ")
                words.children(child)
            elif not is_mark(child):
                words.element(child)
            words.add(child.tail)
        text, spans = words.whole()
        if text:
            yield _found(_note(Block(kind=BlockKind.PARAGRAPH, text=text, spans=spans), note), element, words)


def _whole_notes(found: Iterator[Found]) -> list[Found]:
    """The paragraphs of one note are one block, as its name must be unique."""
    out: list[Found] = []
    places: dict[str, int] = {}
    for one in found:
        at = places.setdefault(one.block.anchor, len(out)) if one.block.anchor else len(out)
        if at == len(out):
            out.append(one)
            continue
        before = out[at].block
        by = len(before.text) + 1
        moved = tuple(replace(s, start=s.start + by, end=s.end + by) for s in one.block.spans)
        text = f"{before.text} {one.block.text}"
        out[at] = replace(out[at], block=replace(before, text=text, spans=(*before.spans, *moved)))
    return out


def _found(block: Block, element: Any, words: Inline) -> Found:
    """A block in a link, as the text of a card, is a link as a whole."""
    in_link = any(_is_link(place) for place in (element, *element.iterancestors("a")) if place.tag == "a")
    share = 1.0 if in_link else min(1.0, words.linked / max(1, len(words.text.strip())))
    return Found(block=block, element=element, link_share=share)


def _is_link(element: Any) -> bool:
    """Not one that holds half the page, as it was never closed."""
    parts = islice(element.iterdescendants(*BLOCKS), MAX_CARD_BLOCKS + 1)
    return bool(element.get("href")) and sum(1 for _ in parts) <= MAX_CARD_BLOCKS


def _quoted(found: Found) -> Found:
    is_plain = found.block.kind is BlockKind.PARAGRAPH
    return replace(found, block=replace(found.block, kind=BlockKind.QUOTE)) if is_plain else found


def _is_block(element: Any) -> bool:
    """Whether it breaks the line: by its name, or because something in it does."""
    if not isinstance(element.tag, str):
        return False
    if element.tag in EMBEDS:
        return True
    if element.tag in UNSEEN or element.tag in CONTROLS or formula_of(element) is not None:
        return False
    if element.tag == "cite":  # who is quoted stands on a line of its own
        return any(place.tag == "blockquote" for place in islice(element.iterancestors(), 2))
    if element.tag in BLOCKS or element.get("role") in ("heading", "list", "listitem"):
        return True
    return len(element) > 0 and next(element.iterdescendants(*BLOCKS, *EMBEDS), None) is not None


def _without_permalinks(element: Any) -> Iterator[Any]:
    """A heading's text and children without the sign that links to itself."""
    yield element.text or ""
    for child in element:
        is_sign = child.tag == "a" and len(child.text_content().strip()) <= 1
        names = child.get("class") or ""
        if not is_sign and not re.search(
            r"editsection|headerlink|permalink|anchor-?link|hash-link|kicker|eyebrow|overline", names
        ):
            yield child
        yield child.tail or ""


def _note(block: Block, note: Note) -> Block:
    """A note without its own number before it."""
    text = without_label(block.text, note.label).strip()
    cut = block.text.find(text) if text else 0
    spans = tuple(
        replace(s, start=max(0, s.start - cut), end=min(len(text), s.end - cut))
        for s in block.spans
        if s.end > cut and s.start - cut < len(text)
    )
    return replace(block, kind=BlockKind.NOTE, level=0, marker=note.label, anchor=note.anchor, text=text, spans=spans)


def _code_text(element: Any) -> str:
    """The text as it stands, line by line, without the numbers of lines."""
    parts: list[str] = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str):
            parts.append(_code_child(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _code_child(child: Any) -> str:
    if child.tag == "br":
        return "\n"
    if child.tag in CONTROLS or child.tag in ("script", "style") or is_hidden(child):
        return ""
    if _names_gutter(child.get("class")):
        return ""
    text = _code_text(child)
    is_line = child.tag in ("div", "li", "p", "tr")
    return f"{text}\n" if is_line and not text.endswith("\n") else text


def _code_language(element: Any) -> str:
    around = [element, *element.iterdescendants("code")]
    around += [place for place, _ in zip(element.iterancestors("div", "figure"), range(2), strict=False)]
    for place in around:
        told = place.get("data-lang") or place.get("data-language")
        named = _LANGUAGE.search(place.get("class") or "")
        name = told or (named.group(1) if named else "")
        if name and name.lower() not in _NO_LANGUAGE:
            return str(name)
    return ""
