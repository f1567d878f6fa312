"""What goes over the socket between a booth process and those who ask it: JSON, one message each way.

    {"id": 7, "take": {...}, "urgency": 0, "listener": "..."}   record this; asked again with more urgency, sooner
    {"id": 7, "cancel": true}                                   nobody waits for it any more
    {"id": 0, "bye": true}                                      hang up
    {"id": 8, "gain": {...a voice...}}                          what gain does this voice need
    {"id": 7, "fresh": true}  {"id": 8, "gain_db": 3.2}         done: the run is in the cache
    {"id": 7, "error": "EngineFailedError", "happened": "...", "todo": "..."}

The sound itself goes through the cache, which both sides share. The processes of an ensemble are asked and answer in
the same words, but one thing at a time.
"""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from voice_app import errors
from voice_app.errors import EngineFailedError, VoiceAppError
from voice_app.model import SpeakRequest, Voice
from voice_app.recording.take import Take

MAX_MESSAGE_BYTES = 1_000_000  # a sentence has at most 50,000 characters


def packed(message: dict[str, Any]) -> bytes:
    return json.dumps(message, separators=(",", ":")).encode()


def unpacked(data: bytes) -> dict[str, Any]:
    """The message. Raises ValueError for anything that is none."""
    message = json.loads(data)
    if not isinstance(message, dict) or not isinstance(message.get("id"), int):
        raise ValueError("not a message")
    return message


def take_of(fields: dict[str, Any]) -> Take:
    """Without its earcon, which the caller puts before the run. Raises TypeError or KeyError for what is no take."""
    return Take(
        request=SpeakRequest(**fields["request"]),
        voice=Voice(**fields["voice"]),
        pause_ms=fields["pause_ms"],
        gain_db=fields["gain_db"],
        for_book=bool(fields["for_book"]),
    )


def fields_of(thing: Take | Voice) -> dict[str, Any]:
    return dataclasses.asdict(thing)


def problem_fields(problem: BaseException) -> dict[str, str]:
    """An error of ours as it is; any other is a failure of the engine, and its words stay here: they could quote."""
    if not isinstance(problem, VoiceAppError):
        problem = EngineFailedError()
    todo = str(problem).removeprefix(problem.happened).strip()
    return {"error": type(problem).__name__, "happened": problem.happened, "todo": todo}


def problem_of(fields: dict[str, Any]) -> VoiceAppError:
    kind = getattr(errors, str(fields["error"]), EngineFailedError)
    if not (isinstance(kind, type) and issubclass(kind, VoiceAppError)):
        kind = EngineFailedError
    return kind(str(fields["happened"]), todo=str(fields["todo"]))
