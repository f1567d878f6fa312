"""The room's door: from an address, a file or bytes to a Document."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from voice_app import config
from voice_app.errors import (
    EmptyInputError,
    FileMissingError,
    InputError,
    NoArticleError,
    TooLargeError,
    UnsupportedTypeError,
)
from voice_app.ingest import formats, kinds
from voice_app.ingest.detect import media_type
from voice_app.model import Document, FeedPage, Source

MAX_PARAGRAPH_CHARS = 50_000
HTML = "text/html"

if TYPE_CHECKING:
    from voice_app.ingest.connection import Deadline
    from voice_app.ingest.fetch import Fetcher

Read = Callable[[Source], Document]


class Reader:
    """Reads what a person names. Heavy libraries are loaded only for the formats that need them."""

    def __init__(self, settings: config.Fetch, *, fetcher: Fetcher | None = None) -> None:
        self._settings = settings
        self._given = fetcher

    @cached_property
    def _fetcher(self) -> Fetcher:
        from voice_app.ingest.fetch import Fetcher

        return self._given or Fetcher(self._settings)

    def _deadline(self) -> Deadline:
        from voice_app.ingest.connection import Deadline

        return Deadline(self._settings.total_seconds)

    def read(self, text: str) -> Document:
        """The article behind an address or in a file. Raises InputError."""
        return self.document(self.source(text))

    def check(self, address: str) -> None:
        """Refuse an address that cannot or must not be opened, without opening it. Raises InputError."""
        self._fetcher.check(address)

    def suffixes(self) -> dict[str, str]:
        """The media type of each end of a file's name that can be read."""
        return {suffix: kind.media_types[0] for kind in kinds.KINDS for suffix in kind.suffixes}

    def is_feed(self, source: Source) -> bool:
        """Whether this is a feed or a list of feeds, and no article."""
        kind = kinds.of_media_type(media_type(source))
        return kind is not None and kind.name in ("feed", "opml")

    def feed(self, address: str, etag: str | None = None, last_modified: str | None = None) -> FeedPage | None:
        """The feed at an address, or that the page there names; None when it is unchanged. Raises InputError."""
        from voice_app.ingest.feeds import feed_page, linked_feeds

        source = self.again(address, etag, last_modified)
        if source is None:
            return None
        if media_type(source) == HTML:
            links = linked_feeds(source)
            if not links:
                raise NoArticleError("This page names no feed.", todo="Look for a feed's address on it and give that.")
            address, source = links[0], self._fetcher.get(links[0])
        return replace(feed_page(source), address=address)

    def outline(self, source: Source) -> tuple[tuple[str, str], ...]:
        """(title, address) of each feed in an OPML list. Raises InputError."""
        from voice_app.ingest.feeds import outline

        return outline(source)

    def source(self, text: str) -> Source:
        """The bytes behind an address or a path. Raises InputError."""
        if "://" not in text.split("?")[0]:
            return self._file(Path(text))
        left = self._deadline()
        return self._whole(self._fetcher.get(text), left)

    def again(self, address: str, etag: str | None, last_modified: str | None) -> Source | None:
        """An address once more; None when the page still is the one that had these marks. Raises InputError."""
        left = self._deadline()
        first = self._fetcher.again(address, etag, last_modified)
        return self._whole(first, left) if first else None

    def _whole(self, first: Source, left: Deadline) -> Source:
        """A page of an article with the pages after it, all within the limits of one. Raises InputError."""
        if not first.body.strip() or media_type(first) != HTML:
            return first
        from voice_app.ingest.web.pages import joined

        def get(address: str, known_bytes: int) -> Source:
            room = self._settings.max_bytes - known_bytes
            return self._fetcher.within(max_bytes=room, seconds=left.seconds).get(address)

        return joined(first, get)

    def _file(self, path: Path) -> Source:
        try:
            if path.is_dir():
                raise InputError(f"{path} is a folder.", todo="Name a file in it.")
            if not path.is_file():
                raise FileMissingError(f"There is no such file: {path}.", path=path)
            if path.stat().st_size > self._settings.max_bytes:
                raise _too_large(path.name, self._settings.max_bytes)
            body = path.read_bytes()
        except (OSError, ValueError) as problem:
            raise FileMissingError("The file could not be opened.", path=path) from problem
        return Source(origin=path.name, media_type="", body=body, fetched_at=datetime.now(UTC))

    def document(self, source: Source) -> Document:
        """The article in these bytes. Raises InputError."""
        if not source.body.strip():
            raise EmptyInputError
        wanted = media_type(source)
        kind = kinds.of_media_type(wanted)
        if kind is None:
            raise UnsupportedTypeError(f"Files of the type {wanted} cannot be read yet.", media_type=wanted)
        limit_bytes = min(self._settings.max_bytes, kind.max_bytes or self._settings.max_bytes)
        if len(source.body) > limit_bytes:
            raise _too_large(source.origin, limit_bytes)
        read: Read = importlib.import_module(f"{formats.__name__}.{kind.name}").read
        document = _behind_walls(source, read) if wanted == HTML and "://" in source.origin else read(source)
        if not document.kept:
            raise NoArticleError
        _refuse_endless(document)
        return document

    def attached(self, source: Source) -> tuple[Source, ...]:
        """What came with these bytes and can be an article of its own: a message's attachments. Raises InputError."""
        if not source.body.strip() or media_type(source) != "message/rfc822":
            return ()
        found: tuple[Source, ...] = importlib.import_module(f"{formats.__name__}.mail").attached(source)
        return found


def _too_large(name: str, limit_bytes: int) -> TooLargeError:
    return TooLargeError(f"{name} is too large: more than {limit_bytes // 1_000_000} MB.")


def _behind_walls(source: Source, read: Read) -> Document:
    """The article on a page from the web. Raises WallError when something else is shown in its place."""
    from voice_app.ingest.web import walls

    try:
        document = read(source)
    except NoArticleError:
        walls.refuse(source, None)
        raise
    walls.refuse(source, document)
    return document


def _refuse_endless(document: Document) -> None:
    """A paragraph as long as a short book is data, or a text whose line breaks are lost."""
    longest = max(len(block.text) for block in document.kept)
    if longest > MAX_PARAGRAPH_CHARS:
        raise TooLargeError(
            f"It has a paragraph of {longest:,} characters.",
            todo="Put line breaks between its paragraphs and try again, or paste only the part to listen to.",
        )
