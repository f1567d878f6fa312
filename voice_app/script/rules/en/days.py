"""Days, months, hours, decades and centuries that are cut short, and what is said of lives with years."""

from __future__ import annotations

import re

from voice_app.script.rules.en.words import before, cardinal, either, written_out, year
from voice_app.script.rules.rule import Rule

_DAYS = {
    "Mon": "Monday", "Tue": "Tuesday", "Tues": "Tuesday", "Wed": "Wednesday", "Weds": "Wednesday", "Thu": "Thursday",
    "Thur": "Thursday", "Thurs": "Thursday", "Fri": "Friday", "Sat": "Saturday", "Sun": "Sunday",
}  # fmt: skip
_MONTHS = {
    "Jan": "January", "Feb": "February", "Mar": "March", "Apr": "April", "May": "May", "Jun": "June",
    "June": "June", "Jul": "July", "July": "July", "Aug": "August", "Sep": "September", "Sept": "September",
    "Oct": "October", "Nov": "November", "Dec": "December",
}  # fmt: skip
_IN_ORDER = tuple(dict.fromkeys(_MONTHS.values()))
_NAMED = either({*_MONTHS, *_IN_ORDER})
_DATES = _DAYS | _MONTHS
_DAY_NAMES = frozenset(_DAYS.values())
_BEFORE_A_DAY = {"on", "until", "till", "by", "before", "after", "since", "ends", "due"}
_BEFORE_DATES = {
    "on", "in", "of", "and", "or", "&", "closed", "open", "except", "this", "to", "every", "until", "by",
    "next", "last", "since", "from", "early", "late",
}  # fmt: skip
_TIME = re.compile(r"(?:\d:\d\d|\b[012]\d[0-5]\d|\d ?[ap]\.?m\.?|\bnoon|\bmidnight) $", re.IGNORECASE)
_ZONES = "[ECMP][SD]T|GMT|BST|UTC|CES?T|EES?T|WES?T|IST|JST|A[EW][SD]?T|NZ[SD]T|HKT|[ECMP]T"
_DECADES = {
    "20": "twenties", "30": "thirties", "40": "forties", "50": "fifties", "60": "sixties", "70": "seventies",
    "80": "eighties", "90": "nineties",
}  # fmt: skip


def _dates(match: re.Match[str]) -> str:
    first, last = (_DATES[match.group(name)] for name in ("first", "last"))
    return written_out(match, f"{first} to {last}") if (first in _DAY_NAMES) == (last in _DAY_NAMES) else match.group()


def _day(match: re.Match[str]) -> str:
    """The day in full; at a sentence's end only behind a word that days stand behind, as "Sun." may be the star."""
    word = match.string[: match.start()].rstrip().rpartition(" ")[2].lower()
    short = match.group("day")
    is_clear = match.end() < len(match.string) or word in _BEFORE_DATES or short not in {"Sun", "Sat", "Mon", "Wed"}
    if is_clear:
        return written_out(match, _DAYS[short])
    return "Sun ." if (word, short) == ("the", "Sun") else match.group()  # the normaliser would say "Sunday"


def _month(match: re.Match[str]) -> str:
    """The month in full; at a sentence's end only behind a word that months stand behind, as "Jan." may be a name."""
    word = match.string[: match.start()].rstrip().rpartition(" ")[2].lower()
    is_clear = match.end() < len(match.string) or word in _BEFORE_DATES or word.isdigit()
    return written_out(match, _MONTHS[match.group("month")]) if is_clear else match.group()


def _zone(match: re.Match[str]) -> str:
    """Letter by letter behind a time; "ET" may be a film elsewhere."""
    before = match.string[max(0, match.start() - 12) : match.start()]
    return " ".join(match.group("zone")) if _TIME.search(before) else match.group()


def _decade(match: re.Match[str]) -> str:
    century, tens = match.groups()
    if tens == "00":
        return f"{year(int(century + tens))}s"
    return f"{cardinal(int(century))} {_DECADES.get(tens, 'tens')}"


def _short_date(match: re.Match[str]) -> str:
    """The date where only one of the two can be the month; behind the name of a day, the figures as they are."""
    one, two = int(match["one"]), int(match["two"])
    lead = before(match).rstrip(", ").rpartition(" ")[2].lstrip("(")
    is_day = lead in _DAY_NAMES or lead in _DAYS or lead.lower() == "date:"
    if not is_day and lead.lower() not in _BEFORE_A_DAY:
        return match.group()
    if 12 < one <= 31 and 1 <= two <= 12:
        return f"{one} {_IN_ORDER[two - 1]}"
    if 12 < two <= 31 and 1 <= one <= 12:
        return f"{_IN_ORDER[one - 1]} {two}"
    return f"{cardinal(one)} {cardinal(two)}" if is_day and 1 <= one <= 12 and 1 <= two <= 12 else match.group()


def _in_full(year_of_two_or_four: str) -> str:
    """Of two figures those up to 40 belong to this century."""
    if len(year_of_two_or_four) == 4:
        return year_of_two_or_four
    return f"{20 if int(year_of_two_or_four) <= 40 else 19}{year_of_two_or_four}"


RULES = (
    Rule(
        name="month to month",
        pattern=re.compile(rf"\b((?:{_NAMED})\.?)\s?[–-]\s?(?=(?:{_NAMED})\.?(?!\w|-))"),
        say=r"\1 to ",
        examples=(
            ("April–May 2024", "April to May 2024"),
            ("Oct-Nov", "Oct to Nov"),
            ("a March-born child", "a March-born child"),
        ),
    ),
    Rule(
        name="from day to day and month to month",
        pattern=re.compile(
            rf"\b(?P<first>{either(_DATES)})\.?(?:\s?[–-]\s?| (?:to|through|thru) )"
            rf"(?P<last>{either(_DATES)})\b(?:\.(?!\w))?(?!-)"
        ),
        say=_dates,
        examples=(
            ("open Mon–Fri, 9–5", "open Monday to Friday, 9–5"),
            ("Mon.–Sat., 10–6", "Monday to Saturday, 10–6"),
            ("in Jan.–Mar.", "in January to March."),
            ("Mon to Fri 9am", "Monday to Friday 9am"),
            ("the Sun-Mar team", "the Sun-Mar team"),
        ),
    ),
    Rule(
        name="days cut short",
        pattern=re.compile(
            rf"\b(?P<day>{either(_DAYS)})(?:\.(?=[,;:)]|$|\s(?:[a-z]|\d|&|[A-Z][a-z]{{2}}[.a-z]* \d))"
            rf"|(?=:? \d{{1,2}}(?:[:/]\d\d?|\s?[ap]\.?m|\s?[–-]\s?\d| (?:{either(_MONTHS)})\b)))"
        ),
        say=_day,
        examples=(
            ("on Tues. we rest", "on Tuesday we rest"),
            ("Sat 10–4", "Saturday 10–4"),
            ("every Sat. and Sun.", "every Saturday and Sunday."),
            ("on Wed., Jan. 5", "on Wednesday, Jan. 5"),
            ("orbits the Sun.", "orbits the Sun ."),
            ("near Sun.", "near Sun."),
            ("he sat. then", "he sat. then"),
        ),
    ),
    Rule(
        name="months cut short",
        pattern=re.compile(rf"\b(?P<month>{either(_MONTHS)})"
            r"(?:\.(?=\s+[a-z]|[,;)]|$)|(?<=[a-z] of ...)(?=[,;:)]|\.\s|\s[a-z]))"),
        say=_month,
        examples=(
            ("in Jan. it snowed", "in January it snowed"),
            ("until the end of Dec.", "until the end of December."),
            ("the third of Jan. Event: Fair", "the third of January. Event: Fair"),
            ("by 30 Sept.", "by 30 September."),
            ("with Jan.", "with Jan."),
        ),
    ),
    Rule(
        name="months before a year or a place in a row",
        pattern=re.compile(
            rf"\b(?P<month>{either(_MONTHS)})\.?(?= (?:(?:1[89]|20)\d\d|\d{{1,2}}(?:st|nd|rd|th))(?!\w))"
        ),
        say=lambda m: _MONTHS[m.group("month")],
        examples=(
            ("since Jan 2020", "since January 2020"),
            ("on Sept. 11th", "on September 11th"),
            ("a Mar 5 visit", "a Mar 5 visit"),
        ),
    ),
    Rule(
        name="time zones",
        pattern=re.compile(rf"(?<= )(?P<zone>{_ZONES})\b"),
        say=_zone,
        examples=(
            ("at 5 p.m. EST.", "at 5 p.m. E S T."),
            ("by 14:00 GMT", "by 14:00 G M T"),
            ("the film ET", "the film ET"),
            ("some 40 CET staff", "some 40 CET staff"),
        ),
    ),
    Rule(
        name="centuries and editions",
        pattern=re.compile(r"(?<=\d(?:st|nd|rd|th)[ -])(?:c|cent|ed)\.(?!\w)"),
        say=lambda m: written_out(m, "edition" if m.group() == "ed." else "century"),
        examples=(
            ("the 3rd c. CE", "the 3rd century CE"),
            ("early 19th c.", "early 19th century."),
            ("the 2nd ed. has it", "the 2nd edition has it"),
            ("c. 1450", "c. 1450"),
        ),
    ),
    Rule(
        name="decades",
        pattern=re.compile(r"(?<![\w.,])(1[1-9]|20)(\d0)['’]?s\b"),
        say=_decade,
        examples=(
            ("the mid-1990s", "the mid-nineteen nineties"),
            ("the 1900s", "the nineteen hundreds"),
            ("early 2010s", "early twenty tens"),
            ("in 1990", "in 1990"),
        ),
    ),
    Rule(
        name="days with strokes that can be no months",
        pattern=re.compile(r"(?<![\w/])(1[3-9]|2\d|3[01])/(0?[1-9]|1[0-2])/((?:19|20)?\d\d)(?![\w/])"),
        say=lambda m: f"{m[1]} {_IN_ORDER[int(m[2]) - 1]} {_in_full(m[3])}",
        examples=(
            ("on 16/8/09.", "on 16 August 2009."),
            ("since 25/12/1998", "since 25 December 1998"),
            ("on 3/4/2024", "on 3/4/2024"),
        ),
    ),
    Rule(
        name="days with a stroke and no year",
        pattern=re.compile(
            r"(?<= )(?P<one>\d{1,2})/(?P<two>\d{1,2})(?![\w/]|[.,]\d|[ -]inch| of\b)"
        ),
        say=_short_date,
        examples=(
            ("until 31/12.", "until 31 December."),
            ("due 12/31", "due December 31"),
            ("on Weds 5/11 at", "on Weds five eleven at"),
            ("by 2/3", "by 2/3"),
            ("on 5/16 inch screws", "on 5/16 inch screws"),
        ),
    ),
    Rule(
        name="short decades",
        pattern=re.compile(r"(?<![\w])['’‘]([02-9]0)s\b"),
        say=lambda m: _DECADES.get(m.group(1), "two thousands"),
        examples=(("the '90s", "the nineties"), ("the ’00s", "the two thousands"), ("it's", "it's")),
    ),
)  # fmt: skip
