"""Lives: what stands before years in brackets, and the old calendar. They run before dates, which say the years."""

from __future__ import annotations

import re

from voice_app.script.rules.rule import Rule

_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"

RULES = (
    Rule(
        name="dates of the old calendar",
        pattern=re.compile(r"\b([ON])\.S\.(?= \d|\])"),
        say=lambda m: "Old Style" if m[1] == "O" else "New Style",
        examples=(
            ("[O.S. 21 March]", "[Old Style 21 March]"),
            ("N.S. 4 May", "New Style 4 May"),
            ("the O.S. map", "the O.S. map"),
        ),
    ),
    Rule(
        name="born, died, flourished, reigned",
        pattern=re.compile(
            r"(?<![\w.])(?<!\d )(?P<what>[bd]|fl|r(?=\. (?:c\. )?\d{1,4}\s?[–-]))\. "
            r"(?=(?:c\. ?|ca\. ?|about )?(?:in )?(?:(?:1\d|20)\d\d\b|\d{1,4}(?:\s?[–-]\s?\d{1,4})? (?:BC|AD|CE)"
            r"|[1-9]\d\d[–)])"
            rf"|\d{{1,2}} (?:{_MONTHS})|(?:{_MONTHS})\w*\.? \d)"
        ),
        say=lambda m: {"b": "born ", "d": "died ", "fl": "flourished ", "r": "reigned "}[m.group("what")],
        examples=(
            ("Ann Day (b. 1920)", "Ann Day (born 1920)"),
            ("Leonardo, d. 2 May 1519", "Leonardo, died 2 May 1519"),
            ("Born 1452, d. about 1519", "Born 1452, died about 1519"),
            ("King John (r. 1199–1216)", "King John (reigned 1199–1216)"),
            ("Euclid (fl. 300 BC)", "Euclid (flourished 300 BC)"),
            ("plan b. 30 people", "plan b. 30 people"),
        ),
    ),
    Rule(
        name="from a year to a day",
        pattern=re.compile(
            rf" – (?:(?<=\d{{4}} – )|(?<=\d BC – )|(?<=\d AD – ))"
            rf"(?=(?:c\. |about )?(?:\d{{1,2}} (?:{_MONTHS})|\d{{3,4}}\b|AD \d))"
        ),
        say=" to ",
        examples=(
            ("(c. 1450 – 9 August 1516)", "(c. 1450 to 9 August 1516)"),
            ("(69 BC – 10 August 30 BC)", "(69 BC to 10 August 30 BC)"),
            ("in 1516 – a dry year", "in 1516 – a dry year"),
        ),
    ),
    Rule(
        name="one year or the other before our era",
        pattern=re.compile(r"(?<![\w/.,])([1-9]\d{0,2})/([1-9]\d{0,2})(?=(?:\s?[–-]\s?\d{1,3}(?:/\d{1,3})?)? B\.?C)"),
        say=r"\1 or \2",
        examples=(
            ("(428/427–348/347 BC)", "(428 or 427–348 or 347 BC)"),
            ("in 264/3 BC", "in 264 or 3 BC"),
            ("3/4 of it", "3/4 of it"),
        ),
    ),
)
