"""Prices: so much for each, for each person, and what is added. They run behind the rules of money."""

from __future__ import annotations

import re

from voice_app.script.rules.en.words import written_out
from voice_app.script.rules.rule import Rule

_TIMES = {"n": "night", "w": "week"}
_EACH = {
    "min": "minute", "mo": "month", "yr": "year", "hr": "hour", "kg": "kilogram", "lb": "pound", "oz": "ounce",
    "gal": "gallon",
}  # fmt: skip

RULES = (
    Rule(
        name="sizes of clothes",
        pattern=re.compile(r"(?<![\w/])(?:X{0,3}[SL]|M)(?:/(?:X{0,3}[SL]|M)){1,6}(?![\w/])"),
        say=lambda m: m.group().replace("/", ", "),
        examples=(("in S/M/L/XL.", "in S, M, L, XL."), ("M/L", "M, L"), ("km/L", "km/L")),
    ),
    Rule(
        name="so much for each",
        pattern=re.compile(
            r"(?:(?<=[\d€£])|(?<=dollars)|(?<=euros)|(?<=pounds)|(?<=pence)|(?<=cents)|(?<=yen))/(min|minute|month|year|day|hour|week|night|person|kg|mo|yr|hr|barrel|share|ounce|oz|gallon|gal|ton|tonne|"
            r"lb|litre|liter|unit|seat|user)\b(?:\.(?= [a-z]))?",
            re.IGNORECASE,
        ),
        say=lambda m: f" per {_EACH.get(m.group(1).lower(), m.group(1))}",
        examples=(("$10/month", "$10 per month"), ("20 €/hr", "20 € per hour"), ("either/or", "either/or")),
    ),
    Rule(
        name="so much for each person",
        pattern=re.compile(r"(?P<price>[$€£]\d[\d,]{0,6}(?:\.\d\d)?) ?(?:pp(?:p(?P<time>[nw]))?\b|p\.p\.(?!\w))"),
        say=lambda m: written_out(m, f"{m['price']} per person" + (f" per {_TIMES[m['time']]}" if m["time"] else "")),
        examples=(
            ("from £120pppn", "from £120 per person per night"),
            ("€45 pp.", "€45 per person."),
            ("pp. 5", "pp. 5"),
        ),
    ),
    Rule(
        name="and what is added",
        pattern=re.compile(r"(?<=\d)\s?\+\s?(?=(?:VAT|GST|tax|tip|shipping|postage|fees?|p&p)\b)"),
        say=" plus ",
        examples=(
            ("£12.50+VAT", "£12.50 plus VAT"),
            ("$5 + tax", "$5 plus tax"),
            ("18+ tax", "18 plus tax"),
            ("2+2", "2+2"),
        ),
    ),
)
