"""The checks can fail: pages with one fault each, which checkers that only read the markup let pass, are found out."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.reader.conftest import Everywhere
from tests.reader.listener import Heard, Listener
from tests.reader.test_silence import says_and_shows_nothing

pytestmark = [pytest.mark.outside, pytest.mark.browser, pytest.mark.timeout(180)]
PAGES = Path(__file__).parents[1] / "data/faulty"


def found(fault: str) -> AbstractContextManager[object]:
    return pytest.raises(AssertionError, match=f"it should be so that .*{fault}")


def mute(listener: Listener) -> None:
    """Things that are only painted have no names."""
    with found("each stop has a name"):
        listener.go_to("Stop push button", most=8)
    with found("'heading level 1' is reached"):
        listener.go_to("heading level 1", key="h", most=2)


def chatty(listener: Listener) -> None:
    """A clock is a live region."""
    listener.go_to("Play push button", most=3)
    with found("nothing is said after space"):
        listener.press_silently("space")
    heard = listener.listen(4)
    with found("nothing is said while"):
        says_and_shows_nothing(listener, heard)
    with found("nothing moves in braille"):
        says_and_shows_nothing(listener, Heard(said=(), shown=heard.shown))


def twice(listener: Listener) -> None:
    """Two live regions tell the same news."""
    listener.go_to("Forward 15 seconds push button", key="b", most=3)
    with found("all is said once"):
        listener.press("space", "Moved to 15 seconds")


def trap(listener: Listener) -> None:
    """A field does not let Tab out."""
    with found("each stop has a name"):
        listener.go_to("Play push button", most=4)


@pytest.mark.parametrize("goes", [mute, chatty, twice, trap])
def test_a_fault_is_found(everywhere: Everywhere, goes: Callable[[Listener], None]) -> None:
    name = goes.__name__

    def journey(listener: Listener) -> None:
        listener.open((PAGES / f"{name}.html").as_uri(), name.capitalize())
        goes(listener)

    everywhere(journey)
