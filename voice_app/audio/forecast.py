"""How long a sentence will sound before it was ever spoken: by its characters, at a pace learnt by doing."""

from __future__ import annotations

from voice_app.audio.encode import FRAME_SECONDS

SECONDS_A_CHARACTER = 0.058  # the embedded voice over 180 sentences of the sample articles
BELIEVED_CHARACTERS = 300  # as many characters must have been heard as the first guess counts for
ENCODER_FRAMES = 2.5  # the two that an encoder adds, and half of one that is not full


class Pace:
    """What one voice was heard to need, and so what it will need."""

    def __init__(self) -> None:
        self._characters = BELIEVED_CHARACTERS
        self._seconds = BELIEVED_CHARACTERS * SECONDS_A_CHARACTER

    def learn(self, spoken: str, speech_seconds: float) -> None:
        """A text and how long it took."""
        self._characters += len(spoken)
        self._seconds += speech_seconds

    def speech_seconds(self, spoken: str) -> float:
        """How long a text will take, its pause not included."""
        return len(spoken) * self._seconds / self._characters


def seconds_of(speech_seconds: float, pause_ms: int) -> float:
    """The length of the run of so much speech and its pause: a whole number of frames."""
    return round((speech_seconds + pause_ms / 1000) / FRAME_SECONDS + ENCODER_FRAMES) * FRAME_SECONDS
