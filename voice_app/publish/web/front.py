"""What the first page shows: what to go on with, what is new, what comes next and what is on its way."""

from __future__ import annotations

from typing import Any

from voice_app.model import View, Wanted
from voice_app.publish.context import studio
from voice_app.publish.web import words

NEW = 6
COMING = 3
"""So many of each are shown; the rest is a link away."""


def shown() -> dict[str, Any]:
    """All that the template needs."""
    coming = studio().coming()
    new = studio().shelf.listing(Wanted(view=View.UNHEARD), limit=NEW + COMING)
    fresh = [card.article for card in new.cards if not words.is_busy(card.article)]
    return {
        "new": fresh[:NEW],
        "coming": coming[:COMING],
        "more_coming": len(coming[COMING:]),
        "is_empty": not coming and not new.total and not studio().shelf.listing(Wanted(), limit=1).total,
    }
