"""Finds engines by name, ours and those of outside packages, and says how each one is.

A bad engine is a line in `doctor`, never the end of the program.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from voice_app.errors import EngineFailedError, EngineUnavailableError, PluginError, SpeechError, VoiceAppError
from voice_app.model import Company, SpeakRequest, Speech, Voice

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

    from voice_app.speech.engine import Engine, EngineInfo, EngineModule, Workshop

T = TypeVar("T")
GROUP = "voice_app.engines"
"""The entry points of outside packages: a name, and a module with NAME and make(workshop)."""
ENGINES = {
    "hibari": "voice_app.speech.engines.hibari",
    "kokoro": "voice_app.speech.engines.kokoro",
    "piper": "voice_app.speech.engines.piper",
}
LAST = {
    "espeak": "voice_app.speech.engines.espeak",
    "openai": "voice_app.speech.engines.openai",
    "gtts": "voice_app.speech.engines.gtts",
    "tick": "voice_app.testing",
}
"""These come after the outside ones: what sounds worst, what sends text away, and what is no voice."""
FORMATS = "voice_app.ingest.formats"
KINDS = "voice_app.ingest.kinds"


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """One line of `doctor`. `ok` False comes with the reason and the cure."""

    kind: str
    name: str
    ok: bool
    detail: str


class Names(Collection[str]):
    """All engines, in the order in which a voice is looked for. Looking for outside ones takes 13 ms, and waits until
    it matters."""

    def __contains__(self, name: object) -> bool:
        return name in _ours() or name in _outside()

    def __iter__(self) -> Iterator[str]:
        yield from ENGINES
        yield from (name for name in _outside() if name not in _ours())
        yield from LAST

    def __len__(self) -> int:
        return len(tuple(iter(self)))


def engine_maker(workshop: Workshop) -> Callable[[str], Engine]:
    """A function that makes the engine of a name. Raises EngineUnavailableError."""

    def make(name: str) -> Engine:
        if name in _ours():
            module: EngineModule = importlib.import_module(_ours()[name])
            return module.make(workshop)
        if name in _outside():
            return Outsider(_outside()[name], workshop)
        raise EngineUnavailableError(f"There is no speech engine called {name!r}.")

    return make


def companies(make: Callable[[str], Engine]) -> list[Company]:
    """Every engine with its voices, or with the reason why it has none. What was made for the answer is closed."""
    made: list[Engine] = []

    def kept(name: str) -> Engine:
        made.append(make(name))
        return made[-1]

    try:
        return [company(name, kept) for name in Names()]
    finally:
        for engine in made:
            with suppress(VoiceAppError):
                engine.close()


def company(name: str, make: Callable[[str], Engine]) -> Company:
    """An engine with its voices, or with the reason why it has none."""
    try:
        engine = make(name)
        info, voices = engine.info, engine.voices()
    except VoiceAppError as problem:
        return Company(engine=name, problem=str(problem))
    return Company(
        engine=name, version=info.version, licence=info.licence, remote=info.remote, fake=info.fake, voices=voices
    )


def statuses(make: Callable[[str], Engine]) -> list[Status]:
    """Try every engine and format."""
    kinds = importlib.import_module(KINDS).KINDS
    taken = [
        Status(kind="engine", name=name, ok=False, detail=f"{point.value} is not used: Voice App has one of that name.")
        for name, point in _outside().items()
        if name in _ours()
    ]
    return [
        *(_status(each) for each in companies(make)),
        *taken,
        *(_format(kind.name, kind.suffixes) for kind in kinds),
    ]


def _ours() -> Mapping[str, str]:
    return ENGINES | LAST


@cache
def _outside() -> dict[str, EntryPoint]:
    """What outside packages offer; a name that two of them use belongs to the first."""
    from importlib.metadata import entry_points

    found: dict[str, EntryPoint] = {}
    for point in entry_points(group=GROUP):
        found.setdefault(point.name, point)
    return found


class Outsider:
    """An engine of an outside package, held to the contract: whatever it does wrong becomes a SpeechError."""

    def __init__(self, point: EntryPoint, workshop: Workshop) -> None:
        self._name = point.name
        todo = "Repair or remove the package that brings it."
        try:
            self._engine: Engine = point.load().make(workshop)
            self.info: EngineInfo = self._engine.info
        except SpeechError:
            raise
        except (Exception, SystemExit) as problem:  # somebody else's code may do anything
            raise EngineUnavailableError(f"{_told(problem)} in {point.value}.", todo=todo) from problem
        if self.info.name != point.name:
            raise EngineUnavailableError(f"It calls itself {self.info.name!r} and not {point.name!r}.", todo=todo)

    def voices(self) -> tuple[Voice, ...]:
        voices = self._asked(lambda: tuple(self._engine.voices()))
        if not voices or any(voice.engine != self._name for voice in voices):
            raise EngineUnavailableError("It has no voices, or voices of another engine.")
        return voices

    def speak(self, request: SpeakRequest) -> Speech:
        import numpy as np

        speech = self._asked(lambda: self._engine.speak(request))
        samples = getattr(speech, "samples", None)
        is_array = isinstance(samples, np.ndarray) and samples.ndim == 1 and samples.dtype == np.float32
        if samples is None or not is_array or not samples.any() or not np.isfinite(samples).all():
            raise EngineFailedError(f"The engine {self._name} gave no sound.")
        return speech

    def close(self) -> None:
        self._asked(self._engine.close)

    def _asked(self, work: Callable[[], T]) -> T:
        try:
            return work()
        except SpeechError:
            raise
        except (Exception, SystemExit) as problem:  # somebody else's code may do anything
            raise EngineFailedError(f"{_told(problem)} in the engine {self._name}.") from problem


def _told(problem: BaseException) -> str:
    """By its type alone: a message may hold what people read."""
    return f"{PluginError.what} There was a {type(problem).__name__}"


def _status(company: Company) -> Status:
    if company.problem:
        return Status(kind="engine", name=company.engine, ok=False, detail=company.problem)
    count = len(company.voices)
    away = "; sends the text to another computer" if company.remote else "; works offline"
    detail = f"{company.version}, {count} voice{'s' * (count != 1)}, {company.voices[0].id} first{away}"
    return Status(kind="engine", name=company.engine, ok=True, detail=detail)


def _format(name: str, suffixes: Sequence[str]) -> Status:
    try:
        importlib.import_module(f"{FORMATS}.{name}")
    except ImportError as problem:
        return Status(kind="format", name=name, ok=False, detail=f"{problem}. Run `make run`, which installs it.")
    return Status(kind="format", name=name, ok=True, detail=f"files that end in {', '.join(suffixes)}")
