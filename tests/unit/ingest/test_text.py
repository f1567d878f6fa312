"""Plain text: scraped pages lose their menus, one's own text loses nothing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

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
