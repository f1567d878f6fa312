"""Numbers and states as a person says them. Screen readers read "2:30" as "two thirty", so times are in words."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from voice_app.model import ArticleState, Manner, Treatment
from voice_app.publish.receipt import KINDS

if TYPE_CHECKING:
    from datetime import date, datetime

    from voice_app.model import Article, ArticleAudio, ArticlePage, Block, Change

MANNERS = {
    Manner.READ: "Read",
    Manner.NAMED: "Read and named",
    Manner.MENTIONED: "Only mentioned",
    Manner.LEFT_OUT: "Left out",
}


def exact(seconds: float) -> str:
    """1 hour 2 minutes 3 seconds, without the parts that are zero."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    parts = [counted(n, unit) for n, unit in ((hours, "hour"), (minutes, "minute"), (rest, "second")) if n]
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


def moment(value: datetime | None) -> str | None:
    """A time as programs read it, in ISO 8601."""
    return value.isoformat() if value else None


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
            return f"Narrating: {article.spoken:,} of {counted(article.sentences, 'sentence')}"
        case ArticleState.NARRATING:
            return "Narrating"
        case ArticleState.DONE:
            return f"Ready to listen, {about(article.seconds)}"
        case ArticleState.PROBLEM:
            return f"Problem: {article.problem}"


def is_busy(article: Article) -> bool:
    """Whether the state will change by itself."""
    return article.state not in (ArticleState.DONE, ArticleState.PROBLEM)


def left_out(page: ArticlePage) -> dict[str, list[tuple[str, Block]]]:
    """The blocks that are not read in full, each with its id, by reason, in the order in which the reasons occur."""
    found: dict[str, list[tuple[str, Block]]] = {}
    for name, block in zip(page.block_ids, page.document.blocks if page.document else (), strict=True):
        if block.treatment is not Treatment.SAID:
            found.setdefault(block.reason or "left out", []).append((name, block))
    return found


def stood_in(audio: ArticleAudio) -> tuple[str, ...]:
    """The sentences that another voice said, as they are written, in order."""
    ids = frozenset(audio.stood_in)
    return tuple(cue.written for cue in audio.cues if cue.sentence_id in ids)


def change(value: Change) -> str:
    """What changed, in one phrase: 2 sentences changed, 1 added."""
    numbers = [(value.changed, "changed"), (value.added, "added"), (value.removed, "taken away")]
    told = [(number, verb) for number, verb in numbers if number]
    first = f"{counted(told[0][0], 'sentence')} {told[0][1]}"
    return ", ".join([first, *(f"{number} {verb}" for number, verb in told[1:])])


def speed(times: float | None) -> str:
    """How fast a voice speaks here, in one sentence."""
    if times is None:
        return "Its speed here was not measured yet. The command voices --measure does that."
    if times < 1:
        return "Slower here than it sounds, so listening catches up with it."
    return (
        f"Speaks here about {times:.0f} times as fast as it sounds."
        if times >= 2
        else "Just keeps up with listening here."
    )


def kind(block: Block) -> str:
    return KINDS[block.kind][0].capitalize()


def counted(number: int, unit: str) -> str:
    """1 article, 2,000 articles."""
    return f"{number:,} {unit}{'' if number == 1 else 's'}"
