"""While the sound plays, nothing else speaks and nothing moves on the braille line, wherever the reader stands."""

from __future__ import annotations

import os

import pytest

from tests.browser import texts
from tests.browser.site import Site
from tests.reader.conftest import Everywhere
from tests.reader.listener import Heard, Listener

SECONDS = float(os.environ.get("READER_SECONDS", "60"))
SHORT_SECONDS = 10.0
WALK = "A walk without an end"

pytestmark = [pytest.mark.outside, pytest.mark.browser, pytest.mark.timeout(240 + SECONDS)]


@pytest.fixture(scope="module")
def page(site: Site) -> str:
    """An article that lasts long enough."""
    article = site.narrated(texts.long_document(WALK, 24 + int(SECONDS / 2)))
    assert article.seconds > SECONDS + 30
    return f"{site.url}/articles/{article.slug}"


def says_and_shows_nothing(listener: Listener, heard: Heard) -> None:
    listener.check(not heard.said, "nothing is said while the sound plays")
    listener.check(len(set(heard.shown)) <= 1, "nothing moves in braille while the sound plays")


def plays_silently(listener: Listener, seconds: float) -> None:
    before = listener.desktop.playing("position")
    heard = listener.listen(seconds)
    played = float(listener.desktop.playing("position")) - float(before)
    listener.check(played > seconds * 0.8, f"the sound plays on, and not only {played:.0f} of {seconds:.0f} seconds")
    says_and_shows_nothing(listener, heard)


def test_nothing_is_said_in_a_minute_of_plain_playing(everywhere: Everywhere, page: str) -> None:
    def journey(listener: Listener) -> None:
        listener.open(page, WALK)
        listener.go_to("Play push button", key="b")
        listener.press_silently("space")
        listener.go_to("Position slider")  # where a value changes, and the screen reader would tell
        plays_silently(listener, SECONDS)

    everywhere(journey)


def test_nothing_is_said_to_somebody_who_stands_elsewhere(everywhere: Everywhere, page: str) -> None:
    def journey(listener: Listener) -> None:
        listener.open(page, WALK)
        listener.go_to("Play push button", key="b")
        listener.press_silently("space")
        plays_silently(listener, SHORT_SECONDS)
        listener.go_to("Part 2 heading level 2", key="h")
        plays_silently(listener, SHORT_SECONDS)

    everywhere(journey)


def test_the_page_with_one_button_speaks_with_its_own_voice_alone(everywhere: Everywhere, site: Site) -> None:
    def journey(listener: Listener) -> None:
        listener.open(f"{site.url}/listen", "Listen")
        listener.go_to("Press push button. A voice says what there is to hear", key="b")
        listener.press_silently("space")  # the headlines, one by one
        listener.press_silently("space")  # the one that is being said
        plays_silently(listener, SHORT_SECONDS)

    everywhere(journey)
