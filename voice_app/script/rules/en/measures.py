"""Quantities with units, blood pressure, heights."""

from __future__ import annotations

import re

from voice_app.script.rules.rule import Rule

# unit -> (one, many); only after a number
_UNITS = {
    "mg": ("milligram", "milligrams"), "kg": ("kilogram", "kilograms"), "g": ("gram", "grams"),
    "µg": ("microgram", "micrograms"), "μg": ("microgram", "micrograms"), "mcg": ("microgram", "micrograms"),
    "mL": ("milliliter", "milliliters"), "ml": ("milliliter", "milliliters"), "dL": ("deciliter", "deciliters"),
    "L": ("liter", "liters"), "mm": ("millimeter", "millimeters"), "cm": ("centimeter", "centimeters"),
    "km": ("kilometer", "kilometers"), "m": ("meter", "meters"), "km/h": ("kilometer per hour", "kilometers per hour"),
    "mph": ("mile per hour", "miles per hour"), "lb": ("pound", "pounds"), "lbs": ("pound", "pounds"),
    "oz": ("ounce", "ounces"), "ft": ("foot", "feet"), "kB": ("kilobyte", "kilobytes"), "MB": ("megabyte", "megabytes"),
    "GB": ("gigabyte", "gigabytes"), "TB": ("terabyte", "terabytes"), "Hz": ("hertz", "hertz"),
    "kHz": ("kilohertz", "kilohertz"), "MHz": ("megahertz", "megahertz"), "GHz": ("gigahertz", "gigahertz"),
    "ms": ("millisecond", "milliseconds"), "kW": ("kilowatt", "kilowatts"), "kWh": ("kilowatt hour", "kilowatt hours"),
    "kcal": ("kilocalorie", "kilocalories"), "mmol": ("millimole", "millimoles"), "IU": ("unit", "units"),
    "°C": ("degree Celsius", "degrees Celsius"), "°F": ("degree Fahrenheit", "degrees Fahrenheit"),
    "°": ("degree", "degrees"), "ng": ("nanogram", "nanograms"), "kbps": ("kilobit per second", "kilobits per second"),
    "Mbps": ("megabit per second", "megabits per second"), "Gbps": ("gigabit per second", "gigabits per second"),
    "sq km": ("square kilometer", "square kilometers"), "sq m": ("square meter", "square meters"),
    "sq ft": ("square foot", "square feet"), "sq mi": ("square mile", "square miles"), "sec": ("second", "seconds"),
    "secs": ("second", "seconds"), "min": ("minute", "minutes"), "mins": ("minute", "minutes"),
    "hr": ("hour", "hours"), "hrs": ("hour", "hours"), "yr": ("year", "years"), "yrs": ("year", "years"),
    "wks": ("week", "weeks"),
}  # fmt: skip
_PER = {"mL", "ml", "dL", "L", "kg", "day", "h", "hour", "min", "week", "s", "m", "cm", "month", "year"}
_PER_WORDS = {"h": "hour", "min": "minute", "s": "second"}
_NUMBER = r"(?P<number>\d[\d,]*(?:\.\d+)?)"


def _alternatives(units: set[str] | dict[str, tuple[str, str]]) -> str:
    return "|".join(sorted(map(re.escape, units), key=len, reverse=True))


def _quantity(match: re.Match[str]) -> str:
    number, per = match.group("number"), match.group("per")
    said = f"{number} {_UNITS[match.group('unit')][number != '1']}"
    if per:
        said += f" per {_UNITS[per][0] if per in _UNITS else _PER_WORDS.get(per, per)}"
    return said


def _pressure(match: re.Match[str]) -> str:
    unit = " millimeters of mercury" if match.group("unit") else ""
    return f"{match.group('lead') or ''}{match.group('above')} over {match.group('below')}{unit}"


RULES = (
    Rule(
        name="blood pressure",
        pattern=re.compile(
            r"(?P<lead>(?:\bBP|[Bb]lood pressure)(?: (?:is|was|of|at|below|above|under|over)){0,2} )?"
            r"(?<![\d/])(?P<above>\d{2,3})/(?P<below>\d{2,3})(?![\d/])(?P<unit>\s?mm\s?Hg)?"
        ),
        say=lambda m: _pressure(m) if m.group("lead") or m.group("unit") else m.group(),
        examples=(
            ("120/80 mmHg", "120 over 80 millimeters of mercury"),
            ("a blood pressure of 120/80", "a blood pressure of 120 over 80"),
            ("route 66/77", "route 66/77"),
        ),
    ),
    Rule(
        name="decimal commas",
        pattern=re.compile(r"(?<![\d.,])(\d+),(\d{1,2})(?=\s?(?:%|€|°))"),
        say=r"\1.\2",
        examples=(("up 1,9%", "up 1.9%"), ("3,50 €", "3.50 €"), ("10,000 and 1, 9%", "10,000 and 1, 9%")),
    ),
    Rule(
        name="sizes",
        pattern=re.compile(
            rf"(?<![\w.,])(?P<all>\d[\d.]*(?:\s?[x×]\s?\d[\d.]*){{1,2}})(?=\s?(?:{_alternatives(_UNITS)})(?![\w/]))"
        ),
        say=lambda m: re.sub(r"\s?[x×]\s?", " by ", m.group()),
        examples=(
            ("4 × 5 m", "4 by 5 m"),
            ("3 x 4 x 5 cm", "3 by 4 by 5 cm"),
            ("6 × 7 = 42", "6 × 7 = 42"),
        ),
    ),
    Rule(
        name="fine dust",
        pattern=re.compile(r"\bPM(2\.5|10)\b"),
        say=r"P M \1",
        examples=(("PM2.5 was high", "P M 2.5 was high"), ("PM10", "P M 10"), ("5 PM", "5 PM")),
    ),
    Rule(
        name="quantities",
        pattern=re.compile(
            rf"{_NUMBER}(?:\s|-)?(?P<unit>{_alternatives(_UNITS)})(?:/(?P<per>{_alternatives(_PER)}))?(?![\w/°])(?:\.(?=\s[a-z]))?"
        ),
        say=_quantity,
        examples=(
            ("10-20 mg daily", "10-20 milligrams daily"),
            ("5 mg/mL", "5 milligrams per milliliter"),
            ("1 km away", "1 kilometer away"),
            ("90 km/h", "90 kilometers per hour"),
            ("21 °C", "21 degrees Celsius"),
            ("150 lbs. of it", "150 pounds of it"),
            ("15 mins", "15 minutes"),
            ("the mg family", "the mg family"),
            ("5 Ms", "5 Ms"),
        ),
    ),
    Rule(
        name="feet and inches",
        pattern=re.compile(r"(?<!\d)(\d{1,2})['’′]\s?(\d{1,2})(?:[\"”″]|'')"),
        say=r"\1 feet \2 inches",
        examples=(("6'2\" tall", "6 feet 2 inches tall"), ("5’11”", "5 feet 11 inches"), ("the '90s", "the '90s")),
    ),
)
