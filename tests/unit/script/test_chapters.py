"""Which headings begin chapters."""

from __future__ import annotations

from dataclasses import replace

from tests.unit.script.documents import document, heading, paragraph
from voice_app.model import Treatment
from voice_app.script.chapters import MAX_TITLE, chapters
from voice_app.script.render import render


def test_the_shallowest_headings_below_the_title_begin_chapters() -> None:
    blocks = (
        heading("Bread", 1), paragraph("First."), heading("Flour", 3), heading("Rye", 4), paragraph("Dark."),
        heading("Water", 3), paragraph("Wet."),
    )  # fmt: skip
    found = chapters(document(*blocks))
    assert [title for title, _ in found] == ["Bread", "Flour", "Water"]
    assert [[n for n, _ in parts] for _, parts in found] == [[0, 1], [2, 3, 4], [5, 6]]


def test_an_article_without_headings_is_one_chapter_with_its_title() -> None:
    script = render(document(paragraph("Mix it. Bake it."), paragraph("Eat it.")))
    assert [(c.number, c.title, len(c.sentences)) for c in script.chapters] == [(1, "Bread", 3)]


def test_a_chapter_with_nothing_to_say_is_none() -> None:
    script = render(document(heading("Bread", 1), heading("***"), paragraph("…"), heading("Eat"), paragraph("Now.")))
    assert [(c.number, c.title) for c in script.chapters] == [(1, "Bread"), (2, "Eat")]


def test_skipped_blocks_are_in_no_chapter() -> None:
    advert = replace(heading("Buy now"), treatment=Treatment.SKIPPED)
    found = chapters(document(heading("Bread", 1), advert, paragraph("Mix.")))
    assert [(title, [n for n, _ in parts]) for title, parts in found] == [("Bread", [0, 2])]


def test_a_long_heading_makes_a_short_title() -> None:
    assert len(chapters(document(heading("word " * 100)))[0][0]) <= MAX_TITLE
