"""The protocols of what the library knows of its listeners: who they are, their places, queues and histories."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from voice_app.model import Article, Begun, Bookmark, Card, Device, History, Place, Traces

QUEUE_ARTICLES = 500
HISTORY_ENTRIES = 10_000
DEVICES = 20
"""A listener has so many at most. Of the history the newest are kept; the other two refuse one more."""

APART_SECONDS = 10.0
"""Places that are nearer to each other than this are the same to a listener."""


class Listeners(Protocol):
    """Who listens, by their browsers. Tokens and codes are hashes already. Raises only LibraryError, and InputError
    as said."""

    def begin(self, token: str, name: str, at: datetime) -> Device:
        """A new listener with one browser."""

    def device(self, token: str) -> Device | None: ...
    def seen(self, device_id: int, at: datetime) -> None: ...
    def devices(self, listener_id: int) -> tuple[Device, ...]:
        """Those that are there, in the order in which they joined."""

    def rename(self, listener_id: int, device_id: int, name: str) -> None:
        """Nothing happens when the browser is another listener's, or gone."""

    def remove(self, listener_id: int, device_id: int) -> None:
        """The same. With the last browser, all that is known of the listener goes."""

    def offer(self, listener_id: int, code: str, *, until: datetime, at: datetime) -> bool:
        """Let another browser join by this code, in place of one that was offered before. False, and nothing is
        done, when somebody else's code that is valid `at` this time is the same."""

    def offers(self, at: datetime) -> tuple[tuple[int, str], ...]:
        """(listener, code) of all that are valid then."""

    def take(self, listener_id: int, code: str) -> bool:
        """Use an offer up. True for one caller only, even when many try at once."""

    def join(self, listener_id: int, token: str, name: str, at: datetime) -> Device:
        """One more browser. Raises InputError when there are DEVICES of them."""

    def merge(self, device: Device, listener_id: int) -> Device:
        """Make two listeners one: the device's browsers, places, queue and history become the other's. Of two places
        in one article the newer wins, and the older stays as its other. What was queued there stays first. Raises
        InputError when there would be more than DEVICES browsers."""

    def unseen_since(self, at: datetime) -> tuple[int, ...]:
        """Browsers that did not come since then."""

    def forget(self, device_id: int) -> None:
        """Remove a browser, whoever's it is."""


class Places(Protocol):
    """Where listeners are, and where they were. Raises only LibraryError."""

    def keep(self, device: Device, article_id: int, place: Place, *, known: datetime | None = None) -> Bookmark:
        """Keep a place, and enter it into the history. `known` is the time of the newest place that the browser knew
        of: it goes on from there. From a browser that did not know it, the newer place wins, and the other one stays
        beside it when they are APART_SECONDS apart."""

    def of(self, listener_id: int, article_id: int) -> Bookmark: ...
    def drop_other(self, listener_id: int, article_id: int, *, before: datetime) -> None:
        """Unless it is newer than that."""

    def unfinish(self, listener_id: int, article_id: int) -> None:
        """Forget that an article was heard to its end, and the place with it."""

    def begun(self, listener_id: int, *, limit: int) -> tuple[Begun, ...]:
        """Articles that were begun and not finished, the last heard first; none that was deleted."""

    def fresh(self, listener_id: int | None, *, limit: int) -> tuple[Article, ...]:
        """Finished articles that nobody heard and this listener did not begin, the newest first; none that was
        archived or deleted."""

    def traces(self, listener_id: int, article_ids: Sequence[int]) -> Mapping[int, Traces]:
        """What the listener left on these articles; only those with something."""

    def history(self, listener_id: int, *, page: int, limit: int) -> History: ...
    def clear_history(self, listener_id: int) -> None: ...
    def keep_history(self, listener_id: int, is_kept: bool) -> None:
        """Whether there is one. Switching it off does not clear it."""


class Queues(Protocol):
    """What listeners want to hear next. Raises only LibraryError, and InputError as said."""

    def cards(self, listener_id: int) -> tuple[Card, ...]:
        """In their order; none that was deleted."""

    def change(self, listener_id: int, change: Callable[[list[int]], list[int]]) -> None:
        """Put the ids that `change` gives for the present ones in their place, as one step. Raises InputError when
        they are more than QUEUE_ARTICLES."""
