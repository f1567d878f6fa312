"""Numbers and states as a person says them. Screen readers read "2:30" as "two thirty", so times are in words."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from voice_app.model import ArticleState, Manner, Treatment
from voice_app.publish import problems, receipt
from voice_app.publish.tongue import gettext, later, length, listed, ngettext, number

if TYPE_CHECKING:
    from datetime import datetime

    from voice_app.model import Article, ArticleAudio, ArticlePage, Block, Change

MANNERS = {
    Manner.READ: later("Read"),
    Manner.NAMED: later("Read and named"),
    Manner.MENTIONED: later("Only mentioned"),
    Manner.LEFT_OUT: later("Left out"),
}


def about(seconds: float) -> str:
    """How long to listen, as precisely as one plans: 50 seconds, 8 minutes, 1 hour 20 minutes."""
    return length(seconds if seconds < 60 else round(seconds / 60) * 60)


def clock(seconds: float) -> str:
    """8:05, for the eye only."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def moment(value: datetime | None) -> str | None:
    """A time as programs read it, in ISO 8601."""
    return value.isoformat() if value else None


def host(address: str) -> str:
    """The name of the site that an address leads to."""
    return (urlsplit(address).hostname or address).removeprefix("www.")


def state(article: Article) -> str:
    """What can be done with an article now, in one phrase."""
    match article.state:
        case ArticleState.WAITING:
            return gettext("Waiting to be read")
        case ArticleState.READING:
            return gettext("Reading the article")
        case ArticleState.READY:
            return gettext("Waiting for its narration")
        case ArticleState.NARRATING if article.sentences:
            return ngettext(
                "Narrating: %(spoken)s of %(num)s sentence",
                "Narrating: %(spoken)s of %(num)s sentences",
                article.sentences,
                spoken=number(article.spoken),
            )
        case ArticleState.NARRATING:
            return gettext("Narrating")
        case ArticleState.DONE:
            return gettext("Ready to listen, %(length)s", length=about(article.seconds))
        case ArticleState.PROBLEM:
            return gettext("Problem: %(problem)s", problem=problems.told(article.problem))


def is_busy(article: Article) -> bool:
    """Whether the state will change by itself."""
    return article.state not in (ArticleState.DONE, ArticleState.PROBLEM)


def left_out(page: ArticlePage) -> dict[str, list[tuple[str, Block]]]:
    """The blocks that are not read in full, each with its id, by reason, in the order in which the reasons occur."""
    found: dict[str, list[tuple[str, Block]]] = {}
    for name, block in zip(page.block_ids, page.document.blocks if page.document else (), strict=True):
        if block.treatment is not Treatment.SAID:
            found.setdefault(receipt.reason(block), []).append((name, block))
    return found


def stood_in(audio: ArticleAudio) -> tuple[str, ...]:
    """The sentences that another voice said, as they are written, in order."""
    ids = frozenset(audio.stood_in)
    return tuple(cue.written for cue in audio.cues if cue.sentence_id in ids)


def change(value: Change) -> str:
    """What changed, in one phrase: 2 sentences changed and 1 sentence added."""
    told = [
        ngettext("%(num)s sentence changed", "%(num)s sentences changed", value.changed) if value.changed else "",
        ngettext("%(num)s sentence added", "%(num)s sentences added", value.added) if value.added else "",
        ngettext("%(num)s sentence taken away", "%(num)s sentences taken away", value.removed) if value.removed else "",
    ]
    return listed(filter(None, told))


def speed(times: float | None) -> str:
    """How fast a voice speaks here, in one sentence."""
    if times is None:
        return gettext("Its speed here was not measured yet. The command voices --measure does that.")
    if times < 1:
        return gettext("Slower here than it sounds, so listening catches up with it.")
    if times < 2:
        return gettext("Just keeps up with listening here.")
    whole = round(times)
    return ngettext(
        "Speaks here about %(num)s time as fast as it sounds.",
        "Speaks here about %(num)s times as fast as it sounds.",
        whole,
    )


def kind(block: Block) -> str:
    """What a block is, as the beginning of a line: Footnote."""
    return gettext(receipt.NAMES[block.kind])
