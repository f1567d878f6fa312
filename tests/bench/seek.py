"""What is heard after a jump in an hour: `python -m tests.bench.seek [--minutes N] [--runs N] [--voice V]`.

A finished file of one hour is opened over the site by FFmpeg, mpv, VLC, Chromium and Firefox, which jump to random
sentences. What comes out (of browsers: out of the sound card) is looked for in the decoded file, and its place compared
with the player's clock. And the file is entered where the table in its Info frame points, as clients without arithmetic
do.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.signal import fftconvolve

from tests.bench import first_audio
from tests.bench.texts import article
from tests.firefox import sink
from tests.outside.test_players import SEEKS, SETTLED, frames_of
from tests.served import Site, opened
from voice_app.audio.encode import FRAME_BYTES, decode
from voice_app.audio.loudness import FRAME_SAMPLES, RATE_HZ
from voice_app.model import Cue

WORDS_A_MINUTE = 155
NEAR = 2 * RATE_HZ
SAME = 0.9  # correlation of a stretch with its place
VOICE = 0.03
STRETCH = RATE_HZ // 3
AWAKE = """(async () => {
    window.sound = new Audio(%r);
    sound.preload = "auto";
    await new Promise((done) => sound.addEventListener("canplay", done, { once: true }));
    return sound.duration;
})()"""
# From there for a second and a half: pairs of the wall clock's seconds and the player's.
JUMP = """(async () => {
    const seeked = new Promise((done) => sound.addEventListener("seeked", done, { once: true }));
    sound.currentTime = %f;
    await seeked;
    await sound.play();
    const told = [];
    while (sound.currentTime < %f) {
        await new Promise((done) => setTimeout(done, 10));
        told.push([(performance.timeOrigin + performance.now()) / 1000, sound.currentTime]);
    }
    sound.pause();
    await new Promise((done) => setTimeout(done, 400));
    return told;
})()"""


def misplaced_seconds(heard: NDArray[np.float32], whole: NDArray[np.float32], at: float) -> float:
    """How far after `at` in the whole the sound lies; not a number when it is not to be heard within NEAR."""
    low = max(0, round(at * RATE_HZ) - NEAR)
    around = whole[low : low + 2 * NEAR + len(heard)]
    place = int(np.argmax(fftconvolve(around, heard[::-1], mode="valid")))
    there = around[place : place + len(heard)]
    is_same = np.dot(heard, there) > SAME * np.sqrt(np.dot(heard, heard) * np.dot(there, there))
    return (low + place) / RATE_HZ - at if is_same else float("nan")


def by_player(name: str, address: str, whole: NDArray[np.float32], cues: Iterable[Cue]) -> list[float]:
    skip = SETTLED / RATE_HZ
    return [
        misplaced_seconds(SEEKS[name](address, cue.start)[SETTLED:][:RATE_HZ], whole, cue.start + skip) for cue in cues
    ]


class Recorder:
    """What comes out of the sound card from now on."""

    def __enter__(self) -> Recorder:
        command = ["parec", f"--rate={RATE_HZ}", "--channels=1", "--format=float32le", "--latency-msec=20"]
        self._file = tempfile.TemporaryFile()
        self._process = subprocess.Popen([*command, "-d", "@DEFAULT_MONITOR@"], stdout=self._file)
        while not os.fstat(self._file.fileno()).st_size:
            time.sleep(0.01)
        self.began = time.time()
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait()
        self._file.close()

    def sound(self) -> NDArray[np.float32]:
        return np.frombuffer(os.pread(self._file.fileno(), 1 << 32, 0), "<f4")


def by_browser(browser: Any, site: Site, address: str, whole: NDArray[np.float32], cues: Sequence[Cue]) -> list[float]:
    """How far the sound is from the player's clock after each jump.

    How late a sound reaches the card is measured at the beginning of the file, where nothing was jumped over. What the
    browser leaves out there shows in the length that it tells.
    """
    browser.goto(f"{site.url}/")
    left_out = len(whole) / RATE_HZ - float(browser.evaluate(AWAKE % address))
    with Recorder() as recorder:
        told = [browser.evaluate(JUMP % (at, at + 2.0)) for at in (0.0, *(cue.start for cue in cues))]
        heard = recorder.sound()
    apart = [clock_error(pairs, recorder.began, heard, whole) for pairs in told]
    return [error - apart[0] + left_out for error in apart[1:]]


def clock_error(
    pairs: Sequence[Sequence[float]], began: float, heard: NDArray[np.float32], whole: NDArray[np.float32]
) -> float:
    """The middle of what the sound is ahead of the player's clock, over all moments with a voice."""
    found = []
    for wall, clock in pairs:
        at = round((wall - began) * RATE_HZ)
        stretch = heard[at : at + STRETCH]
        if len(stretch) == STRETCH and np.sqrt(np.mean(stretch**2)) > VOICE:
            found.append(misplaced_seconds(stretch, whole, clock))
    return float(np.nanmedian(found)) if found else float("nan")


def by_table(data: bytes, whole: NDArray[np.float32], cues: Iterable[Cue]) -> list[float]:
    """By the hundred places of the Info frame's table and straight lines between them."""
    info = data.index(b"Info")
    size = int.from_bytes(data[info + 12 : info + 16])
    table = [*data[info + 16 : info + 116], 256]
    seconds = len(whole) / RATE_HZ
    found = []
    for cue in cues:
        percent = 100 * cue.start / seconds
        low = int(percent)
        part = table[low] + (percent - low) * (table[low + 1] - table[low])
        frame = round(part / 256 * size / FRAME_BYTES) - 1
        found.append(frame * FRAME_SAMPLES / RATE_HZ - cue.start)
    return found


def told(name: str, errors: list[float]) -> None:
    lost = sum(np.isnan(errors))
    known = [error for error in errors if not np.isnan(error)]
    spread = f"{1000 * min(known):+.0f} to {1000 * max(known):+.0f} ms" if known else "none found"
    print(f"| {name} | {len(errors)} jumps, {spread}{f', {lost} not recognised' if lost else ''} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--voice", default="hibari/heart")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as temporary,
        opened(Path(temporary) / "site", narration__voice=options.voice) as site,
        sink() as more,
    ):
        os.environ.update(more)
        slug = site.narrated("An hour", article(round(options.minutes * WORDS_A_MINUTE))).slug
        audio = site.studio.page(slug).audio
        assert audio is not None
        data, address = site.studio.media(audio.file).read_bytes(), f"{site.url}/audio/{audio.file}"
        whole = decode(frames_of(data))[0]
        cues = random.Random(7).sample(audio.cues[1:-1], options.runs)
        print(f"| {audio.seconds / 60:.0f} minutes, {len(audio.cues)} sentences | |\n|---|---|", flush=True)
        told("by the Info frame's table", by_table(data, whole, cues))
        for name in SEEKS:
            told(name, by_player(name, address, whole, cues))
        for name, browser in (("Chromium", first_audio.chromium), ("Firefox", first_audio.firefox)):
            with browser() as page:
                told(name, by_browser(page, site, address, whole, cues))


if __name__ == "__main__":
    main()
