"""A site that does what sites should not: refused in time, with its sentence, and with little memory."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests import hostile

MAX_GROWN_BYTES = 100_000_000


@pytest.fixture(scope="module")
def measured() -> Iterator[tuple[dict[str, hostile.Outcome], int]]:
    with hostile.opened() as site:
        yield hostile.all_outcomes(site)


@pytest.mark.parametrize("path", hostile.CASES)
def test_what_a_hostile_site_does_is_refused_in_time_with_its_sentence(
    measured: tuple[dict[str, hostile.Outcome], int], path: str
) -> None:
    case, got = hostile.CASES[path], measured[0][path]
    assert got.error is not None
    assert issubclass(got.error, case.error)
    assert got.error.retry == case.error.retry
    assert re.search(case.sentence, got.sentence), got.sentence
    assert got.seconds < hostile.SECONDS


def test_a_hostile_site_does_not_fill_the_memory(measured: tuple[dict[str, hostile.Outcome], int]) -> None:
    assert measured[1] < MAX_GROWN_BYTES


def test_every_refusal_says_what_to_do(measured: tuple[dict[str, hostile.Outcome], int]) -> None:
    for got in measured[0].values():
        assert re.search(r"\b(?:[Pp]aste|again|[Gg]ive|Take)\b", got.sentence), got.sentence
