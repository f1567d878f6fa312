"""Articles that have one of everything, for the pages to show."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from voice_app.model import Block, BlockKind, Document, Span, Treatment


def _heading(text: str, level: int = 2) -> Block:
    return Block(kind=BlockKind.HEADING, text=text, level=level)


def _paragraph(text: str, **more: object) -> Block:
    return Block(kind=BlockKind.PARAGRAPH, text=text, **more)  # type: ignore[arg-type]


def _item(text: str, level: int = 1, marker: str = "") -> Block:
    return Block(kind=BlockKind.ITEM, text=text, level=level, marker=marker)


def _span(text: str, part: str, kind: str, value: str = "") -> Span:
    start = text.index(part)
    return Span(start=start, end=start + len(part), kind=kind, value=value)


_SALT = "In 1810 the city kept a tide mill at the harbour’s mouth, and with it a clerk who wrote down every flood. "
_SALT += "His book is called Regnbogen, and nobody had opened it for ninety years.1"
_LINKED = "The harbour office still keeps the whole series of books. They fill eleven metres of shelf."

LIGHTHOUSE = Document(
    title="The clerk who measured the sea",
    byline="Ada Marsh",
    published=date(2025, 5, 3),
    source_url="https://www.example.org/clerk",
    summary="A forgotten tide book turns out to be one of the longest measurements of the sea.",
    blocks=(
        Block(
            kind=BlockKind.PARAGRAPH,
            text="Home · News · Science",
            treatment=Treatment.SKIPPED,
            reason="menu",
        ),
        _heading("The clerk who measured the sea", 1),
        _paragraph(
            "A forgotten tide book turns out to be one of the longest measurements of the sea.", standfirst=True
        ),
        _paragraph(
            _SALT,
            spans=(
                _span(_SALT, "Regnbogen", "lang", "de"),
                Span(start=len(_SALT) - 1, end=len(_SALT), kind="note", value="1"),
            ),
        ),
        _paragraph(_LINKED, spans=(_span(_LINKED, "the whole series", "link", "https://example.org/series"),)),
        _heading("What he wrote down"),
        _paragraph("Each line has four parts. He never left one out, not even on the day his house burned."),
        _item("the hour of high water"),
        _item("its height above the sill, in feet and inches"),
        _item("measured twice", 2),
        _item("the wind"),
        Block(
            kind=BlockKind.TABLE,
            text="High water in a week of March 1811",
            rows=(("Day", "Height", "Wind"), ("Monday", "9 feet", "west"), ("Tuesday", "11 feet", "north-west")),
        ),
        Block(
            kind=BlockKind.QUOTE,
            text="The sea came in at the door today. I have marked the height on the wall, and shall measure it dry.",
        ),
        _heading("How it is used today"),
        _paragraph("A short program turns the inches into metres. The rest is patience, and a good deal of vinegar."),
        Block(
            kind=BlockKind.CODE,
            text="def metres(feet, inches):\n    return (feet * 12 + inches) * 0.0254",
            marker="python",
            treatment=Treatment.ANNOUNCED,
            reason="code is not read out",
        ),
        Block(kind=BlockKind.FIGURE, text="A page of the book, its edges eaten by salt."),
        _paragraph("The book will be shown in the harbour office from June."),
        Block(kind=BlockKind.NOTE, text="It was found behind a stove in 2019.", marker="1", anchor="1"),
        _paragraph("Sign up for our letter", treatment=Treatment.SKIPPED, reason="newsletter sign-up"),
    ),
)

BREAD = Document(
    title="Bread needs less from you than you think",
    byline="Jo Okafor",
    blocks=(
        _heading("Bread needs less from you than you think", 1),
        _paragraph("Flour, water, salt and a night. That is the whole list."),
        _paragraph("Fold it once before you sleep."),
    ),
)


def long_document(title: str, paragraphs: int) -> Document:
    """A text that fills several screens."""
    kept = [_heading(title, 1)]
    for number in range(paragraphs):
        if number and number % 8 == 0:
            kept.append(_heading(f"Part {number // 8 + 1}"))
        kept.append(
            _paragraph(f"This is paragraph {number + 1} of a walk along the coast. It goes past a wall and a gate.")
        )
    return Document(title=title, byline="Sam Long", blocks=tuple(kept))


def linked(document: Document, *, every: int) -> Document:
    """The same with a link in some of its paragraphs."""
    blocks = list(document.blocks)
    for number in range(1, len(blocks), every):
        block = blocks[number]
        spans = (_span(block.text, block.text.split()[-1], "link", f"https://example.org/{number}"),)
        blocks[number] = replace(block, spans=spans)
    return replace(document, blocks=tuple(blocks))
