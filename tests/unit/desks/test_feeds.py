"""Watched feeds against a real site on loopback: whole entries, stubs, lists of feeds, and feeds that break."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.unit.desks.conftest import House
from voice_app.desks.feeds import FIRST_ENTRIES
from voice_app.errors import BlockedAddressError, DamagedFileError, FeedNotArticleError, NoArticleError
from voice_app.model import ArticleState

SENTENCES = "The tide came in over the flats. Nobody had seen it so high in May. The boats lay on the quay. "
WHOLE = f"<p>{SENTENCES * 3}</p><h2>After the flood</h2><p>{SENTENCES * 3}</p>"


class Site:
    """Serves `pages` and counts what it is asked for; answers 304 to who knows the etag."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[str, str]] = {}
        self.asked: list[tuple[str, int]] = []
        self.url = ""

    def rss(self, *items: str, title: str = "Harbour News") -> None:
        text = f'<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>{title}'
        text += f"</title><language>en-GB</language>{''.join(items)}</channel></rss>"
        self.pages["/feed.xml"] = ("application/rss+xml", text)


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            media_type, text = made.pages.get(self.path, ("text/plain", ""))
            etag = f'"{abs(hash(text))}"'
            code = 404 if self.path not in made.pages else 304 if self.headers.get("If-None-Match") == etag else 200
            made.asked.append((self.path, code))
            body = text.encode() if code == 200 else b""
            self.send_response(code)
            for name, value in (("Content-Type", media_type), ("ETag", etag), ("Content-Length", str(len(body)))):
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    made.url = f"http://127.0.0.1:{server.server_port}"
    yield made
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def house(make_house: Callable[..., House]) -> House:
    return make_house(fetch__allow_private=True, watch__feeds_minutes=0)


def item(number: int, *, body: str = WHOLE, link: str = "") -> str:
    address = f"<link>{link}</link>" if link else ""
    content = f"<content:encoded><![CDATA[{body}]]></content:encoded>"
    when = f"<pubDate>{datetime(2026, 5, number, tzinfo=UTC):%a, %d %b %Y %H:%M:%S GMT}</pubDate>"
    return f"<item><guid>id-{number}</guid><title>Tide {number}</title>{address}{when}{content}</item>"


def titles(house: House) -> list[str]:
    return [article.title for article in house.studio.articles()]


def test_of_a_new_feed_the_newest_entries_become_articles_and_later_every_new_one(house: House, site: Site) -> None:
    site.rss(*(item(number) for number in range(9, 0, -1)))
    house.studio.feeds.watch(f"{site.url}/feed.xml")
    house.studio.feeds.look()
    assert titles(house) == ["Tide 9", "Tide 8", "Tide 7"][:FIRST_ENTRIES]
    house.studio.feeds.look()
    assert len(titles(house)) == FIRST_ENTRIES
    site.rss(*(item(number) for number in range(11, 0, -1)))
    house.studio.feeds.look()
    assert titles(house)[:2] == ["Tide 11", "Tide 10"]
    assert len(titles(house)) == FIRST_ENTRIES + 2
    (feed,) = house.studio.feeds.all()
    assert (feed.title, feed.articles, feed.problem) == ("Harbour News", FIRST_ENTRIES + 2, "")


def test_a_whole_entry_is_read_from_the_feed_with_its_facts(house: House, site: Site) -> None:
    site.rss(item(3, link=f"{site.url}/tide"))
    house.studio.feeds.watch(f"{site.url}/feed.xml")
    house.studio.feeds.look()
    (article,) = house.studio.articles()
    assert (article.origin, article.state, article.language) == (f"{site.url}/tide", ArticleState.READY, "en-GB")
    assert (str(article.published), article.source_url) == ("2026-05-03", f"{site.url}/tide")
    assert [path for path, _ in site.asked] == ["/feed.xml"], "the page itself is not needed"
    document = house.studio.page(article.slug).document
    assert document
    assert [block.text for block in document.kept][0::2][:2] == ["Tide 3", "After the flood"]


def test_a_stub_is_fetched_from_its_address(house: House, site: Site) -> None:
    page = f"<html lang=en><title>Tide</title><body><article><h1>Tide</h1>{WHOLE}</article></body></html>"
    site.pages["/tide"] = ("text/html", page)
    site.rss(item(1, body="<p>The tide came in\u2026</p>", link=f"{site.url}/tide"))
    house.studio.feeds.watch(f"{site.url}/feed.xml")
    house.studio.feeds.look()
    house.work()
    (article,) = house.studio.articles()
    assert (article.title, article.state) == ("Tide", ArticleState.DONE)


def test_a_feed_that_did_not_change_costs_nothing(house: House, site: Site) -> None:
    site.rss(item(1))
    house.studio.feeds.watch(f"{site.url}/feed.xml")
    for _ in range(3):
        house.studio.feeds.look()
    assert [code for _, code in site.asked] == [200, 304, 304]


def test_a_feed_is_looked_at_when_it_is_due(make_house: Callable[..., House], site: Site) -> None:
    house = make_house(fetch__allow_private=True, watch__feeds_minutes=60)
    site.rss(item(1))
    house.studio.feeds.watch(f"{site.url}/feed.xml")
    house.studio.feeds.look()
    house.studio.feeds.look()
    assert len(site.asked) == 1
    ground = house.studio.feeds._ground
    ground.clock = lambda: datetime.now(UTC) + timedelta(minutes=61)  # type: ignore[method-assign]
    house.studio.feeds.look()
    assert len(site.asked) == 2


def test_a_page_leads_to_its_feed(house: House, site: Site) -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
    site.pages["/"] = ("text/html", f"<html><head><title>Harbour</title>{link}</head><body><p>Hello.</body></html>")
    site.rss(item(1))
    house.studio.feeds.watch(f"{site.url}/")
    house.studio.feeds.look()
    (feed,) = house.studio.feeds.all()
    assert (feed.address, feed.title) == (f"{site.url}/feed.xml", "Harbour News")


@pytest.mark.parametrize(
    ("media_type", "text", "words"),
    [
        ("text/html", "<html><body><p>No feed here.</p></body></html>", "names no feed"),
        ("application/rss+xml", "<rss version='2.0'><channel><title>Cut", ""),
        ("application/rss+xml", "", ""),
        ("image/png", "\x89PNG", "picture"),
    ],
)
def test_a_feed_that_breaks_is_told_and_looked_at_again(
    house: House, site: Site, media_type: str, text: str, words: str
) -> None:
    site.pages["/feed.xml"] = (media_type, text)
    house.studio.feeds.watch(f"{site.url}/feed.xml")
    house.studio.feeds.look()
    (feed,) = house.studio.feeds.all()
    assert words in feed.problem or feed.title == "Cut"
    site.rss(item(1))
    house.studio.feeds.look()
    (feed,) = house.studio.feeds.all()
    assert (feed.problem, feed.title) == ("", "Harbour News")
    assert titles(house) == ["Tide 1"]


def test_what_was_watched_stays_when_it_is_watched_no_longer(house: House, site: Site) -> None:
    site.rss(item(1))
    feed = house.studio.feeds.watch(f"{site.url}/feed.xml")
    assert house.studio.feeds.watch(f"{site.url}/feed.xml").id == feed.id
    house.studio.feeds.look()
    house.studio.feeds.unwatch(feed.id)
    assert house.studio.feeds.all() == ()
    assert titles(house) == ["Tide 1"]
    house.studio.feeds.watch(f"{site.url}/feed.xml")
    house.studio.feeds.look()
    assert titles(house) == ["Tide 1"], "known by its address, not twice"


def test_an_opml_list_watches_each_feed_once(house: House) -> None:
    body = b"""<opml version="1.0"><body><outline text="News"><outline text="A" xmlUrl="https://a.example/f"/>
    <outline text="A again" xmlUrl="https://a.example/f"/><outline title="B &amp; C" xmlUrl="http://b.example/"/>
    <outline text="no" xmlUrl="javascript:alert(1)"/></outline></body></opml>"""
    house.studio.feeds.watch_all("feeds.opml", body)
    assert [(f.title, f.address) for f in house.studio.feeds.all()] == [
        ("A", "https://a.example/f"),
        ("B & C", "http://b.example/"),
    ]


@pytest.mark.parametrize(
    ("body", "error"),
    [(b"<opml><body/></opml>", NoArticleError), (b"\x00\x01", DamagedFileError), (b"", DamagedFileError)],
)
def test_a_list_without_feeds_is_refused(house: House, body: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        house.studio.feeds.watch_all("feeds.opml", body)


def test_a_private_address_is_not_watched(make_house: Callable[..., House]) -> None:
    with pytest.raises(BlockedAddressError):
        make_house().studio.feeds.watch("http://127.0.0.1/feed.xml")


def test_a_feed_given_as_an_article_is_told_from_one(house: House, site: Site) -> None:
    site.rss(item(1))
    article = house.studio.intake.add_address(f"{site.url}/feed.xml")
    with pytest.raises(FeedNotArticleError, match="page Feeds"):
        house.studio.work.read(article.id)
