"""Telephone numbers and ISBNs: figure by figure, with a rest between the groups, so that they can be written down."""

from __future__ import annotations

import re

from voice_app.script.rules.en.words import figure_by_figure
from voice_app.script.rules.rule import Rule

LONGEST_GROUP = 5  # of what is written without blanks, nobody can keep more in mind
_ASKED = r"\b(?:[Cc]all|[Dd]ial|[Pp]hone|[Rr]ing|[Tt]ext|[Tt]ele?phone|[Ff]ax|[Mm]obile|[Hh]elpline)(?:ed|led|l?ing)?"
_GROUPS = re.compile(r"\d+")


def _grouped(number: str) -> str:
    plus = "plus " if number.startswith("+") else ""
    groups = [part for group in _GROUPS.findall(number) for part in _parts(group)]
    return plus + ", ".join(map(figure_by_figure, groups)) + (" X" if number.endswith("X") else "")


def _parts(group: str) -> list[str]:
    """A long group in threes, the last of which may have four."""
    parts = []
    while len(group) > LONGEST_GROUP:
        parts.append(group[:3])
        group = group[3:]
    return [*parts, group]


RULES = (
    Rule(
        name="telephones",
        pattern=re.compile(r"\b(Tel|tel|Ph)\.(?=:|\s?[\d(+])"),
        say=lambda m: "Telephone" if m.group(1)[0].isupper() else "telephone",
        examples=(
            ("Tel.: (555) 0123", "Telephone: (555) 0123"),
            ("tel. 555-0123", "telephone 555-0123"),
            ("the hotel. 5 rooms", "the hotel. 5 rooms"),
        ),
    ),
    Rule(
        name="extensions of telephones",
        pattern=re.compile(r"(?<=\d{3}[-. ]\d{4}),? x\.? ?(?=\d{2,5}\b)"),
        say=" extension ",
        examples=(
            ("555-123-4567 x89", "555-123-4567 extension 89"),
            ("555.0123, x204", "555.0123 extension 204"),
            ("1920 x 1080", "1920 x 1080"),
        ),
    ),
    Rule(
        name="emergency numbers",
        pattern=re.compile(
            r"(?P<lead>\b(?:[Dd]ial|[Cc]all|[Pp]hone|[Rr]ing|[Tt]ext)(?:ed|led|l?ing)? )?(?<![\w.,$£/-])(?<!€)"
            r"(?P<number>911|988|999|112|111|101)(?![\w-]|[.,]\d)"
            r"(?P<end> (?:call|caller|dispatcher|operator|service)s?\b)?(?! (?:people|[a-z]+s)\b)"
        ),
        say=lambda m: (
            f"{m['lead'] or ''}{figure_by_figure(m['number'])}{m['end'] or ''}" if m["lead"] or m["end"] else m.group()
        ),
        examples=(
            ("Dial 911 now", "Dial nine one one now"),
            ("two 911 calls", "two nine one one calls"),
            ("call 111 people", "call 111 people"),
            ("911 people", "911 people"),
        ),
    ),
    Rule(
        name="telephone numbers",
        pattern=re.compile(
            r"(?<![\w+.,$£/-])(?<!€)(?P<number>"
            r"\+(?=(?:\D?\D?\d){7})\d{1,3}(?:[ .-]?\(?\d{1,4}\)?[ .-]?){2,5}(?<=\d)"  # of any country
            r"|(?:\+?1[-. ])?(?:\(\d{3}\) ?|\d{3}[-.])\d{3}[-. ]\d{4}"  # of North America
            r"|\(?0\d{2,4}\)?[ -]\d{3,4}[ -]?\d{3,4}(?: \d{3,4})?)(?![\w-]|[.,]\d)"  # where they begin with zero
        ),
        say=lambda m: _grouped(m["number"]),
        examples=(
            ("1-800-555-0199", "one, eight zero zero, five five five, zero one nine nine"),
            ("+44 20 7946 0958", "plus four four, two zero, seven nine four six, zero nine five eight"),
            ("(555) 123-4567", "five five five, one two three, four five six seven"),
            ("0800 123 456", "zero eight zero zero, one two three, four five six"),
            ("in 2024-03-04", "in 2024-03-04"),
            ("up +20 30 times", "up +20 30 times"),
            ("120 130 1500", "120 130 1500"),
        ),
    ),
    Rule(
        name="short telephone numbers",
        pattern=re.compile(
            rf"(?P<lead>{_ASKED}(?: number)?(?: (?:on|at|to))?:? )"
            r"(?P<number>\d{3}[- ]\d{3,4}|\d{5,11})(?![\w-]|[.,]\d)"
        ),
        say=lambda m: m["lead"] + _grouped(m["number"]),
        examples=(
            ("Fax: 555-0123", "Fax: five five five, zero one two three"),
            ("call 116 123 now", "call one one six, one two three now"),
            ("text 85258", "text eight five two five eight"),
            ("call 120 people", "call 120 people"),
        ),
    ),
    Rule(
        name="numbers of books",
        pattern=re.compile(r"(?P<lead>\bISBN(?:-1[03])?:? )(?P<number>\d[\d -]{8,15}[\dX])(?![\w-])"),
        say=lambda m: m["lead"] + _grouped(m["number"]),
        examples=(
            (
                "ISBN 978-3-16-148410-0",
                "ISBN nine seven eight, three, one six, one four eight, four one zero, zero",
            ),
            ("ISBN 0-8044-2957-X", "ISBN zero, eight zero four four, two nine five seven X"),
            ("the ISBN of it", "the ISBN of it"),
        ),
    ),
)
