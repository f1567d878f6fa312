"""What a speech engine is, and what it is given when it is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from voice_app.config import Config
    from voice_app.model import SpeakRequest, Speech, Voice


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineInfo:
    """Facts about an engine. If its sound or its marks can change, `version` changes: it holds the model's digest.

    `remote` engines send the text to another computer and are used only when they are named; so are `fake` ones, which
    are for tests. One that `can_fork` goes on speaking in forks of a process in which it spoke: it has no threads,
    sockets or programs of its own.
    """

    name: str
    version: str
    licence: str
    remote: bool = False
    fake: bool = False
    can_fork: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """What an engine may need from the house: the settings, and a decoder of compressed sound.

    `decode` takes the bytes of an audio file and gives mono float32 samples and their rate in Hz.
    """

    config: Config
    decode: Callable[[bytes], tuple[NDArray[np.float32], int]]


class Engine(Protocol):
    """Speaks one sentence at a time, used by one thread at a time.

    It honours the request's rate, 0.5 to 2.0, at the same pitch; `speech/pace.py` helps where the voice knows one pace
    only. It knows no files, formats, retries, chapters or cache. It raises only SpeechError, and never gives silence
    instead of an error: a request with nothing to say raises NothingToSayError.
    """

    @property
    def info(self) -> EngineInfo: ...

    def voices(self) -> tuple[Voice, ...]:
        """All voices that can be used here, the engine's own choice first."""

    def speak(self, request: SpeakRequest) -> Speech: ...

    def close(self) -> None: ...


class EngineModule(Protocol):
    """A file in `engines/`: importing it is cheap; heavy libraries are imported inside `make`."""

    NAME: str

    def make(self, workshop: Workshop) -> Engine:
        """An engine that is ready to speak. Raises EngineUnavailableError with the reason and the cure."""
