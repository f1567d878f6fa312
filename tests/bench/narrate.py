"""How long the main job takes beside the engine alone: `python -m tests.bench.narrate [--runs N]`.

In each run, one after the other on the same machine: a program that does nothing but load the engine and speak the
article's sentences in a plain loop on one core; `narrate` of the same article from a cold cache; `narrate` again.
The table gives medians; compare the ratios, not the seconds.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

WORDS = 2_000
ROOT = Path(__file__).resolve().parents[2]
LOOP = """
import json, sys, time
began = time.perf_counter()
from hibari import Hibari
voice = Hibari(threads=1)
voice("Ready.", seed=1)
loaded = time.perf_counter()
samples = sum(len(voice(text, seed=1)) for text in json.load(sys.stdin))
print(json.dumps({"load": loaded - began, "loop": time.perf_counter() - loaded, "audio": samples / 24000}))
"""
WARM = """
import json, sys, tempfile
from pathlib import Path
from voice_app import config
from voice_app.wiring import build
studio = build(config.load())
out = Path(tempfile.mkdtemp())
studio.narrate(studio.read(studio.pasted(b"# Ready\\n\\nThe voice is warm now, and the next article can begin.")), out)
found = studio.narrate(studio.read(sys.argv[1]), out)
print(json.dumps({"first": found.first_audio_seconds}))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """One run, in seconds and megabytes."""

    loop: float
    loop_process: float
    narrate: float
    inside: float
    again: float
    first_warm: float
    memory_mb: float
    audio: float


def article(folder: Path) -> Path:
    """An article of 2,000 words, no sentence twice, made from the sample articles."""
    paragraphs = [
        paragraph
        for path in sorted((ROOT / "content" / "articles").glob("*.md"))
        for paragraph in re.split(
            r"\n\n+", re.sub(r"\[\^\w+\]", "", path.read_text(encoding="utf-8")).split("---", 2)[-1]
        )
        if len(paragraph.split()) > 25 and not paragraph.startswith(("|", "[^", "#"))
    ]
    if not paragraphs:
        raise SystemExit("There are no articles in content/articles/ to make the text from.")
    chosen: list[str] = []
    tellings = ("", "Once more: ", "And again: ", "A last time: ")
    for telling in tellings:
        for n, paragraph in enumerate(paragraphs):
            if sum(len(p.split()) for p in chosen) >= WORDS:
                break
            heading = [f"## {telling}part {n + 1}"] if n % 5 == 0 else []
            chosen += [*heading, re.sub(r"(?<=[.?!]) (?=[A-Z])", f" {telling}", telling + paragraph)]
    path = folder / "article.md"
    path.write_text("# A long article\n\n" + "\n\n".join(chosen), encoding="utf-8")
    return path


def run(path: Path, sentences: list[str], folder: Path) -> Figures:
    environment = os.environ | {"VOICE_APP_PATHS__CACHE": tempfile.mkdtemp(dir=folder)}
    began = time.perf_counter()
    loop = json.loads(_python(["-c", LOOP], environment, json.dumps(sentences)))
    loop_process = time.perf_counter() - began
    narrate = ["-m", "voice_app", "narrate", str(path), "--out", str(folder / "out"), "--json"]
    first, memory_mb = _timed(narrate, environment)
    second, _ = _timed(narrate, environment)
    assert second[1]["clips"]["spoken"] == 0, "the second narration spoke something"
    environment["VOICE_APP_PATHS__CACHE"] = tempfile.mkdtemp(dir=folder)
    warm = json.loads(_python(["-c", WARM, str(path)], environment, ""))
    return Figures(
        loop=loop["loop"],
        loop_process=loop_process,
        narrate=first[0],
        inside=first[1]["wall_seconds"],
        again=second[0],
        first_warm=warm["first"],
        memory_mb=memory_mb,
        audio=loop["audio"],
    )


def _timed(arguments: list[str], environment: dict[str, str]) -> tuple[tuple[float, dict[str, dict[str, int]]], float]:
    """((wall seconds, the JSON it printed), peak memory in MB) of one program."""
    with tempfile.TemporaryFile() as out:
        began = time.perf_counter()
        process = subprocess.Popen([sys.executable, *arguments], env=environment, stdout=out, cwd=ROOT)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0, "narrate failed"
        out.seek(0)
        return (seconds, json.load(out)), usage.ru_maxrss / 1024


def _python(arguments: list[str], environment: dict[str, str], text: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", *arguments],
        env=environment,
        input=text,
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    return done.stdout


def table(figures: list[Figures], words: int) -> str:
    def median(name: str) -> float:
        return statistics.median(getattr(f, name) for f in figures)

    def ratio(above: str, below: str) -> float:
        return statistics.median(getattr(f, above) / getattr(f, below) for f in figures)

    rows = [
        (
            f"raw engine, plain loop on one core ({words} words, {median('audio') / 60:.1f} min)",
            f"{median('loop'):.2f} s",
        ),
        ("the same with loading the engine (a whole program)", f"{median('loop_process'):.2f} s"),
        ("`narrate`, cold cache, whole program", f"{median('narrate'):.2f} s"),
        ("`narrate`, cold cache, its own `wall_seconds`", f"{median('inside'):.2f} s"),
        ("ratio: `narrate` program / raw loop program", f"{ratio('narrate', 'loop_process'):.2f}"),
        ("ratio: `narrate` program / raw loop without loading", f"{ratio('narrate', 'loop'):.2f}"),
        ("ratio: `wall_seconds` / raw loop without loading", f"{ratio('inside', 'loop'):.2f}"),
        ("`narrate` again, everything cached, whole program", f"{median('again'):.2f} s"),
        ("first sound, warm", f"{median('first_warm'):.2f} s"),
        ("peak memory of `narrate`", f"{median('memory_mb'):.0f} MB"),
    ]
    lines = [f"| {what} | {value} |" for what, value in rows]
    return "\n".join([f"| {os.cpu_count()} cores, median of {len(figures)} | |", "|---|---|", *lines])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        path = article(folder)
        script = json.loads(_python(["-m", "voice_app", "script", str(path), "--json"], dict(os.environ), ""))
        sentences = [sentence["spoken"] for sentence in script["sentences"]]
        figures = [run(path, sentences, folder) for _ in range(options.runs)]
        print(table(figures, len(path.read_text(encoding="utf-8").split())))


if __name__ == "__main__":
    main()
