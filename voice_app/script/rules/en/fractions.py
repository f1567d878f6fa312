"""Fractions, and the slashed pairs that look like them."""

from __future__ import annotations

import re

from voice_app.script.rules.rule import Rule

_SIGNS = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5),
    "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8),
}  # fmt: skip
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
    return _mixed(match.group(1), *fraction) if match.group(1) else _fraction(*fraction)


def _plain(match: re.Match[str]) -> str:
    above, below = int(match.group("above")), int(match.group("below"))
    if below not in _PART or not 0 < above < below:
        return match.group()
    return _mixed(match.group("whole"), above, below) if match.group("whole") else _fraction(above, below)


RULES = (
    Rule(
        name="fraction signs",
        pattern=re.compile(rf"(?:(\d+)\s?)?([{''.join(_SIGNS)}])"),
        say=_sign,
        examples=(
            ("½ cup", "one half cup"),
            ("2½ hours", "2 and a half hours"),
            ("1 ¾ cups", "1 and three quarters cups"),
            ("5 cups", "5 cups"),
        ),
    ),
    Rule(
        name="round the clock",
        pattern=re.compile(r"(?<![\d/])(24/7|9/11)(?![\d/])"),
        say=lambda m: {"24/7": "twenty-four seven", "9/11": "nine eleven"}[m.group()],
        examples=(("open 24/7", "open twenty-four seven"), ("after 9/11,", "after nine eleven,"), ("24/78", "24/78")),
    ),
    Rule(
        name="fractions",
        pattern=re.compile(
            r"(?<![\d/.,])(?:(?P<whole>\d+)[ -])?(?P<above>\d)/(?P<below>\d{1,2})(?:rds?|ths?)?(?![\d/]|\.\d)"
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
