"""Piper, many voices in many languages: a program of its own (GPL), never imported, that stays running.

Voices are *.onnx files, each with its *.onnx.json, in the folder `piper.folder`; `piper.program` is the program of the
package piper-tts 1.3 or newer, or "/path/to/python -m piper". A line of text goes in, a WAV file comes out in a folder
of this engine's own, and the program says its name. Without noise and without levelling each sentence by itself, the
same text gives the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import queue
import re
import shlex
import shutil
import subprocess
import tempfile
import threading
import time
import wave
import weakref
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import IO

from voice_app.errors import EngineFailedError, EngineUnavailableError, NothingToSayError, UnknownVoiceError
from voice_app.model import SpeakRequest, Speech, Voice
from voice_app.speech.engine import EngineInfo, Workshop

NAME = "piper"
TIMEOUT_SECONDS = 120.0  # for one sentence, with loading the voice
STEADY = ("--noise_scale", "0", "--noise_w", "0", "--no-normalize")
MAX_ABOUT_BYTES = 1_000_000
MAX_WAV_BYTES = 100_000_000
_NAME = re.compile(r"[\w.+-]+")


def make(workshop: Workshop) -> Piper:
    settings = workshop.config.piper
    command = shlex.split(settings.program)
    program = shutil.which(command[0]) if command else None
    if program is None:
        raise EngineUnavailableError(
            "The program piper is not installed.",
            todo="Install piper-tts into an environment of its own and name its program in piper.program.",
        )
    if not any(settings.folder.glob("*.onnx")):
        raise EngineUnavailableError(
            f"There is no voice for piper in {settings.folder}.",
            todo="Put a voice there, NAME.onnx and NAME.onnx.json, or set piper.folder.",
        )
    return Piper([program, *command[1:]], settings.folder.absolute())


class Piper:
    """One process, for the voice and the rate that were asked for last. Another voice starts another process."""

    def __init__(self, command: list[str], folder: Path) -> None:
        self._command = command
        self._folder = folder
        self._process: _Process | None = None
        self.info = EngineInfo(name=NAME, version=f"{_version(command[0])}+steady1", licence="GPL-3.0-or-later")
        self._voices: tuple[Voice, ...] = ()

    def voices(self) -> tuple[Voice, ...]:
        if not self._voices:
            found = [_voice(model) for model in sorted(self._folder.glob("*.onnx"))]
            self._voices = tuple(voice for voice in found if voice)
        if not self._voices:
            raise EngineUnavailableError(
                "No voice of piper is whole.", todo="Each NAME.onnx needs its NAME.onnx.json beside it."
            )
        return self._voices

    def speak(self, request: SpeakRequest) -> Speech:
        if request.voice not in {voice.name for voice in self.voices()}:
            raise UnknownVoiceError(f"The program piper has no voice {request.voice!r}.", voice=request.voice)
        line = " ".join(request.text.replace("\0", " ").split())
        if not any(c.isalnum() for c in line):
            raise NothingToSayError
        process = self._running(request.voice, request.rate)
        try:
            return _speech(process.spoken(line))
        except EngineFailedError:
            self.close()  # what it still has to say must not be taken for the next sentence
            raise

    def _running(self, voice: str, rate: float) -> _Process:
        wanted = ["--model", str(self._folder / f"{voice}.onnx"), "--length_scale", f"{1 / rate:.4f}", *STEADY]
        if self._process and (self._process.options != wanted or not self._process.is_alive):
            self.close()
        if self._process is None:
            self._process = _Process(self._command, wanted)
        return self._process

    def close(self) -> None:
        if self._process:
            self._process.end()
            self._process = None


class _Process:
    """A running piper, and the folder it writes to."""

    def __init__(self, command: list[str], options: list[str]) -> None:
        self.options = options
        self._folder = Path(tempfile.mkdtemp(prefix="voice-app-piper-"))
        self._wav = re.compile(re.escape(os.fsencode(self._folder)) + rb"[/\\]([\w.-]+\.wav)")
        try:
            self._popen = subprocess.Popen(  # noqa: S603 - the program the settings name, no shell, text on its input
                [*command, *options, "--output_dir", str(self._folder)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
            )
        except OSError as problem:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise EngineUnavailableError("The program piper cannot be started.") from problem
        assert self._popen.stdin and self._popen.stdout  # noqa: S101 - they were asked for
        self._input: IO[bytes] = self._popen.stdin
        self._output: IO[bytes] = self._popen.stdout
        self._said: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._listener = threading.Thread(target=self._listen, name="piper", daemon=True)
        self._listener.start()
        self._end = weakref.finalize(self, _end, self._popen, self._folder)  # also when this program ends

    @property
    def is_alive(self) -> bool:
        return self._popen.poll() is None

    def spoken(self, line: str) -> bytes:
        """The WAV file of one line. Raises EngineFailedError when none comes in time."""
        try:
            self._input.write(f"{line}\n".encode())
            self._input.flush()
        except OSError as problem:
            raise EngineFailedError("The program piper ended in the middle of its work.") from problem
        path = self._wrote(time.monotonic() + TIMEOUT_SECONDS)
        try:
            if path.stat().st_size > MAX_WAV_BYTES:
                raise EngineFailedError("The program piper spoke without end.")
            return path.read_bytes()
        except OSError as problem:
            raise EngineFailedError("The sound of the program piper could not be read.") from problem
        finally:
            path.unlink(missing_ok=True)

    def _wrote(self, deadline: float) -> Path:
        """The file that the program says it wrote."""
        while True:
            try:
                line = self._said.get(timeout=max(0.001, deadline - time.monotonic()))
            except queue.Empty:
                raise EngineFailedError("The program piper took too long for a sentence.") from None
            if line is None:
                raise EngineFailedError("The program piper ended without speaking.", todo="Run it by hand to see why.")
            if found := self._wav.search(line):
                return self._folder / found[1].decode()

    def _listen(self) -> None:
        with suppress(OSError, ValueError):  # the pipe is closed while this waits
            for line in self._output:
                self._said.put(line)
        self._said.put(None)

    def end(self) -> None:
        self._end()
        self._listener.join(timeout=5)
        for pipe in (self._input, self._output):
            with suppress(OSError):
                pipe.close()


def _end(popen: subprocess.Popen[bytes], folder: Path) -> None:
    popen.kill()
    popen.wait()
    shutil.rmtree(folder, ignore_errors=True)


def _speech(wav: bytes) -> Speech:
    import numpy as np

    try:
        with wave.open(io.BytesIO(wav)) as file:
            if file.getnchannels() != 1 or file.getsampwidth() != 2:
                raise EngineFailedError("The program piper spoke in a format that is not mono with 16 bits.")
            rate, pcm = file.getframerate(), file.readframes(file.getnframes())
    except (wave.Error, EOFError) as problem:
        raise EngineFailedError("The program piper gave no sound for a sentence.") from problem
    samples = np.frombuffer(pcm, "<i2").astype(np.float32) / np.float32(32768)
    if not samples.any():
        raise EngineFailedError("The program piper gave silence for a sentence.")
    return Speech(samples=samples, sample_rate=rate)


def _voice(model: Path) -> Voice | None:
    """The voice of a model file; None for one that is not whole."""
    about = Path(f"{model}.json")
    try:
        if not _NAME.fullmatch(model.stem) or about.stat().st_size > MAX_ABOUT_BYTES:
            return None
        facts = json.loads(about.read_text(encoding="utf-8"))
        language = facts.get("language") or {"code": facts["espeak"]["voice"]}  # older voices name espeak's alone
        tag = str(language["code"]).replace("_", "-")
        words = " ".join(part.capitalize() for part in model.stem.split("-")[1:2])
        version = _digest(model, model.stat().st_mtime_ns)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    licence = "as its model card says"
    return Voice(engine=NAME, name=model.stem, language=tag, licence=licence, label=words, version=version)


@lru_cache(maxsize=256)
def _digest(model: Path, changed_ns: int) -> str:
    del changed_ns  # another file under the same name is read again
    return hashlib.sha256(model.read_bytes()).hexdigest()[:12]


def _version(program: str) -> str:
    """piper says no version of itself: that of the package beside the program, where there is one."""
    home = Path(program).parent.parent  # as it is called: a link out of an environment leads to another Python
    found = sorted(home.glob("lib/python*/site-packages/piper_tts-*.dist-info"))
    return found[-1].name.split("-")[1].removesuffix(".dist") if found else "unknown"
