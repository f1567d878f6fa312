"""How often and how a medicine is taken, as prescriptions have it."""

from __future__ import annotations

import re

from voice_app.script.rules.en.words import either, written_out
from voice_app.script.rules.rule import Rule

_DOSES = {
    "q.d.": "once a day", "b.i.d.": "twice a day", "t.i.d.": "three times a day", "q.i.d.": "four times a day",
    "q.o.d.": "every other day", "q.h.s.": "at bedtime", "p.o.": "by mouth", "p.r.n.": "as needed",
}  # fmt: skip
_DOSES_WITHOUT_STOPS = {short.replace(".", ""): said for short, said in _DOSES.items()} | {
    "iv": "intravenously", "im": "into the muscle", "sc": "under the skin",
}  # fmt: skip
_BEGINS = re.compile(r"\s[A-Z]")
_NEXT = "by mouth|daily|once|twice|three times|four times|as needed|every|each|at bedtime|per day|a day|an hour"


def _ended(match: re.Match[str], said: str) -> str:
    """What is said, with its full stop where a sentence or the next cell of a table begins behind it."""
    if match.group().endswith(".") and _BEGINS.match(match.string, match.end()):
        return f"{said}."
    return written_out(match, said)


def _doses(match: re.Match[str]) -> str:
    said = (_DOSES_WITHOUT_STOPS.get(word.lower(), word) for word in match.group("doses").split())
    return f"{match.group('what')} {' '.join(said)}"


def _tablets(match: re.Match[str]) -> str:
    what = {"tab": "tablet", "cap": "capsule"}[match.group("what")] + match.group("many")
    ends = "." if match.group().endswith(".") and not match.string[match.end() :].strip() else ""
    return f"{match.group('lead')}{match.group('number')} {what}{match.group('dose')}{ends}"


RULES = (
    Rule(
        name="doses",
        pattern=re.compile(rf"(?<![\w.])(?P<short>{either(_DOSES)})(?!\w)"),
        say=lambda m: _ended(m, _DOSES[m.group("short")]),
        examples=(
            ("10 mg p.o. b.i.d. with food", "10 mg by mouth twice a day with food"),
            ("5 mg t.i.d. p.r.n.", "5 mg three times a day as needed."),
            ("P.O. Box 5", "P.O. Box 5"),
        ),
    ),
    Rule(
        name="every so many hours",
        pattern=re.compile(r"(?<![\w.])[qQ]\.?\s?(\d{1,2})(?:\s?[–-]\s?(\d{1,2}))?\s?[hH](?:\.|(?:ou)?rs?)?(?!\w)"),
        say=lambda m: _ended(m, f"every {m[1]}{f' to {m[2]}' if m[2] else ''} hours"),
        examples=(
            ("2 tablets q.8h.", "2 tablets every 8 hours."),
            ("q. 6 h. as", "every 6 hours as"),
            ("Dose: 1 g q4–6h. Price: $5", "Dose: 1 g every 4 to 6 hours. Price: $5"),
            ("Q3 high", "Q3 high"),
        ),
    ),
    Rule(
        name="doses without stops",
        pattern=re.compile(
            r"\b(?P<what>milligrams?|micrograms?|grams?|milliliters?|units?|tab(?:let)?s?|capsules?|puffs?|drops?|hours)"
            r"(?P<doses>(?: (?:PO|po|IV|IM|SC|QD|qd|BID|bid|TID|tid|QID|qid|PRN|prn|daily))+)\b(?![.-]\w)"
        ),
        say=_doses,
        examples=(
            ("5 milligrams PO BID for pain", "5 milligrams by mouth twice a day for pain"),
            ("1 tablet qd", "1 tablet once a day"),
            ("two units bid for it", "two units twice a day for it"),
            ("they bid 5 grams", "they bid 5 grams"),
        ),
    ),
    Rule(
        name="tablets",
        pattern=re.compile(
            r"(?P<lead>\b[Tt]ake |\b[Gg]ive |(?<![\w.]))(?P<number>\d{1,2}|one|two|three|four) "
            rf"(?P<what>tab|cap)(?P<many>s?)\b\.?(?P<dose>(?: (?:{_NEXT})\b)?)"
        ),
        say=lambda m: _tablets(m) if m.group("lead") or m.group("dose") else m.group(),
        examples=(
            ("2 tabs by mouth", "2 tablets by mouth"),
            ("Take 1 tab. daily", "Take 1 tablet daily"),
            ("Give 2 caps.", "Give 2 capsules."),
            ("20 tabs open", "20 tabs open"),
        ),
    ),
)  # fmt: skip
