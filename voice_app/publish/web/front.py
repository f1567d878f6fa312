"""What the first page shows: what to go on with, what comes next, what is new and what is on its way."""

from __future__ import annotations

from typing import Any

from voice_app.model import Wanted
from voice_app.publish.context import studio
from voice_app.publish.web import listener

BEGUN = 4
QUEUED = 3
NEW = 6
COMING = 3
"""So many of each are shown; the rest is a link away."""


def shown() -> dict[str, Any]:
    """All that the template needs."""
    device = listener.who()
    coming = studio().coming()
    begun = studio().listening.begun(device, limit=BEGUN) if device else ()
    queue = studio().listening.queue(device) if device else ()
    new = studio().listening.fresh(device, limit=NEW)
    is_empty = not (coming or begun or new) and not studio().shelf.listing(Wanted(), limit=1).total
    return {
        "begun": begun,
        "queue": queue[:QUEUED],
        "more_queued": len(queue[QUEUED:]),
        "new": new,
        "coming": coming[:COMING],
        "more_coming": len(coming[COMING:]),
        "is_empty": is_empty,
        "has_problems": studio().shelf.has_problems(),
    }
