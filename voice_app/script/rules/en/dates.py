"""Days, quarters, years and decades: from one to another, and cut short."""

from __future__ import annotations

import re

from voice_app.script.rules.en.words import cardinal, in_pairs, ordinal, year
from voice_app.script.rules.rule import Rule

_YEAR = r"(?:1[0-9]|20)\d\d"
_NAME = "[A-Z][a-z]{2,8}"
_IN_ORDER = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_MONTHS = {*_IN_ORDER, *(month[:3] for month in _IN_ORDER), "Sept"}
_DAY = r"(?:3[01]|[12]\d|[1-9])"
_DAYS = rf"(?P<first>{_DAY})(?:\s?[–-]\s?|/)(?P<last>{_DAY})"
_DECADES = {
    "00": "two thousands", "10": "tens", "20": "twenties", "30": "thirties", "40": "forties", "50": "fifties",
    "60": "sixties", "70": "seventies", "80": "eighties", "90": "nineties",
}  # fmt: skip


def _decades(match: re.Match[str]) -> str:
    century = int(match["century"])
    return f"{cardinal(century)} {_DECADES[match['first']]} to {_DECADES[match['last']]}"


def _short_decades(match: re.Match[str]) -> str:
    middle = match["middle"] or ""
    said = f"{match['lead']}{_DECADES[match['first']]}{' to ' if middle in '–-' and middle else middle}"
    return said + (_DECADES[match["last"]] if match["last"] else "")


def _years(match: re.Match[str]) -> str:
    first, last = int(match["first"]), int(match["last"])
    return f"{in_pairs(first) if first < 1000 else year(first)} to {year(last)}" if first < last else match.group()


def _short_years(match: re.Match[str]) -> str:
    first, last = int(match["first"]), int(match["last"])
    is_range = last > first % 100 and not (last <= 12 and first > 2012)
    return f"{year(first)} to {'oh ' if last < 10 else ''}{cardinal(last)}" if is_range else match.group()


def _days(match: re.Match[str]) -> str:
    first, last = int(match["first"]), int(match["last"])
    if first >= last or match["month"] not in _MONTHS:
        return match.group()
    return f"{match['lead'] or 'the '}{ordinal(first)} to {ordinal(last)}" + ("" if match["lead"] else " of")


def _month_and_year(match: re.Match[str]) -> str:
    month = _IN_ORDER[int(match[1] or match["month"]) - 1]
    return f"{match['lead'] or ''}{month} {match[2] or '20' + match['short']}"


def _month_to_month(match: re.Match[str]) -> str:
    is_date = (match["month"] or match["second"]) in _MONTHS and match["last"] in _MONTHS
    return f"{match[1]} to " if is_date else match.group()


def _quarter(match: re.Match[str]) -> str:
    part = f"{ordinal(int(match['number']))} {'quarter' if match['kind'] == 'Q' else 'half'}"
    when = f"20{match['short']}" if match["short"] else match["year"]
    if not match["lead"]:
        return f"{part} {when}" if when else match.group()
    return f"{match['lead']} the {part}" + (f" of {when}" if when else "")


def _season(match: re.Match[str]) -> str:
    first, last = int(match.group(1)), int(match.group(2))
    if last == first + 1:
        return f"{year(first)} {year(last)}"
    if (first + 1) % 10 ** len(match.group(2)) != last:
        return match.group()
    return f"{year(first)} {'oh ' if match.group(2)[0] == '0' else ''}{cardinal(last)}"


RULES = (
    Rule(
        name="between so much and so much",
        pattern=re.compile(
            r"\b([Bb]etween \d[\d,.]*(?: ?(?:%|°[CF]?|[ap]m|k?m|[km]?g))?)\s?[–-]\s?"
            r"(?=\d)(?![\d,.]+\S*\s(?:\w+ )?and\b)"
        ),
        say=r"\1 and ",
        examples=(
            ("between 2010–2015", "between 2010 and 2015"),
            ("Between 5%-7%", "Between 5% and 7%"),
            ("between 3-5 and 7", "between 3-5 and 7"),
        ),
    ),
    Rule(
        name="years of the next century",
        pattern=re.compile(
            r"(?<=\b[Bb]y )(2[12]\d\d)(?=[.,;:!?)](?!\d)|$| (?:and|the|if|as|is|will|would|could|under|with|in|at)\b)"
        ),
        say=lambda m: year(int(m[1])),
        examples=(
            ("by 2100.", "by twenty-one hundred."),
            ("By 2150 the sea", "By twenty-one fifty the sea"),
            ("by 2100 people", "by 2100 people"),
        ),
    ),
    Rule(
        name="September in four letters",
        pattern=re.compile(r"\bSept\b\.?(?= ['’]?\d)|(?<=\d )Sept\b\.?(?=\s)"),
        say="September",
        examples=(
            ("Sept. 13", "September 13"),
            ("13 Sept. 2024", "13 September 2024"),
            ("the Sept people", "the Sept people"),
        ),
    ),
    Rule(
        name="quarter to quarter",
        pattern=re.compile(r"(?<![\w-])Q([1-4])\s?[–-]\s?Q?([1-4])(?![\w-])"),
        say=lambda m: f"quarters {cardinal(int(m[1]))} to {cardinal(int(m[2]))}",
        examples=(
            ("in Q1–Q3 2024", "in quarters one to three 2024"),
            ("Q2-4.", "quarters two to four."),
            ("Q1-based", "Q1-based"),
        ),
    ),
    Rule(
        name="quarters with the number first",
        pattern=re.compile(r"(?<![\w.-])([1-4])Q(?: ?['’]?(?:20)?(\d\d))?(?![\w-])"),
        say=lambda m: f"{ordinal(int(m[1]))} quarter" + (f" 20{m[2]}" if m[2] else ""),
        examples=(
            ("the 4Q results", "the fourth quarter results"),
            ("in 3Q24", "in third quarter 2024"),
            ("5Q", "5Q"),
        ),
    ),
    Rule(
        name="quarters and halves of a year",
        pattern=re.compile(
            r"(?:\b(?P<lead>[Ii]n|[Ff]or|[Oo]f|[Ss]ince|[Bb]y|[Uu]ntil|[Tt]o|[Ff]rom|[Dd]uring|than|with|after|before) "
            r"|(?<![\w-]))(?P<kind>[QH])(?P<number>(?<=Q)[1-4]|(?<=H)[12])"
            r"(?:[ /](?P<year>(?:FY ?)?20\d\d)|['’](?P<short>\d\d)\b|(?![\w:-]|\.\d))"
        ),
        say=_quarter,
        examples=(
            ("in Q3 2023", "in the third quarter of 2023"),
            ("H1 2024 profit", "first half 2024 profit"),
            ("in H1'23", "in the first half of 2023"),
            ("since Q2.", "since the second quarter."),
            ("Q1: what is it?", "Q1: what is it?"),
            ("an H1N1 wave", "an H1N1 wave"),
        ),
    ),
    Rule(
        name="financial years",
        pattern=re.compile(r"\bFY ?['’]?(?=(?:20)?\d\d\b)"),
        say="fiscal year ",
        examples=(("in FY2023", "in fiscal year 2023"), ("FY24 profit", "fiscal year 24 profit"), ("FY", "FY")),
    ),
    Rule(
        name="seasons",
        pattern=re.compile(r"(?<![\d/.,])((?:1[1-9]|20)\d\d)/(\d\d?|20\d\d)(?![\d/])"),
        say=_season,
        examples=(
            ("the 2024/25 season", "the twenty twenty-four twenty-five season"),
            ("the 2020/2021 season", "the twenty twenty twenty twenty-one season"),
            ("the 2008/9 crisis", "the two thousand eight nine crisis"),
            ("in 2004/05", "in two thousand four oh five"),
            ("2024/11/05", "2024/11/05"),
        ),
    ),
    Rule(
        name="decades to decades",
        pattern=re.compile(
            r"(?<![\w.,])(?P<century>1[1-9]|20)(?P<first>[1-9]0)['’]?s?\s?[–-]\s?"
            r"['’]?(?:(?P=century))?(?P<last>[1-9]0)['’]?s\b"
        ),
        say=_decades,
        examples=(
            ("the 1920–30s", "the nineteen twenties to thirties"),
            ("1950s–1960s", "nineteen fifties to sixties"),
            ("in 1920-30", "in 1920-30"),
            ("the 1990s", "the 1990s"),
        ),
    ),
    Rule(
        name="place in a row to place in a row",
        pattern=re.compile(r"(\d(?:st|nd|rd|th))\s?[–-]\s?(?=\d{1,3}(?:st|nd|rd|th)\b)"),
        say=r"\1 to ",
        examples=(("1st–3rd centuries", "1st to 3rd centuries"), ("4th-8th", "4th to 8th"), ("4th-best", "4th-best")),
    ),
    Rule(
        name="decades of two centuries",
        pattern=re.compile(r"((?:1[1-9]|20)\d0s)\s?[–-]\s?(?=(?:1[1-9]|20)\d0s\b)"),
        say=r"\1 to ",
        examples=(("1990s–2000s", "1990s to 2000s"), ("1890s-1910s", "1890s to 1910s"), ("2000s", "2000s")),
    ),
    Rule(
        name="decades of a century or a life",
        pattern=re.compile(
            r"(?P<lead>\b(?:[Tt]he|[Hh]is|[Hh]er|[Tt]heir|[Mm]y|your|our|early|late|mid|swinging|roaring)[ -]|"
            r"(?:(?<=\d\d0s)|(?<=['’‘]\d0s)) (?:and|or) )(?P<first>\d0)s"
            r"(?:(?P<middle> and | or | to |–|-)(?P<last>\d0)s)?\b(?! (?:time|limit|mark|window|delay|clip|video|ad))"
        ),
        say=_short_decades,
        examples=(
            ("in the 60s and 70s", "in the sixties and seventies"),
            ("in her mid-30s", "in her mid-thirties"),
            ("the late 00s", "the late two thousands"),
            ("after 30s", "after 30s"),
            ("the 60s timeout", "the 60s timeout"),
        ),
    ),
    Rule(
        name="years cut short with a nought",
        pattern=re.compile(r"(?<!\w)['’‘]0(\d)(?![\w])"),
        say=lambda m: f"oh {cardinal(int(m.group(1)))}",
        examples=(("the class of '05", "the class of oh five"), ("in ’08,", "in oh eight,"), ("'68", "'68")),
    ),
    Rule(
        name="year to year",
        pattern=re.compile(rf"(?<![\w.,/:$£-])(?<![€–])(?P<first>{_YEAR}|[1-9]\d\d(?=[–-]1[0-4]))\s?[–-]\s?(?P<last>{_YEAR})(?![\w/:-]|–|[.,]\d)"),
        say=_years,
        examples=(
            ("in 1914–1918", "in nineteen fourteen to nineteen eighteen"),
            ("(r. 978–1013)", "(r. nine seventy-eight to ten thirteen)"),
            ("(1066-1087)", "(ten sixty-six to ten eighty-seven)"),
            ("call 2018-1034", "call 2018-1034"),
        ),
    ),
    Rule(
        name="year to year cut short",
        pattern=re.compile(rf"(?<![\w.,/:$£-])(?<![€–])(?P<first>{_YEAR})[–-](?P<last>\d\d)(?![\w/:-]|–|[.,]\d)"),
        say=_short_years,
        examples=(
            ("in 2019-20", "in twenty nineteen to twenty"),
            ("the 2023–24 season", "the twenty twenty-three to twenty-four season"),
            ("in 2024-03", "in 2024-03"),
        ),
    ),
    Rule(
        name="day to day of a month",
        pattern=re.compile(rf"(?<![\w.,/:-])(?<!–)(?P<lead>){_DAYS}(?= (?P<month>{_NAME})(?!\w))"),
        say=_days,
        examples=(
            ("on 21/22 July", "on the twenty-first to twenty-second of July"),
            ("on 3–5 March", "on the third to fifth of March"),
            ("3-5 patients", "3-5 patients"),
            ("20-5 May", "20-5 May"),
        ),
    ),
    Rule(
        name="a month, day to day",
        pattern=re.compile(rf"\b(?P<lead>(?P<month>{_NAME})\.? ){_DAYS}(?![\w/:-]|–|[.,]\d)"),
        say=_days,
        examples=(
            ("March 3–5", "March third to fifth"),
            ("Dec. 12-14, 2023", "Dec. twelfth to fourteenth, 2023"),
            ("March 3", "March 3"),
        ),
    ),
    Rule(
        name="day of a month to day of a month",
        pattern=re.compile(
            rf"(\b(?P<month>{_NAME})\.? \d{{1,4}}|\b{_DAY} (?P<second>{_NAME})\.?(?: \d{{4}})?)\s?[–-]\s?"
            rf"(?=(?:{_DAY} )?(?P<last>{_NAME})(?!\w))"
        ),
        say=_month_to_month,
        examples=(
            ("March 30–April 2", "March 30 to April 2"),
            ("12 June–3 July", "12 June to 3 July"),
            ("May 2010–June 2011", "May 2010 to June 2011"),
            ("May 1 - June 3", "May 1 to June 3"),
            ("April-May", "April-May"),
        ),
    ),
    Rule(
        name="a month in figures and its year",
        pattern=re.compile(
            r"(?<![\w/.,])(0[1-9]|[2-9]|1[0-2])/((?:19|20)\d\d)(?![\w/]|[.,]\d)"
            r"|(?P<lead>\b(?:EXP|[Ee]xp\.|[Ee]xpiry|[Ee]xpires|[Bb]est before|[Uu]se by):? )"
            r"(?P<month>0[1-9]|1[0-2])/(?P<short>\d\d)\b(?!/)"
        ),
        say=_month_and_year,
        examples=(("from 9/2019 on", "from September 2019 on"), ("EXP 06/27", "EXP June 2027"), ("1/2000", "1/2000")),
    ),
)  # fmt: skip
