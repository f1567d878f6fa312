"""espeak-ng, the program, when it is installed: over a hundred languages, tiny, robotic."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import wave

from voice_app.errors import EngineFailedError, EngineUnavailableError, NothingToSayError, UnknownVoiceError
from voice_app.model import SpeakRequest, Speech, Voice
from voice_app.speech.engine import EngineInfo, Workshop

NAME = "espeak"
WORDS_PER_MINUTE = 160  # a calm reading pace; espeak's own default is 175
TIMEOUT_SECONDS = 60.0
LICENCE = "GPL-3.0-or-later"
MODERN = {"fr-fr": "fr", "vi-vn-x-central": "vi-x-central", "vi-vn-x-south": "vi-x-south"}
"""Plainer tags for the voices that stand for a whole language."""
_VOICE_LINE = re.compile(r"^\s*\d+\s+(\S+)\s+\S+\s+(\S+)\s")


def make(workshop: Workshop) -> Espeak:
    del workshop
    program = shutil.which("espeak-ng")
    if program is None:
        raise EngineUnavailableError(
            "The program espeak-ng is not installed.", todo="On Debian: `apt-get install espeak-ng`."
        )
    return Espeak(program)


class Espeak:
    """One process per sentence."""

    def __init__(self, program: str) -> None:
        self._program = program
        version = self._run(["--version"], b"").decode(errors="replace")
        found = re.search(r"\d+(\.\d+)+", version)
        self.info = EngineInfo(name=NAME, version=found.group() if found else "unknown", licence=LICENCE)
        self._voices: tuple[Voice, ...] = ()

    def voices(self) -> tuple[Voice, ...]:
        if not self._voices:
            lines = self._run(["--voices"], b"").decode(errors="replace").splitlines()[1:]
            # a name stands twice where a language is written in two ways: only the first can be asked for
            found = {match[1]: match[2] for match in map(_VOICE_LINE.match, reversed(lines)) if match}
            names = sorted(found, key=lambda name: (name != "en-us", name))  # the product's first language first
            self._voices = tuple(_voice(name, found[name]) for name in names)
        if not self._voices:
            raise EngineUnavailableError("The program espeak-ng has no voices.", todo="Install espeak-ng-data.")
        return self._voices

    def speak(self, request: SpeakRequest) -> Speech:
        import numpy as np

        if not any(c.isalnum() for c in request.text):
            raise NothingToSayError
        if request.voice not in {voice.name for voice in self.voices()}:
            raise UnknownVoiceError(f"The program espeak-ng has no voice {request.voice!r}.", voice=request.voice)
        pace = str(round(WORDS_PER_MINUTE * request.rate))
        text = request.text.replace("\0", " ").encode()
        sound = self._run(["-v", request.voice, "-s", pace, "--stdin", "--stdout"], text)
        with wave.open(io.BytesIO(sound)) as file:
            rate = file.getframerate()
        # espeak writes to a pipe, so the header's length is a placeholder: the samples are all that follows it
        samples = np.frombuffer(sound[44 : len(sound) - len(sound) % 2], "<i2").astype(np.float32) / np.float32(32768)
        if not samples.any():
            raise NothingToSayError
        return Speech(samples=samples, sample_rate=rate)

    def _run(self, options: list[str], text: bytes) -> bytes:
        try:
            done = subprocess.run(  # noqa: S603 - a fixed program, no shell, the text goes in on standard input
                [self._program, *options], input=text, capture_output=True, timeout=TIMEOUT_SECONDS, check=True
            )
        except (OSError, subprocess.SubprocessError) as problem:
            raise EngineFailedError("The program espeak-ng failed on a sentence.") from problem
        return done.stdout

    def close(self) -> None:
        """Nothing to do: no process outlives its sentence."""


def _voice(name: str, label: str) -> Voice:
    """The name is the language's BCP 47 tag; the label is what espeak calls it, as in English_(America)."""
    label = label.replace("_", " ").strip()
    return Voice(engine=NAME, name=name, language=MODERN.get(name, name), licence=LICENCE, label=label)
