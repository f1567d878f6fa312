"""Workers that die, freeze or work side by side: nothing is lost, nothing torn, and the rest is spoken once.

Measured on a busy two-core machine: 1.0 to 1.4 s from the start of a new worker to the next sentence spoken.
"""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.contracts.queue_contract import wait_until
from tests.journeys.counted_worker import THREADS
from voice_app.blobs import FolderBlobs
from voice_app.library.sql import SqlLibrary
from voice_app.model import ArticleState
from voice_app.speech.clips import Clips

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KILLS = 10
ARTICLES = 4
SENTENCES = 60
FEW = 20
SEED = 20260301


class House:
    """A content folder, a cache, and a worker in a process of its own."""

    def __init__(self, root: Path) -> None:
        self.content, self.cache, self._calls = root / "content", root / "audio_cache", root / "calls"
        self.library = SqlLibrary(self.content / "library.sqlite")
        self.clips = Clips(FolderBlobs(self.cache))
        self.articles = 0
        self.workers: list[subprocess.Popen[bytes]] = []

    def write_articles(self, sentences: int = FEW, *, articles: int = ARTICLES) -> None:
        self.articles = articles
        (self.content / "articles").mkdir(parents=True)
        for number in range(1, articles + 1):
            lines = [f"This is sentence {n} of article {number}, and it is short." for n in range(1, sentences + 1)]
            text = "\n\n".join([f"# Article {number}", *lines, "This sentence stands in every article."])
            (self.content / "articles" / f"article-{number}.md").write_text(text)

    def start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "tests.journeys.counted_worker", str(self._calls)]
        paths = {"VOICE_APP_PATHS__CONTENT": str(self.content), "VOICE_APP_PATHS__CACHE": str(self.cache)}
        self.workers.append(subprocess.Popen(command, env=os.environ | paths))
        return self.workers[-1]

    def calls(self) -> list[str]:
        """The keys of all sentences that were begun, in order."""
        return self._calls.read_text().split() if self._calls.exists() else []

    def kept(self) -> set[str]:
        """The keys of the clips that are in the cache, whole."""
        return {path.stem for path in self.cache.glob("clips/*/*.wav") if self.clips.get(path.stem)}

    def done(self) -> bool:
        return Counter(a.state for a in self.library.articles()) == {ArticleState.DONE: self.articles}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path)
    yield house
    for worker in house.workers:
        worker.kill()
        worker.wait()
    house.library.close()


def end(worker: subprocess.Popen[bytes], how: signal.Signals) -> int:
    worker.send_signal(how)
    return worker.wait(20)


def wait_for_moment(house: House, dice: random.Random) -> None:
    """Most moments fall into a narration, some into the start of the worker."""
    before = len(house.calls())
    if dice.random() < 0.3:
        time.sleep(dice.uniform(0.0, 1.2))
    else:
        wait_until(lambda: len(house.calls()) > before)
        time.sleep(dice.uniform(0.0, 0.6))


def assert_whole(house: House) -> None:
    """Every clip that was begun is in the cache, whole, and so is every finished file."""
    assert house.kept() == set(house.calls())
    for article, audio, _ in house.library.finished():
        data = (house.cache / "audio" / audio.file).read_bytes()
        assert (len(data), hashlib.sha384(data).hexdigest()) == (audio.bytes, audio.sha384), article.slug


def test_ten_kills_lose_nothing_and_speak_nothing_twice(house: House) -> None:
    dice = random.Random(SEED)
    house.write_articles(SENTENCES)
    kept_at_kill: list[tuple[int, set[str]]] = []
    for _ in range(KILLS):
        worker = house.start()
        wait_for_moment(house, dice)
        end(worker, signal.SIGKILL)
        kept_at_kill.append((len(house.calls()), house.kept()))
    assert not house.done(), "it was done before the last kill: make the articles longer"

    worker = house.start()
    wait_until(house.done, seconds=30)
    assert_whole(house)
    calls = house.calls()
    assert len(calls) <= len(set(calls)) + KILLS * THREADS
    for number, kept in kept_at_kill:
        assert not kept.intersection(calls[number:]), "a finished clip was spoken again"

    started = time.monotonic()
    assert end(worker, signal.SIGTERM) == 0
    assert time.monotonic() - started < 3


def test_stopping_in_mid_narration_is_quick_and_loses_nothing(house: House) -> None:
    house.write_articles(200, articles=1)  # three seconds of work
    worker = house.start()
    wait_until(lambda: len(house.calls()) > FEW / 2)
    started = time.monotonic()
    assert end(worker, signal.SIGTERM) == 0
    assert time.monotonic() - started < 2
    assert not house.done()
    kept, number = house.kept(), len(house.calls())
    house.start()
    wait_until(house.done, seconds=30)
    assert_whole(house)
    assert not kept.intersection(house.calls()[number:])


def test_a_frozen_worker_is_replaced_and_does_no_harm_when_it_wakes_up(house: House) -> None:
    house.write_articles()
    frozen = house.start()
    wait_until(lambda: len(house.calls()) > FEW / 2)
    frozen.send_signal(signal.SIGSTOP)
    other = house.start()
    wait_until(house.done, seconds=30)
    calls, finished = house.calls(), house.library.finished()
    frozen.send_signal(signal.SIGCONT)
    time.sleep(2)
    assert frozen.poll() is None
    assert house.done()
    assert_whole(house)
    assert set(calls) == set(house.calls())
    assert [audio for _, audio, _ in house.library.finished()] == [audio for _, audio, _ in finished]
    assert len(house.calls()) <= len(set(calls)) + 2 * THREADS  # what it had begun, and what it begins on waking
    assert [end(worker, signal.SIGTERM) for worker in (frozen, other)] == [0, 0]


def test_two_workers_share_the_work(house: House) -> None:
    house.write_articles()
    workers = [house.start(), house.start()]
    wait_until(house.done, seconds=30)
    assert_whole(house)
    assert len(house.calls()) - len(set(house.calls())) <= ARTICLES  # two may begin the sentence they share at once
    assert [end(worker, signal.SIGTERM) for worker in workers] == [0, 0]
