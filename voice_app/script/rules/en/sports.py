"""Sports: what cricket writes like fractions and scores, teams below an age, and what stands behind a score."""

from __future__ import annotations

import re

from voice_app.script.rules.en.words import before
from voice_app.script.rules.rule import Rule

_CRICKET = re.compile(
    r"\b(?:wickets?|overs|stumps|declared|all out|batsm[ae]n|batters?|"
    r"bowl(?:ed|ers?|ing)|Ashes|ODIs?|T20s?|cricket\w*|crease|Tests?)\b"
)
_TOOK = re.compile(r"\b(?:took|takes|taking|figures of|claimed|returned) $")
_WHEN = {"HT": "at half-time", "FT": "at full-time", "AET": "after extra time"}
_PLAYED = (
    "team|squad|side|player|cap|international|World|Euro|European|championship|tournament|captain|coach|match|level"
)


def _for(match: re.Match[str]) -> str:
    """Runs for wickets, or wickets for runs."""
    first, last = int(match["first"]), int(match["last"])
    is_likely = (first >= 20 and last < 10) or first <= 10
    if not is_likely or not _CRICKET.search(match.string) or (first <= 10 and not _TOOK.search(before(match))):
        return match.group()
    return f"{first} for {last}"


def _of_a_goal(match: re.Match[str]) -> str:
    """Behind a name in brackets."""
    before = match.string[: match.start()]
    name = before.rstrip().rpartition(" ")[2].lstrip("(")
    return f"{match[1]} minutes" if "(" in before and name[:1].isupper() else match.group()


RULES = (
    Rule(
        name="runs and wickets",
        pattern=re.compile(
            r"(?<![\w.,/$£:-])(?<![€–])"
            r"(?P<first>\d{1,3})[/–-](?P<last>\d{1,3})(?![\w/:-]|–|[.,]\d)"
        ),
        say=_for,
        examples=(
            ("made 312/7 in 50 overs", "made 312 for 7 in 50 overs"),
            ("were 245-6 at stumps", "were 245 for 6 at stumps"),
            ("the bowler took 5-42", "the bowler took 5 for 42"),
            ("won 21-7", "won 21-7"),
        ),
    ),
    Rule(
        name="added time",
        pattern=re.compile(r"(?<![\w.,])(45|90|105|120)\+(\d{1,2}(?:st|nd|rd|th)?)(?P<sign>['’′])?(?=[\s,;)]|$)"),
        say=lambda m: f"{m[1]} plus {m[2]}{' minutes' if m['sign'] else ''}",
        examples=(
            ("in the 90+3rd min", "in the 90 plus 3rd min"),
            ("(Kane 45+1')", "(Kane 45 plus 1 minutes)"),
            ("120+ people", "120+ people"),
        ),
    ),
    Rule(
        name="minutes of goals",
        pattern=re.compile(r"(?<=[a-z] )(\d{1,3})['’′](?=[,;)])"),
        say=_of_a_goal,
        examples=(
            ("(Williams 47', Oyarzabal 86')", "(Williams 47 minutes, Oyarzabal 86 minutes)"),
            ("(Ito 9’)", "(Ito 9 minutes)"),
            ("('line 1', 'line 2')", "('line 1', 'line 2')"),
        ),
    ),
    Rule(
        name="one defeated the other",
        pattern=re.compile(r"(?<=[a-z] )d\.(?= [A-Z][a-z]{1,15} \d[–-]\d)"),
        say="defeated",
        examples=(
            ("Graf d. Seles 6-2", "Graf defeated Seles 6-2"),
            ("Murray d. Cilic 6–4", "Murray defeated Cilic 6–4"),
            ("Ann Day, d. 1950", "Ann Day, d. 1950"),
        ),
    ),
    Rule(
        name="not out",
        pattern=re.compile(r"(?<=\d)\*(?=[\s,;)]|\.?$|\.\s)"),
        say=lambda m: " not out" if _CRICKET.search(m.string) else "*",
        examples=(
            ("103* off 120 balls in the Test", "103 not out off 120 balls in the Test"),
            ("87*, the wicket", "87 not out, the wicket"),
            ("from $5* a month", "from $5* a month"),
        ),
    ),
    Rule(
        name="teams below an age",
        pattern=re.compile(rf"(?<![\w-])U-?(1[4-9]|2[0-3])(?:(s)\b|(?= (?:{_PLAYED})s?\b))"),
        say=lambda m: f"under-{m[1]}{m[2] or ''}",
        examples=(
            ("England U21s won", "England under-21s won"),
            ("the U-17 World Cup", "the under-17 World Cup"),
            ("the U-20 boat", "the U-20 boat"),
        ),
    ),
    Rule(
        name="when a score stood",
        pattern=re.compile(r"(?<=\d )(HT|FT|AET|aet)(?=[),;]|\.?$|\.\s)"),
        say=lambda m: _WHEN[m[1].upper()],
        examples=(
            ("(2-0 HT)", "(2-0 at half-time)"),
            ("won 3-2 aet.", "won 3-2 after extra time."),
            ("the FT", "the FT"),
        ),
    ),
)
