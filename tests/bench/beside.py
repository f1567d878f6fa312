"""What one would do instead, beside it: `python -m tests.bench.beside [--words N] [--piper PROGRAM --voice FILE]`.

The same text and the same engine, with nothing cached, again, and with one sentence changed: `narrate` beside the
engine's own command, called for the whole text, and in a shell's loop for each sentence. gTTS speaks to a server on
this machine that answers after 50 ms. What is compared gives a WAV file (hibari, piper) or an MP3 file (gTTS) without
levels, chapters, artwork or time line.
"""

from __future__ import annotations

import argparse
import base64
import os
import random
import shlex
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.bench.texts import sentence
from voice_app.audio.encode import encode_run

ROOT = Path(__file__).resolve().parents[2]
ANSWER_SECONDS = 0.05
WORDS_A_PIECE = 12  # gTTS asks for at most 100 characters at a time
GTTS = """
import sys
from gtts import tts
from gtts.cli import tts_cli
endpoint = sys.argv[1]
tts._translate_url = lambda tld="com", path="": endpoint
sys.argv = ["gtts-cli", *sys.argv[2:]]
tts_cli()
"""
Run = Callable[[list[str]], None]  # makes sound of these sentences


@dataclass(frozen=True, kw_only=True)
class Way:
    """One way to get the sound. It may keep what it likes in its folder."""

    name: str
    run: Run


def narrating(folder: Path, voice: str, **settings: str) -> Run:
    environment = os.environ | settings | {"VOICE_APP_PATHS__CACHE": str(folder / "cache"), "PYTHONWARNINGS": "ignore"}

    def run(sentences: list[str]) -> None:
        text = folder / "article.md"
        text.write_text(
            "# An article about the old garden and two small boats in winter\n\n" + "\n\n".join(sentences),
            encoding="utf-8",
        )
        command = ["-m", "voice_app", "narrate", str(text), "--voice", voice, "--out", str(folder / "out"), "--json"]
        subprocess.run([sys.executable, *command], env=environment, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)

    return run


def whole(command: str) -> Run:
    """The command once, with the text on standard input."""

    def run(sentences: list[str]) -> None:
        _shell(command, " ".join(sentences))

    return run


def loop(command: str) -> Run:
    """The command for each line of standard input."""
    return lambda sentences: _shell(
        f'while read -r line; do printf %s "$line" | {command}; done', "\n".join(sentences) + "\n"
    )


def _shell(command: str, text: str) -> None:
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run(["/bin/sh", "-c", command], input=text.encode(), check=True, **quiet)  # type: ignore[call-overload]


@contextmanager
def google() -> Iterator[str]:
    """A server that answers as Google's does, with as many tones as there are words in a piece of text."""
    import numpy as np

    tone = 0.3 * np.sin(2 * np.pi * 220 * np.arange(9_600) / 24_000) * np.hanning(9_600)
    sound = base64.b64encode(encode_run(np.tile(tone, WORDS_A_PIECE).astype(np.float32))).decode()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            time.sleep(ANSWER_SECONDS)
            body = f'[["wrb.fr","jQ1olc","[\\"{sound}\\"]"]]\n'.encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()


def ways(folder: Path, options: argparse.Namespace, endpoint: str) -> Iterator[list[Way]]:
    """For each engine: ours first."""
    out = shlex.quote(str(folder / "other"))
    hibari = shlex.quote(str(Path(sys.executable).with_name("hibari")))
    yield [
        Way(name="`narrate` with hibari", run=narrating(folder / "h", "hibari/heart")),
        Way(name="`hibari`, the whole text", run=whole(f"{hibari} - -o {out}.wav")),
        Way(name="`hibari`, sentence by sentence", run=loop(f"{hibari} - -o {out}.wav")),
    ]
    if options.piper:
        command = f"{shlex.quote(options.piper)} -m {shlex.quote(options.voice)} -f {out}.wav"
        settings = {
            "VOICE_APP_PIPER__PROGRAM": options.piper,
            "VOICE_APP_PIPER__FOLDER": str(Path(options.voice).parent),
        }
        yield [
            Way(name="`narrate` with piper", run=narrating(folder / "p", "piper", **settings)),
            Way(name="`piper`, the whole text", run=whole(command)),
            Way(name="`piper`, sentence by sentence", run=loop(command)),
        ]
    gtts = f"{shlex.quote(sys.executable)} -c {shlex.quote(GTTS)} {endpoint}"
    settings = {"VOICE_APP_GTTS__ENDPOINT": endpoint}
    yield [
        Way(name="`narrate` with gTTS", run=narrating(folder / "g", "gtts/en", **settings)),
        Way(name="`gtts-cli`, the whole text", run=whole(f"{gtts} --file - --output {out}.mp3")),
    ]


def timed(run: Run, sentences: list[str]) -> float:
    began = time.perf_counter()
    run(sentences)
    return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--words", type=int, default=500)
    parser.add_argument("--piper", default=shutil.which("piper"), help="piper's program")
    parser.add_argument("--voice", help="a voice of piper's (*.onnx)")
    options = parser.parse_args()
    chance, sentences = random.Random(5), [""]
    while sum(len(s.split()) for s in sentences) < options.words:
        sentences.append(sentence(chance))
    sentences = sentences[1:]
    changed = [*sentences[:-1], "The last one says something else."]
    print(f"| {sum(len(s.split()) for s in sentences)} words | nothing cached | again | one sentence changed |")
    print("|---|---|---|---|")
    with tempfile.TemporaryDirectory() as temporary, google() as endpoint:
        folder = Path(temporary)
        for name in "hpg":
            (folder / name).mkdir()
        for each in ways(folder, options, endpoint):
            for way in each:
                times = [timed(way.run, given) for given in (sentences, sentences, changed)]
                print(f"| {way.name} | {' | '.join(f'{seconds:.1f} s' for seconds in times)} |", flush=True)


if __name__ == "__main__":
    main()
