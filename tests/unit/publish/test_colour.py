"""Accent colours: measured as WCAG 2 says, and never too faint to read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice_app.errors import InputError
from voice_app.publish.embed.colour import BLACK, WHITE, Colour, on, parse, readable

COLOURS = st.builds(Colour, *[st.integers(0, 255)] * 3)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("000", "fff", 21.0),
        ("777", "fff", 4.48),  # the well-known grey that just fails
        ("767676", "fff", 4.54),  # and the one that just passes
        ("f00", "fff", 4.0),
        ("00f", "fff", 8.59),
        ("0e5f58", "0e5f58", 1.0),
    ],
)
def test_contrast_is_that_of_the_standard(one: str, other: str, ratio: float) -> None:
    assert parse(one).contrast(parse(other)) == pytest.approx(ratio, abs=0.01)


def test_a_colour_that_can_be_read_is_left_alone() -> None:
    assert str(readable(parse("#0E5F58"), WHITE)) == "#0e5f58"


def test_a_faint_colour_keeps_its_hue() -> None:
    found = readable(parse("ffd400"), WHITE)
    assert found.red > found.green > found.blue == 0


@given(colour=COLOURS, ground=st.sampled_from([WHITE, BLACK, parse("1c1f22")]))
def test_every_colour_becomes_one_that_can_be_read(colour: Colour, ground: Colour) -> None:
    assert readable(colour, ground).contrast(ground) >= 4.5


@given(colour=COLOURS)
def test_something_can_be_read_on_every_colour(colour: Colour) -> None:
    assert on(colour).contrast(colour) >= 4.5


@pytest.mark.parametrize("text", ["", "red", "12345", "0e5f5g", "#0e5f58;", "url(x)", "٣٣٣"])
def test_what_is_no_colour_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="is not a colour"):
        parse(text)
