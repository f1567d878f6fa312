"""The protocol of the queue: durable, but never the only place that knows of a piece of work."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Kind(StrEnum):
    """What can be done to an article. Each may be done twice without harm."""

    READ = "read"
    NARRATE = "narrate"
    AUDIOBOOK = "audiobook"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One piece of work. An urgent one does not wait behind those that are not."""

    kind: Kind
    article_id: int
    urgent: bool

    @property
    def key(self) -> str:
        """Two jobs with one key are the same work: the second is dropped while the first waits or runs.

        It names no version of the text. An article that is asked for again during a run keeps a state that asks
        for work, so the sweep brings it back when the run ends: no request is lost, and no two runs fight over one
        article.
        """
        return f"{self.kind}-{self.article_id}"


Handler = Callable[[int], None]


class Queue(Protocol):
    """Runs jobs in threads of this process, again after a crash, and takes over what a dead worker left.

    All methods may be called from any thread; they raise only JobError. After a crash a job begins anew: what its
    handler kept (clips, the document) is what is not done again.
    """

    def start(self, handlers: Mapping[Kind, Handler]) -> None:
        """Begin to run jobs. A handler gets the article's id and must not raise."""

    def stop(self) -> None:
        """Take no more jobs. One that runs is not waited for: the next worker begins it anew."""

    def enqueue(self, job: Job) -> None:
        """Nothing happens when a job with its key waits or runs already."""

    def live(self) -> frozenset[str]:
        """The keys of all jobs that wait or run, whichever worker has them."""
