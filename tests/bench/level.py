"""How loud ten articles are in each voice: `python -m tests.bench.level VOICE [VOICE ...] [--sentences N]`.

The sample articles and seven of the tests' pages, each narrated by itself to its N-th sentence and measured by FFmpeg's
own meter. A voice of gtts is asked of a server on loopback, behind which espeak-ng speaks. Settings, like the folder of
Kokoro, are taken from the environment.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
from dataclasses import replace
from functools import partial
from pathlib import Path

from tests.contracts.served_sound import SpeechServer
from tests.contracts.test_remote_engines import said_by_google
from tests.metering import ebur128_lufs
from voice_app import wiring
from voice_app.audio.encode import decode
from voice_app.audio.loudness import TARGET_LUFS, true_peak_dbtp
from voice_app.config import load
from voice_app.model import BlockKind, Document
from voice_app.studio import Studio

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("blog/ghost-night-shift", "blog/letter-footnotes", "news/opinion-benches", "news/long-feature-mill")
PAGES += ("health/nhs-style-hiccups", "recipe/lentil-soup", "wiki/kettle-bridge")
TOLERANCE_LU = 0.5


def sources() -> list[Path]:
    pages = [ROOT / "tests" / "gates" / "pages" / f"{name}.html" for name in PAGES]
    return [*sorted((ROOT / "content" / "articles").glob("*.md")), *pages]


def beginning(studio: Studio, document: Document, sentences: int) -> Document:
    """The article up to the block with its N-th sentence; chapters are measured elsewhere, so headings go."""
    last = studio.script(document).sentences[:sentences][-1].block
    blocks = tuple(block for block in document.blocks[: last + 1] if block.kind is not BlockKind.HEADING)
    return replace(document, blocks=blocks)


def spoken_by_espeak(text: str) -> bytes:
    return subprocess.run(["espeak-ng", "--stdout", text], capture_output=True, check=True).stdout


def measured(voice: str, sentences: int, google: str) -> None:
    levels, peaks, seconds = [], [], 0.0
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        flags = {"paths.content": folder / "content", "paths.cache": folder / "cache", "narration.voice": voice}
        flags |= {"gtts.endpoint": google, "gtts.interval_seconds": 0.0}
        studio = wiring.build(load(flags=flags, file=folder / "none.toml"))
        for path in sources():
            document = studio.read(str(path))
            made = studio.narrate(beginning(studio, document, sentences), folder)
            assert not made.audio.failed
            assert not made.audio.stood_in
            data = (folder / made.audio.file).read_bytes()
            levels.append(ebur128_lufs(data))
            peaks.append(true_peak_dbtp(decode(data)[0]))
            seconds += made.audio.seconds
    wrong = sum(abs(level - TARGET_LUFS) > TOLERANCE_LU for level in levels)
    spread = f"{min(levels):.2f} to {max(levels):.2f} LUFS, {wrong} out of the window"
    print(
        f"| {voice} | {len(levels)} articles, {seconds / 60:.1f} min | {spread} | {max(peaks):.2f} dBTP |", flush=True
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("voices", nargs="+")
    parser.add_argument("--sentences", type=int, default=40)
    options = parser.parse_args()
    google = SpeechServer(partial(said_by_google, make=spoken_by_espeak))
    for voice in options.voices:
        measured(voice, options.sentences, google.url)
    google.stop()


if __name__ == "__main__":
    main()
