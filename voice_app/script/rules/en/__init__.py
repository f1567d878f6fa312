"""English, in the order in which the rules run."""

from voice_app.script.rules.en import abbreviations, addresses, fractions, measures, symbols

RULES = (
    *addresses.RULES,
    *measures.RULES,
    *fractions.RULES,
    *abbreviations.RULES,
    *symbols.RULES,
)
