"""The checks can fail: pages with one fault each, which checkers that only read the markup let pass, are found out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.reader.conftest import Everywhere
from tests.reader.listener import Listener

pytestmark = [pytest.mark.outside, pytest.mark.browser, pytest.mark.timeout(180)]
PAGES = Path(__file__).parents[1] / "data/faulty"


def walks(listener: Listener) -> None:
    listener.go_to("Stop push button", most=8)


def finds_headings(listener: Listener) -> None:
    listener.go_to("heading level 1", key="h", most=3)


def plays(listener: Listener) -> None:
    listener.go_to("Play push button", most=3)
    listener.press_silently("space")


def plays_on(listener: Listener) -> None:
    listener.go_to("Play push button", most=3)
    listener.desktop.press("space")
    listener.check(not listener.listen(4).said, "nothing is said while the sound plays")


def rests_in_braille(listener: Listener) -> None:
    listener.go_to("Play push button", most=3)
    listener.desktop.press("space")
    listener.check(len(set(listener.listen(4).shown)) <= 1, "nothing moves in braille while the sound plays")


def skips(listener: Listener) -> None:
    listener.go_to("Forward 15 seconds push button", most=3)
    listener.press("space", "Moved to 15 seconds")


@pytest.mark.parametrize(
    "page, goes, fault",
    [
        ("mute", walks, "each stop has a name"),
        ("mute", finds_headings, "reached within 3 times h"),
        ("chatty", plays, "nothing is said after space"),
        ("chatty", plays_on, "nothing is said while the sound plays"),
        ("chatty", rests_in_braille, "nothing moves in braille"),
        ("twice", skips, "all is said once"),
        ("trap", plays, "reached within 3 times Tab|each stop has a name"),
    ],
)
def test_a_fault_is_found(
    everywhere: Everywhere, page: str, goes: Callable[[Listener], None], fault: str
) -> None:
    def journey(listener: Listener) -> None:
        listener.open((PAGES / f"{page}.html").as_uri(), page.capitalize())
        with pytest.raises(AssertionError, match=fault):
            goes(listener)

    everywhere(journey)
