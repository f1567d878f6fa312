"""What is asked of a recorder, how soon, and what comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol

from voice_app.audio.aac import Frames
from voice_app.audio.press import Run
from voice_app.model import Company, Earcon, SpeakRequest, Voice


class Urgency(IntEnum):
    """Who is served first: the sentence that somebody waits for, what they hear next, what was just added, the rest."""

    NOW = 0
    LISTENING = 1
    FRESH = 2
    BACK = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """One sentence as it is to be recorded: its words, its voice, its level, the pause behind it and the earcon before
    it.

    With `for_book` its run of an audiobook is made with the other.
    """

    request: SpeakRequest
    voice: Voice
    pause_ms: int
    gain_db: float
    earcon: Earcon = Earcon.NONE
    for_book: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """A sentence's run, and whether its clip had to be spoken for it."""

    run: Run
    fresh: bool


def nothing() -> None:
    """What is called where nobody wants to know."""


class Recorder(Protocol):
    """Makes runs, each at most once at a time, the most urgent first. Used from many threads."""

    @property
    def is_apart(self) -> bool:
        """Whether other processes speak, so that work in this one keeps no sentence waiting."""

    def voice(self, wanted: str) -> Voice:
        """The voice of this name. Raises UnknownVoiceError."""

    def companies(self) -> Iterator[Company]:
        """Every engine with its voices, the preferred first; each is loaded when it is its turn."""

    def stand_in(self, wanted: str, language: str) -> Voice:
        """The voice to fall back on: of an engine alone, its first that speaks the language. Raises SpeechError."""

    def gain_db(self, voice: Voice) -> float:
        """What brings this voice to the target loudness: its own figure, or one measured once. Raises SpeechError."""

    def known(self, take: Take) -> Run | None:
        """The run, if it was made before and is whole, and so is that of an audiobook when the take is for one."""

    def book_run(self, take: Take) -> Frames | None:
        """The run of an audiobook, without its pause, if it was made before and is whole."""

    def is_spoken(self, take: Take) -> bool:
        """Whether the sentence's clip is there, at whatever level and with whatever pause: it need not be spoken."""

    def record(
        self,
        take: Take,
        *,
        urgency: Urgency = Urgency.FRESH,
        listener: str = "",
        on_begin: Callable[[], None] = nothing,
    ) -> Future[Recording]:
        """The run, now or later; the future raises SpeechError or AudioError. Cancelled, nobody waits for it.

        Those who wait for something of the same urgency take turns, by `listener`. Asked for again with more urgency,
        a sentence moves to the front. `on_begin` is called when a voice begins with it.
        """

    def warm(self, wanted: str) -> None:
        """Load what this voice needs, so that the first sentence need not wait for it. Raises nothing."""

    def close(self) -> None: ...
