"""One written text -> its spoken form and the map between the two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from voice_app.model import Alignment
from voice_app.script import capitals
from voice_app.script.mapped import Edit, Mapped
from voice_app.script.normaliser import is_plain, normalise
from voice_app.script.rules import en, every
from voice_app.script.rules.rule import apply

KEPT = 4_096  # sentences: four hours of sound, so that one edit of a long article renders one sentence; about 8 MB
_GAP = re.compile(r"^\s+|\s+$|\s{2,}|\s+(?=[,.;:!?](?!\d))")


def spoken_form(
    written: str, language: str, *, known: frozenset[str] = capitals.KNOWN, edits: Sequence[Edit] = ()
) -> tuple[str, tuple[Alignment, ...]]:
    """What is said for `written`, and how the two align. Empty when there is nothing to say.

    `edits` are made first; they must not overlap.
    """
    return _spoken_form(written, language, known, tuple(edits))


@lru_cache(maxsize=KEPT)
def _spoken_form(
    written: str, language: str, known: frozenset[str], edits: tuple[Edit, ...]
) -> tuple[str, tuple[Alignment, ...]]:
    text = Mapped(written)
    text.apply(edits)
    apply(every.RULES, text)
    is_english = language.split("-")[0].lower() == "en"
    if is_english:
        capitals.lower(text, known)
        apply(en.rules_for(text.text), text)
        text = _without_figures(text)
    normalise(text, language.lower())
    if is_english:
        apply(en.AFTER, text)
    text.apply(
        Edit(start=m.start(), end=m.end(), text=" " if _inside(m, text.text) else "") for m in _GAP.finditer(text.text)
    )
    if not any(c.isalnum() for c in text.text):
        return "", ()
    return text.text, text.alignments()


def _without_figures(text: Mapped) -> Mapped:
    """The text with its figures in words if the simple rules can do that for all of them, else as it was."""
    simple = text.copy()
    return simple if apply(en.FIGURES, simple) and is_plain(simple.text) else text


def _inside(match: re.Match[str], text: str) -> bool:
    at_an_edge = match.start() == 0 or match.end() == len(text)
    return not at_an_edge and text[match.end()] not in ",.;:!?"
