"""Signs between words and numbers."""

from __future__ import annotations

import re

from voice_app.script.rules.rule import Rule

_BETWEEN = {
    "=": "equals", "+": "plus", "×": "times", "÷": "divided by", "→": "to", "&": "and", "@": "at", "<": "less than",
    ">": "more than", "≠": "is not equal to", "≈": "about",
}  # fmt: skip
_BEFORE = {
    "~": "about ", "≈": "about ", "±": "plus or minus ", "≥": "at least ", "≤": "at most ", "#": "number ",
    "<": "less than ", ">": "more than ", "§": "section ",
}  # fmt: skip


def _signs(signs: dict[str, str]) -> str:
    return "[" + re.escape("".join(signs)) + "]"


_COMPARED = {
    "<": "is less than", ">": "is greater than", "≤": "is at most", "≥": "is at least", "=": "equals",
}  # fmt: skip

RULES = (
    Rule(
        name="comparisons",
        pattern=re.compile(r"(?<![\w'’])(?P<what>[b-zB-HJ-Z]|p-value) ?(?P<sign>[<>≤≥=]) ?(?=[-−]?[\d.])"),
        say=lambda m: f"{m.group('what')} {_COMPARED[m.group('sign')]} ",
        examples=(
            ("If x > 3, stop", "If x is greater than 3, stop"),
            ("(p < 0.05)", "(p is less than 0.05)"),
            ("n=40", "n equals 40"),
            ("costs > 5", "costs > 5"),
        ),
    ),
    Rule(
        name="signs before numbers",
        pattern=re.compile(rf"(?P<lead>^|(?<=[\s(±]))(?P<sign>{_signs(_BEFORE)})\s?(?=[\d$€£])"),
        say=lambda m: _BEFORE[m.group("sign")],
        examples=(
            ("~5 people", "about 5 people"),
            ("aged ≥ 18", "aged at least 18"),
            ("(< 3 hours)", "(less than 3 hours)"),
            ("± 2 points", "plus or minus 2 points"),
            ("C# 7", "C# 7"),
        ),
    ),
    Rule(
        name="signs between words",
        pattern=re.compile(rf"(?<=[\w)%]) (?P<sign>{_signs(_BETWEEN)}) (?=[\w($€£])"),
        say=lambda m: f" {_BETWEEN[m.group('sign')]} ",
        examples=(
            ("The immune system & MS", "The immune system and MS"),
            ("2 + 2 = 4", "2 plus 2 equals 4"),
            ("Paris → Rome", "Paris to Rome"),
            ("AT&T", "AT&T"),
        ),
    ),
    Rule(
        name="two letters and a sign",
        pattern=re.compile(r"(?<![\w&])([A-Z])&([A-Z])(?![\w&])"),
        say=r"\1 and \2",
        examples=(("a Q&A", "a Q and A"), ("R&D costs", "R and D costs"), ("AT&T", "AT&T")),
    ),
    Rule(
        name="sections",
        pattern=re.compile(r"§§\s?(?=\d)"),
        say="sections ",
        examples=(("§§ 3 and 4", "sections 3 and 4"), ("§§3", "sections 3"), ("§ 3", "§ 3")),
    ),
    Rule(
        name="numbers of sections and versions",
        pattern=re.compile(r"(?<![\w.:/$€£-])\d{1,3}(?:\.\d{1,3}){2,3}(?![\w.:/-]*\w)"),
        say=lambda m: m.group().replace(".", " point "),
        examples=(
            ("1.1.1 The weather", "1 point 1 point 1 The weather"),
            ("See section 2.3.1.", "See section 2 point 3 point 1."),
            ("on 03.05.2024", "on 03.05.2024"),
            ("2.3 metres", "2.3 metres"),
        ),
    ),
    Rule(
        name="faces made of signs are not said",
        pattern=re.compile(r"(?:^|\s)[:;]['’]?-?[)(DP](?!\S)"),
        say="",
        examples=(("fine :) now", "fine now"), ("so so ;-)", "so so"), ("(a: b)", "(a: b)")),
    ),
    Rule(
        name="marks of layout are not said",
        pattern=re.compile(r"[•‣▪■●◦*_|`~^\\]+"),
        say=" ",
        examples=(("• first", "  first"), ("a | b", "a   b"), ("plain-text", "plain-text")),
    ),
    Rule(
        name="three stops are a pause",
        pattern=re.compile(r"\.{2,}|…"),
        say=",",
        examples=(("Well... yes", "Well, yes"), ("and so…", "and so,"), ("The end.", "The end.")),
    ),
    Rule(
        name="typewriter dashes are dashes",
        pattern=re.compile(r"\s*(?:--+|(?<=\s)–(?=\s))\s*"),
        say=" — ",
        examples=(("yes -- no", "yes — no"), ("yes – no", "yes — no"), ("10–20", "10–20")),
    ),
)
