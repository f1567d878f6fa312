"""What all desks stand on: the settings, the reader, the library, the content folder and the clock."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cached_property, lru_cache
from typing import Protocol

from voice_app.blobs import Blobs
from voice_app.config import Config
from voice_app.library.store import Chosen, Library
from voice_app.model import Document, FeedPage, Manner, Reading, Script, Source, Style
from voice_app.script.render import Manners, render
from voice_app.script.style import read_as

ORIGINALS = "originals"
MAX_SECONDS_AGO = 100_000_000.0
"""Three years: no browser tells of what is longer past."""


class Reader(Protocol):
    """Gets bytes and finds the article in them. Raises InputError."""

    def source(self, text: str) -> Source: ...
    def document(self, source: Source) -> Document: ...
    def attached(self, source: Source) -> tuple[Source, ...]:
        """The further articles that come with a source: those attached to a mail."""

    def again(self, address: str, etag: str | None, last_modified: str | None) -> Source | None:
        """The bytes behind an address, or None when the site says that they are the same."""

    def is_feed(self, source: Source) -> bool:
        """Whether this is a feed or a list of feeds, and no article."""

    def feed(self, address: str, etag: str | None = None, last_modified: str | None = None) -> FeedPage | None:
        """The feed at an address, or the one that the page there names; None when it is unchanged."""

    def outline(self, source: Source) -> tuple[tuple[str, str], ...]:
        """(title, address) of each feed in an OPML list."""

    def check(self, address: str) -> None:
        """Refuse an address that cannot or must not be opened, without opening it."""

    def suffixes(self) -> dict[str, str]:
        """The media type of each end of a file's name that can be read."""


class Ground:
    """Shared by the Studio and its desks. `library` is opened when it is first used."""

    def __init__(
        self,
        config: Config,
        *,
        reader: Reader,
        library: Callable[[], Library],
        content: Blobs,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.config = config
        self.reader = reader
        self.content = content
        self.clock = clock
        self._open_library = library
        self.rendered = lru_cache(maxsize=64)(render)

    @cached_property
    def library(self) -> Library:
        return self._open_library()

    def ago(self, seconds: float) -> datetime:
        """So many seconds ago: browsers tell of the past this way, as their clocks may be wrong."""
        return self.clock() - timedelta(seconds=min(max(0.0, seconds), MAX_SECONDS_AGO))

    # Every door and the worker go this way: document -> read_as -> render. Nothing else decides what is said.

    def site_style(self) -> Style:
        """How articles are read that have no style of their own: as configured, unless the listener chose otherwise."""
        return restyled(self.config.reading, self.library.readings.site_style())

    def reading(self, article_id: int) -> Reading:
        """How one article is read."""
        return reading_of(self.library.readings.chosen(article_id), self.site_style())

    def document(self, article_id: int) -> Document | None:
        """An article as its listener wants it read; None while it was not read yet."""
        document = self.library.document(article_id)
        return read_as(document, self.reading(article_id)) if document else None

    def manners(self, reading: Reading) -> Manners:
        """How a document in this reading is rendered for what is published."""
        narration = self.config.narration
        bare = self.bare_manners(reading.style)
        return replace(bare, edits=reading.edits, disclose=narration.disclose, receipt=narration.receipt)

    def bare_manners(self, style: Style) -> Manners:
        """How a document in this style is rendered for whoever asks for it, without words about the narration.

        A voice that speaks faster rests less; a slow one rests no longer, as two seconds of silence sound broken.
        """
        narration = self.config.narration
        pauses = narration.pauses / max(1.0, narration.rate)
        return Manners(style=style, pauses=pauses, earcons=narration.earcons)

    def script(self, document: Document, reading: Reading) -> Script:
        """What is said of a document of the library. The document is as it was read, in no style yet."""
        return self.rendered(read_as(document, reading), self.manners(reading))

    def keep(self, source: Source) -> tuple[str, str]:
        """Store the bytes as they came. The blob's name, and their digest."""
        digest = hashlib.sha256(source.body).hexdigest()
        name = f"{ORIGINALS}/{digest}"
        if self.content.read(name) is None:
            self.content.write(name, source.body)
        return name, digest

    def given(self, origin: str, body: bytes, media_type: str | None = None) -> Source:
        """Bytes that a person or a file gave. The reader finds out what they are when nobody says it."""
        return Source(origin=origin, media_type=media_type or "", body=body, fetched_at=self.clock())


def restyled(style: Style, chosen: Mapping[str, Manner]) -> Style:
    """The style with what was chosen in place of what it says."""
    return replace(style, **chosen)


def reading_of(chosen: Chosen, site: Style) -> Reading:
    """How an article is read in which this was chosen."""
    return Reading(style=restyled(site, chosen.style), choices=chosen.choices, edits=chosen.edits)
