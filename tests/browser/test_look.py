"""How the pages look by what was chosen: colours that can be told apart, sizes that can be hit, and nothing cut off."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Request, expect

from tests.browser.conftest import until
from tests.browser.looks import CUT_OFF, TOO_WIDE
from tests.browser.site import Site
from voice_app.publish.settings import LANGUAGES
from voice_app.publish.web.frame import PAPERS

pytestmark = pytest.mark.browser

PAGES = (
    "/",
    "/library",
    "/add",
    "/about",
    "/accessibility",
    "/feeds",
    "/reading",
    "/settings",
    "/topics",
    "/voices",
    "/nothing",
)
ARTICLES = ("done", "narrating", "problem", "changed")
QUIET = ("status of 404",)
SYSTEM: dict[str, dict[str, object]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "light-high": {"color_scheme": "light", "contrast": "more"},
    "dark-high": {"color_scheme": "dark", "contrast": "more"},
}
TEXT = (
    ("ink", ("paper", "card", "hover", "mark", "problem-paper")),
    ("quiet", ("paper", "card", "hover")),
    ("accent", ("paper", "card", "mark")),
    ("accent-deep", ("paper", "card", "mark")),
    ("problem", ("paper", "card", "problem-paper")),
    ("on-accent", ("accent", "accent-deep")),
)
"""Which colours stand on which grounds."""
LINES = (("edge", ("paper", "card", "hover")), ("accent", ("paper", "card", "hover", "problem-paper", "mark")))
"""Those of borders, and of the focus."""
TOKENS = """(names) => {
    const style = getComputedStyle(document.documentElement);
    return Object.fromEntries(names.map((name) => [name, style.getPropertyValue('--' + name).trim()]));
}"""
SMALL = """(least) => [...document.querySelectorAll('a, button, input, select, textarea, summary, label:has(input)')]
    .filter((e) => e.checkVisibility() && !e.closest('.unseen, .skip') && !e.matches('label input, [hidden]'))
    .filter((e) => getComputedStyle(e).display !== 'inline')
    .map((e) => [e.getBoundingClientRect(), e]).filter(([r]) => r.width < least || r.height < least)
    .map(([r, e]) => `${e.outerHTML.slice(0, 80)} ${r.width} x ${r.height}`)"""
MOVING = """() => [...document.querySelectorAll('*')].map((e) => [e, getComputedStyle(e)])
    .filter(([, s]) => s.transitionDuration !== '0s' || s.animationName !== 'none' || s.scrollBehavior !== 'auto')
    .map(([e]) => e.outerHTML.slice(0, 80))"""
SPACES = """() => [...document.querySelectorAll('.prose p, .prose pre, .prose li, .prose td, .prose figcaption')]
    .map((e) => [e, getComputedStyle(e)]).map(([e, s]) => ({
        letters: parseFloat(s.letterSpacing) || 0, words: parseFloat(s.wordSpacing) || 0,
        lines: parseFloat(s.lineHeight), below: parseFloat(s.marginBottom), name: e.outerHTML.slice(0, 60),
    }))"""
PLACE = "document.getElementById('spacing').getBoundingClientRect().top + scrollY"
RING = """() => {
    const e = document.activeElement;
    const held = e.closest('.pill, .track') ?? e;
    const styles = [e, held].flatMap((one) => [getComputedStyle(one), getComputedStyle(one, '::after')]);
    const ring = styles.find((style) => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2);
    const r = held.getBoundingClientRect();
    const at = document.elementFromPoint(Math.max(r.x, 0) + Math.min(r.width, innerWidth) / 2, r.y + r.height / 2);
    return {
        name: `${e.outerHTML.slice(0, 90)} at ${Math.round(r.y)}, there is ${at?.outerHTML.slice(0, 60)}`,
        ring: ring ? ring.outlineColor : '',
        shown: !!at && (held.contains(at) || at.contains(held) || !!at.closest('label')?.contains(e)),
        ended: e === document.body,
    };
}"""


def chosen(page: Page, site: Site, **values: str) -> None:
    text = "&".join(f"{name}={value}" for name, value in values.items())
    page.context.add_cookies([{"name": "settings", "value": text, "url": site.url}])


def every(site: Site) -> Iterable[str]:
    return (*PAGES, *map(site.page, ARTICLES), site.page("done") + "/edit")


def luminance(colour: str) -> float:
    """Of "#aabbcc" or "rgb(1, 2, 3)" (WCAG 2.2, relative luminance)."""
    parts = [int(colour[i : i + 2], 16) for i in (1, 3, 5)] if colour[0] == "#" else re.findall(r"\d+", colour)[:3]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (int(part) / 255 for part in parts)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def too_little(colours: dict[str, str], pairs: tuple[tuple[str, tuple[str, ...]], ...], least: float) -> list[str]:
    return [
        f"{front} on {ground}: {contrast(colours[front], colours[ground]):.2f}"
        for front, grounds in pairs
        for ground in grounds
        if contrast(colours[front], colours[ground]) < least
    ]


def colours_of(page: Page) -> dict[str, str]:
    names = {name for front, grounds in TEXT + LINES for name in (front, *grounds)}
    found: dict[str, str] = page.evaluate(TOKENS, sorted(names))
    return found


def test_the_measure_of_contrast_is_the_known_one() -> None:
    assert contrast("#000000", "#ffffff") == 21
    assert contrast("#777777", "rgb(255, 255, 255)") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("theme", PAPERS)
def test_every_colour_can_be_told_from_its_ground(page: Page, site: Site, theme: str) -> None:
    chosen(page, site, theme=theme)
    page.goto("/about")
    colours = colours_of(page)
    assert too_little(colours, TEXT, 7 if theme.endswith("high") else 4.5) == []
    assert too_little(colours, LINES, 3) == []
    assert colours["paper"] == PAPERS[theme]
    assert page.locator("meta[name=theme-color]").get_attribute("content") == PAPERS[theme]


@pytest.mark.parametrize("theme", SYSTEM)
def test_what_nobody_chose_is_as_the_system_has_it(open_page: Callable[..., Page], site: Site, theme: str) -> None:
    page = open_page(**SYSTEM[theme])
    page.goto("/about")
    assert colours_of(page)["paper"] == PAPERS[theme]
    for other in PAPERS:
        chosen(page, site, theme=other)
        page.goto("/about")
        assert colours_of(page)["paper"] == PAPERS[other], f"{other} chosen, {theme} by the system"


@pytest.mark.parametrize("theme", ["light-high", "dark-high"])
def test_high_contrast_is_seven_to_one_on_every_page(open_page: Callable[..., Page], site: Site, theme: str) -> None:
    page = open_page(quiet=QUIET)
    chosen(page, site, theme=theme)
    for path in every(site):
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach((e) => { e.open = true; })")
        found = Axe().run(
            page, options={"runOnly": {"type": "rule", "values": ["color-contrast", "color-contrast-enhanced"]}}
        )
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_is_cut_off_with_the_largest_text_and_spacing(
    open_page: Callable[..., Page], whole: Site, width: int
) -> None:
    page = open_page(quiet=QUIET, viewport={"width": width, "height": 800})
    chosen(page, whole, text="200", lines="wider", letters="wider", words="wider", paragraphs="wide", font="legible")
    for path in (*every(whole), whole.page("sorted"), whole.page("original")):
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach((e) => { e.open = true; })")
        assert not page.evaluate(TOO_WIDE), f"{path} has to be scrolled sideways"
        assert page.evaluate(CUT_OFF) == [], f"{path} cuts something off"


@pytest.mark.parametrize("values", [{"text": "112"}, {"text": "200"}, {"width": "narrow"}, {"width": "wide"}])
def test_text_and_column_are_as_chosen(page: Page, site: Site, values: dict[str, str]) -> None:
    def measured() -> tuple[float, float]:
        page.goto(site.page("done"))
        size, width = page.evaluate(
            "() => { const e = document.querySelector('.prose p');"
            "return [parseFloat(getComputedStyle(e).fontSize), e.clientWidth]; }"
        )
        return size, width

    page.set_viewport_size({"width": 1600, "height": 900})
    size, width = measured()
    chosen(page, site, **values)
    larger, wider = measured()
    assert larger / size == pytest.approx({"112": 1.125, "200": 2}.get(values.get("text", ""), 1))
    assert (wider > width, wider < width) == {"wide": (True, False), "narrow": (False, True)}.get(
        values.get("width", ""), (True, False)
    )


def test_spacing_is_as_chosen_in_all_of_the_text(page: Page, site: Site) -> None:
    page.goto(site.page("done"))
    usual = page.evaluate(SPACES)
    assert {(each["letters"], each["words"]) for each in usual} == {(0, 0)}
    chosen(page, site, lines="wide", letters="wide", words="wide", paragraphs="wide")
    page.goto(site.page("done"))
    for before, after in zip(usual, page.evaluate(SPACES), strict=True):
        assert (after["letters"] > 0, after["words"] > 0) == (True, True), after
        assert after["lines"] > before["lines"], after
        assert after["below"] > before["below"] or before["below"] < 10, after


def test_the_typeface_comes_with_the_site(page: Page, site: Site) -> None:
    fonts: list[str] = []
    page.on("request", lambda request: fonts.append(request.url) if request.resource_type == "font" else None)
    page.goto(site.page("done"))
    assert fonts == []
    chosen(page, site, font="legible")
    page.goto(site.page("done"))
    until(page, "document.fonts.status === 'loaded' && document.fonts.check('1rem Legible')")
    assert [url.rpartition("/")[2] for url in fonts] == ["legible.woff2"]


@pytest.mark.parametrize("width", [320, 1280])
def test_everything_can_be_hit(open_page: Callable[..., Page], site: Site, width: int) -> None:
    page = open_page(quiet=QUIET, viewport={"width": width, "height": 800})
    for path in every(site):
        page.goto(path)
        assert page.evaluate(SMALL, 24) == [], path
    page.goto("/settings")
    main = [text for text in page.evaluate(SMALL, 44) if text.startswith(("<label", "<button", "<select", "<a"))]
    assert [text for text in main if 'class="address"' not in text] == []


HEAD = """() => {
    const boxes = [...document.querySelectorAll('.top li a')].map((e) => e.getBoundingClientRect());
    const rows = [...new Set(boxes.map((box) => box.top))];
    return [
        rows.map((top) => boxes.filter((box) => box.top === top).length),
        boxes.every((box) => box.width >= 44 && box.height >= 44),
    ];
}"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_links_of_the_head_are_in_one_row_or_in_two_of_three(open_page: Callable[..., Page], language: str) -> None:
    page = open_page(locale=language)
    for width in range(320, 421, 20):
        page.set_viewport_size({"width": width, "height": 700})
        page.goto("/queue")
        rows, are_large = page.evaluate(HEAD)
        assert rows in ([6], [3, 3]), width
        assert are_large, width
    assert rows == [6]


@pytest.mark.parametrize("name", ["done", "narrating", "changed"])
def test_an_article_begins_with_its_title_the_player_and_the_text(
    open_page: Callable[..., Page], site: Site, name: str
) -> None:
    """On a phone the text begins in sight. What else there is comes below it."""
    page = open_page(viewport={"width": 375, "height": 812})
    page.goto(site.page(name))
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    tops = {
        part: page.locator(part).first.evaluate("(e) => e.getBoundingClientRect().top")
        for part in ("h1", ".player", ".prose", ".made", ".end")
    }
    assert list(tops) == sorted(tops, key=tops.__getitem__)
    assert tops[".prose"] < 812 - 32  # a line of it


def test_a_link_beside_the_player_leads_to_the_downloads(page: Page, site: Site) -> None:
    page.goto(site.page("done"))
    page.get_by_role("link", name="Downloads").press("Enter")
    expect(page.locator("summary", has_text="Downloads")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Whole article, MP3")).to_be_in_viewport()


@pytest.mark.parametrize("theme", PAPERS)
def test_the_focus_is_seen_at_every_stop(open_page: Callable[..., Page], site: Site, theme: str) -> None:
    page = open_page(quiet=QUIET)
    chosen(page, site, theme=theme)
    for path in ("/settings", "/add", "/", site.page("done")):
        page.goto(path)
        for stop in range(80):
            page.keyboard.press("Tab")
            found = page.evaluate(RING)
            for _ in range(10):  # the page moves after the focus
                if found["shown"]:
                    break
                page.wait_for_timeout(50)
                found = page.evaluate(RING)
            if found["ended"]:
                break
            where = f"{path}, stop {stop}: {found['name']}"
            assert found["ring"], where
            assert found["shown"], where
            grounds = colours_of(page)
            assert min(contrast(found["ring"], grounds[ground]) for ground in ("paper", "card")) >= 3, where
        assert stop > 5, path


def test_what_is_chosen_shows_at_once_and_stays(page: Page, site: Site) -> None:
    page.goto("/settings")
    before = page.evaluate(PLACE)
    page.get_by_label("Dark, high contrast").check()
    assert page.locator("html").get_attribute("data-theme") == "dark-high"
    assert {bar.get_attribute("content") for bar in page.locator("meta[name=theme-color]").all()} == {"#000000"}
    assert page.evaluate(PLACE) == before
    page.locator("select[name=speed]").select_option("1.5")
    page.goto("/about")
    assert page.locator("html").get_attribute("data-theme") == "dark-high"
    page.go_back()
    expect(page.get_by_label("Dark, high contrast")).to_be_checked()
    expect(page.locator("select[name=speed]")).to_have_value("1.5")
    page.get_by_label("As this device has it").check()
    assert page.locator("html").get_attribute("data-theme") is None
    page.get_by_role("button", name="Back to the usual").click()
    expect(page.get_by_role("heading", name="Everything is as usual again.")).to_be_focused()
    expect(page.locator("select[name=speed]")).to_have_value("1")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Your settings are back.")).to_be_focused()
    expect(page.locator("select[name=speed]")).to_have_value("1.5")


def test_settings_need_no_scripts(open_page: Callable[..., Page], site: Site) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/settings")
    page.get_by_label("Light, high contrast").check()
    page.get_by_label("150%").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Saved for this browser.")).to_be_focused()
    page.goto(site.page("done"))
    assert page.locator("html").get_attribute("data-theme") == "light-high"
    assert page.locator("html").get_attribute("data-text") == "150"


def test_a_page_that_comes_back_is_as_chosen_meanwhile(page: Page) -> None:
    page.goto("/about")
    page.evaluate("""async () => {
        const { settings } = await import(document.querySelector('script[src$="/settings.js"]').src);
        document.cookie = 'settings=theme=dark; Path=/';
        dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    }""")
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_nothing_moves_for_those_who_asked_for_that(page: Page, site: Site) -> None:
    for path in ("/settings", "/", site.page("done")):
        page.goto(path)
        assert page.evaluate(MOVING) == [], path


def test_paper_is_light_and_has_the_text_alone(page: Page, site: Site) -> None:
    chosen(page, site, theme="dark", text="125")
    page.goto(site.page("done"))
    page.emulate_media(media="print")
    assert colours_of(page)["ink"] == "#1d1f21"
    expect(page.locator(".prose")).to_be_visible()
    for gone in (".top", ".player", ".options", ".after", ".bottom"):
        expect(page.locator(gone)).to_be_hidden()


def test_the_article_page_weighs_less_than_150_kb(page: Page, site: Site) -> None:
    weights: dict[str, int] = {}

    def weigh(request: Request) -> None:
        kind, url = request.resource_type, request.url
        if kind != "media" and "/audio/" not in url:
            weights[url] = max(request.sizes()["responseBodySize"], 0)

    page.on("requestfinished", weigh)
    page.goto(site.page("long"))
    page.get_by_role("button", name="Play", exact=True).click()
    until(page, "document.querySelector('audio').currentTime > 0.2")
    assert len(weights) > 8
    assert sum(weights.values()) < 150_000, weights
