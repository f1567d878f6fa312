"""The fetcher against a real server on loopback: what it refuses, what it limits, and what it keeps to itself."""

from __future__ import annotations

import gzip
import http.server
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import requests_hardened.ip_filter as ip_filter

from voice_app import config
from voice_app.errors import BlockedAddressError, FetchError, InputError, TooLargeError, UnreachableError
from voice_app.ingest.fetch import Fetcher

PUBLIC = config.Fetch(max_bytes=200_000, connect_seconds=2, stall_seconds=0.5, total_seconds=1.0, max_redirects=3)
LOCAL = replace(PUBLIC, allow_private=True)
PRIVATE = [
    "http://127.0.0.1/",
    "http://127.8.8.8:8080/",
    "http://localhost/",
    "http://[::1]/",
    "http://0.0.0.0/",
    "http://10.0.0.1/",
    "http://172.16.5.4/",
    "http://192.168.1.1/",
    "http://169.254.169.254/latest/meta-data",
    "http://100.64.0.1/",
    "http://2130706433/",
    "http://0x7f.1/",
    "http://0177.0.0.1/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:10.0.0.1]/",
    "http://[fc00::1]/",
    "http://[fe80::1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://224.0.0.1/",
    "https://user:password@127.0.0.1/",
]


class Site(http.server.BaseHTTPRequestHandler):
    """Answers by path; remembers what it was asked."""

    seen: list[tuple[str, dict[str, str]]]

    def do_GET(self) -> None:
        self.server.seen.append((self.path, dict(self.headers)))  # type: ignore[attr-defined]
        name, _, rest = self.path.strip("/").partition("/")
        getattr(self, f"_{name}")(rest)

    def _page(self, rest: str) -> None:
        self._send("<p>héllo</p>".encode("latin-1"), {"Content-Type": "text/html; charset=latin-1", "ETag": '"1"'})

    def _cookie(self, rest: str) -> None:
        self._send(b"", {"Location": "/page", "Set-Cookie": "a=b; Path=/"}, 302)

    def _to(self, rest: str) -> None:
        self._send(b"", {"Location": rest.replace("!", "/")}, 302)

    def _loop(self, rest: str) -> None:
        self._send(b"", {"Location": "/loop"}, 302)

    def _status(self, rest: str) -> None:
        self._send(b"no", {}, int(rest))

    def _big(self, rest: str) -> None:
        self._send(b"x" * 300_000, {})

    def _bomb(self, rest: str) -> None:
        self._send(gzip.compress(b"x" * 5_000_000), {"Content-Encoding": "gzip", "Content-Type": "text/html"})

    def _drip(self, rest: str) -> None:
        self.send_response(200)
        self.end_headers()
        for _ in range(30):
            self.wfile.write(b"x" * 70_000 if rest else b"x")
            self.wfile.flush()
            time.sleep(0.2)

    def _stall(self, rest: str) -> None:
        time.sleep(2)

    def _send(self, body: bytes, headers: dict[str, str], code: int = 200) -> None:
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Site)
        self.seen: list[tuple[str, dict[str, str]]] = []

    def handle_error(self, *args: Any) -> None:
        """A client that hangs up is what these tests are about."""


@pytest.fixture
def site() -> Iterator[Server]:
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def address(site: Server) -> str:
    return f"http://127.0.0.1:{site.server_port}"


@pytest.fixture
def the_site_is_public(site: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """The test's own port passes the filter, as a site out there would; everything else is filtered as ever."""
    real = ip_filter.get_ip_address

    def filtered(host: str, port: int, allow_loopback: bool) -> Any:
        return real(host, port, allow_loopback=port == site.server_port)

    for module in ("requests_hardened.ip_filter", "requests_hardened.ip_filter_adapter"):
        monkeypatch.setattr(f"{module}.get_ip_address", filtered, raising=False)


@pytest.mark.parametrize("private", PRIVATE)
def test_private_addresses_are_refused_before_anything_is_sent(private: str) -> None:
    for act in (Fetcher(PUBLIC).check, Fetcher(PUBLIC).get):
        with pytest.raises(InputError, match=r"private network|no site|That is not") as problem:
            act(private)
        assert not isinstance(problem.value, TooLargeError)


@pytest.mark.parametrize(
    "bad", ["ftp://a.example/", "file:///etc/passwd", "javascript:alert(1)", "http://", "http://[::"]
)
def test_other_schemes_and_broken_addresses_are_refused(bad: str) -> None:
    with pytest.raises(FetchError):
        Fetcher(PUBLIC).check(bad)


def test_a_name_that_resolves_to_a_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def resolve(host: str, port: int, *args: Any, **kwargs: Any) -> Any:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.5", port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with pytest.raises(BlockedAddressError):
        Fetcher(PUBLIC).get("http://harmless.example/")


@pytest.mark.usefixtures("the_site_is_public")
@pytest.mark.parametrize(
    "target",
    ["http:!!127.0.0.1:9!", "http:!!10.0.0.1!", "http:!![::1]:9!", "http:!!169.254.169.254!", "http:!!localhost:9!"],
)
def test_a_redirect_into_a_private_network_is_refused(address: str, target: str) -> None:
    assert Fetcher(PUBLIC).get(f"{address}/page").body
    with pytest.raises(BlockedAddressError):
        Fetcher(PUBLIC).get(f"{address}/to/{target}")


def test_a_redirect_to_another_scheme_is_refused(address: str) -> None:
    with pytest.raises(InputError):
        Fetcher(LOCAL).get(f"{address}/to/file:!!!etc!passwd")


def test_a_page_comes_with_what_the_server_said_of_it(address: str) -> None:
    source = Fetcher(LOCAL).get(f"{address}/to/!page")
    assert (source.origin, source.media_type, source.charset, source.etag) == (
        f"{address}/page",
        "text/html",
        "latin-1",
        '"1"',
    )


def test_cookies_are_not_kept_and_the_name_is_ours(site: Server, address: str) -> None:
    Fetcher(LOCAL).get(f"{address}/cookie")
    assert [path for path, _ in site.seen] == ["/cookie", "/page"]
    assert all("Cookie" not in headers for _, headers in site.seen)
    assert all(headers["User-Agent"].startswith("VoiceApp/") for _, headers in site.seen)


@pytest.mark.parametrize("path", ["big", "bomb", "drip/fast"])
def test_size_is_limited_as_sent_and_as_unpacked(address: str, path: str) -> None:
    with pytest.raises(TooLargeError):
        Fetcher(LOCAL).get(f"{address}/{path}")


@pytest.mark.parametrize("path", ["drip", "stall"])
def test_time_is_limited(address: str, path: str) -> None:
    started = time.monotonic()
    with pytest.raises(UnreachableError):
        Fetcher(LOCAL).get(f"{address}/{path}")
    assert time.monotonic() - started < 3


def test_circles_end(address: str, site: Server) -> None:
    with pytest.raises(FetchError, match="circles"):
        Fetcher(LOCAL).get(f"{address}/loop")
    assert len(site.seen) == LOCAL.max_redirects + 1


@pytest.mark.parametrize(
    ("code", "words"), [(404, "error 404"), (403, "needs? a login|need a login"), (500, "error 500")]
)
def test_error_answers_are_told(address: str, code: int, words: str) -> None:
    with pytest.raises(FetchError, match=words):
        Fetcher(LOCAL).get(f"{address}/status/{code}")


def test_a_closed_port_is_a_site_that_does_not_answer() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(UnreachableError):
        Fetcher(LOCAL).get(f"http://127.0.0.1:{port}/")
