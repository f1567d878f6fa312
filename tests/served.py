"""A real Studio with the fake voice, its site on a loopback port, and a record of what was asked of it."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import waitress
from waitress import wasyncore

from voice_app import wiring
from voice_app.config import load
from voice_app.model import Article
from voice_app.publish.web.app import make_app
from voice_app.studio import Studio

SHORT = "# {title}\n\nThe first sentence is short. The second is not.\n\n## A part\n\nAnd a last one."


@dataclass(frozen=True, kw_only=True)
class Seen:
    """One request and how it was answered."""

    method: str
    path: str
    status: int
    asked: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Answer:
    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def __getitem__(self, name: str) -> str:
        found = [value for header, value in self.headers if header.lower() == name.lower()]
        assert len(found) == 1, f"{name} is there {len(found)} times"
        return found[0]

    def __contains__(self, name: str) -> bool:
        return any(header.lower() == name.lower() for header, _ in self.headers)


@dataclass(kw_only=True)
class Site:
    studio: Studio
    cache: Path
    url: str = ""
    seen: list[Seen] = field(default_factory=list)

    def narrated(self, title: str, text: str = SHORT) -> Article:
        added = self.studio.intake.add_text(text.format(title=title))
        self.studio.work.narrate(added.id)
        return self.studio.page(added.slug).article

    def json(self, path: str) -> Any:
        answer = self.ask(path)
        assert answer.status == 200, answer.body
        return json.loads(answer.body)

    def ask(self, address: str, *, method: str = "GET", **headers: str) -> Answer:
        """One request, its redirect not followed. `address` is a path, with a query or without, or whole; header names
        use underscores."""
        parts = urlsplit(address)
        connection = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=10)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, urlunsplit(("", "", parts.path, parts.query, "")), headers=named)
            answer = connection.getresponse()
            return Answer(status=answer.status, headers=answer.getheaders(), body=answer.read())
        finally:
            connection.close()

    def asked_for(self, path: str, method: str = "GET") -> list[Seen]:
        return [seen for seen in self.seen if (seen.method, seen.path) == (method, path)]


@contextmanager
def opened(folder: Path, *, port: int = 0, **settings: object) -> Iterator[Site]:
    """The site of the library in `folder`, which may be new.

    `settings` have two underscores for the dot: feed__title."""
    flags = {"paths.content": folder / "content", "paths.cache": folder / "cache", "narration.voice": "tick/tock"}
    flags |= {name.replace("__", "."): value for name, value in settings.items()}  # type: ignore[misc]
    config = load(flags=flags, environ={}, file=folder / "none.toml")
    site = Site(studio=wiring.build(config), cache=config.paths.cache)
    with serving(_recorded(make_app(site.studio, config), site.seen), port=port) as site.url:
        yield site


@contextmanager
def serving(app: Callable[..., Iterable[bytes]], *, port: int = 0) -> Iterator[str]:
    server = waitress.create_server(app, host="127.0.0.1", port=port)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.task_dispatcher.shutdown()
        # closed by the thread that listens, which would otherwise wait on what is no longer there
        with suppress(OSError):  # it was awake, and has closed the trigger before it was pulled
            server.trigger.pull_trigger(lambda: wasyncore.close_all(server._map))
        thread.join(timeout=10)


def _recorded(app: Callable[..., Iterable[bytes]], seen: list[Seen]) -> Callable[..., Iterable[bytes]]:
    def recorder(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            asked = {key[5:].lower(): value for key, value in environ.items() if key.startswith("HTTP_")}
            method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
            seen.append(Seen(method=method, path=path, status=int(status[:3]), asked=asked))
            return start_response(status, headers, *more)

        return app(environ, start)

    return recorder
