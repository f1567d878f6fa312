"""Each control of the player by the keyboard: what it does, what is said of it, and that nothing else is said."""

from __future__ import annotations

import re

import pytest
from lxml import html
from playwright.sync_api import Page, expect

from tests.browser.conftest import until
from tests.browser.site import Site
from tests.browser.test_keyboard import SOUND, tab_to, time_of
from voice_app.publish.settings import CONTROLS

pytestmark = pytest.mark.browser

SAID = ".options > [data-news]"
LISTEN = """() => {
    window.said = [];
    const live = '[role=status], [role=alert], [role=log], [aria-live]';
    new MutationObserver((all) => all.forEach(({ target }) => {
        const region = (target.nodeType === 1 ? target : target.parentElement)?.closest(live);
        if (region && region.textContent.trim()) said.push(region.textContent.trim());
    })).observe(document.body, { subtree: true, childList: true, characterData: true });
}"""


def choose(page: Page, **places: str) -> None:
    """Have the settings' cookie, each control's place by its name."""
    value = "&".join(f"show{name}={place}" for name, place in places.items())
    page.context.add_cookies([{"name": "settings", "value": value, "url": "http://127.0.0.1"}])


def press(page: Page, name: str) -> None:
    """Reach a button of the drawer by Tab from its summary, and press it."""
    drawer = page.locator("summary", has_text="More controls")
    if drawer.locator("..").get_attribute("open") is None:
        drawer.press("Enter")
    drawer.focus()
    tab_to(page, name)
    page.keyboard.press("Enter")


def said(page: Page) -> list[str]:
    """What was said since the last time, after all that is said has been."""
    page.wait_for_timeout(450)
    told: list[str] = page.evaluate("said.splice(0)")
    return told


def marked(page: Page) -> str:
    return page.locator(".sentence.now").inner_text()


def test_steps_by_paragraph_heading_and_chapter_say_where_they_lead(page: Page, site: Site) -> None:
    page.goto(site.page("done"))
    page.evaluate(LISTEN)
    for name, text in (
        ("Next paragraph", "The clerk who measured the sea"),
        ("Next paragraph", "This article is read by a synthetic voice."),
        ("Next heading", "What he wrote down"),
        ("Next paragraph", "Each line has four parts."),
        ("Next paragraph", "the hour of high water"),
        ("Previous heading", "What he wrote down"),
        ("Next chapter", "How it is used today"),
        ("Next paragraph", "A short program turns the inches into metres."),
        ("Next sentence", "The rest is patience, and a good deal of vinegar."),
        ("Previous paragraph", "A short program turns the inches into metres."),
        ("Previous chapter", "How it is used today"),
        ("Previous chapter", "What he wrote down"),
    ):
        if name.endswith("sentence"):
            page.get_by_role("button", name=name).press("Enter")
        else:
            press(page, name)
        assert said(page) == [text], name
        assert marked(page).startswith(text), name


def test_at_the_ends_a_step_says_that_it_leads_nowhere(page: Page, site: Site) -> None:
    page.goto(site.page("done"))
    page.evaluate(LISTEN)
    press(page, "Previous chapter")
    assert said(page) == ["There is no earlier chapter."]
    page.get_by_role("slider", name="Position").press("End")
    for unit in ("heading", "chapter"):
        press(page, f"Next {unit}")
        assert said(page) == [f"There is no later {unit}."]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1:05", 65),
        ("0:01:05", 65),
        ("65", 65),
        ("1 min 5 s", 65),
        ("1m5s", 65),
        ("1 minute, 5 seconds", 65),
        ("50 %", 43.6),
        ("25%", 21.8),
        ("١:٠٥", 65),
        (" 0:10 ", 10),
    ],
)
def test_the_field_goes_to_a_time(page: Page, site: Site, text: str, seconds: float) -> None:
    page.goto(site.page("done"))
    page.evaluate(LISTEN)
    tab_to(page, "Go to")
    page.keyboard.insert_text(text)
    page.keyboard.press("Enter")
    assert time_of(page) == pytest.approx(seconds, abs=0.6)
    assert len(said(page)) == 1
    expect(page.get_by_label("Go to", exact=True)).to_be_focused()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "This is not a time."),
        ("soon", "This is not a time."),
        ("1:75", "This is not a time."),
        ("-5", "This is not a time."),
        ("5 s 2 min", "This is not a time."),
        ("120 %", "This is not a time."),
        ("12:30", "The sound ends at 1 minute 27 seconds. Write an earlier time."),
        ("<b>1</b>", "This is not a time."),
    ],
)
def test_a_time_that_is_not_understood_is_said_once_and_beside_the_field(
    page: Page, site: Site, text: str, problem: str
) -> None:
    page.goto(site.page("done"))
    page.evaluate(LISTEN)
    field = page.get_by_label("Go to", exact=True)
    field.fill(text)
    field.press("Enter")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile(f"^{re.escape(problem)}"))
    expect(field).to_have_value(text)
    expect(field).to_be_focused()
    (told,) = said(page)
    assert told.startswith(problem)
    assert time_of(page) == 0
    field.fill("10")
    field.press("Enter")
    expect(field).not_to_have_attribute("aria-invalid", "true")
    assert said(page) == ["10 seconds"]


def test_the_speed_goes_from_half_to_four_times_and_is_kept(page: Page, site: Site) -> None:
    page.goto(site.page("done"))
    page.evaluate(LISTEN)
    speed = page.get_by_label("Speed")
    values = speed.locator("option").evaluate_all("(all) => all.map((one) => Number(one.value))")
    assert (values[0], values[-1], values) == (0.5, 4, sorted(values))
    press(page, "Faster")
    assert said(page) == ["1.25 times"]
    page.get_by_role("button", name="Slower").evaluate("(e) => { e.click(); e.click(); }")
    assert said(page) == ["0.75 times"], "the last of quick steps is said"
    expect(speed).to_have_value("0.75")
    speed.select_option("4")
    assert said(page) == [], "a list says itself what was chosen in it"
    assert page.evaluate(f"[{SOUND}.playbackRate, {SOUND}.preservesPitch]") == [4, True]
    page.reload()
    expect(speed).to_have_value("4")
    assert page.evaluate(f"{SOUND}.playbackRate") == 4


def test_the_volume_and_mute(page: Page, site: Site) -> None:
    page.goto(site.page("done"))
    page.evaluate(LISTEN)
    press(page, "Mute")
    expect(page.get_by_role("button", name="Unmute")).to_be_focused()
    assert page.evaluate(f"{SOUND}.muted")
    volume = page.get_by_role("slider", name="Volume")
    page.keyboard.press("Tab")
    expect(volume).to_be_focused()
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(f"[{SOUND}.muted, {SOUND}.volume]") == [False, 0.95]
    expect(volume).to_have_attribute("aria-valuetext", "95 %")
    assert said(page) == [], "the button and the slider say themselves what they are"
    volume.press("m")
    assert page.evaluate(f"{SOUND}.muted")
    assert said(page) == ["Sound off."]


def test_where_am_i_is_told_when_it_is_asked_and_as_often_as_it_is(page: Page, site: Site) -> None:
    page.goto(site.page("done"))
    page.evaluate(LISTEN)
    page.get_by_label("Speed").select_option("2")
    field = page.get_by_label("Go to", exact=True)
    field.fill("1:12")
    field.press("Enter")
    said(page)
    place = r"How it is used today, chapter 3 of 3\. Paragraph \d+ of \d+\. "
    place += r"1 minute 12 seconds of 1 minute 27 seconds\. 7 seconds left at this speed\."
    for _ in range(2):
        press(page, "Where am I?")
        (told,) = said(page)
        assert re.fullmatch(place, told), told
    expect(page.locator(SAID)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(SAID)).to_have_text("")


def test_the_chapter_that_is_heard_is_named_in_words(page: Page, site: Site) -> None:
    page.goto(site.page("done"))
    page.locator("summary", has_text="Chapters").press("Enter")
    expect(page.locator("[data-here]:visible")).to_have_count(0)
    chapters = page.locator(".chapters li")
    chapters.nth(1).get_by_role("button").press("Enter")
    expect(chapters.nth(1)).to_contain_text("You are here")
    expect(page.locator("[data-here]:visible")).to_have_count(1)
    assert page.locator(".map .current").evaluate("(e) => [...e.parentElement.children].indexOf(e)") == 1
    widths = page.locator(".map span").evaluate_all("(all) => all.map((e) => e.getBoundingClientRect().width)")
    starts = page.evaluate("[...document.querySelectorAll('[data-chapter]')].map((e) => +e.dataset.chapter)")
    assert widths[0] / widths[1] == pytest.approx(starts[1] / (starts[2] - starts[1]), rel=0.1)
    expect(page.locator(".map")).to_have_attribute("aria-hidden", "true")


def test_nothing_is_said_while_it_plays_and_no_focused_value_moves(page: Page, site: Site) -> None:
    choose(page, **dict.fromkeys(CONTROLS, "shown"))
    page.goto(site.page("long"))
    page.get_by_label("Speed").select_option("4")
    page.get_by_role("combobox", name="Sleep timer").select_option("5")
    page.get_by_role("button", name="Play", exact=True).press("Enter")
    until(page, f"{SOUND}.currentTime > 0")
    page.get_by_role("slider", name="Position").focus()
    page.evaluate(LISTEN)
    page.evaluate(
        """() => {
            window.moved = [];
            const focused = document.activeElement;
            new MutationObserver((all) => moved.push(...all.map((m) => m.attributeName ?? m.type)))
                .observe(focused, { attributes: true, childList: true, characterData: true });
        }"""
    )
    until(page, f"{SOUND}.currentTime > 60", seconds=25)  # past two chapters
    assert said(page) == []
    assert page.evaluate("moved") == []
    assert page.locator(".map .current").evaluate("(e) => [...e.parentElement.children].indexOf(e)") > 0


def test_each_control_can_be_put_elsewhere_and_taken_away(page: Page, site: Site) -> None:
    names = {
        "skip": "back",
        "position": "position",
        "speed": "speed",
        "goto": "goto",
        "pace": "faster",
        "volume": "volume",
        "sleep": "sleep",
        "where": "where",
    }
    for name in CONTROLS:
        sign = names.get(name, f"{name}-next")
        for place in ("shown", "more", "off"):
            choose(page, **{name: place})
            tree = html.fromstring(page.context.request.get(site.page("done")).text())
            found = tree.xpath(f"//*[@data-do='{sign}' or @data-{sign}]")
            drawers = [one for e in found for one in e.iterancestors("details")]
            assert (len(found), len(drawers)) == (place != "off", place == "more"), (name, place)


@pytest.mark.parametrize("place", ["shown", "more"])
def test_wherever_they_are_they_work(page: Page, site: Site, place: str) -> None:
    choose(page, **dict.fromkeys(CONTROLS, place))
    page.goto(site.page("done"))
    page.evaluate("document.querySelectorAll('details').forEach((e) => { e.open = true; })")
    page.get_by_role("slider", name="Position").press("PageUp")
    page.get_by_role("button", name="Back 15 seconds").press("Enter")
    page.get_by_role("button", name="Next sentence").press("Enter")
    page.get_by_role("button", name="Faster").press("Enter")
    assert time_of(page) > 45
    assert page.evaluate(f"{SOUND}.playbackRate") == 1.25
    expect(page.locator("[data-now]")).not_to_have_text("0:00")


def test_with_all_of_them_taken_away_the_keys_are_there_still(page: Page, site: Site) -> None:
    choose(page, **dict.fromkeys(CONTROLS, "off"))
    page.goto(site.page("done"))
    page.evaluate(LISTEN)
    expect(page.get_by_text("More controls")).to_have_count(0)
    button = page.get_by_role("button", name="Play", exact=True)
    for key in "hhoydmlwgz":
        button.press(key)
    assert re.search("chapter 2 of 3", said(page)[-1])
    expect(button).to_be_focused()
    assert page.evaluate(f"{SOUND}.playbackRate") == 1.25


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (404, "This sound is not there any more. Reload the page"),
        (503, "The site could not give the sound. Press Play to try again"),
        (0, "The site does not answer. Check the connection, then press Play."),
    ],
)
def test_a_sound_that_cannot_be_loaded_is_told_once_and_can_be_tried_again(
    open_page: object, site: Site, status: int, told: str
) -> None:
    page: Page = open_page(quiet=("Failed to load",))  # type: ignore[operator]
    page.route("**/audio/*.mp3", lambda route: route.fulfill(status=status) if status else route.abort())
    page.goto(site.page("done"))
    page.evaluate(LISTEN)
    page.get_by_role("button", name="Forward 15 seconds").press("Enter")
    page.get_by_role("button", name="Play", exact=True).press("Enter")
    expect(page.locator(SAID)).to_contain_text(told)
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_focused()
    assert [text for text in said(page) if text.startswith(told)] == [page.locator(SAID).inner_text()]
    page.unroute("**/audio/*.mp3")
    page.get_by_role("button", name="Play", exact=True).press("Enter")
    until(page, f"{SOUND}.currentTime > 15.1")
    expect(page.locator(SAID)).to_have_text("")
