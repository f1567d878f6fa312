from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hibari.g2p import ASSETS

from voice_app.speech.lexicon import BLOCK_BYTES, ObjectOfObjects, SortedObject


def _data(name: str) -> bytes:
    return gzip.decompress((Path(ASSETS) / name).read_bytes())


def _packed(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


@pytest.mark.parametrize("kind", ["us_gold", "us_silver", "gb_gold", "gb_silver"])
def test_every_word_of_the_dictionaries_is_what_json_says_it_is(kind: str) -> None:
    text = _data(f"lexicon_{kind}.json.gz")
    plain, looked_up = json.loads(text), SortedObject(text)
    assert len(plain) > 80_000
    assert {word: looked_up.get(word) for word in plain} == plain
    neighbours = {other for word in list(plain)[::7] for other in (word.upper(), word + "x", word[:-1])}
    assert all(looked_up.get(word) == plain.get(word) for word in neighbours)


def test_every_weight_of_the_tagger_is_what_json_says_it_is() -> None:
    plain = json.loads(_data("tagger.json.gz"))["weights"]
    looked_up = ObjectOfObjects(_packed(plain))
    assert any('"' in name or "\\" in name for name in plain)
    assert {name: looked_up.get(name) for name in plain} == plain
    assert looked_up.get("b") is looked_up.get("b")
    assert looked_up.get("no such thing") is None


@pytest.mark.parametrize("word", ["", "'", '"', "\\", "NOUN", "DEFAULT", "zzz", "{", "}", ":", "é", "日本"])
def test_what_is_not_there_is_not_found(word: str) -> None:
    """Not even where it is a name in an inner object, or a value."""
    words = {f"w{n:04}": {"DEFAULT": "NOUN", "NOUN": None} if n % 3 else "zzz" for n in range(2_000)}
    text = _packed(words)
    assert len(text) > 5 * BLOCK_BYTES
    assert SortedObject(text).get(word) is None
    assert (
        SortedObject(_packed(words | {word: "here"} if word > "w9999" else {word: "here"} | words)).get(word) == "here"
    )


def test_an_inner_object_is_never_cut() -> None:
    """At no length of what stands before it."""
    for length in range(BLOCK_BYTES - 60, BLOCK_BYTES + 10):
        words = {
            "a": "x" * length,
            "b": {"DEFAULT": "one", "VERB": None, "ADJ": "two"},
            "c": "y" * BLOCK_BYTES,
            "d": "z",
        }
        looked_up = SortedObject(_packed(words))
        assert {name: looked_up.get(name) for name in words} == words


@pytest.mark.parametrize("text", [b"", b"[]", b"{}", b"null", b'{"a":'])
def test_what_is_no_object_is_refused(text: bytes) -> None:
    with pytest.raises(ValueError, match="not a JSON object"):
        SortedObject(text)
    with pytest.raises(ValueError, match="not a JSON object"):
        ObjectOfObjects(text)
