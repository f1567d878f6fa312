"""Feeds that are watched, and what stands in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One entry of a feed. `key` tells it from all others of the feed; `html` is what the feed itself carries of it."""

    key: str
    title: str
    address: str | None = None
    html: str = ""
    byline: str | None = None
    published: date | None = None
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPage:
    """A feed as it was fetched, its newest entry first. `language` is None when the feed does not say it."""

    title: str
    entries: tuple[FeedEntry, ...]
    address: str
    language: str | None = None
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed that is watched. `checked_at` is None until it was looked at; `problem` says why it could not be."""

    id: int
    address: str
    title: str
    added_at: datetime
    checked_at: datetime | None = None
    problem: str = ""
    etag: str | None = None
    last_modified: str | None = None
    articles: int = 0
