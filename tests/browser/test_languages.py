"""The pages in other languages, in the browser: scripts and server use the same words, and time runs one way."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.conftest import until
from tests.browser.site import Site
from voice_app.publish import tongue
from voice_app.publish.settings import LANGUAGES

pytestmark = pytest.mark.browser

SECONDS = (0, 1, 2, 3, 11, 59, 60, 61, 120, 180, 660, 3_600, 3_725, 7_200, 11_045, 36_000, 360_000)
SPOKEN = """async ([seconds]) => {
    const { spoken } = await import("/static/now/words.js");
    return seconds.map(spoken);
}"""
PLURALS = """async ([counts]) => {
    const { ngettext } = await import("/static/now/texts.js");
    return counts.map((count) => ngettext("%(num)s article", "%(num)s articles", count));
}"""
# what is there to read in no other language than the page's own, in Latin letters
LATIN = """() => [...document.querySelectorAll("body *")]
    .filter((e) => e.checkVisibility() && !e.closest("svg, code, kbd, bdi"))
    .filter((e) => e.closest("[lang]").lang === document.documentElement.lang)
    .flatMap((e) => [...e.childNodes].filter((n) => n.nodeType === 3).map((n) => n.data)
        .concat(e.getAttribute("aria-label") ?? "", e.getAttribute("aria-valuetext") ?? ""))
    .map((text) => text.replace(/\\u2068[^\\u2069]*\\u2069|Voice App|WebVTT|MP3|SRT|JSON|kB|https?:\\S+/g, "").trim())
    .filter((text) => /[a-z]{2}/i.test(text))"""


def forms(code: str) -> list[str]:
    message = tongue._catalogue(code).get("%(num)s article")
    return list(message.string) if message else ["%(num)s article", "%(num)s articles"]


def opened(open_page: Callable[..., Page], code: str, path: str) -> Page:
    page = open_page(locale=code)
    page.goto(path)
    assert page.evaluate("document.documentElement.lang") == code
    return page


@pytest.mark.parametrize("code", LANGUAGES)
def test_scripts_and_pages_say_a_time_in_the_same_words(open_page: Callable[..., Page], code: str) -> None:
    page = opened(open_page, code, "/settings")
    with Flask(__name__).test_request_context(headers={"Accept-Language": code}):
        assert page.evaluate(SPOKEN, [SECONDS]) == [tongue.length(seconds) for seconds in SECONDS]


@pytest.mark.parametrize("code", LANGUAGES)
def test_scripts_count_as_pages_do(open_page: Callable[..., Page], code: str) -> None:
    """The page's texts for scripts get this one, as no script may say it just now."""
    found = {"%(num)s article": forms(code)}
    page = open_page(locale=code)
    page.goto("/settings")
    page.evaluate(
        """(more) => {
            const data = document.getElementById("texts");
            if (!data) return;
            const all = JSON.parse(data.textContent);
            data.textContent = JSON.stringify({ ...all, texts: { ...all.texts, ...more } });
        }""",
        found,
    )
    counts = [0, 1, 2, 3, 10, 11, 99, 100, 101, 102, 103, 2_000, 1_000_000]
    with Flask(__name__).test_request_context(headers={"Accept-Language": code}):
        wanted = [tongue.ngettext("%(num)s article", "%(num)s articles", count) for count in counts]
    assert page.evaluate(PLURALS, [counts]) == wanted


@pytest.mark.parametrize("name", ["done", "narrating"])
def test_an_article_page_is_in_arabic_but_for_its_article(
    open_page: Callable[..., Page], site: Site, name: str
) -> None:
    page = opened(open_page, "ar", site.page(name))
    page.locator("[data-play]").wait_for()
    assert page.evaluate(LATIN) == []
    article = page.locator("article.reading")
    expect(article).to_have_attribute("lang", "en")
    expect(article).to_have_attribute("dir", "ltr")
    assert Axe().run(page).violations_count == 0
    page.locator("[data-play]").click()
    until(page, "document.querySelector('audio').currentTime > 0")
    assert page.evaluate(LATIN) == []


def test_time_runs_from_left_to_right_in_every_language(open_page: Callable[..., Page], site: Site) -> None:
    page = opened(open_page, "ar", site.page("done"))
    slider = page.locator("[data-position]")
    slider.focus()
    page.keyboard.press("ArrowRight")
    until(page, "document.querySelector('audio').currentTime === 5 || Number(document.activeElement.value) === 5")
    page.keyboard.press("ArrowLeft")
    until(page, "Number(document.activeElement.value) === 0")
    assert slider.evaluate("(e) => getComputedStyle(e).direction") == "ltr"
    box = slider.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] * 0.9, box["y"] + box["height"] / 2)
    assert float(slider.input_value()) > 0.6 * float(slider.get_attribute("max") or "nan")


def test_a_time_is_typed_as_the_page_says_it(open_page: Callable[..., Page], site: Site) -> None:
    page = opened(open_page, "ar", site.page("done"))
    page.locator("#goto").fill("1 دقيقة و5 ثوان")
    page.locator("#goto").press("Enter")
    until(page, "Math.abs(document.querySelector('audio').currentTime - 65) < 1")


def test_a_code_is_read_from_left_to_right(open_page: Callable[..., Page]) -> None:
    page = opened(open_page, "ar", "/listener")
    page.locator("main form[action$=code] button").click()
    digits = page.locator(".code > [aria-hidden]")
    assert digits.evaluate("(e) => getComputedStyle(e).direction") == "ltr"


def test_a_language_is_chosen_and_stays(open_page: Callable[..., Page]) -> None:
    page = opened(open_page, "en", "/library")
    page.get_by_role("link", name="العربية").click()
    page.locator("#language").wait_for()
    page.get_by_label("العربية").check()
    page.locator("main form button.strong").last.click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    page.goto("/library")
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    page.goto("/settings")
    page.get_by_label("English").check()
    page.locator("main form button.strong").last.click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
