"""Sentences to hear voices by."""

from __future__ import annotations

import pytest

from voice_app.model import Voice, language_name, primary
from voice_app.speech import samples
from voice_app.testing import TickEngine


@pytest.mark.parametrize(
    ("language", "begins"),
    [("pt-BR", "O comboio"), ("nb", "Morgentoget"), ("cmn", "早班"), ("mul", "The "), ("tlh", "1, 2")],
)
def test_a_voice_says_a_sentence_in_its_language(language: str, begins: str) -> None:
    assert samples.sentence(Voice(engine="x", name="y", language=language, licence="MIT")).startswith(begins)


def test_every_sentences_language_has_a_name() -> None:
    assert all(language_name(code) != code and primary(code) == code for code in samples.SENTENCES)


def test_the_speed_is_measured_on_a_loaded_voice() -> None:
    engine = TickEngine(seconds=0.1)
    speed = samples.speed(engine, engine.voices()[0])
    assert 10 < speed < 40  # 12 words of 0.3 s in a bit more than 0.1 s
    assert len(engine.spoken) == 2


def test_tags_are_read_whatever_their_case_and_form() -> None:
    assert [primary(tag) for tag in ("PT_br", "zh-Hans-CN", " en ", "iw", "nn-NO", "")] == [
        "pt",
        "zh",
        "en",
        "he",
        "no",
        "",
    ]
