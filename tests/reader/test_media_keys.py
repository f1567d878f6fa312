"""The keys of keyboards, headsets and lock screens, as the desktop hands them on: what plays, and what it obeys."""

from __future__ import annotations

import math
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from PIL import Image

from tests.browser.site import Site
from tests.reader.conftest import Everywhere
from tests.reader.desktop import until
from tests.reader.listener import Listener

pytestmark = [pytest.mark.outside, pytest.mark.browser, pytest.mark.timeout(180)]
# from 20, forward by 10: Chromium does not hand on how far, so that it is the page's own 15
SKIPPED_TO = {"firefox": 30, "chromium": 35}
NEAR_SECONDS = 3.0


def media(listener: Listener, *command: str) -> str:
    """What playerctl answers about the one thing that plays on this desktop."""
    return listener.desktop.run("playerctl", *command).strip()


def tells(listener: Listener, name: str) -> str:
    return media(listener, "metadata", name)


def position(listener: Listener) -> float:
    return float(media(listener, "position"))


def is_near(listener: Listener, seconds: float) -> None:
    until(
        f"{listener.browser} is at {seconds:.0f} seconds",
        lambda: math.isclose(position(listener), seconds, abs_tol=NEAR_SECONDS),
        seconds=10,
    )


def is_now(listener: Listener, status: str) -> None:
    until(f"{listener.browser} is {status}", lambda: media(listener, "status") == status, seconds=10)


def picture(listener: Listener) -> tuple[int, int]:
    path = Path(unquote(urlsplit(tells(listener, "mpris:artUrl")).path))
    with Image.open(path) as image:
        return image.size


def starts_playing(listener: Listener, address: str, title: str) -> None:
    listener.open(address, title)
    listener.go_to("Play push button", key="b")
    listener.press_silently("space")
    is_now(listener, "Playing")


def test_the_desktop_knows_what_plays(everywhere: Everywhere, site: Site) -> None:
    page = site.studio.page(site.slugs["done"])
    assert page.audio
    seconds = page.audio.seconds

    def journey(listener: Listener) -> None:
        starts_playing(listener, site.page("done"), page.article.title)
        assert len(media(listener, "--list-all").splitlines()) == 1
        assert tells(listener, "xesam:title") == page.article.title
        assert tells(listener, "xesam:artist") == "Ada Marsh"
        assert tells(listener, "xesam:album") == "Voice App"
        assert math.isclose(int(tells(listener, "mpris:length")) / 1e6, seconds, abs_tol=0.5)
        width, height = picture(listener)
        assert width == height > 100

    everywhere(journey)


def test_what_the_desktop_asks_for_is_done_without_a_word(everywhere: Everywhere, site: Site) -> None:
    page = site.studio.page(site.slugs["done"])
    assert page.audio
    chapters = [mark.start for mark in page.audio.marks]
    assert len(chapters) == 3

    def journey(listener: Listener) -> None:
        starts_playing(listener, site.page("done"), page.article.title)
        before = position(listener)
        until("the position moves", lambda: position(listener) > before)
        said = len(listener.orca.said)
        media(listener, "next")
        is_near(listener, chapters[1])
        media(listener, "next")
        is_near(listener, chapters[2])
        media(listener, "previous")
        is_near(listener, chapters[1])
        media(listener, "pause")
        is_now(listener, "Paused")
        media(listener, "position", "20")
        is_near(listener, 20)
        media(listener, "position", "10+")
        is_near(listener, SKIPPED_TO[listener.browser])
        listener.check(len(listener.orca.said) == said, "nothing is said of it")
        listener.go_to(f"Position slider {SKIPPED_TO[listener.browser]} seconds")
        listener.go_to("Play push button", key="shift+Tab")
        media(listener, "play")
        is_now(listener, "Playing")
        listener.go_to("Back 15 seconds")
        listener.go_to("Pause push button", key="shift+Tab")

    everywhere(journey)


def test_the_page_that_plays_all_obeys_as_well(everywhere: Everywhere, site: Site) -> None:
    def journey(listener: Listener) -> None:
        starts_playing(listener, f"{site.url}/listen", "Listen")
        first = tells(listener, "mpris:length")
        media(listener, "next")
        until("another article plays", lambda: tells(listener, "mpris:length") != first, seconds=15)
        media(listener, "pause")
        is_now(listener, "Paused")
        media(listener, "play")
        is_now(listener, "Playing")

    everywhere(journey)
