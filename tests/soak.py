"""The service under kill -9: `python -m tests.soak [--kills N] [--voice V] [--seed N]`.

Articles are dropped into the folder of a service that runs as `serve` starts it. At random moments one of its three
processes (site, worker, booth) is killed. In the end every article must be there, whole, and the same to the byte as
one that was narrated in peace; and no clip that was in the cache at a kill may have been written again.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.texts import article
from voice_app import wiring
from voice_app.config import Config, load
from voice_app.library.sql import SqlLibrary
from voice_app.model import ArticleState

ROOT = Path(__file__).resolve().parents[1]
WORDS = 1_500
FIRST_ARTICLES = 4
LONGEST_WAIT_SECONDS = 4.0
PATIENCE_SECONDS = 300.0


class Service:
    """A library in a folder, served by real processes."""

    def __init__(self, folder: Path, voice: str) -> None:
        self.folder = folder
        self.voice = voice
        (folder / "content" / "articles").mkdir(parents=True)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self._process: subprocess.Popen[bytes] | None = None
        self._written = 0

    def write(self) -> None:
        """Drop another article into the folder."""
        self._written += 1
        text = article(WORDS, title=f"Article {self._written}", chapter_words=400, seed=self._written)
        (self.folder / "content" / "articles" / f"article-{self._written}.md").write_text(text, encoding="utf-8")

    def start(self) -> None:
        settings = {"VOICE_APP_NARRATION__VOICE": self.voice, "VOICE_APP_SERVER__PORT": str(self._port)}
        environment = os.environ | settings | {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "voice_app", "serve"],
            cwd=self.folder,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def kill_one(self, dice: random.Random) -> str:
        """Kill one of the three processes; the site is started again by us, the others by it."""
        assert self._process
        name = dice.choice(("site", "worker", "booth"))
        if name == "site":
            self._process.kill()
            self._process.wait()
            self.start()
            return name
        while (pid := dict(self._children(self._process.pid)).get(name)) is None:
            time.sleep(0.05)  # it was killed a moment ago, and is started again ever later
        os.kill(pid, signal.SIGKILL)
        return name

    @staticmethod
    def _children(pid: int) -> Iterator[tuple[str, int]]:
        for task in Path(f"/proc/{pid}/task").glob("*/children"):
            for child in task.read_text().split():
                try:
                    command = Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0")
                except OSError:
                    continue
                yield ("booth" if b"booth" in command else "worker"), int(child)

    def is_done(self) -> bool:
        """Whether every article that was dropped is finished. A site that is just starting is not."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self._port}/api/articles", timeout=10) as answer:
                states = Counter(found["state"] for found in json.load(answer)["articles"])
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False
        return states == {ArticleState.DONE: self._written}

    def clips(self) -> dict[str, int]:
        """The clips that are there, and which file of the disk each is."""
        return {path.name: path.stat().st_ino for path in (self.folder / "audio_cache" / "clips").rglob("*.wav")}

    def end(self) -> None:
        if self._process:
            self._process.terminate()
            self._process.wait()


@contextmanager
def serving(folder: Path, voice: str) -> Iterator[Service]:
    service = Service(folder, voice)
    service.start()
    try:
        yield service
    finally:
        service.end()


def run(folder: Path, *, kills: int, voice: str, seed: int) -> dict[str, object]:
    """Kill so often, wait until all is done, and look at everything. Raises AssertionError."""
    dice = random.Random(seed)
    killed: Counter[str] = Counter()
    kept: dict[str, int] = {}
    with serving(folder, voice) as service:
        for _ in range(FIRST_ARTICLES):
            service.write()
        for _ in range(kills):
            time.sleep(dice.uniform(0.0, LONGEST_WAIT_SECONDS))
            if service.is_done():
                service.write()
            kept = service.clips() | kept
            killed[service.kill_one(dice)] += 1
        ends = time.monotonic() + PATIENCE_SECONDS
        while not service.is_done():
            assert time.monotonic() < ends, "not everything was done in time"
            time.sleep(0.25)
        last = service.clips()
    again = [name for name, file in kept.items() if last.get(name) != file]
    assert not again, f"{len(again)} clips were written again"
    compared = _compared(folder, voice)
    return {"kills": dict(killed), "articles": compared, "clips": len(last)}


def _compared(folder: Path, voice: str) -> int:
    """How many articles are whole, and the same as in a library that nobody disturbed."""
    peaceful = folder / "peaceful"
    (peaceful / "content" / "articles").mkdir(parents=True)
    for path in (folder / "content" / "articles").glob("*.md"):
        (peaceful / "content" / "articles" / path.name).write_bytes(path.read_bytes())
    studio = wiring.build(_config(peaceful, voice))
    os.utime(peaceful / "content" / "articles")
    ends = time.monotonic() + PATIENCE_SECONDS
    count = len(list((peaceful / "content" / "articles").glob("*.md")))
    while sum(a.state is ArticleState.DONE for a in studio.articles()) < count:
        assert time.monotonic() < ends
        studio.folder.sync()
        for asked in studio.work.asked():
            (studio.work.read if asked.state is ArticleState.WAITING else studio.work.narrate)(asked.id)
    library = SqlLibrary(folder / "content" / "library.sqlite")
    disturbed = {article.title: audio for article, audio, _ in library.finished()}
    for found in studio.articles():
        audio = studio.page(found.slug).audio
        other = disturbed[found.title]
        assert audio
        assert (audio.sha384, audio.cues) == (other.sha384, other.cues), f"{found.title} is another than in peace"
        data = (folder / "audio_cache" / "audio" / other.file).read_bytes()
        assert hashlib.sha384(data).digest() == base64.b64decode(other.sha384)
    library.close()
    return len(disturbed)


def _config(folder: Path, voice: str) -> Config:
    paths = {"paths.content": folder / "content", "paths.cache": folder / "audio_cache"}
    return load(flags=paths | {"narration.voice": voice}, environ={}, file=folder / "none.toml")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--voice", default="hibari/heart")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        began = time.monotonic()
        found = run(Path(temporary), kills=options.kills, voice=options.voice, seed=options.seed)
        print(f"{found} in {time.monotonic() - began:.0f} s: nothing lost, nothing torn, no kept clip spoken again")


if __name__ == "__main__":
    main()
