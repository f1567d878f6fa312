"""A publisher's page, at another origin, with the player of one of our articles in it."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Frame, Page, expect

from tests.browser import texts
from tests.browser.conftest import until
from tests.browser.site import Site
from tests.conftest import require
from tests.firefox import Firefox, sink
from tests.served import serving

pytestmark = pytest.mark.browser

SOUND = "document.querySelector('audio')"
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The harbour paper</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">{head}</head>
<body><main><h1>The harbour paper</h1>{body}<p>More news.</p></main></body></html>"""

IS_PLAYED = f"""(async () => {{
    const until = async (met, ends = performance.now() + 10000) => {{
        while (!met() && performance.now() < ends) await new Promise((done) => setTimeout(done, 20));
    }};
    await until(() => document.querySelector("[data-controls]")?.hidden === false);
    document.querySelector("[data-play]").click();
    await until(() => {SOUND}.currentTime > 0.3);
    return {SOUND}.currentTime;
}})()"""


class Publisher:
    """A site with one page, and what its readers' browsers sent to it."""

    url = ""

    def __init__(self) -> None:
        self.page = ""

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
        return [self.page.encode()]

    def shows(self, body: str, head: str = "") -> str:
        self.page = PAGE.format(head=head, body=body)
        return f"{self.url}/news"


@pytest.fixture(scope="module")
def publisher() -> Iterator[Publisher]:
    made = Publisher()
    with serving(made) as url:
        made.url = url.replace("127.0.0.1", "localhost")  # another site, not only another port
        yield made


@pytest.fixture
def tab(chromium: Browser, publisher: Publisher, site: Site) -> Iterator[Page]:
    """Anything that the browser complains of, or asks of a third site, fails the test."""
    context = chromium.new_context()
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda m: faults.append(m.text) if m.type in ("error", "warning") else None)
    page.on("request", lambda r: None if r.url.startswith((publisher.url, site.url)) else faults.append(r.url))
    yield page
    cookies = context.cookies()
    context.close()
    assert faults == []
    assert cookies == []


def frame_of(page: Page) -> Frame:
    page.locator("iframe").first.wait_for()
    found = page.locator("iframe").first.element_handle().content_frame()
    assert found
    found.locator("[data-controls]").wait_for()
    return found


def plays(page: Page, frame: Frame) -> None:
    frame.get_by_role("button", name="Play", exact=True).click()
    until(frame, f"{SOUND}.currentTime > 0.2")  # type: ignore[arg-type]
    expect(frame.get_by_role("button", name="Pause")).to_be_visible()
    page.locator("iframe").first.scroll_into_view_if_needed()


def script(site: Site, **data: str) -> str:
    given = "".join(f' data-{name}="{value}"' for name, value in data.items())
    return f'<script src="{site.url}/embed.js"{given} async></script>'


def snippet(page: Page, site: Site, label: str) -> str:
    """What the article's page says to copy."""
    page.goto(site.page("done"))
    page.get_by_text("Put it on your own page").click()
    return page.get_by_label(label).input_value()


def test_the_frame_that_the_page_gives_plays_elsewhere(tab: Page, publisher: Publisher, site: Site) -> None:
    tab.goto(publisher.shows(snippet(tab, site, "As a frame")))
    frame = frame_of(tab)
    plays(tab, frame)
    frame.get_by_role("button", name="Forward 15 seconds").click()
    until(frame, f"{SOUND}.currentTime > 15")  # type: ignore[arg-type]
    slider = frame.get_by_role("slider", name="Position")
    slider.focus()
    slider.press("Home")
    until(frame, f"{SOUND}.currentTime < 3")  # type: ignore[arg-type]
    frame.get_by_label("Speed").select_option("2")
    assert frame.evaluate(f"{SOUND}.playbackRate") == 2
    assert Axe().run(tab).violations_count == 0, Axe().run(tab).generate_report()
    with tab.context.expect_page() as opened:
        frame.get_by_role("link").click()
    expect(opened.value).to_have_title("The clerk who measured the sea - Voice App")


def test_the_script_that_the_page_gives_fits_the_frame(tab: Page, publisher: Publisher, site: Site) -> None:
    tab.goto(publisher.shows(snippet(tab, site, "As a script, which fits the frame to its page")))
    frame = frame_of(tab)
    element = tab.locator("iframe")
    expect(element).to_have_attribute("title", "Listen: The clerk who measured the sea - Voice App")
    for width in (1000, 320):
        tab.set_viewport_size({"width": width, "height": 700})
        until(frame, "document.documentElement.scrollHeight === innerHeight")  # type: ignore[arg-type]
        assert frame.evaluate("document.documentElement.scrollWidth <= innerWidth")
    plays(tab, frame)


def test_the_script_finds_the_article_by_the_pages_address(tab: Page, publisher: Publisher, site: Site) -> None:
    address = f"{publisher.url}/news"
    added = site.library.add(title="x", origin=address, media_type="", original="", digest="", source_url=address)
    site.library.save_document(added.id, texts.long_document("The news from the harbour", 3))
    link = f'<link rel="canonical" href="{address}"><meta property="article:modified_time" content="2099-01-01">'
    tab.goto(publisher.shows(script(site, theme="dark", accent="ff0"), head=link))
    frame = frame_of(tab)
    expect(frame.get_by_role("heading")).to_contain_text("The news from the harbour")
    assert frame.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(28, 31, 34)"
    assert frame.evaluate("getComputedStyle(document.querySelector('a')).color") == "rgb(255, 255, 0)"
    plays(tab, frame)  # nobody has narrated it: its sentences are made as they are heard
    site.studio.work.narrate(added.id)
    tab.reload()
    expect(frame_of(tab).get_by_text("may be of an earlier text")).to_be_visible()


def test_no_other_page_can_be_framed(chromium: Browser, publisher: Publisher, site: Site) -> None:
    page = chromium.new_page()
    for path in ("/", "/add", f"/articles/{site.slugs['done']}"):
        page.goto(publisher.shows(f'<iframe src="{site.url}{path}" title="Stolen"></iframe>'))
        end = time.monotonic() + 10  # the frame is refused some time after the page around it is there
        while not page.frames[1].url.startswith("chrome-error:"):
            assert time.monotonic() < end, path
            page.wait_for_timeout(20)
    page.close()


def test_it_is_heard_without_scripts(chromium: Browser, publisher: Publisher, site: Site) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(publisher.shows(f'<iframe src="{site.url}/embed/{site.slugs["done"]}" title="Listen"></iframe>'))
    inside = page.frame_locator("iframe")
    expect(inside.locator("audio[controls]")).to_be_visible()
    expect(inside.get_by_role("button")).to_have_count(0)
    context.close()


@pytest.mark.outside
def test_firefox_plays_it_too(publisher: Publisher, site: Site) -> None:
    program = shutil.which("firefox") or require("firefox-esr")
    require("pulseaudio")
    unheard = site.add(texts.long_document("A walk that another page plays", 3)).slug
    with sink() as environment, Firefox(program, environment) as firefox:
        for slug in (site.slugs["done"], unheard):
            firefox.goto(publisher.shows(script(site, article=slug)))
            assert firefox.inside(IS_PLAYED) > 0.3
            assert firefox.send("storage.getCookies")["cookies"] == []
