"""Who listens, and where they are: browsers that share places, a queue and a history. Seconds are of the sound."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from voice_app.model.library import Article


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """One browser of a listener. `seen_at` is right to a day."""

    id: int
    listener_id: int
    name: str
    joined_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where somebody is in an article: the sentence is the truth, `seconds` of `length` the fall-back, as another
    recording has other times. `at` is when they were there. `device_id` is None when that browser was removed."""

    seconds: float
    at: datetime
    sentence_id: str = ""
    length: float = 0.0
    is_finished: bool = False
    device_id: int | None = None
    device: str = ""

    @property
    def left(self) -> float:
        """Seconds that are still to be heard; 0 when the length is not known."""
        return max(0.0, self.length - self.seconds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookmark:
    """The newest place in one article, and the one that lost to it without being known to it."""

    place: Place | None = None
    other: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """An article that somebody began to hear and did not finish."""

    article: Article
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Listened:
    """An article that was listened to on one day: the last place of that day."""

    article: Article
    at: datetime
    seconds: float
    is_finished: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """One page of what was listened to, the newest first. `is_kept` is False when it is switched off."""

    entries: tuple[Listened, ...]
    total: int
    page: int
    pages: int
    is_kept: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Traces:
    """What a listener left on an article, for lists."""

    place: Place | None = None
    is_queued: bool = False
