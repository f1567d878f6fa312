"""Watched feeds: each new entry becomes an article."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from datetime import timedelta
from html import escape

from voice_app.desks.ground import Ground
from voice_app.desks.intake import Intake
from voice_app.errors import InputError
from voice_app.model import Feed, FeedEntry, FeedPage

log = logging.getLogger(__name__)

FIRST_ENTRIES = 3
"""Of a feed that is new here, only so many of its newest entries become articles: nobody wants ten years at once."""

MAX_NEW_ENTRIES = 25
MIN_WHOLE_WORDS = 120
"""An entry with fewer words than this is a teaser, when it has an address where the whole may be."""

_CUT_OFF = re.compile(r"(?:\.\.\.|\u2026\]?|read (?:more|on)|continue reading|weiterlesen|lire la suite)\W*$", re.I)
_TAG = re.compile(r"<[^>]*>")


class Feeds:
    """Watches feeds. Looking is the worker's; the doors only say which."""

    def __init__(self, ground: Ground, intake: Intake) -> None:
        self._ground = ground
        self._intake = intake

    def all(self) -> tuple[Feed, ...]:
        """By title."""
        return self._ground.library.feeds.all()

    def watch(self, address: str) -> Feed:
        """Watch the feed at an address, or the one that the page there names. Raises InputError for a bad address."""
        address = address.strip()
        self._ground.reader.check(address)
        return self._ground.library.feeds.add(address, address, self._ground.clock())

    def watch_all(self, name: str, body: bytes) -> tuple[Feed, ...]:
        """Watch every feed of an OPML list. Raises InputError."""
        found = self._ground.reader.outline(self._ground.given(name, body))
        now = self._ground.clock()
        return tuple(self._ground.library.feeds.add(address, title, now) for title, address in found)

    def unwatch(self, feed_id: int) -> None:
        """Watch it no longer. Its articles stay."""
        self._ground.library.feeds.remove(feed_id)

    def look(self) -> None:
        """Fetch every feed that is due, one after the other."""
        pause = timedelta(minutes=self._ground.config.watch.feeds_minutes)
        for feed in self.all():
            if feed.checked_at is None or feed.checked_at + pause <= self._ground.clock():
                self._look_at(feed)

    def _look_at(self, feed: Feed) -> None:
        is_first = feed.checked_at is None
        try:
            page = self._ground.reader.feed(feed.address, feed.etag, feed.last_modified)
        except InputError as problem:
            log.warning("feed not read feed=%d error=%s", feed.id, type(problem).__name__)
            self._ground.library.feeds.checked(
                replace(feed, checked_at=self._ground.clock(), problem=str(problem), etag=None, last_modified=None)
            )
            return
        if page:
            self._take(feed, page, is_first=is_first)
            address = feed.address if self._is_watched(page.address) else page.address
            feed = replace(feed, address=address, title=page.title, etag=page.etag, last_modified=page.last_modified)
        self._ground.library.feeds.checked(replace(feed, checked_at=self._ground.clock(), problem=""))

    def _is_watched(self, address: str) -> bool:
        return any(feed.address == address for feed in self.all())

    def _take(self, feed: Feed, page: FeedPage, *, is_first: bool) -> None:
        known = self._ground.library.feeds.known(feed.id)
        new = [entry for entry in page.entries if entry.key not in known]
        taken = new[: FIRST_ENTRIES if is_first else MAX_NEW_ENTRIES]
        for entry in new[len(taken) :]:
            self._ground.library.feeds.saw(feed.id, entry.key, None)
        for entry in reversed(taken):  # the oldest first, so that the newest is the library's newest
            self._ground.library.feeds.saw(feed.id, entry.key, self._article(feed, page, entry))
        log.info("feed read feed=%d new=%d", feed.id, len(taken))

    def _article(self, feed: Feed, page: FeedPage, entry: FeedEntry) -> int | None:
        """The entry's article, from the feed when that holds all of it, else from its address. None: from neither."""
        library = self._ground.library
        origin = entry.address or f"{feed.address}#{entry.key}"
        if known := library.by_origin(origin):
            return known.id
        try:
            if entry.address and not _is_whole(entry):
                return self._intake.add_address(entry.address).id
            source = self._ground.given(origin, _page(page, entry).encode(errors="replace"), "text/html")
            return self._intake.add_source(source).id
        except InputError as problem:
            log.info("entry left out feed=%d error=%s", feed.id, type(problem).__name__)
            return None


def _is_whole(entry: FeedEntry) -> bool:
    """Whether the feed carries the article itself, and not its beginning or a summary."""
    text = " ".join(_TAG.sub(" ", entry.html).split())
    return len(text.split()) >= MIN_WHOLE_WORDS and not _CUT_OFF.search(text)


def _page(page: FeedPage, entry: FeedEntry) -> str:
    """An entry as a web page of its own, for the HTML reader. The feed's text is trusted no more than any page's."""
    facts = [f'<meta property="article:tag" content="{escape(topic)}">' for topic in entry.topics]
    facts += [f'<meta property="og:site_name" content="{escape(page.title)}">']
    facts += [f'<meta name="author" content="{escape(entry.byline)}">'] if entry.byline else []
    facts += [f'<meta property="article:published_time" content="{entry.published}">'] if entry.published else []
    facts += [f'<link rel="canonical" href="{escape(entry.address)}">'] if entry.address else []
    language = f' lang="{escape(page.language)}"' if page.language else ""
    title = escape(entry.title)
    head = f"<meta charset=utf-8><title>{title}</title>{''.join(facts)}"
    heading = f"<h1>{title}</h1>" if title else ""
    body = f"<article>{heading}{entry.html}</article>"
    return f"<!doctype html><html{language}><head>{head}</head><body>{body}</body></html>"
