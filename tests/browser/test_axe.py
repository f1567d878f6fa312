"""Every page in every state and look: nothing that a checker finds, nothing that has to be scrolled sideways."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser import texts
from tests.browser.site import Site

pytestmark = pytest.mark.browser

STATES = ("done", "changed", "narrating", "problem", "waiting")
PAGES = (
    "/",
    "/add",
    "/listen",
    "/reading",
    "/reading?saved=1",
    "/about",
    "/nothing",
    *STATES,
    "done/edit",
    "long/edit",
)
FEWER = ("/", "/listen", "/reading", "done", "narrating", "done/edit")
LOOKS: dict[str, dict[str, object]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
    "more contrast": {"contrast": "more", "reduced_motion": "reduce"},
    "320 wide": {"viewport": {"width": 320, "height": 640}},
    "400 per cent": {"viewport": {"width": 320, "height": 256}},
    "text spacing": {"viewport": {"width": 320, "height": 640}},
    "no scripts": {},
}
SPACING = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
        * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
        p { margin-bottom: 2em !important; }`);
    document.adoptedStyleSheets = [sheet];
}"""
TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
CUT_OFF = """() => [...document.querySelectorAll('button, a, label, summary, h1, h2, h3, p, li')]
    .filter((e) => e.checkVisibility() && !e.closest('.unseen, .skip, .wide'))
    .filter((e) => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline'
        || e.getBoundingClientRect().right > innerWidth + 1)
    .map((e) => e.outerHTML.slice(0, 90))"""
TOO_SMALL = """() => [...document.querySelectorAll('main :is(button, select, input, summary), .button, .top a')]
    .filter((e) => e.checkVisibility() && e.type !== 'checkbox')
    .map((e) => [e.getBoundingClientRect(), e]).filter(([r]) => r.width < 44 || r.height < 44)
    .map(([r, e]) => `${e.outerHTML.slice(0, 60)} ${r.width} x ${r.height}`)"""
QUIET = ("status of 404", "status of 422")


@pytest.fixture
def visit(open_page: Callable[..., Page], site: Site) -> Callable[..., None]:
    """Checks all pages in one look, one after the other in one tab."""

    def visitor(look: str, paths: tuple[str, ...]) -> None:
        page = open_page(quiet=QUIET, **LOOKS[look], java_script_enabled=True)
        if look == "no scripts":
            # the checker itself is a script, so the page's own are taken away instead
            page.route("**/*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
        for path in paths:
            name, _, rest = path.partition("/")
            page.goto(f"{site.page(name)}/{rest}".rstrip("/") if name else path)
            page.evaluate("document.querySelectorAll('details').forEach((e) => { e.open = true; })")
            if look == "text spacing":
                page.evaluate(SPACING)
            _check(page, f"{path}, {look}")

    return visitor


def _check(page: Page, where: str) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, f"{where}: {found.generate_report()}"
    assert not page.evaluate(TOO_WIDE), f"{where} has to be scrolled sideways"
    assert page.evaluate(CUT_OFF) == [], f"{where} cuts something off"
    assert page.evaluate(TOO_SMALL) == [], f"{where} has targets that are too small"


@pytest.mark.parametrize("look", LOOKS)
def test_nothing_is_found_on_any_page(visit: Callable[..., None], look: str) -> None:
    visit(look, FEWER if look in ("more contrast", "400 per cent", "no scripts") else PAGES)


@pytest.mark.parametrize("look", ["light", "dark", "forced colours"])
def test_nothing_is_found_while_a_sentence_is_marked(open_page: Callable[..., Page], site: Site, look: str) -> None:
    page = open_page(**LOOKS[look])
    page.goto(site.page("done"))
    page.get_by_role("button", name="Play", exact=True).click()
    page.locator(".sentence.now").first.wait_for()
    _check(page, f"playing, {look}")


@pytest.mark.parametrize("look", ["light", "dark", "forced colours", "320 wide"])
def test_nothing_is_found_on_a_refused_form(open_page: Callable[..., Page], look: str) -> None:
    page = open_page(quiet=QUIET, **LOOKS[look])
    page.goto("/add")
    page.get_by_role("button", name="Add the article").click()
    page.get_by_role("alert").wait_for()
    _check(page, f"refused, {look}")


SHELF = (
    "/?q=walk+coast",
    "/?q=zebra",
    "/?view=favourites",
    "/?topic=Sea&sort=title",
    "/?view=archived",
    "/?view=deleted",
)
SHELF += ("/?deleted=a-walk-that-nobody-wanted", "/topics", "sorted", "copy", "archived")


@pytest.fixture(scope="module")
def shelf(site: Site) -> Site:
    """The site with articles that were sorted: a favourite with topics, a copy, one archived and one deleted."""
    walk = texts.long_document("A walk in the dunes", 20)
    for name, title in (
        ("sorted", "A walk in the dunes"),
        ("copy", "In the dunes"),
        ("archived", "A walk to the pier"),
    ):
        blocks = walk.blocks if name != "archived" else texts.BREAD.blocks
        site.slugs[name] = site.add(replace(walk, title=title, blocks=blocks, topics=("Sea", "Walking"))).slug
    site.studio.shelf.favourite(site.slugs["sorted"])
    site.studio.shelf.add_topic(site.slugs["sorted"], "To be read once more when there is time")
    site.studio.shelf.archive(site.slugs["archived"])
    site.studio.shelf.remove(site.add(replace(walk, title="A walk that nobody wanted", blocks=())).slug)
    return site


@pytest.mark.parametrize("look", LOOKS)
def test_nothing_is_found_in_a_sorted_library(visit: Callable[..., None], shelf: Site, look: str) -> None:
    visit(look, SHELF if look not in ("more contrast", "400 per cent", "no scripts") else SHELF[::3])


def test_the_checks_find_what_is_wrong(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto("/about")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<button></button>')")
    with pytest.raises(AssertionError, match="button-name"):
        _check(page, "broken")
    page.goto("/about")
    page.evaluate(
        "document.querySelector('h1').textContent = 'a'.repeat(900); document.body.style.overflowWrap = 'normal'"
    )
    with pytest.raises(AssertionError, match="sideways"):
        _check(page, "broken")
