"""Articles are kept from their cards, or the whole queue; what the site changed is renewed, never by halves."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import House, keep, until
from tests.browser.looks import LOOKS, check
from voice_app.model import ArticleAudio

pytestmark = pytest.mark.browser

SOUND = "document.querySelector('audio')"
TEXT = "# {title}\n\nThe tide comes in at four. Nobody on the quay is surprised.\n\n## Later\n\nIt goes out again."
TITLES = ("Otters", "Herons", "Bees")
KEPT = """caches.keys().then((all) => all.filter((name) => name.startsWith('kept-'))
    .map((name) => name.split('@')[0]).sort())"""


@pytest.fixture
def page(open_house: Callable[..., Page]) -> Page:
    return open_house()


def queue_up(page: Page, house: House, *titles: str) -> list[str]:
    """Articles in the queue, in this order."""
    page.goto("/")
    slugs = [house.site.narrated(title, TEXT).slug for title in titles]
    for slug in slugs:
        put(page, slug)
    return slugs


def put(page: Page, slug: str) -> None:
    done = """async (slug) => {
        const headers = { 'Content-Type': 'application/json' };
        return (await fetch('/api/queue', { method: 'POST', headers, body: JSON.stringify({ slug }) })).ok;
    }"""
    assert page.evaluate(done, slug)


def change(house: House, slug: str) -> None:
    """Another sound takes the place of the one there was."""
    studio = house.site.studio
    sheet = studio.edits.sheet(slug)
    sentence = next(line.sentence for _, lines in sheet.chapters for line in lines if "four" in line.sentence.written)
    studio.edits.say(slug, sentence.id, "The tide comes in at half past eleven.")
    studio.work.narrate(studio.page(slug).article.id)


def audio(house: House, slug: str) -> ArticleAudio:
    found = house.site.studio.page(slug).audio
    assert found
    return found


def bytes_of(house: House, *slugs: str) -> int:
    return sum(audio(house, slug).bytes for slug in slugs)


def sound_of(house: House, slug: str) -> str:
    return f"/audio/{audio(house, slug).file}"


def whole(page: Page, slug: str) -> bool:
    """Whether the page, the sound and the times that are kept belong together: all else would be half old."""
    return bool(
        page.evaluate(
            """async (slug) => {
                const page = await (await caches.match(`/articles/${slug}`)).text();
                const sound = /data-sound="([^"]+)"/.exec(page)[1];
                const times = await (await caches.match(`/articles/${slug}/offline/words.json`)).json();
                const ids = [...page.matchAll(/id="s-([^"]+)"[^>]*data-start/g)].map((found) => found[1]);
                return Boolean(await caches.match(sound)) && ids.length > 2 && ids.every((id) => id in times);
            }""",
            slug,
        )
    )


# cards


def test_a_card_of_the_library_keeps_its_article(page: Page, house: House) -> None:
    slugs = [house.site.narrated(title, TEXT).slug for title in TITLES]
    page.goto("/library")
    card = page.locator(f"#article-{slugs[1]}")
    button = card.get_by_role("button", name=re.compile("Keep for offline: Herons"))
    button.click()
    expect(card.get_by_text("Kept. It can be opened and heard without a connection.")).to_be_visible()
    expect(page.locator("[data-kept-news]")).to_have_text("Kept. It can be opened and heard without a connection.")
    taken = card.get_by_role("button", name=re.compile("Remove the offline copy: Herons"))
    expect(taken).to_be_focused()
    expect(page.get_by_role("button", name=re.compile("^Keep for offline"))).to_have_count(2)
    house.stop()
    page.goto(f"/articles/{slugs[1]}")
    page.get_by_role("button", name="Play", exact=True).click()
    until(page, f"{SOUND}.currentTime > 0.3")
    house.start()
    page.goto("/library")
    taken.click()
    expect(page.locator("[data-kept-news]")).to_have_text("It is not kept any more.")
    assert page.evaluate(KEPT) == []


def test_without_scripts_nothing_of_it_is_shown(open_house: Callable[..., Page], house: House) -> None:
    page = open_house()
    queue_up(page, house, "Otters")
    plain = open_house(java_script_enabled=False, storage_state=page.context.storage_state())
    for path in ("/library", "/queue"):
        plain.goto(path)
        expect(plain.get_by_role("heading", name="Otters")).to_be_visible()
        expect(plain.get_by_text(re.compile("offline", re.IGNORECASE)).locator("visible=true")).to_have_count(
            1
        )  # the foot


def test_what_is_not_narrated_has_no_button(page: Page, house: House) -> None:
    added = house.site.studio.intake.add_text(TEXT.format(title="Soon"))
    page.goto("/library")
    expect(page.locator(f"#article-{added.slug}").get_by_role("button").first).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Keep for offline"))).to_have_count(0)


# the queue


def test_the_queue_is_kept_with_its_size_told_before(page: Page, house: House) -> None:
    slugs = queue_up(page, house, *TITLES)
    added = house.site.studio.intake.add_text(TEXT.format(title="Soon"))
    put(page, added.slug)
    page.goto("/queue")
    told = page.locator("keep-queue [data-told]")
    size = f"{bytes_of(house, *slugs) / 1e6:.1f} megabytes"
    expect(told).to_have_text(f"3 articles, {size}. 1 article is not narrated yet.")
    page.evaluate(
        """() => {
            window.said = [];
            const region = document.querySelector('[data-kept-news]');
            new MutationObserver(() => said.push(region.textContent)).observe(region, { childList: true });
        }"""
    )
    page.get_by_role("button", name="Keep the queue for offline").click()
    last = "Kept: 3 articles. They can be opened and heard without a connection."
    expect(page.locator("[data-kept-news]")).to_have_text(last)
    expect(told).to_be_focused()
    said = page.evaluate("said")
    assert said == [f"Being kept: 3 articles, {size}.", "1 of 3 are kept.", "2 of 3 are kept.", last]
    expect(page.get_by_role("button", name=re.compile("^Remove the offline copy"))).to_have_count(3)
    page.goto("/offline")
    expect(page.locator("main li")).to_have_count(3)
    expect(page.locator("[data-sum]")).to_contain_text(f"3 articles, {size} in all.")
    page.goto("/queue")
    expect(told).to_have_text("What is narrated of it is kept in this browser. 1 article is not narrated yet.")


def test_keeping_the_queue_can_be_stopped_and_what_is_there_stays_whole(page: Page, house: House) -> None:
    first, second, _ = queue_up(page, house, *TITLES)
    page.goto("/queue")

    def hang(route: Route) -> None:
        """It never comes."""

    page.context.route(f"**{sound_of(house, second)}", hang)
    page.get_by_role("button", name="Keep the queue for offline").click()
    expect(page.locator("keep-queue [data-told]")).to_have_text("1 of 3 are kept.")
    page.get_by_role("button", name="Stop keeping", exact=True).click()
    expect(page.locator("[data-kept-news]")).to_have_text("1 of 3 are kept.")
    expect(page.get_by_role("button", name="Keep the queue for offline")).to_be_focused()
    assert page.evaluate(KEPT) == [f"kept-{first}"]
    assert whole(page, first)
    page.context.unroute(f"**{sound_of(house, second)}", hang)
    page.get_by_role("button", name="Keep the queue for offline").click()
    expect(page.locator("[data-kept-news]")).to_have_text(re.compile("^Kept: 2 articles"))


def test_an_article_that_fails_does_not_hold_up_the_others(page: Page, house: House) -> None:
    _, second, _ = queue_up(page, house, *TITLES)
    page.goto("/queue")
    page.context.route(f"**{sound_of(house, second)}", lambda route: route.abort())
    page.get_by_role("button", name="Keep the queue for offline").click()
    told = "2 of 3 are kept. It could not be kept. Check the connection, then try again."
    expect(page.locator("[data-kept-news]")).to_have_text(told)
    expect(page.locator("keep-queue [data-told]")).to_have_text(told)


def test_a_queue_that_has_no_room_says_so_before_anything_is_fetched(page: Page, house: House) -> None:
    queue_up(page, house, *TITLES)
    page.add_init_script("navigator.storage.estimate = async () => ({ quota: 101_000, usage: 1_000 });")
    page.goto("/queue")
    page.get_by_role("button", name="Keep the queue for offline").click()
    expect(page.locator("[data-kept-news]")).to_have_text(
        re.compile(
            r"^It takes 0\.\d megabytes, and this browser has room for 0\.1 megabytes\. Remove other kept articles"
        )
    )
    assert page.evaluate(KEPT) == []


def test_a_quota_that_runs_out_is_said_and_the_kept_ones_stay(page: Page, house: House) -> None:
    first, *_ = queue_up(page, house, *TITLES)
    page.goto("/queue")
    page.evaluate(
        """() => {
            const put = Cache.prototype.put;
            let sounds = 0;
            Cache.prototype.put = function (file, answer) {
                const isFull = String(file).startsWith('/audio/') && ++sounds > 1;
                if (isFull) throw new DOMException('full', 'QuotaExceededError');
                return put.call(this, file, answer);
            };
        }"""
    )
    page.get_by_role("button", name="Keep the queue for offline").click()
    expect(page.locator("[data-kept-news]")).to_have_text(
        "1 of 3 are kept. There is no room for it in this browser. Remove other kept articles, then try again."
    )
    assert page.evaluate(KEPT) == [f"kept-{first}"]


# what the site changed


def test_what_changed_is_renewed_from_any_page_and_plays_without_the_site(page: Page, house: House) -> None:
    slug = house.site.narrated("The tide book", TEXT).slug
    keep(page, slug)
    before = page.evaluate(f"{SOUND}.src")
    change(house, slug)
    page.goto("/library")
    after = sound_of(house, slug)
    assert not before.endswith(after)
    until(page, f"caches.match('{after}').then(Boolean)")
    until(page, f"caches.match('{before}').then((found) => !found)")
    assert whole(page, slug)
    house.stop()
    page.goto(f"/articles/{slug}")
    page.get_by_role("button", name="Play", exact=True).click()
    until(page, f"{SOUND}.currentTime > 0.5")
    assert page.evaluate(f"{SOUND}.src").endswith(after)


@pytest.mark.parametrize("broken", ["words", "page"])
def test_a_renewal_that_breaks_off_leaves_all_that_was_kept(page: Page, house: House, broken: str) -> None:
    slug = house.site.narrated("The tide book", TEXT).slug
    keep(page, slug)
    before = page.evaluate("document.querySelector('audio').src")
    change(house, slug)
    path = {"words": "/offline/words.json", "page": f"/articles/{slug}"}[broken]
    page.context.route(f"**{path}", lambda route: route.abort())
    page.goto("/library")
    until(page, "localStorage.getItem('voice-app.looked')")
    assert page.evaluate(f"caches.match('{before}').then(Boolean)")
    assert page.evaluate(KEPT) == [f"kept-{slug}"]
    assert whole(page, slug)


def test_what_is_listened_to_keeps_its_sound(page: Page, house: House) -> None:
    slug = house.site.narrated("The tide book", TEXT).slug
    keep(page, slug)
    page.goto(f"/articles/{slug}")
    page.wait_for_load_state("networkidle")
    page.evaluate(f"{SOUND}.playbackRate = 0.5")
    page.get_by_role("button", name="Play", exact=True).click()
    until(page, f"{SOUND}.currentTime > 0.2")
    before = page.evaluate(f"{SOUND}.src")
    change(house, slug)
    look = "localStorage.removeItem('voice-app.looked'); dispatchEvent(new Event('online'))"
    page.evaluate(f"() => {{ {look} }}")
    until(page, "localStorage.getItem('voice-app.looked')")
    assert page.evaluate(f"caches.match('{before}').then(Boolean)")
    page.get_by_role("button", name="Pause", exact=True).click()
    page.evaluate(f"() => {{ {look} }}")
    until(page, f"caches.match('{before}').then((found) => !found)")
    assert whole(page, slug)


def test_who_saves_data_is_told_and_renews_by_hand(page: Page, house: House) -> None:
    slug = house.site.narrated("The tide book", TEXT).slug
    page.add_init_script("Object.defineProperty(navigator, 'connection', { value: { saveData: true } });")
    keep(page, slug)
    change(house, slug)
    page.goto("/offline")
    expect(page.get_by_text("The site has a newer recording of it.")).to_be_visible()
    check(page, "older")
    page.get_by_role("button", name=re.compile("^Renew: The tide book")).click()
    expect(page.locator("main [aria-live]")).to_have_text("The tide book is as new as on the site.")
    expect(page.get_by_text("The site has a newer recording of it.")).to_be_hidden()
    expect(page.get_by_role("button", name=re.compile("^Remove: The tide book"))).to_be_focused()
    assert page.evaluate(f"caches.match('{sound_of(house, slug)}').then(Boolean)")
    assert whole(page, slug)


def test_what_was_left_half_is_cleared_away(page: Page, house: House) -> None:
    slug = house.site.narrated("The tide book", TEXT).slug
    keep(page, slug)
    page.evaluate("caches.open('kept-otters@1').then((cache) => cache.put('/audio/x.mp3', new Response('x')))")
    page.goto("/offline")
    expect(page.locator("main li")).to_have_count(1)
    until(page, f"({KEPT}).then((all) => all.length === 1)")


# going on


def test_the_next_kept_article_of_the_queue_plays_without_the_site(page: Page, house: House) -> None:
    one, not_kept, three = queue_up(page, house, *TITLES)
    for slug in (one, three):
        keep(page, slug)
    page.evaluate("void (document.cookie = 'settings=onward=on; Path=/')")
    page.goto(f"/articles/{one}")
    page.wait_for_load_state("networkidle")
    house.stop()
    page.get_by_role("button", name="Play", exact=True).click()
    until(page, f"{SOUND}.currentTime > 0")
    page.evaluate(f"{SOUND}.currentTime = {SOUND}.duration - 0.5")
    page.wait_for_url(f"**{three}")
    until(page, f"!{SOUND}.paused && {SOUND}.currentTime > 0.3")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bees")
    house.start()
    page.evaluate("dispatchEvent(new Event('online'))")
    left = (
        "fetch('/api/queue').then((answer) => answer.json()).then(({ articles }) => articles.map(({ slug }) => slug))"
    )
    until(page, f"{left}.then((slugs) => String(slugs) === '{not_kept},{three}')")


# the big button


def is_at(page: Page, state: str, title: str = "") -> None:
    expect(page.locator(f"[data-station][data-state={state}]")).to_be_visible()
    if title:
        expect(page.locator("[data-now]")).to_have_text(title)


def press(page: Page) -> None:
    page.wait_for_timeout(450)
    page.keyboard.press("Space")


def test_the_big_button_offers_what_is_kept_without_the_site(page: Page, house: House) -> None:
    page.add_init_script(
        """document.cookie = 'settings=speed=3; Path=/';
        window.sounds = [];
        window.Audio = class extends Audio { constructor() { super(); sounds.push(this); } };"""
    )
    first, _, last = queue_up(page, house, *TITLES)
    for slug in (last, first):
        keep(page, slug)
    house.stop()
    page.goto("/listen")
    expect(page.get_by_text("The site cannot be reached. You hear what is kept in this browser.")).to_be_visible()
    expect(page.locator("[data-list] h2")).to_have_text(["Otters", "Bees"])
    press(page)
    is_at(page, "headline", "Otters")
    until(page, "!sounds[0].paused && sounds[0].currentTime > 0.5 && sounds[0].duration > 6")
    page.wait_for_timeout(450)
    page.get_by_role("button", name="Next", exact=True).click()
    is_at(page, "headline", "Bees")
    until(page, "!sounds[0].paused && sounds[0].currentTime > 0.5")
    page.get_by_role("button", name="Press", exact=True).focus()
    press(page)
    is_at(page, "playing", "Bees")
    check(page, "playing without the site")
    until(page, "sounds.at(-1).currentTime > 0")
    page.evaluate("() => { sounds.at(-1).currentTime = sounds.at(-1).duration - 0.5; }")
    is_at(page, "all")
    until(page, "!sounds[0].paused && sounds[0].currentTime > 0.3")
    page.reload()
    expect(page.locator("[data-list] h2")).to_have_text(["Otters"])
    house.start()
    page.goto("/listen")
    press(page)
    for title in ("Otters", "Herons"):
        is_at(page, "headline", title)
        page.wait_for_timeout(450)
        page.get_by_role("button", name="Next", exact=True).click()
    is_at(page, "all")
    until(page, "Object.keys(localStorage).every((key) => !key.includes('.later.heard.'))")
    assert house.site.studio.page(last).article.heard_at


def test_a_listening_page_that_stays_open_says_what_is_kept_when_the_site_goes(page: Page, house: House) -> None:
    page.add_init_script(
        "window.Audio = class extends Audio { constructor() { super(); (window.sounds ??= []).push(this); } };"
    )
    slug = house.site.narrated("Otters", TEXT).slug
    keep(page, slug)
    page.goto("/listen")
    page.wait_for_load_state("networkidle")
    house.stop()
    press(page)
    is_at(page, "headline", "Otters")
    until(page, "!sounds[0].paused && sounds[0].currentTime > 0.5")
    press(page)
    is_at(page, "playing", "Otters")
    until(page, "!sounds.at(-1).paused && sounds.at(-1).currentTime > 0.3")


def test_where_nothing_is_left_to_hear_the_listening_page_says_so(page: Page, house: House) -> None:
    slug = house.site.narrated("Otters", TEXT).slug
    keep(page, slug)
    page.evaluate(f"localStorage.setItem('voice-app.position.{slug}', JSON.stringify({{seconds: 9, finished: true}}))")
    house.stop()
    page.goto("/listen")
    expect(page.get_by_text("Nothing that you have not heard is kept in this browser.")).to_be_visible()
    press(page)
    is_at(page, "nothing")


# how it looks


@pytest.mark.parametrize("look", ["light", "320 wide"])
def test_nothing_is_found_while_things_are_kept(open_house: Callable[..., Page], house: House, look: str) -> None:
    page = open_house(**LOOKS[look].options)
    first, *_ = queue_up(page, house, "Otters", "Herons")
    page.goto("/queue")
    page.route(f"**{sound_of(house, first)}", lambda route: None)
    page.get_by_role("button", name="Keep the queue for offline").click()
    expect(page.get_by_role("button", name="Stop keeping", exact=True)).to_be_visible()
    check(page, f"the queue is being kept, {look}")
    page.goto("/library")
    page.get_by_role("button", name=re.compile("Keep for offline: Herons")).click()
    expect(page.get_by_role("button", name=re.compile("Remove the offline copy: Herons"))).to_be_visible()
    check(page, f"a card is kept, {look}")
