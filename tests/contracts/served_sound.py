"""A speech service on loopback: it answers with what a test gives it, as fast and as badly as the test says."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(kw_only=True)
class Given:
    """One answer. `declared` is a Content-Length that may lie; `drip_seconds` parts its bytes; `forever` repeats it."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    declared: int | None = None
    drip_seconds: float = 0.0
    forever: bool = False


def _send(to: BaseHTTPRequestHandler, given: Given) -> None:
    to.send_response(given.status)
    for name, value in given.headers.items():
        to.send_header(name, value)
    if not given.forever:
        to.send_header("Content-Length", str(len(given.body) if given.declared is None else given.declared))
    to.end_headers()
    to.wfile.write(given.body if not given.drip_seconds else b"")
    while given.forever:
        to.wfile.write(given.body)
    for n in range(len(given.body) if given.drip_seconds else 0):
        to.wfile.write(given.body[n : n + 1])
        time.sleep(given.drip_seconds)


class SpeechServer:
    """`asked` are the bodies, `seen` the headers, `at` the times of the requests; `answers` go before `sound`."""

    def __init__(self, sound: Callable[[bytes], bytes]) -> None:
        self.asked: list[bytes] = []
        self.paths: list[str] = []
        self.seen: list[dict[str, str]] = []
        self.at: list[float] = []
        self.answers: list[Given] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.at.append(time.monotonic())
                outer.asked.append(body)
                outer.paths.append(self.path)
                outer.seen.append(dict(self.headers))
                given = outer.answers.pop(0) if outer.answers else Given(body=sound(body))
                try:
                    _send(self, given)
                except OSError:
                    """The other side hung up, as it should."""

            def log_message(self, *parts: object) -> None:
                """Quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=5)
