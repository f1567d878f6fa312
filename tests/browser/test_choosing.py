"""Playing from a place in the text: by keys, by a selection, and without a trace for everybody else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import texts
from tests.browser.conftest import until
from tests.browser.looks import LOOKS, check
from tests.browser.site import Site
from tests.browser.test_player import SOUND

pytestmark = pytest.mark.browser

TRACES = "document.querySelectorAll('article [role=application], .sentence:is([role], [tabindex])').length"
TEXT = "document.activeElement.textContent.trim()"


def begin(page: Page) -> None:
    page.locator("summary", has_text="Text and sound").click()
    page.get_by_role("button", name="Choose a sentence").press("Enter")
    until(page, "document.activeElement.matches('.sentence')")


def plays(page: Page, text: str) -> None:
    """The sound plays, from that sentence."""
    until(page, f"!{SOUND}.paused && {SOUND}.currentTime > 0")
    start = page.evaluate(
        f"+[...document.querySelectorAll('.sentence')].find((e) => e.textContent.includes({text!r})).dataset.start"
    )
    assert start - 0.1 <= page.evaluate(f"{SOUND}.currentTime") < start + 3


def test_a_sentence_is_chosen_by_keys_and_nothing_of_it_stays(page: Page, site: Site) -> None:
    page.goto(site.page("done"))
    assert page.evaluate(TRACES) == 0
    begin(page)
    first = "A forgotten tide book turns out to be one of the longest measurements of the sea."
    expect(page.get_by_role("spinbutton", name=first)).to_be_focused()
    page.keyboard.press("ArrowDown")
    chosen = page.get_by_role("spinbutton", name="In 1810 the city kept a tide mill")
    expect(chosen).to_be_focused()
    expect(chosen).to_be_in_viewport()
    assert page.evaluate(TRACES) == 2, "one control, and the text around it"
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    plays(page, "In 1810")
    page.keyboard.press("Home")
    assert page.evaluate(TEXT) == first
    page.keyboard.press("End")
    assert page.evaluate("document.activeElement.closest('.notes') !== null")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Choose a sentence")).to_be_focused()
    assert page.evaluate(TRACES) == 0


def test_a_row_that_is_chosen_stays_a_row(page: Page, site: Site) -> None:
    page.goto(site.page("done"))
    row = page.locator("tr.sentence").first
    start = float(row.get_attribute("data-start") or "nan")
    page.evaluate(f"{SOUND}.currentTime = {start}")
    begin(page)
    expect(row).to_be_focused()
    assert row.get_attribute("role") is None
    page.keyboard.press("Enter")
    plays(page, "Monday")


def test_leaving_by_tab_leaves_no_trace(page: Page, site: Site) -> None:
    page.goto(site.page("done"))
    begin(page)
    page.keyboard.press("Tab")
    assert page.evaluate(TRACES) == 0


def test_arrows_go_the_way_of_the_text(page: Page, site: Site) -> None:
    page.goto(site.page("done"))
    page.evaluate("document.querySelector('article').dir = 'rtl'")
    begin(page)
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(TEXT).startswith("In 1810")
    page.keyboard.press("ArrowRight")
    assert page.evaluate(TEXT).startswith("A forgotten tide book")


@pytest.mark.parametrize("look", ["light", "forced colours", "320 wide"])
def test_nothing_is_found_while_a_sentence_is_chosen(open_page: Callable[..., Page], site: Site, look: str) -> None:
    page = open_page(**LOOKS[look].options)
    page.goto(site.page("done"))
    begin(page)
    for _ in range(8):
        page.keyboard.press("ArrowDown")
        check(page, f"choosing {page.evaluate(TEXT)!r}, {look}")


def test_a_click_in_the_text_leaves_the_page_where_it_is(page: Page, site: Site) -> None:
    page.goto(site.page("done"))
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    text = page.get_by_text("The book will be shown")
    text.click()
    plays(page, "The book will be shown")
    expect(text).to_be_in_viewport()


# -- a selection ------------------------------------------------------------------------------------


def test_play_from_here_stands_beside_a_selection_and_goes_with_it(page: Page, site: Site) -> None:
    page.goto(site.page("done"))
    button = page.get_by_role("button", name="Play from here")
    expect(button).to_be_hidden()
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    page.get_by_text("The book will be shown").dblclick()
    expect(button).to_be_visible()
    covered = page.evaluate(
        """() => { const one = getSelection().getRangeAt(0).getBoundingClientRect();
        const other = document.querySelector('.play-here').getBoundingClientRect();
        return one.bottom > other.top && other.bottom > one.top
            && one.right > other.left && other.right > one.left; }"""
    )
    assert not covered
    until(page, f"{SOUND}.paused")
    selected = page.evaluate("getSelection().toString()")
    button.click()
    plays(page, "The book will be shown")
    assert page.evaluate("getSelection().toString()") == selected != ""
    page.evaluate("getSelection().removeAllRanges()")
    expect(button).to_be_hidden()


def test_the_player_has_the_same_for_the_keyboard(page: Page, site: Site) -> None:
    page.goto(site.page("done"))
    page.locator("summary", has_text="Text and sound").click()
    button = page.get_by_role("button", name="Play from the selection")
    expect(button).to_be_disabled()
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.prose blockquote'))")
    expect(button).to_be_enabled()
    button.press("Enter")
    plays(page, "The sea came in at the door today.")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('footer'))")
    expect(button).to_be_disabled()
    expect(page.get_by_role("button", name="Play from here")).to_be_hidden()


def test_enter_plays_from_a_selection_and_from_the_cursor_in_the_text(page: Page, site: Site) -> None:
    page.goto(site.page("done"))
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.prose blockquote'))")
    page.keyboard.press("Enter")
    plays(page, "The sea came in at the door today.")
    page.evaluate(
        """() => { const text = [...document.querySelectorAll('.sentence')]
            .find((e) => e.textContent.startsWith('They fill'));
        getSelection().collapse(text.firstChild, 3); }"""
    )
    page.keyboard.press("Enter")
    plays(page, "They fill eleven metres")


def test_enter_elsewhere_is_left_alone(page: Page, site: Site) -> None:
    page.goto(site.page("done"))
    page.keyboard.press("Enter")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.prose blockquote'))")
    page.locator("summary", has_text="Chapters").press("Enter")
    expect(page.locator("details", has_text="Chapters").first).to_have_attribute("open", "")
    assert page.evaluate(f"{SOUND}.paused")


def test_a_player_that_comes_anew_has_one_button_beside_the_text(page: Page, site: Site) -> None:
    article = site.add(texts.long_document("A walk to select from", 6))
    page.goto(f"/articles/{article.slug}")
    site.studio.work.narrate(article.id)
    expect(page.locator("[data-live]")).to_have_count(0)
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.prose p:nth-of-type(3)'))")
    button = page.get_by_role("button", name="Play from here")
    expect(button).to_have_count(1)
    button.click()
    plays(page, "This is paragraph 3 of")
    site.studio.mark_heard(article.slug)
