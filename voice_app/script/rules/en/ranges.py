"""From one thing to another: numbers, times, seasons, places; and scores, ratios and versions, which look like them."""

from __future__ import annotations

import re

from voice_app.script.rules.en.words import cardinal, year
from voice_app.script.rules.rule import Rule

_NUMBER = r"\d{1,3}(?:,\d{3})*(?:\.\d+)?"
_TIME = r"\d{1,2}(?::\d\d)?(?:\s?[ap]\.?m\b\.?)"
_PROGRAMS = "Python|Java|Node|Windows|Android|iOS|macOS|Ubuntu|PHP|HTML|USB|Bluetooth|[Vv]ersions?|[Rr]elease"
_TRANSPORT = "train|flight|route|line|railway|road|ferry|bus|race|motorway|service|border|corridor"


def _season(match: re.Match[str]) -> str:
    first, last = int(match.group(1)), int(match.group(2))
    if (first + 1) % 100 != last:
        return match.group()
    return f"{year(first)} {'oh ' if last < 10 else ''}{cardinal(last)}"


def _version(match: re.Match[str]) -> str:
    lead = "version " if match.group("v") else match.group("lead")
    return lead + match.group("number").replace(".", " point ")


RULES = (
    Rule(
        name="versions",
        pattern=re.compile(
            rf"(?:(?P<lead>\b(?:{_PROGRAMS}) )|\b(?P<v>[vV]))(?P<number>\d+(?:\.\d+)+)(?![\w-])"
        ),
        say=_version,
        examples=(
            ("Python 3.11 is out", "Python 3 point 11 is out"),
            ("Version 2.0.1.", "Version 2 point 0 point 1."),
            ("v3.2", "version 3 point 2"),
            ("about 3.14", "about 3.14"),
        ),
    ),
    Rule(
        name="ratios",
        pattern=re.compile(
            r"(?P<lead>\bratio (?:is|was|of) |(?<![\d:.]))(\d{1,3}):(\d{1,3})(?![\d:])(?P<end> (?:ratio|odds))?"
        ),
        say=lambda m: (
            f"{m.group('lead')}{m.group(2)} to {m.group(3)}{m.group('end') or ''}"
            if m.group("lead") or m.group("end")
            else m.group()
        ),
        examples=(
            ("The ratio is 16:9.", "The ratio is 16 to 9."),
            ("a 3:1 ratio", "a 3 to 1 ratio"),
            ("at 16:09", "at 16:09"),
        ),
    ),
    Rule(
        name="halves of a hundred",
        pattern=re.compile(r"(?<![\d/.,$€£])(\d0)/(\d0)(?![\d/]|\.\d)"),
        say=lambda m: f"{m.group(1)} {m.group(2)}" if int(m.group(1)) + int(m.group(2)) == 100 else m.group(),
        examples=(("a 50/50 chance", "a 50 50 chance"), ("80/20", "80 20"), ("20/20", "20/20")),
    ),
    Rule(
        name="so many times",
        pattern=re.compile(r"(?<![\w.,])(\d+(?:\.\d+)?)[x×](?![\w×])(?! \d)"),
        say=r"\1 times",
        examples=(("3.5x faster", "3.5 times faster"), ("10x.", "10 times."), ("a 2x4", "a 2x4")),
    ),
    Rule(
        name="letters and a number",
        pattern=re.compile(r"(?<![\w-])([A-Z]{1,5})-(\d{1,3})(?![\w-]|\.\d)"),
        say=r"\1 \2",
        examples=(("on I-95", "on I 95"), ("GLP-1 and COVID-19", "GLP 1 and COVID 19"), ("pre-1990", "pre-1990")),
    ),
    Rule(
        name="markers of cells",
        pattern=re.compile(r"\bCD(\d{1,3})\b"),
        say=r"CD \1",
        examples=(("the CD20 protein", "the CD 20 protein"), ("CD8.", "CD 8."), ("a CD", "a CD")),
    ),
    Rule(
        name="one in a hundred",
        pattern=re.compile(r"(?<![\d/.,])1/(100|1,?000|10,?000)(?![\d/]|\.\d| of\b)"),
        say=r"1 in \1",
        examples=(("a 1/100 chance", "a 1 in 100 chance"), ("1/1,000.", "1 in 1,000."), ("1/100 of it", "1/100 of it")),
    ),
    Rule(
        name="vitamins",
        pattern=re.compile(r"\b([Vv]itamins? [A-K])(\d{1,2})\b"),
        say=r"\1 \2",
        examples=(("vitamin D3", "vitamin D 3"), ("Vitamin B12", "Vitamin B 12"), ("vitamin C", "vitamin C")),
    ),
    Rule(
        name="seasons",
        pattern=re.compile(r"(?<![\d/.,])((?:1[1-9]|20)\d\d)/(\d\d)(?![\d/])"),
        say=_season,
        examples=(
            ("the 2024/25 season", "the twenty twenty-four twenty-five season"),
            ("in 2004/05", "in two thousand four oh five"),
            ("2024/11/05", "2024/11/05"),
        ),
    ),
    Rule(
        name="out of ten",
        pattern=re.compile(r"(?<![\d/.,])(\d|10)/10(?![\d/]|\.\d| of\b)"),
        say=lambda m: m.group() if m.group(1) in "01" and m.group(1) != "10" else f"{m.group(1)} out of 10",
        examples=(("She scored 8/10.", "She scored 8 out of 10."), ("7/10 of it", "7/10 of it"), ("1/10", "1/10")),
    ),
    Rule(
        name="percent to percent",
        pattern=re.compile(rf"({_NUMBER})\s?%?\s?[–-]\s?({_NUMBER})\s?%"),
        say=r"\1 to \2%",
        examples=(("10–15% agree", "10 to 15% agree"), ("10%-15%", "10 to 15%"), ("a -5% fall", "a -5% fall")),
    ),
    Rule(
        name="measure to measure",
        pattern=re.compile(rf"({_NUMBER}\s?(?:°[CF]?|%|k?m|[cm]m|k?g|mg|ml|mL|GB|MB))\s?–\s?(?=\d)"),
        say=r"\1 to ",
        examples=(("5 °C–10 °C", "5 °C to 10 °C"), ("5%–10%", "5% to 10%"), ("5–10 °C", "5–10 °C")),
    ),
    Rule(
        name="time to time",
        pattern=re.compile(
            rf"(?P<one>\b{_TIME}|\b\d{{1,2}}:\d\d|\b\d{{1,2}}(?=\s?[–-]\s?{_TIME}))\s?[–-]\s?"
            rf"(?P<two>{_TIME}|\d{{1,2}}:\d\d\b)",
            re.IGNORECASE,
        ),
        say=r"\g<one> to \g<two>",
        examples=(
            ("9am–5pm", "9am to 5pm"),
            ("9:30–11:00", "9:30 to 11:00"),
            ("from 2-4 p.m. today", "from 2 to 4 p.m. today"),
            ("at 9:30", "at 9:30"),
        ),
    ),
    Rule(
        name="number to number",
        pattern=re.compile(rf"(?<![\w.,/:–+-])({_NUMBER})\s?(?:–\s?|-)({_NUMBER})(?![\d/:–]|[-.,]\d|-[a-z])"),
        say=r"\1 to \2",
        examples=(
            ("5-7 seats", "5 to 7 seats"),
            ("1.5–2 hours", "1.5 to 2 hours"),
            ("call 555-0123", "call 555-0123"),
            ("on 2026-11-19", "on 2026-11-19"),
            ("COVID-19", "COVID-19"),
        ),
    ),
    Rule(
        name="numbers to numbers with a word",
        pattern=re.compile(rf"(?<![\w.,/:–+-])({_NUMBER})\s?[–-]\s?({_NUMBER})(?=-[a-z])"),
        say=r"\1 to \2",
        examples=(("a 3-5-year plan", "a 3 to 5-year plan"), ("10–12-hour days", "10 to 12-hour days"),
                  ("a 5-year plan", "a 5-year plan")),
    ),
    Rule(
        name="place to place",
        pattern=re.compile(rf"\b([A-Z]\w+)–([A-Z]\w+)(?= (?:{_TRANSPORT})\b)"),
        say=r"\1 to \2",
        examples=(
            ("the London–Paris train", "the London to Paris train"),
            ("the Rome–Milan line", "the Rome to Milan line"),
            ("the Epstein–Barr virus", "the Epstein–Barr virus"),
        ),
    ),
    Rule(
        name="one in so many",
        pattern=re.compile(r"(?<![\w.,/$€£-])(#?)(\d{1,3}) in (?=[\w$€£])(?!(?:by|x|wide|long|tall|high|deep)\b)"),
        say=lambda m: f"{'number ' if m.group(1) else ''}{cardinal(int(m.group(2)))} in ",
        examples=(("3 in 10 people", "three in 10 people"), ("#1 in town", "number one in town"),
                  ("12 in wide", "12 in wide")),
    ),
)  # fmt: skip
