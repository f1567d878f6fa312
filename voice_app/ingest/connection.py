"""One request over one connection, to an address that was checked, within a deadline.

The standard library's client, with three things of our own: the socket is opened to the number that was checked while
the request and the certificate keep the name; the whole of an answer has a deadline, whatever trickles in; and bodies
are read and unpacked piece by piece, within limits. Nothing of the environment, no cookies, no referrer.
"""

from __future__ import annotations

import http.client
import queue
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache

from voice_app.errors import BlockedAddressError, FetchError, TooLargeError, UnreachableError
from voice_app.ingest.addresses import DEFAULT_PORTS, Address, is_public, refuse_port, refuse_private_name

CHUNK_BYTES = 65_536
MAX_HEADER_BYTES = 65_536
MAX_OF_EACH = 2  # of the numbers that a name has in IPv6 and in IPv4
MAX_RATIO = 100
"""What a page may grow by when it is unpacked. Prose grows by 3 to 5, a log by 20, an unpacking bomb by 1,000."""
MIN_RATIO_BYTES = 1_000_000
EXTRA_SECONDS = 0.05


class Network:
    """The way out of this machine: names to numbers, and numbers to sockets."""

    def resolve(self, host: str, port: int, seconds: float) -> list[str]:
        """The IP addresses of a name. In a thread, as the system's own wait cannot be cut short. Raises OSError."""
        answers: queue.SimpleQueue[list[str] | OSError] = queue.SimpleQueue()

        def ask() -> None:
            try:
                found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
                answers.put(list(dict.fromkeys(str(place[4][0]) for place in found)))
            except (OSError, UnicodeError) as problem:
                answers.put(problem if isinstance(problem, OSError) else OSError(str(problem)))

        threading.Thread(target=ask, daemon=True).start()
        try:
            answer = answers.get(timeout=seconds)
        except queue.Empty:
            raise TimeoutError from None
        if isinstance(answer, OSError):
            raise answer
        return answer

    def dial(self, ip: str, port: int, seconds: float) -> socket.socket:
        """A connection to an IP address. Raises OSError."""
        return socket.create_connection((ip, port), timeout=seconds)


class Deadline:
    """When a fetch must be done, and the parts of it that may take less."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    @property
    def seconds(self) -> float:
        """What is left; never 0, which a socket would take for no waiting at all."""
        return max(0.001, self._end - time.monotonic())

    def of(self, seconds: float) -> Deadline:
        """A nearer deadline, for a part."""
        return Deadline(min(seconds, self.seconds))


def numbers(address: Address, network: Network, deadline: Deadline, *, allow_private: bool) -> list[str]:
    """The IP addresses behind an address, all of them public. Raises BlockedAddressError, FetchError."""
    if not allow_private:
        refuse_private_name(address)
    try:
        found = [str(address.ip)] if address.ip else network.resolve(address.host, address.port, deadline.seconds)
    except OSError as problem:
        raise UnreachableError("There is no site at that address.", address=str(address)) from problem
    if not found:
        raise UnreachableError("There is no site at that address.", address=str(address))
    if not allow_private and not all(map(is_public, found)):
        raise BlockedAddressError(address=str(address))
    refuse_port(address)
    of_each = [[ip for ip in found if (":" in ip) is is_six][:MAX_OF_EACH] for is_six in (True, False)]
    return [ip for ip in found if ip in (*of_each[0], *of_each[1])]


def dialled(ips: Sequence[str], address: Address, network: Network, deadline: Deadline) -> socket.socket:
    """A connection to the first of the numbers that takes it. Raises UnreachableError."""
    last: OSError | None = None
    for tried, ip in enumerate(ips):
        try:  # one that swallows the call leaves time for the next
            return network.dial(ip, address.port, deadline.seconds / (len(ips) - tried))
        except OSError as problem:
            last = problem
    raise UnreachableError(address=str(address)) from last


@contextmanager
def answer(
    address: Address, line: socket.socket, headers: Mapping[str, str], *, stall_seconds: float, deadline: Deadline
) -> Iterator[Answer]:
    """The answer to a request over `line`, which is closed at the end. All that goes wrong is an InputError."""
    watch = _Watch(line, deadline.seconds)
    connection = _Connection(address, line, stall_seconds)
    try:
        connection.request("GET", address.target, headers=dict(headers))
        with connection.getresponse() as response:
            yield Answer(response, connection.line, address, watch)
    except (OSError, http.client.HTTPException, ValueError) as problem:
        raise _slow(address) if watch.has_hung_up else _failure(problem, address) from problem
    finally:
        watch.stop()
        connection.close()
        connection.line.close()


class _Watch:
    """Hangs up when the deadline has passed, wherever the client is: a read of its own may wait for ever on a trickle.

    It holds a second handle of the line, as TLS takes the first one over.
    """

    def __init__(self, line: socket.socket, seconds: float) -> None:
        self.has_hung_up = False
        self._line = line.dup()
        self._timer = threading.Timer(seconds, self._hang_up)
        self._timer.daemon = True
        self._timer.start()

    def _hang_up(self) -> None:
        self.has_hung_up = True
        with suppress(OSError):
            self._line.shutdown(socket.SHUT_RDWR)

    def stop(self) -> None:
        self._timer.cancel()
        self._timer.join()
        self._line.close()


class _Connection(http.client.HTTPConnection):
    """A request over a socket that is open already. A certificate is checked against the name, not the number."""

    def __init__(self, address: Address, line: socket.socket, stall_seconds: float) -> None:
        super().__init__(address.host, address.port)
        self.default_port = DEFAULT_PORTS[address.scheme]  # which a Host header leaves out
        self.line = line
        self._is_secure = address.scheme == "https"
        self._stall_seconds = stall_seconds

    def connect(self) -> None:
        self.line.settimeout(self._stall_seconds)
        if self._is_secure:
            self.line = _context().wrap_socket(self.line, server_hostname=self.host)
        self.sock = self.line


@lru_cache(maxsize=1)
def _context() -> ssl.SSLContext:
    import certifi

    return ssl.create_default_context(cafile=certifi.where())


class Answer:
    """A site's answer: its status and headers, and its body once it is asked for."""

    def __init__(
        self, response: http.client.HTTPResponse, line: socket.socket, address: Address, watch: _Watch
    ) -> None:
        self.status = response.status
        self.headers = response.headers
        self._response = response
        self._line = line
        self._address = address
        self._watch = watch
        if sum(len(name) + len(value) + 4 for name, value in self.headers.items()) > MAX_HEADER_BYTES:
            raise _headers_too_large(address)

    def body(self, max_bytes: int) -> bytes:
        """The whole page, unpacked. Raises TooLargeError, UnreachableError."""
        announced = self._response.length
        if announced is not None and announced > max_bytes:
            raise self._too_large(max_bytes)
        self._response.length = None  # read to the end of what comes, and compare
        unpacker, got, page = self._unpacker(), 0, bytearray()
        while piece := self._piece(is_whole=got == announced):
            got += len(piece)
            page += unpacker.unpacked(piece, max_bytes - len(page) + 1) if unpacker else piece
            if unpacker and len(page) > max(MIN_RATIO_BYTES, got * MAX_RATIO):
                raise TooLargeError(
                    "The page unpacks to far more than a page can be.",
                    todo="Open it in a browser and paste the text instead.",
                    address=str(self._address),
                )
            if max(got, len(page)) > max_bytes:
                raise self._too_large(max_bytes)
        if self._watch.has_hung_up:
            raise _slow(self._address)
        if got != (got if announced is None else announced) or (unpacker and got and not unpacker.is_whole):
            raise _incomplete(self._address)
        return bytes(page)

    def _unpacker(self) -> _Unpacker | None:
        packing = (self.headers.get("Content-Encoding") or "identity").strip().lower()
        if packing not in ("identity", "gzip", "x-gzip"):
            raise FetchError("The site sent the page packed in a way nobody asked for.", address=str(self._address))
        return None if packing == "identity" else _Unpacker()

    def _piece(self, *, is_whole: bool) -> bytes:
        """What arrived, as soon as there is any. After all that was announced, a glance at whether more comes."""
        if not is_whole:
            return self._response.read1(CHUNK_BYTES)
        self._line.settimeout(EXTRA_SECONDS)
        try:
            return self._response.read1(1)
        except TimeoutError:
            return b""

    def _too_large(self, max_bytes: int) -> TooLargeError:
        return TooLargeError(f"The page is too large: more than {max_bytes / 1e6:.3g} MB.", address=str(self._address))


def _slow(address: Address) -> UnreachableError:
    return UnreachableError("The site took too long to send the page.", address=str(address))


def _incomplete(address: Address) -> UnreachableError:
    return UnreachableError("The page that came is not as long as the site said it is.", address=str(address))


def _headers_too_large(address: Address) -> FetchError:
    return FetchError("The site sent far more in front of the page than browsers accept.", address=str(address))


def _failure(problem: Exception, address: Address) -> FetchError:
    """What went wrong on the line, as a person is told it."""
    text = str(address)
    if isinstance(problem, ssl.SSLCertVerificationError):
        return FetchError("The site could not prove that it is the one it says it is.", address=text)
    if isinstance(problem, ssl.SSLError):
        return UnreachableError("No secure connection to the site could be made.", address=text)
    if isinstance(problem, TimeoutError):
        return UnreachableError("The site stopped answering.", address=text)
    if isinstance(problem, http.client.IncompleteRead):
        return _incomplete(address)
    if isinstance(problem, http.client.LineTooLong) or "headers" in str(problem):
        return _headers_too_large(address)
    if isinstance(problem, ConnectionError):
        return UnreachableError("The site closed the connection before the page was there.", address=text)
    if isinstance(problem, OSError):
        return UnreachableError(address=text)
    return FetchError("What answers at that address is not a web site.", address=text)


class _Unpacker:
    """gzip, never more at once than is asked for."""

    def __init__(self) -> None:
        self._stream = zlib.decompressobj(wbits=31)

    def unpacked(self, data: bytes, max_bytes: int) -> bytes:
        """The next bytes of the page, at most `max_bytes`. Raises UnreachableError."""
        out = bytearray()
        try:
            while data and len(out) < max_bytes:
                if self._stream.eof:  # files laid end to end are one file
                    self._stream = zlib.decompressobj(wbits=31)
                out += self._stream.decompress(data, max_bytes - len(out))
                data = self._stream.unused_data
        except zlib.error as problem:
            raise UnreachableError("The page arrived damaged.") from problem
        return bytes(out)

    @property
    def is_whole(self) -> bool:
        return self._stream.eof
