"""The keys of keyboards, headsets and lock screens, as the desktop hands them on: what plays, and what it obeys."""

from __future__ import annotations

import math
import time
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from PIL import Image

from tests.browser.site import Site
from tests.reader.conftest import Everywhere
from tests.reader.desktop import until
from tests.reader.listener import Listener

pytestmark = [pytest.mark.outside, pytest.mark.browser, pytest.mark.timeout(240)]
NEAR_SECONDS = 3.0
STANDING_SECONDS = 2.0
SHAKE_SECONDS = 1.0  # the page takes a press so soon after another for the same one, of a hand that shakes
# from 20, forward by 10: Chromium does not hand on how far, so that it is the page's own 15
SKIPPED_TO = {"firefox": 30, "chromium": 35}


def position(listener: Listener) -> float:
    return float(listener.desktop.playing("position") or "nan")


def is_near(listener: Listener, seconds: float) -> None:
    what = f"{listener.browser} is at {seconds:.0f} seconds"
    until(what, lambda: math.isclose(position(listener), seconds, abs_tol=NEAR_SECONDS), seconds=10)


def is_now(listener: Listener, status: str) -> None:
    until(f"{listener.browser} is {status}", lambda: listener.desktop.playing("status") == status, seconds=15)


def stands(listener: Listener) -> None:
    """Paused, and the desktop's clock of it does not run on."""
    is_now(listener, "Paused")
    before = position(listener)
    time.sleep(STANDING_SECONDS)
    after = position(listener)
    what = f"the position stands while paused, and does not run {after - before:.1f} seconds"
    listener.check(abs(after - before) < 0.2, what)


def picture(address: str) -> tuple[int, int]:
    with Image.open(Path(unquote(urlsplit(address).path))) as image:
        return image.size


def test_what_the_desktop_asks_for_is_done_without_a_word(everywhere: Everywhere, site: Site) -> None:
    page = site.studio.page(site.slugs["done"])
    assert page.audio
    _, second, third = (mark.start for mark in page.audio.marks)
    told = {"xesam:title": page.article.title, "xesam:artist": "Ada Marsh", "xesam:album": "Voice App"}
    seconds = page.audio.seconds

    def journey(listener: Listener) -> None:
        ask = listener.desktop.playing
        listener.open(site.page("done"), page.article.title)
        listener.go_to("Play push button", key="b")
        listener.press_silently("space")
        is_now(listener, "Playing")
        said = len(listener.orca.said)
        assert len(ask("--list-all").splitlines()) == 1
        assert {name: ask("metadata", name) for name in told} == told
        assert math.isclose(int(ask("metadata", "mpris:length")) / 1e6, seconds, abs_tol=0.5)
        width, height = picture(ask("metadata", "mpris:artUrl"))
        assert width == height > 100
        before = position(listener)
        until("the position moves", lambda: position(listener) > before)
        for command, place in (("next", second), ("next", third), ("previous", second)):
            ask(command)
            is_near(listener, place)
        ask("pause")
        stands(listener)
        ask("position", "20")
        is_near(listener, 20)
        ask("position", "10+")
        is_near(listener, SKIPPED_TO[listener.browser])
        listener.check(len(listener.orca.said) == said, "nothing is said of what is done from outside")
        listener.go_to(f"Position slider {SKIPPED_TO[listener.browser]} seconds")
        listener.go_to("Play push button", key="shift+Tab")
        ask("play")
        is_now(listener, "Playing")
        listener.go_to("Back 15 seconds")
        listener.go_to("Pause push button", key="shift+Tab")

    everywhere(journey)


def test_the_page_with_one_button_obeys_as_well(everywhere: Everywhere, site: Site) -> None:
    def journey(listener: Listener) -> None:
        ask = listener.desktop.playing
        listener.open(f"{site.url}/listen", "Listen")
        listener.go_to("Press push button", key="b")
        listener.press_silently("space")
        listener.press_silently("space")
        is_now(listener, "Playing")
        first = ask("metadata", "xesam:title")
        length = ask("metadata", "mpris:length")
        assert first in {article.title for article in site.studio.articles()}
        until("it plays on", lambda: position(listener) > 1)
        ask("pause")
        stands(listener)
        ask("play")
        is_now(listener, "Playing")
        time.sleep(SHAKE_SECONDS)
        ask("next")
        until("another article plays", lambda: ask("metadata", "mpris:length") not in ("", length), seconds=30)

    everywhere(journey)
