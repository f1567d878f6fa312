"""The frame of every page: where its head and its foot lead, and the colour of the browser's own bars around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, request, url_for

from voice_app.publish.tongue import gettext, later

HEAD = (
    ("web.home", later("Home")),
    ("web.library", later("Library")),
    ("queueing.queue", later("Queue")),
    ("adding.add", later("Add")),
    ("web.listen", later("Listen")),
    ("choosing.form", later("Settings")),
)
FOOT = (
    ("listener.listener", later("Your devices")),
    ("voices.voices", later("Voices")),
    ("feeds.feeds", later("Feeds")),
    ("reading.site", later("How it is read")),
    ("offline.kept", later("Kept offline")),
    ("feed.rss", later("Podcast feed")),
    ("web.about", later("Help")),
    ("web.accessibility", later("Accessibility")),
)
PAPERS: Mapping[str, str] = {"light": "#fbfaf6", "dark": "#141618", "light-high": "#ffffff", "dark-high": "#000000"}
"""The ground of each theme, as `site.css` has it in `--paper`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A way to a page; `is_here` when it is the one that is shown."""

    address: str
    words: str
    is_here: bool


def install(app: Flask) -> None:
    app.context_processor(_frame)


def _frame() -> dict[str, Any]:
    return {"head": _links(HEAD), "foot": _links(FOOT), "front": url_for(_front()), "papers": PAPERS}


def _front() -> str:
    """The page that the site's name leads to."""
    return next(endpoint for endpoint, _ in HEAD if endpoint in current_app.view_functions)


def _links(places: tuple[tuple[str, str], ...]) -> list[Link]:
    """Only to what this site has: not each one has all doors."""
    return [
        Link(address=url_for(endpoint), words=gettext(words), is_here=request.endpoint == endpoint)
        for endpoint, words in places
        if endpoint in current_app.view_functions
    ]
