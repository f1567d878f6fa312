"""English, in the order in which the rules run: RULES before the normaliser, FIGURES instead of it, AFTER behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from voice_app.script.rules.en import (
    abbreviations,
    addresses,
    brackets,
    computing,
    dates,
    days,
    doses,
    figures,
    fractions,
    law,
    leftovers,
    lives,
    measures,
    money,
    names,
    prices,
    quantities,
    ranges,
    roman,
    science,
    sports,
    symbols,
    telephones,
)
from voice_app.script.rules.rule import Rule

RULES = (
    *brackets.RULES,
    *addresses.RULES,
    *telephones.RULES,
    *computing.RULES,
    *money.RULES,
    *prices.RULES,
    *law.RULES,
    *sports.RULES,
    *names.RULES,
    *lives.RULES,
    *dates.RULES,
    *ranges.RULES,
    *science.RULES,
    *measures.RULES,
    *quantities.RULES,
    *fractions.RULES,
    *abbreviations.RULES,
    *roman.RULES,
    *doses.RULES,
    *days.RULES,
    *symbols.RULES,
)
FIGURES = figures.RULES
AFTER = leftovers.RULES

# Those of RULES that may find something where no figure, fraction or stroke stands, as in two sentences of three. The
# other families need one.
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
FIGURE = re.compile(r"[\d½⅓⅔¼¾⅕-⅞⁰¹²³⁴-⁹/]")


def rules_for(text: str) -> Sequence[Rule]:
    """Those of RULES that can find something in the text."""
    return RULES if FIGURE.search(text) else WITHOUT_FIGURES
