"""The map between written and spoken text, over the gate's sentences and over random ones."""

from __future__ import annotations

import random

import pytest

from tests.gates.test_spoken_en import sentences
from voice_app.model import Alignment
from voice_app.script.mapped import Edit, Mapped
from voice_app.script.speech import spoken_form

WRITTEN = [written for written, _ in sentences()]
PIECES = [
    *"abcdeXYZI.,;:!?'\"()[]0123456789%$€£/-–—+=<>&#@~½²°*_|…•", *[" "] * 25, "\t", "\n", "\u00ad", "😀", "é", "中",
    "&amp;", "<b>", "https://a.example/x", "U.S.", "Dr. ", "etc. ", "e.g. ", " 5 mg", "°C", "$5 million", "[3]", "II",
    " plain words ", " MS ",
]  # fmt: skip


def random_texts(count: int) -> list[str]:
    dice = random.Random(20261124)
    return ["".join(dice.choice(PIECES) for _ in range(dice.randint(0, 40))) for _ in range(count)]


def assert_covers(written: str, spoken: str, spans: tuple[Alignment, ...]) -> None:
    """Both texts are covered from end to end, in order, and no piece is empty."""
    at_written = at_spoken = 0
    for span in spans:
        assert (span.written_start, span.spoken_start) == (at_written, at_spoken), written
        assert span.written_end > span.written_start, written
        assert span.spoken_end > span.spoken_start, written
        at_written, at_spoken = span.written_end, span.spoken_end
    assert (at_written, at_spoken) == ((len(written), len(spoken)) if spoken else (0, 0)), written


def test_the_gates_sentences_are_covered() -> None:
    for written in WRITTEN:
        assert_covers(written, *spoken_form(written, "en"))


def test_random_texts_are_covered() -> None:
    for written in random_texts(300):
        assert_covers(written, *spoken_form(written, "en"))


@pytest.mark.parametrize("language", ["de", "fr", "xx"])
def test_other_languages_are_covered(language: str) -> None:
    for written in ("Am 3. Mai kamen 12 Leute 🎉.", "Le 3 mai, 12 personnes.", "One [2] two.", ""):
        assert_covers(written, *spoken_form(written, language))


def test_random_edits_upon_edits_are_covered() -> None:
    dice = random.Random(7)
    for _ in range(300):
        written = "".join(dice.choice("ab c") for _ in range(dice.randint(1, 20)))
        text = Mapped(written)
        for _ in range(dice.randint(1, 4)):
            places = sorted(dice.sample(range(len(text.text) + 1), min(4, len(text.text) + 1) // 2 * 2))
            pairs = zip(places[::2], places[1::2], strict=True)
            text.apply(
                [Edit(start=a, end=b, text=dice.choice(["", "x", "x y", text.text[a:b] + "z"])) for a, b in pairs]
            )
            if not text.text:
                break
        assert_covers(written, text.text, text.alignments())


def test_unchanged_words_map_onto_themselves() -> None:
    words = ["quiet", "river", "stone", "garden", "winter"]
    figures = ["3", "$5", "47%", "e.g.", "7:45 a.m.", "😀", "[4]", "&", "€4.7 million"]
    dice = random.Random(3)
    for _ in range(100):
        parts = [dice.choice(words if dice.random() < 0.6 else figures) for _ in range(12)]
        written = " ".join(["Morning", *parts, "evening"])
        spoken, spans = spoken_form(written, "en")
        for span in spans:
            here = written[span.written_start : span.written_end].split()
            said = spoken[span.spoken_start : span.spoken_end].split()
            assert [w for w in here if w in words] == [w for w in said if w in words], (written, here, said)


def test_a_figure_is_a_piece_of_its_own() -> None:
    written = "The 3 cats & 2 dogs slept."
    spoken, spans = spoken_form(written, "en")
    pairs = [
        (written[s.written_start : s.written_end].strip(), spoken[s.spoken_start : s.spoken_end].strip()) for s in spans
    ]
    assert ("3", "three") in pairs
    assert ("&", "and") in pairs
    assert ("The", "The") in pairs
    assert ("dogs slept.", "dogs slept.") in pairs


def test_a_dropped_sign_belongs_to_the_word_before_it() -> None:
    written = "Great day today 🎉 for us"
    spoken, spans = spoken_form(written, "en")
    assert spoken == "Great day today for us"
    pairs = [(written[s.written_start : s.written_end], spoken[s.spoken_start : s.spoken_end]) for s in spans]
    assert pairs == [("Great day ", "Great day "), ("today 🎉", "today"), (" for us", " for us")]


def test_nothing_to_say_has_no_map() -> None:
    assert spoken_form("…", "en") == ("", ())


def test_figures_that_make_no_number_are_left_to_the_voice() -> None:
    assert spoken_form("Take ,94% of it.", "en")[0] == "Take ,94% of it."
