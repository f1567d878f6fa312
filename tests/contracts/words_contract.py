"""What an engine holds that tells when each word of an English sentence sounds."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from tests.contracts.engine_contract import SENTENCE, EngineContract
from voice_app.speech.engine import Engine


class WordsContract(EngineContract):
    """Beside the engine contract. `engine` is a real voice at 24 kHz."""

    def test_every_word_has_its_time(self, engine: Engine) -> None:
        text = "“Don’t!” she said—twice—, and at 10am the well-known O’Neill, 42, left."
        marks = engine.speak(self.request(engine, text)).marks
        words = "Don’t she said twice and at 10am the well-known O’Neill 42 left"
        assert [text[mark.start : mark.end] for mark in marks] == words.split()

    def test_words_after_a_cut_for_memory_have_their_time_too(self, engine: Engine) -> None:
        text = "one two three four five " * 30
        speech = engine.speak(self.request(engine, text))
        assert len(speech.marks) == 150
        assert speech.marks[-1].end_seconds == pytest.approx(len(speech.samples) / 24_000, abs=0.6)

    @pytest.mark.parametrize(
        "text",
        [
            "She opened the letter slowly, because she knew the hand.",
            "Was it the wind, or did somebody knock?",
            "The house—which was old—stood on a hill: nobody went there.",
            SENTENCE,
        ],
    )
    def test_at_a_pause_a_word_ends_and_begins_with_its_sound(self, engine: Engine, text: str) -> None:
        speech = engine.speak(self.request(engine, text))
        blocks = speech.samples[: len(speech.samples) // 120 * 120].reshape(-1, 120)  # of 5 ms
        peaks = np.abs(blocks).max(axis=1)
        loud = peaks > peaks.max() * 10 ** (-30 / 20)
        gaps = [(a.end_seconds, b.start_seconds) for a, b in pairwise(speech.marks) if b.start_seconds > a.end_seconds]
        assert gaps
        for end, start in gaps:
            assert not loud[round(end * 200) : round(start * 200)].any()
            assert loud[round((end - 0.05) * 200) : round(end * 200)].any()
            assert loud[round(start * 200) : round((start + 0.05) * 200)].any()

    def test_inside_a_sentence_a_word_begins_with_its_sound(self, engine: Engine) -> None:
        """The hiss of an "s" after a vowel is high where the vowel is low, so it is plain to see where it begins."""
        text = "Anna saw a silver sea. We sang so many sad songs by Sarah, who sewed a scarf, now sold by Sue."
        speech = engine.speak(self.request(engine, text))
        windows = np.lib.stride_tricks.sliding_window_view(speech.samples, 240)[::24]  # of 10 ms, one a millisecond
        power = np.abs(np.fft.rfft(windows * np.hanning(240))) ** 2  # 100 Hz a bin
        hisses = power[:, 45:].sum(axis=1) > power[:, 2:15].sum(axis=1)
        late = []
        for before, word in pairwise(speech.marks):
            is_plain = text[before.end - 1] in "aeouy" and text[word.start] in "sS"
            if is_plain and before.end_seconds == word.start_seconds:
                at = round(word.start_seconds * 1000) - 5  # the middle of a window
                late.append(np.flatnonzero(hisses[at - 60 : at + 100])[0] - 60)
        assert len(late) >= 8
        assert abs(np.median(late)) <= 15
        assert max(map(abs, late)) <= 50
