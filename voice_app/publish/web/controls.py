"""What the player of an article's page can do, for the page itself and for the page that explains it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from voice_app.publish.tongue import later
from voice_app.publish.web import choices

SLEEP_MINUTES = (5, 10, 15, 20, 30, 45, 60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key and what it does; the listener may give the action another key."""

    action: str
    usual: str
    text: str


KEYS = (
    Key(action="play", usual="k", text=later("Play or pause")),
    Key(action="back", usual="j", text=later("Back 15 seconds")),
    Key(action="forward", usual="l", text=later("Forward 15 seconds")),
    Key(action="sentence-previous", usual="p", text=later("Previous sentence")),
    Key(action="sentence-next", usual="n", text=later("Next sentence")),
    Key(action="paragraph-previous", usual="u", text=later("Previous paragraph")),
    Key(action="paragraph-next", usual="o", text=later("Next paragraph")),
    Key(action="heading-previous", usual="y", text=later("Previous heading")),
    Key(action="heading-next", usual="h", text=later("Next heading")),
    Key(action="chapter-previous", usual="x", text=later("Previous chapter")),
    Key(action="chapter-next", usual="c", text=later("Next chapter")),
    Key(action="slower", usual="s", text=later("Slower")),
    Key(action="faster", usual="d", text=later("Faster")),
    Key(action="mute", usual="m", text=later("Sound off or on")),
    Key(action="where", usual="w", text=later("Where am I?")),
    Key(action="goto", usual="g", text=later("Go to a time")),
    Key(action="sleep", usual="z", text=later("To the sleep timer")),
)
"""Single letters, as no screen reader hands them to a page except where the focus wants them."""


def context() -> dict[str, Any]:
    """What the templates of a player need."""
    return {"keys": KEYS, "key_places": choices.key_places, "speeds": choices.speeds, "sleep_minutes": SLEEP_MINUTES}
