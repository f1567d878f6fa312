"""English: the rules that run before the normaliser, FIGURES instead of it, AFTER behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from voice_app.script.rules.en import (
    abbreviations,
    addresses,
    brackets,
    computing,
    days,
    doses,
    figures,
    leftovers,
    quantities,
    roman,
    symbols,
    telephones,
)
from voice_app.script.rules.rule import Rule

# those of full.RULES that may find something where no figure, fraction or stroke stands, as in two sentences of three
WITHOUT_FIGURES = (
    *brackets.RULES,
    *addresses.RULES,
    *telephones.RULES,
    *computing.RULES,
    *quantities.RULES,
    *abbreviations.RULES,
    *roman.RULES,
    *doses.RULES,
    *days.RULES,
    *symbols.RULES,
)
FIGURES = figures.RULES
AFTER = leftovers.RULES
FIGURE = re.compile(r"[\d½⅓⅔¼¾⅕-⅞⁰¹²³⁴-⁹/]")


def rules_for(text: str) -> Sequence[Rule]:
    """The rules that can find something in the text, in the order in which they run.

    Most families need a figure. They are compiled when the first one is met, which halves what a start takes.
    """
    if FIGURE.search(text) is None:
        return WITHOUT_FIGURES
    from voice_app.script.rules.en.full import RULES

    return RULES
