"""Every page in every state and look: nothing that a checker finds, nothing that has to be scrolled sideways."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser import texts
from tests.browser.site import NOON, Site

pytestmark = pytest.mark.browser

STATES = ("done", "changed", "narrating", "problem", "waiting")
PAGES = (
    "/",
    "/library",
    "/add",
    "/listen",
    "/reading",
    "/reading?done=saved",
    "/about",
    "/nothing",
    *STATES,
    "done/edit",
    "long/edit",
)
PAGES += ("/voices", "/voices?language=es")
PAGES += ("/add?address=https%3A%2F%2Fexample.org%2Fa-long-address%2Fwith-no-place-to-break&text=Chosen", "/feeds")
FEWER = ("/", "/library", "/listen", "/reading", "done", "narrating", "done/edit")
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
            name = "" if path.startswith("/") else re.split("[/?]", path)[0]
            page.goto(site.page(name) + path.removeprefix(name) if name else path)
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
    "/library?q=walk+coast",
    "/library?q=zebra",
    "/library?view=favourites",
    "/library?topic=Sea&sort=title",
    "/library?view=archived",
    "/library?view=deleted",
)
SHELF += ("/library?deleted=a-walk-that-nobody-wanted", "/topics", "sorted", "copy", "archived")
SHELF += ("/library?archived=a-walk-to-the-pier", "/library?view=unheard", "/library?view=problems")
SHELF += ("sorted?done=back", "copy?done=known")
SHELF += ("/feeds?done=watched", "original?done=checked", "sorted/edit", "/library?q=coast&view=everything")


ORIGINAL = "https://example.org/an-address-that-is-long-and-has-no-place/where-it/could-be-broken-up"


def _choose(site: Site, slug: str) -> None:
    """One sentence is said otherwise, one is left out, and one part too."""
    sheet = site.studio.edits.sheet(slug)
    lines = sheet.chapters[0][1]
    site.studio.edits.say(slug, lines[2].sentence.id, "A walk in other words.")
    site.studio.edits.leave_out(slug, lines[3].sentence.id)
    site.studio.edits.choose(slug, sheet.block_ids[6], False)


@pytest.fixture(scope="module")
def shelf(site: Site) -> Site:
    """The site with articles that were sorted: a favourite with topics, a copy, one archived and one deleted.

    Feeds are watched, one article has an original that can be looked at, and sentences were changed by hand.
    """
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
    _choose(site, site.slugs["sorted"])
    original = site.library.add(title="x", origin=ORIGINAL, media_type="", original="", digest="", source_url=ORIGINAL)
    site.library.save_document(original.id, replace(texts.LIGHTHOUSE, title=f"Read at {ORIGINAL}"))
    site.studio.work.narrate(original.id)
    site.library.changes.checked(original.id, NOON)
    site.slugs["original"] = site.library.by_id(original.id).slug
    for number, problem in enumerate(("", "", "The site did not answer. It is asked again in an hour."), start=1):
        feed = site.library.feeds.add(f"https://example.org/{number}/{'feed' * 20}.xml", f"A feed {number}", NOON)
        if number > 1:
            site.library.feeds.checked(replace(feed, checked_at=NOON, problem=problem))
    site.studio.shelf.remove(site.add(replace(walk, title="A walk that nobody wanted", blocks=())).slug)
    return site


@pytest.mark.parametrize("look", LOOKS)
def test_nothing_is_found_in_a_sorted_library(visit: Callable[..., None], shelf: Site, look: str) -> None:
    visit(look, SHELF if look not in ("more contrast", "400 per cent", "no scripts") else SHELF[::3])


def _looked_at(page: Page, site: Site) -> None:
    page.goto("/reading")
    page.get_by_label("Program code").select_option("read")
    page.get_by_role("button", name="See what changes").click()
    expect(page.get_by_role("group", name=re.compile("change"))).to_be_focused()


def _refused_sentence(page: Page, site: Site) -> None:
    page.goto(f"{site.page('done')}/edit")
    page.get_by_role("textbox").first.fill("…")
    page.get_by_role("button", name="Say it so").first.click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.locator("[aria-invalid]")).to_have_accessible_description(re.compile("."))


def _refused_feed(page: Page, site: Site) -> None:
    page.goto("/feeds")
    page.get_by_label("Address of the feed").fill("not an address")
    page.get_by_role("button", name="Watch the feed").click()
    expect(page.get_by_role("alert")).to_be_focused()


def _several(page: Page, site: Site) -> None:
    page.goto("/add")
    files = (
        ("one.md", b"# One more walk\n\nIt was short."),
        ("a" * 60 + ".md", b"# Another\n\nSo was it."),
        ("x.md", b""),
    )
    page.get_by_label("Or files").set_input_files([{"name": n, "mimeType": "", "buffer": b} for n, b in files])
    page.get_by_role("button", name="Add the article").click()
    expect(page).to_have_title(re.compile("^2 added, 1 not - "))


@pytest.mark.parametrize("sent", [_looked_at, _refused_sentence, _refused_feed, _several])
def test_nothing_is_found_on_what_a_form_is_answered_with(
    open_page: Callable[..., Page], site: Site, sent: Callable[[Page, Site], None]
) -> None:
    for look in ("light", "dark", "forced colours", "320 wide"):
        page = open_page(quiet=QUIET, **LOOKS[look])
        sent(page, site)
        _check(page, f"{sent.__name__}, {look}")


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
