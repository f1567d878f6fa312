"""Phonemes and their durations become marks, or no marks at all."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from voice_app.speech.durations import Said, marks, words_of

RATE_HZ = 24_000


def sound(*parts: tuple[float, float]) -> NDArray[np.float32]:
    """A tone for each (seconds, level)."""
    tones = [level * np.sin(np.arange(round(seconds * RATE_HZ)) * 0.1) for seconds, level in parts]
    return np.concatenate(tones).astype(np.float32)


def words(text: str, phonemes: str) -> list[tuple[str, str]]:
    return [(text[word.start : word.end], word.phonemes) for word in words_of(text, phonemes.split(" "))]


def test_words_are_paired_with_their_phonemes_and_lose_the_signs_at_their_edges() -> None:
    assert words("“Don’t!” she said:", "“dˈOnt!” ʃi sˈɛd:") == [("Don’t", "“dˈOnt!”"), ("she", "ʃi"), ("said", "sˈɛd:")]


def test_words_that_only_a_dash_parts_are_two_when_the_phonemes_say_so() -> None:
    assert words("wait—what", "wˈAt—wˌʌt") == [("wait", "wˈAt"), ("what", "wˌʌt")]
    assert words("wait—what", "wˈAtwˌʌt") == [("wait—what", "wˈAtwˌʌt")]


def test_a_word_without_phonemes_and_a_sign_alone_are_no_words() -> None:
    assert words("so 漢字 — be it", "sˌO  — bi ɪt") == [("so", "sˌO"), ("be", "bi"), ("it", "ɪt")]


def test_a_sign_that_is_spoken_is_a_word() -> None:
    assert words("A & @home", "ˈA ænd æthˈOm") == [("A", "ˈA"), ("&", "ænd"), ("home", "æthˈOm")]


def test_nothing_is_paired_when_the_counts_disagree() -> None:
    assert words("of the house", "əvðə hˈWs") == []


def timed(*symbols: str, seconds: float = 0.1) -> list[tuple[str, float]]:
    return [(symbol, seconds) for symbol in symbols]


def test_a_word_has_the_blank_before_it_and_its_phonemes() -> None:
    found = marks(words_of("ab c", ["ab", "c"]), timed("", "a", "b", " ", "c", ""), sound((0.6, 0.5)), RATE_HZ)
    assert [(m.start, m.end) for m in found] == [(0, 2), (3, 4)]
    assert (found[0].end_seconds, found[1].start_seconds) == pytest.approx((0.3, 0.3))


def test_sound_that_runs_ahead_of_the_durations_takes_its_words_along() -> None:
    symbols = timed("", "a", "b", " ", "c", " ", "d", "")
    words = words_of("ab c d", ["ab", "c", "d"])
    found = marks(words, symbols, sound((0.8, 0.5)), RATE_HZ, lead_seconds=0.03)
    assert [m.start_seconds for m in found[1:]] == pytest.approx([0.27, 0.47])


def test_at_a_pause_the_edges_are_where_the_sound_is() -> None:
    """The durations put the pause into "b" and the comma; the sound says where it really is."""
    samples = sound((0.08, 0), (0.17, 0.5), (0.19, 0), (0.16, 0.5), (0.1, 0))
    found = marks(words_of("ab, c", ["ab,", "c"]), timed("", "a", "b", ",", " ", "c", ""), samples, RATE_HZ)
    edges = [(m.start_seconds, m.end_seconds) for m in found]
    assert edges == [pytest.approx((0.08, 0.25), abs=0.006), pytest.approx((0.44, 0.6), abs=0.006)]


def test_words_touch_where_a_comma_is_no_pause() -> None:
    found = marks(words_of("ab, c", ["ab,", "c"]), timed("", "a", "b", ",", " ", "c", ""), sound((0.7, 0.5)), RATE_HZ)
    assert found[0].end_seconds == found[1].start_seconds


@pytest.mark.parametrize(
    ("symbols", "why"),
    [
        (("", "a", "b", " ", "x", ""), "another phoneme"),
        (("", "a", "b", " ", ""), "one less"),
        (("", "a", "b", " ", "c", "c", ""), "one more"),
        (("", "a", "b", " ", "c", "") + ("",) * 9, "longer than the sound"),
    ],
)
def test_durations_that_do_not_fit_give_no_marks(symbols: tuple[str, ...], why: str) -> None:
    samples = sound((0.6, 0.5)) if "sound" not in why else sound((0.3, 0.5))
    assert marks(words_of("ab c", ["ab", "c"]), timed(*symbols), samples, RATE_HZ) == ()


def test_a_word_that_a_network_hurries_over_has_no_time() -> None:
    symbols = [*timed("", "a", " "), ("b", 0.0), *timed(" ", "c", "")]
    words = words_of("a b c", ["a", "b", "c"])
    found = marks(words, [(s, 0.0 if s == " " else t) for s, t in symbols], sound((0.5, 0.5)), RATE_HZ)
    assert [(m.start, m.end) for m in found] == [(0, 1), (4, 5)]


def test_silence_and_no_words_are_no_trouble() -> None:
    assert marks((), [], sound((0.2, 0.5)), RATE_HZ) == ()
    word = Said(start=0, end=1, phonemes="a")
    [mark] = marks((word,), timed("", "a", ""), sound((0.3, 0.0)), RATE_HZ)
    assert (mark.start_seconds, mark.end_seconds) == pytest.approx((0.1, 0.2))
