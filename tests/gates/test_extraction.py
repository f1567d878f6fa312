"""Pages in the styles of real sites beside what is to be read of them. Floors in pins.json may rise, never fall.

To see what is wrong with one page: `python -m tests.gates.extraction wiki/kettle-bridge`.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

from tests.gates import extraction
from tests.gates.extraction import FACTS, Score, Share

PINS = json.loads((Path(__file__).parent / "pins.json").read_text(encoding="utf-8"))["extraction"]
GO = "go-readability"
EXTRACTORS = [GO, "readability-lxml"] if importlib.util.find_spec("pygoreadability") else ["readability-lxml"]
CASES = [(extractor, name) for extractor in EXTRACTORS for name in PINS["floors"][extractor]]


@cache
def scores(extractor: str) -> tuple[Score, ...]:
    """Every page, read with the one Readability or the other, as platforms have them."""
    with pytest.MonkeyPatch.context() as patch:
        if extractor != GO:
            patch.setitem(sys.modules, "pygoreadability", None)
        return tuple(extraction.score(name) for name in extraction.names())


def read(extractor: str) -> list[Score]:
    return [one for one in scores(extractor) if one.words[2]]


def figures(extractor: str) -> dict[str, float]:
    pages = read(extractor)
    shared, found, expected = (sum(one.words[n] for one in pages) for n in range(3))
    told = {
        "word F1": extraction.f1((shared, found, expected)),
        "least word F1 of a page": min(one.f1 for one in pages),
    }
    for name in dict.fromkeys(name for one in scores(extractor) for name in one.counts):
        told[name] = sum((one.counts.get(name, Share()) for one in scores(extractor)), Share()).value
    for name in FACTS:
        right = [one.facts[name] for one in pages if name in one.facts]
        told[f"fact {name}"] = sum(right) / len(right)
    return told


def losers(extractor: str, name: str) -> Sequence[Score]:
    if "word F1" in name:
        return sorted(read(extractor), key=lambda one: one.f1)[:8]
    if name.startswith("fact "):
        return [one for one in read(extractor) if not one.facts.get(name.removeprefix("fact "), True)]
    return [one for one in scores(extractor) if one.counts.get(name, Share()).value < 1]


@pytest.mark.parametrize(("extractor", "name"), CASES)
def test_no_floor_is_broken(extractor: str, name: str) -> None:
    figure, floor = figures(extractor)[name], PINS["floors"][extractor][name]
    print(f"{name}: {figure:.4f}, floor {floor}")
    print("\n".join(extraction.report(losers(extractor, name))))
    assert figure >= floor


@pytest.mark.parametrize("extractor", EXTRACTORS)
def test_hardly_a_block_is_read_that_is_not_the_article(extractor: str) -> None:
    false = sum(one.false_blocks for one in read(extractor)) / len(read(extractor))
    print(f"false blocks a page: {false:.3f}")
    print("\n".join(extraction.report(one for one in read(extractor) if one.false_blocks)))
    assert false <= PINS["false blocks a page"][extractor]


@pytest.mark.parametrize("extractor", EXTRACTORS)
def test_every_figure_has_its_floor(extractor: str) -> None:
    assert set(figures(extractor)) == set(PINS["floors"][extractor])


def test_the_pages_are_those_that_the_floors_were_measured_on() -> None:
    assert len(extraction.names()) == PINS["pages"]
    assert extraction.digest() == PINS["digest"]
