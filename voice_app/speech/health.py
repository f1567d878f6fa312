"""Whether an engine's sound can be what was asked for: a reason in words, or None. Pure.

The bounds are generous: of 281 sentences, spoken by hibari and espeak at 0.5, 1 and 2 times their pace, the shortest
has 1.8 times the least length that is allowed, and the longest 0.4 times the most. What they catch is what voices are
known for: words left out, babble, dead air, silence, broken samples.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from voice_app.model import SpeakRequest, Speech

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SILENT_PEAK = 0.001  # -60 dBFS
FULL_SCALE = 0.999
MAX_CLIPPED_SHARE = 0.005
MAX_OFFSET = 0.05  # of full scale; the most that was measured is 0.003
FRAME_SECONDS = 0.01
QUIET_RATIO = 0.01  # a frame 40 dB below the loudest one is silence
MAX_DEAD_AIR_SECONDS = 2.5  # no voice that was measured rests longer than 0.54 within a sentence
CUT_RATIO = 0.5  # a sound that ends within 6 dB of its loudest moment was cut off; the most that was measured is 12
# Seconds that one character takes at least and at most. A digit can be a part of a year, or a word of three
# syllables; a capital may be spelt; a sign may be said ("slash") or not.
LETTER_SECONDS = (0.026, 0.2)
SYLLABLE_SECONDS = (0.028, 0.8)  # a character that is a syllable or a word: Chinese, Japanese, Korean
DIGIT_SECONDS = (0.026, 1.2)
CAPITAL_SECONDS = (0.026, 0.6)
SIGN_SECONDS = (0.0, 0.8)
SLACK_SECONDS = 1.5  # for a text of one word
SYLLABIC = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL")
SYLLABIC_LANGUAGES = ("zh", "cmn", "yue", "ja", "ko")
_REPEATED = re.compile(r"(.)\1{2,}")  # "Noooooo!" is one syllable


def ailment(speech: Speech, request: SpeakRequest) -> str | None:
    """What is wrong with the sound, as the end of a sentence that begins with "It"; None when nothing is."""
    import numpy as np

    samples = speech.samples
    if not samples.size or not np.isfinite(samples).all():
        return "has broken samples" if samples.size else "is empty"
    peak = float(max(samples.max(), -samples.min()))
    if peak < SILENT_PEAK:
        return "is silent"
    if peak >= FULL_SCALE and float(np.mean(np.abs(samples) >= FULL_SCALE)) > MAX_CLIPPED_SHARE:
        return "is distorted"
    if abs(float(samples.mean())) > MAX_OFFSET:
        return "is off its middle"
    return _ailment_of_time(_levels(samples, speech.sample_rate), request)


def _ailment_of_time(levels: NDArray[np.float32], request: SpeakRequest) -> str | None:
    import numpy as np

    loudest = float(levels.max())
    sounding = np.flatnonzero(levels > loudest * QUIET_RATIO)
    dead_air_seconds = float(np.diff(sounding).max(initial=1) - 1) * FRAME_SECONDS
    if dead_air_seconds > MAX_DEAD_AIR_SECONDS / min(1.0, request.rate):
        return "holds dead air"
    if levels[-1] > loudest * CUT_RATIO:
        return "is cut off at its end"
    seconds = float(sounding[-1] - sounding[0] + 1) * FRAME_SECONDS
    least, most = bounds_seconds(request)
    if seconds < least:
        return "is too short for its text"
    return "is too long for its text" if seconds > most else None


def bounds_seconds(request: SpeakRequest) -> tuple[float, float]:
    """How long the sound of a text lasts at least and at most, without the silence around it."""
    is_syllabic = request.language.split("-")[0].lower() in SYLLABIC_LANGUAGES
    texts = _REPEATED.sub(r"\1\1", request.text), request.text
    least, most = (
        sum(count * _character_seconds(c, is_syllabic=is_syllabic)[n] for c, count in Counter(text).items())
        for n, text in enumerate(texts)
    )
    return least / request.rate, (most + SLACK_SECONDS) / request.rate


@lru_cache(maxsize=1_000)
def _character_seconds(character: str, *, is_syllabic: bool) -> tuple[float, float]:
    if "a" <= character <= "z":
        return LETTER_SECONDS
    if character.isspace():
        return 0.0, 0.0
    if character.isdigit():
        return DIGIT_SECONDS
    if not character.isalpha():
        return SIGN_SECONDS
    if unicodedata.name(character, "").startswith(SYLLABIC):
        # a voice of another language may leave it out or name it
        return SYLLABLE_SECONDS if is_syllabic else (0.0, 2.0)
    return CAPITAL_SECONDS if character.isupper() else LETTER_SECONDS


def _levels(samples: NDArray[np.float32], rate_hz: int) -> NDArray[np.float32]:
    """The root mean square of every hundredth of a second; the last one ends with the last sample."""
    import numpy as np

    width = max(1, round(rate_hz * FRAME_SECONDS))
    parts = np.pad(samples, (-len(samples) % width, 0)).reshape(-1, width)
    return np.asarray(np.sqrt(np.einsum("ij,ij->i", parts, parts) / np.float32(width)))
