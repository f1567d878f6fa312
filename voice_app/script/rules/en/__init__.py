"""English, in the order in which the rules run: RULES before the normaliser, FIGURES instead of it, AFTER behind it."""

from voice_app.script.rules.en import (
    abbreviations,
    addresses,
    days,
    doses,
    figures,
    fractions,
    leftovers,
    measures,
    money,
    ranges,
    symbols,
)

RULES = (
    *addresses.RULES,
    *money.RULES,
    *ranges.RULES,
    *measures.RULES,
    *fractions.RULES,
    *abbreviations.RULES,
    *doses.RULES,
    *days.RULES,
    *symbols.RULES,
)
FIGURES = figures.RULES
AFTER = leftovers.RULES
