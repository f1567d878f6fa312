"""Plain text: scraped pages lose their menus, one's own text loses nothing."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from textwrap import fill
from time import process_time

import pytest

from voice_app.errors import InputError
from voice_app.ingest.formats import text
from voice_app.model import BlockKind, Document, Source, Treatment

SCRAPED = """Sleep & the heart

What a good night does for the heart
The night shift of the heart

Success

This has been added to your Favorites

During deep sleep the heart beats more slowly, and the blood presses less on the walls of the vessels. Doctors call \
this the nightly dip, and it is a rest that the heart cannot get by day.

\u00a0

People who sleep badly miss a part of that rest. In several long studies they had high blood pressure more often.

EXPLORE OTHER TOPICS

Home & Garden

10 tips for tulips

From Example Corp

YOU MAY ALSO LIKE

Health Education

Types of tea

From Example Corp

Who drinks tea?

From Example Corp
"""

WRAPPED = """The Project of the Bridge

It was a bright cold day in the valley, and the wind that came down from
the hills made the railings of the new bridge sing so loudly that nobody
could hear the bell.

The people of the town had asked for a bridge for forty years, and now
that they had one they were not sure that they liked it.
"""


def read(body: str) -> Document:
    return text.read(Source(origin="a.txt", media_type="text/plain", body=body.encode(), fetched_at=datetime.now(UTC)))


def test_a_scraped_page_keeps_title_standfirst_heading_and_body() -> None:
    found = read(SCRAPED)
    assert found.title == "Sleep & the heart"
    assert [(b.kind, b.level, b.standfirst, b.text[:20]) for b in found.kept] == [
        (BlockKind.HEADING, 1, False, "Sleep & the heart"),
        (BlockKind.PARAGRAPH, 0, True, "What a good night do"),
        (BlockKind.HEADING, 2, False, "The night shift of t"),
        (BlockKind.PARAGRAPH, 0, False, "During deep sleep th"),
        (BlockKind.PARAGRAPH, 0, False, "People who sleep bad"),
    ]


def test_what_is_cut_is_in_the_receipt_with_its_reason() -> None:
    found = read(SCRAPED)
    left = [(b.text, b.reason) for b in found.blocks if b.treatment is Treatment.SKIPPED]
    assert ("Success", "site message") in left
    assert ("This has been added to your Favorites", "site message") in left
    assert ("From Example Corp", "links to other pages") in left
    assert found.receipt.skipped == len(left) == 12
    assert found.receipt.total == len(found.blocks)


def test_ones_own_text_loses_nothing() -> None:
    body = "Dear Ana,\n\nthe roof is mended.\n\nMilk\nBread\nEggs\n\nSee you on Sunday. Bring the ladder.\n\nYours, P."
    found = read(body)
    assert [b.text for b in found.kept] == [line for line in body.splitlines() if line]
    assert found.receipt.skipped == 0


def test_hard_wrapped_lines_are_joined() -> None:
    found = read(WRAPPED)
    assert found.title == "The Project of the Bridge"
    assert [b.kind for b in found.kept] == [BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.PARAGRAPH]
    assert "came down from the hills made" in found.kept[1].text


def test_a_short_note_has_a_title_that_is_not_read_twice() -> None:
    found = read("The kettle is on. The guests will be here soon.")
    assert found.title == "The kettle is on"
    assert [b.kind for b in found.kept] == [BlockKind.PARAGRAPH]


def test_lists_are_items() -> None:
    found = read("What to bring.\n\n- a coat\n- two lamps\n\n1. Come in.\n2. Sit down.")
    assert [(b.kind, b.marker, b.text) for b in found.kept[1:]] == [
        (BlockKind.ITEM, "", "a coat"),
        (BlockKind.ITEM, "", "two lamps"),
        (BlockKind.ITEM, "1.", "Come in."),
        (BlockKind.ITEM, "2.", "Sit down."),
    ]


@pytest.mark.parametrize("body", ["word " * 20_000, "a" * 100_000, "one. " * 20_000])
def test_a_line_of_a_hundred_thousand_characters(body: str) -> None:
    found = read(body)
    assert sum(len(b.text) for b in found.kept) >= len(body.strip()) - 1
    assert len(found.title) < 100


def test_a_menu_alone_at_the_top_is_cut() -> None:
    prose = "The council met on Tuesday and talked for three hours about the bridge, and about little else. " * 2
    found = read(f"Home\nNews\nSport\nContact\n\nThe bridge is closed\n\n{prose}\n\n{prose}And then it rained.\n")
    assert found.kept[0].text == "The bridge is closed"
    assert found.receipt.skipped == 4


def chapter(n: int) -> str:
    return (
        f"CHAPTER {n}.\n\nThe Bridge of Step {n}\n\n\n"
        f"It was day number {n} in the valley, and the wind that came down\nfrom the hills made the railings "
        "of the _new bridge_ sing\nso loudly that nobody could hear the bell.[1]\n\n"
        f"[Illustration: The gate on day {n}]\n\n"
        "    The salt is white,\n      The road is long.\n\n       *       *       *       *       *\n\n"
        "The people of the town had asked for a bridge for years, and\nnow that they had one they were not "
        "sure that they liked it.\n\n"
        f"[1] It hung in tower number {n} until the year in which the tower\nfell, and then it was sold.\n\n\n"
    )


def book(chapters: int = 20) -> str:
    """A book as Project Gutenberg lays it out, with notes, pictures, verse, a table and breaks in it."""
    contents = "\n".join(f"  {n:>3}. The Bridge of Step {n}" for n in range(1, chapters + 1))
    parts = [
        "The Project Gutenberg eBook of The Long Bridge, by Ana Writer\n\nThis eBook is for anyone.\n",
        "Title: The Long Bridge\n\nAuthor: Ana Writer\n\nLanguage: English\n",
        "*** START OF THE PROJECT GUTENBERG EBOOK THE LONG BRIDGE ***\n\n\nProduced by Some People\n\n",
        f"THE LONG BRIDGE\n\nBy Ana Writer\n\n\nCONTENTS\n\n{contents}\n\n\n",
    ]
    parts += [chapter(n) for n in range(1, chapters + 1)]
    parts.append("Name      Miles   Days\nGate          1      2\nInn          12      3\n\n\nTHE END\n\n")
    parts.append("*** END OF THE PROJECT GUTENBERG EBOOK THE LONG BRIDGE ***\n\nThe licence says much.\n")
    return "\n".join(parts)


def test_a_book_of_twenty_chapters() -> None:
    found = read(book())
    assert (found.title, found.byline, found.language) == ("The Long Bridge", "Ana Writer", "en")
    chapters = [b.text for b in found.kept if b.kind is BlockKind.HEADING and b.level == 2]
    assert chapters == [f"CHAPTER {n}." for n in range(1, 21)]
    assert [b.text for b in found.kept if b.kind is BlockKind.HEADING and b.level > 2][:2] == [
        "The Bridge of Step 1",
        "The Bridge of Step 2",
    ]
    notes = [b for b in found.kept if b.kind is BlockKind.NOTE]
    marks = [s for b in found.kept for s in b.spans if s.kind == "note"]
    assert [note.anchor for note in notes] == [mark.value for mark in marks]
    assert len({note.anchor for note in notes}) == 20
    assert notes[4].text == "It hung in tower number 5 until the year in which the tower fell, and then it was sold."
    assert sum(b.kind is BlockKind.FIGURE for b in found.kept) == 20
    (table,) = (b for b in found.kept if b.kind is BlockKind.TABLE)
    assert table.rows == (("Name", "Miles", "Days"), ("Gate", "1", "2"), ("Inn", "12", "3"))
    emphasis = [b.text[s.start : s.end] for b in found.kept for s in b.spans if s.kind == "emphasis"]
    assert emphasis == ["new bridge"] * 20


def test_what_stands_around_a_book_is_left_out_with_its_reasons() -> None:
    found = read(book())
    left = {b.text: b.reason for b in found.blocks if b.treatment is Treatment.SKIPPED}
    assert left["This eBook is for anyone."] == "the archive's header"
    assert left["The licence says much."] == "the archive's licence"
    assert left["CONTENTS"] == "contents"
    assert left["Produced by Some People"] == "who made the file"
    assert left["By Ana Writer"] == "byline and date"
    assert found.receipt.total == len(found.blocks)


@pytest.mark.parametrize("width", [30, 45, 72, 100])
def test_lines_broken_at_any_width(width: int) -> None:
    prose = (
        "It was a bright cold day in the valley, and the wind that came down from the hills made the railings sing. "
        "Nobody in the town could hear the bell, and nobody missed it until the night in which the ferry was late."
    )
    body = "\n\n".join(fill(text, width) for text in (prose, prose, prose))
    assert [b.text for b in read(body).kept] == [prose] * 3


def test_paragraphs_that_are_set_in_without_empty_lines() -> None:
    body = (
        "   It was a bright cold day in the valley, and the wind\nthat came down from the hills made "
        "the railings sing so\n"
        'loudly that nobody could hear the bell.\n   "Yes," he said.\n   The people of the town had '
        "asked for a bridge for\n"
        "forty years, and now that they had one they were not\nsure that they liked it.\n"
    )
    assert [b.text[:14] for b in read(body).kept] == ["It was a brigh", '"Yes," he said', "The people of "]


def test_verse_stays_in_its_lines() -> None:
    body = (
        "The salt is white as any snow,\nThe road is very long,\nAnd every night before I go\nI sing the wind a song."
    )
    assert [b.text for b in read(body).kept] == body.split("\n")


def test_headings_that_nothing_marks() -> None:
    prose = "The wind came down from the hills in the night, and in the morning the bridge was singing again."
    body = (
        f"On Bridges\n\n{prose}\n\n1. Why they sing\n\n{prose}\n\n1.1 The wind\n\n{prose}\n\n2. What "
        f"helps\n\n{prose}\n\n"
        f"THE LAST WORD\n\n{prose}"
    )
    assert [(b.level, b.text) for b in read(body).kept if b.kind is BlockKind.HEADING] == [
        (1, "On Bridges"),
        (2, "1. Why they sing"),
        (3, "1.1 The wind"),
        (2, "2. What helps"),
        (3, "THE LAST WORD"),
    ]


def test_underlined_headings_and_chapters_in_words() -> None:
    prose = "The wind came down from the hills in the night, and in the morning the bridge was singing again."
    lined = read(f"Bridges\n=======\n\n{prose}\n\nWind\n----\n{prose}")
    assert [(b.level, b.text) for b in lined.kept if b.kind is BlockKind.HEADING] == [(1, "Bridges"), (3, "Wind")]
    told = read(f"PART ONE\n\nChapter One\nThe Gate\n\n{prose}\n\nChapter Two\nThe Inn\n\n{prose}\n\nXII.\n\n{prose}")
    assert [(b.level, b.text) for b in told.kept if b.kind is BlockKind.HEADING] == [
        (2, "PART ONE"),
        (3, "Chapter One. The Gate"),
        (3, "Chapter Two. The Inn"),
        (3, "XII."),
    ]


def test_lists_with_lines_that_go_on_and_lists_in_them() -> None:
    body = (
        "What to do:\n1. Open the box,\n   which is big.\n   - take care\n   - go slow\n2. Close it.\n\na) tea\nb) milk"
    )
    assert [(b.kind, b.level, b.marker, b.text) for b in read(body).kept] == [
        (BlockKind.PARAGRAPH, 0, "", "What to do:"),
        (BlockKind.ITEM, 1, "1.", "Open the box, which is big."),
        (BlockKind.ITEM, 2, "", "take care"),
        (BlockKind.ITEM, 2, "", "go slow"),
        (BlockKind.ITEM, 1, "2.", "Close it."),
        (BlockKind.ITEM, 1, "a.", "tea"),
        (BlockKind.ITEM, 1, "b.", "milk"),
    ]


@pytest.mark.parametrize(
    "table",
    ["| Rail | Tone |\n|---|---|\n| thin | 440 |", "Rail   Tone\n-----  ----\nthin   440", "Rail\tTone\nthin\t440"],
)
def test_tables_in_text(table: str) -> None:
    (found,) = (b for b in read(f"The tones.\n\n{table}\n\nThat is all.").kept if b.kind is BlockKind.TABLE)
    assert found.rows == (("Rail", "Tone"), ("thin", "440"))
    assert found.named_columns


def test_code_addresses_and_ornaments() -> None:
    body = "See here:\n\nhttps://example.org/a\n\n    x = 1;\n    print(x);\n\n* * *\n\nWrite to ana@example.org today."
    found = read(body)
    assert [(b.kind, b.text) for b in found.kept][1:] == [
        (BlockKind.CODE, "x = 1;\nprint(x);"),
        (BlockKind.PARAGRAPH, "Write to ana@example.org today."),
    ]
    assert [b.reason for b in found.blocks if b.treatment is Treatment.SKIPPED] == ["address", "ornament"]


def test_page_numbers_and_running_heads_do_not_cut_a_paragraph() -> None:
    body = "\n\n".join(
        f"The wind came down from the hills on day {n} and the\nrailings of the bridge began to\n\n- {n} -\n\n"
        "The Long Bridge\n\nsing so loudly that nobody could hear the bell."
        for n in range(1, 5)
    )
    found = read(body)
    assert [b.text for b in found.kept][1] == (
        "The wind came down from the hills on day 2 and the railings of the bridge began to sing so loudly that nobody "
        "could hear the bell."
    )
    reasons = [b.reason for b in found.blocks if b.treatment is Treatment.SKIPPED]
    assert (reasons.count("page number"), reasons.count("running head")) == (4, 4)


def test_a_pasted_message() -> None:
    found = read(
        "From: Ana Writer <ana@example.org>\nDate: Tue, 3 Mar 2026 10:00:00 +0100\nSubject: Re: The "
        "bridge\n\nIt sings.\n\n"
        "On Mon, 2 Mar 2026 at 18:22, Bob <bob@example.org>\nwrote:\n> Does it?\n\n-- \nAna\n"
    )
    assert (found.title, found.byline, [b.text for b in found.kept]) == (
        "The bridge",
        "Ana Writer",
        ["The bridge", "It sings."],
    )
    reasons = [b.reason for b in found.blocks if b.treatment is Treatment.SKIPPED]
    assert reasons == ["message header"] * 3 + ["quoted message"] * 2 + ["signature"] * 2


def test_quoted_lines_without_a_message_are_quotes() -> None:
    found = read("She said it well.\n\n> The wind is\n> nobody's friend.\n\nAnd so it is.")
    assert [b.kind for b in found.kept] == [BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.QUOTE, BlockKind.PARAGRAPH]


def test_chinese_lines_are_joined_without_spaces() -> None:
    body = (
        "这是山谷里一个明亮而寒冷的日子，从山上吹来的风使新桥的\n栏杆发出很大的声音，以至于没有人能听到钟声。镇上的人要求\n"
        "建一座桥已经四十年了，现在他们有了一座，却不确定是否喜欢。\n"
    )
    assert [b.text for b in read(body).kept] == [body.replace("\n", "")]


@pytest.mark.parametrize(
    "own",
    [
        "Shopping\n\nHome\nmilk\nbread\n\nThen we print the letters. Save some stamps for me, and share the cake.",
        "Poems of the year\n\nHelp\n\nThe salt is white as any snow,\nThe road is very "
        "long.\n\nSearch\n\nI seek the wind.",
        "Minutes\n\nNews\n\nThe roof of the hall is mended, and it cost less than we had thought.\n\nSport\n\n"
        "The team lost on Sunday, as it did last year.\n\nContact\n\nAsk for Jo at the door of the old hall.",
    ],
)
def test_words_of_sites_in_ones_own_text_cost_nothing(own: str) -> None:
    assert read(own).receipt.skipped == 0


MILLION = 1_000_000
HOSTILE = {
    "stars": "*" * MILLION,
    "quotes": "> " * (MILLION // 2),
    "short lines": "a\n" * (MILLION // 2),
    "deep lists": "".join(" " * n + "- a\n" for n in range(1_400)),
    "brackets": "[" * MILLION,
    "notes": "[1] a\n\n" * 100_000,
    "rules": "--- " * 250_000,
    "gaps": "a" + " " * MILLION + "b",
    "phrases": "share " * 160_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_answered_or_refused_in_time(name: str) -> None:
    start = process_time()
    with contextlib.suppress(InputError):
        read(HOSTILE[name])
    assert process_time() - start < 4  # seconds of the processor; half of it on a quiet machine
