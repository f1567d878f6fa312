"""Values to text and back."""

from __future__ import annotations

import dataclasses
import json
import random
import types
import typing
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

import pytest

from tests.contracts.library_contract import audio, document
from voice_app.errors import LibraryError
from voice_app.library.codec import decode, encode
from voice_app.model import ArticleAudio, ArticleState, Cue, Document, Treatment

LETTERS = "abcXYZ 0\"\\\n\t\0\u2028é漢🎧\ud800'<&"


def value_of(kind: Any, dice: random.Random) -> Any:
    """A random value of an annotated type: what the codec promises to carry."""
    if typing.get_origin(kind) in (typing.Union, types.UnionType):
        return value_of(dice.choice(typing.get_args(kind)), dice)
    if typing.get_origin(kind) is tuple:
        return tuple(value_of(typing.get_args(kind)[0], dice) for _ in range(dice.randrange(4)))
    if dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind, localns={"date": date, "datetime": datetime})
        return kind(**{name: value_of(wanted, dice) for name, wanted in hints.items()})
    if issubclass(kind, Enum):
        return dice.choice(list(kind))
    simple = {
        types.NoneType: lambda: None,
        str: lambda: "".join(dice.choices(LETTERS, k=dice.randrange(9))),
        bool: lambda: dice.random() < 0.5,
        int: lambda: dice.randrange(-(10**12), 10**12),
        float: lambda: dice.choice([0.0, -0.0, 1 / 3, 1e-300, float("-inf"), dice.uniform(-1e6, 1e6)]),
        date: lambda: date.fromordinal(dice.randrange(1, 3_000_000)),
        datetime: lambda: datetime.fromtimestamp(dice.randrange(4 * 10**9), UTC),
    }
    return simple[kind]()


@pytest.mark.parametrize("kind", [Document, ArticleAudio])
@pytest.mark.parametrize("seed", range(60))
def test_what_goes_in_comes_out(kind: type[Any], seed: int) -> None:
    value = value_of(kind, random.Random(seed))
    text = encode(value)
    assert text.isascii()
    back = decode(kind, text)
    assert back == value
    assert repr(back) == repr(value)  # 1 == 1.0 == True, but they are not the same


def test_unknown_fields_are_left_out_and_missing_ones_take_their_default() -> None:
    plain = json.loads(encode(document()))
    plain["from the future"] = {"x": [1]}
    plain["blocks"][0]["colour"] = "red"
    del plain["language"], plain["blocks"][0]["treatment"]
    back = decode(Document, json.dumps(plain))
    assert back == document()
    assert back.blocks[0].treatment is Treatment.SAID


@pytest.mark.parametrize(
    "text",
    ["", "[]", "null", "7", "{}", '{"title": null, "blocks": []}', '{"title": "x", "blocks": "no"}', "[" * 100_000]
    + [f'{{"title": "x", "blocks": [], "published": {bad}}}' for bad in ("5", '"never"', "{}")]
    + ['{"title": "x", "blocks": [{"kind": "hologram", "text": ""}]}', '{"title": "x", "blocks": [{"text": ""}]}']
    + ['{"title": 5, "blocks": []}', '{"title": "x", "blocks": [{"kind": "code", "text": "", "level": "two"}]}'],
)
def test_damaged_text_is_a_clear_error(text: str) -> None:
    with pytest.raises(LibraryError, match="could not be read"):
        decode(Document, text)


def test_floats_may_be_written_without_a_point() -> None:
    assert decode(Cue, '{"sentence_id": "s", "written": "", "start": 1, "end": 2}').end == 2.0


def test_an_enum_keeps_its_plain_word() -> None:
    assert '"treatment":"said"' in encode(document())
    assert str(ArticleState.DONE) == "done"


def test_a_long_article_stays_small_enough_to_list() -> None:
    cues = tuple(Cue(sentence_id=f"s{n}", written="w" * 100, start=n, end=n + 0.5) for n in range(500))
    assert len(encode(audio(cues=cues))) < 100_000
