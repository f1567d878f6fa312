"""What a sound must be, to be the sound of its text."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from voice_app.model import SpeakRequest, Speech
from voice_app.speech.health import ailment, bounds_seconds
from voice_app.testing import TickEngine

RATE = 24_000
TEXT = "The morning train leaves at seven, and the platform is already full."


def request(text: str = TEXT, *, language: str = "en", rate: float = 1.0) -> SpeakRequest:
    return SpeakRequest(text=text, language=language, voice="tock", rate=rate)


def sound(seconds: float, *, level: float = 0.3) -> NDArray[np.float32]:
    """A tone that swells and dies away four times a second, as syllables do."""
    at = np.arange(round(seconds * RATE)) / RATE
    return (level * np.sin(2 * np.pi * 4 * at) ** 2 * np.sin(2 * np.pi * 180 * at)).astype(np.float32)


def told(samples: NDArray[np.float32], asked: SpeakRequest | None = None) -> str | None:
    return ailment(Speech(samples=samples, sample_rate=RATE), asked or request())


@pytest.mark.parametrize("text", [TEXT, "No", "seven: Bake.", "Antidisestablishmentarianism", "Nooooooooooooooo!"])
@pytest.mark.parametrize("rate", [0.5, 1.0, 2.0])
def test_a_sound_voice_is_let_through(text: str, rate: float) -> None:
    asked = request(text, rate=rate)
    assert ailment(TickEngine().speak(asked), asked) is None


def noise(size: int) -> NDArray[np.float32]:
    return np.random.default_rng(3).standard_normal(size).astype(np.float32)


def broken(value: float) -> Callable[[], NDArray[np.float32]]:
    def make() -> NDArray[np.float32]:
        samples = sound(4.0)
        samples[500] = value
        return samples

    return make


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda: sound(0.0), "is empty"),
        (broken(np.nan), "has broken samples"),
        (broken(np.inf), "has broken samples"),
        (lambda: np.zeros(4 * RATE, np.float32), "is silent"),
        (lambda: noise(4 * RATE) * np.float32(1e-4), "is silent"),
        (lambda: np.clip(sound(4.0, level=3.0), -1, 1), "is distorted"),
        (lambda: sound(4.0) + np.float32(0.2), "is off its middle"),
        (lambda: np.concatenate([sound(2.0), np.zeros(3 * RATE, np.float32), sound(2.0)]), "holds dead air"),
        (lambda: np.concatenate([sound(2.0), noise(3 * RATE) * 1e-3, sound(2.0)]), "holds dead air"),
        (lambda: sound(4.0)[: -RATE // 16], "is cut off at its end"),
        (lambda: sound(1.0), "is too short for its text"),
        (lambda: sound(30.0), "is too long for its text"),
    ],
)
def test_each_ailment_has_its_name(make: Callable[[], NDArray[np.float32]], expected: str) -> None:
    assert told(make()) == expected


def test_a_long_rest_at_the_edges_is_no_ailment() -> None:
    rest = np.zeros(5 * RATE, np.float32)
    assert told(np.concatenate([rest, sound(4.0), rest])) is None


def test_a_single_full_peak_is_no_distortion() -> None:
    samples = sound(4.0)
    samples[2_000:2_010] = 1.0
    assert told(samples) is None


@pytest.mark.parametrize(
    ("text", "language", "least", "most"),
    [
        ("No", "en", 0.1, 1.5),  # one word may be short, and may be drawn out
        ("1999", "en", 0.2, 3.0),  # nineteen ninety-nine; one thousand nine hundred and ninety-nine
        ("123456789", "fi", 0.3, 9.0),
        ("MS, CNS, BBB, MRI", "en", 0.4, 6.0),  # spelt
        ("https://example.org/a/b?c=d", "en", 0.7, 9.0),
        ("今日はとても良い天気ですね。", "ja", 0.6, 9.0),
        ("今天天气很好", "zh", 0.3, 4.0),
        ("Сегодня очень хорошая погода", "ru", 0.8, 4.0),
        ("مرحبا بكم في مدينتنا", "ar", 0.5, 4.0),
    ],
)
@pytest.mark.parametrize("rate", [0.5, 1.0, 2.0])
def test_the_bounds_leave_room_in_every_language(
    text: str, language: str, least: float, most: float, rate: float
) -> None:
    found = bounds_seconds(request(text, language=language, rate=rate))
    assert found[0] * rate <= least
    assert found[1] * rate >= most


def test_words_in_a_script_that_the_voice_cannot_say_are_not_waited_for() -> None:
    assert bounds_seconds(request("漢字" * 40))[0] == 0.0
    assert bounds_seconds(request("漢字" * 40, language="ja"))[0] > 2.0
