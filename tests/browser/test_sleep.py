"""The sleep timer: it stops where it was told to, says nothing by itself, and is remembered."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import texts
from tests.browser.conftest import until
from tests.browser.site import Site
from tests.browser.test_controls import LISTEN, choose, marked, said
from tests.browser.test_keyboard import SOUND, time_of

pytestmark = pytest.mark.browser

LAST_VOLUMES = f"""() => {{
    window.volumes = [];
    {SOUND}.addEventListener('timeupdate', () => {SOUND}.paused || volumes.push({SOUND}.volume));
}}"""


def begin(page: Page, site: Site, *, speed: str = "3") -> None:
    choose(page, sleep="shown")
    page.goto(site.page("done"))
    page.evaluate(LISTEN)
    page.get_by_label("Speed").select_option(speed)
    page.get_by_role("button", name="Play", exact=True).press("Enter")
    until(page, f"{SOUND}.currentTime > 0.3")


def stopped(page: Page) -> None:
    until(page, f"{SOUND}.paused", seconds=20)
    assert said(page) == [], "nobody is woken"
    expect(page.get_by_role("combobox", name="Sleep timer")).to_have_value("")
    expect(page.get_by_role("button", name="Play", exact=True)).to_have_accessible_description(
        re.compile("^The sleep timer stopped the sound. Play continues from ")
    )
    assert page.evaluate(f"{SOUND}.volume") == 1


@pytest.mark.parametrize(
    ("choice", "following"),
    [
        ("sentence", "This article is read by a synthetic voice."),
        ("paragraph", "This article is read by a synthetic voice."),
        ("chapter", "What he wrote down"),
    ],
)
def test_it_stops_at_the_end_of_a_part(page: Page, site: Site, choice: str, following: str) -> None:
    begin(page, site)
    page.get_by_role("combobox", name="Sleep timer").select_option(choice)
    stopped(page)
    assert marked(page) == following, "Play goes on with what was not heard"
    start = float(page.locator(".sentence.now").get_attribute("data-start") or "nan")
    assert time_of(page) == pytest.approx(start, abs=0.01)


def test_one_press_puts_it_off(page: Page, site: Site) -> None:
    begin(page, site, speed="1")
    page.get_by_role("combobox", name="Sleep timer").select_option("paragraph")
    page.get_by_role("button", name="Stop one paragraph later").press("Enter")
    assert said(page) == ["The sound stops after 2 paragraphs."]
    page.get_by_label("Speed").select_option("3")
    stopped(page)
    assert marked(page).startswith("A forgotten tide book")


def test_after_some_minutes_it_fades_and_goes_back_to_where_it_began_to(page: Page, site: Site) -> None:
    page.clock.install()
    choose(page, sleep="shown")
    page.goto(site.page("long"))
    page.evaluate(LISTEN)
    page.evaluate(LAST_VOLUMES)
    page.get_by_label("Go to", exact=True).fill("60")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Play", exact=True).press("Enter")
    until(page, f"{SOUND}.currentTime > 60.2")
    said(page)
    timer = page.get_by_role("combobox", name="Sleep timer")
    timer.select_option("5")
    page.clock.fast_forward("04:00")
    expect(page.locator("[data-left]")).to_have_text("The sound stops in 1 minute.")
    later = page.get_by_role("button", name="Stop 5 minutes later")
    later.press("Enter")
    assert said(page) == ["The sound stops in 6 minutes."]
    page.get_by_role("button", name="Pause").press("Enter")
    page.clock.fast_forward("30:00")
    heard = time_of(page)
    page.get_by_role("button", name="Play", exact=True).press("Enter")
    until(page, f"{SOUND}.currentTime > {heard + 0.2}")
    expect(page.locator("[data-left]")).to_have_text("The sound stops in 6 minutes.")
    page.clock.fast_forward("05:50")
    until(page, f"{SOUND}.volume < 0.7")
    later.press("Enter")
    assert page.evaluate(f"{SOUND}.volume") == 1, "put off while it fades, it is loud again"
    said(page)
    page.clock.fast_forward("04:55")
    until(page, f"{SOUND}.volume < 0.5")
    page.clock.fast_forward("00:10")
    before = time_of(page)
    stopped(page)
    volumes = page.evaluate("volumes.slice(-4)")
    assert volumes == sorted(volumes, reverse=True)
    assert volumes[-1] < 0.5
    assert before - 21 < time_of(page) <= before - 14
    place = time_of(page)
    page.reload()
    expect(page.get_by_role("button", name="Play", exact=True)).to_have_accessible_description(
        re.compile("^The sleep timer stopped the sound. Play continues from ")
    )
    assert time_of(page) == pytest.approx(place, abs=0.1)
    page.get_by_role("button", name="Play", exact=True).press("Enter")
    until(page, f"{SOUND}.currentTime > {place + 0.2}")
    expect(page.locator("#resume")).to_have_text("")


def test_where_am_i_tells_of_it_and_off_is_off(page: Page, site: Site) -> None:
    begin(page, site)
    timer = page.get_by_role("combobox", name="Sleep timer")
    timer.select_option("45")
    expect(page.get_by_role("button", name="Stop 5 minutes later")).to_be_visible()
    page.get_by_role("button", name="Pause").press("w")
    assert said(page)[0].endswith("The sound stops in 45 minutes.")
    timer.select_option("")
    expect(page.get_by_role("button", name="Stop 5 minutes later")).to_have_count(0)
    expect(page.locator("[data-left]")).to_have_text("")


def test_a_player_that_takes_another_s_place_is_as_loud_and_stops_as_was_chosen(page: Page, site: Site) -> None:
    article = site.add(texts.long_document("Heard by somebody who falls asleep", 20))
    choose(page, sleep="shown", volume="shown")
    page.goto(f"/articles/{article.slug}")
    page.get_by_role("button", name="Play", exact=True).press("Enter")
    until(page, f"{SOUND}.currentTime > 0.3")
    timer = page.get_by_role("combobox", name="Sleep timer")
    timer.select_option("30")
    page.get_by_role("slider", name="Volume").press("ArrowLeft")
    page.get_by_role("button", name="Mute").press("Enter")
    site.studio.work.narrate(article.id)
    page.get_by_role("button", name="Pause").press("Enter")
    expect(page.locator("[data-live]")).to_have_count(0)
    expect(timer).to_have_value("30")
    expect(page.locator("[data-left]")).to_have_text("The sound stops in 30 minutes.")
    expect(page.get_by_role("button", name="Unmute")).to_be_visible()
    assert page.evaluate(f"[{SOUND}.muted, {SOUND}.volume]") == [True, 0.95]
    expect(page.get_by_role("slider", name="Volume")).to_have_value("95")
    site.studio.mark_heard(article.slug)
