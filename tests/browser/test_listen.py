"""The big button: a spoken menu that is used with one key, a media key, a switch, or a hand that shakes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser import texts
from tests.browser.conftest import Watched, until
from tests.browser.looks import LOOKS, check
from tests.browser.site import Site, opened

pytestmark = pytest.mark.browser

WATCHED = """
    document.cookie = 'settings=speed=3; Path=/';
    window.keys = {};
    navigator.mediaSession.setActionHandler = (name, action) => { keys[name] = action; };
    window.sounds = [];
    window.Audio = class extends Audio { constructor() { super(); sounds.push(this); } };
"""
VOICE, ARTICLE = "sounds[0]", "sounds.at(-1)"
TITLES = ("Otters hold hands", "Herons wait", "Bees dance")


@pytest.fixture(scope="module")
def kitchen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with opened(tmp_path_factory.mktemp("kitchen")) as made:
        for title in reversed(TITLES):
            made.slugs[title] = made.narrated(texts.long_document(title, 1)).slug
        yield made


@pytest.fixture
def at(chromium: Browser, kitchen: Site) -> Iterator[Callable[..., Page]]:
    """Opens the page with nothing heard yet."""
    watched: list[Watched] = []
    for title in TITLES:
        kitchen.studio.mark_heard(kitchen.slugs[title], False)

    def opener(path: str = "/listen", *, quiet: tuple[str, ...] = (), **options: Any) -> Page:
        context = chromium.new_context(base_url=kitchen.url, **{"reduced_motion": "reduce", **options})
        context.add_init_script(WATCHED)
        watched.append(Watched(context.new_page(), kitchen.url, ("outside: blob:", *quiet)))
        watched[-1].page.goto(path)
        return watched[-1].page

    yield opener
    for one in watched:
        one.page.context.close()
    assert not [fault for one in watched for fault in one.faults]


def is_at(page: Page, state: str, title: str = "") -> None:
    expect(page.locator(f"[data-station][data-state={state}]")).to_be_visible()
    if title:
        expect(page.locator("[data-now]")).to_have_text(title)


def sounds(page: Page, which: str) -> None:
    until(page, f"!{which}.paused && {which}.currentTime > 0")


def is_heard(page: Page, kitchen: Site, slug: str) -> None:
    for _ in range(100):
        if kitchen.studio.page(slug).article.heard_at:
            return
        page.wait_for_timeout(50)
    pytest.fail("it is not marked as heard")


def spaced(page: Page) -> None:
    """Longer than what counts as one press."""
    page.wait_for_timeout(450)


def press(page: Page, key: str = "Space") -> None:
    spaced(page)
    page.keyboard.press(key)


def waited(page: Page) -> None:
    """The voice has said what it says, and nobody pressed."""
    until(page, f"{VOICE}.currentTime > {VOICE}.duration - 6")
    page.wait_for_timeout(300)  # until the page has noticed
    page.clock.fast_forward(6000)


def test_one_key_is_enough(at: Callable[..., Page], kitchen: Site) -> None:
    page = at()
    button = page.get_by_role("button", name="Press", exact=True)
    expect(button).to_be_focused()
    is_at(page, "silent")
    press(page, "Enter")
    is_at(page, "headline", "Otters hold hands")
    sounds(page, VOICE)
    press(page)
    is_at(page, "playing", "Otters hold hands")
    sounds(page, ARTICLE)
    assert page.evaluate(f"{VOICE}.paused")
    press(page, "Enter")
    is_at(page, "paused")
    assert page.evaluate("sounds.every((sound) => sound.paused)")
    at_rest = page.evaluate(f"{ARTICLE}.currentTime")
    press(page)
    is_at(page, "offering")
    is_at(page, "playing")
    sounds(page, ARTICLE)
    assert page.evaluate(f"{ARTICLE}.currentTime") >= at_rest
    press(page)
    press(page)
    is_at(page, "offering")
    press(page)
    is_at(page, "headline", "Otters hold hands")
    expect(page.locator("[data-word]")).to_have_text("You were in the middle of this one")
    expect(button).to_be_focused()


def test_the_menu_goes_on_by_itself_to_its_end_and_plays_nothing(at: Callable[..., Page]) -> None:
    page = at()
    page.clock.install()
    said: list[str] = []
    page.on("request", lambda request: "/say/" in request.url and said.append(request.url.partition("/say/")[2]))
    page.keyboard.press("Enter")
    for title in TITLES:
        is_at(page, "headline", title)
        sounds(page, VOICE)
        waited(page)
    is_at(page, "all")
    waited(page)
    until(page, f"{VOICE}.paused")
    assert page.evaluate(f"!{VOICE}.ended"), "what has ended has no media keys"
    assert page.evaluate("sounds.length") == 1
    assert {address for address in said if address.startswith("headline")} == {
        f"headline-{number}/{slug}.mp3"
        for number, slug in enumerate((title.lower().replace(" ", "-") for title in TITLES), start=1)
    }
    press(page)
    is_at(page, "headline", TITLES[0])


def test_what_was_heard_to_its_end_is_marked_and_the_next_headline_comes(
    at: Callable[..., Page], kitchen: Site
) -> None:
    page = at()
    page.keyboard.press("Enter")
    press(page)
    is_at(page, "playing", TITLES[0])
    until(page, f"{ARTICLE}.ended", seconds=30)
    is_at(page, "headline", TITLES[1])
    sounds(page, VOICE)
    is_heard(page, kitchen, kitchen.slugs[TITLES[0]])
    for title in TITLES[1:]:
        kitchen.studio.mark_heard(kitchen.slugs[title])
    page.reload()
    page.get_by_role("button", name="Press", exact=True).click()
    is_at(page, "nothing")
    sounds(page, VOICE)


def test_a_headset_s_keys_are_enough(at: Callable[..., Page]) -> None:
    page = at()

    def key(name: str) -> None:
        spaced(page)
        page.evaluate(f"keys.{name}()")

    key("play")
    is_at(page, "headline", TITLES[0])
    sounds(page, VOICE)
    assert page.evaluate("navigator.mediaSession.metadata.title") == TITLES[0]
    until(page, "navigator.mediaSession.playbackState === 'playing'")
    key("nexttrack")
    is_at(page, "headline", TITLES[1])
    key("previoustrack")
    is_at(page, "headline", TITLES[0])
    key("nexttrack")
    key("pause")  # the one button of a headset says so while there is sound
    is_at(page, "playing", TITLES[1])
    sounds(page, ARTICLE)
    key("pause")
    is_at(page, "paused")
    until(page, "navigator.mediaSession.playbackState === 'paused'")
    key("play")
    is_at(page, "offering")
    is_at(page, "playing")
    key("previoustrack")
    is_at(page, "headline", TITLES[1])
    key("nexttrack")
    is_at(page, "headline", TITLES[2])


def test_the_media_keys_of_a_keyboard_begin(at: Callable[..., Page]) -> None:
    page = at()
    page.keyboard.press("MediaPlayPause")
    is_at(page, "headline", TITLES[0])
    press(page, "MediaTrackNext")
    is_at(page, "headline", TITLES[1])


def test_a_hand_that_shakes_presses_once(at: Callable[..., Page]) -> None:
    page = at(has_touch=True)
    button = page.get_by_role("button", name="Press", exact=True)
    page.clock.install(time=0)
    page.clock.pause_at(10_000)
    for _ in range(4):  # a tremor: each stroke 300 ms behind the one before
        button.tap()
        page.clock.fast_forward(300)
    is_at(page, "headline")
    page.clock.fast_forward(101)
    button.click(click_count=2)
    is_at(page, "playing")
    page.clock.fast_forward(401)
    for _ in range(4):  # a key that is held down repeats
        page.keyboard.down("Enter")
        page.clock.fast_forward(500)
    page.keyboard.up("Enter")
    is_at(page, "paused")


def test_a_finger_that_slides_presses_too_and_one_that_leaves_does_not(at: Callable[..., Page]) -> None:
    page = at(has_touch=True)
    box = page.get_by_role("button", name="Press", exact=True).bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    fingers = page.context.new_cdp_session(page)

    def slide(to_x: float, to_y: float) -> None:
        def touch(kind: str, *points: tuple[float, float]) -> None:
            found = [{"x": at_x, "y": at_y} for at_x, at_y in points]
            fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": found})

        touch("touchStart", (x, y))
        for part in range(1, 6):
            touch("touchMove", (x + (to_x - x) * part / 5, y + (to_y - y) * part / 5))
        touch("touchEnd")

    slide(x, box["y"] + box["height"] + 30)
    page.wait_for_timeout(200)
    is_at(page, "silent")
    slide(x + 150, y - 120)
    is_at(page, "headline")


def test_a_key_works_where_the_focus_was_lost(at: Callable[..., Page]) -> None:
    page = at()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Space")
    is_at(page, "headline")
    expect(page.get_by_role("button", name="Press", exact=True)).to_be_focused()


def test_a_press_that_comes_late_means_the_headline_before(at: Callable[..., Page]) -> None:
    page = at()
    page.clock.install()
    page.keyboard.press("Enter")
    is_at(page, "headline", TITLES[0])
    sounds(page, VOICE)
    waited(page)
    is_at(page, "headline", TITLES[1])
    page.keyboard.press("Enter")
    is_at(page, "playing", TITLES[0])
    press(page)
    is_at(page, "paused")
    press(page)
    is_at(page, "offering")
    spaced(page)
    page.get_by_role("button", name="Next", exact=True).click()
    spaced(page)
    page.get_by_role("button", name="Press", exact=True).click()
    is_at(page, "playing", TITLES[1])  # who asked for this headline means it


def test_an_article_that_is_not_narrated_is_played_from_the_menu(at: Callable[..., Page], kitchen: Site) -> None:
    added = kitchen.add(texts.long_document("Newts come back", 1))
    page = at()
    page.keyboard.press("Enter")
    is_at(page, "headline", TITLES[0])
    for _ in TITLES:
        spaced(page)
        page.get_by_role("button", name="Next", exact=True).click()
    is_at(page, "headline", "Newts come back")
    spaced(page)
    page.get_by_role("button", name="Press", exact=True).click()
    is_at(page, "playing", "Newts come back")
    sounds(page, ARTICLE)
    until(page, f"{ARTICLE}.ended", seconds=30)
    is_at(page, "all")
    is_heard(page, kitchen, added.slug)
    kitchen.studio.shelf.remove(added.slug)


def test_what_was_left_in_its_middle_is_offered_first_and_goes_on_there(at: Callable[..., Page], kitchen: Site) -> None:
    page = at(f"/articles/{kitchen.slugs[TITLES[2]]}")
    page.evaluate(f"localStorage.setItem('voice-app.position.{kitchen.slugs[TITLES[2]]}', '4.5')")
    page.goto("/listen")
    page.keyboard.press("Enter")
    is_at(page, "headline", TITLES[2])
    expect(page.locator("[data-hint]")).to_have_text("Press to go on.")
    assert "/say/begun/" in page.evaluate(f"{VOICE}.src")
    press(page)
    sounds(page, ARTICLE)
    assert page.evaluate(f"{ARTICLE}.currentTime") >= 4.5


def test_a_screen_reader_is_silent_while_the_menu_speaks(at: Callable[..., Page]) -> None:
    page = at()
    assert page.locator("main :is([aria-live], [role=status], [role=alert])").count() == 0
    page.evaluate(
        """() => {
            window.changes = [];
            const button = document.querySelector('[data-press]');
            const about = document.getElementById(button.getAttribute('aria-describedby'));
            for (const watched of [button, about]) {
                new MutationObserver((all) => changes.push(...all.map((one) => one.type))).observe(watched, {
                    subtree: true, childList: true, characterData: true, attributes: true });
            }
        }"""
    )
    page.clock.install()
    page.keyboard.press("Enter")
    sounds(page, VOICE)
    waited(page)
    is_at(page, "headline", TITLES[1])
    press(page)
    is_at(page, "playing")
    press(page)
    assert page.evaluate("changes") == []
    button = page.get_by_role("button", name="Press", exact=True)
    expect(button).to_have_accessible_description(re.compile("^A voice says what there is"))


def test_what_cannot_be_loaded_is_said_and_tried_again(at: Callable[..., Page]) -> None:
    page = at(quiet=("Failed to load resource",))
    page.keyboard.press("Enter")
    is_at(page, "headline", TITLES[0])
    sounds(page, VOICE)

    def away(route: Route) -> None:
        route.abort()

    page.context.route(re.compile("/(audio|say)/"), away)
    press(page)
    is_at(page, "trouble", TITLES[0])
    expect(page.locator("[data-word]")).to_have_text("The sound could not be loaded")
    sounds(page, VOICE)
    page.context.unroute(re.compile("/(audio|say)/"), away)
    press(page)
    is_at(page, "playing", TITLES[0])
    sounds(page, ARTICLE)


def test_a_page_that_stays_open_learns_of_new_articles(at: Callable[..., Page], kitchen: Site) -> None:
    page = at()
    page.clock.install()
    page.reload()
    added = kitchen.narrated(texts.long_document("Swifts are here", 1))
    page.clock.fast_forward(61_000)
    expect(page.get_by_role("link", name="Swifts are here")).to_be_attached()
    page.keyboard.press("Enter")
    is_at(page, "headline", "Swifts are here")
    kitchen.studio.shelf.remove(added.slug)


@pytest.mark.parametrize(("width", "height"), [(320, 568), (390, 844), (740, 360), (820, 1180), (1180, 820)])
def test_the_button_fills_what_can_be_seen(at: Callable[..., Page], width: int, height: int) -> None:
    page = at(viewport={"width": width, "height": height})
    button = page.get_by_role("button", name="Press", exact=True)
    box = button.bounding_box()
    assert box
    assert box["width"] * box["height"] > 0.55 * width * height
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= height
    page.keyboard.press("Enter")
    is_at(page, "headline", TITLES[0])
    last = page.get_by_role("button", name="Headlines").bounding_box()
    assert last
    assert last["y"] + last["height"] <= height
    style = button.evaluate("(e) => [getComputedStyle(e).touchAction, getComputedStyle(e).userSelect]")
    assert style == ["pinch-zoom", "none"]


@pytest.mark.parametrize("look", ["light", "dark", "forced colours", "320 wide", "400 per cent"])
def test_nothing_is_found_in_any_state(at: Callable[..., Page], look: str) -> None:
    page = at(**LOOKS[look].options)
    for state in ("headline", "playing", "paused", "offering"):
        page.keyboard.press("Enter")
        is_at(page, state)
        spaced(page)
        if state != "offering":
            check(page, f"{state}, {look}")


def test_another_device_s_place_and_queue_come_first(at: Callable[..., Page], kitchen: Site) -> None:
    page = at()
    bees, herons = kitchen.slugs["Bees dance"], kitchen.slugs["Herons wait"]
    told = """async ([path, method, body]) => {
        const headers = { 'Content-Type': 'application/json' };
        return (await fetch(path, { method, headers, body: body && JSON.stringify(body) })).status;
    }"""
    place = {"seconds": 5.5, "length": 12.0, "finished": False, "sentence": "", "known": None, "seconds_ago": 60}
    assert page.evaluate(told, [f"/api/places/{herons}", "PUT", place]) == 200
    assert page.evaluate(told, ["/api/queue", "POST", {"slug": bees}]) in (200, 201)
    page.reload()
    page.keyboard.press("Enter")
    is_at(page, "headline", "Herons wait")
    expect(page.locator("[data-hint]")).to_have_text("Press to go on.")
    press(page)
    sounds(page, ARTICLE)
    assert page.evaluate(f"{ARTICLE}.currentTime") >= 5.5
    spaced(page)
    page.get_by_role("button", name="Next", exact=True).click()
    is_at(page, "headline", "Bees dance")
    expect(page.locator("[data-word]")).to_have_text("Headline 1")
