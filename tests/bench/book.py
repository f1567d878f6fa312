"""What a book costs: `python -m tests.bench.book [--words N] [--voice V]`, 100,000 words unless told otherwise.

The service is started as `serve` starts it, the book is dropped into its folder, and the memory of all its processes
is watched until it is done. Chapters are of equal length, so the time for each should be, too.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from tests.bench.memory import memory_bytes
from tests.bench.texts import article

CHAPTER_WORDS = 5_000
PORT = 5987


def ask(path: str) -> object:
    with urllib.request.urlopen(f"http://127.0.0.1:{PORT}{path}", timeout=30) as answer:
        return json.load(answer)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--words", type=int, default=100_000)
    parser.add_argument("--voice", default="hibari/heart")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "content" / "articles").mkdir(parents=True)
        text = article(options.words, title="A book", chapter_words=CHAPTER_WORDS)
        (folder / "content" / "articles" / "book.md").write_text(text)
        environment = os.environ | {
            "VOICE_APP_NARRATION__VOICE": options.voice,
            "VOICE_APP_SERVER__PORT": str(PORT),
            "PYTHONPATH": str(Path(__file__).parents[2]),
        }
        service = subprocess.Popen([sys.executable, "-m", "voice_app", "serve"], cwd=folder, env=environment)
        try:
            report(service.pid, folder, len(text.split()))
        finally:
            service.send_signal(signal.SIGINT)
            service.wait()


def report(pid: int, folder: Path, words: int) -> None:
    began, peak, state = time.perf_counter(), 0, ""
    while state not in ("done", "problem"):
        time.sleep(0.25)
        try:
            peak = max(peak, memory_bytes(pid))
            listed = ask("/api/articles")
        except OSError:
            continue
        assert isinstance(listed, dict)
        state = listed["articles"][0]["state"] if listed["articles"] else ""
    seconds = time.perf_counter() - began
    files = sorted((folder / "audio_cache" / "audio").glob("*-[0-9][0-9]-*.mp3"), key=lambda f: f.stat().st_mtime)
    times = [file.stat().st_mtime for file in files]
    steps = [after - before for before, after in itertools.pairwise(times)]
    middle = steps[1:-1] or steps  # the first and the last are of another length
    print(f"| a book of {words:,} words in {len(files)} chapters: {state} | |")
    print("|---|---|")
    print(f"| time | {seconds:.0f} s |")
    print(f"| peak memory of all processes | {peak / 1e6:.0f} MB |")
    print(f"| a chapter, the second and the last but one | {middle[0]:.1f} s, {middle[-1]:.1f} s |")


if __name__ == "__main__":
    main()
