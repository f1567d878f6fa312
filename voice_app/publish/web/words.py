"""Numbers and states as a person says them. Screen readers read "2:30" as "two thirty", so times are in words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from voice_app.model import ArticleState, BlockKind, Treatment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from voice_app.model import Article, Block, Document

KINDS = {
    BlockKind.HEADING: ("heading", "headings"),
    BlockKind.PARAGRAPH: ("paragraph", "paragraphs"),
    BlockKind.ITEM: ("list item", "list items"),
    BlockKind.QUOTE: ("quotation", "quotations"),
    BlockKind.CODE: ("piece of code", "pieces of code"),
    BlockKind.TABLE: ("table", "tables"),
    BlockKind.FIGURE: ("picture", "pictures"),
    BlockKind.NOTE: ("note", "notes"),
}


def exact(seconds: float) -> str:
    """1 hour 2 minutes 3 seconds, without the parts that are zero."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    parts = [_count(n, unit) for n, unit in ((hours, "hour"), (minutes, "minute"), (rest, "second")) if n]
    return " ".join(parts) or "0 seconds"


def about(seconds: float) -> str:
    """How long to listen, as precisely as one plans: 50 seconds, 8 minutes, 1 hour 20 minutes."""
    if seconds < 60:
        return exact(seconds)
    return exact(round(seconds / 60) * 60)


def clock(seconds: float) -> str:
    """8:05, for the eye only."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def day(value: date) -> str:
    return f"{value.day} {value:%B %Y}"


def host(address: str) -> str:
    """The name of the site that an address leads to."""
    return (urlsplit(address).hostname or address).removeprefix("www.")


def state(article: Article) -> str:
    """What can be done with an article now, in one phrase."""
    match article.state:
        case ArticleState.WAITING:
            return "Waiting to be read"
        case ArticleState.READING:
            return "Reading the article"
        case ArticleState.READY:
            return "Waiting for its narration"
        case ArticleState.NARRATING if article.sentences:
            return f"Narrating: {article.spoken} of {_count(article.sentences, 'sentence')}"
        case ArticleState.NARRATING:
            return "Narrating"
        case ArticleState.DONE:
            return f"Ready to listen, {about(article.seconds)}"
        case ArticleState.PROBLEM:
            return f"Problem: {article.problem}"


def is_busy(article: Article) -> bool:
    """Whether the state will change by itself."""
    return article.state not in (ArticleState.DONE, ArticleState.PROBLEM)


def receipt(document: Document, failed: int = 0) -> str:
    """In one sentence, what of the source the sound leaves out. `failed` sentences could not be spoken."""
    left = [b for b in document.blocks if b.treatment in (Treatment.SKIPPED, Treatment.FAILED)]
    mentioned = [b for b in document.blocks if b.treatment is Treatment.ANNOUNCED]
    parts = []
    if left:
        parts.append(f"{_kinds(left)} {_was(len(left))} left out")
    if mentioned:
        parts.append(f"{_kinds(mentioned)} {_was(len(mentioned))} only mentioned")
    if failed:
        parts.append(f"{_count(failed, 'sentence')} could not be spoken")
    if not parts:
        return "Everything in the article is read out."
    return f"Everything is read out, except that {_listed(parts)}."


def left_out(document: Document) -> dict[str, list[Block]]:
    """The blocks that are not read in full, by reason, the reasons in the order in which they first occur."""
    found: dict[str, list[Block]] = {}
    for block in document.blocks:
        if block.treatment is not Treatment.SAID:
            found.setdefault(block.reason or "left out", []).append(block)
    return found


def kind(block: Block) -> str:
    return KINDS[block.kind][0].capitalize()


def _kinds(blocks: Sequence[Block]) -> str:
    counts = Counter(block.kind for block in blocks)
    return _listed([f"{n} {KINDS[kind][n != 1]}" for kind, n in counts.items()])


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"


def _was(number: int) -> str:
    return "was" if number == 1 else "were"


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
