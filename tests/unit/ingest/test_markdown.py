"""Markdown: all of it is read, with its structure."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from voice_app.errors import NoArticleError
from voice_app.ingest.formats import markdown
from voice_app.model import BlockKind, Document, Source

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
    return markdown.read(
        Source(origin="a.md", media_type="text/markdown", body=body.encode(), fetched_at=datetime.now(UTC))
    )


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
