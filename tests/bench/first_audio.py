"""How soon there is sound: `python -m tests.bench.first_audio [--runs N] [--busy] [--listeners N]`.

In Chromium and in Firefox, with the configured voice: an article that was never narrated, from the click on Play to a
clock that moves, in a process that has just begun and in one that is warm; then a click on the last sentence of a
chapter of one hour of which nothing was spoken. With `--busy` twenty other articles are being narrated meanwhile. With
`--listeners` so many ask for the first sentence of as many articles at once, while pages are fetched.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Error as PageError

from tests.firefox import Firefox, sink
from voice_app import wiring
from voice_app.config import load
from voice_app.studio import Studio

ROOT = Path(__file__).resolve().parents[2]
SERVER = """
from voice_app.config import load
from voice_app.publish.web.app import make_app
from voice_app.publish.web.server import serve
from voice_app.wiring import build
config = load()
app = make_app(build(config, shared_booth=True), config)
serve(app, "127.0.0.1", config.server.port, ready=lambda: print("ready", flush=True))
"""
READY = """(async () => {
    const hidden = () => document.querySelector('.player [data-controls]').hidden;
    while (hidden()) await new Promise((done) => setTimeout(done, 5));
    return true;
})()"""
MOVES = """(async () => {
    const audio = document.querySelector('audio'), element = %s, began = performance.now();
    element.click();
    const from = audio.currentTime, ends = began + 15000;
    while ((audio.seeking || audio.readyState < 2 || audio.currentTime === window.last) && performance.now() < ends) {
        window.last = audio.currentTime;
        await new Promise((done) => setTimeout(done, 4));
    }
    return (performance.now() - began) / 1000;
})()"""
PLAY = MOVES % "document.querySelector('[data-play]')"
LAST = MOVES % "[...document.querySelectorAll('.prose .sentence')].at(-1)"
HOUR_SENTENCES = 560
PARAGRAPH = "\n\n"


def sentences(count: int, number: int) -> str:
    """So many sentences of the sample articles, none of them twice in all that is made with other numbers."""
    texts = " ".join(p.read_text(encoding="utf-8") for p in sorted((ROOT / "content" / "articles").glob("*.md")))
    found = [s for s in re.findall(r"[A-Z][a-z][\w ,'-]{60,160}\.", texts) if "\n" not in s]
    return " ".join(f"{'' if n % 8 else PARAGRAPH}Number {number} {n}: {found[n % len(found)]}" for n in range(count))


class House:
    """A library with articles that were read and not narrated, and a site of it in a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.environment = os.environ | {
            "VOICE_APP_PATHS__CONTENT": str(folder / "content"),
            "VOICE_APP_PATHS__CACHE": str(folder / "cache"),
            "VOICE_APP_SERVER__PORT": "5391",
            "PYTHONWARNINGS": "ignore",
        }
        flags = {"paths.content": folder / "content", "paths.cache": folder / "cache"}
        self._studio: Studio = wiring.build(load(flags=flags, environ={}, file=folder / "none.toml"))
        self._number = 0
        self.url = "http://127.0.0.1:5391"

    def read(self, count: int) -> str:
        """The page of a new article with so many sentences."""
        self._number += 1
        added = self._studio.intake.add_text(f"# Article {self._number}\n\n{sentences(count, self._number)}")
        self._studio.work.read(added.id)
        return f"{self.url}/articles/{added.slug}"

    @contextmanager
    def serving(self, *, is_busy: bool = False) -> Iterator[None]:
        """Booth and site as `serve` starts them, and the worker only when it is to have something to do."""
        commands = [["-m", "voice_app", "booth"], *([["-m", "voice_app", "work", "--alone"]] if is_busy else [])]
        processes = [self._begun(*command) for command in (*commands, ["-c", SERVER])]
        stdout = processes[-1].stdout
        assert stdout
        stdout.readline()
        try:
            yield
        finally:
            for process in processes:
                process.terminate()
                process.wait()

    def _begun(self, *command: str) -> subprocess.Popen[str]:
        whole = [sys.executable, *command]
        return subprocess.Popen(whole, env=self.environment, stdout=subprocess.PIPE, cwd=ROOT, text=True)


@contextmanager
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        program = shutil.which("chromium") or playwright.chromium.executable_path
        arguments = ["--no-sandbox", "--autoplay-policy=no-user-gesture-required"]
        browser = playwright.chromium.launch(
            executable_path=program, args=arguments, ignore_default_args=["--mute-audio"]
        )
        yield browser.new_page()
        browser.close()


@contextmanager
def firefox() -> Iterator[Any]:
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if not program:
        raise SystemExit("Firefox is not installed.")
    with sink() as environment, Firefox(program, environment) as browser:
        yield browser


def seconds(browser: Any, page: str, script: str) -> float:
    try:
        browser.goto(page)
    except PageError:  # the page before was just loading itself anew, as its text had come
        browser.goto(page)
    browser.evaluate(READY)
    return float(browser.evaluate(script))


def measured(name: str, browser: Any, house: House, runs: int, *, is_busy: bool) -> None:
    start, cold, warm, jump = [], [], [], []
    for _ in range(runs):
        page, began = house.read(12), time.perf_counter()
        with house.serving(is_busy=is_busy):
            cold.append(seconds(browser, page, PLAY))
            start.append(time.perf_counter() - began)
            warm.append(seconds(browser, house.read(12), PLAY))
            page = house.read(HOUR_SENTENCES)
            jump.append(seconds(browser, page, LAST))
    rows = (
        ("from the service's start", start),
        ("cold process", cold),
        ("warm", warm),
        ("last sentence of an hour", jump),
    )
    for what, found in rows:
        print(f"{name:9} {what:26} median {statistics.median(found):.3f} s, worst {max(found):.3f} s", flush=True)


def crowd(house: House, listeners: int) -> None:
    pages = [house.read(30) for _ in range(listeners)]
    other = house.read(12)
    with house.serving():
        _get(f"{pages[0]}/live.json")
        time.sleep(3)
        first = [_first_piece(page) for page in pages]
        began = time.perf_counter()
        heard: list[float] = []
        threads = [threading.Thread(target=_timed, args=(_asker(one), heard)) for one in first]
        for thread in threads:
            thread.start()
        asked: list[float] = []
        while any(thread.is_alive() for thread in threads) or len(asked) < 20:
            _timed(_asker(f"{house.url}/" if len(asked) % 2 else other), asked)
        took = time.perf_counter() - began
        asked.sort()
        print(
            f"{listeners} listeners: first sentence at most {max(heard):.2f} s, median {statistics.median(heard):.2f} s"
        )
        print(f"pages meanwhile: {len(asked)} in {took:.1f} s, p95 {asked[int(0.95 * len(asked))] * 1000:.0f} ms")


def _first_piece(page: str) -> str:
    """The address of its first sentence, without asking for the time line, which would have it made."""
    found = re.search(r'<source src="([^"]*)stream\.mp3"', _get(page).decode())
    sentence = re.search(r'<h1><span class="sentence" id="s-([^"]*)"', _get(page).decode())
    assert found
    assert sentence
    return f"{page[: page.index('/articles')]}{found[1]}{sentence[1]}.mp3"


def _asker(address: str) -> Callable[[], object]:
    return lambda: _get(address)


def _timed(work: Callable[[], object], into: list[float]) -> None:
    began = time.perf_counter()
    work()
    into.append(time.perf_counter() - began)


def _get(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=60) as answer:
        return bytes(answer.read())


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--busy", action="store_true")
    parser.add_argument("--listeners", type=int, default=0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        house = House(Path(folder))
        if given.listeners:
            crowd(house, given.listeners)
            return
        for name, opened in (("Chromium", chromium), ("Firefox", firefox)):
            for _ in range(20 if given.busy else 0):
                house.read(300)
            with opened() as browser:
                measured(name, browser, house, given.runs, is_busy=given.busy)


if __name__ == "__main__":
    main()
