"""Quantities: a number and its unit, and what they are measured by."""

from __future__ import annotations

import re

from voice_app.script.rules.en.units import (
    COUNTED,
    KNOWN_ALONE,
    KNOWN_BEFORE_STROKE,
    NO_THING,
    PER,
    PRICED,
    SKY,
    STOP,
    THINGS,
    UNIT_LIKE,
    UNITS,
    WHOLE,
    either,
)
from voice_app.script.rules.rule import Rule

_FRACTION = r"\d/\d{1,2}|[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]"
_POWER = r"(?:\^[-−]?\d{1,3}|⁻?[⁰¹²³⁴-⁹]{1,3})?"
_SCALE = "(?: (?:thousand|million|billion|trillion))?"
_NUMBER = rf"(?<!\w)(?<!\d[.,])(?P<number>(?:\d{{1,3}}[ -]?)?(?:{_FRACTION})|{WHOLE}\+?{_POWER}{_SCALE})"
_SPECIAL = {"in": ("inch", "inches"), "bps": ("basis point", "basis points")}
_POINTS = r"(?<!\d{4})(?<!\d{4} )(?<!,\d{3})(?<!,\d{3} )bps\b"  # of money; thousands would be bits per second
_INCHES = r"(?<=\d)in(?![\w^-])|in(?=\.(?:\s[a-z]|[,;)])| (?:wide|long|tall|high|deep|thick|apart|across|x|by|×)\b)"
_ILLNESS = r"TB (?:cases?|deaths?|drugs?|infections?|patients?|tests?|vaccines?|wards?)\b"
_UNIT = rf"(?P<special>{_INCHES}|{_POINTS})|(?!{_ILLNESS})(?P<unit>{UNIT_LIKE})(?![\w²³]|\.\w)"
_STROKES = rf"(?:\s?/\s?(?:\d[\d,.]*\s?)?{UNIT_LIKE}(?![\w²³])){{0,3}}"
_STROKE = re.compile(rf"\s?/\s?(?P<number>\d[\d,.]*)?\s?(?P<unit>{UNIT_LIKE})(?![\w²³])")
_PRICE = rf"sq\.? ft|sq m|{UNIT_LIKE}"
# "a 10 km run": a unit between such a word and a name for the thing is said as one
_DETERMINER = re.compile(
    r"(?:^|[\s(“\"])(?:an?|the|another|this|that|new|single|standard)"
    r"(?: \d[\d.,]*(?: to| by|\s?[a-z]{1,3},)?){0,2} [-−+]?$",
    re.IGNORECASE,
)
_OTHER = r"(?:, \d[\d.]*[½¼¾]?[\s-]?[a-z]{1,3})?"  # the same in other units
_CALLED_BY_IT = re.compile(rf"{_OTHER} (?!(?:{NO_THING})\b)[A-Za-z]")
THING = re.compile(rf"{_OTHER} (?:{THINGS})\b")
_JUST_ONE = re.compile(r"(?<![\d.,/])(?<!\d )(?:1|[½¼¾⅓⅔]|\d/\d) ?$")
_SCALES = {"C": "Celsius", "F": "Fahrenheit"}
_GERMS = re.compile(r"\d (?:[CP]FU|cells|copies|eggs|colonies)$")
_ROUND = ("100", "1000", "1,000")


def _quantity(match: re.Match[str]) -> str:
    number, unit = match.group("number"), match.group("special") or match.group("unit")
    names = _SPECIAL.get(unit) if match.group("special") else UNITS.get(unit)
    if names is None:
        head = match.start("strokes") - match.start()
        return match.group()[:head] + _quantities(match.group()[head:])
    is_thing = match.group("hyphen") == "-" or calls_a_thing(match.string, match.start(), match.end())
    is_one = number == "1" or is_thing or _is_part(number)
    measured_by, at = _behind_strokes(match, unit)
    rest = _quantities(match.string[at : match.end()]) if at < match.end("strokes") else ""
    return f"{_grouped(number)} {names[not is_one]}{measured_by}{rest}"


def _quantities(text: str) -> str:
    """The quantities in what stands behind something that only looked like a unit."""
    return _QUANTITY.sub(_quantity, text) if "/" in text else text


def _behind_strokes(match: re.Match[str], above: str) -> tuple[str, int]:
    """What is said for the match's strokes, and where they end: at the first with something that is no unit."""
    said, at, end = "", match.start("strokes"), match.end("strokes")
    while (stroke := _STROKE.match(match.string, at, end)) and _is_known(stroke.group("unit")):
        said += _behind_stroke(stroke, above)
        at = stroke.end()
    return said, at


def _is_known(unit: str) -> bool:
    return unit in UNITS or unit in PER


def _is_part(number: str) -> bool:
    """Whether it is a fraction of one."""
    above, stroke, below = number.partition("/")
    if stroke and above.isdecimal():
        return int(above) < int(below)
    return re.fullmatch(_FRACTION, number) is not None


def calls_a_thing(text: str, start: int, end: int) -> bool:
    """Whether a thing is called by the quantity there: "a 5 kg bag", but "the 5 kilograms in it"."""
    if THING.match(text, end):
        return True
    return (
        _CALLED_BY_IT.match(text, end) is not None and _DETERMINER.search(text[max(0, start - 40) : start]) is not None
    )


def _behind_stroke(stroke: re.Match[str], above: str) -> str:
    """Per so much of a unit; the same unit with another number is no measure of it ("10 mg/20 mg")."""
    number, unit = stroke.group("number"), stroke.group("unit")
    one, many = UNITS.get(unit) or (PER[unit], PER[unit] + "s")
    if number is None or number == "1":
        return f" per {one}"
    if unit == above and number not in _ROUND:
        return f", {number} {many}"
    return f" per {number} {many}"


def _one(unit: str) -> str:
    return UNITS[unit][0] if unit in UNITS else PER[unit]


def _rate(match: re.Match[str]) -> str:
    counted, per, price = match.group("what") or "", match.group("per"), match.group("price")
    if not (_is_known(per) if per else price in PRICED):
        return match.group()
    return f"{'days' if counted == 'd' else counted} per {_one(per or price)}"


def _grouped(number: str) -> str:
    """Four figures before a unit are never a year."""
    return f"{int(number):,}" if re.fullmatch(r"[1-9]\d{3,5}", number) else number


def _heading(match: re.Match[str]) -> str:
    unit = match.group("above") or match.group("alone")
    if match.group("strokes") is None:
        return UNITS[unit][1]
    measured_by, at = _behind_strokes(match, unit)
    return f"{UNITS[unit][1]}{measured_by}" if at == match.end() else match.group()


def _from_to(match: re.Match[str]) -> str:
    """Between different units only a dash says "to"; a hyphen joins feet and inches."""
    unit, other = match.group("unit"), match.group("next")
    is_range = unit == other or (match.group("dash") == "–" and other in UNITS)
    return f"{match.group(1)} to " if unit in UNITS and is_range else match.group()


def _thousands(match: re.Match[str]) -> str:
    if match.group("unit") not in UNITS:
        return match.group()
    return f"{int(match.group(1)):,} {match.group(2).strip(' –-') or 'to'} "


_QUANTITY = re.compile(rf"{_NUMBER}(?P<hyphen>\s|-)?(?:{_UNIT})(?P<strokes>{_STROKES})(?!['’]s|°){STOP}")


RULES = (
    Rule(
        name="from one measure to another",
        pattern=re.compile(
            rf"((?<![\w.,]){WHOLE}\s?(?P<unit>{UNIT_LIKE}))\.?\s?(?P<dash>[–-])\s?"
            rf"(?={WHOLE}\s?(?P<next>{UNIT_LIKE})(?![\w/²³]))"
        ),
        say=_from_to,
        examples=(
            ("5mg-10mg", "5mg to 10mg"),
            ("2 ft - 3 ft", "2 ft to 3 ft"),
            ("6 mo.–5 yr.", "6 mo to 5 yr."),
            ("5 ft-6 in", "5 ft-6 in"),
        ),
    ),
    Rule(
        name="thousands of a unit",
        pattern=re.compile(
            r"(?<![\w.,/$£-])(?<!€)([1-9]\d{3,5})(\s?[–-]\s?| (?:to|and|or) )"
            rf"(?=\d[\d,]{{3,6}}\s?(?P<unit>{UNIT_LIKE})(?!\w))"
        ),
        say=_thousands,
        examples=(
            ("1000–2000 mg", "1,000 to 2000 mg"),
            ("1800 and 2500 m", "1,800 and 2500 m"),
            ("1998 and 5 m", "1998 and 5 m"),
        ),
    ),
    Rule(
        name="raised minus one is a stroke",
        pattern=re.compile(r"(?<=[A-Za-zµ²³¹])[ ·⋅]?(kg|min|day|mL|dL|mol|cm|km|ha|[hdsLmgK])⁻([¹²³])(?!\w)"),
        say=lambda m: f"/{m.group(1)}{m.group(2).strip('¹')}",
        examples=(("5 m s⁻¹", "5 m/s"), ("3 W m⁻²", "3 W/m²"), ("10⁻¹", "10⁻¹")),
    ),
    Rule(
        name="units without a number",
        pattern=re.compile(
            rf"(?<![\w/.-])(?<!\d )(?P<above>{either(KNOWN_BEFORE_STROKE)})(?=/(?!(?:lbs?|oz|ft|in|mi)\b))"
            rf"(?P<strokes>{_STROKES})(?![\w/])|"
            rf"(?:(?<=\bin )|(?<=\bIn )|(?<=\())(?P<alone>{either(KNOWN_ALONE)})(?![\w/²³-]|\.\w)"
        ),
        say=_heading,
        examples=(
            ("in mg/dL", "in milligrams per deciliter"),
            ("(kg/m²)", "(kilograms per square meter)"),
            ("as mg/100 ml", "as milligrams per 100 milliliters"),
            ("weight in kg", "weight in kilograms"),
            ("(mL/min/1.73 m²)", "(milliliters per minute per 1.73 square meters)"),
            ("w/o sugar", "w/o sugar"),
            ("a kg/lb scale", "a kg/lb scale"),
        ),
    ),
    Rule(
        name="quantities",
        pattern=_QUANTITY,
        say=_quantity,
        examples=(
            ("10-20 mg daily", "10-20 milligrams daily"),
            ("5 mg/mL", "5 milligrams per milliliter"),
            ("1 km away", "1 kilometer away"),
            ("90 km/h", "90 kilometers per hour"),
            ("21 °C", "21 degrees Celsius"),
            ("150 lbs. of it", "150 pounds of it"),
            ("one: 16 dB. time of two: 3", "one: 16 decibels. time of two: 3"),
            ("15 mins", "15 minutes"),
            ("the mg family", "the mg family"),
            ("5 Ms", "5 Ms"),
            ("a 25 bps cut", "a 25 basis point cut"),
            ("9600 bps", "9600 bps"),
            ("12 TB cases", "12 TB cases"),
            ("the 2020 U.S. vote", "the 2020 U.S. vote"),
            ("a 10-km run", "a 10 kilometer run"),
            ("a 5 kg bag", "a 5 kilogram bag"),
            ("the 5 kg in it", "the 5 kilograms in it"),
            ("1 1/2 tsp. salt", "1 1/2 teaspoons salt"),
            ("½ tsp", "½ teaspoon"),
            ("0.5 mL/min/1.73 m²", "0.5 milliliters per minute per 1.73 square meters"),
            ("60 kcal/100 g", "60 kilocalories per 100 grams"),
            ("10 mg/20 mg", "10 milligrams, 20 milligrams"),
            ("1905 m", "1,905 meters"),
            ("9.8 m/s²", "9.8 meters per second squared"),
            ("5 sq. ft. in all", "5 square feet in all"),
        ),
    ),
    Rule(
        name="so many for each",
        pattern=re.compile(
            rf"(?:(?<=\d )(?P<what>{COUNTED})\s?/\s?(?P<per>{UNIT_LIKE})|"
            rf"(?<=[\d⁰¹²³⁴-⁹p¢%])\s?/\s?(?P<price>{_PRICE}))(?![\w²³/])"
        ),
        say=_rate,
        examples=(
            ("350 cells/mm³", "350 cells per cubic millimeter"),
            ("5 hours/day", "5 hours per day"),
            ("$1,900/oz", "$1,900 per ounce"),
            ("12p/kWh", "12p per kilowatt hour"),
            ("5 cells/plates", "5 cells/plates"),
        ),
    ),
    Rule(
        name="so many in so much",
        pattern=re.compile(r"(?<=[a-zU])/(?=\d[\d,.]{0,6} (?:(?:milli|micro|deci)?liters|grams|kilograms)\b)"),
        say=lambda m: " per " if _GERMS.search(m.string, 0, m.start()) else "/",
        examples=(
            ("12 CFU/100 milliliters", "12 CFU per 100 milliliters"),
            ("5 cells/10 microliters", "5 cells per 10 microliters"),
            ("and/5 liters", "and/5 liters"),
        ),
    ),
    Rule(
        name="of so many thousands",
        pattern=re.compile(r"(?<![\w.,/])(\d+(?:\.\d+)?)\s?/\s?(1,?000|10,?000|100,?000|1,000,000)(?![\w/]|[.,]\d)"),
        say=lambda m: f"{m.group(1)} per {int(m.group(2).replace(',', '')):,}",
        examples=(("12/100,000", "12 per 100,000"), ("3.5/1000", "3.5 per 1,000"), ("5/10", "5/10")),
    ),
    Rule(
        name="per unit",
        pattern=re.compile(
            r"(?<=\bper )(m²|m³|km²|kg|km|mL|dL|L|kWh|mm³|cm²|cm³|min|mg|sq\. ?ft|sq ft)(?![\w²³])(?:\.(?=\s[a-z]))?"
        ),
        say=lambda m: UNITS[m.group(1)][0],
        examples=(
            ("20 euros per m²", "20 euros per square meter"),
            ("dose per kg", "dose per kilogram"),
            ("per min.", "per minute."),
            ("per men", "per men"),
        ),
    ),
    Rule(
        name="areas and degrees without a number",
        pattern=re.compile(r"(?<![\w/])(?:(?:mm|cm|km|m|ft)[²³]|°[CF]|(?<=\bdegrees )[CF])(?!\w|\.\w)"),
        say=lambda m: _SCALES.get(m.group()) or UNITS[m.group()][1],
        examples=(
            ("in km²", "in square kilometers"),
            ("in °C", "in degrees Celsius"),
            ("375 degrees F", "375 degrees Fahrenheit"),
            ("am²", "am²"),
        ),
    ),
    Rule(
        name="a unit behind brackets",
        pattern=re.compile(r"(?<=\d\) )(kg|mg|mm|cm|km|mL|ms|kcal|min|g)(?![\w/])"),
        say=lambda m: UNITS[m.group()][1],
        examples=(
            ("5.4 (± 0.3) kg", "5.4 (± 0.3) kilograms"),
            ("7 (2) min", "7 (2) minutes"),
            ("(see 2) go", "(see 2) go"),
        ),
    ),
    Rule(
        name="cups",
        pattern=re.compile(
            r"c\.(?:(?<=[\d½¼¾⅓⅔] c.)|(?<=[\d½¼¾⅓⅔]c.))(?= \(?[a-z\d(])(?! \d{4})|C(?<=\d/\d C)(?![\w°])"
        ),
        say=lambda m: "cup" if _JUST_ONE.search(m.string[: m.start()]) else "cups",
        examples=(
            ("2 c. flour", "2 cups flour"),
            ("½ c. milk", "½ cup milk"),
            ("1/4 C oil", "1/4 cup oil"),
            ("in 3 c. 1750", "in 3 c. 1750"),
        ),
    ),
    Rule(
        name="so far in a direction",
        pattern=re.compile(
            r"(?:(?<=meters )|(?<=miles )|(?<=mile ))([NS][EW]?|[EW])(?= of\b)|\b([NSEW])\.(?= of [A-Z])"
        ),
        say=lambda m: " ".join(SKY[letter] for letter in m[1] or m[2]).replace("th ", "th"),
        examples=(
            ("5 kilometers N of it", "5 kilometers north of it"),
            ("3 miles SW of", "3 miles southwest of"),
            ("N. of Rome", "north of Rome"),
            ("N of it", "N of it"),
        ),
    ),
)
