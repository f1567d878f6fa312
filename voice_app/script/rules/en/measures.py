"""Measures that need more than a unit: blood pressure, sizes, times, heights, places on the globe."""

from __future__ import annotations

import re

from voice_app.script.rules.en.quantities import THING, calls_a_thing
from voice_app.script.rules.en.units import IMPERIAL, METRIC, SKY, STOP, UNIT_LIKE, UNITS, WHOLE
from voice_app.script.rules.en.words import before
from voice_app.script.rules.rule import Rule

_COUNTS_PEOPLE = re.compile(r"\b(?:pop\.|[Ss]ome|population of) $")
_HAS_INCHES = re.compile(r" (?:TVs?|OLED|LCD|LED|wide|long|deep|thick|tall)\b")
_OF_PRESSURE = re.compile(r"\b(?:BP|[Bb]lood pressures?|[Hh]ypertension|[Ss]ystolic|[Rr]eadings?|[Cc]uff)\b")


def _many(number: str, one: str, many: str) -> str:
    return f"{number} {one if number == '1' else many}"


def _clock(match: re.Match[str]) -> str:
    parts = (("h", "hour"), ("m", "minute"), ("s", "second"))
    many = "" if calls_a_thing(match.string, match.start(), match.end()) else "s"
    return " ".join(_many(match.group(name), said, f"{said}{many}") for name, said in parts if match.group(name))


def _height(match: re.Match[str]) -> str:
    feet, inches = match.groups()
    if int(inches) > 11:  # of a race
        return f"{_many(feet, 'minute', 'minutes')} {_many(inches, 'second', 'seconds')}"
    if calls_a_thing(match.string, match.start(), match.end()):
        return f"{feet} foot {inches}"
    return f"{_many(feet, 'foot', 'feet')} {_many(inches, 'inch', 'inches')}"


def _place(match: re.Match[str]) -> str:
    degrees, minutes, seconds, sky = match.groups()
    said = [_many(degrees, "degree", "degrees")]
    said += [_many(minutes, "minute", "minutes")] if minutes else []
    said += [_many(seconds, "second", "seconds")] if seconds else []
    return " ".join([*said, SKY[sky]] if sky else said)


def _globe(short: str) -> str:
    return f"{short[0]}atitude " if short[1] == "a" else f"{short[0]}ongitude "


def _years(match: re.Match[str]) -> str:
    old = " old" if match.group("old") else match.group("more") or ""
    gap = match.group("gap") or " "
    return f"{gap}year{'' if old or gap == '-' else 's'}{old}"


def _inch(match: re.Match[str]) -> str:
    sign, text = match.group(), match.string
    if sign == '"' and text.count('"', 0, match.start()) % 2:
        return sign  # it closes what was said
    if sign == '"' and not (THING.match(text, match.end()) or _HAS_INCHES.match(text, match.end())):
        return sign
    is_many = sign == "″" and not calls_a_thing(text, match.start(), match.end())
    return " inches" if is_many else " inch"


def _the_same(match: re.Match[str]) -> str:
    """One measure is of Britain and America, the other of everybody else."""
    units = {match.group("unit"), match.group("next")}
    is_the_same = len(units & IMPERIAL) == len(units & METRIC) == 1
    return f"{match.group('one')}, " if is_the_same else match.group()


def _size(match: re.Match[str]) -> str:
    is_measured = match.group("unit") is None or match.group("unit") in UNITS
    return re.sub(r"\s?[x×]\s?", " by ", match.group()) if is_measured else match.group()


def _tesla(match: re.Match[str]) -> str:
    if match.group(1) != "1.5" and not re.search(r"\b(?:MRI|scanners?|magnets?|tesla|MR)\b", match.string):
        return match.group()
    return f"{match.group(1)} tesla"


def _pressure(match: re.Match[str]) -> str:
    """Both numbers where a word or the unit shows what they are, and where they can be it."""
    above, below = int(match.group("above")), int(match.group("below"))
    is_likely = 80 <= above <= 260 and 40 <= below < above and _OF_PRESSURE.search(match.string)
    if not (match.group("lead") or match.group("unit") or is_likely):
        return match.group()
    unit = " millimeters of mercury" if match.group("unit") else ""
    return f"{match.group('lead') or ''}{match.group('above')} over {match.group('below')}{unit}"


RULES = (
    Rule(
        name="stones",
        pattern=re.compile(r"(?<![\w.,])(\d{1,2}(?= ?st ?\d{1,2} ?lb)|\d?[02-9](?=st\b)|11(?=st\b)) ?st\b"),
        say=r"\1 stone",
        examples=(("9st 4lb", "9 stone 4lb"), ("weighs 12st", "weighs 12 stone"), ("the 21st", "the 21st")),
    ),
    Rule(
        name="so many a day",
        pattern=re.compile(
            r"(?<=[a-z]{4})(?<!night)(?<!week)(?<!month)(?<!hour)/(?=(?:day|week|month|year|person|patient)\b)"
        ),
        say=" per ",
        examples=(
            ("30 patients/day", "30 patients per day"),
            ("calls/week", "calls per week"),
            ("a day/night cycle", "a day/night cycle"),
            ("by week/month", "by week/month"),
        ),
    ),
    Rule(
        name="blood pressure",
        pattern=re.compile(
            r"(?P<lead>(?:\bBP|[Bb]lood pressure)(?: (?:is|was|of|at|below|above|under|over)){0,2} )?"
            r"(?<![\d/])(?P<above>\d{1,3})/(?P<below>\d{1,3})(?![\d/])(?P<unit>\s?mm\s?Hg)?"
        ),
        say=_pressure,
        examples=(
            ("120/80 mmHg", "120 over 80 millimeters of mercury"),
            ("a blood pressure of 120/80", "a blood pressure of 120 over 80"),
            ("If your reading is 135/85 or higher", "If your reading is 135 over 85 or higher"),
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
        name="a raised nought is the sign for degrees",
        pattern=re.compile(r"⁰(?<=\d.)(?![⁰¹²³⁴-⁹])"),
        say="°",
        examples=(("25⁰", "25°"), ("180⁰C", "180°C"), ("2¹⁰", "2¹⁰")),
    ),
    Rule(
        name="sizes",
        pattern=re.compile(
            rf"(?<![\w.,])(?P<all>\d[\d.]*(?:\s?[x×]\s?\d[\d.]*){{1,2}})(?=(?:\s?in\.|[\s-]inch(?:es)?|\s?(?P<unit>{UNIT_LIKE}))(?![\w/]))"
        ),
        say=_size,
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
        name="millions of them",
        pattern=re.compile(r"(?<![\w.,])(\d\d?\.\d)m(?=[,;)]| (?:are|were|have|had|who)\b)"),
        say=lambda m: f"{m[1]} million" if _COUNTS_PEOPLE.search(before(m)) else m.group(),
        examples=(
            ("Some 1.3m were displaced (pop. 1.2m)", "Some 1.3 million were displaced (pop. 1.2 million)"),
            ("a population of 2.8m, all", "a population of 2.8 million, all"),
            ("waves of 2.5m, they say", "waves of 2.5m, they say"),
        ),
    ),
    Rule(
        name="hours with their minutes",
        pattern=re.compile(
            r"(?<![\w.,])(?:(?P<h>\d{1,3})\s?h(?:rs?)?\.?,?\s?)?(?P<m>\d{1,3})\s?m(?:ins?)?\b"
            rf"(?:\.?,?\s?(?P<s>\d{{1,2}}(?:\.\d+)?)\s?s(?:ecs?)?\b)?{STOP}"
        ),
        say=lambda m: _clock(m) if m.group("h") or m.group("s") else m.group(),
        examples=(
            ("2h 15min", "2 hours 15 minutes"),
            ("1 h 5m", "1 hour 5 minutes"),
            ("3m 1s", "3 minutes 1 second"),
            ("5 m", "5 m"),
        ),
    ),
    Rule(
        name="the same in other units",
        pattern=re.compile(
            rf"(?P<one>(?<![\w.,]){WHOLE}\s?(?P<unit>km/h|{UNIT_LIKE}))\s?/\s?"
            rf"(?={WHOLE}[½⅓⅔¼¾⅛]?[\s-]?(?P<next>km/h|{UNIT_LIKE})(?!\w))"
        ),
        say=_the_same,
        examples=(
            ("8,848 m/29,029 ft", "8,848 m, 29,029 ft"),
            ("350°F/180 °C", "350°F, 180 °C"),
            ("5 mg/5 mL", "5 mg/5 mL"),
        ),
    ),
    Rule(
        name="places without a sign",
        pattern=re.compile(
            r"\b(?P<both>[Ll]at\.?/[Ll]ong?\b\.?)|(?<![\w.])(?P<one>[Ll]at|[Ll]ong?)\.? (?=[-−]?\d[\d.]{0,9} ?°)"
        ),
        say=lambda m: f"{m.group()[0]}atitude and longitude" if m["both"] else _globe(m["one"]),
        examples=(
            ("the lat./long. of it", "the latitude and longitude of it"),
            ("Lat. 51.5° N, long. 0.1° W", "Latitude 51.5° N, longitude 0.1° W"),
            ("It was long. 5 left", "It was long. 5 left"),
        ),
    ),
    Rule(
        name="places on the globe",
        pattern=re.compile(
            r"(?<![\w.])(\d{1,3}(?:\.\d+)?)\s?°\s?(?=\d{1,2}\s?['’′]|[NSEW]\b)(?:(\d{1,2}(?:\.\d+)?)\s?['’′]\s?)?"
            r"(?:(\d{1,2}(?:\.\d+)?)\s?(?:[\"”″]|''|’’)\s?)?(?:([NSEW])\b)?"
        ),
        say=_place,
        examples=(
            ("45° N, 12°30' E", "45 degrees north, 12 degrees 30 minutes east"),
            ("1°5′2″ W", "1 degree 5 minutes 2 seconds west"),
            ("90° to it", "90° to it"),
        ),
    ),
    Rule(
        name="magnets",
        pattern=re.compile(r"(?<![\w.,$£])(?<!€)(0\.5|1\.5|3(?:\.0)?|7(?:\.0)?)[\s-]?T(?![\w-])"),
        say=_tesla,
        examples=(("at 1.5T", "at 1.5 tesla"), ("a 3T MRI", "a 3 tesla MRI"), ("a 3T truck", "a 3T truck")),
    ),
    Rule(
        name="years of age",
        pattern=re.compile(
            r"(?<=\d)(?P<gap> |-|(?=y[/.]?o\b))y"
            r"(?:(?P<old>[/-]o|\.?o\.?)(?![\w-])|(?P<more>[ -]old\b)|(?![\w'./-])(?!’)(?! =))"
        ),
        say=_years,
        examples=(
            ("aged 65 y", "aged 65 years"),
            ("a 3-y follow-up", "a 3-year follow-up"),
            ("a 19yo, a 34-y-o", "a 19 year old, a 34-year old"),
            ("an 80 y old man", "an 80 year old man"),
            ("a 65 y/o man", "a 65 year old man"),
            ("3 y = 9", "3 y = 9"),
        ),
    ),
    Rule(
        name="seconds with a blank",
        pattern=re.compile(r"(?<![\w.,])(\d{1,3}(?:,\d{3})*(?:\.\d+)?)(?: |(?<=\.\d)|(?<=\.\d\d))s(?![\w'/²])(?!’)"),
        say=lambda m: _many(m.group(1), "second", "seconds"),
        examples=(("lasted 90 s", "lasted 90 seconds"), ("6.1s", "6.1 seconds"), ("in her 20s", "in her 20s")),
    ),
    Rule(
        name="points and pints",
        pattern=re.compile(
            rf"(?<=\d )pts\b{STOP}(?P<of> of (?:beer|milk|ale|cream|water|stock|blood|cider|bitter|lager)\b)?"
        ),
        say=lambda m: f"pints{m.group('of')}" if m.group("of") else "points",
        examples=(
            ("3 pts. of beer", "3 pints of beer"),
            ("had 24 pts, all", "had 24 points, all"),
            ("the pts", "the pts"),
        ),
    ),
    Rule(
        name="amperes",
        pattern=re.compile(
            r"(?<=\d)(?:\s|-)?A(?= (?:fuse|charger|circuit|breaker|plug|socket|adapter|supply|load|cable)s?\b)"
        ),
        say=" amp",
        examples=(
            ("a 16 A fuse", "a 16 amp fuse"),
            ("a 2A charger", "a 2 amp charger"),
            ("12 A grades", "12 A grades"),
        ),
    ),
    Rule(
        name="feet and inches",
        pattern=re.compile(
            r"(?<!\d)(\d{1,2})['’′]\s?(\d{1,2})(?:[\"”″]|''|(?:(?<=[4-7]['’′]\d)|(?<=[4-7]['’′]1[01]))(?![\w'])(?![’′]))"
        ),
        say=_height,
        examples=(
            ("6'2\" tall", "6 feet 2 inches tall"),
            ("5’11”", "5 feet 11 inches"),
            ("a 6'2\" man", "a 6 foot 2 man"),
            ("leads by 1'23\"", "leads by 1 minute 23 seconds"),
            ("is 5'11 and", "is 5 feet 11 inches and"),
            ("the '90s", "the '90s"),
        ),
    ),
    Rule(
        name="feet by a sign",
        pattern=re.compile(r"(?<![\w.,])(\d{1,2},\d{3})['’′](?!\w)"),
        say=r"\1 feet",
        examples=(("at 8,200'.", "at 8,200 feet."), ("(29,029′)", "(29,029 feet)"), ("the '90s", "the '90s")),
    ),
    Rule(
        name="spoons",
        pattern=re.compile(
            r"\b(?P<how>heaped|heaping|rounded|level|scant|generous) (?P<what>tsps?|tbsps?|Tbsps?)\b\.?(?= )"
        ),
        say=lambda m: f"{m['how']} {UNITS[m['what'].lower()][m['what'].endswith('s')]}",
        examples=(
            ("1 heaped tsp. of salt", "1 heaped teaspoon of salt"),
            ("2 level tbsps flour", "2 level tablespoons flour"),
            ("a level tsp.", "a level tsp."),
        ),
    ),
    Rule(
        name="feet and inches in letters",
        pattern=re.compile(rf"(?<![\w.,])(\d{{1,2}})\s?ft\.?,?\s?(\d{{1,2}}(?:\.\d)?)\s?in\b{STOP}"),
        say=_height,
        examples=(
            ("5 ft 11 in. high", "5 feet 11 inches high"),
            ("6ft 1in", "6 feet 1 inch"),
            ("a 6 ft 2 in man", "a 6 foot 2 man"),
            ("3 in 10 people", "3 in 10 people"),
        ),
    ),
    Rule(
        name="minutes of a match",
        pattern=re.compile(r"(?<=\d(?:st|nd|rd|th) )min\b(?:\.(?= [a-z]))?(?!\w)"),
        say="minute",
        examples=(("in the 89th min. he", "in the 89th minute he"), ("2nd min", "2nd minute"), ("the min", "the min")),
    ),
    Rule(
        name="inches by inches",
        pattern=re.compile(r"(?<![\w.,])(\d{1,3})[\"”″] ?[x×] ?(\d{1,3})[\"”″]"),
        say=lambda m: f"{m[1]} by {m[2]} inch{'' if calls_a_thing(m.string, m.start(), m.end()) else 'es'}",
        examples=(
            ('a 9"x13" pan', "a 9 by 13 inch pan"),
            ("is 4″ × 6″.", "is 4 by 6 inches."),
            ("a 9x13 pan", "a 9x13 pan"),
        ),
    ),
    Rule(
        name="one current or another",
        pattern=re.compile(r"(?<![\w.,/])(\d{2,3})/(?=\d{2,3} ?(?:Hz|V|VAC|volts|hertz)\b)"),
        say=r"\1 or ",
        examples=(("50/60 Hz", "50 or 60 Hz"), ("115/230V", "115 or 230V"), ("5/6 Hz", "5/6 Hz")),
    ),
    Rule(
        name="inches by a sign",
        pattern=re.compile(r"(?<=\d)(?:″|\"(?= [A-Za-z])|-in\b\.?(?= [a-z]))"),
        say=_inch,
        examples=(
            ('a 65" screen', "a 65 inch screen"),
            ("a 10-in skillet", "a 10 inch skillet"),
            ("a 2-in-1 pen", "a 2-in-1 pen"),
            ('she said "by 5" deep in thought', 'she said "by 5" deep in thought'),
        ),
    ),
    Rule(
        name="ovens",
        pattern=re.compile(r"/(?:(?<=[\d°][CF].)|(?<=\bfan.))\s?(?=\d{2,3}\s?°?\s?[CF]\b|gas\b)"),
        say=", ",
        examples=(
            ("200C/180C fan/gas 6", "200C, 180C fan, gas 6"),
            ("180°C/350°F", "180°C, 350°F"),
            ("5C/D", "5C/D"),
        ),
    ),
    Rule(
        name="megapixels",
        pattern=re.compile(
            r"(?<=\d)[\s-]?MP(?= (?:camera|sensor|main|ultra|front|selfie|photo|image|lens|resolution)s?\b)"
        ),
        say=" megapixel",
        examples=(
            ("a 12 MP camera", "a 12 megapixel camera"),
            ("48MP photos", "48 megapixel photos"),
            ("1 MP left", "1 MP left"),
        ),
    ),
)
