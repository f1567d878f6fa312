"""While the sound plays, nothing else speaks and nothing moves on the braille line, wherever the reader stands."""

from __future__ import annotations

import os

import pytest

from tests.browser.site import Site
from tests.reader.conftest import Everywhere
from tests.reader.listener import Listener
from tests.reader.test_media_keys import media

pytestmark = [pytest.mark.outside, pytest.mark.browser, pytest.mark.timeout(400)]
SECONDS = float(os.environ.get("READER_SECONDS", "60"))


def plays_silently(listener: Listener, seconds: float) -> None:
    """What is heard and shown while the sound plays on."""
    before = float(media(listener, "position"))
    heard = listener.listen(seconds)
    played = float(media(listener, "position")) - before
    listener.check(played > seconds * 0.8, f"the sound plays, and not {played:.0f} of {seconds:.0f} seconds")
    listener.check(not heard.said, "nothing is said while the sound plays")
    listener.check(len(set(heard.shown)) <= 1, "nothing moves in braille while the sound plays")


def test_nothing_is_said_in_a_minute_of_plain_playing(everywhere: Everywhere, site: Site) -> None:
    def journey(listener: Listener) -> None:
        listener.open(site.page("long"), "A long walk along the coast")
        listener.go_to("Play push button")
        listener.press_silently("space")
        listener.go_to("Position slider")  # the place where a value changes
        plays_silently(listener, SECONDS)

    everywhere(journey)


@pytest.mark.parametrize("key, place", [("b", "Pause push button"), ("h", "Part 2 heading level 2")])
def test_nothing_is_said_to_somebody_who_stands_elsewhere(
    everywhere: Everywhere, site: Site, key: str, place: str
) -> None:
    def journey(listener: Listener) -> None:
        listener.open(site.page("long"), "A long walk along the coast")
        listener.go_to("Play push button", key="b")
        listener.press_silently("space")
        if key == "b":
            listener.go_to("Back 15 seconds", key="b")
            listener.go_to(place, key="shift+b")
        else:
            listener.go_to(place, key=key)
        plays_silently(listener, SECONDS / 6)

    everywhere(journey)


def test_nothing_is_said_on_the_page_that_plays_all(everywhere: Everywhere, site: Site) -> None:
    def journey(listener: Listener) -> None:
        listener.open(f"{site.url}/listen", "Listen")
        listener.go_to("Play push button", key="b")
        listener.press_silently("space")
        plays_silently(listener, SECONDS / 6)

    everywhere(journey)
