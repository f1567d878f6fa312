"""What goes along with the sound in the text: the mark on sentences and words, scrolling, and what is skipped."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import until
from tests.browser.engines import axe
from tests.browser.site import Site
from tests.browser.test_player import SOUND, play
from tests.conftest import require
from tests.firefox import Firefox, sink
from voice_app.model import Block, BlockKind, Cue, Document, Span
from voice_app.publish.settings import CHOICES

pytestmark = pytest.mark.browser

PLAIN = "The bridge was built in 1871 and costs $5.2 million a year 🌊 to keep dry. "
MARKED = "Dr. Mba’s 🌊🌊 notes, all 12 of them1, are in the Regnbogen."
WORDS = Document(
    title="Every word in its place",
    blocks=(
        Block(kind=BlockKind.HEADING, text="Every word in its place", level=1),
        Block(
            kind=BlockKind.PARAGRAPH,
            text=PLAIN + MARKED,
            spans=(
                Span(start=len(PLAIN) + 5, end=len(PLAIN) + 14, kind="strong"),
                Span(start=len(PLAIN + MARKED) - 10, end=len(PLAIN + MARKED) - 1, kind="lang", value="de"),
                Span(
                    start=len(PLAIN) + MARKED.index("1,"),
                    end=len(PLAIN) + MARKED.index("1,") + 1,
                    kind="note",
                    value="n",
                ),
            ),
        ),
        Block(kind=BlockKind.PARAGRAPH, text="A short one. " + "Words go on and on, one after the other. " * 6),
        Block(kind=BlockKind.NOTE, text="They were found on a stove.", marker="1", anchor="n"),
    ),
)
MARK = """(() => {
    const range = [...(CSS.highlights.get('spoken') ?? [])][0];
    const sentence = document.querySelector('.sentence.now');
    if (!range) return [document.querySelector('audio').currentTime, sentence?.id.slice(2) ?? '', -1, ''];
    const before = new Range();
    before.setStart(sentence, 0);
    before.setEnd(range.startContainer, range.startOffset);
    const at = [...before.toString()].length;
    return [document.querySelector('audio').currentTime, sentence.id.slice(2), at, range.toString()];
})()"""
SAMPLES = f"""(async () => {{
    const audio = {SOUND}, seen = [];
    while (audio.paused || audio.currentTime < 1) await new Promise((done) => setTimeout(done, 10));
    while (seen.length < 20) {{
        await new Promise((done) => setTimeout(done, 230 + 37 * (seen.length % 5)));
        seen.push({MARK});
    }}
    return seen;
}})()"""
NEAR_SECONDS = 0.15
Sample = tuple[float, str, int, str]


@pytest.fixture(scope="module")
def words(site: Site) -> tuple[str, Sequence[Cue]]:
    """The slug of an article with signs, numbers and marks of notes, and when all of it sounds."""
    article = site.narrated(WORDS)
    audio = site.library.audio(article.id)
    assert audio is not None
    return article.slug, audio.cues


def chosen(page: Page, site: Site, **settings: str) -> None:
    """As if somebody had chosen that before."""
    page.context.add_cookies([{"name": "settings", "value": urlencode(settings), "url": site.url}])


def check_words(samples: Sequence[Sample], cues: Sequence[Cue]) -> None:
    """Each sample shows the word that sounds then, or the one beside it at its very edge."""
    by_id = {cue.sentence_id: cue for cue in cues}
    for at, sentence_id, start, text in samples:
        cue = by_id[sentence_id]
        marked = [n for n, word in enumerate(cue.words) if word.start == start]
        assert marked, (at, text, "is no word")
        word = cue.words[marked[0]]
        assert cue.written[word.start : word.end].split() == text.replace("1,", ",").split()
        following = [w for c in cues[cues.index(cue) :] for w in c.words if w.start_seconds > word.start_seconds]
        assert at >= word.start_seconds - NEAR_SECONDS, (at, text)
        assert not following or at <= following[0].start_seconds + NEAR_SECONDS, (at, text)


@pytest.mark.parametrize("speed", ["1", "2"])
def test_the_marked_word_is_the_spoken_one(
    page: Page, site: Site, words: tuple[str, Sequence[Cue]], speed: str
) -> None:
    slug, cues = words
    chosen(page, site, follow="word")
    page.goto(f"/articles/{slug}")
    page.get_by_label("Speed").select_option(speed)
    play(page)
    samples = page.evaluate(SAMPLES)
    assert len({(sentence, start) for _, sentence, start, _ in samples}) > 12
    check_words(samples, cues)


@pytest.mark.outside
def test_the_marked_word_is_the_spoken_one_in_firefox(site: Site, words: tuple[str, Sequence[Cue]]) -> None:
    program = shutil.which("firefox") or require("firefox-esr")
    require("pulseaudio")
    slug, cues = words
    with sink() as environment, Firefox(program, environment) as firefox:
        firefox.goto(f"{site.url}/about")
        firefox.evaluate("(document.cookie = 'settings=follow=word; Path=/', 1)")
        firefox.goto(f"{site.url}/articles/{slug}")
        for speed in (1, 2):
            firefox.evaluate(f"(({SOUND}.currentTime = 0), ({SOUND}.playbackRate = {speed}), {SOUND}.play(), 1)")
            samples = firefox.evaluate(SAMPLES)
            check_words(samples, cues)


def test_each_word_of_the_text_can_be_marked(page: Page, site: Site, words: tuple[str, Sequence[Cue]]) -> None:
    """Also those with signs beyond the first 65,536, inside markup, and those that are said in other words."""
    slug, cues = words
    chosen(page, site, follow="word")
    page.goto(f"/articles/{slug}")
    page.evaluate(f"{SOUND}.preload = 'auto'")
    for cue in cues[1:4]:
        for word in cue.words:
            page.evaluate(f"{SOUND}.currentTime = {word.start_seconds + 0.02}")
            until(page, f"Math.abs({MARK}[0] - {word.start_seconds + 0.02}) < 0.01 && {MARK}[2] === {word.start}")
    told = {cue.written[word.start : word.end] for cue in cues for word in cue.words}
    assert {"$5.2", "Mba’s", "1871"} <= told


def test_words_are_marked_without_a_change_of_the_text(
    page: Page, site: Site, words: tuple[str, Sequence[Cue]]
) -> None:
    chosen(page, site, follow="word")
    page.goto(f"/articles/{words[0]}")
    page.evaluate(
        """() => {
            window.changes = [];
            new MutationObserver((all) => all.forEach((m) => m.attributeName !== 'class' && changes.push(m.type)))
                .observe(document.querySelector('article header').parentElement.querySelector('.prose'),
                    { subtree: true, childList: true, characterData: true, attributes: true });
        }"""
    )
    play(page)
    until(page, f"{SOUND}.currentTime > 3.5 && {MARK}[2] >= 0")
    assert page.evaluate("changes") == []


def test_no_word_is_looked_for_while_it_pauses_or_nobody_looks(
    page: Page, site: Site, words: tuple[str, Sequence[Cue]]
) -> None:
    page.add_init_script(
        """window.marks = 0;
        const set = HighlightRegistry.prototype.set;
        HighlightRegistry.prototype.set = function (...all) { marks += 1; return set.apply(this, all); };
        window.isAway = false;
        Object.defineProperty(document, 'hidden', { get: () => isAway });"""
    )
    chosen(page, site, follow="word")
    page.goto(f"/articles/{words[0]}")
    play(page)
    until(page, f"{SOUND}.currentTime > 2 && marks > 2")
    page.get_by_role("button", name="Pause").click()
    page.wait_for_timeout(100)
    before = page.evaluate("marks")
    page.wait_for_timeout(700)
    assert page.evaluate("marks") == before
    page.evaluate("isAway = true")
    play(page)
    page.wait_for_timeout(700)
    assert page.evaluate("marks") == before
    page.evaluate("(isAway = false, document.dispatchEvent(new Event('visibilitychange')))")
    until(page, f"marks > {before}")


def test_a_browser_without_highlights_marks_the_sentence(page: Page, site: Site) -> None:
    page.add_init_script("delete window.Highlight;")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    chosen(page, site, follow="word")
    page.goto(site.page("done"))
    play(page)
    expect(page.locator(".sentence.now:not(.by-word)")).to_be_visible()
    assert not any("/words/" in address for address in asked)


def test_words_are_asked_for_when_they_are_wanted_alone(page: Page, site: Site) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site.page("done"))
    play(page)
    page.wait_for_timeout(400)
    assert not any("/words/" in address for address in asked)
    page.locator("summary", has_text="Text and sound").click()
    page.get_by_role("combobox", name="Mark what is spoken", exact=True).select_option("Each word")
    until(page, "CSS.highlights.has('spoken')")
    assert len([address for address in asked if "/words/" in address]) == 1, asked


def test_words_are_marked_in_sound_that_is_made_as_it_is_heard(page: Page, site: Site) -> None:
    article = site.add(replace(WORDS, title="Words as they are made"))
    chosen(page, site, follow="word")
    page.goto(f"/articles/{article.slug}")
    play(page)
    samples = page.evaluate(SAMPLES)
    site.studio.work.narrate(article.id)
    audio = site.library.audio(article.id)
    assert audio is not None
    check_words(samples, audio.cues)


def test_what_is_said_in_other_words_is_marked_as_one_piece(page: Page, site: Site) -> None:
    """A table's row, and what is only mentioned: no word of the text is said, so none is marked."""
    chosen(page, site, follow="word", tables="read")
    page.goto(site.page("done"))
    for part, selector in (("Monday", "tr.sentence"), ("metres(feet", "div.code.sentence")):
        piece = page.locator(selector).filter(has_text=part)
        piece.click(position={"x": 6, "y": 6})
        expect(piece).to_have_class("sentence now" if selector[0] == "t" else "code sentence now")
        assert page.evaluate("CSS.highlights.has('spoken')") is False


@pytest.mark.parametrize("follow", ["sentence", "word"])
def test_the_text_scrolls_along_unless_the_reader_is_elsewhere(page: Page, site: Site, follow: str) -> None:
    chosen(page, site, follow=follow)
    page.goto(site.page("long"))
    starts = page.evaluate("[...document.querySelectorAll('.sentence[data-start]')].map((e) => +e.dataset.start)")
    page.evaluate(f"{SOUND}.currentTime = {starts[1]}")
    page.get_by_label("Speed").select_option("3")
    page.locator(".prose p").first.scroll_into_view_if_needed()
    play(page)
    until(page, f"{SOUND}.currentTime > {starts[24]}", seconds=40)
    seen = page.locator(".sentence.now").bounding_box()
    assert seen is not None
    assert 0 <= seen["y"] < 720
    assert page.evaluate("scrollY") > 100
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_timeout(1200)
    assert page.evaluate("scrollY") == 0, "who scrolled away is left alone"


def test_scrolling_along_can_be_switched_off(page: Page, site: Site) -> None:
    chosen(page, site, scroll="off")
    page.goto(site.page("long"))
    expect(page.get_by_label("Scroll along")).not_to_be_checked()
    page.get_by_label("Speed").select_option("3")
    page.evaluate("document.querySelector('.prose p').scrollIntoView({ block: 'end', behavior: 'instant' })")
    before = page.evaluate("scrollY")
    play(page)
    until(page, "document.querySelector('.now').getBoundingClientRect().top > innerHeight", seconds=20)
    assert page.evaluate("scrollY") == before


def test_the_look_of_the_mark_is_chosen_for_good(page: Page, site: Site) -> None:
    page.goto(site.page("done"))
    play(page)
    page.locator("summary", has_text="Text and sound").click()
    look = page.get_by_label("Look of the mark")
    colours = set()
    for name in ("Green", "Yellow", "Light and dark swapped", "Underline only"):
        look.select_option(name)
        colours.add(page.locator(".now").evaluate("(e) => getComputedStyle(e).backgroundColor"))
    assert len(colours) == 4
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-mark", "underline")
    expect(look).to_have_value("underline")


# -- skipping by kind -------------------------------------------------------------------------------


def _said(kind: BlockKind, text: str, **more: object) -> Block:
    return Block(kind=kind, text=text, **more)  # type: ignore[arg-type]


KINDS = Document(
    title="All kinds of things",
    blocks=(
        _said(BlockKind.HEADING, "All kinds of things", level=1),
        _said(BlockKind.PARAGRAPH, "Here is a table."),
        _said(BlockKind.TABLE, "Tides", rows=(("Day", "Height"), ("Monday", "nine feet"), ("Tuesday", "ten feet"))),
        _said(BlockKind.PARAGRAPH, "Here is a quotation."),
        _said(BlockKind.QUOTE, "The sea came in today. It went out again."),
        _said(BlockKind.QUOTE, "It will come back."),
        _said(BlockKind.PARAGRAPH, "Here is some code."),
        _said(BlockKind.CODE, "one = 1\ntwo = 2", marker="python"),
        _said(BlockKind.PARAGRAPH, "Here is a picture."),
        _said(BlockKind.FIGURE, "The quay at dawn.", alt="A grey wall. A gull sits on it."),
        _said(BlockKind.HEADING, "The end of it", level=2),
        _said(BlockKind.PARAGRAPH, "That is all there is."),
        _said(BlockKind.NOTE, "A note about it.", marker="1", anchor="1"),
    ),
)
STYLE = {"tables": "named", "quotes": "named", "code": "named", "figures": "named", "notes": "read"}
TRACE = """() => {
    window.heard = [];
    const audio = document.querySelector('audio');
    const look = () => {
        const now = document.querySelector('.sentence.now');
        if (now && !audio.paused && !audio.seeking && heard.at(-1) !== now.id) heard.push(now.id);
        setTimeout(look, 5);
    };
    look();
}"""


@pytest.fixture(scope="module")
def kinds(site: Site) -> dict[str, str]:
    """The sentences of an article that names everything, written -> id, and its slug and that of its twin to be heard
    live."""
    twins = {}
    for title in ("All kinds of things", "All kinds of things, live"):
        article = site.add(replace(KINDS, title=title))
        site.studio.styles.set_article(article.slug, STYLE)
        twins[title] = article
    first, second = twins.values()
    site.studio.work.narrate(first.id)
    script = site.studio.page(first.slug).script
    assert script is not None
    return {s.written: s.id for s in script.sentences} | {"finished": first.slug, "live": second.slug}


def heard(
    page: Page, kinds: dict[str, str], *, speed: str = "3", until_text: str = "That is all there is."
) -> list[str]:
    """What was heard up to a sentence, by what was marked."""
    page.get_by_label("Speed").select_option(speed)
    page.evaluate(TRACE)
    play(page)
    until(page, f"heard.at(-1) === 's-{kinds[until_text]}' || {SOUND}.ended", seconds=40)
    written = {f"s-{name}": text for text, name in kinds.items()}
    return [written[each] for each in page.evaluate("heard")]


ANNOUNCED = [
    "All kinds of things",
    "Here is a table.",
    "Table: Tides, 2 rows, 2 columns.",
    "Here is a quotation.",
    "Quote.",
    "Here is some code.",
    "Code example, 2 lines.",
    "Here is a picture.",
    "A grey wall.",
    "A gull sits on it.",
    "The quay at dawn.",
    "The end of it",
    "That is all there is.",
]


@pytest.mark.parametrize("way", ["finished", "live"])
def test_what_is_announced_is_not_read_unless_somebody_wants_it(
    page: Page, site: Site, kinds: dict[str, str], way: str
) -> None:
    page.goto(f"/articles/{kinds[way]}")
    found = [text for text in heard(page, kinds) if "synthetic" not in text]
    assert found == [text for text in ANNOUNCED if text != "A gull sits on it." or text in found]
    if way == "finished":
        length = page.evaluate(f"{SOUND}.duration")
        seconds = float(page.locator("[data-player]").get_attribute("data-seconds") or 0)
        assert length == pytest.approx(seconds, abs=0.1), "the time line is the whole recording's"


def test_what_is_to_be_read_is_read(page: Page, site: Site, kinds: dict[str, str]) -> None:
    chosen(page, site, tables="read", quotes="read", code="read")
    page.goto(f"/articles/{kinds['finished']}")
    found = heard(page, kinds)
    for text in ("Day: Monday. Height: nine feet.", "The sea came in today.", "It will come back.", "one = 1"):
        assert text in found


def test_what_is_to_be_skipped_is_not_even_announced(page: Page, site: Site, kinds: dict[str, str]) -> None:
    chosen(page, site, tables="skipped", quotes="skipped", code="skipped", figures="skipped")
    page.goto(f"/articles/{kinds['finished']}")
    found = [text for text in heard(page, kinds) if "synthetic" not in text]
    assert found == [
        text for text in ANNOUNCED if text.startswith(("Here", "Th", "All")) and text != "The quay at dawn."
    ]


def test_a_jump_is_from_pause_to_pause(page: Page, site: Site, kinds: dict[str, str]) -> None:
    page.goto(f"/articles/{kinds['finished']}")
    page.evaluate(
        f"""() => {{
            window.jumps = [];
            const audio = {SOUND};
            let before = 0;
            const look = () => {{ if (!audio.seeking) before = audio.currentTime; requestAnimationFrame(look); }};
            look();
            audio.addEventListener('seeking', () => jumps.push([before, audio.currentTime]));
        }}"""
    )
    heard(page, kinds, speed="2", until_text="Here is some code.")
    audio = site.library.audio(site.library.article(kinds["finished"]).id)
    assert audio is not None
    sounds = [(cue.start, cue.end) for cue in audio.cues]
    jumps = page.evaluate("jumps")
    assert len(jumps) == 2
    for jump in jumps:
        for at in jump:
            assert not any(start + 0.03 < at < end - 0.03 for start, end in sounds), (at, jump)


def test_a_sleep_timer_stops_where_a_jump_leads(page: Page, site: Site, kinds: dict[str, str]) -> None:
    """Also when all that is left of the chapter is skipped."""
    chosen(page, site, figures="skipped", showsleep="shown", speed="0.5")  # time to choose
    page.goto(f"/articles/{kinds['finished']}")
    page.get_by_text("Here is a picture.").click()
    until(page, f"!{SOUND}.paused && {SOUND}.currentTime > 0")
    page.get_by_role("combobox", name="Sleep timer").select_option("chapter")
    until(page, f"{SOUND}.paused", seconds=20)
    expect(page.locator(".sentence.now")).to_have_text("The end of it")


def test_who_goes_into_what_is_skipped_hears_it(page: Page, site: Site, kinds: dict[str, str]) -> None:
    page.goto(f"/articles/{kinds['finished']}")
    page.get_by_text("Tides").click()
    expect(page.locator("caption.now")).to_be_visible()
    page.get_by_role("button", name="Next sentence").click()
    row = page.locator("tr.sentence").first
    expect(row).to_have_class("sentence now")
    until(page, f"document.querySelector('.now')?.id === 's-{kinds['Day: Tuesday. Height: ten feet.']}'")


def test_what_is_chosen_while_it_plays_holds_at_once_and_stays(page: Page, site: Site, kinds: dict[str, str]) -> None:
    page.goto(f"/articles/{kinds['finished']}")
    page.locator("summary", has_text="Text and sound").click()
    play(page)
    page.get_by_role("group", name="Skip while listening").get_by_label("Tables").select_option("Skipped")
    found = heard_now(page, kinds)
    assert "Table: Tides, 2 rows, 2 columns." not in found
    page.reload()
    page.locator("summary", has_text="Text and sound").click()
    expect(page.get_by_role("group", name="Skip while listening").get_by_label("Tables")).to_have_value("skipped")


def heard_now(page: Page, kinds: dict[str, str]) -> list[str]:
    page.evaluate(TRACE)
    until(page, f"heard.at(-1) === 's-{kinds['Here is a quotation.']}'", seconds=30)
    written = {f"s-{name}": text for text, name in kinds.items()}
    return [written[each] for each in page.evaluate("heard")]


@pytest.mark.parametrize("look", ["light", "dark"])
def test_each_look_of_the_mark_can_be_read(open_page: Callable[..., Page], site: Site, look: str) -> None:
    page = open_page(color_scheme=look)
    for mark in CHOICES["mark"]:
        chosen(page, site, mark=mark)
        page.goto(site.page("done"))
        page.get_by_text("The harbour office still keeps").click(position={"x": 5, "y": 5})
        page.locator(".sentence.now").wait_for()
        assert axe(page) == [], mark
