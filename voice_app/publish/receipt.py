"""What of the source a listener does not hear, in one sentence."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from voice_app.model import BY_CHOICE, FORMULA, MENTIONED, NO_WORDS, NOT_DESCRIBED, OF_THE_ARTICLE, BlockKind, Treatment
from voice_app.publish import problems
from voice_app.publish.tongue import gettext, later, later_many, listed, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from voice_app.model import Block

NAMES = {
    BlockKind.HEADING: later("Heading"),
    BlockKind.PARAGRAPH: later("Paragraph"),
    BlockKind.ITEM: later("List item"),
    BlockKind.QUOTE: later("Quotation"),
    BlockKind.CODE: later("Piece of code"),
    BlockKind.TABLE: later("Table"),
    BlockKind.FIGURE: later("Picture"),
    BlockKind.NOTE: later("Footnote"),
}
COUNTED = {
    BlockKind.HEADING: later_many("%(num)s heading", "%(num)s headings"),
    BlockKind.PARAGRAPH: later_many("%(num)s paragraph", "%(num)s paragraphs"),
    BlockKind.ITEM: later_many("%(num)s list item", "%(num)s list items"),
    BlockKind.QUOTE: later_many("%(num)s quotation", "%(num)s quotations"),
    BlockKind.CODE: later_many("%(num)s piece of code", "%(num)s pieces of code"),
    BlockKind.TABLE: later_many("%(num)s table", "%(num)s tables"),
    BlockKind.FIGURE: later_many("%(num)s picture", "%(num)s pictures"),
    BlockKind.NOTE: later_many("%(num)s footnote", "%(num)s footnotes"),
    FORMULA: later_many("%(num)s formula", "%(num)s formulas"),
}
AROUND = {
    later("menu"): later("the page's menus"),
    later("page header"): later("the page's header"),
    later("page footer"): later("the page's footer"),
    later("sidebar"): later("boxes beside the text"),
    later("form"): later("forms"),
    later("notice"): later("notices"),
    later("site message"): later("notices"),
    later("comments"): later("comments"),
    later("cookie notice"): later("a cookie notice"),
    later("links to other pages"): later("links to other pages"),
    later("newsletter sign-up"): later("a newsletter sign-up"),
    later("share buttons"): later("share buttons"),
    later("advertisement"): later("advertisements"),
    later("byline and date"): later("the byline and date"),
    later("message header"): later("the message's header"),
    later("quoted message"): later("quoted messages"),
    later("signature"): later("the signature"),
    later("newsletter's footer"): later("the newsletter's footer"),
    later("cover"): later("the cover"),
    later("title page"): later("the title page"),
    later("copyright page"): later("the copyright page"),
    later("table of contents"): later("the table of contents"),
    later("contents"): later("the table of contents"),
    later("index"): later("the index"),
    later("heading of the notes"): later("the heading of the notes"),
    later("text in a figure"): later("words in pictures"),
    later("reference"): later("references"),
    later("note of who forwarded it"): later("who forwarded it"),
    later("page number"): later("page numbers"),
    later("running head"): later("running heads"),
    later("ornament"): later("ornaments"),
    later("photo credit"): later("photo credits"),
    later("video"): later("videos"),
    later("audio"): later("recordings"),
    later("embedded content"): later("embedded content"),
    later("attachment"): later("attachments"),
    later("hidden text"): later("hidden text"),
    later("struck through"): later("what is struck through"),
    later("repeats the text"): later("repetitions"),
    later("the title again"): later("repetitions"),
}
"""A reader's reasons as things of the page."""
OTHER_REASONS = {
    MENTIONED: later("mentioned only"),
    BY_CHOICE: later("left out by choice"),
    NO_WORDS: later("left out, as there are no words to mention it in the article's language"),
    NOT_DESCRIBED: later("a picture without a description"),
    FORMULA: later("formula"),
    "": later("left out"),
    "not part of the article": later("not part of the article"),
    "not in the reading order": later("not in the reading order"),
    "the voice could not say it": later("the voice could not say it"),
    "could not be read: its file is damaged": later("could not be read: its file is damaged"),
}
REASONS_WITH_VALUES = (later("page %(number)s is a picture without text"), later("could not be read: %(problem)s"))
OTHER = later("other things around the article")
MOST_NAMED = 4
"""More things around an article than this are not worth a listener's time."""


def sentence(left_out: Iterable[Block], *, failed: int = 0, silenced: int = 0, stood_in: int = 0) -> str:
    """What is not read in full: `left_out` blocks, `silenced` sentences that a person took out, `failed` ones that
    could not be spoken. Then whether another voice had to help."""
    return " ".join(part for part in (_read(left_out, failed, silenced), another_voice(stood_in)) if part)


def another_voice(stood_in: int) -> str:
    """That so many sentences are said by another voice; nothing when there are none."""
    if not stood_in:
        return ""
    return ngettext(
        "%(num)s sentence is said by another voice, because the usual one failed.",
        "%(num)s sentences are said by another voice, because the usual one failed.",
        stood_in,
    )


def reason(block: Block) -> str:
    """Why a block is not read in full, as the beginning of a line. What only its format knows stays English."""
    told = problems.phrase(gettext(OTHER_REASONS.get(block.reason, block.reason)), REASONS_WITH_VALUES)
    return told[:1].upper() + told[1:]


def _read(left_out: Iterable[Block], failed: int, silenced: int) -> str:
    blocks = [block for block in left_out if block.treatment is not Treatment.SAID]
    own = [block for block in blocks if _is_own(block)]
    parts = [*_counted(own), *_around([block for block in blocks if not _is_own(block)])]
    if silenced:
        parts.append(ngettext("%(num)s sentence left out by hand", "%(num)s sentences left out by hand", silenced))
    if failed:
        parts.append(
            ngettext("%(num)s sentence that could not be spoken", "%(num)s sentences that could not be spoken", failed)
        )
    if not parts:
        return gettext("Everything was read.")
    return gettext("Everything was read except %(parts)s.", parts=listed(parts))


def _is_own(block: Block) -> bool:
    """Whether it is part of the article, and not what stands around it."""
    return block.reason in OF_THE_ARTICLE or block.treatment is not Treatment.SKIPPED


def _counted(blocks: Sequence[Block]) -> Iterator[str]:
    counts = Counter(FORMULA if block.reason == FORMULA else block.kind for block in blocks)
    return (ngettext(*COUNTED[kind], number) for kind, number in counts.items())


def _around(blocks: Sequence[Block]) -> list[str]:
    """What stands around the article, each thing once, the most frequent first; very many become one."""
    things = Counter(AROUND.get(block.reason, OTHER) for block in blocks)
    named = [gettext(thing) for thing, _ in things.most_common() if thing != OTHER]
    if OTHER in things or len(named) > MOST_NAMED:
        return [*named[: MOST_NAMED - 1], gettext(OTHER)]
    return named
