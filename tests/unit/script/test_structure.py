"""How each kind of structure is read in each manner, and what stays the same whatever is chosen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.script.documents import document, heading, item, paragraph
from voice_app.model import (
    BY_CHOICE,
    MANNERS,
    NO_WORDS,
    NOT_DESCRIBED,
    Block,
    BlockKind,
    Choice,
    Document,
    Edit,
    Manner,
    Reading,
    Script,
    Span,
    Style,
    Treatment,
)
from voice_app.script.blocks import block_ids
from voice_app.script.render import Manners, render
from voice_app.script.style import read_as, styled

KIND = BlockKind
NAMED, READ, MENTIONED, LEFT_OUT = Manner.NAMED, Manner.READ, Manner.MENTIONED, Manner.LEFT_OUT


def script(blocks: Sequence[Block], language: str = "en", **style: Manner) -> Script:
    wanted = replace(Style(), **style)
    return render(styled(document(*blocks, language=language), wanted), Manners(style=wanted))


def spoken(*blocks: Block, language: str = "en", **style: Manner) -> list[str]:
    return [sentence.spoken for sentence in script(blocks, language, **style).sentences]


def quote(text: str) -> Block:
    return Block(kind=KIND.QUOTE, text=text)


def note(text: str, marker: str = "") -> Block:
    return Block(kind=KIND.NOTE, text=text, marker=marker)


def aside(text: str) -> Block:
    return replace(paragraph(text), aside=True)


def deep(text: str, level: int) -> Block:
    return replace(item(text), level=level)


def figure(text: str = "", alt: str = "") -> Block:
    return Block(kind=KIND.FIGURE, text=text, alt=alt)


CODE = Block(kind=KIND.CODE, text="def addOne(first_number):\n    # only one\n    return first_number + 1.5\n\n}\n")
TIMES = Block(
    kind=KIND.TABLE, text="Times", rows=(("Day", "Opens", "Closes"), ("Monday", "8", "17"), ("Friday", "9", ""))
)
LINKED = replace(
    paragraph("See the list before noon. Or call us."),
    spans=(
        Span(start=4, end=12, kind="link", value="https://example.org"),
        Span(start=29, end=36, kind="link", value="tel:1"),
    ),
)


@pytest.mark.parametrize(
    ("blocks", "style", "expected"),
    [
        ([heading("Bread", 1), heading("Flour", 3)], {"headings": NAMED}, ["Bread", "Heading level three.", "Flour"]),
        ([item("Rye"), item("Oat")], {"lists": READ}, ["Rye", "Oat"]),
        ([item("Rye"), item("Oat")], {"lists": NAMED}, ["List of two items.", "Rye", "Oat", "End of list."]),
        ([item("Mix", "1."), item("Bake", "2.")], {}, ["one: Mix", "two: Bake"]),
        (
            [deep("Grain", 1), deep("Rye", 2), deep("Salt", 1)],
            {"lists": NAMED},
            ["List of two items.", "Grain", "List of one item.", "Rye", "Salt", "End of list."],
        ),
        (
            [item("Rye"), item("Mix", "1.")],
            {"lists": NAMED},
            ["List of one item.", "Rye", "End of list.", "List of one item.", "one: Mix", "End of list."],
        ),
        ([quote("Wait."), quote("Eat.")], {}, ["Wait.", "Eat."]),
        ([quote("Wait."), quote("Eat.")], {"quotes": NAMED}, ["Quote.", "Wait.", "Eat.", "End of quote."]),
        ([quote("Wait."), quote("Eat.")], {"quotes": MENTIONED}, ["two quotes, not read out."]),
        ([quote("Wait."), paragraph("Eat.")], {"quotes": LEFT_OUT}, ["Eat."]),
        ([aside("One."), aside("Two."), paragraph("Three.")], {}, ["One.", "Two.", "Three."]),
        (
            [aside("One."), aside("Two."), paragraph("Three.")],
            {"sidebars": NAMED},
            ["Sidebar.", "One.", "Two.", "End of sidebar.", "Three."],
        ),
        (
            [aside("One."), aside("Two."), aside("Three."), paragraph("Four.")],
            {"sidebars": MENTIONED},
            ["Sidebar with three paragraphs, not read out.", "Four."],
        ),
        ([aside("One."), paragraph("Two.")], {"sidebars": LEFT_OUT}, ["Two."]),
        ([note("A.", "1"), note("B.", "[2]"), note("C.", "*")], {}, ["three footnotes, not read out."]),
        ([note("A.", "1"), paragraph("B."), note("C.")], {},
         ["Footnote one, not read out.", "B.", "Footnote, not read out."]),
        ([note("Go. Wait.", "[2]"), note("C.", "*")], {"notes": READ}, ["Footnote two: Go.", "Wait.", "Footnote: C."]),
        ([CODE], {}, ["Code example, five lines, not read out."]),
        ([CODE, CODE], {}, ["two code examples, not read out."]),
        ([CODE], {"code": READ}, ["def add One, first number", "only one", "return first number plus one point five"]),
        ([figure("A loaf.", "Round bread")], {}, ["Image: Round bread", "Caption: A loaf."]),
        ([figure("Round bread.", "round bread")], {}, ["Image: Round bread."]),
        ([figure("", "Round bread")], {}, ["Image: Round bread"]),
        ([figure("A loaf.", "Round bread")], {"figures": READ}, ["Round bread", "A loaf."]),
        ([figure("A loaf."), figure("A roll.")], {"figures": MENTIONED}, ["two images, not read out."]),
        ([TIMES], {"tables": MENTIONED}, ["Table: Times, not read out."]),
        ([LINKED], {}, ["See the list before noon.", "Or call us."]),
        ([LINKED], {"links": NAMED}, ["See the list, link, before noon.", "Or call us, link."]),
        ([paragraph("Go to https://example.org/a/b?c=1 now.")], {}, ["Go to example dot org now."]),
    ],
)  # fmt: skip
def test_each_manner_in_words(blocks: list[Block], style: dict[str, Manner], expected: list[str]) -> None:
    assert spoken(*blocks, **style) == expected


@pytest.mark.parametrize(
    ("change", "style", "expected"),
    [
        ({}, NAMED, ["Table: Times, two rows, three columns.", "Day: Monday. Opens: eight. Closes: seventeen.",
                     "Day: Friday. Opens: nine."]),
        ({"named_rows": True}, NAMED, ["Table: Times, two rows, three columns.",
                                       "Monday. Opens: eight. Closes: seventeen.", "Friday. Opens: nine."]),
        ({"named_columns": False, "text": ""}, NAMED, ["Table, three rows, three columns.", "Day. Opens. Closes.",
                                                       "Monday. eight. seventeen.", "Friday. nine."]),
        ({}, READ, ["Times", "Day. Opens. Closes.", "Monday. eight. seventeen.", "Friday. nine."]),
        ({"rows": (), "text": "Empty"}, NAMED, ["Table: Empty, zero rows."]),
    ],
)  # fmt: skip
def test_tables_with_and_without_their_names(change: dict[str, object], style: Manner, expected: list[str]) -> None:
    assert spoken(replace(TIMES, **change), tables=style) == expected  # type: ignore[arg-type]


def test_a_row_knows_its_place_in_the_table() -> None:
    for style in (NAMED, READ):
        for sentence in script([TIMES], tables=style).sentences:
            if sentence.row is not None:
                assert TIMES.rows[sentence.row][0] in sentence.written


def test_a_heading_in_a_box_begins_no_chapter() -> None:
    found = script([heading("Bread", 1), paragraph("One."), replace(heading("More"), aside=True), aside("Two.")])
    assert [chapter.title for chapter in found.chapters] == ["Bread"]


def test_a_picture_without_a_description_is_told_and_not_said() -> None:
    (block,) = styled(document(figure()), Style()).blocks
    assert (block.treatment, block.reason) == (Treatment.SKIPPED, NOT_DESCRIBED)
    assert spoken(figure(), figures=MENTIONED) == ["Image, not read out."]


# -- languages ----------------------------------------------------------------------------------

EVERYTHING = [
    heading("11", 1), heading("12", 2), item("13"), quote("14"), aside("15"), TIMES, figure("16", "17"), CODE,
    note("18", "1"),
]  # fmt: skip
ENGLISH = re.compile(r"\b(heading|list|quotes?|sidebar|table|rows?|columns?|caption|example|lines?|read|end)\b")


@pytest.mark.parametrize("language", ["de", "fr", "es", "it", "pt", "nl", "de-AT"])
@pytest.mark.parametrize("manner", [NAMED, MENTIONED])
def test_no_announcement_is_in_another_language(language: str, manner: Manner) -> None:
    bare = [replace(TIMES, text="", rows=(("1", "2"),)) if b is TIMES else b for b in EVERYTHING if b is not CODE]
    wanted = {kind: manner for kind in MANNERS if manner in MANNERS[kind]}
    found = script(bare, language, **wanted)
    assert len(found.sentences) >= 5
    assert not [s.spoken for s in found.sentences if ENGLISH.search(s.spoken.lower())]
    assert {s.language for s in found.sentences} == {language}


def test_a_language_without_phrases_is_read_without_foreign_words() -> None:
    named = spoken(*EVERYTHING, language="fi", **{kind: NAMED for kind in MANNERS if kind != "notes"})
    assert not [text for text in named if ENGLISH.search(text.replace("Times", "").lower())]
    left = styled(document(CODE, language="fi"), Style()).blocks[0]
    assert (left.treatment, left.reason) == (Treatment.SKIPPED, NO_WORDS)


@pytest.mark.parametrize(
    ("language", "said_in", "words"),
    [("de-CH", "de-CH", "künstliche Stimme"), ("fr", "fr", "voix de synthèse"), ("fi", "en", "synthetic voice")],
)
def test_the_disclosure_is_in_words_that_the_listener_may_know(language: str, said_in: str, words: str) -> None:
    found = render(document(paragraph("1."), language=language), Manners(disclose=True)).sentences[0]
    assert words in found.spoken
    assert (found.id, found.language) == ("disclosure", said_in)


def test_the_receipt_is_the_last_sentence() -> None:
    menu = replace(paragraph("Home"), treatment=Treatment.SKIPPED, reason="menu")
    found = styled(document(paragraph("One."), CODE, note("A."), note("B."), menu), Style())
    last = render(found, Manners(receipt=True)).sentences[-1]
    assert last.id == "receipt"
    assert last.written == (
        "Everything was read except 1 code example, 2 footnotes and what surrounds the article on its page."
    )
    whole = render(document(paragraph("One.")), Manners(receipt=True)).sentences[-1]
    assert whole.written == "Everything in the article was read."


# -- what always holds --------------------------------------------------------------------------

TEXTS = st.sampled_from(["One.", "Two. Three.", "Quote.", "End of list.", "Heading level 2.", "***", "", "Four: five."])
BLOCKS = st.builds(
    Block,
    kind=st.sampled_from(KIND),
    text=TEXTS,
    alt=st.sampled_from(["", "A picture.", "One."]),
    level=st.integers(1, 3),
    marker=st.sampled_from(["", "1.", "[2]"]),
    rows=st.sampled_from([(), (("A", "B"), ("1", "")), (("",),)]),
    named_columns=st.booleans(),
    named_rows=st.booleans(),
    aside=st.booleans(),
    treatment=st.sampled_from([Treatment.SAID, Treatment.SAID, Treatment.SAID, Treatment.SKIPPED]),
    reason=st.just(""),
)
STYLES = st.builds(Style, **{kind: st.sampled_from(manners) for kind, manners in MANNERS.items()})
LANGUAGES = st.sampled_from(["en", "de", "fi"])


@settings(max_examples=60, deadline=None)
@given(st.lists(BLOCKS, max_size=12), STYLES, LANGUAGES)
def test_every_block_ends_in_one_way_and_the_sound_agrees(blocks: list[Block], style: Style, language: str) -> None:
    source = document(*blocks, language=language)
    found = styled(source, style)
    assert found.receipt.total == len(blocks)
    sentences = render(found, Manners(style=style)).sentences
    assert len({s.id for s in sentences}) == len(sentences)
    heard = {s.block for s in sentences}
    for n, block in enumerate(found.blocks):
        if block.treatment is Treatment.SKIPPED:
            assert n not in heard
        if block.treatment is Treatment.SAID and any(c.isalnum() for c in block.text):
            assert n in heard
    announced = [n for n, block in enumerate(found.blocks) if block.treatment is Treatment.ANNOUNCED]
    assert not announced or heard & set(announced)
    for s in sentences:
        assert s.start < 0 or found.blocks[s.block].text[s.start : s.end] == s.written


@settings(max_examples=40, deadline=None)
@given(st.lists(BLOCKS, max_size=10), STYLES, STYLES)
def test_the_names_of_running_text_do_not_depend_on_the_style(blocks: list[Block], one: Style, other: Style) -> None:
    plain = (KIND.HEADING, KIND.PARAGRAPH, KIND.ITEM)

    def names(style: Style) -> list[tuple[str, str]]:
        found = styled(document(*blocks), style)
        said = render(found, Manners(style=style)).sentences
        return [(s.id, s.written) for s in said if s.kind in plain and s.start >= 0 and not found.blocks[s.block].aside]

    assert names(one) == names(other)


@settings(max_examples=40, deadline=None)
@given(st.lists(BLOCKS, max_size=10))
def test_blocks_have_names_of_their_own_that_stay(blocks: list[Block]) -> None:
    ids = block_ids(document(*blocks))
    assert len(set(ids)) == len(blocks)
    new = Block(kind=KIND.PARAGRAPH, text="Something quite new.")
    assert block_ids(document(new, *blocks))[1:] == ids
    assert block_ids(styled(document(*blocks), Style(code=LEFT_OUT))) == ids


# -- by hand ------------------------------------------------------------------------------------


def test_a_choice_wins_over_the_style_and_over_the_reader() -> None:
    menu = replace(paragraph("Home"), treatment=Treatment.SKIPPED, reason="menu")
    source = document(paragraph("One."), note("Two.", "1"), menu)
    first, second, third = block_ids(source)
    choices = [Choice(block_id=first, is_read=False), Choice(block_id=second, is_read=True)]
    found = read_as(source, Reading(choices=(*choices, Choice(block_id=third, is_read=True))))
    assert [(b.treatment, b.reason) for b in found.blocks] == [
        (Treatment.SKIPPED, BY_CHOICE),
        (Treatment.SAID, ""),
        (Treatment.SAID, ""),
    ]
    assert [s.spoken for s in render(found).sentences] == ["Footnote one: Two.", "Home"]


def edited(source: Document, *edits: tuple[str, str | None]) -> list[tuple[str, int]]:
    ids = {s.written: s.id for s in render(source).sentences}
    made = tuple(Edit(sentence_id=ids[written], written=written, spoken=said) for written, said in edits)
    return [(s.spoken, s.pause_ms) for s in render(source, Manners(edits=made)).sentences]


def test_an_edited_sentence_is_said_so_and_one_that_is_left_out_leaves_its_pause() -> None:
    source = document(paragraph("One. Two."), paragraph("Three."))
    (_, inside), (_, end), last = edited(source)
    assert edited(source, ("One.", "It is 5 o'clock.")) == [("It is five o'clock.", inside), ("Two.", end), last]
    assert edited(source, ("Two.", None)) == [("One.", end), last]
    sentence = render(source, Manners(edits=(Edit(sentence_id="gone-1", written="", spoken="x"),))).sentences[0]
    assert sentence.spoken == "One."


def test_a_style_has_a_manner_for_every_kind() -> None:
    assert [field.name for field in fields(Style)] == list(MANNERS)
    assert all(getattr(Style(), kind) in manners for kind, manners in MANNERS.items())
