"""English, after the normaliser: figures and signs that it left."""

from __future__ import annotations

import re

from voice_app.script.rules.en.words import cardinal, year
from voice_app.script.rules.rule import Rule

RULES = (
    Rule(
        name="sharps and flats",
        pattern=re.compile(r"\b([A-G])(?:(#|♯)|♭|(?:b(?= (?:major|minor|flute|clarinet|trumpet))))(?!\w)"),
        say=lambda m: f"{m[1]} {'sharp' if m[2] else 'flat'}",
        examples=(
            ("in C# minor", "in C sharp minor"),
            ("a B♭.", "a B flat."),
            ("Eb major", "E flat major"),
            ("Ab is a name", "Ab is a name"),
        ),
    ),
    Rule(
        name="four figures are said in pairs",
        pattern=re.compile(r"(?<![\w.,:/$£¥%+])(?<!€)(?<!\d-)(1[1-9]\d\d|20\d\d)(?![\w%]|[.,:/-]\d)"),
        say=lambda m: year(int(m.group(1))),
        examples=(
            ("the law of 2008 holds", "the law of two thousand eight holds"),
            ("Flight 1549", "Flight fifteen forty-nine"),
            ("class of 1905.", "class of nineteen oh five."),
            ("pre-2000 cars", "pre-two thousand cars"),
            ("9999 of them", "9999 of them"),
        ),
    ),
    Rule(
        name="before and after noon are one word in capitals",  # "A M" would be the article and a letter
        pattern=re.compile(r"\b([AP]) M\b"),
        say=r"\1M",
        examples=(("nine A M sharp", "nine AM sharp"), ("five P M", "five PM"), ("I AM HERE", "I AM HERE")),
    ),
    Rule(
        name="full hours after noon",
        pattern=re.compile(
            rf"\b({'|'.join(cardinal(hour) for hour in range(13, 20))}|twenty(?:[ -](?:one|two|three))?) o['’]clock"
        ),
        say=r"\1 hundred",
        examples=(
            ("until seventeen o'clock", "until seventeen hundred"),
            ("twenty two o'clock", "twenty two hundred"),
            ("eleven o'clock", "eleven o'clock"),
        ),
    ),
    Rule(
        name="four figures that are no year are a number",
        pattern=re.compile(r"(?<![\w.,:/$£¥%+-])(?<!€)([2-9]\d\d\d)(?![\w%]|[.,:/-]\d)"),
        say=lambda m: cardinal(int(m.group(1))),
        examples=(
            ("2500 cars", "two thousand five hundred cars"),
            ("9999.", "nine thousand nine hundred ninety-nine."),
            ("555-0123", "555-0123"),
        ),
    ),
)
