"""An article as HTML: the document's blocks as elements, the script's sentences as marked runs inside them. Pure.

Sentences are plain `span`s without role, name or tab stop, so that a screen reader reads the article as one text and
not as two hundred controls. Nothing is a `figure`: the pictures are not there, and screen readers say the caption of
one twice. The player finds them by class; see `static/choose.js` for how a sentence is chosen by key.
What can be skipped while listening has its kind as `data-kind`, and what announces it is `data-aloud`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from voice_app.model import OF_THE_ARTICLE, BlockKind, Treatment
from voice_app.publish.tongue import gettext, lang, later, tongue
from voice_app.publish.web.inline import Piece, inline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from voice_app.model import ArticlePage, Block, Cue, Document, Sentence

MENTIONED = {
    BlockKind.TABLE: later("In the sound this table is only mentioned."),
    BlockKind.CODE: later("In the sound this code is only mentioned."),
    BlockKind.FIGURE: later("In the sound this picture is only mentioned."),
}
NOT_WHOLE = later("In the sound this is only mentioned.")
NOT_HEARD = later("This is not in the sound.")
ALOUD = Markup(" data-aloud")
OPENING, CLOSING = -1, -2
NOTICES = {"disclosure": OPENING, "receipt": CLOSING}
"""The sentences that are in none of the article's blocks: that the voice is synthetic, and what was not read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """The article's parts as they stand on the page. `opening` and `closing` are said of it and not part of it."""

    opening: Markup
    title: Markup
    text: Markup
    closing: Markup


def render(page: ArticlePage) -> Prose:
    """The article in HTML. Without a script it has no marked sentences, without audio they have no times."""
    if page.document is None:
        return Prose(opening=Markup(), title=escape(page.article.title), text=Markup(), closing=Markup())
    weaver = _Weaver(document=page.document, sentences=_by_block(page), cues=_cues(page))
    blocks = [(i, b) for i, b in enumerate(page.document.blocks) if _is_kept(b)]
    title: Markup = escape(page.document.title)
    if blocks and blocks[0][1].kind is BlockKind.HEADING and blocks[0][1].level == 1:
        (index, block), *blocks = blocks
        title = weaver.words(index, block)
    text = Markup("\n").join(_elements(weaver, blocks))
    return Prose(opening=weaver.loose(OPENING), title=title, text=text, closing=weaver.loose(CLOSING))


def _is_kept(block: Block) -> bool:
    """Whether it is the article: what a listener does not want to hear stays on the page."""
    return block.treatment in (Treatment.SAID, Treatment.ANNOUNCED) or block.reason in OF_THE_ARTICLE


def _cues(page: ArticlePage) -> dict[str, Cue]:
    return {cue.sentence_id: cue for cue in page.audio.cues} if page.audio else {}


def _by_block(page: ArticlePage) -> dict[int, list[Sentence]]:
    found: dict[int, list[Sentence]] = {}
    for sentence in page.script.sentences if page.script else ():
        found.setdefault(NOTICES.get(sentence.id, sentence.block), []).append(sentence)
    return found


def _elements(weaver: _Weaver, blocks: Sequence[tuple[int, Block]]) -> Iterator[Markup]:
    """Blocks as elements; runs of items, quotations and notes share one."""
    for kind, run in groupby(blocks, key=lambda pair: pair[1].kind):
        match kind:
            case BlockKind.ITEM:
                yield from weaver.lists(list(run))
            case BlockKind.QUOTE:
                paragraphs = Markup("").join(weaver.element("p", i, b) for i, b in run)
                yield Markup('<blockquote data-kind="quotes">{}</blockquote>').format(paragraphs)
            case BlockKind.NOTE:
                yield weaver.notes(run)
            case _:
                for index, block in run:
                    yield weaver.one(index, block)


@dataclass(slots=True, kw_only=True)
class _Weaver:
    """Turns blocks into elements. Remembers the last heading's level, so that none is skipped on the page."""

    document: Document
    sentences: dict[int, list[Sentence]]
    cues: dict[str, Cue]
    level: int = 1
    linked: set[str] = field(default_factory=set)

    def one(self, index: int, block: Block) -> Markup:
        match block.kind:
            case BlockKind.HEADING:
                self.level = min(max(block.level, 2), self.level + 1, 6)
                return self.element(f"h{self.level}", index, block)
            case BlockKind.CODE:
                return self.code(index, block)
            case BlockKind.TABLE:
                return self.table(index, block)
            case BlockKind.FIGURE:
                seen = Markup("{} ").format(block.alt) if block.alt.strip() != block.text.strip() else Markup()
                caption = (seen + self.words(index, block)).strip() or self.own(
                    "span", gettext("Without a description.")
                )
                name = self.own("b", gettext("Picture:"))
                return Markup('<p data-kind="figures"{}>{} {}{}</p>').format(
                    self.whole(index, css="picture"), name, caption, self.mention(block)
                )
            case _:
                return self.element("p", index, block, css="standfirst" if block.standfirst else "")

    def element(self, tag: str, index: int, block: Block, *, css: str = "") -> Markup:
        return Markup("<{0}{1}{2}>{3}{4}</{0}>").format(
            tag, self.language(block), self.whole(index, css=css), self.words(index, block), self.mention(block)
        )

    def code(self, index: int, block: Block) -> Markup:
        return Markup('<div data-kind="code"{}><pre><code>{}</code></pre>{}</div>').format(
            self.whole(index, css="code"), self.words(index, block), self.mention(block, tag="div")
        )

    def table(self, index: int, block: Block) -> Markup:
        """A table in a frame of its own that can scroll, so that the page never has to.

        The frame's name is short, as the caption is said right after it.
        """
        first = 1 if block.named_columns and block.rows else 0
        rows = Markup("\n").join(
            Markup("<tr{}>{}</tr>").format(self.whole(index, row=number), _cells(row, is_named=block.named_rows))
            for number, row in enumerate(block.rows[first:], start=first)
        )
        caption, intro = self.words(index, block), self.whole(index)
        if caption or block.treatment is not Treatment.SAID or not first:
            caption = Markup("<caption{}>{}{}</caption>").format(intro, caption, self.mention(block))
            intro = Markup()
        head = Markup()
        if first:
            names = Markup("").join(Markup('<th scope="col">{}</th>').format(cell) for cell in block.rows[0])
            head = Markup("<thead><tr{}>{}</tr></thead>").format(self.whole(index, row=0) or intro, names)
        return Markup(
            '<div class="wide" data-kind="tables" role="group" tabindex="0" aria-label="{}">'
            "<table{}>{}{}<tbody>{}</tbody></table></div>"
        ).format(gettext("Table"), self.language(block), caption, head, rows)

    def lists(self, items: Sequence[tuple[int, Block]]) -> Iterator[Markup]:
        """Items as nested lists. A deeper item belongs to the item before it."""
        depth = min(block.level for _, block in items)
        for is_ordered, run in groupby(_nested(items, depth), key=lambda group: bool(group[0][1].marker)):
            groups = list(run)
            tag = "ol" if is_ordered else "ul"
            number = groups[0][0][1].marker.rstrip(".)")
            start = Markup(' start="{}"').format(number) if number.isdecimal() and number != "1" else ""
            lines = Markup("\n").join(self.item(group[0], group[1:]) for group in groups)
            yield Markup("<{0}{1}>{2}</{0}>").format(tag, start, lines)

    def item(self, first: tuple[int, Block], deeper: Sequence[tuple[int, Block]]) -> Markup:
        index, block = first
        inner = Markup("").join(self.lists(deeper)) if deeper else Markup()
        return Markup("<li{}{}>{}{}{}</li>").format(
            self.language(block), self.whole(index), self.words(index, block), self.mention(block), inner
        )

    def notes(self, blocks: Iterable[tuple[int, Block]]) -> Markup:
        lines = Markup("\n").join(self.note(index, block) for index, block in blocks)
        return Markup(
            '<section class="notes" data-kind="notes" role="doc-endnotes" aria-label="{}"><ul>{}</ul></section>'
        ).format(gettext("Notes"), lines)

    def note(self, index: int, block: Block) -> Markup:
        anchor, label = block.anchor, block.marker
        back = Markup("")
        if anchor in self.linked:
            link = Markup(' <a href="#ref-{}" role="doc-backlink"{}>{}</a>')
            back = link.format(anchor, self.ours, gettext("Back to the text"))
        words = (label, self.words(index, block), self.mention(block), back)
        return Markup('<li id="note-{}"{}><div{}><b>{}</b> {}{}{}</div></li>').format(
            anchor, self.language(block), self.whole(index), *words
        )

    def words(self, index: int, block: Block) -> Markup:
        """The block's text, its sentences marked and its spans kept, also where one crosses the other."""
        slices = sorted((s for s in self.sentences.get(index, ()) if s.start >= 0), key=lambda s: s.start)
        pieces: list[Markup] = []
        done = 0
        for sentence in slices:
            pieces.append(self.run(block, done, sentence.start))
            words = self.run(block, sentence.start, sentence.end)
            pieces.append(Markup("<span{}>{}</span>").format(self.mark(sentence), words))
            done = sentence.end
        pieces.append(self.run(block, done, len(block.text)))
        return Markup("").join(pieces)

    def run(self, block: Block, start: int, end: int) -> Markup:
        piece = Piece(text=block.text, spans=block.spans, start=start, end=end, ours=self.ours)
        return inline(piece, linked=self.linked)

    def loose(self, place: int) -> Markup:
        """Sentences that belong to no block, such as the one that says that the voice is synthetic."""
        said = self.sentences.get(place, [])
        runs = [Markup("<span{}>{}</span>").format(self.mark(s), s.written) for s in said]
        if not runs:
            return Markup()
        return Markup('<p class="opening" {}>{}</p>').format(lang(said[0].language), Markup(" ").join(runs))

    def whole(self, index: int, *, row: int | None = None, css: str = "") -> Markup:
        """The mark of a block, or of a table's row, said in other words than its own: as one piece, first to last."""
        said = [s for s in self.sentences.get(index, ()) if s.start < 0 and s.row == row]
        if not said:
            return _class(css)
        is_aloud = row is None and said[0] is self.sentences[index][0] and not self.is_described(index)
        return self.mark(said[0], last=said[-1], css=css) + (ALOUD if is_aloud else Markup())

    def is_described(self, index: int) -> bool:
        """Whether what is said apart from the block's text is what a picture shows, and no announcement."""
        block = self.document.blocks[index]
        return block.kind is BlockKind.FIGURE and block.treatment is Treatment.SAID

    def mark(self, sentence: Sentence | None, *, last: Sentence | None = None, css: str = "") -> Markup:
        if sentence is None:
            return _class(css)
        name = _class(f"{css} sentence".strip()) + Markup(' id="s-{}"').format(sentence.id)
        first, final = self.cues.get(sentence.id), self.cues.get((last or sentence).id)
        if first is None or final is None:
            return name
        return name + Markup(' data-start="{:.3f}" data-end="{:.3f}"').format(first.start, final.end)

    def language(self, block: Block) -> Markup:
        """What says that a block is in another language than the article, which may be written the other way."""
        if block.language and block.language != self.document.language:
            return Markup(" ") + lang(block.language)
        return Markup()

    @property
    def ours(self) -> Markup:
        """The same for the site's own words inside the article's."""
        site = tongue()
        if site.code == self.document.language:
            return Markup()
        return Markup(" ") + site.attributes

    def own(self, tag: str, text: str, *, css: str = "") -> Markup:
        """An element with words of the site."""
        return Markup("<{0}{1}{2}>{3}</{0}>").format(tag, self.ours, _class(css), text)

    def mention(self, block: Block, *, tag: str = "small") -> Markup:
        """Says on the page that the sound does not give this in full."""
        if block.treatment is Treatment.ANNOUNCED:
            told = MENTIONED.get(block.kind, NOT_WHOLE)
        elif block.treatment is Treatment.SKIPPED:
            told = NOT_HEARD
        else:
            return Markup()
        return Markup(" {}").format(self.own(tag, gettext(told), css="mention"))


def _nested(items: Sequence[tuple[int, Block]], depth: int) -> list[list[tuple[int, Block]]]:
    """Each item of this depth with the deeper ones that follow it."""
    groups: list[list[tuple[int, Block]]] = []
    for item in items:
        if item[1].level <= depth or not groups:
            groups.append([item])
        else:
            groups[-1].append(item)
    return groups


def _cells(row: Sequence[str], *, is_named: bool) -> Markup:
    """A row's cells, the first naming the row where the table says so."""
    first = Markup('<th scope="row">{}</th>').format(row[0]) if is_named and row else Markup()
    return first + Markup("").join(Markup("<td>{}</td>").format(cell) for cell in row[is_named:])


def _class(name: str) -> Markup:
    return Markup(' class="{}"').format(name) if name else Markup()
