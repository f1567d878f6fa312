"""Where sentences end."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest

from voice_app.script.sentences import MAX_CHARACTERS, sentences, whole


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text, "en")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained. We left.", ["It rained.", "We left."]),
        ("Dr. Lane left. He ran.", ["Dr. Lane left.", "He ran."]),
        ("Cats vs. Dogs is on. Watch it.", ["Cats vs. Dogs is on.", "Watch it."]),
        ("See Fig. 3 and No. 5. Then stop.", ["See Fig. 3 and No. 5.", "Then stop."]),
        ("J. Smith wrote it. We read it.", ["J. Smith wrote it.", "We read it."]),
        ("Some use drugs (DMTs) These are strong.", ["Some use drugs (DMTs)", "These are strong."]),
        ("It cost $3.50. Cheap!", ["It cost $3.50.", "Cheap!"]),
        ("Why? Because.", ["Why?", "Because."]),
        ("   \n ", []),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_stops(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_a_long_sentence_is_cut_after_a_clause() -> None:
    clause = "the dough rests for a while, "
    parts = cut("At first " + clause * 30 + "and then it is done.")
    assert len(parts) > 1
    assert all(len(part) <= MAX_CHARACTERS for part in parts)
    assert all(part.endswith(",") for part in parts[:-1])


@pytest.mark.parametrize("unit", ["word ", "x", "Yes. ", "a, ", "(", "1.", "A. ", '"No." ', "<a "])
@pytest.mark.parametrize("cutter", [lambda text: sentences(text, "en"), whole], ids=["paragraph", "heading"])
def test_a_line_of_100_000_characters_is_cut_in_bounded_time(unit: str, cutter) -> None:  # type: ignore[no-untyped-def]
    text = (unit * 100_000)[:100_000]
    began = time.perf_counter()
    places = cutter(text)
    assert time.perf_counter() - began < 5
    assert all(0 < end - start <= MAX_CHARACTERS for start, end in places)
    assert all(before[1] <= after[0] for before, after in pairwise(places))
    said = "".join(text[start:end] for start, end in places)
    assert "".join(said.split()) == "".join(text.split())
