"""The site without scripts, as a person uses it: by its labels and links alone."""

from __future__ import annotations

import io
import re
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import av
import feedparser
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import until
from tests.browser.places import PLACES
from tests.browser.site import Site
from tests.conftest import require
from tests.firefox import Firefox, sink
from tests.journeys.test_serve import Service, wait_until

pytestmark = pytest.mark.browser

TITLE = "El faro que olvidó apagarse"
SOURCE = f"""<!doctype html><html lang="es"><head><meta charset="utf-8"><title>{TITLE}</title></head><body>
<nav><a href="/">Portada</a></nav><article><h1>{TITLE}</h1>
<p>Durante tres inviernos nadie subió al faro, y la lámpara siguió encendida cada noche. Nadie bajó a verla.</p>
<h2>La llave</h2>
<p>La llave colgaba de un clavo en la taberna, detrás de los vasos. Todos la veían y nadie preguntaba de quién era.</p>
<p>Una niña la pidió prestada un domingo. Volvió de noche, y en el puerto se hizo oscuro por primera vez en años.</p>
</article></body></html>"""
DEAD = """(all) => all.filter((e) => e.checkVisibility() && (
    e.matches('button, input, select, textarea:not([readonly])')
        ? !e.form?.action || (e.type === 'button') || !e.form.querySelector('button:not([type=button])')
        : e.matches('a') ? !e.href || e.href.startsWith('javascript:')
        : e.matches('audio') ? !(e.controls && (e.src || e.querySelector('source')))
        : !e.closest('details'))).map((e) => e.outerHTML.slice(0, 120))"""
CONTROLS = "a, button, input, select, textarea, summary, audio, [role=button], [tabindex='0']:not(.wide)"


@contextmanager
def newspaper(held: threading.Event) -> Iterator[str]:
    """The address of an article on another site, which answers once `held` is set."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            held.wait(20)
            body = SOURCE.encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/faro"
        held.set()
        server.shutdown()


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    service = Service(tmp_path)
    service.start(VOICE_APP_FETCH__ALLOW_PRIVATE="true")
    wait_until(service.answers)
    yield service
    service.end()


@pytest.fixture
def reader(chromium: Browser, service: Service) -> Iterator[Page]:
    context = chromium.new_context(base_url=f"http://127.0.0.1:{service.port}", java_script_enabled=False)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def played_seconds(data: bytes) -> float:
    """How long the sound in a file is, by decoding all of it."""
    with av.open(io.BytesIO(data)) as file:
        return sum(float(frame.samples / frame.sample_rate) for frame in file.decode(audio=0))


def visit(page: Page, link: str) -> None:
    page.get_by_role("navigation", name="Site", exact=True).get_by_role("link", name=link, exact=True).click()


def add(page: Page, address: str) -> None:
    page.goto("/")
    page.get_by_role("link", name="Add the first article").click()
    page.get_by_label("Address of the article").fill(address)
    page.get_by_role("button", name="Add the article").click()


def wait_for_the_sound(page: Page, held: threading.Event) -> None:
    """The page says how far it is, and a link shows it again."""
    again = page.get_by_role("link", name="Load this page again to see how far it is")
    expect(page.get_by_role("region", name="Narration")).to_contain_text("The text comes first, then the sound.")
    held.set()
    for _ in range(200):
        if not again.count():
            return
        again.click()
        page.wait_for_timeout(50)
    raise AssertionError("the article is never narrated")


def find(page: Page) -> int:
    """Search the library for a word of the text. The seconds that the card tells."""
    visit(page, "Library")
    page.get_by_label("Search the library").fill("taberna")
    page.get_by_role("button", name="Search").click()
    card = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=TITLE))
    expect(card.locator(".excerpt b")).to_have_text("taberna")
    told = re.search(r"Ready to listen, (\d+) seconds", card.inner_text())
    assert told
    card.get_by_role("link", name=TITLE).click()
    return int(told[1])


def read(page: Page) -> None:
    article = page.get_by_role("article")
    assert article.get_attribute("lang") == "es"
    assert page.locator("html").get_attribute("lang") == "en"
    expect(article.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(article.get_by_role("heading", name="La llave", level=2)).to_be_visible()
    expect(article).to_contain_text("Todos la veían y nadie preguntaba de quién era.")
    expect(page.locator(".prose")).not_to_contain_text("Portada")


def listen(page: Page, seconds: int) -> None:
    """By the keyboard, with the player that the browser has."""
    sound = page.locator("audio")
    expect(sound).to_have_accessible_name(f"Narration of {TITLE}")
    sound.focus()
    page.keyboard.press("Space")
    until(page, "document.querySelector('audio').currentTime > 0.5")
    page.keyboard.press("Space")
    assert sound.evaluate("(sound) => sound.paused && sound.duration") == pytest.approx(seconds, abs=1)


def download(page: Page, seconds: int) -> None:
    page.get_by_role("link", name="Downloads").click()
    page.keyboard.press("Enter")  # the link leads to what opens them
    links = page.get_by_role("list").filter(has_text="MP3").get_by_role("link")
    got: dict[str, bytes] = {}
    for link in links.all():
        with page.expect_download() as coming:
            link.click()
        got[link.inner_text()] = coming.value.path().read_bytes()
    assert played_seconds(got["Whole article, MP3"]) == pytest.approx(seconds, abs=1)
    assert f"\n{TITLE}\n" in got["Subtitles, SRT"].decode()
    assert got["Transcript with times, WebVTT"].startswith(b"WEBVTT")
    assert all(got.values())
    assert len(got) >= 5


def subscribe(page: Page, seconds: int) -> None:
    """The address is taken as the page shows it."""
    page.get_by_role("link", name="Help", exact=True).click()
    address = page.locator("h3:has-text('Podcast feed') + p + p").get_by_role("link")
    (entry,) = feedparser.parse(page.request.get(address.inner_text()).body()).entries
    assert entry.title == TITLE
    (sound,) = entry.enclosures
    body = page.request.get(sound.href).body()
    assert len(body) == int(sound.length)
    assert played_seconds(body) == pytest.approx(seconds, abs=1)


def queue(page: Page) -> None:
    """From the article's page, and out again on the queue's own."""
    page.get_by_role("button", name="Add to the queue").click()
    visit(page, "Queue")
    expect(page.get_by_text("1 article, ")).to_be_visible()
    page.get_by_role("link", name="Begin with the first").click()
    expect(page.get_by_role("button", name="Remove from the queue")).to_be_visible()
    visit(page, "Queue")
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_role("heading", name="It was taken out of the queue.")).to_be_focused()
    expect(page.get_by_text("Nothing is in the queue.")).to_be_visible()


def hear(page: Page) -> None:
    page.get_by_role("button", name="Mark as heard").click()
    expect(page.get_by_role("heading", name="It is marked as heard.")).to_be_focused()
    expect(page.get_by_role("button", name="Mark as not heard")).to_be_visible()
    visit(page, "Listen")
    expect(page.get_by_text("You have heard everything.")).to_be_visible()


def choose(page: Page) -> None:
    visit(page, "Settings")
    page.get_by_label("Dark", exact=True).check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name=re.compile("Saved for this browser"))).to_be_focused()
    visit(page, "Home")
    assert page.locator("html").get_attribute("data-theme") == "dark"


def delete(page: Page) -> None:
    """What was deleted can be brought back, and is gone from the library."""
    page.get_by_role("button", name="Delete this article").click()
    expect(page.get_by_role("heading", name=f"Deleted: {TITLE}")).to_be_focused()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    page.get_by_role("button", name="Delete this article").click()
    visit(page, "Library")
    expect(page.get_by_role("link", name=TITLE)).to_have_count(0)
    page.get_by_role("link", name="Recently deleted").click()
    expect(page.get_by_role("button", name=re.compile(f"Bring back.*{TITLE}"))).to_be_visible()


@pytest.mark.timeout(120)
def test_an_article_is_added_found_read_heard_taken_along_and_deleted(reader: Page) -> None:
    held = threading.Event()
    with newspaper(held) as address:
        add(reader, address)
        wait_for_the_sound(reader, held)
    seconds = find(reader)
    article = reader.url
    read(reader)
    listen(reader, seconds)
    download(reader, seconds)
    subscribe(reader, seconds)
    for step in (queue, hear, delete):
        reader.goto(article)
        step(reader)
    choose(reader)


def press(firefox: Firefox, name: str, then: str) -> None:
    """A link or a button that is seen, and what holds on the page that it leads to."""
    named = f"(e) => e.checkVisibility() && e.textContent.trim().startsWith({name!r})"
    firefox.evaluate(f"[...document.querySelectorAll('a, button, summary')].find({named}).click()")
    end = time.monotonic() + 10
    while not firefox.evaluate(f"document.readyState === 'complete' && Boolean({then})"):
        assert time.monotonic() < end, f"{name}: {then}"
        time.sleep(0.05)


@pytest.mark.outside
def test_firefox_adds_finds_plays_queues_and_deletes(site: Site) -> None:
    program = shutil.which("firefox") or require("firefox-esr")
    require("pulseaudio")
    text, sound = "document.body.innerText", "document.querySelector('audio')"
    with sink() as environment, Firefox(program, environment, has_scripts=False) as firefox:
        firefox.goto(f"{site.url}/add")
        firefox.evaluate("document.getElementById('text').value = '# Otters at dusk\\n\\nThey drift in the swell.'")
        press(firefox, "Add the article", f"{text}.includes('Load this page again')")
        site.studio.work.narrate(site.library.article("otters-at-dusk").id)
        press(firefox, "Load this page again", f"{sound}?.src.endsWith('.mp3')")
        press(firefox, "Library", "document.getElementById('q')")
        firefox.evaluate("document.getElementById('q').value = 'swell'")
        press(firefox, "Search", "document.querySelector('.excerpt b')")
        press(firefox, "Otters at dusk", sound)
        firefox.evaluate(f"{sound}.play()")
        press(firefox, "Downloads", f"{sound}?.currentTime > 0.3")
        assert firefox.evaluate("document.activeElement.localName") == "summary"
        press(firefox, "Add to the queue", f"{text}.includes('Remove from the queue')")
        press(firefox, "Queue", f"{text}.includes('Begin with the first')")
        press(firefox, "Otters at dusk", sound)
        press(firefox, "Delete", f"{text}.includes('Deleted: Otters at dusk')")


def test_no_control_that_is_seen_is_dead(open_page: Callable[..., Page], whole: Site) -> None:
    page = open_page(quiet=("status of 4",), java_script_enabled=False)
    found = []
    for place in PLACES:
        page.goto(place.address(whole))
        page.locator("details").evaluate_all("(all) => all.forEach((e) => { e.open = true; })")
        found += [f"{place.name}: {control}" for control in page.locator(CONTROLS).evaluate_all(DEAD)]
    assert not found, "\n".join(found)


def test_what_needs_scripts_says_so(open_page: Callable[..., Page]) -> None:
    page = open_page(java_script_enabled=False)
    told = page.locator("noscript > :text('This needs scripts')")
    page.goto("/queue")
    expect(told).to_have_count(1)
    page.goto("/settings")
    expect(told).to_have_count(3)
    page.goto("/add")
    expect(page.get_by_text("can be dropped anywhere on this page")).to_be_hidden()
    expect(page.get_by_role("link", name="Add to Voice App")).to_be_hidden()
