"""A real Studio whose voice writes down what it speaks, and a site on loopback whose page can be changed."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from voice_app import wiring
from voice_app.audio.press import Press
from voice_app.blobs import FolderBlobs
from voice_app.config import Config, load
from voice_app.errors import InputError
from voice_app.ingest.reader import Reader
from voice_app.library.sql import SqlLibrary
from voice_app.model import Article, ArticleState
from voice_app.narrator import Narrator
from voice_app.recording.recorder import LocalRecorder
from voice_app.speech.booth import Booth
from voice_app.speech.clips import Clips
from voice_app.studio import Studio
from voice_app.testing import TickEngine


@dataclass(kw_only=True)
class Counted:
    """`work` does what the worker would do, and says what had to be spoken for it."""

    config: Config
    studio: Studio
    library: SqlLibrary
    engine: TickEngine
    now: list[datetime]

    def work(self) -> list[str]:
        before = len(self.engine.spoken)
        while asked := self.studio.work.asked():
            for article in asked:
                self._work_at(article)
        return self.engine.spoken[before:]

    def _work_at(self, article: Article) -> None:
        is_unread = article.state in (ArticleState.WAITING, ArticleState.READING)
        try:
            (self.studio.work.read if is_unread else self.studio.work.narrate)(article.id)
        except InputError as problem:
            self.studio.work.give_up(article.id, str(problem))

    def narrated(self, text: str) -> Article:
        added = self.studio.intake.add_text(text)
        self.work()
        return self.library.by_id(added.id)

    def pass_hours(self, hours: float) -> None:
        self.now[0] += timedelta(hours=hours)


@contextmanager
def counted(folder: Path, *, fail_on: str | None = None, **settings: object) -> Iterator[Counted]:
    """`settings` have two underscores for the dot: reading__code."""
    flags = {"paths.content": folder / "content", "paths.cache": folder / "cache", "narration.voice": "tick/tock"}
    flags |= {"fetch.allow_private": True} | {name.replace("__", "."): value for name, value in settings.items()}  # type: ignore[dict-item]
    config = load(flags=flags, environ={}, file=folder / "none.toml")
    engine, now = TickEngine(fail_on=fail_on), [datetime(2027, 3, 3, 8, 0, tzinfo=UTC)]
    library = SqlLibrary(config.paths.content / "library.sqlite", clock=lambda: now[0])
    cache = FolderBlobs(config.paths.cache)
    booth = Booth(lambda name: engine, names=("tick",), clips=Clips(cache))
    recorder = LocalRecorder(booth, Press(cache), calibrations=cache, threads=1, stall_seconds=20)
    studio = Studio(
        config,
        reader=Reader(config.fetch),
        narrator=lambda: Narrator(recorder, narration=config.narration),
        library=lambda: library,
        content=FolderBlobs(config.paths.content),
        cache=cache,
        keeper=lambda: wiring.keeper(config),
        clock=lambda: now[0],
    )
    yield Counted(config=config, studio=studio, library=library, engine=engine, now=now)
    recorder.close()
    library.close()


@dataclass(kw_only=True)
class Page:
    """What the site shows at its one address. `asked` counts the requests."""

    body: str
    status: int = 200
    etag: str = ""
    url: str = ""
    asked: int = 0
    headers: list[dict[str, str]] = field(default_factory=list)


@contextmanager
def page(body: str) -> Iterator[Page]:
    shown = Page(body=body)

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            shown.asked += 1
            shown.headers.append(dict(self.headers))
            is_same = bool(shown.etag) and self.headers.get("If-None-Match") == shown.etag
            body = b"" if is_same else shown.body.encode()
            self.send_response(304 if is_same else shown.status)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            if shown.etag:
                self.send_header("ETag", shown.etag)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None: ...

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        shown.url = f"http://127.0.0.1:{server.server_address[1]}/bread"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield shown
        server.shutdown()
        thread.join(timeout=10)
