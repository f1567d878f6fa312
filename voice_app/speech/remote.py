"""Speech services on other machines: one POST for one sound, within limits of time and size, at a polite pace."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from functools import lru_cache
from urllib.parse import urlsplit

from voice_app.errors import ConfigError, EngineFailedError, EngineUnavailableError, ServiceAwayError, SpeechError

BACKOFF_SECONDS = 0.5
MAX_BYTES_FIXED, MAX_BYTES_PER_CHARACTER = 2_000_000, 20_000  # 48 kHz stereo WAV takes about 13,000
BUSY = (408, 429, 500, 502, 503, 504)
_SOUNDS = (
    b"RIFF",
    b"ID3",
    b"fLaC",
    b"OggS",
    *(bytes((0xFF, b)) for b in (0xE2, 0xE3, 0xF1, 0xF2, 0xF3, 0xF9, 0xFA, 0xFB)),
)


class Pace:
    """The least time between two requests of this process to one service, and how long it asked to be left alone."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._free_at = 0.0

    def wait(self, interval_seconds: float, until: float) -> float:
        """Return 0 when it is this caller's turn; if that is after `until`, return the seconds to wait at once."""
        with self._lock:
            now = time.monotonic()
            turn = max(now, self._free_at)
            if turn > until:
                return turn - now
            self._free_at = turn + interval_seconds
        time.sleep(turn - now)
        return 0.0

    def hold(self, seconds: float) -> None:
        with self._lock:
            self._free_at = max(self._free_at, time.monotonic() + seconds)


@lru_cache(maxsize=64)
def pace_of(url: str) -> Pace:
    """The pace that all threads of this process keep towards one address."""
    return Pace()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """`retry_after_seconds` is what the server asks for, if it does."""

    status: int
    body: bytes
    retry_after_seconds: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """Where to ask and how patiently: `tries` times within `timeout_seconds`.

    `refusals` are the answers after which no other sentence has a chance either, each with what to do.
    """

    name: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    timeout_seconds: float
    tries: int
    interval_seconds: float = 0.0
    refusals: Mapping[int, str] = field(default_factory=dict)

    def ask(self, body: bytes, *, characters: int, accept: Callable[[bytes], bytes]) -> bytes:
        """The sound that `accept` finds in the answer; where it finds none, the service is asked again.

        Raises EngineFailedError for a sentence that it cannot say, ServiceAwayError when it says nothing now, and
        EngineUnavailableError when it never will.
        """
        problem: SpeechError = EngineFailedError(f"{self.name} sent no sound.")
        limit = MAX_BYTES_FIXED + MAX_BYTES_PER_CHARACTER * characters
        end = time.monotonic() + self.timeout_seconds
        pace = pace_of(self.url)
        for attempt in range(max(1, self.tries)):
            if attempt:
                pace.hold(BACKOFF_SECONDS * 2**attempt)
            if wait := pace.wait(self.interval_seconds, end):
                raise problem if attempt else self._busy(wait)
            try:
                answer = _post(self, body, limit, end)
            except (OSError, http.client.HTTPException) as cause:
                problem = ServiceAwayError(f"{self.name} did not answer.")
                problem.__cause__ = cause
                continue
            if answer.status == 200:
                if sound := accept(answer.body):
                    return sound
                problem = EngineFailedError(f"{self.name} sent no sound.")
                continue
            problem = self._refused(answer)
        raise problem

    def _refused(self, answer: Answer) -> SpeechError:
        """Note what a busy service asks for. Raises what another try cannot mend."""
        what = f"{self.name} answered {answer.status}."
        if answer.status in self.refusals:
            raise EngineUnavailableError(what, todo=self.refusals[answer.status])
        if answer.status not in BUSY:
            raise EngineFailedError(what)
        if not answer.retry_after_seconds:
            return ServiceAwayError(what)
        pace_of(self.url).hold(answer.retry_after_seconds)
        return self._busy(answer.retry_after_seconds)

    def _busy(self, seconds: float) -> ServiceAwayError:
        return ServiceAwayError(f"{self.name} asks to be left alone for {seconds:.0f} seconds.")


def is_here(url: str) -> bool:
    """Whether the address is on this machine, so that what is sent there stays here."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def is_sound(data: bytes) -> bool:
    """Whether it begins as WAV, MP3, FLAC, Ogg or ADTS do. Nothing else is decoded: some formats name addresses."""
    return data.startswith(_SOUNDS)


def check(name: str, url: str) -> None:
    """Refuse what is no address. Raises ConfigError."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ConfigError(f"{name} must begin with http:// or https://.", key=name)


def _post(service: Service, body: bytes, limit: int, end: float) -> Answer:
    """One exchange. A watch hangs up at `end`: no timeout of a read ends a trickle."""
    parts = urlsplit(service.url)
    host, left = parts.hostname or "", max(0.001, end - time.monotonic())
    connection = (
        http.client.HTTPSConnection(host, parts.port, timeout=left, context=_certificates())
        if parts.scheme == "https"
        else http.client.HTTPConnection(host, parts.port, timeout=left)
    )
    late = threading.Event()
    try:
        connection.connect()
        watch = threading.Timer(max(0.001, end - time.monotonic()), _hang_up, (connection.sock, late))
        watch.daemon = True
        watch.start()
        try:
            path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
            connection.request("POST", path, body, dict(service.headers))
            with connection.getresponse() as response:
                data, missing = response.read(limit + 1), response.length
        finally:
            watch.cancel()
    finally:
        connection.close()
    if len(data) > limit:
        raise EngineFailedError(f"{service.name} sent more than a sentence can be.")
    if late.is_set() or (response.status == 200 and missing):
        raise TimeoutError
    return Answer(status=response.status, body=data, retry_after_seconds=_seconds(response.getheader("Retry-After")))


def _hang_up(sock: socket.socket, late: threading.Event) -> None:
    late.set()
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)


def _seconds(value: str | None) -> float | None:
    """What Retry-After says: seconds, or a date."""
    if value is None:
        return None
    if value.strip().isdecimal():
        return float(value[:12])
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, OverflowError):
        return None


@lru_cache(maxsize=1)
def _certificates() -> ssl.SSLContext:
    """The system's authorities, so that a server of one's own can be trusted, and Mozilla's, where there are none."""
    import certifi

    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context
