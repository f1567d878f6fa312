"""English, after the normaliser: figures that it left."""

from __future__ import annotations

import re

from voice_app.script.rules.en.words import year
from voice_app.script.rules.rule import Rule

RULES = (
    Rule(
        name="four figures are said in pairs",
        pattern=re.compile(r"(?<![\w.,:/$€£¥%+-])(1[1-9]\d\d|20\d\d)(?![\w%]|[.,:/-]\d)"),
        say=lambda m: year(int(m.group(1))),
        examples=(
            ("the law of 2008 holds", "the law of two thousand eight holds"),
            ("Flight 1549", "Flight fifteen forty-nine"),
            ("class of 1905.", "class of nineteen oh five."),
            ("the year 2000", "the year two thousand"),
            ("9999 of them", "9999 of them"),
        ),
    ),
)
