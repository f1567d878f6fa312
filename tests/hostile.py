"""A site on loopback that does what sites should not, and a network on which it passes for a public one.

Run as a program with the ports of such a site, it reads everything that the site has, and prints for each case what
came of it, the seconds that it took, and by how many bytes the memory of the process grew at most. Run without, it
opens the site, runs itself, and prints that as a table.
"""

from __future__ import annotations

import gzip
import json
import resource
import socket
import ssl
import struct
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from voice_app import config
from voice_app.errors import FetchError, InputError, TooLargeError, UnreachableError, UnsupportedTypeError, WallError
from voice_app.ingest.connection import Network
from voice_app.ingest.fetch import Fetcher
from voice_app.ingest.reader import Reader

PUBLIC_IP = "93.184.215.14"
SITE = "site.example"
PEM = Path(__file__).with_name("data") / "elsewhere.pem"
"""A key and a certificate for elsewhere.example that nobody signed."""
LIMITS = config.Fetch(connect_seconds=1.0, stall_seconds=0.4, total_seconds=1.2, max_redirects=3)
PATIENT = replace(LIMITS, connect_seconds=5.0, stall_seconds=5.0, total_seconds=15.0)
"""For honest pages, on a busy machine too."""
SECONDS = 3.0
"""By then every case must have ended, on a busy machine too."""
WORDS = "It rained on the day of the fair, and the band played under the roof of the old market hall. "
ARTICLE = f"<html><head><title>The fair</title></head><body><h1>The fair</h1>{f'<p>{WORDS * 3}</p>' * 3}</body></html>"

Act = Callable[[socket.socket], None]


class Mapped(Network):
    """`names` has the numbers of each name, one list an asking, the last one for ever. Public numbers lead to `ports`
    on loopback by the port that is asked for; a private number is dialled as it is."""

    def __init__(self, names: Mapping[str, list[list[str]]], ports: Mapping[int, int]) -> None:
        self._names = {name: list(answers) for name, answers in names.items()}
        self._ports = ports
        self.asked: list[str] = []
        self.dialled: list[tuple[str, int]] = []

    def resolve(self, host: str, port: int, seconds: float) -> list[str]:
        self.asked.append(host)
        if host not in self._names:
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        answers = self._names[host]
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def dial(self, ip: str, port: int, seconds: float) -> socket.socket:
        self.dialled.append((ip, port))
        return super().dial("127.0.0.1", self._ports[port], seconds)


@dataclass(kw_only=True)
class Site:
    """`requests` are the heads of all requests; `names` are what TLS clients asked for."""

    port: int = 0
    tls_port: int = 0
    acts: dict[str, Act] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    def network(self, **names: list[list[str]]) -> Mapped:
        known = {SITE: [[PUBLIC_IP]], "elsewhere.example": [[PUBLIC_IP]], **names}
        return Mapped(known, {80: self.port, 443: self.tls_port, 9999: 9, 8443: self.port})


@contextmanager
def opened(acts: Mapping[str, Act] | None = None) -> Iterator[Site]:
    """The site, listening without and with TLS."""
    site = Site(acts={**ACTS, **(acts or {})})
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(PEM)
    context.sni_callback = lambda _line, name, _context: site.names.append(name)  # type: ignore[assignment, func-returns-value]
    listeners = [socket.create_server(("127.0.0.1", 0)) for _ in range(2)]
    site.port, site.tls_port = (listener.getsockname()[1] for listener in listeners)
    threads = [
        threading.Thread(target=_listen, args=(listener, site, secure), daemon=True)
        for listener, secure in zip(listeners, (None, context), strict=True)
    ]
    for thread in threads:
        thread.start()
    try:
        yield site
    finally:
        for listener, thread in zip(listeners, threads, strict=True):
            listener.shutdown(socket.SHUT_RDWR)
            listener.close()
            thread.join()


def _listen(listener: socket.socket, site: Site, context: ssl.SSLContext | None) -> None:
    with suppress(OSError):
        while True:
            line = listener.accept()[0]
            threading.Thread(target=_serve, args=(line, site, context), daemon=True).start()


def _serve(line: socket.socket, site: Site, context: ssl.SSLContext | None) -> None:
    with suppress(OSError), line:
        line.settimeout(5)
        talk = context.wrap_socket(line, server_side=True) if context else line
        with talk:
            head = b""
            while b"\r\n\r\n" not in head and (more := talk.recv(4096)):
                head += more
                if not head.startswith(b"GET "):
                    talk.sendall(answer(status="400 Bad Request"))
                    return
            if head:
                site.requests.append(head.decode("latin-1"))
                site.acts[head.split(b" ")[1].decode()](talk)


def answer(body: bytes = b"", status: str = "200 OK", kind: str = "text/html; charset=utf-8", **headers: str) -> bytes:
    """A whole answer. `headers` have underscores for the hyphens; an empty one is left out."""
    given = {"content_type": kind, "content_length": str(len(body)), **headers}
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in given.items() if value]
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode("latin-1") + body


def sends(data: bytes) -> Act:
    return lambda line: line.sendall(data)


def sends_packed(pack: Callable[[], bytes], packing: str) -> Act:
    """Made only when it is asked for: the process whose memory is measured never does."""
    return lambda line: line.sendall(answer(pack(), content_encoding=packing))


def leads(target: str, status: str = "302 Found") -> Act:
    return sends(answer(status=status, location=target))


def drips(start: bytes, drop: bytes, *, pause_seconds: float = 0.05) -> Act:
    """Never silent and never done."""

    def act(line: socket.socket) -> None:
        line.sendall(start)
        while True:
            line.sendall(drop)
            time.sleep(pause_seconds)

    return act


def pours(start: bytes, drop: bytes) -> Act:
    return drips(start, drop, pause_seconds=0)


def resets(line: socket.socket) -> None:
    line.sendall(answer(ARTICLE.encode(), content_length="99999")[:900])
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


@cache
def _bomb(layers: int = 1, megabytes: int = 100) -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    data = b"".join(packer.compress(bytes(1_000_000)) for _ in range(megabytes)) + packer.flush()
    for _ in range(layers - 1):
        data = gzip.compress(data)
    return data


@cache
def _noise() -> bytes:
    """12 MB of what could be a log, packed."""
    return gzip.compress(b"".join(b"%x %d\n" % (n * 2654435761 % 2**32, n) for n in range(800_000)), 1)


OPEN = answer(content_length="")
CHUNKED = answer(content_length="", transfer_encoding="chunked")
NOT_FOUND = "<html><head><title>Page not found - The Site</title></head><body><h1>Page not found</h1>{}</body></html>"
HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


@dataclass(frozen=True, kw_only=True)
class Case:
    """A path of the site, what it does, and how it must be refused."""

    act: Act
    error: type[InputError]
    sentence: str
    address: str = ""


SLOW = "took too long"
LARGE = "too large"
HEADERS = "far more in front of the page"
LENGTH = "not as long as the site said"
PRIVATE = "private network"
NO_SITE = "is not a web site"
CASES: dict[str, Case] = {
    "/drip-body": Case(act=drips(OPEN, b"x"), error=UnreachableError, sentence=SLOW),
    "/drip-announced": Case(act=drips(answer(content_length="500"), b"x"), error=UnreachableError, sentence=SLOW),
    "/drip-chunks": Case(act=drips(CHUNKED, b"1\r\nx\r\n"), error=UnreachableError, sentence=SLOW),
    "/drip-chunk-size": Case(act=drips(CHUNKED, b"0"), error=UnreachableError, sentence=SLOW),
    "/drip-trailer": Case(act=drips(CHUNKED + b"0\r\n", b"x: y\r\n"), error=UnreachableError, sentence=SLOW),
    "/drip-header": Case(act=drips(HTTP + b"X: ", b"x"), error=UnreachableError, sentence=SLOW),
    "/drip-status": Case(act=drips(b"HTTP/1.1 200 O", b"K"), error=UnreachableError, sentence=SLOW),
    "/drip-continue": Case(act=drips(b"", b"HTTP/1.1 100 Go on\r\n\r\n"), error=UnreachableError, sentence=SLOW),
    "/drip-gzip": Case(
        act=drips(answer(content_length="", content_encoding="gzip"), gzip.compress(b"")),
        error=UnreachableError, sentence=SLOW),
    "/stall": Case(act=lambda _line: time.sleep(2), error=UnreachableError, sentence="stopped answering"),
    "/stall-in-body": Case(
        act=lambda line: (line.sendall(answer(content_length="500") + b"x"), time.sleep(2))[1],
        error=UnreachableError, sentence="stopped answering"),
    "/endless": Case(act=pours(OPEN, b"x" * 65_536), error=TooLargeError, sentence=LARGE),
    "/endless-chunks": Case(
        act=pours(CHUNKED, b"10000\r\n" + b"x" * 65_536 + b"\r\n"), error=TooLargeError, sentence=LARGE),
    "/one-large-chunk": Case(
        act=pours(CHUNKED + b"fffffffffff\r\n", b"x" * 65_536), error=TooLargeError, sentence=LARGE),
    "/announced-large": Case(act=sends(answer(content_length="99999999999")), error=TooLargeError, sentence=LARGE),
    "/bomb": Case(
        act=sends_packed(_bomb, "gzip"), error=TooLargeError, sentence="unpacks to far more"),
    "/bomb-in-bomb": Case(
        act=sends_packed(lambda: _bomb(2), "gzip, gzip"), error=FetchError, sentence="packed in a way"),
    "/packed-large": Case(
        act=sends_packed(_noise, "gzip"), error=TooLargeError, sentence=LARGE),
    "/brotli": Case(
        act=sends(answer(b"\x0b\x02\x80<p>\x03", content_encoding="br")), error=FetchError, sentence="packed in a way"),
    "/deflate-bomb": Case(
        act=sends_packed(lambda: zlib.compress(bytes(9_999_999)), "deflate"),
        error=FetchError, sentence="packed in a way"),
    "/gzip-cut": Case(
        act=sends(answer(gzip.compress(ARTICLE.encode())[:-20], content_encoding="gzip")),
        error=UnreachableError, sentence=LENGTH),
    "/gzip-broken": Case(
        act=sends(answer(ARTICLE.encode(), content_encoding="gzip")), error=UnreachableError, sentence="damaged"),
    "/loop": Case(act=leads("/loop-back"), error=FetchError, sentence="in circles"),
    "/loop-back": Case(act=leads("/loop", "307 Temporary Redirect"), error=FetchError, sentence="in circles"),
    "/itself": Case(act=leads("/itself"), error=FetchError, sentence="in circles"),
    "/chain": Case(act=leads("/chain-2"), error=FetchError, sentence="more than 3 times"),
    "/refresh-loop": Case(
        act=sends(answer(b'<meta http-equiv="refresh" content="0; url=/refresh-loop">')),
        error=FetchError, sentence="in circles"),
    "/to-loopback": Case(act=leads("http://127.0.0.1/"), error=InputError, sentence=PRIVATE),
    "/to-metadata": Case(act=leads("http://169.254.169.254/latest/"), error=InputError, sentence=PRIVATE),
    "/to-private-name": Case(act=leads("http://inside.example/"), error=InputError, sentence=PRIVATE),
    "/to-number": Case(act=leads("//2130706433/"), error=InputError, sentence=PRIVATE),
    "/refresh-to-private": Case(
        act=sends(answer(b"<meta content='1;URL=http://10.0.0.1/' http-equiv=Refresh><p>Moved</p>")),
        error=InputError, sentence=PRIVATE),
    "/to-file": Case(act=leads("file:///etc/passwd"), error=FetchError, sentence="Only addresses"),
    "/to-gopher": Case(act=leads("gopher://site.example/"), error=FetchError, sentence="Only addresses"),
    "/to-script": Case(act=leads("javascript:alert(1)"), error=FetchError, sentence="Only addresses"),
    "/to-nothing": Case(act=leads("http://[::"), error=FetchError, sentence="no address"),
    "/to-mail-port": Case(act=leads("http://site.example:25/"), error=FetchError, sentence="port 25"),
    "/to-userinfo": Case(act=leads("http://a:b@site.example/"), error=FetchError, sentence="before its @"),
    "/too-short": Case(
        act=sends(answer(ARTICLE.encode(), content_length="5000")), error=UnreachableError, sentence=LENGTH),
    "/too-long": Case(
        act=sends(answer(ARTICLE.encode(), content_length="200")), error=UnreachableError, sentence=LENGTH),
    "/chunks-cut": Case(
        act=sends(CHUNKED + b"40\r\n<p>The beginning"), error=UnreachableError, sentence=LENGTH),
    "/chunks-broken": Case(act=sends(CHUNKED + b"zz\r\n<p>"), error=UnreachableError, sentence=LENGTH),
    "/reset": Case(act=resets, error=UnreachableError, sentence="closed the connection|not as long"),
    "/giant-header": Case(
        act=pours(HTTP + b"X: ", b"x" * 65_536), error=FetchError, sentence=HEADERS),
    "/many-headers": Case(
        act=sends(HTTP + b"X: y\r\n" * 5_000 + b"\r\n"), error=FetchError, sentence=HEADERS),
    "/large-headers": Case(
        act=sends(HTTP + b"".join(b"X-%d: %s\r\n" % (n, b"x" * 5_000) for n in range(50)) + b"\r\n"),
        error=FetchError, sentence=HEADERS),
    "/endless-headers": Case(act=pours(HTTP, b"X: y\r\n" * 1000), error=FetchError, sentence=HEADERS),
    "/garbage": Case(act=sends(b"\x00\x01\x02 hello\r\n\r\n"), error=FetchError, sentence=NO_SITE),
    "/mail-server": Case(act=sends(b"220 mail.example ESMTP\r\n"), error=FetchError, sentence=NO_SITE),
    "/http-2": Case(act=sends(b"HTTP/2.0 200 OK\r\n\r\n"), error=FetchError, sentence=NO_SITE),
    "/bad-status": Case(act=sends(b"HTTP/1.1 abc OK\r\n\r\n"), error=FetchError, sentence=NO_SITE),
    "/closes": Case(act=lambda _line: None, error=UnreachableError, sentence="closed the connection"),
    "/picture": Case(
        act=pours(answer(content_length="", kind="image/png"), b"x" * 999),
        error=UnsupportedTypeError, sentence="a picture"),
    "/binary": Case(
        act=sends(answer(bytes(range(256)) * 40)), error=InputError, sentence="not text|could not be decoded"),
    "/soft-404": Case(
        act=sends(answer(NOT_FOUND.format("<p>The page that you are looking for does not exist.</p>").encode())),
        error=WallError, sentence="error page"),
    "/empty": Case(act=sends(answer()), error=InputError, sentence="no text"),
    "/no-ai": Case(
        act=pours(answer(content_length="", x_robots_tag="noindex, noai"), b"x" * 999),
        error=WallError, sentence="does not allow"),
    "/tdm": Case(act=sends(answer(ARTICLE.encode(), tdm_reservation="1")), error=WallError, sentence="does not allow"),
    "/challenge": Case(
        act=sends(answer(status="403 No", cf_mitigated="challenge")), error=WallError, sentence="a person first"),
    "/tls": Case(act=sends(answer(ARTICLE.encode())), error=FetchError, sentence="could not prove",
                 address="https://site.example/tls"),
    "/plain-at-tls": Case(act=sends(b""), error=UnreachableError, sentence="No secure connection",
                          address="https://site.example:8443/plain-at-tls"),
    "/flips": Case(act=sends(answer(ARTICLE.encode())), error=InputError, sentence=PRIVATE,
                   address="http://flips.example/flips"),
    "/half-private": Case(act=sends(answer(ARTICLE.encode())), error=InputError, sentence=PRIVATE,
                          address="http://half.example/half-private"),
    "/no-name": Case(act=sends(b""), error=UnreachableError, sentence="no site",
                     address="http://nowhere.example/no-name"),
    "/closed-port": Case(act=sends(b""), error=UnreachableError, sentence="did not answer",
                         address="http://site.example:9999/"),
}  # fmt: skip
STATUSES = {
    401: (WallError, "logged in"), 402: (WallError, "pay"), 403: (WallError, "error 403"), 404: (FetchError, "no such"),
    410: (FetchError, "taken off"), 418: (FetchError, "error 418"), 429: (UnreachableError, "too often"),
    451: (WallError, "law"), 500: (UnreachableError, "a fault"), 502: (UnreachableError, "a fault"),
    503: (UnreachableError, "too busy"), 206: (FetchError, "error 206"), 304: (FetchError, "error 304"),
}  # fmt: skip
for _status, (_error, _sentence) in STATUSES.items():
    CASES[f"/status-{_status}"] = Case(
        act=sends(answer(b"no", status=f"{_status} No")), error=_error, sentence=_sentence
    )
ACTS = {path: case.act for path, case in CASES.items()}
ACTS |= {f"/chain-{n}": leads(f"/chain-{n + 1}") for n in range(2, 5)}
ACTS |= {"/chain-5": leads("/page"), "/page": sends(answer(ARTICLE.encode()))}
NAMES = {
    "inside.example": [["10.1.2.3"]],
    "flips.example": [[PUBLIC_IP], ["127.0.0.1"]],
    "half.example": [[PUBLIC_IP, "192.168.0.1"]],
}


@dataclass(frozen=True, kw_only=True)
class Outcome:
    error: type[InputError] | None
    sentence: str
    seconds: float


def outcome(site: Site, path: str, limits: config.Fetch = LIMITS) -> Outcome:
    """What comes of reading one of the cases, checked first as the form for articles does."""
    reader = Reader(limits, fetcher=Fetcher(limits, network=site.network(**NAMES)))
    address = CASES[path].address or f"http://{SITE}{path}"
    started = time.monotonic()
    try:
        if path == "/flips":
            reader.check(address)
        reader.read(address)
    except InputError as problem:
        return Outcome(error=type(problem), sentence=str(problem), seconds=time.monotonic() - started)
    return Outcome(error=None, sentence="", seconds=time.monotonic() - started)


def all_outcomes(site: Site) -> tuple[dict[str, Outcome], int]:
    """Every case read in a process of its own, and by how many bytes that process grew at most."""
    for pack in (_bomb, _noise):
        pack()  # takes longer than a site may be silent
    _bomb(2)
    done = subprocess.run(
        [sys.executable, "-m", "tests.hostile", str(site.port), str(site.tls_port)],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        check=True,
    )
    told = json.loads(done.stdout)
    errors = {cls.__name__: cls for cls in (InputError, *_below(InputError))}
    outcomes = {path: Outcome(error=errors.get(e), sentence=s, seconds=t) for path, (e, s, t) in told["cases"].items()}
    return outcomes, told["grown_bytes"]


def _below(cls: type[InputError]) -> Iterator[type[InputError]]:
    for inner in cls.__subclasses__():
        yield inner
        yield from _below(inner)


def _measured(site: Site) -> None:
    Reader(PATIENT, fetcher=Fetcher(PATIENT, network=site.network())).read(f"http://{SITE}/page")  # loads all there is
    start = _peak_bytes()
    slow = [path for path in CASES if path.startswith(("/drip", "/stall"))]  # these wait, and hold next to nothing
    with ThreadPoolExecutor(len(slow)) as pool:
        outcomes = dict(zip(slow, pool.map(lambda path: outcome(site, path), slow), strict=True))
    outcomes |= {path: outcome(site, path) for path in CASES if path not in outcomes}
    cases = {
        path: (got.error.__name__ if got.error else "", got.sentence, got.seconds) for path, got in outcomes.items()
    }
    print(json.dumps({"grown_bytes": _peak_bytes() - start, "cases": cases}))


def _peak_bytes() -> int:
    """The most memory that this process ever held. Linux hands the parent's figure of `getrusage` down to it."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text().partition("VmHWM:")[2].split()[0]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def main() -> None:
    if len(sys.argv) > 1:
        _measured(Site(port=int(sys.argv[1]), tls_port=int(sys.argv[2])))
        return
    with opened() as site:
        outcomes, grown_bytes = all_outcomes(site)
    for path, got in outcomes.items():
        print(f"{path:20} {got.seconds:5.2f} s  {got.error.__name__ if got.error else '-':20} {got.sentence}")
    print(f"{len(outcomes)} cases, {grown_bytes / 1e6:.1f} MB above the start")


if __name__ == "__main__":
    main()
