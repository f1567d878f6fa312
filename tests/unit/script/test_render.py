"""Document -> Script: what is said, in which order, with which pauses, under which names."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from tests.unit.script.documents import document, heading, item, paragraph
from voice_app.model import Block, BlockKind, Document, Span, Treatment
from voice_app.script.phrases import ENGLISH
from voice_app.script.render import Manners, render
from voice_app.script.sentences import MAX_CHARACTERS

ARTICLE = document(
    heading("Bread", 1), paragraph("Mix 500 g of flour. Wait."), heading("Baking"), item("Heat it.", "1."),
    item("Bake it."), paragraph("Eat."),
)  # fmt: skip


def spoken(*blocks: Block) -> list[str]:
    return [sentence.spoken for sentence in render(document(*blocks)).sentences]


def announced(kind: BlockKind, text: str = "", marker: str = "") -> Block:
    return Block(kind=kind, text=text, marker=marker, treatment=Treatment.ANNOUNCED)


def test_sentences_know_where_they_stand() -> None:
    for sentence in render(ARTICLE).sentences:
        assert ARTICLE.blocks[sentence.block].text[sentence.start : sentence.end] == sentence.written
        assert sentence.kind is ARTICLE.blocks[sentence.block].kind


def test_pauses_are_longer_after_headings_and_paragraphs() -> None:
    title, inside, paragraph_end, section, first_item, last_item, last = (
        sentence.pause_ms for sentence in render(ARTICLE).sentences
    )
    assert inside < first_item < last_item < section < title < last
    assert inside < paragraph_end == last  # both end a chapter
    two = render(document(paragraph("One. Two."), paragraph("Three."))).sentences
    assert two[0].pause_ms < two[1].pause_ms < section


def test_ids_stay_when_text_moves() -> None:
    before = {s.id: s.written for s in render(ARTICLE).sentences}
    moved = document(paragraph("New here."), *reversed(ARTICLE.blocks))
    after = {s.id: s.written for s in render(moved).sentences}
    assert before.items() <= after.items()
    assert len(after) == len(before) + 1


def test_a_sentence_that_returns_has_another_id() -> None:
    ids = [s.id for s in render(document(paragraph("Wait. Stir. Wait."))).sentences]
    assert len(set(ids)) == 3
    assert ids[0].rpartition("-")[0] == ids[2].rpartition("-")[0]


def test_a_table_is_read_by_row_with_the_names_of_its_columns() -> None:
    rows = (("Room", "Rise"), ("18°C", "8 to 10 hours"), ("", ""), ("24°C", ""))
    table = Block(kind=BlockKind.TABLE, text="Times", rows=rows)
    found = render(document(table)).sentences
    assert [(s.spoken, s.row) for s in found] == [
        ("Table: Times, three rows, two columns.", None),
        ("Room: eighteen degrees Celsius. Rise: eight to ten hours.", 1),
        ("Room: twenty-four degrees Celsius.", 3),
    ]


def test_a_long_row_is_cut() -> None:
    table = Block(kind=BlockKind.TABLE, text="", rows=(("Name",), ("a long cell, " * 100,)))
    found = render(document(table)).sentences
    assert len(found) > 2
    assert all(len(s.written) <= MAX_CHARACTERS for s in found)
    assert {s.row for s in found} == {None, 1}


def test_items_are_said_with_their_numbers() -> None:
    assert spoken(item("Mix it. Wait.", "1."), item("Bake it.", "12)"), item("Eat it.")) == [
        "one: Mix it.", "Wait.", "twelve: Bake it.", "Eat it.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (announced(BlockKind.CODE, "a = 1\nb = 2\n"), "Code example, two lines, not read out."),
        (announced(BlockKind.CODE, "a = 1"), "Code example, one line, not read out."),
        (announced(BlockKind.NOTE, "See there.", "1"), "Footnote one, not read out."),
        (announced(BlockKind.NOTE, "See there."), "Footnote, not read out."),
        (announced(BlockKind.TABLE, "Prices"), "Table: Prices, not read out."),
        (announced(BlockKind.FIGURE, "A map"), "Image, not read out."),
        (Block(kind=BlockKind.FIGURE, text="A map of 2 towns."), "Image: A map of two towns."),
    ],
)
def test_what_is_not_read_out_is_announced(block: Block, expected: str) -> None:
    assert spoken(block) == [expected]


def test_note_marks_are_seen_and_not_said() -> None:
    block = replace(paragraph("It floats1 well."), spans=(Span(start=9, end=10, kind="note", value="1"),))
    (sentence,) = render(document(block)).sentences
    assert (sentence.written, sentence.spoken) == ("It floats  well.", "It floats well.")


def test_acronyms_are_learnt_from_the_article() -> None:
    assert spoken(heading("WHAT RRMS MEANS"), paragraph("RRMS is a form of MS."))[0] == "What RRMS Means"
    assert spoken(heading("THE SAGA OF IKEA"), paragraph("We like IKEA."))[0] == "The Saga Of IKEA"


def test_the_disclosure_stands_after_the_title() -> None:
    found = render(ARTICLE, Manners(disclose=True)).sentences
    assert [s.spoken for s in found[:2]] == ["Bread", ENGLISH.disclosure]
    assert [s.id for s in found if s.id != "disclosure"] == [s.id for s in render(ARTICLE).sentences]
    assert render(document(paragraph("Mix.")), Manners(disclose=True)).sentences[0].written == ENGLISH.disclosure


@pytest.mark.parametrize(
    "changed",
    [
        replace(ARTICLE, blocks=ARTICLE.blocks[:-1]),
        replace(ARTICLE, blocks=(*ARTICLE.blocks[:-1], paragraph("Eat!"))),
        replace(ARTICLE, blocks=(ARTICLE.blocks[0], ARTICLE.blocks[2], ARTICLE.blocks[1], *ARTICLE.blocks[3:])),
        replace(ARTICLE, blocks=(*ARTICLE.blocks[:-1], item("Eat."))),
        replace(ARTICLE, language="de"),
    ],
    ids=["one less", "another mark", "moved", "another kind", "another language"],
)
def test_the_digest_changes_when_something_said_changes(changed: Document) -> None:
    assert render(changed).digest != render(ARTICLE).digest


@pytest.mark.parametrize(
    "same",
    [
        replace(ARTICLE, byline="Voice App", summary="A loaf.", source_url="https://example.com"),
        replace(ARTICLE, blocks=(*ARTICLE.blocks, replace(paragraph("Buy!"), treatment=Treatment.SKIPPED))),
        replace(ARTICLE, blocks=(*ARTICLE.blocks[:-1], paragraph("Eat 🎉."))),
        replace(
            ARTICLE, blocks=(*ARTICLE.blocks[:1], paragraph("Mix 500\u00a0g of flour.  Wait."), *ARTICLE.blocks[2:])
        ),
    ],
    ids=["facts", "a skipped block", "a pictograph", "white space"],
)
def test_the_digest_stays_when_nothing_said_changes(same: Document) -> None:
    assert render(same).digest == render(ARTICLE).digest


@pytest.mark.parametrize("make", [paragraph, heading, item], ids=["paragraph", "heading", "item"])
def test_a_line_of_100_000_characters_is_rendered_in_bounded_time(make) -> None:  # type: ignore[no-untyped-def]
    began = time.perf_counter()
    found = render(document(make("word " * 20_000))).sentences
    assert time.perf_counter() - began < 5
    assert all(len(s.written) <= MAX_CHARACTERS for s in found)
    assert sum(len(s.spoken.split()) for s in found) == 20_000


def test_an_article_that_says_nothing_has_no_chapters() -> None:
    assert render(document()).chapters == ()
    assert render(document(paragraph("…")), Manners(disclose=True)).chapters == ()
