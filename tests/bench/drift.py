"""How far word times are from the sound: `python -m tests.bench.drift [--minutes 60]`.

First an hour-long chapter and the whole file around it, spoken by the engine `tick`, whose tones swell from nothing at
the first sample of each word: the decoded files are searched for these places. Then sentences of the embedded voice:
at each pause inside a sentence the sound of the decoded file must end and come back where the words' times say.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from voice_app.audio.encode import FRAME_BYTES, decode
from voice_app.audio.press import Press
from voice_app.binding import Outlet
from voice_app.blobs import FolderBlobs
from voice_app.config import Config
from voice_app.model import Block, BlockKind, Chapter, Cue, Document
from voice_app.narrator import Narrator
from voice_app.recording.recorder import LocalRecorder
from voice_app.script.render import rendered
from voice_app.speech.booth import Booth
from voice_app.speech.clips import Clips
from voice_app.speech.engine import Engine, Workshop
from voice_app.speech.engines import hibari
from voice_app.testing import WORD_SECONDS, TickEngine

RATE_HZ = 24_000
STEP = 24  # samples: a millisecond
NEAR_SECONDS = 0.12  # how far from its mark an onset is looked for
PAUSE_SECONDS, QUIET = 0.1, 0.02
WORDS = ("river", "stone", "garden", "winter", "kettle", "letter", "village", "harbour", "lantern", "orchard", "candle")
SENTENCES = """
The kettle is on, and the guests will be here before noon.
She opened the letter slowly, because she knew the hand.
Please put the kettle on; the guests will be here before noon.
Was it the wind, or did somebody knock at the door?
Seventy small boats came home that evening, with their nets full of herring.
The house — which was old — stood on a hill: nobody went there.
Dr. Smith paid $5.2 million, or 47% more, in 2026.
On the third of March, the bridge was closed; by April, it was open.
It’s a “well-known” pattern, isn’t it?
When the cat had eaten, the dog slept, too.
The doctor, a tall woman, asked three questions.
Ice melts; steam rises; dust settles.
In the end, however, they agreed: the café stays.
Keep it short, keep it plain, keep it true.
The train, the 7:45, was late; the next, at nine, was full.
Nobody — not one — had seen the harbour, the lantern, or the boat.
He came in 1999, stayed until 2004, and left for good.
Bread, salt, and water: that was all.
If you go, take a coat; if you stay, light the fire.
Nobody in the village, old or young, could remember such a winter.
Yes, he said; no, she answered; perhaps, said the third.
By 2030, says the report, two thirds of it will be gone.
First, wash the rice; second, boil it; third, wait.
The river — the Rhône — is wide, slow, and brown.
“Come in,” she called, “and shut the door.”
Some, e.g. the lantern, were old; others, i.e. the candles, were new.
A cup of tea, please, and a slice of bread.
They walked for an hour, perhaps for two, without a word.
In winter, when the lake is frozen, they cross it on foot.
The bridge, built in 1902, carries 3,000 cars a day.
""".strip().splitlines()


def narrated(
    make: Callable[[], Engine], voice: str, blocks: Iterable[Block]
) -> Iterator[tuple[str, bytes, tuple[Cue, ...]]]:
    """The name, bytes and cues of the last chapter's file and of the whole file."""
    with tempfile.TemporaryDirectory() as folder:
        blobs = FolderBlobs(Path(folder), durable=False)
        booth = Booth(lambda name: make(), names=(voice.split("/")[0],), clips=Clips(blobs))
        document = Document(title="Drift", blocks=tuple(blocks), language="en")
        chapters: list[Chapter] = list(rendered(document))
        outlet = Outlet(store=blobs)
        recorder = LocalRecorder(booth, Press(blobs), calibrations=blobs, threads=2, stall_seconds=60)
        try:
            made = Narrator(recorder).narrate(document, chapters, voice=voice, stem="drift", outlet=outlet)
        finally:
            recorder.close()
        for name, cues in (
            (made.audio.chapters[-1].file, made.audio.chapters[-1].cues),
            (made.audio.file, made.audio.cues),
        ):
            yield name, blobs.read(name) or b"", cues


def sound(data: bytes) -> NDArray[np.float32]:
    """The level of the decoded file, a value a millisecond, from its first frame of sound on."""
    first = data.index(b"Info") - 13 + FRAME_BYTES
    heard = np.abs(decode(data[first:])[0])
    level: NDArray[np.float32] = heard[: len(heard) // STEP * STEP].reshape(-1, STEP).max(axis=1)
    return level


def tick_errors(data: bytes, cues: Iterable[Cue]) -> list[float]:
    """For every word how many seconds after its mark its tone begins."""
    level = sound(data)
    near = round(NEAR_SECONDS * 1000)
    errors = []
    for cue in cues:
        assert len(cue.words) == len(cue.written.split())
        for word in cue.words:
            at = round(word.start_seconds * 1000)
            around = np.convolve(level[max(0, at - near) : at + near], np.ones(5) / 5, mode="same")
            quiet = np.flatnonzero(around <= around[2:-2].min() + 0.003)  # before a first word the whole pause is
            errors.append((int(quiet[-1]) - min(at, near)) / 1000)
    return errors


def tick_blocks(minutes: float) -> Iterator[Block]:
    """Two chapters of so many minutes, of sentences of four to eleven words."""
    for chapter in range(2):
        yield Block(kind=BlockKind.HEADING, text=WORDS[chapter].title(), level=2)
        seconds, n = 0.0, 0
        while seconds < minutes * 60:
            length = 4 + n % 8
            text = " ".join(WORDS[(n * 3 + k) % len(WORDS)] for k in range(length))
            yield Block(kind=BlockKind.PARAGRAPH, text=f"{text.capitalize()}.")
            seconds += length * WORD_SECONDS + 0.7
            n += 1


def pause_errors(data: bytes, cues: Iterable[Cue]) -> tuple[list[float], list[float]]:
    """How far after its word's end the sound ends, and after the next word's start it comes back, at each pause."""
    level = sound(data)
    ends, starts = [], []
    for cue in cues:
        for word, following in pairwise(cue.words):
            if following.start_seconds - word.end_seconds < PAUSE_SECONDS:
                continue
            middle = round((word.end_seconds + following.start_seconds) * 500)
            loud = np.flatnonzero(level > QUIET)
            ends.append(int(loud[loud < middle][-1]) / 1000 + 0.001 - word.end_seconds)
            starts.append(int(loud[loud >= middle][0]) / 1000 - following.start_seconds)
    return ends, starts


def told(name: str, errors: list[float]) -> str:
    low, middle, high = (1000 * float(np.percentile(errors, p)) for p in (5, 50, 95))
    worst = 1000 * max(map(abs, errors))
    spread = f"5 % {low:+.0f} ms, median {middle:+.0f} ms, 95 % {high:+.0f} ms, worst {worst:.0f} ms"
    return f"{name}: {len(errors)} places, {spread}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=60.0, help="length of a chapter")
    minutes = parser.parse_args().minutes
    for name, data, cues in narrated(TickEngine, "tick/tock", tick_blocks(minutes)):
        errors = tick_errors(data, cues)
        print(told(f"tick, {name}, {cues[-1].end / 60:.0f} minutes", errors))
        print(told("  its last hundred words", errors[-100:]))
    workshop = Workshop(config=Config(), decode=lambda data: (np.zeros(0, np.float32), RATE_HZ))
    blocks = [Block(kind=BlockKind.PARAGRAPH, text=text) for text in SENTENCES]
    for name, data, cues in narrated(lambda: hibari.make(workshop), "hibari/heart", blocks):
        ends, starts = pause_errors(data, cues)
        print(told(f"hibari, {name}, ends of words before pauses", ends))
        print(told(f"hibari, {name}, first sound after pauses", starts))


if __name__ == "__main__":
    main()
