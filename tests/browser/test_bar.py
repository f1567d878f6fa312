"""The bar that stays in reach: whatever has the focus is never under it, and everything in it is large enough."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import texts
from tests.browser.conftest import until
from tests.browser.site import Site
from tests.browser.test_controls import choose
from tests.browser.test_keyboard import FOCUSED, SOUND
from voice_app.publish.settings import CONTROLS

pytestmark = pytest.mark.browser

SIZES: dict[str, dict[str, int]] = {
    "wide": {"width": 1280, "height": 800},
    "phone": {"width": 320, "height": 640},
    "phone on its side": {"width": 640, "height": 320},
}
UNDER = """() => {
    const focused = document.activeElement;
    const box = document.querySelector('.player');
    const news = document.querySelector('.options > [data-news]');
    if (box.contains(focused) || focused === document.body) return '';
    const one = focused.getBoundingClientRect();
    for (const over of [box, news]) {
        const two = over.getBoundingClientRect();
        const isOver = ['sticky', 'fixed'].includes(getComputedStyle(over).position);
        const isBeside = one.right <= two.left || two.right <= one.left;
        const isClear = one.bottom <= two.top || two.bottom <= one.top || isBeside;
        if (isOver && !over.classList.contains('unseen') && two.height > 1 && !isClear)
            return `${over.className} ${two.top}-${two.bottom} lies on ${one.top}-${one.bottom}`;
    }
    if (one.top < -1 && one.height < innerHeight) return `above the window: ${one.top}`;
    if (one.top >= innerHeight) return 'below the window';
    return '';
}"""


def long_with_links(site: Site) -> str:
    """An article with links in all of its text, and with all that can have the focus below it."""
    if "linked" not in site.slugs:
        document = texts.long_document("A walk with many links", 24)
        site.slugs["linked"] = site.narrated(texts.linked(document, every=2)).slug
    return site.page("linked")


@pytest.mark.parametrize(
    ("size", "text", "motion"),
    [(size, text, "reduce") for size in SIZES for text in ("100", "200")] + [("wide", "100", "no-preference")],
)
def test_what_has_the_focus_is_never_covered(
    open_page: Callable[..., Page], site: Site, size: str, text: str, motion: str
) -> None:
    page = open_page(viewport=SIZES[size], reduced_motion=motion)
    page.context.add_cookies([{"name": "settings", "value": f"text={text}", "url": site.url}])
    page.goto(long_with_links(site))
    page.get_by_role("button", name="Play", exact=True).press("Enter")
    until(page, f"{SOUND}.currentTime > 0.1")
    page.get_by_role("button", name="Pause").press("w")
    expect(page.locator(".options > [data-news]")).to_be_visible()
    stops, most = 0, 70 if motion == "reduce" else 35
    for key in ("Tab", "Shift+Tab"):
        for _ in range(most):
            page.keyboard.press(key)
            page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
            if motion != "reduce":
                page.wait_for_timeout(400)  # it scrolls smoothly
            name = page.evaluate(FOCUSED)
            assert page.evaluate(UNDER) == "", (key, name, page.evaluate("[scrollY, innerHeight]"))
            if page.evaluate("document.activeElement === document.body || document.activeElement.matches('.skip')"):
                break
            stops += 1
    assert stops > most - 10
    assert page.locator(".player").evaluate("(e) => e.classList.contains('sticky')") is (
        (size, text) in {("wide", "100"), ("wide", "200"), ("phone", "100"), ("phone on its side", "100")}
    )


def test_a_place_that_is_linked_to_is_not_under_it(page: Page, site: Site) -> None:
    page.goto(site.page("long"))
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    page.evaluate("location.hash = document.querySelectorAll('.prose .sentence')[20].id")
    until(page, "document.querySelector('.player').classList.contains('stuck')")
    top = page.evaluate("document.querySelector(location.hash).getBoundingClientRect().top")
    bottom = page.evaluate("document.querySelector('.player').getBoundingClientRect().bottom")
    assert bottom < top < bottom + 60


def test_on_a_phone_it_is_small_while_the_text_is_read_and_nothing_jumps(
    open_page: Callable[..., Page], site: Site
) -> None:
    page = open_page(viewport=SIZES["phone"])
    page.goto(long_with_links(site))
    bar = page.locator(".player")
    whole = bar.bounding_box()
    assert whole is not None
    where = "[scrollY, document.querySelector('.prose').getBoundingClientRect().top + scrollY]"
    _, before = page.evaluate(where)
    page.mouse.wheel(0, 900)
    until(page, "document.querySelector('.player').classList.contains('stuck')")
    _, after = page.evaluate(where)
    assert after == pytest.approx(before, abs=2), "the text keeps its place as the bar folds"
    small = bar.bounding_box()
    assert small is not None
    assert small["height"] <= 64
    assert whole["height"] - small["height"] > 40
    position = page.get_by_role("slider", name="Position")
    bar.get_by_role("button", name="Forward 15 seconds").focus()
    page.keyboard.press("Tab")
    expect(position).to_be_focused()
    shown = page.locator(".seek").bounding_box()
    assert shown is not None
    assert shown["height"] >= 44
    assert page.evaluate(where)[1] == pytest.approx(before, abs=2)


def test_whoever_scrolls_away_from_the_focus_is_left_alone(page: Page, site: Site) -> None:
    page.goto(site.page("long"))
    page.get_by_role("button", name="Next sentence").press("Enter")
    page.wait_for_timeout(1100)
    page.mouse.move(600, 500)
    page.mouse.wheel(0, 1800)
    until(page, "document.querySelector('.player').classList.contains('stuck')")
    page.wait_for_timeout(300)
    assert page.evaluate("scrollY") == 1800


@pytest.mark.parametrize("size", ["wide", "phone"])
def test_targets_are_large(open_page: Callable[..., Page], site: Site, size: str) -> None:
    page = open_page(viewport=SIZES[size])
    choose(page, **dict.fromkeys(CONTROLS, "shown"))
    page.goto(site.page("done"))
    page.evaluate("document.querySelectorAll('.options details').forEach((e) => { e.open = true; })")
    page.get_by_role("combobox", name="Sleep timer").select_option("5")
    small = page.evaluate(
        """() => [...document.querySelectorAll(':is(.player, .options) :is(button, input, select, summary)')]
            .filter((e) => e.checkVisibility())
            .map((e) => [e.outerHTML.slice(0, 80), e.closest('label') ?? e])
            .map(([name, e]) => [name, e.getBoundingClientRect()])
            .filter(([, r]) => r.width < 44 || r.height < 44).map(([name, r]) => `${name} ${r.width} x ${r.height}`)"""
    )
    assert small == []


def test_the_news_hangs_under_the_bar_when_its_place_is_out_of_sight(page: Page, site: Site) -> None:
    page.goto(site.page("long"))
    page.mouse.wheel(0, 2000)
    until(page, "document.querySelector('.player').classList.contains('stuck')")
    page.get_by_role("button", name="Back 15 seconds").press("w")
    news = page.locator(".options > [data-news]")
    expect(news).to_contain_text("chapter 1 of 3")
    expect(news).to_be_in_viewport()
    bar, hung = page.locator(".player").bounding_box(), news.bounding_box()
    assert bar is not None
    assert hung is not None
    assert hung["y"] >= bar["y"] + bar["height"]
