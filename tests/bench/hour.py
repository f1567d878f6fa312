"""An hour of prose beside the engine alone: `python -m tests.bench.hour [--minutes N] [--hear PROGRAM]`.

The sample articles, the tests' book and the design notes are narrated as one article; the same sentences are spoken by
the engine in a plain loop, with the same pauses. Both are measured, and both are written down by a recogniser of speech
when one is named: PROGRAM --json --expect TEXT SOUND prints an object with `word_error_rate`. That takes a third of the
sound's length each.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
import wave
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tests.metering import ebur128_lufs
from voice_app import wiring
from voice_app.audio.encode import DELAY_SAMPLES, decode
from voice_app.audio.loudness import RATE_HZ, true_peak_dbtp
from voice_app.config import load
from voice_app.model import Block, BlockKind, Cue, Document, Sentence
from voice_app.studio import Studio

ROOT = Path(__file__).resolve().parents[2]
WORDS_A_MINUTE = 155
SHORT_SECONDS = 6.0  # in a shorter chapter a meter hears mostly pauses
SILENT = 10 ** (-50 / 20)
WINDOW = RATE_HZ // 50


def sources() -> Iterator[Path]:
    yield from sorted((ROOT / "content" / "articles").glob("*.md"))
    yield ROOT / "tests" / "data" / "books" / "tidebook.md"
    yield ROOT / "voice_app" / "DESIGN.md"


def prose(studio: Studio, minutes: float) -> Document:
    """One article of about so many minutes, as far as the texts go."""
    blocks: list[Block] = []
    words = 0
    for block in chain.from_iterable(studio.read(str(path)).blocks for path in sources()):
        if words < minutes * WORDS_A_MINUTE and block.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.QUOTE):
            blocks.append(block)
            words += len(block.text.split())
    return Document(title="An hour", blocks=tuple(blocks), language="en")


def engine_alone(sentences: Sequence[Sentence], file: Path) -> None:
    """The same sentences and pauses from the package of the embedded voice, as a WAV file."""
    from hibari import Hibari

    voice = Hibari(threads=1)
    with wave.open(str(file), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE_HZ)
        for sentence in sentences:
            samples = np.asarray(voice(sentence.spoken, seed=1))
            sound.writeframes((samples * 32767).astype("<i2").tobytes())
            sound.writeframes(bytes(2 * round(sentence.pause_ms * RATE_HZ / 1000)))


def longest_silence(samples: NDArray[np.float32]) -> float:
    """In seconds."""
    windows = samples[: len(samples) // WINDOW * WINDOW].reshape(-1, WINDOW)
    loud = np.flatnonzero(np.sqrt((windows**2).mean(axis=1)) > SILENT)
    edges = [-1, *loud.tolist(), len(windows)]
    return max(after - before - 1 for before, after in pairwise(edges)) * WINDOW / RATE_HZ


def steps_at_joins(file: Path, cues: Sequence[Cue]) -> tuple[float, float]:
    """The largest step between two samples where two sentences were joined, and anywhere."""
    heard = decode(file.read_bytes())[0]
    steps = np.abs(np.diff(heard))
    joins = [round(cue.start * RATE_HZ) - DELAY_SAMPLES for cue in cues[1:]]
    return max(float(steps[join - 4 : join + 4].max()) for join in joins), float(steps.max())


def word_error_rate(program: str, text: Path, sound: Path) -> float:
    done = subprocess.run([program, "--json", "--expect", text, sound], capture_output=True, text=True, check=True)
    return float(json.loads(done.stdout)["word_error_rate"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--hear", help="a program that writes down what it hears")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        flags = {"paths.content": folder / "content", "paths.cache": folder / "cache"}
        studio = wiring.build(load(flags=flags, environ={}, file=folder / "none.toml"))
        document = prose(studio, options.minutes)
        made = studio.narrate(document, folder)
        sentences = studio.script(document).sentences
        if failed := made.audio.failed:
            raise SystemExit(f"{len(failed)} sentences could not be spoken.")
        at_joins, anywhere = steps_at_joins(folder / made.audio.file, made.audio.cues)
        print(f"| largest step between two samples | {at_joins:.4f} at joins, {anywhere:.4f} anywhere |\n|---|---|")
        report(folder, [c.file for c in made.audio.chapters if c.seconds > SHORT_SECONDS], made.audio.file, sentences)
        if options.hear:
            text = folder / "spoken.txt"
            text.write_text("\n".join(sentence.spoken for sentence in sentences))
            for name in (made.audio.file, "alone.wav"):
                print(f"| word error rate of {name} | {word_error_rate(options.hear, text, folder / name):.4f} |")


def report(folder: Path, chapters: Sequence[str], whole: str, sentences: Sequence[Sentence]) -> None:
    engine_alone(sentences, folder / "alone.wav")
    print(f"| sentences | {len(sentences)} |", flush=True)
    for name in (whole, "alone.wav"):
        samples, rate = decode((folder / name).read_bytes())
        print(f"| {name} | {len(samples) / rate / 60:.1f} minutes |")
        print(f"| longest silence | {longest_silence(samples):.2f} s |", flush=True)
    levels = [ebur128_lufs((folder / file).read_bytes()) for file in chapters]
    peaks = [true_peak_dbtp(decode((folder / file).read_bytes())[0]) for file in chapters]
    level = f"{min(levels):.2f} to {max(levels):.2f} LUFS, the whole {ebur128_lufs((folder / whole).read_bytes()):.2f}"
    print(f"| level of {len(levels)} chapters | {level} |")
    print(f"| highest true peak | {max(peaks):.2f} dBTP |", flush=True)


if __name__ == "__main__":
    main()
