"""A sentence spoken well: every sound is checked, and tried again in another way when it is not right.

A second try of the same words helps voices with chance in them, and networks. A voice without chance would give the
same bad sound again, so the third try speaks the sentence in pieces: other input is what changes its mind. What comes
out depends on the request and the engine alone, so a clip's key still names one sound.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from voice_app.errors import BadSoundError, EngineFailedError, NothingToSayError
from voice_app.model import SpeakRequest, Speech, Voice
from voice_app.speech.health import ailment
from voice_app.speech.lead import speaks

if TYPE_CHECKING:
    from voice_app.speech.engine import Engine

log = logging.getLogger(__name__)
TRIES = 2
BETWEEN_PIECES_SECONDS = 0.12
_PLACES = (re.compile(r"(?<=[,;:—–])\s+"), re.compile(r"\s+"))
"""Where a sentence may be cut: after a clause, else between words."""


def well_spoken(engine: Engine, request: SpeakRequest) -> Speech:
    """The sentence's sound, checked. Raises SpeechError; BadSoundError when no try gave a sound that is right."""
    problem = EngineFailedError()
    for attempt in range(1, TRIES + 1):
        try:
            return _checked(engine.speak(request), request)
        except EngineFailedError as failed:
            log.warning("speaking failed engine=%s attempt=%d why=%s", engine.info.name, attempt, _why(failed))
            problem = failed
    pieces = halves(request.text)
    if not (isinstance(problem, BadSoundError) and pieces):
        raise problem from problem.__cause__
    speech = _checked(_in_pieces(engine, request, pieces), request)
    log.warning("spoken in pieces engine=%s", engine.info.name)
    return speech


def spoken_in(voices: Sequence[Voice], language: str) -> Voice | None:
    """The first of the voices that speaks the language; one of its region comes first."""
    found = [voice for voice in voices if speaks(voice, language)]
    return max(found, key=lambda voice: voice.language.lower() == language.lower(), default=None)


def halves(text: str) -> tuple[str, str] | None:
    """The text cut near its middle; None when it is one word."""
    for place in _PLACES:
        cuts = [cut for cut in place.finditer(text) if text[: cut.start()].strip() and text[cut.end() :].strip()]
        if cuts:
            cut = min(cuts, key=lambda cut: abs(cut.start() + cut.end() - len(text)))
            return text[: cut.start()], text[cut.end() :]
    return None


def _checked(speech: Speech, request: SpeakRequest) -> Speech:
    wrong = ailment(speech, request)
    if wrong:
        raise BadSoundError(ailment=wrong)
    return speech


def _in_pieces(engine: Engine, request: SpeakRequest, pieces: Sequence[str]) -> Speech:
    """The pieces with a short rest between them. Marks keep their place in the whole text and sound."""
    import numpy as np

    sounds, marks, at_seconds, at = [], [], 0.0, 0
    for text in pieces:
        try:
            speech = _checked(engine.speak(replace(request, text=text)), replace(request, text=text))
        except NothingToSayError:
            continue
        at = request.text.index(text, at)
        marks += [
            replace(
                mark,
                start=mark.start + at,
                end=mark.end + at,
                start_seconds=mark.start_seconds + at_seconds,
                end_seconds=mark.end_seconds + at_seconds,
            )
            for mark in speech.marks
        ]
        rest = np.zeros(round(BETWEEN_PIECES_SECONDS * speech.sample_rate), np.float32)
        sounds += [speech.samples, rest]
        at_seconds += (len(speech.samples) + len(rest)) / speech.sample_rate
        rate = speech.sample_rate
    if not sounds:
        raise NothingToSayError
    return Speech(samples=np.concatenate(sounds[:-1]), sample_rate=rate, marks=tuple(marks))


def _why(problem: EngineFailedError) -> str:
    """What went wrong, without a word of what people read."""
    return str(problem.facts.get("ailment", type(problem).__name__))
