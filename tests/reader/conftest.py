"""Two people at two desktops, one with Firefox and one with Chromium, who go the same ways on one site."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from tests.browser.site import Site, fill, opened
from tests.conftest import require
from tests.reader import browsers
from tests.reader.desktop import LAUNCHER, Desktop
from tests.reader.listener import Listener

PROGRAMS = "Xvfb brltty dbus-daemon gsettings openbox orca playerctl pulseaudio speech-dispatcher xdotool"
Journey = Callable[[Listener], None]
Everywhere = Callable[[Journey], None]


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with opened(tmp_path_factory.mktemp("site")) as made:
        fill(made)
        yield made


@pytest.fixture(scope="package")
def listeners(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Listener]]:
    for program in (*PROGRAMS.split(), *browsers.PROGRAMS.values(), LAUNCHER):
        require(program)
    with ExitStack() as open_until_the_end:
        made = []
        for browser in browsers.PROGRAMS:
            desktop = open_until_the_end.enter_context(Desktop(tmp_path_factory.mktemp(browser)))
            made.append(Listener(browser, desktop))
        yield made


@pytest.fixture
def everywhere(listeners: list[Listener]) -> Everywhere:
    """Goes a way in both browsers at once, and tells what went wrong in each."""

    def go(journey: Journey) -> None:
        faults: list[AssertionError] = []

        def one(listener: Listener) -> None:
            try:
                journey(listener)
            except AssertionError as fault:
                faults.append(fault)
            finally:
                listener.close()

        with ThreadPoolExecutor(len(listeners)) as pool:
            list(pool.map(one, listeners))
        assert not faults, "\n\n".join(map(str, faults))

    return go
