"""Texts in <pre>: letters and papers are read as text, programs stay code."""

from __future__ import annotations

import lxml.html
import pytest

from tests.unit.ingest.sources import source
from voice_app.ingest.formats import html
from voice_app.ingest.web.page import blocks_of
from voice_app.model import Block, BlockKind, Treatment

LETTER = """Dear Tom,

we put boards between the rows in the evening and turn them over in the
morning. Most of the slugs sit under them then, and can be carried away.

What does not work, in my experience:

* egg shells, as they walk over them,
* coffee, which the rain takes away.
"""
CODE = {
    "a program": "def boards(rows):\n    for row in rows:\n        print(row)  # every evening.\n\n\nboards(garden)",
    "a log": "10:02:11 INFO boards placed rows=12\n10:02:12 WARN slugs seen=40 eaten=3\n10:05:00 INFO done",
    "a tree": "garden/\n|-- rows/\n|   |-- lettuce.txt\n|   `-- beans.txt\n`-- slugs.txt",
    "an installer": "Reading the list of plants... Done\nBuilding the tree of rows... Done\nNothing to plant",
    "remarks": "# Nobody may touch the boards by day, as they dry out then. Ask Mira first.\n\n"
    "# The rows are counted from the gate, so that the first one is beside it.\n\nrows = 12",
    "signs": "If boards = wet | rows = full then slugs = many. Turn = yes | no for all of the rows. All = done.",
    "numbers": "Rows 101, 102, 103, 104, 106, 108, 110 and 112 at 10:02:11 on 2026-03-04 were wet. So lie 201, 202.",
    "usage": "Usage: boards [options]\n\n  -t, --turn   Turn the boards over. This is done by night.\n  -v   Say more.",
    "settings": "name: garden\nrows: 12\nplants:\n  - lettuce\n  - beans\nwatered: every morning and every evening",
}


def blocks(body: str) -> list[Block]:
    return [one.block for one in blocks_of(lxml.html.document_fromstring(f"<html><body>{body}</body></html>")[0])]


def test_a_letter_is_text_with_its_lists() -> None:
    assert [(b.kind, b.text) for b in blocks(f"<pre>{LETTER}</pre>")] == [
        (BlockKind.PARAGRAPH, "Dear Tom,"),
        (
            BlockKind.PARAGRAPH,
            "we put boards between the rows in the evening and turn them over in the morning. Most of the slugs sit "
            "under them then, and can be carried away.",
        ),
        (BlockKind.PARAGRAPH, "What does not work, in my experience:"),
        (BlockKind.ITEM, "egg shells, as they walk over them,"),
        (BlockKind.ITEM, "coffee, which the rain takes away."),
    ]


@pytest.mark.parametrize("name", CODE)
def test_a_program_stays_code(name: str) -> None:
    (block,) = blocks(f"<pre>{CODE[name]}</pre>")
    assert (block.kind, block.text) == (BlockKind.CODE, CODE[name])


@pytest.mark.parametrize("marked", ["<pre><code>{}</code></pre>", '<pre class="brush: text">{}</pre>'])
def test_what_its_author_calls_code_is_code(marked: str) -> None:
    assert [b.kind for b in blocks(marked.format(LETTER))] == [BlockKind.CODE]


def test_verse_is_read_line_by_line() -> None:
    stanzas = ("The boards lie wet\nbetween the rows,", "and under them\nthe night still grows")
    verse = '<pre class="wp-block-verse">' + "\n\n".join(stanzas) + "</pre>"
    assert [(b.kind, b.text) for b in blocks(verse)] == [(BlockKind.PARAGRAPH, stanza) for stanza in stanzas]


def test_the_pages_of_a_paper_are_one_text_without_their_heads_and_contents() -> None:
    head, foot = "Garden Paper          Slugs at Night        March 2026", "Holt                              [Page {}]"
    whole = (
        "   This is what we saw in the year {}. It was wet, and the\n   slugs came early to the rows of every garden."
        " Most of\n   them sat under the boards. Some had found a way into\n   the shed with the seed and the bags."
    )
    cut = "   A keeper of rows learns in the year {} that boards are\n   better than shells, and turns them over in the"
    sheets = ["\n\n\n".join((head, whole, cut, foot)).replace("{}", str(n)) for n in range(1, 5)]
    contents = "Table of Contents\n\n   1. Boards.........................1\n   2. Shells.........................3\n\n"
    papers = "<!--New--><pre class=newpage>".join(f"{sheet}\n</pre>" for sheet in [contents + sheets[0], *sheets[1:]])
    ends = "<pre>   morning, when the slugs are under them and the birds are awake.</pre>"
    found = html.read(source(f"<html><body><pre>{papers}{ends}</body></html>", told="text/html"))
    kept = [b.text for b in found.kept]
    reasons = [b.reason for b in found.blocks if b.treatment is Treatment.SKIPPED]
    assert (reasons.count("page number"), reasons.count("running head"), reasons.count("contents")) == (4, 3, 3)
    assert kept[-1] == (
        "A keeper of rows learns in the year 4 that boards are better than shells, and turns them over in the morning, "
        "when the slugs are under them and the birds are awake."
    )
    assert not any("Page" in text or "....." in text for text in kept)


def test_all_of_a_letter_is_read_and_nothing_around_it() -> None:
    ends = ("Best wishes", "Mira", "On 4 March")
    typed = "\n\n".join((LETTER, *ends, ":-)"))
    page = (
        "<html><head><title>Slugs</title></head><body><div class=nav><a href=/>Home</a> <a href=/n>News</a></div>"
        f"<h1>Slugs</h1><pre>{typed}</pre><div class=footer><p>© 2026 The garden list. All rights reserved.</p></div>"
        "<script>count()</script></body></html>"
    )
    kept = [b.text for b in html.read(source(page, told="text/html")).kept]
    assert (kept[:2], kept[-3:]) == (["Slugs", "Dear Tom,"], list(ends))
