"""The keeper of the cache: how much is in it, what of it is damaged, and what goes when it grows over its budget.

Clips and runs are the keeper's. Finished files belong to articles and go with them (`desks/shelf.py`). Nothing here
holds more in memory than a number per hour, however many files there are.
"""

from __future__ import annotations

import logging
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from voice_app.blobs import PART, USE_SECONDS, Blobs, Entry, unsealed
from voice_app.uses import Uses

log = logging.getLogger(__name__)

FINISHED = "audio"
RECENT_SECONDS = 3_600.0
"""What was used in the last hour is in use, and so is what a narration that still runs has used."""

TIDY_SECONDS = 3_600.0
HOUR = 3_600.0
Age = tuple[int, int]  # the kind's place in KINDS, and the hour of its last use: what is smaller goes sooner


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One folder of the cache. `bytes_per_second` is of sound, at the rate that most voices have."""

    name: str
    suffix: str
    bytes_per_second: int

    def owns(self, name: str) -> bool:
        """Whether this version of the program gives blobs such names. What else lies there is left over."""
        return bool(re.fullmatch(rf"{self.name}/([0-9a-f]{{2}})/\1[0-9a-f]{{62}}\.{self.suffix}", name))


KINDS = (
    Kind(name="clips", suffix="wav", bytes_per_second=48_000),
    Kind(name="books", suffix="aac", bytes_per_second=6_600),
    Kind(name="runs", suffix="run", bytes_per_second=8_250),
)
"""In the order in which they go. A run is a sixth of its clip's size, and while it is there nobody asks for the clip
unless levels or pauses change. An audiobook's runs are asked for only when that is made again."""


@dataclass(slots=True, kw_only=True)
class Stock:
    """What is there of one kind. `hours` of sound are about right; `oldest_use` is in seconds since 1970."""

    kind: str
    files: int = 0
    bytes: int = 0
    hours: float | None = None
    oldest_use: float | None = None

    def add(self, entry: Entry) -> None:
        self.files += 1
        self.bytes += entry.bytes
        self.oldest_use = min(entry.used_at, self.oldest_use or entry.used_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """`stocks` are the keeper's; `in_use_bytes` of them would not be removed now. `max_bytes` is the keeper's."""

    stocks: tuple[Stock, ...]
    finished: Stock
    in_use_bytes: int
    max_bytes: int | None

    @property
    def bytes(self) -> int:
        return sum(stock.bytes for stock in self.stocks)


@dataclass(slots=True, kw_only=True)
class Verified:
    """What was read, and how many of the files were damaged and are gone now."""

    files: int = 0
    bytes: int = 0
    damaged: int = 0


@dataclass(slots=True, kw_only=True)
class Pruned:
    """What went, and what is left. It can be more than was asked for only where `in_use_bytes` are."""

    files: int = 0
    bytes: int = 0
    left_bytes: int = 0
    in_use_bytes: int = 0


@dataclass(slots=True, kw_only=True)
class _Survey:
    """The bytes of each age, and of what is in use."""

    bytes: int = 0
    in_use_bytes: int = 0
    ages: Counter[Age] = field(default_factory=Counter)


class Keeper:
    """Looks after `blobs`, which several processes read and write meanwhile. `finished` is only counted.

    `max_bytes` is the budget that `tidy` keeps: 0 is no limit, None is one that others keep, so that `tidy` has nothing
    to do. `clock` gives seconds since 1970.
    """

    def __init__(
        self,
        blobs: Blobs,
        *,
        finished: Blobs,
        uses: Uses,
        max_bytes: int | None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._blobs = blobs
        self._finished = finished
        self._uses = uses
        self.max_bytes = max_bytes
        self._clock = clock

    def stats(self) -> Stats:
        """Count everything. Costs a look at each file, about ten seconds for a million."""
        floor, in_use_bytes = self._floor(), 0
        stocks = {kind.name: Stock(kind=kind.name) for kind in KINDS}
        for kind in KINDS:
            stock = stocks[kind.name]
            for entry in self._blobs.entries(kind.name):
                stock.add(entry)
                in_use_bytes += entry.bytes if entry.used_at > floor else 0
            stock.hours = stock.bytes / kind.bytes_per_second / HOUR
        finished = Stock(kind=FINISHED)
        for entry in self._finished.entries(FINISHED):
            finished.add(entry)
        return Stats(
            stocks=tuple(stocks.values()), finished=finished, in_use_bytes=in_use_bytes, max_bytes=self.max_bytes
        )

    def verify(self, report: Callable[[str], None] = lambda name: None) -> Verified:
        """Read every clip and run, and remove the damaged: `report` gets their names."""
        self.sweep()
        found = Verified()
        for _, entry in self._own():
            stored = self._blobs.read(entry.name)
            if stored is None:  # it went meanwhile
                continue
            found.files += 1
            found.bytes += len(stored)
            if unsealed(entry.name, stored) is None:
                self._blobs.delete(entry.name)
                found.damaged += 1
                report(entry.name)
        return found

    def prune(self, to_bytes: int, *, dry_run: bool = False) -> Pruned:
        """Remove what was not used for the longest, clips before runs, until `to_bytes` are left. What is in use
        stays, whatever that makes it."""
        floor = self._floor()
        survey = self._survey(floor)
        pruned = Pruned(left_bytes=survey.bytes, in_use_bytes=survey.in_use_bytes)
        if survey.bytes <= to_bytes:
            return pruned
        last, rest = _cut(survey.ages, survey.bytes - to_bytes)
        for kind, entry in self._own():
            age = _age(kind, entry)
            if entry.used_at > floor or age > last or (age == last and rest <= 0):
                continue
            if age == last:
                rest -= entry.bytes
            if not dry_run:
                self._blobs.delete(entry.name)
            pruned.files += 1
            pruned.bytes += entry.bytes
            pruned.left_bytes -= entry.bytes
        return pruned

    def sweep(self) -> None:
        """Remove what killed processes and older versions of the program left over."""
        before = self._clock() - RECENT_SECONDS
        for kind in KINDS:
            for entry in self._blobs.entries(kind.name):
                if entry.used_at < before and not kind.owns(entry.name):
                    self._blobs.delete(entry.name)
        for entry in self._finished.entries(FINISHED):
            if entry.used_at < before and entry.name.startswith(f"{FINISHED}/{PART}"):
                self._finished.delete(entry.name)

    def tidy(self) -> None:
        """Keep the budget. Does its work at most once an hour, whoever asks."""
        if self.max_bytes is None:
            return
        with self._uses.turn("tidy", TIDY_SECONDS) as is_due:
            if not is_due:
                return
            self.sweep()
            if not self.max_bytes:
                return
            pruned = self.prune(self.max_bytes)
            if pruned.files:
                log.info("cache pruned files=%d bytes=%d", pruned.files, pruned.bytes)
            if pruned.left_bytes > self.max_bytes:
                numbers = (pruned.left_bytes, self.max_bytes, pruned.in_use_bytes)
                log.warning("cache over budget bytes=%d max_bytes=%d in_use_bytes=%d", *numbers)

    def _floor(self) -> float:
        """What was used after this moment is in use. The time of a use may be noted USE_SECONDS too early."""
        oldest = self._uses.oldest()
        recent = self._clock() - RECENT_SECONDS
        return recent if oldest is None else min(recent, oldest - USE_SECONDS)

    def _survey(self, floor: float) -> _Survey:
        survey = _Survey()
        for kind, entry in self._own():
            survey.bytes += entry.bytes
            if entry.used_at > floor:
                survey.in_use_bytes += entry.bytes
            else:
                survey.ages[_age(kind, entry)] += entry.bytes
        return survey

    def _own(self) -> Iterator[tuple[Kind, Entry]]:
        for kind in KINDS:
            for entry in self._blobs.entries(kind.name):
                if not entry.name.rpartition("/")[2].startswith(PART):
                    yield kind, entry


def _age(kind: Kind, entry: Entry) -> Age:
    return KINDS.index(kind), int(entry.used_at // HOUR)


def _cut(ages: Counter[Age], excess: int) -> tuple[Age, int]:
    """The last age of which something must go, and how many bytes of it; all that is older goes whole."""
    for age in sorted(ages):
        if ages[age] >= excess:
            return age, excess
        excess -= ages[age]
    return (len(KINDS), 0), 0
