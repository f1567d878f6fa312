"""Words as the index sees them, what people type, and how alike two texts are."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice_app.library.likeness import digest, likeness, sketch
from voice_app.library.query import MAX_TERMS, match, phrase
from voice_app.library.words import folded, indexable, shown, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The café, in MÜNCHEN.", ["the", "cafe", "in", "munchen"]),
        ("don't 1.5 e-mail", ["don", "t", "1", "5", "e", "mail"]),
        ("東京へ go", ["東", "京", "へ", "go"]),
        ("「東京」ABC東", ["東", "京", "abc", "東"]),
        ("ที่นี่", ["ที่", "นี่"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("…—💥 ", ["💥"]),
        ("", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@given(st.text())
def test_what_is_stored_can_be_stored_and_shows_the_text(text: str) -> None:
    stored = indexable(text)
    stored.encode()
    assert indexable(shown(stored)) == stored
    assert not set(stored) & {"\0", "\x02", "\x03"}


@pytest.mark.parametrize(
    ("title", "expected"),
    [("“Zürich”  now", "zurich” now"), ("¿Qué?", "que?"), ("THE End", "the end"), ("...", "")],
)
def test_titles_are_sorted_by_their_letters(title: str, expected: str) -> None:
    assert folded(title) == expected


@pytest.mark.parametrize(
    ("query", "question"),
    [
        ("ferry", '"ferry" *'),
        ("Ferry harb", '"Ferry" AND "harb" *'),
        ('"the ferry" x', '"the ferry" AND "x"'),
        ('late "ferry ba', '"late" AND "ferry ba"'),
        ("“late ferry” - „so“", '"late ferry" AND "so"'),
        ("NOT a OR b", '"NOT" AND "a" AND "OR" AND "b"'),
        ("1.5", '"1.5"'),
        (" \" ' ", ""),
        ("", ""),
    ],
)
def test_a_question(query: str, question: str) -> None:
    assert match(query) == question


def test_a_quote_cannot_end_a_phrase() -> None:
    assert phrase('a" OR "b') == '"a  OR  b"'


def test_a_long_question_is_cut() -> None:
    assert match("word " * 500).count('"word"') == MAX_TERMS
    assert len(match("a" * 9000)) < 400


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("CREATE VIRTUAL TABLE search USING fts5 (title, body, prefix = '2 3')")
        db.execute("INSERT INTO search VALUES ('One', 'A text of some words.')")
        yield db


@given(st.text(st.characters() | st.sampled_from("\"'*():^-+{}\0 ANDORT"), max_size=40))
def test_no_question_is_wrong_to_the_index(index: sqlite3.Connection, query: str) -> None:
    question = match(query)
    if question:
        index.execute("SELECT rowid FROM search WHERE search MATCH ?", (question,)).fetchall()


NUMBERS = [f"word{number}" for number in range(400)]


def test_a_digest_is_of_the_words_alone() -> None:
    text = "The same thirty words, said twice. " * 5
    assert digest(words(text)) == digest(words(text.upper().replace(",", " –"))) is not None
    assert digest(words(text)) != digest(words(text + "more"))
    assert digest(words("Too short to say.")) is None


@pytest.mark.parametrize(("changed", "low", "high"), [(0, 1, 1), (5, 0.9, 0.96), (40, 0.4, 0.75), (400, 0, 0)])
def test_likeness_falls_with_each_changed_word(changed: int, low: float, high: float) -> None:
    step = len(NUMBERS) // changed if changed else 1_000
    other = [f"other{n}" if changed and n % step == 0 else word for n, word in enumerate(NUMBERS)]
    assert low <= likeness(NUMBERS, other) <= high


def test_alike_texts_share_most_of_their_sketch() -> None:
    nearly = [*NUMBERS[:100], "new", *NUMBERS[101:], "first", "published", "elsewhere"]
    assert likeness(NUMBERS, nearly) > 0.9
    assert len(set(sketch(NUMBERS)) & set(sketch(nearly))) >= 8
    assert not set(sketch(NUMBERS)) & set(sketch([f"x{word}" for word in NUMBERS]))
    assert sketch(NUMBERS[:99]) == ()
    assert all(-(2**63) <= number < 2**63 for number in sketch(NUMBERS))


def test_nothing_is_like_nothing() -> None:
    assert likeness([], []) == likeness(["a"], NUMBERS) == 0
