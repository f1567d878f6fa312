"""Fractions, the slashed pairs that look like them, and decimals that stick to a letter."""

from __future__ import annotations

import re

from voice_app.script.rules.en.words import cardinal, ordinal
from voice_app.script.rules.rule import Rule

_SIGNS = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5),
    "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8),
}  # fmt: skip
_PAIRS = {
    "t1/2": "half-life",
    "24/7": "twenty-four seven",
    "9/11": "nine eleven",
    "7/7": "seven seven",
    "20/20": "twenty twenty",
}
_BETS = re.compile(r"\b(?:[Oo]dds|favou?rites?|outsiders?|bookmakers?|bookies)\b")
_COUNT = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_PART = {2: "half", 3: "third", 4: "quarter", 5: "fifth", 6: "sixth", 8: "eighth", 10: "tenth"}


def _fraction(above: int, below: int) -> str:
    part = _PART[below]
    return f"{_COUNT[above]} {part if above == 1 else part + 's'}"


def _mixed(whole: str, above: int, below: int) -> str:
    if above == 1:
        return f"{whole} and {'an' if below == 8 else 'a'} {_PART[below]}"
    return f"{whole} and {_fraction(above, below)}"


def _sign(match: re.Match[str]) -> str:
    fraction = _SIGNS[match.group(2)]
    said = _mixed(match.group(1), *fraction) if match.group(1) else _fraction(*fraction)
    of = " percent" if match.group(3) else " pence" if match.group(4) else ""
    return said + (of or " " * match.string[match.end() :][:1].isalpha())


def _plain(match: re.Match[str]) -> str:
    above, below = int(match.group("above")), int(match.group("below"))
    if below not in _PART or not 0 < above < below:
        return match.group()
    return _mixed(match.group("whole"), above, below) if match.group("whole") else _fraction(above, below)


def _is_bet(match: re.Match[str]) -> bool:
    return int(match[1]) > int(match[2]) and _BETS.search(match.string) is not None


RULES = (
    Rule(
        name="fraction signs",
        pattern=re.compile(rf"(?:(?<!\d)(\d+)\s?)?([{''.join(_SIGNS)}])(?:\s?(%)|(p)\b)?"),
        say=_sign,
        examples=(
            ("½ cup", "one half cup"),
            ("2½ hours", "2 and a half hours"),
            ("2½lb", "2 and a half lb"),
            ("up 3½% at 12½p", "up 3 and a half percent at 12 and a half pence"),
            ("1 ¾ cups", "1 and three quarters cups"),
            ("5 cups", "5 cups"),
        ),
    ),
    Rule(
        name="stops of a lens",
        pattern=re.compile(r"\bf/(?=\d)"),
        say="f ",
        examples=(("at f/2.8 and", "at f 2.8 and"), ("f/8", "f 8"), ("of/by", "of/by")),
    ),
    Rule(
        name="parts of a second",
        pattern=re.compile(r"(?<![\w/.,])1/(\d{2,4})(?:th)? ?(?:s|secs?\b\.?|seconds?)(?!\w)"),
        say=lambda m: f"one {ordinal(int(m[1]))} of a second",
        examples=(
            ("1/250 s at", "one two hundred fiftieth of a second at"),
            ("1/60 sec, all", "one sixtieth of a second, all"),
            ("1/2 s", "1/2 s"),
        ),
    ),
    Rule(
        name="beats of a bar",
        pattern=re.compile(r"(?<![\w/.,])(\d{1,2})/([248]|16)(?=[ -]time\b)"),
        say=r"\1 \2",
        examples=(("in 4/4 time", "in 4 4 time"), ("6/8 time", "6 8 time"), ("3/4 of it", "3/4 of it")),
    ),
    Rule(
        name="pairs that have a name",
        pattern=re.compile(rf"(?<![\w/])(?:{'|'.join(_PAIRS)})(?![\d/])"),
        say=lambda m: _PAIRS[m.group()],
        examples=(
            ("open 24/7", "open twenty-four seven"),
            ("after 9/11,", "after nine eleven,"),
            ("since 7/7", "since seven seven"),
            ("24/78", "24/78"),
        ),
    ),
    Rule(
        name="one grade or the next",
        pattern=re.compile(
            r"\b((?:grades?|stages?|class|years?|types?|levels?|phases?|Windows|macOS|iOS|Android) )"
            r"(\d{1,2})/(\d{1,2})(?![\d/])",
            re.IGNORECASE,
        ),
        say=lambda m: f"{m[1]}{m[2]} {'' if m[1].lower().startswith('phase') else 'or '}{m[3]}",
        examples=(
            ("Grade 3/4 events", "Grade 3 or 4 events"),
            ("a phase 1/2 trial", "a phase 1 2 trial"),
            ("Grade 3", "Grade 3"),
        ),
    ),
    Rule(
        name="one of so many",
        pattern=re.compile(
            r"\b((?:step|page|part|day|round|lap|episode|slide|question) \d{1,3})/(\d{1,3})(?![\d/])", re.IGNORECASE
        ),
        say=r"\1 of \2",
        examples=(("Step 1/5: stir", "Step 1 of 5: stir"), ("page 3/12", "page 3 of 12"), ("day one", "day one")),
    ),
    Rule(
        name="small parts of a measure",
        pattern=re.compile(
            r"(?<![\d/.,])(?:(\d{1,3})[ -])?(\d{1,2})/(12|16|20|32|64)"
            r"(?=[\s-](?:inch|inches|in\.|of|mile|teaspoon)(?!\w))"
        ),
        say=lambda m: (
            f"{m[1] + ' and ' if m[1] else ''}{cardinal(int(m[2]))} {ordinal(int(m[3]))}{'s' * (m[2] != '1')}"
        ),
        examples=(
            ("5/16 inch", "five sixteenths inch"),
            ("1 1/16 inches", "1 and one sixteenth inches"),
            ("on 5/16 it rained", "on 5/16 it rained"),
        ),
    ),
    Rule(
        name="odds",
        pattern=re.compile(r"(?<![\d/.,])(\d{1,3})/(\d{1,2})(?![\d/])"),
        say=lambda m: f"{m[1]} to {m[2]}" if _is_bet(m) else m.group(),
        examples=(
            ("odds of 5/2 and 11/10", "odds of 5 to 2 and 11 to 10"),
            ("the 7/4 favourite", "the 7 to 4 favourite"),
            ("5/2 of it", "5/2 of it"),
        ),
    ),
    Rule(
        name="decimals that stick to a letter",
        pattern=re.compile(r"(?<![\w.,/])(\d+\.\d+)(?=[A-Z][a-zA-Z]?\b)"),
        say=r"\1 ",
        examples=(("a 1.5T scanner", "a 1.5 T scanner"), ("2.4Gb.", "2.4 Gb."), ("1.5 T", "1.5 T"), ("B1.5T", "B1.5T")),
    ),
    Rule(
        name="fractions",
        pattern=re.compile(
            r"(?<![\w/.,])(?:(?P<whole>\d+)[ -])?(?P<above>\d)/(?P<below>\d{1,2})(?:rds?|ths?|s\b)?(?![\d/]|\.\d)"
        ),
        say=_plain,
        examples=(
            ("Add 1/2 cup.", "Add one half cup."),
            ("2 1/2 hours", "2 and a half hours"),
            ("3/4 of a litre", "three quarters of a litre"),
            ("1/3rd of it", "one third of it"),
            ("11/23/2026", "11/23/2026"),
            ("version 4/3", "version 4/3"),
        ),
    ),
)
