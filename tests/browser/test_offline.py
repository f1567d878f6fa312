"""What a browser keeps: the site is really stopped, and the kept article opens, reads and plays to its end."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import House, keep, until
from tests.browser.looks import LOOKS, check

pytestmark = pytest.mark.browser

SOUND = "document.querySelector('audio')"
TEXT = "# {title}\n\nThe tide comes in at four. Nobody on the quay is surprised.\n\n## Later\n\nIt goes out again."


@pytest.fixture
def open_page(open_house: Callable[..., Page]) -> Callable[..., Page]:
    return open_house


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    return open_page()


def test_a_kept_article_opens_reads_and_plays_to_its_end_without_the_site(page: Page, house: House) -> None:
    slug = house.site.narrated("The tide book", TEXT).slug
    house.site.narrated("Never opened", TEXT)
    keep(page, slug)
    house.stop()
    page.goto(f"/articles/{slug}")
    expect(page.get_by_role("heading", name="The tide book", level=1)).to_be_visible()
    expect(page.get_by_text("Nobody on the quay is surprised.")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth") != "none", "with its styles"
    page.get_by_label("Speed").select_option("3")
    page.get_by_role("slider").focus()
    page.keyboard.press("End")
    page.keyboard.press("PageDown")
    page.keyboard.press("Home")
    page.get_by_role("button", name="Play", exact=True).click()
    until(page, f"{SOUND}.currentTime > 0.5")
    page.get_by_text("It goes out again.").click()
    expect(page.get_by_text("It goes out again.")).to_have_class(re.compile(r"\bnow\b"))
    until(page, f"{SOUND}.ended", seconds=20)
    assert page.evaluate(f"{SOUND}.error") is None


def test_the_place_is_remembered_without_the_site(page: Page, house: House) -> None:
    slug = house.site.narrated("The tide book", TEXT).slug
    keep(page, slug)
    house.stop()
    page.goto(f"/articles/{slug}")
    page.get_by_role("button", name="Play", exact=True).click()
    until(page, f"{SOUND}.currentTime > 1.2")
    page.get_by_role("button", name="Pause").click()
    page.reload()
    expect(page.locator("[data-resume]")).to_have_text(re.compile("^Play continues from 1 second"))


def test_a_page_that_is_not_kept_says_so_and_lists_what_is(page: Page, house: House) -> None:
    slug = house.site.narrated("The tide book", TEXT).slug
    other = house.site.narrated("Never opened", TEXT).slug
    keep(page, slug)
    house.stop()
    for path in (f"/articles/{other}", "/", "/library?q=tide"):
        page.goto(path)
        expect(page.get_by_role("heading", name="No connection", level=1)).to_be_visible()
        expect(page).to_have_title(re.compile("^No connection - "))
        expect(page.get_by_text("this page is not kept in this browser")).to_be_visible()
    page.get_by_role("link", name="The tide book").click()
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()


def test_a_part_of_a_kept_sound_is_that_part(page: Page, house: House) -> None:
    slug = house.site.narrated("The tide book", TEXT).slug
    keep(page, slug)
    sound = page.evaluate(f"{SOUND}.src")
    whole = house.site.ask(sound).body
    house.stop()
    page.goto(f"/articles/{slug}")
    asked = """async ([address, range]) => {
        const answer = await fetch(address, range ? { headers: { Range: range } } : {});
        const bytes = new Uint8Array(await answer.arrayBuffer());
        return [answer.status, answer.headers.get('Content-Range'), [...bytes]];
    }"""
    for said, begin, end in (
        ("0-1", 0, 2),
        ("100-", 100, None),
        ("-50", len(whole) - 50, None),
        ("9-99999999", 9, None),
    ):
        part = whole[begin:end]
        status, place, got = page.evaluate(asked, [sound, f"bytes={said}"])
        assert (status, bytes(got)) == (206, part), said
        assert place == f"bytes {begin}-{begin + len(part) - 1}/{len(whole)}"
    assert page.evaluate(asked, [sound, None])[2] == list(whole)
    status, place, _ = page.evaluate(asked, [sound, f"bytes={len(whole)}-"])
    assert (status, place) == (416, f"bytes */{len(whole)}")


def test_what_is_kept_is_counted_and_can_be_removed(page: Page, house: House) -> None:
    slugs = [house.site.narrated(title, TEXT).slug for title in ("Otters", "Herons", "Bees")]
    page.goto("/offline")
    expect(page.get_by_text("Nothing is kept in this browser.")).to_be_visible()
    for slug in slugs:
        keep(page, slug)
    page.goto("/offline")
    rows = page.locator("main li")
    expect(rows).to_have_count(3)
    expect(rows.first).to_contain_text("Bees")
    total = sum(house.site.studio.page(slug).audio.bytes for slug in slugs)  # type: ignore[union-attr]
    expect(page.locator("[data-sum]")).to_contain_text(f"3 articles, {total / 1e6:.1f} megabytes in all.")
    expect(page.locator("[data-sum]")).to_contain_text(re.compile("room for [0-9,.]+ (mega|giga)bytes more"))
    rows.nth(1).get_by_role("button", name=re.compile("^Remove: Herons")).click()
    expect(rows).to_have_count(2)
    expect(page.get_by_role("button", name=re.compile("^Remove: Otters"))).to_be_focused()
    expect(page.locator("main [aria-live]")).to_have_text("Herons is not kept any more.")
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Remove all").click()
    expect(page.get_by_text("Nothing is kept in this browser.")).to_be_visible()
    assert page.evaluate("caches.keys().then((all) => all.filter((name) => name.startsWith('kept-')).length)") == 0


def test_the_button_takes_it_back(page: Page, house: House) -> None:
    slug = house.site.narrated("The tide book", TEXT).slug
    keep(page, slug)
    page.reload()
    page.get_by_role("button", name="Remove the offline copy").click()
    expect(page.get_by_role("button", name="Keep for offline")).to_be_focused()
    house.stop()
    page.goto(f"/articles/{slug}")
    expect(page.get_by_role("heading", name="No connection")).to_be_visible()


def test_another_sound_takes_the_place_of_the_kept_one(page: Page, house: House) -> None:
    article = house.site.narrated("The tide book", TEXT)
    keep(page, article.slug)
    before = page.evaluate(f"{SOUND}.src")
    sheet = house.site.studio.edits.sheet(article.slug)
    sentence = next(line.sentence for _, lines in sheet.chapters for line in lines if "four" in line.sentence.written)
    house.site.studio.edits.say(article.slug, sentence.id, "The tide comes in at half past eleven.")
    house.site.studio.work.narrate(article.id)
    page.reload()
    after = page.evaluate(f"{SOUND}.src")
    assert before != after
    until(page, f"caches.match('{after}').then(Boolean)")
    until(page, f"caches.match('{before}').then((found) => !found)")
    house.stop()
    page.reload()
    page.get_by_role("button", name="Play", exact=True).click()
    until(page, f"{SOUND}.currentTime > 0.5")
    assert page.evaluate(f"{SOUND}.src") == after


def test_no_room_is_said(page: Page, house: House) -> None:
    slug = house.site.narrated("The tide book", TEXT).slug
    page.add_init_script("navigator.storage.estimate = async () => ({ quota: 1000, usage: 900 });")
    page.goto(f"/articles/{slug}")
    page.get_by_role("button", name="Keep for offline").click()
    expect(page.get_by_text("There is no room for it in this browser.")).to_be_visible()
    expect(page.get_by_role("button", name="Keep for offline")).to_be_focused()
    assert page.evaluate("caches.keys()") == []


def test_a_sound_that_breaks_off_is_not_kept(page: Page, house: House) -> None:
    slug = house.site.narrated("The tide book", TEXT).slug
    page.goto(f"/articles/{slug}")
    page.route("**/audio/*", lambda route: route.fulfill(body=b"half of it", content_type="audio/mpeg"))
    page.get_by_role("button", name="Keep for offline").click()
    expect(page.get_by_text("It could not be kept.")).to_be_visible()
    until(page, f"caches.has('kept-{slug}').then((is) => !is)")


def test_online_nothing_is_old(page: Page, house: House) -> None:
    article = house.site.narrated("The tide book", TEXT)
    keep(page, article.slug)
    house.site.studio.shelf.add_topic(article.slug, "Sea")
    page.goto(f"/articles/{article.slug}")
    expect(page.locator("#topics").get_by_role("link", name="Sea")).to_be_visible()
    page.wait_for_load_state("networkidle")
    house.stop()
    page.reload()
    expect(page.locator("#topics").get_by_role("link", name="Sea")).to_be_visible()


def test_nobody_pays_who_keeps_nothing(page: Page, house: House) -> None:
    slug = house.site.narrated("The tide book", TEXT).slug
    page.goto(f"/articles/{slug}")
    expect(page.get_by_role("button", name="Keep for offline")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0


def test_without_scripts_or_narration_there_is_no_button(open_page: Callable[..., Page], house: House) -> None:
    slug = house.site.narrated("The tide book", TEXT).slug
    page = open_page(java_script_enabled=False)
    page.goto(f"/articles/{slug}")
    expect(page.get_by_role("button", name="Keep for offline")).to_be_hidden()
    page.goto("/offline")
    expect(page.get_by_text("Keeping articles needs scripts")).to_be_visible()
    added = house.site.studio.intake.add_text(TEXT.format(title="Soon"))
    house.site.studio.work.read(added.id)
    page = open_page()
    page.goto(f"/articles/{added.slug}")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Keep for offline")).to_have_count(0)
    house.site.studio.work.narrate(added.id)
    expect(page.get_by_role("button", name="Keep for offline")).to_be_visible()


@pytest.mark.parametrize("look", ["light", "dark", "forced colours", "320 wide", "400 per cent"])
def test_nothing_is_found_on_the_page_of_what_is_kept(open_page: Callable[..., Page], house: House, look: str) -> None:
    page = open_page(**LOOKS[look].options)
    page.goto("/offline")
    expect(page.get_by_text("Nothing is kept")).to_be_visible()
    check(page, f"empty, {look}")
    for title in ("The tide book", "Otters"):
        keep(page, house.site.narrated(title, TEXT).slug)
    check(page, f"kept, {look}")
    page.goto("/offline")
    expect(page.locator("main li")).to_have_count(2)
    check(page, f"listed, {look}")
    house.stop()
    page.goto("/settings")
    expect(page.get_by_role("heading", name="No connection")).to_be_visible()
    check(page, f"without the site, {look}")
