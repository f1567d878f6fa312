"""What the player does: marks, follows, remembers, obeys the media keys, and leaves the page usable without it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import texts
from tests.browser.conftest import until
from tests.browser.site import Site
from voice_app.model import ArticleState

pytestmark = pytest.mark.browser

SOUND = "document.querySelector('audio')"


def play(page: Page) -> None:
    page.get_by_role("button", name="Play", exact=True).click()
    until(page, f"{SOUND}.currentTime > 0")


def test_the_mark_follows_the_sound(page: Page, site: Site) -> None:
    page.goto(site.page("done"))
    page.get_by_label("Speed").select_option("3")
    play(page)
    seen = page.evaluate(
        f"""() => new Promise((done) => {{
            const seen = [];
            const look = () => {{
                const at = {SOUND}.currentTime, now = document.querySelector('.sentence.now');
                if (now) seen.push([at, Number(now.dataset.start), now.id]);
                if (at < 12) setTimeout(look, 40); else done(seen);
            }};
            look();
        }})"""
    )
    assert len({identity for _, _, identity in seen}) >= 3
    starts = page.evaluate("[...document.querySelectorAll('.sentence[data-start]')].map((e) => +e.dataset.start)")
    for at, start, identity in seen:
        right = max((s for s in starts if s <= at + 0.01), default=0)
        # within a twentieth of a second at three times the speed
        assert start == right or min(abs(at - s) for s in starts) < 0.15, (at, start, right, identity)


def test_a_click_on_a_sentence_plays_it(page: Page, site: Site) -> None:
    page.goto(site.page("done"))
    sentence = page.get_by_text("He never left one out")
    sentence.click()
    until(page, f"!{SOUND}.paused && {SOUND}.currentTime > 0")
    start = float(sentence.get_attribute("data-start") or "nan")
    assert start <= page.evaluate(f"{SOUND}.currentTime") < start + 2
    expect(sentence).to_have_class(re.compile(r"\bnow\b"))


def test_what_is_only_mentioned_is_marked_as_one_piece(page: Page, site: Site) -> None:
    page.goto(site.page("done"))
    for part, selector in (
        ("metres(feet", "div.code.sentence"),
        ("Monday", "tr.sentence"),
        ("stove", "li .sentence"),
    ):
        sentence = page.locator(selector).filter(has_text=part)
        sentence.click(position={"x": 6, "y": 6})
        expect(sentence).to_have_class(re.compile(r"\bnow\b"))
    sources = site.studio.page(site.slugs["done"])
    assert sources.audio is not None
    timed = page.locator(".sentence[data-start]").evaluate_all("(all) => all.map((e) => e.id)")
    assert sorted(timed) == sorted(f"s-{cue.sentence_id}" for cue in sources.audio.cues), "each cue has its place"


def test_choosing_text_and_following_a_link_do_not_play(page: Page, site: Site) -> None:
    page.goto(site.page("done"))
    page.get_by_text("Each line has four parts").dblclick()
    assert page.evaluate("getSelection().toString().trim()") in texts.LIGHTHOUSE.blocks[6].text.split()
    until(page, f"{SOUND}.paused")
    page.get_by_text("Each line has four parts").hover()
    page.mouse.down()
    page.mouse.move(400, 500, steps=4)
    page.mouse.up()
    assert page.evaluate("getSelection().toString()") != ""
    assert page.evaluate(f"{SOUND}.paused")
    page.evaluate("getSelection().removeAllRanges()")
    page.locator(".prose sup a").click()
    assert page.evaluate(f"{SOUND}.paused")
    assert page.url.endswith("#note-1")


def test_the_place_and_the_speed_are_remembered(page: Page, site: Site) -> None:
    page.goto(site.page("done"))
    page.get_by_label("Speed").select_option("1.5")
    page.get_by_role("button", name="Forward 15 seconds").click(click_count=2)
    play(page)
    page.get_by_role("button", name="Pause").click()
    page.reload()
    expect(page.get_by_role("button", name="Play", exact=True)).to_have_accessible_description(
        re.compile(r"Play continues from 3\d seconds")
    )
    expect(page.get_by_role("slider")).to_have_attribute("aria-valuetext", re.compile(r"^3\d seconds of 1 minute"))
    assert page.get_by_label("Speed").input_value() == "1.5"
    play(page)
    assert page.evaluate(f"{SOUND}.currentTime") > 29
    assert page.evaluate(f"{SOUND}.playbackRate") == 1.5
    expect(page.locator("#resume")).to_be_empty()


def test_the_mark_can_be_switched_off_for_good(page: Page, site: Site) -> None:
    page.goto(site.page("done"))
    page.locator("summary", has_text="Text and sound").click()
    choice = page.get_by_role("combobox", name="Mark what is spoken", exact=True)
    play(page)
    page.locator(".sentence.now").wait_for()
    choice.select_option("Nothing")
    assert page.locator(".sentence.now").count() == 0
    page.reload()
    page.locator("summary", has_text="Text and sound").click()
    expect(choice).to_have_value("off")
    play(page)
    page.wait_for_timeout(400)
    assert page.locator(".sentence.now").count() == 0


def test_nothing_changes_that_a_screen_reader_would_speak_of(page: Page, site: Site) -> None:
    """While it plays, no live region, no name and no focused value may change."""
    page.goto(site.page("done"))
    play(page)
    page.get_by_role("slider").focus()
    page.evaluate(
        """() => {
            window.changes = [];
            const watch = (what) => new MutationObserver((all) => all.forEach((m) => {
                const e = m.target.nodeType === 1 ? m.target : m.target.parentElement;
                if (e && !e.closest('[aria-hidden=true]') && !e.closest('.prose, h1') && m.attributeName !== 'style')
                    changes.push(`${m.type} ${m.attributeName} ${e.outerHTML.slice(0, 80)}`);
            })).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
            watch();
        }"""
    )
    page.wait_for_timeout(1600)
    assert page.evaluate("changes") == []
    assert page.locator(":is([aria-live], [role=status]):not(:empty)").count() == 0
    shown = page.locator(".clock[data-now]").inner_text()
    assert shown != "0:00", "the eye still sees it move"


def test_the_media_keys_are_answered(page: Page, site: Site) -> None:
    page.add_init_script(
        """window.keys = {};
        navigator.mediaSession.setActionHandler = (name, action) => { keys[name] = action; };
        navigator.mediaSession.setPositionState = (state) => { window.told = state; };"""
    )
    page.goto(site.page("done"))
    page.evaluate("keys.nexttrack()")
    starts = page.evaluate("[...document.querySelectorAll('[data-chapter]')].map((e) => +e.dataset.chapter)")
    assert page.evaluate(f"{SOUND}.currentTime") == pytest.approx(starts[1], abs=0.1), "not to the first sentence"
    page.evaluate("keys.seekto({seekTime: 0})")
    page.evaluate("keys.play()")
    until(page, f"{SOUND}.currentTime > 0 && window.told")
    about = page.evaluate(
        "(({title, artist, album, artwork}) => [title, artist, album, artwork.length])(navigator.mediaSession.metadata)"
    )
    assert about == [texts.LIGHTHOUSE.title, "Ada Marsh", "Voice App", 1]
    page.evaluate("keys.nexttrack()")
    assert page.evaluate(f"{SOUND}.currentTime") == pytest.approx(starts[1], abs=0.5)
    page.evaluate("keys.nexttrack()")
    page.evaluate("keys.previoustrack()")
    assert page.evaluate(f"{SOUND}.currentTime") == pytest.approx(starts[1], abs=0.5)
    page.evaluate("keys.seekto({seekTime: 5})")
    page.evaluate("keys.seekforward({})")
    assert page.evaluate(f"{SOUND}.currentTime") == pytest.approx(20, abs=0.5)
    page.evaluate("keys.seekbackward({seekOffset: 10})")
    assert page.evaluate(f"{SOUND}.currentTime") == pytest.approx(10, abs=0.5)
    page.evaluate("keys.pause()")
    assert page.evaluate(f"{SOUND}.paused")
    assert page.evaluate("told.duration") == pytest.approx(
        float(page.locator("[data-player]").get_attribute("data-seconds") or 0), abs=0.1
    )


def test_displays_of_media_keys_know_the_chapter_the_place_and_the_speed(page: Page, site: Site) -> None:
    page.add_init_script(
        """window.keys = {}; window.places = [];
        navigator.mediaSession.setActionHandler = (name, action) => { keys[name] = action; };
        navigator.mediaSession.setPositionState = (state) => { places.push(state); };
        const Known = MediaMetadata;
        window.MediaMetadata = class extends Known {
            constructor(about) { super(about); window.chapters = about.chapterInfo; }
        };"""
    )
    page.goto(site.page("done"))
    assert set(page.evaluate("Object.keys(keys)")) == {
        "play",
        "pause",
        "stop",
        "seekbackward",
        "seekforward",
        "seekto",
        "previoustrack",
        "nexttrack",
    }
    page.evaluate("keys.play()")
    until(page, f"{SOUND}.currentTime > 0 && places.length")
    title = "navigator.mediaSession.metadata.title"
    told = page.evaluate("chapters.map((one) => [one.title, one.startTime])")
    shown = page.evaluate(
        """[...document.querySelectorAll('[data-chapter]')].map(
            (e) => [e.querySelector('[data-title]').textContent, +e.dataset.chapter])"""
    )
    assert told == shown
    page.evaluate("keys.nexttrack()")
    until(page, f"{title} === 'What he wrote down - {texts.LIGHTHOUSE.title}'")
    until(page, "places.at(-1).position >= 30")
    page.get_by_label("Speed").select_option("2")
    until(page, "places.at(-1).playbackRate === 2")
    page.evaluate("keys.nexttrack()")
    here = page.evaluate(f"{SOUND}.currentTime")
    page.evaluate("keys.nexttrack()")  # there is no later chapter, so it goes on by paragraphs
    assert here < page.evaluate(f"{SOUND}.currentTime") < here + 10
    page.evaluate("keys.stop()")
    until(page, f"{SOUND}.paused && navigator.mediaSession.playbackState === 'paused'")
    page.evaluate("keys.seekto({seekTime: 1})")
    until(page, f"{title} === {texts.LIGHTHOUSE.title!r} && places.at(-1).position === 1")


def test_nothing_plays_by_itself(page: Page, site: Site) -> None:
    for path in (site.page("done"), "/listen"):
        page.goto(path)
        page.wait_for_timeout(200)
        assert page.evaluate("[...document.querySelectorAll('audio')].every((e) => e.paused && e.currentTime === 0)")


def test_the_addresses_on_the_about_page_answer(page: Page, site: Site) -> None:
    page.goto("/about")
    links = page.locator("a.address").evaluate_all("(all) => all.map((a) => [a.href, a.textContent])")
    assert len(links) == 4
    for address, text in links:
        assert address == text
        assert page.request.get(address).status == 200, address


def test_there_is_one_set_of_controls(page: Page, site: Site) -> None:
    page.goto(site.page("done"))
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    assert page.locator("audio[controls]").count() == 0


def test_the_end_marks_the_article_as_heard(page: Page, site: Site) -> None:
    site.studio.mark_heard(site.slugs["bread"], False)
    page.goto(site.page("bread"))
    page.get_by_label("Speed").select_option("3")
    page.get_by_role("slider").focus()
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("k")
    expect(page.get_by_role("button", name="Mark as not heard")).to_be_visible()
    assert site.studio.page(site.slugs["bread"]).article.heard_at is not None
    page.reload()
    expect(page.locator("#resume")).to_be_empty()
    page.get_by_role("button", name="Mark as not heard").click()
    expect(page.get_by_role("button", name="Mark as heard")).to_be_visible()


def test_a_finished_narration_brings_its_player(page: Page, site: Site) -> None:
    article = site.add(texts.long_document("Soon to be heard", 20))
    site.library.set_state(article.id, ArticleState.NARRATING)
    site.library.save_progress(article.id, 4, 41)
    page.goto(f"/articles/{article.slug}")
    expect(page.get_by_text("Narrating: 4 of 41 sentences")).to_be_visible()
    news = page.locator(".working [data-news]")
    site.library.save_progress(article.id, 21, 41)
    expect(news).to_have_text("Half is narrated.")
    expect(page.locator("progress")).to_have_attribute("value", "21")
    site.library.save_progress(article.id, 22, 41)
    expect(page.get_by_text("Narrating: 22 of 41 sentences")).to_be_visible()
    # not every browser keeps the place by itself, so the one that does is told not to
    page.evaluate("document.documentElement.style.overflowAnchor = 'none'")
    page.evaluate("window.stays = true; document.querySelector('.prose p:last-child').scrollIntoView()")
    place = page.evaluate("document.querySelector('.prose p:last-child').getBoundingClientRect().top")
    site.studio.work.narrate(article.id)
    button = page.get_by_role("button", name="Play", exact=True)
    expect(page.locator("[data-live]")).to_have_count(0)
    expect(button).to_be_attached()
    assert page.evaluate("window.stays"), "the page was not loaded anew"
    page.wait_for_timeout(100)
    now = page.evaluate("document.querySelector('.prose p:last-child').getBoundingClientRect().top")
    assert now == pytest.approx(place, abs=3), "the line that is being read stays where it is"
    play(page)
    page.locator(".sentence.now").wait_for()
    site.studio.mark_heard(article.slug)


def test_how_far_a_narration_is_is_said_when_it_changes_alone(page: Page, site: Site) -> None:
    """A bar that a screen reader sees speaks at each of its steps."""
    article = site.add(texts.long_document("Half of it is there", 20))
    site.library.set_state(article.id, ArticleState.NARRATING)
    site.library.save_progress(article.id, 2200, 4100)
    page.goto("/library")
    card = page.locator(f"#article-{article.slug}")
    expect(card).to_contain_text("Narrating: 2,200 of 4,100 sentences")
    expect(card).to_contain_text("You can listen already.")
    expect(page.get_by_role("progressbar")).to_have_count(0)
    page.goto(f"/articles/{article.slug}")
    expect(page.get_by_role("progressbar")).to_have_count(0)
    site.library.save_progress(article.id, 2201, 4100)
    expect(page.get_by_text("Narrating: 2,201 of 4,100 sentences")).to_be_visible()
    expect(page.locator(".working [data-news]")).to_have_text("")
    site.studio.shelf.remove(article.slug)


def test_the_listening_page_names_what_is_not_narrated_yet(page: Page, site: Site) -> None:
    article = site.add(texts.long_document("Not yet to be heard in a row", 2))
    page.goto("/listen")
    coming = page.get_by_role("listitem").filter(has_text=article.title)
    expect(coming).to_contain_text("Waiting for its narration")
    coming.get_by_role("link").click()
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    site.studio.work.narrate(article.id)
    page.goto("/listen")
    expect(page.locator("[data-slug]").filter(has_text=article.title)).to_have_count(1)
    expect(page.locator("[data-busy]").filter(has_text=article.title)).to_have_count(0)
    site.studio.mark_heard(article.slug)


def test_a_narration_done_again_takes_the_old_player_s_place(page: Page, site: Site) -> None:
    article = site.narrated(texts.long_document("Heard in two ways", 6))
    sentence = site.studio.edits.sheet(article.slug).chapters[0][1][1].sentence.id
    site.studio.edits.say(article.slug, sentence, "This is said in other words now.")
    page.goto(f"/articles/{article.slug}")
    play(page)
    site.studio.work.narrate(article.id)
    expect(page.get_by_text(re.compile("Ready to listen"))).to_be_visible()
    assert not page.evaluate(f"{SOUND}.paused"), "nobody takes the sound away"
    old = page.evaluate(f"{SOUND}.src")
    page.get_by_role("button", name="Pause").click()
    until(page, f"{SOUND}.src !== {old!r}")
    expect(page.locator("[data-player]")).to_have_count(1)
    play(page)
    site.studio.mark_heard(article.slug)


def test_a_problem_can_be_tried_again(page: Page, site: Site) -> None:
    broken = site.studio.intake.add_text("One more with a problem")
    site.library.set_state(broken.id, ArticleState.PROBLEM, problem="The site did not answer. Try again later.")
    page.goto(f"/articles/{broken.slug}")
    expect(page.locator(".trouble")).to_contain_text("The site did not answer.")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("Waiting to be read")).to_be_visible()


def test_all_of_it_works_without_scripts(open_page: Callable[..., Page], site: Site) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(site.page("done"))
    sound = page.locator("audio[controls][preload=none]")
    expect(sound).to_be_visible()
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_hidden()
    expect(page.get_by_text("The book will be shown")).to_be_visible()
    expect(page.locator("header .opening")).to_have_text("This article is read by a synthetic voice.")
    page.locator("summary", has_text="Downloads").click()
    links = page.locator("a[download]").evaluate_all("(all) => all.map((a) => a.getAttribute('href'))")
    audio = site.studio.page(site.slugs["done"]).audio
    assert audio is not None
    assert [f"/audio/{name}" for name in (audio.file, *(c.file for c in audio.chapters))] == links[:-5]
    slug = site.slugs["done"]
    assert links[-5:] == [
        f"/transcripts/{slug}.vtt",
        f"/transcripts/words/{slug}.vtt",
        f"/transcripts/{slug}.srt",
        f"/transcripts/{slug}.json",
        f"/chapters/{slug}.json",
    ]
    for link in (*links, sound.get_attribute("src")):
        assert page.request.get(f"{site.url}{link}").status == 200
    page.locator("summary", has_text="What was left out").click()
    expect(page.get_by_text("Newsletter sign-up", exact=True)).to_be_visible()
    page.get_by_role("button", name="Mark as heard").click()
    page.get_by_role("button", name="Mark as not heard").click()
    page.goto(site.page("waiting"))
    page.get_by_role("link", name="Load this page again").click()
    expect(page.get_by_text("Waiting to be read")).to_be_visible()
    page.goto("/listen")
    assert page.locator("audio[controls]").count() == len(site.studio.unheard())
    expect(page.locator("[data-station]")).to_be_hidden()
