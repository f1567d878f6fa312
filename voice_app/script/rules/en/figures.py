"""Figures that need no thought: amounts, shares, decimals, years after a word that says so, and plain numbers.

They are tried on a sentence as a whole. When they leave no figure in it, the normaliser, which would say the same but
takes a hundred times as long, is not asked; otherwise it gets the sentence as it was.
"""

from __future__ import annotations

import re

from voice_app.script.rules.en.words import cardinal, decimal, ordinal, year
from voice_app.script.rules.rule import Rule

_WHOLE = r"\d{1,3}(?:,\d{3})?(?![\d,]\d)"
_BEFORE = r"(?<![\w.,:/$£¥#%+\-~=<>×÷*±§&\[])(?<![€₹])(?<![–−])(?<![≤≥])"
# what may follow: the end, punctuation, or a word in small letters that no number's meaning hangs on
_WORDS = "of|to|or|as|at|on|is|it|if|so|by|he|we|us|no|do|be"
_AFTER = rf"(?=[,;:.!?)’”\"']*(?:$|\s+(?:[a-z]{{3,}}|(?:{_WORDS}|a)(?![.:]))\b|\s+[(“\"‘]|[,;:.!?)’”\"']\s))"
_MONTH = re.compile(
    r"\b(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?\s*$"
)
_DAY_MONTHS = {
    "Jan": "January", "Feb": "February", "Apr": "April", "Jun": "June", "Jul": "July", "Aug": "August",
    "Sep": "September", "Sept": "September", "Oct": "October", "Nov": "November", "Dec": "December",
}  # fmt: skip
_DAY_MONTHS |= {name: name for name in _DAY_MONTHS.values()}  # "May" and "March" may be words: not these
_YEAR_WORDS = (
    "in|since|until|till|by|from|before|after|during|around|about|of|to|and|early|late|mid|spring|summer|autumn|fall|"
    "winter|year|January|February|March|April|May|June|July|August|September|October|November|December"
)
_UNITS = {"$": ("dollar", "cent"), "€": ("euro", "cent"), "£": ("pound", "penny")}


def _number(text: str) -> str:
    return decimal(text.replace(",", ""))


def _plain(match: re.Match[str]) -> str:
    """The number in words, unless it is a day of a month or begins with a nought, as no quantity does."""
    text = match.group(1)
    is_day = _MONTH.search(match.string, 0, match.start()) or _MONTH.match(match.string[match.end() :].strip() + " ")
    is_code = len(text) > 1 and text[0] == "0" and text[1] != "."
    return match.group() if is_day or is_code else _number(text)


def _money(match: re.Match[str]) -> str:
    unit, small = _UNITS[match.group(1)]
    whole, cents = int(match.group(2).replace(",", "")), int(match.group(3) or 0)
    many = {"penny": "pence"}.get(small, f"{small}s")
    parts = [f"{cardinal(whole)} {unit}{'s' * (whole != 1)}"] if whole or not cents else []
    parts += [f"{cardinal(cents)} {small if cents == 1 else many}"] if cents else []
    return " and ".join(parts)


def _time(match: re.Match[str]) -> str:
    hour, minutes = int(match.group(1)), match.group(2)
    is_time = 1 <= hour <= 12 and (minutes is None or 10 <= int(minutes) <= 59)
    if not is_time:
        return match.group()
    stop = "." if match.group().endswith(".") and match.end() == len(match.string) else ""
    return (
        " ".join([cardinal(hour), *([cardinal(int(minutes))] if minutes else []), f"{match.group(3).upper()}M"]) + stop
    )


def _day(match: re.Match[str]) -> str:
    month, day = _DAY_MONTHS[match.group(1)], int(match.group(2))
    return f"{month} {ordinal(day)}" if 1 <= day <= 31 else match.group()


RULES = (
    Rule(
        name="times before and after noon",
        pattern=re.compile(rf"{_BEFORE}(\d{{1,2}})(?::(\d\d))?\s?([ap])(?:\.m\.|m\b)", re.IGNORECASE),
        say=_time,
        examples=(
            ("at 7:45 a.m. sharp", "at seven forty-five AM sharp"),
            ("by 9pm.", "by nine PM."),
            ("until 3 p.m.", "until three PM."),
            ("at 13 p.m.", "at 13 p.m."),
            ("at 9:05 am", "at 9:05 am"),
        ),
    ),
    Rule(
        name="a month and its day",
        pattern=re.compile(
            rf"\b({'|'.join(sorted(_DAY_MONTHS, key=len, reverse=True))})\.? (\d{{1,2}})(?![\w:%/-]|–|,? \d|[.,]\d)"
        ),
        say=_day,
        examples=(
            ("on Nov. 18 it rained", "on November eighteenth it rained"),
            ("by June 3.", "by June third."),
            ("on June 3, 1990", "on June 3, 1990"),
            ("up to April 40", "up to April 40"),
        ),
    ),
    Rule(
        name="plain places in a row",
        pattern=re.compile(rf"{_BEFORE}([1-9]\d?)(?:st|nd|rd|th)\b(?![-–])"),
        say=lambda m: ordinal(int(m.group(1))),
        examples=(
            ("came 1st and 22nd", "came first and twenty-second"),
            ("the 30th time", "the thirtieth time"),
            ("the 101st time", "the 101st time"),
        ),
    ),
    Rule(
        name="so much of something, with a hyphen",
        pattern=re.compile(rf"{_BEFORE}({_WHOLE})-(?=[a-z]{{3,}}\b)"),
        say=lambda m: f"{_number(m.group(1))}-" if m.group(1)[0] != "0" else m.group(),
        examples=(
            ("about 32-fold", "about thirty-two-fold"),
            ("a 5-year plan", "a five-year plan"),
            ("form 07-blue", "form 07-blue"),
        ),
    ),
    Rule(
        name="plain amounts of money",
        pattern=re.compile(rf"{_BEFORE}([$€£])({_WHOLE})(?:\.(\d\d))?{_AFTER}"),
        say=_money,
        examples=(
            ("costs $5.", "costs five dollars."),
            ("a pass is €3.50 now", "a pass is three euros and fifty cents now"),
            ("£1.01, please", "one pound and one penny, please"),
            ("for $5.555", "for $5.555"),
        ),
    ),
    Rule(
        name="plain shares in percent",
        pattern=re.compile(rf"{_BEFORE}({_WHOLE}(?:\.\d{{1,3}})?)\s?%{_AFTER}"),
        say=lambda m: f"{_number(m.group(1))} percent",
        examples=(
            ("about 95% of all", "about ninety-five percent of all"),
            ("it rose 3.5 %.", "it rose three point five percent."),
            ("a -2% fall", "a -2% fall"),
        ),
    ),
    Rule(
        name="years that are called so",
        pattern=re.compile(rf"(?<=\s)(?<!\d\s)(1[1-9]\d\d|20\d\d){_AFTER}"),
        say=lambda m: year(int(m.group(1))) if _is_called_year(m) else m.group(),
        examples=(
            ("first in 2022, then", "first in twenty twenty-two, then"),
            ("since October 1985.", "since October nineteen eighty-five."),
            ("some 1500 people", "some 1500 people"),
        ),
    ),
    Rule(
        name="plain numbers",
        pattern=re.compile(rf"{_BEFORE}({_WHOLE}(?:\.\d{{1,3}})?){_AFTER}"),
        say=_plain,
        examples=(
            ("between 20 and 40.", "between twenty and forty."),
            ("1,900 people live", "one thousand nine hundred people live"),
            ("6.2 kilometers", "six point two kilometers"),
            ("on Nov. 18 it rained", "on Nov. 18 it rained"),
            ("agent 007 came", "agent 007 came"),
            ("at 9 p.m.", "at 9 p.m."),
            ("in 2.0.1", "in 2.0.1"),
        ),
    ),
)


def _is_called_year(match: re.Match[str]) -> bool:
    before = match.string[: match.start()].rstrip().rpartition(" ")[2]
    return re.fullmatch(_YEAR_WORDS, before.lstrip("(“\"'"), re.IGNORECASE) is not None
