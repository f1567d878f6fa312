"""Every page in every state and look: nothing that a checker finds, nothing cut off, covered, or too small to press."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import engines
from tests.browser.looks import LOOKS, misfits, prepare
from tests.browser.places import EMPTY, NO_PAGE, NO_PAGES, PLACES, Place
from tests.browser.site import Site, opened
from voice_app.publish.web.app import make_app

pytestmark = pytest.mark.browser

QUIET = ("status of 404", "status of 422")
WRONG = """<!doctype html><html><title>x</title><body><div onclick="go()">Play</div><img src="icon.png"><a href="x"></a>
<input type="range"><p style="color: #aaa; background: #fff">Faint.</p><span role="buton">Stop</span></body></html>"""


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with opened(tmp_path_factory.mktemp("empty")) as made:
        yield made


def look_at(page: Page, site: Site, places: Iterable[Place], look: str) -> list[str]:
    """All faults of these pages in one look, one after the other in one tab."""
    found: list[str] = []
    for place in places:
        answer = page.goto(place.address(site))
        assert answer
        assert answer.status == place.status, place.name
        prepare(page, LOOKS[look])
        if place.act and LOOKS[look].has_scripts and "locale" not in LOOKS[look].options:  # they press by English names
            place.act(page)
        faults = misfits(page)
        for checker in LOOKS[look].checkers if not LOOKS[look].is_quick or place.is_first else ():
            faults += checker(page)
        found += [f"{place.name}, {look}: {fault}" for fault in faults]
    return found


def opened_in(open_page: Callable[..., Page], look: str) -> Page:
    page = open_page(quiet=QUIET, **LOOKS[look].options)
    if not LOOKS[look].has_scripts:
        # the checkers are scripts themselves, so the page's own are taken away instead
        page.route("**/*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    return page


@pytest.mark.timeout(400)
@pytest.mark.parametrize("look", LOOKS)
def test_nothing_is_found_on_any_page(open_page: Callable[..., Page], whole: Site, look: str) -> None:
    found = look_at(opened_in(open_page, look), whole, PLACES, look)
    assert not found, "\n".join(found)


def test_nothing_is_found_in_an_empty_library(chromium: Browser, empty: Site) -> None:
    with chromium.new_page() as page:
        found = look_at(page, empty, EMPTY, "light")
    assert not found, "\n".join(found)


def test_each_checker_finds_what_is_wrong(chromium: Browser) -> None:
    with chromium.new_page() as page:
        page.set_content(WRONG)
        assert any(fault.startswith("aria-roles") for fault in engines.axe(page))
        assert any("1_1_1.H37" in fault for fault in engines.sniffer(page))
        assert any("aria_role_allowed" in fault for fault in engines.ibm(page))


def test_every_page_of_the_site_is_looked_at(whole: Site) -> None:
    app = make_app(whole.studio, whole.config)
    routes = app.url_map.bind("")
    looked = {
        routes.match(place.path.partition("?")[0].format(**whole.slugs))[0] for place in PLACES if place.status < 400
    }
    pages = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ())
        and not rule.rule.startswith(NO_PAGES)
        and "." not in os.path.basename(rule.rule)  # noqa: PTH119 - an address is no path
        and rule.endpoint not in NO_PAGE
    }
    assert pages == looked
