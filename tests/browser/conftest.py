"""One site and one browser for all tests in this folder; a fresh context and page for each."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from tests import served
from tests.browser.site import Site, fill, opened, sort
from tests.conftest import require
from tests.firefox import AWAKE


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with opened(tmp_path_factory.mktemp("site")) as made:
        fill(made)
        yield made


@pytest.fixture
def whole(site: Site) -> Site:
    """The same site once somebody has put its library in order: every place is there."""
    if "sorted" not in site.slugs:
        sort(site)
    return site


def program(playwright: Playwright) -> str:
    """The system's Chromium, else the one that Playwright brought."""
    own = playwright.chromium.executable_path
    return own if not shutil.which("chromium") and Path(own).exists() else require("chromium")


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """It ends with this folder: while Playwright is open an event loop runs in this thread, and DBOS refuses to."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(playwright), args=["--no-sandbox"])
        yield browser
        browser.close()


class Watched:
    """A page and everything about it that nobody should have to see: errors, refusals, requests to other hosts."""

    def __init__(self, page: Page, url: str, quiet: tuple[str, ...]) -> None:
        self.page = page
        self.faults: list[str] = []
        self.quiet = quiet
        page.on("console", lambda message: self._note(message.type in ("error", "warning"), message.text))
        page.on("pageerror", lambda error: self._note(True, str(error)))
        page.on("request", lambda request: self._note(not request.url.startswith(url), f"outside: {request.url}"))

    def _note(self, is_fault: bool, text: str) -> None:
        if is_fault and not any(known in text for known in self.quiet):
            self.faults.append(text)


def patient(page: Page) -> Page:
    """It comes to an article only when its scripts have begun, which they do after the page counts as loaded."""
    for name in ("goto", "reload"):
        setattr(page, name, _awake(page, getattr(page, name)))
    return page


def _awake(page: Page, go: Callable[..., Any]) -> Callable[..., Any]:
    def gone(*arguments: Any, **options: Any) -> Any:
        answer = go(*arguments, **options)
        page.evaluate(AWAKE)
        return answer

    return gone


def until(page: Page, expression: str, *, seconds: float = 10.0) -> None:
    """Wait for a script's expression to hold. Playwright's own way needs eval, which the site forbids."""
    end = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < end, f"never came true: {expression}"
        page.wait_for_timeout(20)


@pytest.fixture
def open_page(chromium: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """Opens pages in contexts of their own. Fails at the end if one complained or asked for another host."""
    watched: list[Watched] = []

    def opener(*, quiet: tuple[str, ...] = (), **options: object) -> Page:
        options = {"reduced_motion": "reduce"} | options
        context = chromium.new_context(base_url=site.url, **options)  # type: ignore[arg-type]
        context.set_default_timeout(10_000)
        watched.append(Watched(context.new_page(), site.url, quiet))
        has_scripts = options.get("java_script_enabled", True)
        return patient(watched[-1].page) if has_scripts else watched[-1].page

    yield opener
    faults = [fault for one in watched for fault in one.faults]
    for one in watched:
        one.page.context.close()
    assert not faults, faults


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    return open_page()


class House:
    """A site that can be stopped, and started again, while its pages are open."""

    def __init__(self, stack: ExitStack, folder: Path) -> None:
        self._stack = stack
        self._folder = folder
        self.site = stack.enter_context(served.opened(folder))

    def stop(self) -> None:
        self._stack.close()

    def start(self) -> None:
        """At the same address as before."""
        self.site = self._stack.enter_context(served.opened(self._folder, port=urlsplit(self.site.url).port or 0))


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with ExitStack() as stack:
        yield House(stack, tmp_path)


@pytest.fixture
def open_house(chromium: Browser, house: House) -> Iterator[Callable[..., Page]]:
    """Opens pages of the house, each in a browser of its own."""
    contexts = []

    def opener(**options: Any) -> Page:
        context = chromium.new_context(base_url=house.site.url, **{"reduced_motion": "reduce", **options})
        context.set_default_timeout(10_000)
        contexts.append(context)
        has_scripts = options.get("java_script_enabled", True)
        return patient(context.new_page()) if has_scripts else context.new_page()

    yield opener
    for context in contexts:
        context.close()


def keep(page: Page, slug: str) -> None:
    page.goto(f"/articles/{slug}")
    page.get_by_role("button", name="Keep for offline").click()
    expect(page.get_by_text("Kept. It can be opened and heard without a connection.")).to_be_visible()
