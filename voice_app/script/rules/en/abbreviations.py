"""Abbreviations that a voice would spell or stop at, and numbers in Roman letters."""

from __future__ import annotations

import re

from voice_app.script.rules.en.words import cardinal, ordinal, roman, year
from voice_app.script.rules.rule import Rule

_WORDS = {
    "e.g.": "for example", "i.e.": "that is", "vs.": "versus", "vs": "versus", "approx.": "approximately",
    "incl.": "including", "excl.": "excluding", "est.": "established", "max.": "maximum", "min.": "minimum",
    "dept.": "department", "govt.": "government", "cf.": "compare", "viz.": "namely", "w/o": "without", "w/": "with",
    "ph.d.": "PhD",
}  # fmt: skip
_BEFORE_NUMBER = {
    "No.": "number", "Nos.": "numbers", "no.": "number", "p.": "page", "pp.": "pages", "Fig.": "figure",
    "Figs.": "figures", "fig.": "figure", "vol.": "volume", "Vol.": "volume", "ch.": "chapter", "Ch.": "chapter",
    "ca.": "about", "c.": "about", "sec.": "section", "Sec.": "section", "Eq.": "equation", "v.": "version",
    "ext.": "extension",
}  # fmt: skip
_AFTER_NAME = {
    "Inc.": "Incorporated", "Ltd.": "Limited", "Corp.": "Corporation", "Co.": "Company", "Ave.": "Avenue",
    "Blvd.": "Boulevard", "Jr.": "Junior", "Sr.": "Senior",
}  # fmt: skip
_KINDS = "Type|Phase|Stage|Part|Chapter|Volume|Act|War|Class|Level|Grade|Book|type|phase|stage"
_RULERS = (
    "Louis|Henry|Charles|George|Edward|William|James|Philip|Elizabeth|Mary|Pius|John Paul|Benedict|Napoleon|Nicholas|"
    "Alexander|Catherine|Frederick|Leo|Gregory|Richard|Ramses|Gustav|Christian|Margrethe|Carl|Peter|Innocent|Clement"
)
_DECADES = {
    "20": "twenties", "30": "thirties", "40": "forties", "50": "fifties", "60": "sixties", "70": "seventies",
    "80": "eighties", "90": "nineties",
}  # fmt: skip


def _either(words: dict[str, str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def _like(model: str, said: str) -> str:
    return said[0].upper() + said[1:] if model[0].isupper() else said


def _kind(match: re.Match[str]) -> str:
    return f"{match.group(1)} {cardinal(roman(match.group(2)))}"


def _decade(match: re.Match[str]) -> str:
    century, tens = match.groups()
    if tens == "00":
        return f"{year(int(century + tens))}s"
    return f"{cardinal(int(century))} {_DECADES.get(tens, 'tens')}"


def _ruler(match: re.Match[str]) -> str:
    return f"{match.group(1)} the {ordinal(roman(match.group(2)))}"


RULES = (
    Rule(
        name="letters with stops",
        pattern=re.compile(r"\b((?:[A-Z]\.){2,})"),
        say=lambda m: m.group(1).replace(".", "") + ("." if m.end() == len(m.string) else ""),
        examples=(
            ("in the U.S. today", "in the US today"),
            ("made in the U.K.", "made in the UK."),
            ("J. Smith", "J. Smith"),
        ),
    ),
    Rule(
        name="Latin and shop abbreviations",
        pattern=re.compile(rf"(?<![\w.])(?P<short>{_either(_WORDS)})(?![\w])", re.IGNORECASE),
        say=lambda m: _like(m.group(), _WORDS[m.group().lower()]),
        examples=(
            ("fruit, e.g. apples", "fruit, for example apples"),
            ("I.e. never", "That is never"),
            ("cats vs. dogs", "cats versus dogs"),
            ("coffee w/ milk", "coffee with milk"),
            ("the egg", "the egg"),
        ),
    ),
    Rule(
        name="abbreviations before numbers",
        pattern=re.compile(rf"(?<![\w.])(?P<short>{_either(_BEFORE_NUMBER)})\s?(?=\d)"),
        say=lambda m: _BEFORE_NUMBER[m.group("short")] + " ",
        examples=(
            ("No. 5 is alive", "number 5 is alive"),
            ("pp. 12-15", "pages 12-15"),
            ("Fig. 3 shows", "figure 3 shows"),
            ("I said no. 5 people", "I said number 5 people"),
            ("Oh no. He left", "Oh no. He left"),
        ),
    ),
    Rule(
        name="abbreviations after names",
        pattern=re.compile(rf"(?<=[A-Za-z,] )(?P<short>{_either(_AFTER_NAME)})(?P<end>(?=\s+[a-z])|(?=,)|)"),
        say=lambda m: _AFTER_NAME[m.group("short")],
        examples=(
            ("Acme Inc. was sold", "Acme Incorporated was sold"),
            ("Fifth Ave. at night", "Fifth Avenue at night"),
            ("Inc. magazine", "Inc. magazine"),
        ),
    ),
    Rule(
        name="Roman numbers after a kind",
        pattern=re.compile(rf"\b({_KINDS}) ([IVX]{{1,5}})\b(?!['’.]\w)"),
        say=_kind,
        examples=(
            ("a Phase III trial", "a Phase three trial"),
            ("World War II ended", "World War two ended"),
            ("Type IV", "Type four"),
            ("Type A", "Type A"),
        ),
    ),
    Rule(
        name="rulers",
        pattern=re.compile(rf"\b({_RULERS}) (?=[IVX]{{1,5}}\b)((?:X{{0,2}})(?:IX|IV|V?I{{0,3}}))\b(?!['’]\w)"),
        say=_ruler,
        examples=(
            ("Louis XIV built it", "Louis the fourteenth built it"),
            ("Pope John Paul II.", "Pope John Paul the second."),
            ("George VI", "George the sixth"),
            ("Malcolm X", "Malcolm X"),
        ),
    ),
    Rule(
        name="streets with a number",
        pattern=re.compile(r"(?<![\w.,-])(\d{1,2})((?: [A-Z][a-z]+){1,3}) (?:St\.|Street)(?!\w)"),
        say=lambda m: f"{cardinal(int(m.group(1)))}{m.group(2)} Street",
        examples=(
            ("at 40 Main St. today", "at forty Main Street today"),
            ("12 Long Lane Street", "twelve Long Lane Street"),
            ("St. James", "St. James"),
        ),
    ),
    Rule(
        name="the woman's title",
        pattern=re.compile(r"\bMs\.(?=\s)"),
        say="Ms",
        examples=(("Ms. Lane spoke", "Ms Lane spoke"), ("Ms. A", "Ms A"), ("with MS. It", "with MS. It")),
    ),
    Rule(
        name="the number of",
        pattern=re.compile(r"\bno\.(?= of\b)"),
        say="number",
        examples=(("the no. of cases", "the number of cases"), ("no. of", "number of"), ("Oh no. Of", "Oh no. Of")),
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
        name="short decades",
        pattern=re.compile(r"(?<![\w])['’‘]([2-9]0)s\b"),
        say=lambda m: _DECADES[m.group(1)],
        examples=(("the '90s", "the nineties"), ("’60s music", "sixties music"), ("it's", "it's")),
    ),
    Rule(
        name="and/or",
        pattern=re.compile(r"\b(and)/(or)\b", re.IGNORECASE),
        say="and or",
        examples=(("cats and/or dogs", "cats and or dogs"), ("AND/OR", "and or"), ("candor", "candor")),
    ),
)  # fmt: skip
