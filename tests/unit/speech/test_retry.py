"""Tries: the same again, then in pieces, then an honest error."""

from __future__ import annotations

import numpy as np
import pytest

from voice_app.errors import BadSoundError, EngineFailedError, NothingToSayError
from voice_app.model import Mark, SpeakRequest, Speech, Voice
from voice_app.speech.retry import halves, spoken_in, well_spoken
from voice_app.testing import TickEngine

TEXT = "The kettle is on, and the guests will be here before noon."


def request(text: str = TEXT) -> SpeakRequest:
    return SpeakRequest(text=text, language="en", voice="tock")


class Muddled(TickEngine):
    """Gives silence for whatever is longer than `most` characters, the first `times` times or always. Marks words."""

    def __init__(self, *, most: int = 0, times: int = 1_000_000) -> None:
        super().__init__()
        self.asked: list[str] = []
        self._most = most
        self._times = times

    def speak(self, request: SpeakRequest) -> Speech:
        self.asked.append(request.text)
        speech = super().speak(request)
        if len(request.text) > self._most and len(self.asked) <= self._times:
            return Speech(samples=np.zeros_like(speech.samples), sample_rate=speech.sample_rate)
        first = len(request.text.split()[0])
        mark = Mark(start=0, end=first, start_seconds=0.0, end_seconds=0.3)
        return Speech(samples=speech.samples, sample_rate=speech.sample_rate, marks=(mark,))


def test_a_sound_that_is_right_is_taken_at_once() -> None:
    engine = Muddled(most=1_000)
    assert well_spoken(engine, request()).samples.any()
    assert engine.asked == [TEXT]


def test_a_bad_sound_is_tried_again() -> None:
    engine = Muddled(times=1)
    assert well_spoken(engine, request()).samples.any()
    assert engine.asked == [TEXT, TEXT]


def test_a_voice_that_fails_on_the_whole_speaks_the_pieces_in_the_same_way_every_time() -> None:
    first, second = Muddled(most=50), Muddled(most=50)
    speech = well_spoken(first, request())
    assert first.asked == [TEXT, TEXT, "The kettle is on,", "and the guests will be here before noon."]
    assert speech.samples.tobytes() == well_spoken(second, request()).samples.tobytes()


def test_marks_of_pieces_have_their_place_in_the_whole() -> None:
    speech = well_spoken(Muddled(most=50), request())
    assert [TEXT[mark.start : mark.end] for mark in speech.marks] == ["The", "and"]
    at = round(speech.marks[1].start_seconds * speech.sample_rate)
    assert np.abs(speech.samples[at - 100 : at]).max() == 0.0
    assert np.abs(speech.samples[at : at + 200]).max() > 0.0


@pytest.mark.parametrize("text", [TEXT, "Nothing"])
def test_a_sound_that_never_is_right_is_an_error_with_its_reason(text: str) -> None:
    with pytest.raises(BadSoundError) as caught:
        well_spoken(Muddled(), request(text))
    assert caught.value.facts["ailment"] == "is silent"


def test_an_engine_that_fails_is_asked_twice_and_not_for_pieces() -> None:
    class Failing(TickEngine):
        asked = 0

        def speak(self, request: SpeakRequest) -> Speech:
            self.asked += 1
            raise EngineFailedError

    engine = Failing()
    with pytest.raises(EngineFailedError):
        well_spoken(engine, request())
    assert engine.asked == 2


def test_nothing_to_say_is_not_tried_again() -> None:
    engine = Muddled()
    with pytest.raises(NothingToSayError):
        well_spoken(engine, request("..."))
    assert len(engine.asked) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one, two, three and four", ("one, two,", "three and four")),
        ("one two three four", ("one two", "three four")),
        ("a, bbbbbbbbbbbbbbbbbbbbbbbbbb", ("a,", "bbbbbbbbbbbbbbbbbbbbbbbbbb")),
        ("word", None),
        (" word. ", None),
        ("", None),
    ],
)
def test_a_text_is_cut_at_a_clause_near_its_middle(text: str, expected: tuple[str, str] | None) -> None:
    assert halves(text) == expected


def test_a_stand_in_speaks_the_language_and_if_it_can_with_its_accent() -> None:
    voices = [Voice(engine="e", name=name, language=name, licence="free") for name in ("en-us", "de", "en-gb", "pt-br")]

    def found(language: str) -> str | None:
        voice = spoken_in(voices, language)
        return voice.name if voice else None

    assert [found(each) for each in ("en", "en-GB", "de-AT", "pt", "fr")] == ["en-us", "en-gb", "de", "pt-br", None]
