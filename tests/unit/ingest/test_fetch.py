"""The fetcher against a real server on loopback: what it asks, where it goes, and what it keeps to itself."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from email.utils import formatdate
from pathlib import Path
from typing import Any

import certifi
import pytest

from tests import hostile
from tests.hostile import ARTICLE, LIMITS, PATIENT, PEM, PUBLIC_IP, SITE, answer, leads, sends
from voice_app.errors import BlockedAddressError, FetchError, InputError, TooLargeError, UnreachableError
from voice_app.ingest import connection
from voice_app.ingest.connection import Network
from voice_app.ingest.decode import text_of
from voice_app.ingest.fetch import Fetcher
from voice_app.ingest.reader import Reader
from voice_app.model import Source

PAGE = "<p>héllo</p>"
CHEESE = "<p>Ein Käse für Österreich ist schön.</p>"
FILES = Path("/proc/self/fd")
ACTS: Mapping[str, hostile.Act] = {
    "/latin": sends(answer(PAGE.encode("latin-1"), kind='text/HTML; charset="latin-1"', etag='"1"')),
    "/cookie": sends(answer(status="302 Found", location="/latin", set_cookie="a=b; Path=/")),
    "/stale": sends(answer(status="304 Not Modified", content_length="")),
    "/stale-elsewhere": leads("/stale"),
    "/tags": sends(answer(b"x", etag="x" * 900, last_modified="Mon\u00e4")),
    "/endless-redirect": hostile.pours(answer(status="302 Found", location="/latin", content_length=""), b"x" * 9999),
    "/umlaut": lambda line: line.sendall("HTTP/1.1 302 Found\r\nLocation: /größe\r\n\r\n".encode()),
    "/gr%C3%B6%C3%9Fe": sends(answer(b"large")),
    "/relative": leads("?a=b#c"),
    "/relative?a=b": sends(answer(b"with a query")),
    "/packed": sends(answer(gzip.compress(PAGE.encode()) + gzip.compress(b"<p>more</p>"), content_encoding="gzip")),
    "/chunked": sends(answer(content_length="", transfer_encoding="chunked") + b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"),
    "/unannounced": sends(answer(b"to the end", content_length="")),
    "/untyped": sends(answer(b"<p>x</p>", kind="")),
    "/keeps-open": lambda line: (line.sendall(answer(b"all of it")), time.sleep(1))[1],
    "/sign": sends(answer(b'<meta http-equiv="Refresh" content="0; URL=\'/sign-2?a=1&amp;b=2\'"><p>Click here</p>')),
    "/sign-2?a=1&b=2": sends(answer(b'<meta http-equiv="refresh" content="0; url=/latin"><p>And here</p>')),
    "/reloads": sends(answer(b'<meta http-equiv="refresh" content="300">' + ARTICLE.encode())),
    "/leads-away": sends(answer(b'<meta http-equiv="refresh" content="9; url=/latin">' + ARTICLE.encode())),
    "/busy": sends(answer(status="503 Busy", retry_after="120")),
    "/busy-until": sends(answer(status="429 Busy", retry_after=formatdate(time.time() + 600, usegmt=True))),
    "/busy-odd": sends(answer(status="429 Busy", retry_after="soon")),
    "/other-robots": sends(answer(ARTICLE.encode(), x_robots_tag="noindex, googlebot: noai, noimageai")),
    "/mislabelled": sends(answer(CHEESE.encode("cp1252"))),
    "/unknown-charset": sends(answer(CHEESE.encode(), kind="text/html; charset=x-user-defined")),
    "/utf-16-said": sends(answer(CHEESE.encode(), kind="text/html; charset=utf-16")),
    "/punycode": sends(answer(b"a" * 500_000, kind="text/plain; charset=punycode")),
}


@pytest.fixture
def site() -> Iterator[hostile.Site]:
    with hostile.opened(ACTS) as site:
        yield site


@pytest.fixture
def fetcher(site: hostile.Site) -> Fetcher:
    return Fetcher(PATIENT, network=site.network())


def _got(fetcher: Fetcher, path: str) -> Source:
    return fetcher.get(f"http://{SITE}{path}")


def test_a_page_comes_with_what_the_server_said_of_it(fetcher: Fetcher) -> None:
    source = _got(fetcher, "/latin#part")
    told = (source.origin, source.media_type, source.charset, source.etag, source.last_modified)
    assert told == (f"http://{SITE}/latin", "text/html", "latin-1", '"1"', None)
    assert source.body == PAGE.encode("latin-1")


def test_a_request_says_who_asks_and_nothing_of_the_person(
    fetcher: Fetcher, site: hostile.Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    _got(fetcher, "/cookie")
    heads = [dict(line.split(": ", 1) for line in head.strip().split("\r\n")[1:]) for head in site.requests]
    assert [head.split()[1] for head in site.requests] == ["/cookie", "/latin"]
    for head in heads:
        assert set(head) == {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}
        assert head["Host"] == SITE
        assert head["User-Agent"].startswith("VoiceApp/")


def test_the_number_that_was_checked_is_the_one_that_is_dialled(site: hostile.Site) -> None:
    network = site.network(**{"turns.example": [[PUBLIC_IP], ["127.0.0.1"]]})
    assert Fetcher(LIMITS, network=network).get("http://turns.example/latin").body
    assert network.asked == ["turns.example"]
    assert network.dialled == [(PUBLIC_IP, 80)]
    assert "Host: turns.example\r\n" in site.requests[0]


def test_a_name_that_turns_private_is_not_dialled_again(site: hostile.Site) -> None:
    network = site.network(**{"turns.example": [[PUBLIC_IP], ["10.0.0.1"]]})
    fetcher = Fetcher(LIMITS, network=network)
    fetcher.check("http://turns.example/latin")
    with pytest.raises(BlockedAddressError):
        fetcher.get("http://turns.example/latin")
    assert not network.dialled
    assert not site.requests


def test_every_redirect_asks_for_the_number_anew(site: hostile.Site) -> None:
    network = site.network(**{"turns.example": [[PUBLIC_IP], ["169.254.169.254"]]})
    with pytest.raises(BlockedAddressError):
        Fetcher(LIMITS, network=network).get("http://turns.example/cookie")
    assert network.dialled == [(PUBLIC_IP, 80)]


def test_the_next_number_is_dialled_when_one_swallows_the_call(site: hostile.Site) -> None:
    class Half(hostile.Mapped):
        def dial(self, ip: str, port: int, seconds: float) -> socket.socket:
            if ":" in ip:
                self.dialled.append((ip, port))
                time.sleep(seconds)
                raise TimeoutError
            return super().dial(ip, port, seconds)

    many = [f"2606:4700::{n}" for n in range(9)]
    network = Half({SITE: [[*many, PUBLIC_IP]]}, {80: site.port})
    assert _got(Fetcher(LIMITS, network=network), "/latin").body
    assert [ip for ip, _ in network.dialled] == [*many[:2], PUBLIC_IP]


def test_a_private_site_is_read_only_where_that_is_allowed(site: hostile.Site) -> None:
    address = f"http://127.0.0.1:{site.port}/latin"
    with pytest.raises(BlockedAddressError):
        Fetcher(LIMITS).get(address)
    home = Fetcher(replace(LIMITS, allow_private=True))
    home.check(address)
    assert home.get(address).origin == address
    assert home.get(f"http://localhost:{site.port}/latin").body


def test_a_certificate_counts_for_the_name_and_not_for_the_number(
    site: hostile.Site, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(certifi, "where", lambda: str(PEM))
    connection._context.cache_clear()
    try:
        assert fetcher.get("https://elsewhere.example/latin").origin == "https://elsewhere.example/latin"
        with pytest.raises(FetchError, match="could not prove"):
            fetcher.get(f"https://{SITE}/latin")
    finally:
        connection._context.cache_clear()
    assert site.names == ["elsewhere.example", SITE]
    assert len(site.requests) == 1


def test_the_body_of_a_redirect_is_not_read(fetcher: Fetcher) -> None:
    assert _got(fetcher, "/endless-redirect").origin.endswith("/latin")


@pytest.mark.parametrize(
    ("path", "body", "end"),
    [
        ("/umlaut", b"large", "/gr%C3%B6%C3%9Fe"),
        ("/relative", b"with a query", "/relative?a=b"),
        ("/packed", PAGE.encode() + b"<p>more</p>", "/packed"),
        ("/chunked", b"abcde", "/chunked"),
        ("/unannounced", b"to the end", "/unannounced"),
        ("/keeps-open", b"all of it", "/keeps-open"),
        ("/untyped", b"<p>x</p>", "/untyped"),
    ],
)
def test_what_honest_sites_do_is_understood(fetcher: Fetcher, path: str, body: bytes, end: str) -> None:
    source = _got(fetcher, path)
    assert (source.body, source.origin) == (body, f"http://{SITE}{end}")


def test_a_page_without_a_type_is_not_called_text(fetcher: Fetcher) -> None:
    assert _got(fetcher, "/untyped").media_type == ""


def test_a_sign_to_another_page_is_followed_once(fetcher: Fetcher) -> None:
    assert b"And here" in _got(fetcher, "/sign").body


@pytest.mark.parametrize("path", ["/reloads", "/leads-away"])
def test_an_article_that_reloads_itself_is_read(fetcher: Fetcher, path: str) -> None:
    assert _got(fetcher, path).origin == f"http://{SITE}{path}"


def test_marks_of_a_page_are_sent_back_and_an_unchanged_page_is_none(fetcher: Fetcher, site: hostile.Site) -> None:
    assert fetcher.again(f"http://{SITE}/stale-elsewhere", '"1"', "Mon, 01 Jan 2024 00:00:00 GMT") is None
    assert all('If-None-Match: "1"\r\nIf-Modified-Since: Mon, 01' in head for head in site.requests)
    again = fetcher.again(f"http://{SITE}/latin", '"0"', None)
    assert again is not None
    assert again.body
    assert "If-Modified-Since" not in site.requests[-1]


def test_marks_that_could_not_be_sent_back_are_not_kept(fetcher: Fetcher) -> None:
    source = _got(fetcher, "/tags")
    assert (source.etag, source.last_modified) == (None, None)


def test_an_unchanged_page_was_not_asked_for_without_marks(fetcher: Fetcher) -> None:
    with pytest.raises(FetchError, match="304"):
        fetcher.again(f"http://{SITE}/stale", None, None)


@pytest.mark.parametrize(("path", "least", "most"), [("/busy", 120, 120), ("/busy-until", 300, 600)])
def test_a_busy_site_says_when_to_come_back(fetcher: Fetcher, path: str, least: int, most: int) -> None:
    with pytest.raises(UnreachableError) as problem:
        _got(fetcher, path)
    assert least <= problem.value.facts["retry_after_seconds"] <= most
    with pytest.raises(UnreachableError) as problem:
        _got(fetcher, "/busy-odd")
    assert problem.value.facts["retry_after_seconds"] is None


def test_marks_for_other_robots_are_not_for_us(fetcher: Fetcher) -> None:
    assert _got(fetcher, "/other-robots").body


@pytest.mark.parametrize("path", ["/mislabelled", "/unknown-charset", "/utf-16-said"])
def test_a_wrong_charset_does_not_spoil_the_words(fetcher: Fetcher, path: str) -> None:
    document = Reader(PATIENT, fetcher=fetcher).read(f"http://{SITE}{path}")
    assert "Käse für Österreich" in " ".join(block.text for block in document.kept)


def test_a_charset_that_takes_for_ever_is_not_tried(fetcher: Fetcher) -> None:
    source = _got(fetcher, "/punycode")
    started = time.monotonic()
    assert text_of(source) == "a" * 500_000
    assert time.monotonic() - started < hostile.SECONDS


def test_limits_can_be_nearer_for_a_part(fetcher: Fetcher) -> None:
    with pytest.raises(TooLargeError):
        fetcher.within(max_bytes=5, seconds=1.0).get(f"http://{SITE}/latin")
    with pytest.raises(UnreachableError):
        fetcher.within(max_bytes=500, seconds=0.2).get(f"http://{SITE}/drip-body")


def test_a_name_server_that_does_not_answer_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    released = threading.Event()

    def hang(*args: Any, **kwargs: Any) -> Any:
        released.wait(5)
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    started = time.monotonic()
    with pytest.raises(UnreachableError, match="no site"):
        Fetcher(replace(LIMITS, connect_seconds=0.2), network=Network()).check(f"http://{SITE}/")
    assert time.monotonic() - started < 1
    released.set()


def test_a_name_that_the_system_knows_as_private_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET6, socket.SOCK_STREAM, 6, "", ("fd00::5", 80, 0, 0))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: found)
    with pytest.raises(BlockedAddressError):
        Fetcher(LIMITS).get("http://harmless.example/")


@pytest.mark.skipif(not FILES.is_dir(), reason="counts open files as Linux does")
def test_no_line_and_no_thread_is_left_behind(fetcher: Fetcher) -> None:
    def held() -> tuple[int, int]:
        return len(list(FILES.iterdir())), sum("Timer" in thread.name for thread in threading.enumerate())

    def fail(path: str) -> None:
        with pytest.raises(InputError):
            _got(fetcher, path)

    _got(fetcher, "/latin")
    time.sleep(0.1)
    before = held()
    for path in ("/latin", "/cookie"):
        _got(fetcher, path)
    for path in ("/status-404", "/garbage", "/bomb", "/to-loopback", "/closes"):
        fail(path)
    with pytest.raises(UnreachableError):
        fetcher.within(max_bytes=99, seconds=0.3).get(f"http://{SITE}/drip-header")
    time.sleep(0.2)
    after = held()
    assert after[0] <= before[0] + 1  # the server's end of the last one may still be open
    assert after[1] == before[1]
