"""What is done while the site is away arrives when it is there again, and the last word holds: the site is really
stopped and started."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import House, keep, until
from voice_app.model import Device, Place

pytestmark = pytest.mark.browser

SOUND = "document.querySelector('audio')"
TEXT = "# {title}\n\nThe tide comes in at four. Nobody on the quay is surprised.\n\n## Later\n\nIt goes out again."
TOKEN = "listener"
LONG = TEXT + "\n\n" + "The tide comes in again, as it does each day. " * 14
AGAIN = "dispatchEvent(new Event('online'))"


@pytest.fixture
def page(open_house: Callable[..., Page]) -> Page:
    return open_house()


def waited_for(page: Page, holds: Callable[[], object]) -> None:
    for _ in range(100):
        if holds():
            return
        page.wait_for_timeout(50)
    pytest.fail("the site was never told")


def listener(page: Page, house: House) -> Device:
    (cookie,) = [one for one in page.context.cookies() if one["name"] == TOKEN]
    found = house.site.studio.listening.who(cookie["value"])
    assert found
    return found


def place(page: Page, house: House, slug: str) -> Place | None:
    return house.site.studio.listening.bookmark(listener(page, house), slug).place


def queued(page: Page, house: House) -> list[str]:
    return [card.article.slug for card in house.site.studio.listening.queue(listener(page, house))]


def listen(page: Page, seconds: float) -> None:
    """Be there for a moment, and stop."""
    page.get_by_role("button", name="Play", exact=True).click()
    until(page, f"{SOUND}.currentTime > 0")
    page.evaluate(f"{SOUND}.currentTime = {seconds}")
    until(page, f"!{SOUND}.seeking && {SOUND}.currentTime >= {seconds}")
    page.get_by_role("button", name="Pause", exact=True).click()


def test_a_place_made_without_the_site_is_sent_by_whatever_page_is_opened_next(page: Page, house: House) -> None:
    slug = house.site.narrated("The tide book", TEXT).slug
    keep(page, slug)
    house.stop()
    page.goto(f"/articles/{slug}")
    listen(page, 3)
    made = datetime.now(UTC)
    page.close(run_before_unload=False)
    other = page.context.new_page()
    other.wait_for_timeout(1500)
    house.start()
    other.goto("/library")
    waited_for(other, lambda: [one for one in other.context.cookies() if one["name"] == TOKEN])
    found = place(other, house, slug)
    assert found
    assert 3 <= found.seconds < 4
    assert abs(found.at - made) < timedelta(seconds=1), "as old as it is, not as new as its arrival"


def test_a_place_is_sent_when_the_site_is_there_again_and_the_page_was_never_left(page: Page, house: House) -> None:
    slug = house.site.narrated("The tide book", TEXT).slug
    page.goto(f"/articles/{slug}")
    page.clock.install()
    page.reload()
    house.stop()
    made = "JSON.stringify({ seconds: 4, made: Date.now(), sent: false })"
    page.evaluate(f"localStorage.setItem('voice-app.position.{slug}', {made})")
    house.start()
    page.clock.fast_forward(61_000)
    waited_for(page, lambda: page.context.cookies())
    found = place(page, house, slug)
    assert found
    assert found.seconds == 4


def test_what_another_device_heard_later_stays_the_newest(page: Page, house: House) -> None:
    slug = house.site.narrated("The tide book", LONG).slug
    keep(page, slug)
    page.goto(f"/articles/{slug}")
    listen(page, 1)
    page.wait_for_timeout(1300)
    house.stop()
    page.goto(f"/articles/{slug}")
    listen(page, 2)
    page.goto("about:blank")
    house.start()
    site = house.site.studio.listening
    later = Place(seconds=25, length=40, at=datetime.now(UTC))
    known = listener(page, house)
    _, other = site.join(site.offer(known), "Laptop")
    site.keep(other, slug, later)
    page.goto(f"/articles/{slug}")
    until(page, f"Math.abs({SOUND}.currentTime - 25) < 3")
    found = place(page, house, slug)
    assert found
    assert (found.seconds, found.device) == (25, "Laptop")


def test_heard_to_its_end_without_the_site_it_is_marked_and_leaves_the_queue_later(page: Page, house: House) -> None:
    slug = house.site.narrated("The tide book", TEXT).slug
    keep(page, slug)
    page.get_by_role("button", name="Add to the queue").click()
    expect(page.get_by_role("button", name="Remove from the queue")).to_be_visible()
    page.wait_for_load_state("networkidle")
    house.stop()
    page.goto(f"/articles/{slug}")
    page.get_by_role("button", name="Play", exact=True).click()
    until(page, f"{SOUND}.currentTime > 0")
    page.evaluate(f"{SOUND}.currentTime = {SOUND}.duration - 0.4")
    until(page, f"{SOUND}.ended")
    expect(page.get_by_role("button", name="Mark as not heard")).to_be_visible()
    expect(page.locator("form[data-heard] input")).to_have_value("no")
    until(page, f"localStorage.getItem('voice-app.later.queue.{slug}')")
    page.reload()
    expect(page.get_by_role("button", name="Mark as not heard")).to_be_visible()
    page.goto("about:blank")
    house.start()
    assert not house.site.studio.page(slug).article.heard_at
    page.goto("/")
    waited_for(page, lambda: house.site.studio.page(slug).article.heard_at)
    waited_for(page, lambda: queued(page, house) == [])
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.includes('.later.'))") == []


def test_buttons_of_a_kept_page_do_what_they_say_without_the_site(page: Page, house: House) -> None:
    slug = house.site.narrated("The tide book", TEXT).slug
    keep(page, slug)
    page.goto(f"/articles/{slug}")
    page.wait_for_load_state("networkidle")
    house.stop()
    page.get_by_role("button", name="Mark as heard").press("Enter")
    news = page.locator("keep-offline [aria-live]")
    expect(news).to_have_text("Marked as heard. The site is told as soon as it can be reached.")
    expect(page.get_by_role("button", name="Mark as not heard")).to_be_focused()
    page.get_by_role("button", name="Play next").click()
    expect(news).to_have_text(re.compile("^It is put into the queue as the next one as soon as"))
    page.get_by_label("Add a topic").fill("Sea")
    page.get_by_role("button", name=re.compile("^Add ?the topic|^Add the topic")).click()
    expect(news).to_have_text(re.compile("^The site cannot be reached, so nothing was changed"))
    expect(page.get_by_label("Add a topic")).to_have_value("Sea")
    house.start()
    page.evaluate(AGAIN)
    waited_for(page, lambda: house.site.studio.page(slug).article.heard_at)
    waited_for(page, lambda: page.context.cookies() and queued(page, house) == [slug])
    page.get_by_role("button", name=re.compile("^Add ?the topic|^Add the topic")).click()
    expect(page.locator("#topics").get_by_role("link", name="Sea")).to_be_visible()


def test_all_that_arrives_from_a_new_browser_is_one_listener_s(page: Page, house: House) -> None:
    one, two = (house.site.narrated(title, TEXT).slug for title in ("Otters", "Herons"))
    page.goto("/")
    page.evaluate(
        """([one, two]) => {
            const made = Date.now();
            for (const slug of [one, two]) {
                const place = { seconds: 4, length: 14, made, sent: false, known: null };
                localStorage.setItem(`voice-app.position.${slug}`, JSON.stringify(place));
                localStorage.setItem(`voice-app.later.queue.${slug}`, JSON.stringify({ value: "add", made }));
            }
        }""",
        [one, two],
    )
    page.goto("/library")
    until(page, '!Object.entries(localStorage).some(([key, value]) => /later|"sent":false/.test(key + value))')
    assert sorted(queued(page, house)) == sorted([one, two])
    assert all(place(page, house, slug) for slug in (one, two))


def test_a_word_that_is_older_than_the_site_s_changes_nothing(page: Page, house: House) -> None:
    slug = house.site.narrated("The tide book", TEXT).slug
    page.goto(f"/articles/{slug}")
    act = "JSON.stringify({value: true, made: Date.now() - 3600_000})"
    page.evaluate(f"localStorage.setItem('voice-app.later.heard.{slug}', {act})")
    house.site.studio.mark_heard(slug, False)
    page.evaluate(AGAIN)
    until(page, f"localStorage.getItem('voice-app.later.heard.{slug}') === null")
    assert house.site.studio.page(slug).article.heard_at is None


def test_what_waits_to_be_sent_is_bounded_and_the_newest_stays(page: Page, house: House) -> None:
    slug = house.site.narrated("The tide book", TEXT).slug
    page.goto(f"/articles/{slug}")
    page.evaluate(
        """() => {
            for (let number = 0; number < 600; number += 1) {
                const place = { seconds: 5, length: 9, made: number, sent: number >= 550, known: null };
                localStorage.setItem(`voice-app.position.old-${number}`, JSON.stringify(place));
            }
        }"""
    )
    listen(page, 1)
    left = "Object.keys(localStorage).filter((key) => key.startsWith('voice-app.position.'))"
    until(page, f"{left}.length === 500")
    assert page.evaluate(f"localStorage.getItem('voice-app.position.{slug}') !== null")
    assert page.evaluate(f"{left}.filter((key) => Number(key.split('-').at(-1)) >= 550).length") == 0, (
        "the site has them"
    )
