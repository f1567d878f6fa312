"""Finds engines by name and says how each one is: a bad one is a line in `doctor`, never the end of the program."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from voice_app.errors import EngineUnavailableError, VoiceAppError

if TYPE_CHECKING:
    from voice_app.speech.engine import Engine, EngineModule, Workshop

ENGINES = {
    "hibari": "voice_app.speech.engines.hibari",
    "espeak": "voice_app.speech.engines.espeak",
    "gtts": "voice_app.speech.engines.gtts",
    "tick": "voice_app.testing",
}
FORMATS = "voice_app.ingest.formats"
KINDS = "voice_app.ingest.kinds"


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """One line of `doctor`. `ok` False comes with the reason and the cure."""

    kind: str
    name: str
    ok: bool
    detail: str


def engine_maker(workshop: Workshop) -> Callable[[str], Engine]:
    """A function that makes the engine of a name. Raises EngineUnavailableError."""

    def make(name: str) -> Engine:
        if name not in ENGINES:
            raise EngineUnavailableError(f"There is no speech engine called {name!r}.")
        module: EngineModule = importlib.import_module(ENGINES[name])
        return module.make(workshop)

    return make


def statuses(make: Callable[[str], Engine]) -> list[Status]:
    """Try every engine and format."""
    kinds = importlib.import_module(KINDS).KINDS
    return [*(_engine(name, make) for name in ENGINES), *(_format(kind.name, kind.suffixes) for kind in kinds)]


def _engine(name: str, make: Callable[[str], Engine]) -> Status:
    try:
        engine = make(name)
        voices = engine.voices()
    except VoiceAppError as problem:
        return Status(kind="engine", name=name, ok=False, detail=str(problem))
    first = voices[0]
    away = "; sends the text to another company's server" if engine.info.remote else "; works offline"
    detail = f"{engine.info.version}, {len(voices)} voice{'s' * (len(voices) != 1)}, {first.id} first{away}"
    return Status(kind="engine", name=name, ok=True, detail=detail)


def _format(name: str, suffixes: Sequence[str]) -> Status:
    try:
        importlib.import_module(f"{FORMATS}.{name}")
    except ImportError as problem:
        return Status(kind="format", name=name, ok=False, detail=f"{problem}. Run `make run`, which installs it.")
    return Status(kind="format", name=name, ok=True, detail=f"files that end in {', '.join(suffixes)}")
