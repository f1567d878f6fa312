"""The waiting line: the more urgent first; of the equally urgent, each listener in turn. Not thread-safe."""

from __future__ import annotations

from collections import OrderedDict, deque
from typing import Generic, TypeVar

from voice_app.recording.take import Urgency

T = TypeVar("T")


class Line(Generic[T]):
    """What waits. One listener's things keep their order."""

    def __init__(self) -> None:
        self._lanes: dict[Urgency, OrderedDict[str, deque[T]]] = {urgency: OrderedDict() for urgency in Urgency}
        self._waiting = 0

    def __len__(self) -> int:
        return self._waiting

    def put(self, thing: T, urgency: Urgency, listener: str) -> None:
        self._lanes[urgency].setdefault(listener, deque()).append(thing)
        self._waiting += 1

    def next(self) -> T | None:
        """Take out what is to be done next, or None when nothing waits."""
        for lane in self._lanes.values():
            if lane:
                listener, things = lane.popitem(last=False)
                thing = things.popleft()
                if things:
                    lane[listener] = things  # behind the others: they take turns
                self._waiting -= 1
                return thing
        return None
