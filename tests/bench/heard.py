"""What really comes out of the sound card: `python -m tests.bench.heard [--seconds N]`, with PulseAudio's `parec`.

An article that was never narrated is played from its 20th sentence in Chromium and in Firefox, and recorded. Every half
second with a voice in it is looked for in the finished sound: its place minus its time must stay the same, else
something was left out, said twice or waited for. On a busy machine Chromium's output itself stumbles; run it again.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.signal import fftconvolve

from tests.bench import first_audio
from tests.bench.first_audio import House
from tests.firefox import sink
from voice_app.audio.encode import decode
from voice_app.audio.loudness import RATE_HZ

WINDOW = RATE_HZ // 2
NEAR = 5 * RATE_HZ
VOICE = 0.03  # louder than this, root mean square, is a voice
SAME = 0.9  # correlation of a window with its place
PLAY = "[...document.querySelectorAll('.prose .sentence')].at(20).click()"


def recorded(browser: Any, page: str, seconds: float, environment: dict[str, str]) -> NDArray[np.float32]:
    browser.goto(page)
    browser.evaluate(first_audio.READY)
    time.sleep(2)
    command = ["parec", f"--rate={RATE_HZ}", "--channels=1", "--format=float32le", "-d", "@DEFAULT_MONITOR@"]
    with tempfile.TemporaryFile() as file:
        recorder = subprocess.Popen(command, stdout=file, env=environment)
        time.sleep(0.5)
        browser.evaluate(PLAY)
        time.sleep(seconds)
        recorder.terminate()
        recorder.wait()
        file.seek(0)
        return np.frombuffer(file.read(), "<f4")


def places(heard: NDArray[np.float32], whole: NDArray[np.float32]) -> list[float]:
    """For each window with a voice: its place in the whole minus its time, in seconds.

    After the first it is looked for within NEAR of where it should be, as words come again.
    """
    found: list[float] = []
    for at in range(0, len(heard) - WINDOW, WINDOW):
        window = heard[at : at + WINDOW]
        if np.sqrt(np.mean(window**2)) < VOICE:
            continue
        low = max(0, at + round(found[0] * RATE_HZ) - NEAR) if found else 0
        high = low + 2 * NEAR + WINDOW if found else len(whole)
        place = low + int(np.argmax(fftconvolve(whole[low:high], window[::-1], mode="valid")))
        there = whole[place : place + WINDOW]
        if np.dot(window, there) > SAME * np.sqrt(np.dot(window, window) * np.dot(there, there)):
            found.append((place - at) / RATE_HZ)
    return found


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=40)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sink() as more:
        house, environment = House(Path(folder)), os.environ | more
        os.environ.update(more)
        for name, opened in (("Chromium", first_audio.chromium), ("Firefox", first_audio.firefox)):
            page = house.read(60)
            with house.serving(), opened() as browser:
                heard = recorded(browser, page, given.seconds, environment)
                facts = json.loads(first_audio._get(f"{page}/live.json"))
                whole, _ = decode(first_audio._get(house.url + facts["pieces"].replace("{id}", "stream")))
            found = places(heard, whole)
            usual = float(np.median(found))
            apart = [f"{1000 * (place - usual):+.0f} ms" for place in found if abs(place - usual) > 0.001]
            print(f"{name:9} {len(found)} half seconds of voice recognised, out of place:", *(apart or ["none"]))


if __name__ == "__main__":
    main()
