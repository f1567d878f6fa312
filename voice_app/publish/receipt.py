"""What of the source a listener does not hear, in one sentence. Pure."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from voice_app.model import FORMULA, OF_THE_ARTICLE, BlockKind, Treatment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from voice_app.model import Block

KINDS = {
    BlockKind.HEADING: ("heading", "headings"),
    BlockKind.PARAGRAPH: ("paragraph", "paragraphs"),
    BlockKind.ITEM: ("list item", "list items"),
    BlockKind.QUOTE: ("quotation", "quotations"),
    BlockKind.CODE: ("piece of code", "pieces of code"),
    BlockKind.TABLE: ("table", "tables"),
    BlockKind.FIGURE: ("picture", "pictures"),
    BlockKind.NOTE: ("footnote", "footnotes"),
    FORMULA: ("formula", "formulas"),
}
AROUND = {
    "menu": "the page's menus",
    "page header": "the page's header",
    "page footer": "the page's footer",
    "sidebar": "boxes beside the text",
    "form": "forms",
    "notice": "notices",
    "site message": "notices",
    "comments": "comments",
    "cookie notice": "a cookie notice",
    "links to other pages": "links to other pages",
    "newsletter sign-up": "a newsletter sign-up",
    "share buttons": "share buttons",
    "advertisement": "advertisements",
    "byline and date": "the byline and date",
    "message header": "the message's header",
    "quoted message": "quoted messages",
    "signature": "the signature",
    "newsletter's footer": "the newsletter's footer",
    "cover": "the cover",
    "title page": "the title page",
    "copyright page": "the copyright page",
    "table of contents": "the table of contents",
    "contents": "the table of contents",
    "index": "the index",
    "heading of the notes": "the heading of the notes",
    "text in a figure": "words in pictures",
    "reference": "references",
    "note of who forwarded it": "who forwarded it",
    "page number": "page numbers",
    "running head": "running heads",
    "ornament": "ornaments",
    "photo credit": "photo credits",
    "video": "videos",
    "audio": "recordings",
    "embedded content": "embedded content",
    "attachment": "attachments",
    "hidden text": "hidden text",
    "struck through": "what is struck through",
    "repeats the text": "repetitions",
    "the title again": "repetitions",
}
"""A reader's reasons as things of the page."""
OTHER = "other things around the article"
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
    verb = "is" if stood_in == 1 else "are"
    return f"{_number(stood_in, 'sentence', 'sentences')} {verb} said by another voice, because the usual one failed."


def _read(left_out: Iterable[Block], failed: int, silenced: int) -> str:
    blocks = [block for block in left_out if block.treatment is not Treatment.SAID]
    own = [block for block in blocks if _is_own(block)]
    parts = [*_counted(own), *_around([block for block in blocks if not _is_own(block)])]
    if silenced:
        parts.append(f"{_number(silenced, 'sentence', 'sentences')} left out by hand")
    if failed:
        parts.append(f"{_number(failed, 'sentence', 'sentences')} that could not be spoken")
    if not parts:
        return "Everything was read."
    return f"Everything was read except {_listed(parts)}."


def _is_own(block: Block) -> bool:
    """Whether it is part of the article, and not what stands around it."""
    return block.reason in OF_THE_ARTICLE or block.treatment is not Treatment.SKIPPED


def _counted(blocks: Sequence[Block]) -> Iterator[str]:
    counts = Counter(FORMULA if block.reason == FORMULA else block.kind for block in blocks)
    return (_number(number, *KINDS[kind]) for kind, number in counts.items())


def _around(blocks: Sequence[Block]) -> list[str]:
    """What stands around the article, each thing once, the most frequent first; very many become one."""
    things = Counter(AROUND.get(block.reason, OTHER) for block in blocks)
    named = [thing for thing, _ in things.most_common() if thing != OTHER]
    if OTHER in things or len(named) > MOST_NAMED:
        return [*named[: MOST_NAMED - 1], OTHER]
    return named


def _number(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
