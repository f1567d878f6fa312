"""With a keyboard alone: add an article, play it, move in it, change the speed, and hear the whole queue."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import texts
from tests.browser.conftest import until
from tests.browser.site import Site

pytestmark = pytest.mark.browser

FOCUSED = """() => {
    const e = document.activeElement;
    const label = e.getAttribute('aria-label') ?? e.labels?.[0]?.textContent ?? e.textContent;
    return (label || e.id || e.tagName).replace(/\\s+/g, ' ').trim();
}"""
SOUND = "document.querySelector('audio')"


def tab_to(page: Page, name: str, *, most: int = 40) -> None:
    """Press Tab until something with this name has the focus and shows it."""
    seen: list[str] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(FOCUSED))
        if seen[-1].startswith(name):
            assert page.evaluate("document.activeElement.matches(':focus-visible')")
            return
    raise AssertionError(f"{name!r} was not reached, only {seen}")


def time_of(page: Page) -> float:
    seconds: float = page.evaluate(f"{SOUND}.currentTime")
    return seconds


def test_the_first_tab_leads_past_the_navigation(page: Page, site: Site) -> None:
    page.goto(site.page("done"))
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_in_viewport()
    page.keyboard.press("Enter")
    tab_to(page, "Original at", most=1)


def test_an_article_is_added(page: Page, site: Site) -> None:
    page.goto("/")
    tab_to(page, "Add an article")
    page.keyboard.press("Enter")
    page.wait_for_url("**/add")
    tab_to(page, "Or its text")
    page.keyboard.type("A text that was typed\n\nIt has one sentence.")
    tab_to(page, "Add the article")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/articles/"))
    added = site.studio.articles()[0]
    assert page.url.endswith(added.slug)


def test_an_article_is_found_made_a_favourite_deleted_and_brought_back(page: Page, site: Site) -> None:
    site.add(texts.long_document("Kites over the saltings", 3))
    page.goto("/library")
    tab_to(page, "Search the library")
    page.keyboard.type("kites gat")
    page.keyboard.press("Enter")
    page.wait_for_url("**/library?q=kites*")
    expect(page.locator(".card .excerpt b").first).to_be_visible()
    tab_to(page, "Add to favourites: Kites")
    page.keyboard.press("Enter")
    page.wait_for_url("**done=liked&to=kites-over-the-saltings")
    expect(page.get_by_role("heading", name="It is one of your favourites now.")).to_be_focused()
    tab_to(page, "Remove from favourites: Kites", most=1)
    page.goto("/articles/kites-over-the-saltings")
    tab_to(page, "Delete")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Deleted: Kites over the saltings")).to_be_focused()
    tab_to(page, "Undo", most=1)
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles/kites-over-the-saltings?done=back")
    expect(page.get_by_role("heading", name="It is back in the library.")).to_be_focused()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kites over the saltings")


def test_the_focus_goes_where_something_was_done(page: Page, site: Site) -> None:
    page.goto(site.page("bread"))
    page.get_by_role("button", name="Add to favourites").press("Enter")
    page.wait_for_url("**?done=liked")
    expect(page.get_by_role("heading", name="It is one of your favourites now.")).to_be_focused()
    page.get_by_role("button", name="Mark as heard").press("Enter")
    page.wait_for_url("**?done=heard")
    expect(page.get_by_role("heading", name="It is marked as heard.")).to_be_focused()
    tab_to(page, "Mark as not heard", most=1)
    page.locator("summary", has_text="How it is read").press("Enter")
    page.get_by_role("button", name="Save for this article").press("Enter")
    page.wait_for_url("**?done=styled")
    answer = page.get_by_role("heading", name="Saved. The sound is as you chose.")
    expect(answer).to_be_focused()
    page.keyboard.press("Tab")  # goes on below the answer, in the player
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_focused()


def test_who_is_quicker_than_the_players_own_controls_finds_them_where_the_browsers_were(
    page: Page, site: Site
) -> None:
    early = page.context.new_page()
    held: list[Route] = []
    early.route("**/player.js*", lambda route: held.append(route))
    early.goto(site.page("done"))
    early.locator("audio").focus()
    while not held:
        early.wait_for_timeout(20)
    assert early.evaluate("document.activeElement.localName") == "audio"
    held[0].continue_()
    expect(early.get_by_role("button", name="Play", exact=True)).to_be_focused()
    early.close()


def test_a_refused_form_keeps_what_was_typed_and_leads_to_the_field(open_page: Callable[..., Page]) -> None:
    page = open_page(quiet=("status of 4",))
    page.goto("/add")
    tab_to(page, "Address of the article")
    page.keyboard.type("http://127.0.0.1:9/secret")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="The article was not added")).to_be_focused()
    expect(page).to_have_title(re.compile("^Problem: Add an article - "))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    field = page.get_by_label("Address of the article")
    expect(field).to_be_focused()
    expect(field).to_have_value("http://127.0.0.1:9/secret")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile("private network"))


def test_playing_seeking_and_speed(page: Page, site: Site) -> None:
    page.goto(site.page("done"))
    tab_to(page, "Play")
    page.keyboard.press("Space")
    until(page, f"{SOUND}.currentTime > 0.2")
    assert page.evaluate(FOCUSED) == "Pause"
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_focused()
    before = time_of(page)
    tab_to(page, "Forward 15 seconds", most=2)
    page.keyboard.press("Enter")
    assert time_of(page) == pytest.approx(before + 15, abs=0.5)
    expect(page.locator(".options [data-news]")).to_have_text(re.compile(r"^1\d seconds$"))
    tab_to(page, "Position", most=1)
    page.keyboard.press("ArrowRight")
    assert time_of(page) == pytest.approx(before + 20, abs=0.5)
    expect(page.get_by_role("slider")).to_have_attribute("aria-valuetext", re.compile(r"^\d+ seconds$"))
    page.keyboard.press("Home")
    assert time_of(page) == 0
    tab_to(page, "Speed", most=4)
    page.keyboard.press("ArrowDown")
    assert page.evaluate(f"{SOUND}.playbackRate") == 1.25
    assert page.evaluate(f"{SOUND}.preservesPitch")


def test_any_sentence_is_played_by_keys(page: Page, site: Site) -> None:
    page.goto(site.page("done"))
    tab_to(page, "Next sentence")
    for _ in range(4):
        page.keyboard.press("Enter")
    marked = page.locator(".sentence.now")
    expect(marked).to_contain_text("In 1810 the city kept")
    expect(page.locator(".options [data-news]")).to_contain_text("In 1810 the city kept")
    page.keyboard.press("p")
    expect(marked).to_contain_text("A forgotten tide book")
    page.keyboard.press("k")
    until(page, f"!{SOUND}.paused")
    expect(marked).to_contain_text("A forgotten tide book")


def test_a_chapter_is_played_by_keys(page: Page, site: Site) -> None:
    page.goto(site.page("done"))
    tab_to(page, "Chapters")
    page.keyboard.press("Enter")
    tab_to(page, "How it is used today")
    page.keyboard.press("Enter")
    until(page, f"!{SOUND}.paused && {SOUND}.currentTime > 30")
    expect(page.locator(".sentence.now")).to_have_text("How it is used today")


def test_letters_do_nothing_outside_the_player(page: Page, site: Site) -> None:
    page.goto(site.page("done"))
    for key in "kjlnp ":
        page.keyboard.press(key)
    tab_to(page, "Mark as heard")
    page.keyboard.press("k")
    assert page.evaluate(f"{SOUND}.paused")
    assert time_of(page) == 0


def test_the_text_has_no_tab_stops_but_its_own(page: Page, site: Site) -> None:
    page.goto(site.page("long"))
    assert page.locator(".sentence[data-start]").count() > 40
    assert page.locator(".prose [tabindex], .prose a, .prose button").count() == 0


def test_focus_is_never_under_the_player(page: Page, site: Site) -> None:
    page.goto(site.page("done"))
    page.keyboard.press("End")
    tab_to(page, "Mark as heard")
    is_seen = """() => {
        const e = document.activeElement, r = e.getBoundingClientRect();
        const top = document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2);
        return Boolean(top && (e.contains(top) || top.contains(e)) || e.matches('input[type=range]'));
    }"""
    for _ in range(16):
        page.keyboard.press("Shift+Tab")
        page.wait_for_timeout(30)
        until(page, is_seen, seconds=2)  # a busy browser scrolls a frame or two later
