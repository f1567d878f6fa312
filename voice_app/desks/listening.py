"""The listening desk: who listens, where they are in each article, what they want to hear next and what they heard.

A listener is whoever shares places. There are no accounts: each browser holds a secret token, and one more joins by a
code that another shows. Only hashes of both are kept.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Lock

from voice_app.desks.ground import Ground
from voice_app.desks.shelf import gone
from voice_app.errors import InputError, TooManyTriesError, WrongCodeError
from voice_app.model import Article, Begun, Bookmark, Card, Device, History, Listing, Place, Traces

CODE_DIGITS = 8
CODE_MINUTES = 10
CODE_TRIES = 20
"""Wrong codes that the whole site takes in CODE_MINUTES: while a hundred offers are open, one in 50,000 times all of
these tries hit one."""

NEW_LISTENERS = 200
"""So many begin in CODE_MINUTES at most: strangers without cookies cannot fill the library."""

NAME_CHARACTERS = 40
SEEN_EVERY = timedelta(days=1)
UNSEEN_FOR = timedelta(days=400)
"""As long as browsers keep a cookie (draft-ietf-httpbis-rfc6265bis, 5.5): after that one cannot come back."""

MAX_SECONDS = 1_000_000.0
MAX_SENTENCE_ID = 64
HISTORY_PAGE = 100


class _Limit:
    """So many in so many minutes. In memory: a new start of the site forgets it."""

    def __init__(self, most: int, clock: Callable[[], datetime]) -> None:
        self._most = most
        self._clock = clock
        self._times: deque[datetime] = deque()
        self._lock = Lock()

    def check(self) -> None:
        """Raises TooManyTriesError when one more would be too many."""
        with self._lock:
            while self._times and self._clock() - self._times[0] > timedelta(minutes=CODE_MINUTES):
                self._times.popleft()
            if len(self._times) >= self._most:
                raise TooManyTriesError

    def note(self) -> None:
        with self._lock:
            self._times.append(self._clock())


class Listening:
    """All that is remembered for a listener. Calls with a slug raise ArticleNotFoundError, also for a deleted one."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._tries = _Limit(CODE_TRIES, ground.clock)
        self._begun = _Limit(NEW_LISTENERS, ground.clock)

    # who listens

    def who(self, token: str) -> Device | None:
        """The browser that holds this token; None for a token that is not, or no more, one."""
        device = self._ground.library.listeners.device(_hash(token)) if token else None
        if device and self._ground.clock() - device.seen_at > SEEN_EVERY:
            self._ground.library.listeners.seen(device.id, self._ground.clock())
        return device

    def begin(self, name: str) -> tuple[str, Device]:
        """A new listener with one browser, and the token that it is to hold. Raises TooManyTriesError."""
        self._begun.check()
        self._begun.note()
        token = secrets.token_urlsafe(32)
        return token, self._ground.library.listeners.begin(_hash(token), _name(name), self._ground.clock())

    def devices(self, device: Device) -> tuple[Device, ...]:
        """All browsers of its listener, in the order in which they joined."""
        return self._ground.library.listeners.devices(device.listener_id)

    def rename(self, device: Device, device_id: int, name: str) -> None:
        """Raises InputError for a name without letters."""
        if not name.strip():
            raise InputError("A device needs a name.", todo="Write one, such as Kitchen.")
        self._ground.library.listeners.rename(device.listener_id, device_id, _name(name))

    def remove(self, device: Device, device_id: int) -> None:
        """A browser shares nothing any more. With the last one, all that is known of the listener goes."""
        self._ground.library.listeners.remove(device.listener_id, device_id)

    def offer(self, device: Device) -> str:
        """A code by which one more browser joins: CODE_DIGITS digits, for CODE_MINUTES and once."""
        now = self._ground.clock()
        until = now + timedelta(minutes=CODE_MINUTES)
        while True:
            code = "".join(secrets.choice("0123456789") for _ in range(CODE_DIGITS))
            if self._ground.library.listeners.offer(device.listener_id, _hash(code), until=until, at=now):
                return code

    def join(self, code: str, name: str, device: Device | None = None) -> tuple[str, Device]:
        """Join by a code, however it is spaced. A `device` brings all that its listener has along, and gets no new
        token. Raises WrongCodeError, TooManyTriesError, and InputError when there are too many browsers."""
        listeners = self._ground.library.listeners
        listener_id = self._redeemed(code)
        if device and device.listener_id == listener_id:
            return "", device
        if device:
            return "", listeners.merge(device, listener_id)
        token = secrets.token_urlsafe(32)
        return token, listeners.join(listener_id, _hash(token), _name(name), self._ground.clock())

    def _redeemed(self, code: str) -> int:
        """Whose code it is. It is used up."""
        self._tries.check()
        wanted = _hash(_digits(code))
        found = None
        for listener_id, offered in self._ground.library.listeners.offers(self._ground.clock()):
            if hmac.compare_digest(offered, wanted):
                found = listener_id
        if found is None or not self._ground.library.listeners.take(found, wanted):
            self._tries.note()
            raise WrongCodeError
        return found

    def purge(self) -> None:
        """Forget browsers that cannot come back, and listeners who have none left."""
        listeners = self._ground.library.listeners
        for device_id in listeners.unseen_since(self._ground.clock() - UNSEEN_FOR):
            listeners.forget(device_id)

    # places

    def keep(
        self,
        device: Device,
        slug: str,
        place: Place,
        *,
        seconds_ago: float = 0.0,
        known: datetime | None = None,
    ) -> Bookmark:
        """Keep where somebody was so many seconds ago; the time that `place` itself has is not looked at. `known` is
        the time of the newest place that the browser knew of."""
        article = self._article(slug)
        checked = replace(
            place,
            at=self._ground.ago(seconds_ago),
            seconds=min(max(0.0, place.seconds), MAX_SECONDS),
            length=min(max(0.0, place.length), MAX_SECONDS),
            sentence_id=place.sentence_id if len(place.sentence_id) <= MAX_SENTENCE_ID else "",
        )
        return self._ground.library.places.keep(device, article.id, checked, known=known)

    def finish(self, device: Device, slug: str, *, is_finished: bool) -> None:
        """An article was heard to its end, or is to be heard again."""
        article = self._article(slug)
        if not is_finished:
            self._ground.library.places.unfinish(device.listener_id, article.id)
            return
        now = self._ground.clock()
        end = Place(seconds=article.seconds, length=article.seconds, at=now, is_finished=True)
        self._ground.library.places.keep(device, article.id, end, known=now)

    def bookmark(self, device: Device, slug: str) -> Bookmark:
        return self._ground.library.places.of(device.listener_id, self._article(slug).id)

    def drop_other(self, device: Device, slug: str, *, seconds_ago: float = 0.0) -> None:
        """The listener chose between two places so many seconds ago. One that is newer than that was not meant."""
        before = self._ground.ago(seconds_ago)
        self._ground.library.places.drop_other(device.listener_id, self._article(slug).id, before=before)

    def begun(self, device: Device, *, limit: int) -> tuple[Begun, ...]:
        """What was begun and not finished, the last heard first."""
        return self._ground.library.places.begun(device.listener_id, limit=limit)

    def fresh(self, device: Device | None, *, limit: int) -> tuple[Article, ...]:
        """What is narrated and was not heard by anybody, nor begun by this listener: the newest first."""
        return self._ground.library.places.fresh(device.listener_id if device else None, limit=limit)

    def traces(self, device: Device | None, listing: Listing) -> dict[int, Traces]:
        """What the listener left on the articles of a list, by their ids; `Traces()` for those without."""
        ids = [card.article.id for card in listing.cards]
        found = self._ground.library.places.traces(device.listener_id, ids) if device else {}
        return {article_id: found.get(article_id, Traces()) for article_id in ids}

    def trace(self, device: Device | None, article: Article) -> Traces:
        """The same of one article."""
        found = self._ground.library.places.traces(device.listener_id, [article.id]) if device else {}
        return found.get(article.id, Traces())

    # history

    def history(self, device: Device, *, page: int = 1) -> History:
        return self._ground.library.places.history(device.listener_id, page=page, limit=HISTORY_PAGE)

    def clear_history(self, device: Device) -> None:
        self._ground.library.places.clear_history(device.listener_id)

    def keep_history(self, device: Device, is_kept: bool) -> None:
        """Whether what is listened to is written down from now on."""
        self._ground.library.places.keep_history(device.listener_id, is_kept)

    # the queue

    def queue(self, device: Device) -> tuple[Card, ...]:
        """In its order."""
        return self._ground.library.queues.cards(device.listener_id)

    def enqueue(self, device: Device, slug: str, *, is_next: bool = False) -> None:
        """To the end of the queue, or before all others; an article that is in it moves. Raises InputError when it is
        full."""
        key = self._article(slug).id

        def put(ids: list[int]) -> list[int]:
            others = [other for other in ids if other != key]
            return [key, *others] if is_next else [*others, key]

        self._change(device, put)

    def move(self, device: Device, slug: str, steps: int) -> None:
        """Up (fewer than 0) or down by so many places, not past the ends. One that is not in the queue is left out."""
        key = self._article(slug).id

        def shift(ids: Sequence[int]) -> list[int]:
            if key not in ids:
                return list(ids)
            to = min(max(0, ids.index(key) + steps), len(ids) - 1)
            others = [other for other in ids if other != key]
            return [*others[:to], key, *others[to:]]

        self._change(device, shift)

    def dequeue(self, device: Device, slug: str) -> None:
        key = self._article(slug).id
        self._change(device, lambda ids: [other for other in ids if other != key])

    def clear_queue(self, device: Device) -> None:
        self._change(device, lambda ids: [])

    def _change(self, device: Device, change: Callable[[list[int]], list[int]]) -> None:
        self._ground.library.queues.change(device.listener_id, change)

    def _article(self, slug: str) -> Article:
        article = self._ground.library.article(slug)
        if article.removed_at:
            raise gone(article)
        return article


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def _digits(text: str) -> str:
    """The digits of a code as it was typed or said, in any script's signs."""
    found = (unicodedata.digit(sign, None) for sign in text[:100])
    return "".join(str(digit) for digit in found if digit is not None)


def _name(text: str) -> str:
    """A name on one line, without control characters."""
    shown = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return shown[:NAME_CHARACTERS].strip() or "Device"
