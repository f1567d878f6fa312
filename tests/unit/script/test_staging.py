"""Pauses by structure, and the sounds before it."""

from __future__ import annotations

import pytest

from tests.unit.script.documents import document, heading, paragraph
from voice_app.model import Block, BlockKind, Document, Earcon, Manner, Style
from voice_app.script.render import Manners, render
from voice_app.script.staging import BEFORE_HEADING_MS
from voice_app.script.structure import CHAPTER_MS, HEADING_MS, ITEM_MS, PARAGRAPH_MS, SENTENCE_MS

ARTICLE = document(
    heading("The harbour"),
    paragraph("It is old. It is deep."),
    heading("The quay", level=2),
    paragraph("Boats lie here."),
    heading("At night", level=3),
    Block(kind=BlockKind.ITEM, text="Lamps", level=1),
    Block(kind=BlockKind.ITEM, text="Bells", level=1),
    paragraph("Then it is dark."),
    Block(kind=BlockKind.NOTE, text="As of last year. It may change.", marker="1"),
)
READ_NOTES = Style(notes=Manner.READ)


def pauses(source: Document, factor: float = 1.0) -> dict[str, int]:
    script = render(source, Manners(style=READ_NOTES, pauses=factor))
    return {sentence.written: sentence.pause_ms for sentence in script.sentences}


def test_each_end_has_its_pause() -> None:
    found = pauses(ARTICLE)
    assert found["It is old."] == SENTENCE_MS
    assert found["It is deep."] == found["It may change."] == CHAPTER_MS
    assert found["At night"] == HEADING_MS
    assert found["Lamps"] == ITEM_MS
    assert found["Bells"] == PARAGRAPH_MS


def test_the_pause_before_a_heading_is_longer_than_the_one_after_it() -> None:
    assert pauses(ARTICLE)["Boats lie here."] == BEFORE_HEADING_MS > HEADING_MS


def test_rows_of_a_table_are_further_apart_than_sentences() -> None:
    rows = (("Name", "Price"), ("Salt", "3"), ("Tea", "7"))
    table = Block(kind=BlockKind.TABLE, text="", rows=rows)
    found = [s.pause_ms for s in render(document(heading("T"), table), Manners()).sentences if s.row is not None]
    assert found == [ITEM_MS, CHAPTER_MS]


@pytest.mark.parametrize("factor", [0.5, 1.0, 2.5])
def test_a_factor_makes_every_pause_shorter_or_longer_and_changes_no_word(factor: float) -> None:
    usual, found = pauses(ARTICLE), pauses(ARTICLE, factor)
    assert found == {written: round(pause_ms * factor) for written, pause_ms in usual.items()}
    scripts = [render(ARTICLE, Manners(pauses=each)) for each in (1.0, factor)]
    assert [s.id for s in scripts[0].sentences] == [s.id for s in scripts[1].sentences]
    assert (scripts[0].digest == scripts[1].digest) is (factor == 1.0)


def test_sounds_stand_before_sections_headings_and_notes_and_never_before_the_title() -> None:
    script = render(ARTICLE, Manners(style=READ_NOTES, earcons=True))
    assert {s.written: s.earcon for s in script.sentences if s.earcon} == {
        "The quay": Earcon.SECTION,
        "At night": Earcon.HEADING,
        "As of last year.": Earcon.NOTE,
    }


def test_a_heading_that_is_announced_has_its_sound_before_the_announcement() -> None:
    script = render(ARTICLE, Manners(style=Style(headings=Manner.NAMED), earcons=True))
    chapter = script.chapters[1].sentences
    assert chapter[0].earcon is Earcon.SECTION
    assert chapter[1].written == "The quay"
    assert not chapter[1].earcon


def test_there_are_no_sounds_unless_they_are_asked_for() -> None:
    plain, sounding = (render(ARTICLE, Manners(style=READ_NOTES, earcons=wanted)) for wanted in (False, True))
    assert not any(s.earcon for s in plain.sentences)
    assert plain.digest != sounding.digest
