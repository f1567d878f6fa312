"""English, in the order in which the rules run: RULES before the normaliser, FIGURES instead of it, AFTER behind it."""

from voice_app.script.rules.en import (
    abbreviations,
    addresses,
    dates,
    days,
    doses,
    figures,
    fractions,
    leftovers,
    measures,
    money,
    names,
    quantities,
    ranges,
    symbols,
    telephones,
)

RULES = (
    *addresses.RULES,
    *telephones.RULES,
    *money.RULES,
    *names.RULES,
    *dates.RULES,
    *ranges.RULES,
    *measures.RULES,
    *quantities.RULES,
    *fractions.RULES,
    *abbreviations.RULES,
    *doses.RULES,
    *days.RULES,
    *symbols.RULES,
)
FIGURES = figures.RULES
AFTER = leftovers.RULES
