"""Markdown: all of it is read, with its structure."""

from __future__ import annotations

import contextlib
from datetime import date
from pathlib import Path
from time import process_time

import pytest

from tests.unit.ingest.sources import source
from voice_app.errors import InputError, NoArticleError
from voice_app.ingest.formats import markdown
from voice_app.model import BlockKind, Document, Treatment

TEXT = """---
title: "Tea: a guide"
author: [Voice App, A Friend]
date: 2026-02-03T10:00:00Z
language: en-GB
summary: How to make it.
---

# Tea: a guide

Boil the water.[^1] Then *wait*.

## Steps

3. Warm the pot.
4. Pour.
   - slowly
   - and away from you

> Never boil it twice.

| Tea | Minutes |
|-----|---------|
| black | 4 |
| green | 2 |

```python
steep(4)
```

Term
: its meaning

[^1]: Soft water is best.
"""


def read(body: str) -> Document:
    return markdown.read(source(body))


def test_front_matter_says_who_and_when() -> None:
    found = read(TEXT)
    assert (found.title, found.byline, found.published, found.language, found.summary) == (
        "Tea: a guide",
        "Voice App, A Friend",
        date(2026, 2, 3),
        "en-GB",
        "How to make it.",
    )


def test_structure() -> None:
    found = read(TEXT)
    assert [(b.kind, b.level, b.marker) for b in found.kept] == [
        (BlockKind.HEADING, 1, ""),
        (BlockKind.PARAGRAPH, 0, ""),
        (BlockKind.HEADING, 2, ""),
        (BlockKind.ITEM, 1, "3."),
        (BlockKind.ITEM, 1, "4."),
        (BlockKind.ITEM, 2, ""),
        (BlockKind.ITEM, 2, ""),
        (BlockKind.QUOTE, 0, ""),
        (BlockKind.TABLE, 0, ""),
        (BlockKind.CODE, 0, "python"),
        (BlockKind.PARAGRAPH, 0, ""),
        (BlockKind.PARAGRAPH, 0, ""),
        (BlockKind.NOTE, 0, "1"),
    ]
    assert found.kept[8].rows == (("Tea", "Minutes"), ("black", "4"), ("green", "2"))
    assert found.kept[12].text == "Soft water is best."
    assert found.receipt.total == len(found.kept) == 13


def test_a_title_only_in_front_matter_is_read_first() -> None:
    found = read("---\ntitle: Fog\n---\nIt was everywhere.\n")
    assert [(b.kind, b.text) for b in found.kept] == [
        (BlockKind.HEADING, "Fog"),
        (BlockKind.PARAGRAPH, "It was everywhere."),
    ]


def test_several_headings_of_the_first_level_are_chapters_under_the_title() -> None:
    found = read("# One\n\nText.\n\n# Two\n\nText.\n\n## Deeper\n\nText.\n")
    headings = [(b.level, b.text) for b in found.kept if b.kind is BlockKind.HEADING]
    assert headings == [(1, "One"), (2, "Two"), (3, "Deeper")]


def test_text_before_the_first_heading_is_kept_in_its_place() -> None:
    found = read("An opening line.\n\n## Part\n\nText.\n")
    assert [b.text for b in found.kept] == ["An opening line.", "Part", "Text."]
    assert found.title == "Part"


@pytest.mark.parametrize(
    "body", ["---\ntitle: Nothing\n---\n", "[a]: https://a.example\n", "<!-- nobody sees this -->"]
)
def test_nothing_to_read_is_refused(body: str) -> None:
    with pytest.raises(NoArticleError):
        read(body)


def test_scripts_in_markdown_are_not_text() -> None:
    assert [b.text for b in read("Hello there.\n\n<script>alert(1)</script>\n\nGoodbye.").kept] == [
        "Hello there.",
        "Goodbye.",
    ]


def skipped(found: Document) -> list[tuple[str, str]]:
    return [(b.reason, b.text) for b in found.blocks if b.treatment is Treatment.SKIPPED]


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("2026-02-03", date(2026, 2, 3)),
        ("2026-02-03 10:00:00 +0100", date(2026, 2, 3)),
        ("3 February 2026", date(2026, 2, 3)),
        ("Feb 3rd, 2026", date(2026, 2, 3)),
        ("2026/2/3", date(2026, 2, 3)),
        ("3.2.2026", date(2026, 2, 3)),
        ("02/03/2026", None),
        ("soon", None),
        ("2026-02-31", None),
    ],
)
def test_dates_in_several_forms(written: str, wanted: date | None) -> None:
    assert read(f"---\ndate: {written}\n---\nText.\n").published == wanted


def test_front_matter_in_yaml_with_blocks() -> None:
    found = read(
        "---\ntitle: >\n  Fog on\n  the river\nauthor:\n  - name: Ana Writer\n  - Bo\ntags:\n- Weather\n- Rivers\n"
        "categories: weather, towns\nimage:\n  url: https://a.example/f.jpg\ncanonical_url: "
        "https://a.example/fog\n---\nText.\n"
    )
    assert (found.title, found.byline, found.image, found.source_url) == (
        "Fog on the river",
        "Ana Writer, Bo",
        "https://a.example/f.jpg",
        "https://a.example/fog",
    )
    assert found.topics == ("Weather", "Rivers", "towns")


def test_front_matter_in_toml() -> None:
    found = read('+++\ntitle = "Fog"\ndate = 2026-02-03T10:00:00Z\n[taxonomies]\ntags = ["a", "b"]\n+++\nText.\n')
    assert (found.title, found.published) == ("Fog", date(2026, 2, 3))


def test_front_matter_that_is_not_quite_yaml() -> None:
    assert read("---\ntitle: Tea: a guide\nauthor: Ana\n---\nText.\n").title == "Tea: a guide"


def test_what_is_no_text_is_left_out_with_its_reason() -> None:
    found = read(
        "[toc]\n\nSome ~~old~~ words {{< ref x >}}and {% include y %}more :tada: here [@key].\n\n$$\nE = mc^2\n$$\n\n"
        "The area is $r^2$, never $\\frac{a}{b}$, and it costs $5 or $6 at 10:30:45.\n"
    )
    assert [b.text for b in found.kept] == [
        "Some words and more here.",
        "The area is r², never, and it costs $5 or $6 at 10:30:45.",
    ]
    assert skipped(found) == [
        ("contents", "[toc]"),
        ("struck through", "old"),
        ("shortcode", "{{< ref x >}}"),
        ("shortcode", "{% include y %}"),
        ("emoji", ":tada:"),
        ("reference", "[@key]"),
        ("formula", "E = mc^2"),
        ("formula", "\\frac{a}{b}"),
    ]


@pytest.mark.parametrize(
    "box",
    ["> [!WARNING]\n> It is hot.\n", ":::warning\nIt is hot.\n:::\n", "!!! warning\n    It is hot.\n"],
)
def test_boxes_are_asides(box: str) -> None:
    found = read(f"Boil the water.\n\n{box}\nThen wait.\n")
    assert [(b.aside, b.text) for b in found.kept] == [
        (False, "Boil the water."),
        (True, "Warning"),
        (True, "It is hot."),
        (False, "Then wait."),
    ]


def test_wiki_links_tasks_attributes_and_figures() -> None:
    found = read(
        "# Tea {#tea .long}\n\nSee [[Water|the page on water]] and [[Pots]].\n\n- [x] boil\n- [ ] pour\n\n"
        '![a cup](cup.png "The cup of my '
        'aunt.")\n\n{{< figure src="a.png" caption="A pot." >}}\n\n`{{ code }}` stays.\n'
    )
    assert [(b.kind, b.text) for b in found.kept] == [
        (BlockKind.HEADING, "Tea"),
        (BlockKind.PARAGRAPH, "See the page on water and Pots."),
        (BlockKind.ITEM, "boil"),
        (BlockKind.ITEM, "pour"),
        (BlockKind.FIGURE, "The cup of my aunt."),
        (BlockKind.FIGURE, "A pot."),
        (BlockKind.PARAGRAPH, "{{ code }} stays."),
    ]


def test_two_references_to_one_note_lead_to_it() -> None:
    found = read("One[^a] and two[^a].\n\n[^a]: First part.\n\n    Second part.\n")
    first, note = found.kept
    assert note.text == "First part. Second part."
    assert [first.text[s.start : s.end] for s in first.spans if s.kind == "note"] == ["[1]", "[1]"]
    assert {s.value for s in first.spans if s.kind == "note"} == {note.anchor}


def test_a_paper_as_pandoc_writes_it() -> None:
    found = read((Path(__file__).parents[2] / "data" / "texts" / "pandoc.md").read_text(encoding="utf-8"))
    assert (found.title, found.byline, found.published, found.summary) == (
        "The Sound of Bridges",
        "Ana Writer, Bo Reader",
        date(2026, 2, 3),
        "Bridges hum in the wind. We say why, and how to make them quiet.",
    )
    assert [(b.level, b.text) for b in found.kept if b.kind is BlockKind.HEADING] == [
        (1, "The Sound of Bridges"),
        (2, "Why a bridge sings"),
        (3, "What others heard"),
        (2, "What we measured"),
        (2, "How to make it quiet"),
    ]
    (table,) = (b for b in found.kept if b.kind is BlockKind.TABLE)
    assert (table.text, table.rows) == (
        "Tones by wind.",
        (("Rail", "Wind", "Tone"), ("thin", "10", "440"), ("thick", "12", "220")),
    )
    kinds = [b.kind for b in found.kept]
    assert [kinds.count(k) for k in (BlockKind.ITEM, BlockKind.QUOTE, BlockKind.CODE, BlockKind.FIGURE)] == [4, 1, 1, 1]
    assert [b.text for b in found.kept if b.kind is BlockKind.NOTE] == [
        "The swirls are called a street.",
        "The data are for anybody to use. A second paragraph of the note.",
    ]
    assert {reason for reason, _ in skipped(found)} == {"formula", "reference"}


MILLION = 1_000_000
HOSTILE = {
    "stars": "*" * MILLION,
    "quotes": "> " * (MILLION // 2),
    "brackets": "[" * 100_000,
    "nested lists": "".join("  " * n + "- a\n" for n in range(900)),
    "one line": "word " * 10_000,
    "tables": "|a|\n|-|\n" + "|a|\n" * 100_000,
    "elements": "<div>" * 100_000,
    "rules of tables": "a" * 100_000 + "\n--- ---\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_markdown_is_answered_or_refused_in_time(name: str) -> None:
    start = process_time()
    with contextlib.suppress(InputError):
        read(HOSTILE[name])
    assert process_time() - start < 4  # seconds of the processor; half of it on a quiet machine


def test_control_characters_around_what_is_left_out_do_no_harm() -> None:
    title, line = read("# Tea\n\n\x1b:smile::, and hot.\n").kept
    assert title.text == "Tea"
    assert "and hot." in line.text
