"""How long the main job takes beside the engine alone: `python -m tests.bench.narrate [--runs N]`.

In each run, one after the other on the same machine: programs that do nothing but load the engine and speak the
article's sentences, in a plain loop on one core, by a thread a core, and by a process a core; `narrate` of the same
article from a cold cache, by one thread and by more, and in a program that runs already; `narrate` again; and what
levelling and encoding alone cost. What the memory is looked at for is a run of its own.
The table gives medians, and medians of the ratios within a run; compare the ratios, not the seconds.
"""

from __future__ import annotations

import argparse
import contextlib
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
from typing import Any

from tests.bench.memory import memory_bytes

WORDS = 2_000
ROOT = Path(__file__).resolve().parents[2]
CORES = os.cpu_count() or 1
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
THREADS = """
import json, os, sys, time
from concurrent.futures import ThreadPoolExecutor
from hibari import Hibari
voice = Hibari(threads=1)
voice("Ready.", seed=1)
texts = json.load(sys.stdin)
with ThreadPoolExecutor(os.cpu_count()) as pool:
    began = time.perf_counter()
    list(pool.map(lambda text: voice(text, seed=1), texts))
print(json.dumps({"loop": time.perf_counter() - began}))
"""
PROCESSES = """
import json, multiprocessing, os, sys, time
count, texts = os.cpu_count(), json.load(sys.stdin)
fork = multiprocessing.get_context("fork")
ready, places = fork.Barrier(count + 1), fork.SimpleQueue()

def speak():
    from hibari import Hibari
    voice = Hibari(threads=1)
    voice("Ready.", seed=1)
    ready.wait()
    while (place := places.get()) is not None:
        voice(texts[place], seed=1)

processes = [fork.Process(target=speak) for _ in range(count)]
for process in processes:
    process.start()
ready.wait()
began = time.perf_counter()
for place in [*range(len(texts)), *[None] * count]:
    places.put(place)
for process in processes:
    process.join()
print(json.dumps({"loop": time.perf_counter() - began}))
"""
SHARE = """
import json, sys, tempfile, time
from pathlib import Path
from voice_app import config, recorders
from voice_app.model import SpeakRequest
booth, press = recorders._cache(config.load())
voice = booth.voice("hibari/heart")
speaking = pressing = 0.0
for text in ["Ready.", *json.load(sys.stdin)]:
    began = time.thread_time()
    clip, _ = booth.clip(SpeakRequest(text=text, language="en", voice=voice.name), voice)
    spoken = time.thread_time()
    press.run(clip, pause_ms=300, gain_db=voice.gain_db)
    if text == "Ready.":
        continue
    speaking, pressing = speaking + spoken - began, pressing + time.thread_time() - spoken
print(json.dumps({"share": pressing / (speaking + pressing)}))
"""
WARM = """
import json, os, sys, tempfile, time
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as `__main__` says
from pathlib import Path
from voice_app import config
from voice_app.wiring import build
studio = build(config.load())
out = Path(tempfile.mkdtemp())
studio.narrate(studio.read(studio.pasted(b"# Ready\\n\\nThe voice is warm now, and the next article can begin.")), out)
began = time.perf_counter()
found = studio.narrate(studio.read(sys.argv[1]), out)
print(json.dumps({"first": found.first_audio_seconds, "seconds": time.perf_counter() - began}))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """What one program said and took: seconds on the clock, and of all cores together without those that it forked."""

    said: Any
    seconds: float
    cpu_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """One run, in seconds and megabytes."""

    audio: float
    loop: float
    loop_program: float
    loop_cpu: float
    loop_threads: float
    loop_threads_program: float
    loop_processes: float
    narrate: float
    narrate_alone_cpu: float
    by_threads: tuple[float, ...]
    again: float
    share: float
    first_warm: float
    narrate_warm: float
    memory_mb: float


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
    """Everything once. Each `narrate` but the second of all has a cache of its own."""
    texts = json.dumps(sentences)
    narrate = ["-m", "voice_app", "narrate", str(path), "--out", str(folder / "out"), "--json"]
    loop = _program(["-c", LOOP], _cold(folder), texts)
    environment = _cold(folder)
    first = _program(narrate, environment)
    again = _program(narrate, environment)
    assert again.said["clips"]["spoken"] == 0, "the second narration spoke something"
    threads = _program(["-c", THREADS], _cold(folder), texts)
    warm = _program(["-c", WARM, str(path)], _cold(folder)).said
    fewer = [_program(narrate, _cold(folder, threads=n)) for n in range(1, CORES)]
    return Figures(
        audio=loop.said["audio"],
        loop=loop.said["loop"],
        loop_program=loop.seconds,
        loop_cpu=loop.cpu_seconds,
        loop_threads=threads.said["loop"],
        loop_threads_program=threads.seconds,
        loop_processes=_program(["-c", PROCESSES], _cold(folder), texts).said["loop"],
        narrate=first.seconds,
        narrate_alone_cpu=(fewer or [first])[0].cpu_seconds,
        by_threads=(*(program.seconds for program in fewer), first.seconds),
        again=again.seconds,
        share=_program(["-c", SHARE], _cold(folder), texts).said["share"],
        first_warm=warm["first"],
        narrate_warm=warm["seconds"],
        memory_mb=_peak_mb(narrate, _cold(folder)),
    )


def _cold(folder: Path, threads: int = CORES) -> dict[str, str]:
    """The environment with a cache that is empty."""
    cache = tempfile.mkdtemp(dir=folder)
    return os.environ | {"VOICE_APP_PATHS__CACHE": cache, "VOICE_APP_NARRATION__THREADS": str(threads)}


def _program(arguments: list[str], environment: dict[str, str], text: str = "") -> Program:
    """Run Python with these arguments until it ends, and read the JSON it prints."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out:
        given.write(text.encode())
        given.seek(0)
        began = time.perf_counter()
        command = [sys.executable, "-W", "ignore", *arguments]
        process = subprocess.Popen(command, env=environment, stdin=given, stdout=out, cwd=ROOT)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0, f"{arguments[:3]} failed"
        out.seek(0)
        return Program(
            said=json.load(out),
            seconds=seconds,
            cpu_seconds=usage.ru_utime + usage.ru_stime,
        )


def _peak_mb(arguments: list[str], environment: dict[str, str]) -> float:
    """The most that the program and those it forked hold together."""
    command = [sys.executable, "-W", "ignore", *arguments]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, cwd=ROOT) as process:
        peak = 0
        while process.poll() is None:
            with contextlib.suppress(OSError):  # one ended while it was looked at
                peak = max(peak, memory_bytes(process.pid))
            time.sleep(0.05)
    return peak / 1e6


def table(figures: list[Figures], words: int) -> str:
    def median(name: str) -> float:
        return statistics.median(getattr(f, name) for f in figures)

    def ratio(above: str, below: str) -> str:
        return f"{statistics.median(getattr(f, above) / getattr(f, below) for f in figures):.2f}"

    def scaling(threads: int) -> str:
        return f"{statistics.median(f.by_threads[threads - 1] / f.by_threads[0] for f in figures):.2f}"

    rows = [
        (
            f"raw engine, plain loop, one core ({words:,} words, {median('audio') / 60:.1f} min)",
            f"{median('loop'):.2f} s",
        ),
        ("the same with loading the engine (a whole program)", f"{median('loop_program'):.2f} s"),
        (f"raw engine, {CORES} threads", f"{median('loop_threads'):.2f} s"),
        (f"raw engine, {CORES} processes", f"{median('loop_processes'):.2f} s"),
        ("`narrate`, cold cache, whole program", f"{median('narrate'):.2f} s"),
        ("**`narrate` / raw loop**, both whole programs", f"**{ratio('narrate', 'loop_program')}**"),
        (
            f"**`narrate` / raw engine, {CORES} threads**, both whole programs",
            f"**{ratio('narrate', 'loop_threads_program')}**",
        ),
        (f"raw engine, {CORES} threads / raw loop, both whole programs", ratio("loop_threads_program", "loop_program")),
        ("narrating in a program that runs already / raw loop, both without loading", ratio("narrate_warm", "loop")),
        (
            f"narrating in a program that runs already / raw engine, {CORES} threads, both without loading",
            ratio("narrate_warm", "loop_threads"),
        ),
        ("`narrate` / raw loop without loading", ratio("narrate", "loop")),
        (f"`narrate` / raw engine on {CORES} threads without loading", ratio("narrate", "loop_threads")),
        (f"`narrate` / raw engine in {CORES} processes without loading", ratio("narrate", "loop_processes")),
        (
            "CPU time of `narrate` on 1 thread / of the raw loop, whole programs",
            ratio("narrate_alone_cpu", "loop_cpu"),
        ),
        *((f"`narrate` on {n} threads / on 1", scaling(n)) for n in range(2, CORES + 1)),
        ("levelling and encoding, of the CPU time of a sentence", f"{median('share'):.0%}"),
        ("`narrate` again, everything cached, whole program", f"{median('again'):.2f} s"),
        ("that / raw loop program", ratio("again", "loop_program")),
        ("first sound, warm", f"{median('first_warm'):.2f} s"),
        ("peak memory of `narrate`", f"{median('memory_mb'):.0f} MB"),
    ]
    lines = [f"| {what} | {value} |" for what, value in rows]
    load = f", load average {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return "\n".join([f"| {CORES} cores, median of {len(figures)}{load} | |", "|---|---|", *lines])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        path = article(folder)
        script = _program(["-m", "voice_app", "script", str(path), "--json"], dict(os.environ)).said
        sentences = [sentence["spoken"] for sentence in script["sentences"]]
        figures = [run(path, sentences, folder) for _ in range(options.runs)]
        print(table(figures, len(path.read_text(encoding="utf-8").split())))


if __name__ == "__main__":
    main()
