"""The waiting line: urgency first, then turns."""

from __future__ import annotations

from voice_app.recording.line import Line
from voice_app.recording.take import Urgency


def drained(line: Line[str]) -> list[str]:
    found = []
    while (thing := line.next()) is not None:
        found.append(thing)
    return found


def test_the_more_urgent_comes_first_whenever_it_came() -> None:
    line: Line[str] = Line()
    for thing, urgency in [
        ("back", Urgency.BACK),
        ("fresh", Urgency.FRESH),
        ("now", Urgency.NOW),
        ("next", Urgency.LISTENING),
    ]:
        line.put(thing, urgency, "")
    assert len(line) == 4
    assert drained(line) == ["now", "next", "fresh", "back"]
    assert len(line) == 0


def test_one_listener_is_served_in_order() -> None:
    line: Line[str] = Line()
    for thing in "abc":
        line.put(thing, Urgency.FRESH, "ann")
    assert drained(line) == ["a", "b", "c"]


def test_listeners_take_turns_so_that_none_waits_for_all_of_another() -> None:
    line: Line[str] = Line()
    for listener, things in {"ann": "abc", "ben": "x", "cem": "12"}.items():
        for thing in things:
            line.put(thing, Urgency.LISTENING, listener)
    assert drained(line) == ["a", "x", "1", "b", "2", "c"]


def test_who_comes_later_comes_in_between() -> None:
    line: Line[str] = Line()
    for n in range(100):
        line.put(f"ann {n}", Urgency.NOW, "ann")
    assert line.next() == "ann 0"
    line.put("ben", Urgency.NOW, "ben")
    assert [line.next(), line.next()] == ["ann 1", "ben"]
