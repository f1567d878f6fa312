"""One listener in several browsers: places that go along, conflicts that lose nothing, and a queue that plays on."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import texts
from tests.browser.conftest import until
from tests.browser.site import Site
from tests.conftest import require
from tests.firefox import Firefox, sink

pytestmark = pytest.mark.browser

SOUND = "document.querySelector('audio')"
AWAY = ("ERR_FAILED", "ERR_INTERNET_DISCONNECTED")


@pytest.fixture
def walk(site: Site) -> str:
    """The path of an article of its own, of more than a minute."""
    return f"/articles/{site.narrated(texts.long_document('A walk on two devices', 40)).slug}"


@pytest.fixture
def pair(open_page: Callable[..., Page]) -> tuple[Page, Page]:
    """Two browsers of one listener: a phone and a laptop."""
    phone, laptop = (open_page(quiet=AWAY) for _ in range(2))
    phone.goto("/listener")
    phone.get_by_role("button", name="Show a code").click()
    rename(phone, "Phone")
    phone.get_by_role("button", name="Show a code").click()
    code = phone.locator(".code [aria-hidden]").inner_text()
    laptop.goto("/join")
    laptop.get_by_label("Code").fill(code)
    laptop.get_by_role("button", name="Join").click()
    expect(laptop.get_by_role("heading", name="Phone")).to_be_visible()
    rename(laptop, "Laptop")
    return phone, laptop


def rename(page: Page, name: str) -> None:
    own = page.locator(".shelf", has=page.get_by_role("heading", name="This device"))
    own.get_by_label("Name").fill(name)
    own.get_by_role("button").click()
    expect(page.get_by_text("Saved.")).to_be_visible()


def is_put(request: object) -> bool:
    return getattr(request, "request", request).method == "PUT"  # type: ignore[attr-defined]


def listen(page: Page, path: str, seconds: float) -> None:
    """Play from there for a moment, and stop. Comes back when the site knows."""
    page.goto(path)
    page.get_by_role("button", name="Play", exact=True).click()
    until(page, f"{SOUND}.currentTime > 0")
    page.evaluate(f"{SOUND}.currentTime = {seconds}")
    until(page, f"!{SOUND}.seeking && {SOUND}.currentTime >= {seconds}")
    with page.expect_response(is_put):
        page.get_by_role("button", name="Pause", exact=True).click()


def listen_offline(page: Page, seconds: float) -> None:
    """On the article's page: go there without the site, and leave the page before the site is back."""
    page.get_by_role("button", name="Play", exact=True).click()
    until(page, f"{SOUND}.buffered.length && {SOUND}.buffered.end(0) > {seconds} + 1")
    page.context.set_offline(True)
    # what is sent as a page is left, the emulation lets through
    page.evaluate("void (window.fetch = () => Promise.reject(new TypeError('offline')))")
    page.evaluate(f"{SOUND}.currentTime = {seconds}")
    until(page, f"!{SOUND}.seeking")
    page.get_by_role("button", name="Pause", exact=True).click()
    page.wait_for_timeout(1300)
    page.goto("about:blank")
    page.context.set_offline(False)


def where(page: Page) -> float:
    return float(page.evaluate(f"{SOUND}.currentTime"))


def at(page: Page, path: str, seconds: float) -> None:
    page.goto(path)
    until(page, f"Math.abs({SOUND}?.currentTime - {seconds}) < 3")


def test_who_only_reads_gets_no_cookie(page: Page, walk: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in ("/", "/library", walk, "/queue", "/history", "/listener", "/join"):
        page.goto(path)
    page.wait_for_timeout(300)
    assert page.context.cookies() == []
    assert not [url for url in asked if "/api/places" in url]


def test_the_cookie_is_out_of_reach_for_scripts(page: Page, walk: str) -> None:
    listen(page, walk, 20)
    (cookie,) = page.context.cookies()
    assert (cookie["name"], cookie["httpOnly"], cookie["sameSite"]) == ("listener", True, "Lax")
    assert "listener" not in page.evaluate("document.cookie")


def test_the_place_goes_along_to_the_other_browser_and_to_its_home_page(pair: tuple[Page, Page], walk: str) -> None:
    phone, laptop = pair
    listen(phone, walk, 31)
    laptop.goto("/")
    card = laptop.locator(".begun", has_text="two devices").first
    expect(card).to_contain_text(re.compile(r"\d+ (minute|second)s? left"))
    card.get_by_role("link", name="Continue").click()
    until(laptop, f"Math.abs({SOUND}?.currentTime - 31) < 3")
    expect(laptop.locator("#resume")).to_have_text(re.compile("Play continues from 3[1-3] seconds"))
    expect(laptop.locator("[data-also]")).to_be_hidden()


def test_the_newest_place_wins_and_the_other_one_is_offered(pair: tuple[Page, Page], walk: str) -> None:
    phone, laptop = pair
    listen(phone, walk, 15)
    at(laptop, walk, 15)
    listen(laptop, walk, 50)
    at(phone, walk, 50)
    offer = phone.locator("[data-also]")
    expect(offer).to_contain_text(re.compile("On this device you were also at 1[5-7] seconds"))
    expect(phone.locator(".options [data-news]")).to_have_text(re.compile("On this device you were also at"))
    phone.reload()
    offer.get_by_role("button", name=re.compile("Go to 1[5-7] seconds")).click()
    until(phone, f"Math.abs({SOUND}?.currentTime - 16) < 3")
    expect(phone.get_by_role("button", name="Play", exact=True)).to_be_focused()
    offer.get_by_role("button", name=re.compile("Back to 5[0-2] seconds")).click()
    until(phone, f"Math.abs({SOUND}?.currentTime - 51) < 3")


def test_what_was_heard_offline_arrives_later_and_neither_place_is_lost(pair: tuple[Page, Page], walk: str) -> None:
    """The phone listens without the site, then the laptop with it; the phone's news come last and are older."""
    phone, laptop = pair
    listen(laptop, walk, 5)
    at(phone, walk, 5)
    listen_offline(phone, 60)
    listen(laptop, walk, 30)
    phone.goto(walk)
    expect(phone.locator("[data-also]")).to_contain_text(re.compile("You were also at 1 minute.*on Phone"))
    until(phone, f"Math.abs({SOUND}?.currentTime - 31) < 3")
    laptop.reload()
    expect(laptop.locator("[data-also]")).to_contain_text(re.compile("You were also at 1 minute.*on Phone"))
    assert abs(where(laptop) - 31) < 3
    laptop.get_by_role("button", name="Stay here").click()
    expect(laptop.locator("[data-also]")).to_be_hidden()
    laptop.reload()
    laptop.wait_for_timeout(400)
    expect(laptop.locator("[data-also]")).to_be_hidden()


def test_a_newer_place_does_not_move_who_listens_already(pair: tuple[Page, Page], walk: str) -> None:
    phone, laptop = pair
    listen(laptop, walk, 50)

    def late(route: Route) -> None:
        phone.wait_for_timeout(900)
        route.continue_()

    phone.route("**/api/places/**", late)
    phone.goto(walk)
    phone.get_by_role("button", name="Play", exact=True).click()
    until(phone, f"{SOUND}.currentTime > 0.1")
    expect(phone.locator("[data-also]")).to_contain_text(re.compile("You were also at 5[0-2] seconds, on Laptop"))
    assert where(phone) < 10


def test_another_recording_goes_on_at_the_same_sentence(pair: tuple[Page, Page], site: Site, walk: str) -> None:
    phone, laptop = pair
    listen(phone, walk, 40)
    phone.goto(walk)
    sentence = phone.locator(".sentence.now").get_attribute("id")
    body = laptop.request.get(walk).text()
    slower = re.sub(r'data-(start|end)="([\d.]+)"', lambda m: f'data-{m[1]}="{float(m[2]) * 1.2:.3f}"', body)
    laptop.route(f"**{walk}", lambda route: route.fulfill(body=slower, content_type="text/html"))
    laptop.goto(walk)
    until(laptop, f"{SOUND}.currentTime > 1")
    expect(laptop.locator(".sentence.now")).to_have_id(sentence or "none")
    start = float(laptop.locator(f"#{sentence}").get_attribute("data-start") or "nan")
    assert where(laptop) == pytest.approx(start, abs=0.1)


def test_what_was_finished_elsewhere_begins_anew(pair: tuple[Page, Page], site: Site, walk: str) -> None:
    phone, laptop = pair
    listen(laptop, walk, 30)
    at(phone, walk, 30)
    phone.get_by_role("button", name="Play", exact=True).click()
    until(phone, f"{SOUND}.currentTime > 30.1")
    with phone.expect_response(is_put):
        phone.evaluate(f"{SOUND}.currentTime = {SOUND}.duration - 0.3")
        until(phone, f"{SOUND}.ended")
    laptop.goto(walk)
    until(laptop, f"{SOUND}.currentTime === 0")
    expect(laptop.locator("#resume")).to_be_empty()
    expect(laptop.locator("[data-also]")).to_be_hidden()
    laptop.goto("/library")
    expect(laptop.locator(f"#article-{walk.rpartition('/')[2]}")).to_contain_text("Finished")
    site.studio.mark_heard(walk.rpartition("/")[2], False)


def test_what_was_heard_while_the_site_was_away_is_on_the_home_page(open_page: Callable[..., Page], walk: str) -> None:
    page = open_page(quiet=AWAY)
    page.goto(walk)
    listen_offline(page, 20)
    assert page.context.cookies() == [], "the site knows nothing yet"
    page.goto("/")
    card = page.locator(".begun")
    expect(card).to_have_count(1)
    expect(card).to_contain_text("two devices")


def test_a_browser_that_forgets_has_no_places_left(pair: tuple[Page, Page], walk: str) -> None:
    phone, laptop = pair
    listen(phone, walk, 33)
    phone.goto("/listener")
    phone.get_by_text("Forget me on this device").click()
    phone.get_by_role("button", name="Yes, forget me here").click()
    expect(phone.get_by_text("are forgotten on this device")).to_be_visible()
    assert phone.context.cookies() == []
    phone.goto(walk)
    phone.wait_for_timeout(300)
    assert where(phone) == 0
    at(laptop, walk, 33)


def queue_up(page: Page, site: Site, *titles: str) -> list[str]:
    """Short articles in the queue, and their paths."""
    paths = [f"/articles/{site.narrated(texts.long_document(title, 2)).slug}" for title in titles]
    for path in paths:
        page.goto(path)
        page.get_by_role("button", name="Add to the queue").click()
        expect(page.get_by_role("button", name="Remove from the queue")).to_be_visible()
    return paths


def near_the_end(page: Page, path: str) -> None:
    page.goto(path)
    page.get_by_role("button", name="Play", exact=True).click()
    until(page, f"{SOUND}.currentTime > 0")
    page.evaluate(f"{SOUND}.currentTime = {SOUND}.duration - 0.6")


def test_the_next_article_of_the_queue_plays_when_that_is_chosen(page: Page, site: Site) -> None:
    one, two = queue_up(page, site, "First of the queue", "Second of the queue")
    page.goto("/queue")
    page.get_by_label("Go on with the next one of the queue").check()
    page.get_by_role("button", name="Save").click()
    near_the_end(page, one)
    page.evaluate(
        """() => {
            window.stays = true;
            window.said = [];
            new MutationObserver(() => {
                const text = document.querySelector('.options [data-news]')?.textContent;
                if (text && text !== said.at(-1)) said.push(text);
            }).observe(document.body, { subtree: true, childList: true, characterData: true });
        }"""
    )
    page.wait_for_url(f"**{two}")
    until(page, f"!{SOUND}.paused && {SOUND}.currentTime > 0.3")
    assert page.evaluate("window.stays"), "the page was not left"
    assert "Second of the queue" in page.title()
    expect(page.get_by_role("heading", level=1)).to_have_text("Second of the queue")
    expect(page.get_by_role("button", name="Pause", exact=True)).to_be_focused()
    page.wait_for_timeout(700)
    assert page.evaluate("said") == ["Now: Second of the queue"]
    page.goto("/queue")
    expect(page.locator("h2 a")).to_have_text(["Second of the queue"])
    page.go_back()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("First of the queue")


def test_the_sound_stops_at_the_end_when_it_is_not_chosen(page: Page, site: Site) -> None:
    one, _ = queue_up(page, site, "Only this one", "Not this one")
    near_the_end(page, one)
    until(page, f"{SOUND}.ended")
    page.wait_for_timeout(2500)
    assert page.url.endswith(one)
    page.goto("/queue")
    expect(page.locator("h2 a")).to_have_text(["Not this one"])


def test_what_forbids_going_on_is_obeyed(page: Page, site: Site) -> None:
    """As a sleep timer does that ends with the article."""
    one, _ = queue_up(page, site, "The last tonight", "For tomorrow")
    page.goto("/queue")
    page.get_by_label("Go on with the next one of the queue").check()
    page.get_by_role("button", name="Save").click()
    near_the_end(page, one)
    page.evaluate("document.addEventListener('onward', (event) => event.preventDefault())")
    until(page, f"{SOUND}.ended")
    page.wait_for_timeout(2500)
    assert page.url.endswith(one)


def test_the_queue_is_sorted_by_keyboard_and_the_focus_stays_on_the_button(page: Page, site: Site) -> None:
    queue_up(page, site, "A in the queue", "B in the queue", "C in the queue")
    page.goto("/queue")
    page.get_by_role("button", name=re.compile("Move down: A in the queue")).focus()
    page.keyboard.press("Enter")
    expect(page.locator("h2 a")).to_have_text(["B in the queue", "A in the queue", "C in the queue"])
    button = page.get_by_role("button", name=re.compile("Move down: A in the queue"))
    expect(button).to_be_focused()
    expect(button).to_have_accessible_description("Number 2 of 3")
    page.keyboard.press("Enter")
    expect(page.locator("h2 a")).to_have_text(["B in the queue", "C in the queue", "A in the queue"])
    expect(page.get_by_role("button", name=re.compile("Move up: A in the queue"))).to_be_focused()


@pytest.mark.outside
def test_firefox_goes_on_although_it_lets_no_new_page_sound(site: Site) -> None:
    """Its usual settings are strict: what the next article needs is that the page was not left."""
    program = shutil.which("firefox") or require("firefox-esr")
    require("pulseaudio")
    one, two = (site.narrated(texts.long_document(f"{name} for Firefox", 2)).slug for name in ("One", "Two"))
    put = "fetch('/api/queue', {{method: 'POST', headers: {{'Content-Type': 'application/json'}}, body: '{}'}})"
    moved = f"""(async () => {{
        const ends = performance.now() + 20000;
        while (performance.now() < ends && !(location.pathname.endsWith({two!r}) && {SOUND}?.currentTime > 0.3))
            await new Promise((done) => setTimeout(done, 20));
        return [location.pathname, {SOUND}.paused, document.title];
    }})()"""
    with sink() as environment, Firefox(program, environment, is_strict=True) as firefox:
        firefox.goto(f"{site.url}/articles/{one}")
        firefox.evaluate(put.format(f'{{"slug": "{two}"}}') + ".then(() => 1)", is_used=False)
        firefox.evaluate("void (document.cookie = 'settings=onward=on; Path=/')", is_used=False)
        refused = firefox.evaluate(f"{SOUND}.play().then(() => '', (problem) => problem.name)", is_used=False)
        assert refused == "NotAllowedError", "it is strict"
        firefox.click("[data-play]")
        firefox.evaluate(
            f"""(async () => {{
                while (!({SOUND}.currentTime > 0)) await new Promise((done) => setTimeout(done, 20));
                {SOUND}.currentTime = {SOUND}.duration - 0.6;
            }})()""",
            is_used=False,
        )
        path, is_paused, title = firefox.evaluate(moved, is_used=False)
        assert (path, is_paused) == (f"/articles/{two}", False)
        assert "Two for Firefox" in title
