"""One piece of an article to be said, before it is in its spoken form."""

from __future__ import annotations

from dataclasses import dataclass

from voice_app.script.mapped import Edit


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """`text` is as it is written; [start, end) is its place in the block's text, or -1, -1.

    `lead` is said before it and not written, as an item's number. `edits` are made to the text before it is said.
    An `aloud` one is none of the article's own words: it says what comes, or what is not read out.
    """

    text: str
    start: int = -1
    end: int = -1
    row: int | None = None
    lead: str = ""
    edits: tuple[Edit, ...] = ()
    aloud: bool = False


def aloud(text: str) -> Utterance:
    """Words that are not the article's."""
    return Utterance(text=text, aloud=True)
