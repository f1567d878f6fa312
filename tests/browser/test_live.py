"""The page of an article that was read and not narrated: the same player, its sound made while it is heard."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from tests.browser import texts
from tests.browser.conftest import until
from tests.browser.site import Site
from tests.browser.test_keyboard import FOCUSED, tab_to
from tests.conftest import require
from tests.firefox import Firefox, sink
from voice_app.model import ArticleState

pytestmark = pytest.mark.browser

SOUND = "document.querySelector('audio')"
PIECES = f"[...Array({SOUND}.buffered.length).keys()].map((n) => [{SOUND}.buffered.start(n), {SOUND}.buffered.end(n)])"


def unheard(site: Site, title: str, paragraphs: int = 30) -> str:
    """The path of an article of its own that nobody has narrated."""
    return f"/articles/{site.add(texts.long_document(title, paragraphs)).slug}"


def play(page: Page) -> None:
    page.get_by_role("button", name="Play", exact=True).click()
    until(page, f"{SOUND}.currentTime > 0")


def exact_starts(site: Site, path: str) -> dict[str, float]:
    """Where each sentence begins in the finished file."""
    article = site.library.article(path.rpartition("/")[2])
    site.studio.work.narrate(article.id)
    audio = site.library.audio(article.id)
    assert audio is not None
    return {cue.sentence_id: cue.start for cue in audio.cues}


def test_play_gives_sound_at_once_and_says_where_the_narration_stands(page: Page, site: Site) -> None:
    path = unheard(site, "A walk that nobody has read out")
    page.goto(path)
    expect(page.get_by_text("Waiting for its narration")).to_be_visible()
    play(page)
    expect(page.get_by_role("button", name="Pause")).to_be_focused()
    expect(page.locator(".sentence.now")).to_have_text("A walk that nobody has read out")
    assert site.library.article(path.rpartition("/")[2]).state is ArticleState.READY, "no narration was begun by it"


def test_nothing_is_made_before_it_is_wanted(page: Page, site: Site) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    path = unheard(site, "A walk that nobody asked for")
    page.goto(path)
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    until(page, "document.querySelector('.sentence[data-start]') !== null")
    page.get_by_role("button", name="Next sentence").click(click_count=3)
    page.wait_for_timeout(300)
    assert [address for address in asked if "/live/" in address] == []
    assert page.evaluate(f"{SOUND}.paused")
    expect(page.locator(".options [data-news]")).to_have_text("This is paragraph 1 of a walk along the coast.")


def test_any_sentence_begins_at_once_wherever_it_is(page: Page, site: Site) -> None:
    path = unheard(site, "A walk to jump about in", 200)
    page.goto(path)
    for number in (200, 3, 120, 119, 199, 1):
        sentence = page.get_by_text(f"This is paragraph {number} of", exact=False)
        sentence.click()
        expect(sentence).to_have_class(re.compile(r"\bnow\b"))
        until(page, f"!{SOUND}.paused && !{SOUND}.seeking && {SOUND}.readyState > 2")
        first, *more = page.evaluate(PIECES)
        start = float(sentence.get_attribute("data-start") or "nan")
        assert not more, "one stretch without a gap"
        assert first[0] <= page.evaluate(f"{SOUND}.currentTime") < first[1]
        assert page.evaluate(f"{SOUND}.currentTime") == pytest.approx(start, abs=60), "the line moved as it was learnt"


def test_what_was_heard_lies_where_it_lies_in_the_finished_file(page: Page, site: Site) -> None:
    path = unheard(site, "A walk to be measured", 12)
    page.goto(path)
    page.get_by_label("Speed").select_option("3")
    play(page)
    until(page, f"{SOUND}.currentTime > 12", seconds=15)
    page.get_by_role("button", name="Pause").click()
    pieces = page.evaluate(PIECES)
    marked = page.locator(".sentence.now")
    identity, at = (marked.get_attribute("id") or "")[2:], page.evaluate(f"{SOUND}.currentTime")
    starts = exact_starts(site, path)
    assert len(pieces) == 1
    ends = [start - 1105 / 24000 for start in starts.values()]
    assert min(abs(pieces[0][1] - end) for end in [*ends, site_seconds(site, path)]) < 0.003, "it ends with a sentence"
    following = min((start for start in starts.values() if start > starts[identity]), default=1e9)
    assert starts[identity] - 0.02 <= at < following + 0.15


def site_seconds(site: Site, path: str) -> float:
    return site.library.article(path.rpartition("/")[2]).seconds


def test_it_plays_to_the_end_and_counts_as_heard(page: Page, site: Site) -> None:
    path = unheard(site, "A very short walk", 2)
    page.goto(path)
    page.get_by_label("Speed").select_option("3")
    play(page)
    until(page, f"{SOUND}.ended", seconds=15)
    expect(page.get_by_role("button", name="Mark as not heard")).to_be_visible()
    starts = exact_starts(site, path)
    assert page.evaluate(f"{SOUND}.duration") == pytest.approx(site_seconds(site, path), abs=0.03)
    shown = page.evaluate("[...document.querySelectorAll('.sentence[data-start]')].length")
    assert shown == len(starts)
    play(page)  # once more, from the beginning
    until(page, f"!{SOUND}.paused && {SOUND}.currentTime > 0 && {SOUND}.currentTime < 5")


def test_the_end_of_the_narration_takes_no_sound_away(page: Page, site: Site) -> None:
    path = unheard(site, "A walk that is narrated meanwhile", 40)
    article = site.library.article(path.rpartition("/")[2])
    page.goto(path)
    page.evaluate("window.stays = true")
    play(page)
    site.studio.work.narrate(article.id)
    expect(page.get_by_text(re.compile("Ready to listen"))).to_be_visible()
    before = page.evaluate(f"{SOUND}.currentTime")
    page.wait_for_timeout(500)
    assert page.evaluate(f"{SOUND}.currentTime") > before
    assert page.locator("[data-live]").count() == 1
    news = page.locator("[data-news]").all_inner_texts()
    assert not any("ready" in text for text in news), "nobody talks into it"
    page.get_by_role("button", name="Pause").click()
    expect(page.locator("[data-live]")).to_have_count(0)
    expect(page.locator("summary", has_text="Downloads")).to_be_visible()
    button = page.get_by_role("button", name="Play", exact=True)
    expect(button).to_be_focused()
    expect(button).to_have_count(1)
    place = page.evaluate(f"{SOUND}.currentTime")
    button.click()
    until(page, f"!{SOUND}.paused && {SOUND}.currentTime > {place}")
    assert page.evaluate("window.stays"), "the page was not loaded anew"


def test_a_text_that_changes_under_the_listener_goes_on(open_page: Callable[..., Page], site: Site) -> None:
    page = open_page(quiet=("status of 404",))
    path = unheard(site, "A walk in other words", 100)
    slug = path.rpartition("/")[2]
    page.goto(path)
    play(page)
    last = site.studio.page(slug).script.sentences[-1]  # type: ignore[union-attr]
    site.studio.edits.say(slug, last.id, "And so the walk came to an end, much later.")
    site.studio.live.line(slug)
    sentence = page.get_by_text("This is paragraph 90 of", exact=False)
    sentence.click()
    until(page, f"!{SOUND}.paused && !{SOUND}.seeking && {SOUND}.readyState > 2")
    expect(sentence).to_have_class(re.compile(r"\bnow\b"))


def test_a_sound_that_cannot_be_had_is_told_once_it_is_wanted(open_page: Callable[..., Page], site: Site) -> None:
    page = open_page(quiet=("Failed to load", "status of 5"))
    path = unheard(site, "A walk without a voice")
    refusal = {"status": 503, "body": "This voice cannot be used here.", "content_type": "text/plain"}
    page.route("**/live/**", lambda route: route.fulfill(**refusal))
    page.goto(path)
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.locator(".options [data-news]")).to_have_text("This voice cannot be used here.")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    page.unroute("**/live/**")
    play(page)


def test_a_site_that_is_away_for_a_while_takes_no_sound_away(open_page: Callable[..., Page], site: Site) -> None:
    page = open_page(quiet=("Failed to load",))
    page.goto(unheard(site, "A walk through a tunnel", 60))
    play(page)
    until(page, f"{SOUND}.buffered.length && {SOUND}.buffered.end(0) > 20")
    page.route("**/live/**", lambda route: route.abort())
    page.get_by_label("Speed").select_option("3")
    region = page.locator(".options [data-news]")
    until(page, f"{SOUND}.currentTime > 16")
    expect(region).to_have_text("")
    expect(region).to_have_text("The site does not answer. The sound goes on when it does.", timeout=40_000)
    expect(region).to_be_in_viewport()
    expect(region).not_to_have_class(re.compile("unseen"))
    assert not page.evaluate(f"{SOUND}.paused")
    stopped = page.evaluate(f"{SOUND}.currentTime")
    page.unroute("**/live/**")
    until(page, f"{SOUND}.currentTime > {stopped + 1}")
    expect(region).to_have_text("")


def test_a_site_that_is_away_from_the_beginning_is_said_to_be(open_page: Callable[..., Page], site: Site) -> None:
    page = open_page(quiet=("Failed to load",))
    page.goto(unheard(site, "A walk to an empty house", 4))
    page.route("**/live/**", lambda route: route.abort())
    page.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_timeout(3500)  # by then it could be taken for a slow voice
    expect(page.locator(".options [data-news]")).to_have_text(re.compile("The site does not answer."))


def test_a_sentence_that_cannot_be_spoken_is_left_out_and_said_to_be(page: Page, site: Site) -> None:
    path = unheard(site, "A walk with a gap", 4)
    silent = site.studio.page(path.rpartition("/")[2]).script.sentences[2].id  # type: ignore[union-attr]
    page.route(f"**/{silent}.mp3", lambda route: route.fulfill(status=204))
    page.goto(path)
    expect(page.locator("[data-remark]")).to_be_hidden()
    page.get_by_label("Speed").select_option("3")
    play(page)
    expect(page.get_by_text("1 sentence could not be spoken, so the sound goes on without.")).to_be_visible()
    until(page, f"{SOUND}.ended", seconds=15)
    expect(page.locator(".options [data-news]")).to_have_text("")


def test_a_finished_narration_leaves_the_focus_and_the_drawers_as_they_are(page: Page, site: Site) -> None:
    path = unheard(site, "A walk with chapters", 20)
    article = site.library.article(path.rpartition("/")[2])
    page.goto(path)
    page.locator("summary", has_text="Chapters").click()
    page.get_by_label("Position").focus()
    site.studio.work.narrate(article.id)
    expect(page.locator("[data-live]")).to_have_count(0)
    expect(page.get_by_label("Position")).to_be_focused()
    assert page.evaluate("document.querySelector('.options details:has(.chapters)').open")


def test_a_finished_narration_leaves_what_is_typed_below_the_text(page: Page, site: Site) -> None:
    path = unheard(site, "A walk with a topic", 20)
    page.goto(path)
    page.locator("summary", has_text="How it is read").click()
    topic = page.get_by_label("Add a topic")
    topic.press_sequentially("Wal")
    site.studio.work.narrate(site.library.article(path.rpartition("/")[2]).id)
    expect(page.locator("summary", has_text="Downloads")).to_be_visible()
    expect(topic).to_be_focused()
    topic.press_sequentially("king")
    expect(topic).to_have_value("Walking")
    expect(page.get_by_label("Headings")).to_be_visible()


def test_the_keys_and_the_media_keys_work_as_with_a_finished_file(page: Page, site: Site) -> None:
    page.add_init_script(
        """window.keys = {};
        navigator.mediaSession.setActionHandler = (name, action) => { keys[name] = action; };
        navigator.mediaSession.setPositionState = (state) => { window.told = state; };"""
    )
    page.goto(unheard(site, "A walk by keys", 40))
    tab_to(page, "Play")
    page.keyboard.press("Space")
    until(page, f"{SOUND}.currentTime > 0.2 && window.told")
    assert page.evaluate(FOCUSED) == "Pause"
    page.keyboard.press("l")
    until(page, f"{SOUND}.currentTime > 15 && !{SOUND}.seeking")
    page.evaluate("keys.nexttrack()")
    expect(page.locator(".sentence.now")).to_have_text("Part 2")
    until(page, f"!{SOUND}.seeking && {SOUND}.readyState > 2")
    page.evaluate("keys.seekto({seekTime: 5})")
    until(page, f"!{SOUND}.seeking && Math.abs({SOUND}.currentTime - 5) < 1")
    tab_to(page, "Position", most=4)
    page.keyboard.press("End")
    until(page, f"!{SOUND}.seeking && {SOUND}.duration - {SOUND}.currentTime < 3")
    assert page.evaluate("told.duration") == pytest.approx(page.evaluate(f"{SOUND}.duration"), abs=0.1)


def test_nothing_changes_that_a_screen_reader_would_speak_of(page: Page, site: Site) -> None:
    page.goto(unheard(site, "A quiet walk", 40))
    play(page)
    page.get_by_role("slider").focus()
    page.evaluate(
        """() => {
            window.changes = [];
            new MutationObserver((all) => all.forEach((m) => {
                const e = m.target.nodeType === 1 ? m.target : m.target.parentElement;
                const quiet = 'style data-chapter max'.split(' ').includes(m.attributeName);
                if (e && !e.closest('[aria-hidden=true], .prose, h1, header') && !quiet)
                    changes.push(`${m.type} ${m.attributeName} ${e.outerHTML.slice(0, 80)}`);
            })).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
        }"""
    )
    page.wait_for_timeout(1500)
    assert page.evaluate("changes") == []


def test_it_is_heard_without_scripts(open_page: Callable[..., Page], site: Site) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(unheard(site, "A walk without scripts", 3))
    sound = page.locator("audio[controls][preload=none]")
    expect(sound).to_be_visible()
    assert page.locator("meta[http-equiv=refresh]").count() == 0
    addresses = sound.locator("source").evaluate_all("(all) => all.map((one) => one.src)")
    stream, playlist = (page.request.get(address) for address in addresses)
    assert (stream.status, stream.headers["content-type"]) == (200, "audio/mpeg")
    assert len(stream.body()) % 192 == 0
    assert playlist.text().startswith("#EXTM3U")


def test_a_browser_that_cannot_lay_pieces_plays_the_stream(page: Page, site: Site) -> None:
    page.add_init_script("delete window.MediaSource; delete window.ManagedMediaSource;")
    page.goto(unheard(site, "A walk for an old browser", 3))
    expect(page.locator("audio[controls]")).to_be_visible()
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_hidden()
    page.evaluate(f"{SOUND}.play()")
    until(page, f"{SOUND}.currentTime > 0.3")
    assert page.evaluate(f"{SOUND}.currentSrc").endswith("/stream.mp3")


@pytest.mark.outside
def test_firefox_plays_jumps_and_ends(site: Site) -> None:
    """Firefox takes MP3 in pieces only inside MP4, so it goes another way than Chromium."""
    program = shutil.which("firefox") or require("firefox-esr")
    require("pulseaudio")
    document = replace(texts.long_document("A walk for another browser", 60), byline="")
    path = f"{site.url}/articles/{site.add(document).slug}"
    moved = f"""(async () => {{
        const audio = {SOUND}, ends = performance.now() + 15000;
        const from = audio.currentTime;
        while (performance.now() < ends && (audio.seeking || audio.currentTime < from + 0.3))
            await new Promise((done) => setTimeout(done, 10));
        return [audio.paused, audio.currentTime - from, {PIECES}, document.querySelector('.sentence.now')?.textContent];
    }})()"""
    begun = """(async () => {
        while (!document.querySelector('.sentence[data-start]')) await new Promise((done) => setTimeout(done, 10));
    })()"""
    with sink() as environment, Firefox(program, environment) as firefox:
        firefox.goto(path)
        firefox.evaluate(begun)
        for number in (50, 2, 60):
            text = f"This is paragraph {number} of a walk along the coast."
            firefox.evaluate(
                f"[...document.querySelectorAll('.sentence')].find((e) => e.textContent === {text!r}).click()"
            )
            paused, advanced, pieces, marked = firefox.evaluate(moved)
            assert not paused
            assert advanced >= 0.3
            assert len(pieces) == 1
            assert marked == text
        ended = f"new Promise((done) => {SOUND}.addEventListener('ended', () => done(true)))"
        assert firefox.evaluate(ended)
