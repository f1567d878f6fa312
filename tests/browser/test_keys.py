"""The keys of the player: where they work, which ones can be chosen, and which are left to others."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import until
from tests.browser.site import Site
from tests.browser.test_controls import LISTEN, said
from tests.browser.test_keyboard import SOUND, tab_to, time_of
from voice_app.publish.web.controls import KEYS

pytestmark = pytest.mark.browser


def opened(page: Page) -> Locator:
    page.locator("summary", has_text="Keys").press("Enter")
    return page.locator("form[data-keys]")


def press_at(page: Page, selector: str, **event: object) -> bool:
    """Have a keyboard that is not this one's press a key. True when the page took it."""
    taken: bool = page.evaluate(
        """([selector, event]) => {
            const pressed = new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...event });
            return !document.querySelector(selector).dispatchEvent(pressed);
        }""",
        [selector, event],
    )
    return taken


def test_every_key_is_listed_on_the_page_and_on_the_help_page(page: Page, site: Site) -> None:
    page.goto(site.page("done"))
    fields = opened(page).locator("[data-usual]")
    listed = fields.evaluate_all("(all) => all.map((e) => [e.labels[0].textContent, e.value])")
    assert listed == [[key.text, key.usual] for key in KEYS]
    page.goto("/about")
    help_page = page.locator("table tr").all_inner_texts()
    for key in KEYS:
        assert f"{key.usual.upper()}\t{key.text}" in help_page


def test_each_key_does_what_it_says(page: Page, site: Site) -> None:
    page.goto(site.page("done"))
    page.evaluate(LISTEN)
    button = page.locator(".player [data-play]")
    for key, seconds in (("l", 15), ("l", 30), ("j", 15), ("h", 30.2), ("c", 64.9), ("x", 30.2), ("y", 0)):
        button.press(key)
        assert time_of(page) == pytest.approx(seconds, abs=0.6), key
    steps = (("o", "This article"), ("o", "A forgotten"), ("n", "In 1810"), ("p", "A forgotten"), ("u", "This"))
    for key, text in steps:
        button.press(key)
        assert said(page)[-1].startswith(text), key
    button.press("d")
    assert said(page) == ["1.25 times"]
    button.press("s")
    assert said(page) == ["Normal speed"]
    button.press("g")
    expect(page.get_by_label("Go to", exact=True)).to_be_focused()
    page.keyboard.type("glow")  # a field takes letters for itself
    expect(page.get_by_label("Go to", exact=True)).to_have_value("glow")
    button.press("z")
    expect(page.get_by_role("combobox", name="Sleep timer")).to_be_focused()
    button.press("k")
    until(page, f"!{SOUND}.paused")
    button.press("k")
    until(page, f"{SOUND}.paused")


def test_space_and_enter_stay_with_the_button(page: Page, site: Site) -> None:
    page.goto(site.page("done"))
    page.get_by_role("button", name="Forward 15 seconds").press("Enter")
    page.get_by_role("button", name="Back 15 seconds").press("Space")
    assert time_of(page) == pytest.approx(0, abs=0.1)
    assert page.evaluate(f"{SOUND}.paused")


def test_outside_the_player_letters_work_with_alt_and_shift_and_only_when_switched_on(page: Page, site: Site) -> None:
    page.goto(site.page("done"))
    link = page.locator(".prose a").first
    for combination in ("l", "Shift+L", "Alt+l", "Alt+Shift+L"):
        link.press(combination)
    assert time_of(page) == 0
    where = opened(page).get_by_label("Where the player's keys work")
    where.select_option("everywhere")
    for combination in ("l", "Shift+L", "Alt+l", "Control+l"):
        link.press(combination)
    assert time_of(page) == 0
    link.press("Alt+Shift+L")
    assert time_of(page) == pytest.approx(15, abs=0.1)
    page.reload()
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    link.press("Alt+Shift+J")
    assert time_of(page) == pytest.approx(0, abs=0.1)
    opened(page)
    expect(where).to_have_value("everywhere")
    where.select_option("off")
    page.locator(".player [data-play]").press("l")
    link.press("Alt+Shift+L")
    assert time_of(page) == pytest.approx(0, abs=0.1)


def test_a_key_is_changed_kept_and_refused(page: Page, site: Site) -> None:
    page.goto(site.page("done"))
    page.evaluate(LISTEN)
    form = opened(page)
    forward, back = form.get_by_label("Forward 15 seconds"), form.get_by_label("Back 15 seconds")
    save = form.get_by_role("button", name="Save the keys")
    taken = "J is the key of “Back 15 seconds” already."
    for given, problem in (("j", taken), ("ab", "Write one letter"), ("ж", "Write one letter")):
        forward.fill(given)
        save.press("Enter")
        expect(forward).to_be_focused()
        expect(forward).to_have_attribute("aria-invalid", "true")
        expect(forward).to_have_accessible_description(re.compile(f"^{problem}"))
        expect(forward).to_have_value(given)
        assert said(page) == [], "the field says it as it takes the focus"
    button = page.locator(".player [data-play]")
    button.press("l")
    assert time_of(page) == pytest.approx(15, abs=0.1), "nothing was changed yet"
    said(page)
    forward.fill("f")
    back.fill("")
    save.press("Enter")
    assert said(page) == ["The keys are saved in this browser."]
    page.reload()
    page.evaluate(LISTEN)
    expect(button).to_be_visible()
    for key in ("l", "j", "f"):
        button.press(key)
    assert time_of(page) == pytest.approx(30, abs=0.1)
    opened(page)
    expect(forward).to_have_value("f")
    form.get_by_role("button", name="The usual keys").press("Enter")
    button.press("j")
    assert time_of(page) == pytest.approx(15, abs=0.1)


def test_other_keyboards_are_understood(page: Page, site: Site) -> None:
    page.goto(site.page("done"))
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    play = ".player [data-play]"
    assert press_at(page, play, key="ل", code="KeyL"), "Arabic: by its place"
    assert time_of(page) == pytest.approx(15, abs=0.1)
    assert press_at(page, play, key="l", code="KeyP"), "Dvorak: by what is printed on it"
    assert time_of(page) == pytest.approx(30, abs=0.1)
    page.evaluate("document.cookie = 'settings=keys=everywhere; Path=/'")
    assert press_at(page, "main", key="Ò", code="KeyL", altKey=True, shiftKey=True), "Option on a Mac"
    assert time_of(page) == pytest.approx(45, abs=0.1)
    assert not press_at(page, play, key="l", code="KeyL", ctrlKey=True)
    assert not press_at(page, play, key="l", code="KeyL", isComposing=True)


def test_one_switch_is_enough(page: Page, site: Site) -> None:
    """Tab and Enter alone, as a switch sends them: play, sleep timer, a chapter, speed, the end of it."""
    page.goto(site.page("done"))
    tab_to(page, "Play")
    page.keyboard.press("Enter")
    until(page, f"{SOUND}.currentTime > 0.2")
    tab_to(page, "Next sentence")
    page.keyboard.press("Enter")
    tab_to(page, "More controls")
    page.keyboard.press("Enter")
    tab_to(page, "Next chapter")
    page.keyboard.press("Enter")
    until(page, f"{SOUND}.currentTime > 30")
    tab_to(page, "Faster")
    page.keyboard.press("Enter")
    tab_to(page, "Where am I?")
    page.keyboard.press("Enter")
    expect(page.locator(".options > [data-news]")).to_contain_text("chapter 2 of 3")
    tab_to(page, "Chapters")
    page.keyboard.press("Enter")
    tab_to(page, "How it is used today")
    page.keyboard.press("Enter")
    until(page, f"{SOUND}.currentTime > 64")
    tab_to(page, "Mark as heard")
    page.keyboard.press("Enter")
    page.wait_for_url("**?done=heard")
    expect(page.get_by_role("heading", name="It is marked as heard.")).to_be_focused()
    site.studio.mark_heard(site.slugs["done"], False)
