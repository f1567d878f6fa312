"""What one edited sentence of a one-hour chapter costs: `python -m tests.bench.edit [--runs N] [--voice V]`.

The chapter is narrated once; then one sentence after the other gets other words and the article is narrated again, as
the worker does: new chapter file, whole file, tags and transcript. The clip of the new sentence is timed apart.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from tests.bench.texts import article
from voice_app import recorders, wiring
from voice_app.config import load
from voice_app.model import SpeakRequest
from voice_app.recording.take import Take

WORDS = 11_500  # an hour of the embedded voice


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--voice", default="hibari/heart")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        flags = {"paths.content": folder / "content", "paths.cache": folder / "cache"}
        config = load(flags=flags | {"narration.voice": options.voice}, environ={}, file=folder / "none.toml")
        studio = wiring.build(config)
        added = studio.intake.add_text(article(WORDS))
        studio.work.narrate(added.id)
        page = studio.page(added.slug)
        assert page.audio is not None
        assert page.script is not None
        sentences = page.script.sentences
        recorder = recorders.local_recorder(config)
        voice = recorder.voice(options.voice)
        clips, edits = [], []
        for n in range(options.runs):
            said = f"In this place something else is said, for the time number {n} and with a few more words."
            request = SpeakRequest(text=f"Again: {said}", language="en", voice=voice.name)
            gain_db = recorder.gain_db(voice)
            began = time.perf_counter()
            recorder.record(Take(request=request, voice=voice, pause_ms=300, gain_db=gain_db)).result()
            clips.append(time.perf_counter() - began)
            studio.edits.say(added.slug, sentences[len(sentences) // 2 + n].id, said)
            began = time.perf_counter()
            studio.work.narrate(added.id)
            edits.append(time.perf_counter() - began)
        recorder.close()
    minutes = page.audio.seconds / 60
    print(f"| one sentence of {minutes:.0f} minutes ({len(sentences)} sentences), median of {options.runs} | |")
    print("|---|---|")
    print(f"| its clip alone | {statistics.median(clips):.2f} s |")
    print(f"| clip, chapter file, whole file, tags, transcript | {statistics.median(edits):.2f} s |")
    print(f"| all but the clip | {statistics.median(edits) - statistics.median(clips):.2f} s |")


if __name__ == "__main__":
    main()
