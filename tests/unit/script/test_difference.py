"""What changed between two readings of an article."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.script.documents import document, paragraph
from voice_app.model import Block, BlockKind, Changed, Document, Treatment
from voice_app.script.difference import KEPT_SENTENCES, difference, is_cut_down

NOW = datetime(2027, 3, 3, tzinfo=UTC)
OLD = "Bread is old. Nobody knows who began it. Rye is dark. Wheat is light."


def changed(old: str, new: str) -> list[tuple[str, str]]:
    change = difference(document(paragraph(old)), document(paragraph(new)), NOW)
    return [(each.old, each.new) for each in change.sentences] if change else []


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (OLD, []),
        (OLD.replace("dark", "black"), [("Rye is dark.", "Rye is black.")]),
        (OLD.replace("Rye is dark. ", ""), [("Rye is dark.", "")]),
        (OLD + " Salt is needed.", [("", "Salt is needed.")]),
        ("A word first. " + OLD, [("", "A word first.")]),
        (
            OLD.replace("Rye is dark.", "And the ovens were hot. Rye is very dark."),
            [("", "And the ovens were hot."), ("Rye is dark.", "Rye is very dark.")],
        ),
        (OLD.replace("Rye is dark.", "Butter melts."), [("Rye is dark.", ""), ("", "Butter melts.")]),
    ],
    ids=["same", "changed", "removed", "added", "added first", "added and changed", "replaced"],
)
def test_sentences_are_paired_with_what_they_became(new: str, expected: list[tuple[str, str]]) -> None:
    assert changed(OLD, new) == expected


def test_only_the_words_of_the_article_count() -> None:
    menu = Block(kind=BlockKind.ITEM, text="Home", treatment=Treatment.SKIPPED, reason="menu")
    assert difference(document(paragraph(OLD)), document(menu, paragraph(OLD.replace(". ", ".  "))), NOW) is None
    note = Block(kind=BlockKind.NOTE, text="Some say so.")
    found = difference(document(paragraph(OLD)), document(paragraph(OLD), note), NOW)
    assert found and found.sentences == (Changed(new="Some say so."),)


def test_very_many_changes_are_counted_and_not_all_kept() -> None:
    many = " ".join(f"Line number {n} stands here." for n in range(500))
    found = difference(document(paragraph("Something else.")), document(paragraph(many)), NOW)
    assert found and found.added >= 499
    assert len(found.sentences) == KEPT_SENTENCES


SENTENCES = st.lists(st.sampled_from(["One is here.", "Two is here.", "Three came.", "Four went off."]), max_size=12)


@given(SENTENCES, SENTENCES)
def test_the_change_turns_the_old_text_into_the_new(old: list[str], new: list[str]) -> None:
    found = difference(*(document(paragraph(" ".join(texts))) for texts in (old, new)), NOW)
    if found is None:
        assert old == new
        return
    assert len(old) - found.removed + found.added == len(new)
    assert all(each.old != each.new for each in found.sentences)
    assert [each.old for each in found.sentences if each.old] == _in_order(old, found.sentences)


def _in_order(old: list[str], changes: tuple[Changed, ...]) -> list[str]:
    wanted = [each.old for each in changes if each.old]
    there = iter(old)
    return [text for text in wanted if any(text == other for other in there)]


def test_a_text_of_which_less_than_half_is_left_is_cut_down() -> None:
    assert is_cut_down(document(paragraph(OLD)), document(paragraph(OLD[:30])))
    assert not is_cut_down(document(paragraph(OLD)), document(paragraph(OLD[:41])))


def test_a_book_of_10_000_sentences_is_compared_in_a_moment() -> None:
    def book(edits: dict[int, str]) -> Document:
        texts = [f"Sentence {n} says {n * 7919 % 10007} and ends." for n in range(10_000)]
        for n, text in edits.items():
            texts[n] = text
        return document(*(paragraph(" ".join(texts[n : n + 5])) for n in range(0, 10_000, 5)))

    old, new = book({}), book({n: f"Sentence {n} is another now." for n in range(0, 10_000, 100)})
    began = time.perf_counter()
    found = difference(old, new, NOW)
    assert time.perf_counter() - began < 3
    assert found and found.changed + found.added == 100
