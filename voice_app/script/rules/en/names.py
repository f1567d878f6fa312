"""Numbers that name something: chapters, sections, versions, codes, aircraft, and letters before a number."""

from __future__ import annotations

import re

from voice_app.script.rules.en.words import cardinal, figure_by_figure
from voice_app.script.rules.rule import Rule

_PROGRAMS = "Python|Java|Node|Windows|Android|iOS|macOS|Ubuntu|PHP|HTML|USB|Bluetooth|[Vv]ersions?|[Rr]elease"
_BOOKS = (
    "Genesis|Exodus|Leviticus|Numbers|Deuteronomy|Joshua|Judges|Ruth|Samuel|Kings|Chronicles|Ezra|Nehemiah|Esther|Job|"
    "Psalms?|Ps|Proverbs|Ecclesiastes|Isaiah|Jeremiah|Ezekiel|Daniel|Hosea|Joel|Amos|Micah|Zechariah|Malachi|Matthew|"
    "Mark|Luke|John|Acts|Romans|Corinthians|Galatians|Ephesians|Philippians|Colossians|Thessalonians|Timothy|Titus|"
    "Hebrews|James|Peter|Jude|Revelation|Quran|Qur[’']an|Surah?|[Cc]hapter"
)
_SMALL_ROMAN = {"ii": "two", "iii": "three", "iv": "four", "vi": "six", "vii": "seven", "viii": "eight", "ix": "nine"}
_SECTIONS = {"art. ": "article ", "sec. ": "section ", "para. ": "paragraph ", "eq. ": "equation "}
_STAGES = {"rc": "R C", "a": "alpha", "alpha": "alpha", "b": "beta", "beta": "beta"}


def _named_and_numbered(match: re.Match[str]) -> str:
    """ "F-16s" has the plural of a number word."""
    number, many = match.group(2), match.group(3)
    return f"{match.group(1)} {_many(cardinal(int(number))) if many else number}"


def _many(word: str) -> str:
    if word.endswith("six"):
        return f"{word}es"
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"


def _version(match: re.Match[str]) -> str:
    lead = "version " if match.group("v") else match.group("lead")
    numbers = filter(None, [match.group("number"), match.group("to")])
    return lead + " to ".join(number.replace(".", " point ") for number in numbers)


def _airliner(match: re.Match[str]) -> str:
    maker, first, last, *kinds = [group for group in match.groups() if group]
    last = f"{'oh ' if last[0] == '0' else ''}{cardinal(int(last))}"
    return " ".join([maker.strip(), cardinal(int(first)), last, *(cardinal(int(kind)) for kind in kinds)])


def _verse(match: re.Match[str]) -> str:
    verse, last = int(match["verse"]), match["last"]
    said = f"{match['book']} {cardinal(int(match['chapter']))} {cardinal(verse)}"
    return f"{said} to {cardinal(int(last))}" if last else said


def _early_version(match: re.Match[str]) -> str:
    number = match["number"].replace(".", " point ")
    return f"{'version ' if match['v'] else ''}{number} {_STAGES[match['stage']]} {match['count']}".rstrip()


def _part(text: str) -> str:
    return cardinal(int(text)) if text.isdigit() else _SMALL_ROMAN.get(text, text.upper())


def _part_of_section(match: re.Match[str]) -> str:
    """Letters and numbers in brackets behind a number, without the brackets."""
    parts = re.findall(r"\w+", match["parts"])
    if not match["lead"] and all(part.isdigit() for part in parts):
        return match.group()
    number = match["number"]
    if len(number) == 3 and number[1] == "0" != number[2]:
        number = f"{cardinal(int(number[0]))} oh {cardinal(int(number[2]))}"
    else:  # in words, or "3 A" would be a current
        number = " point ".join(cardinal(int(figures)) for figures in number.split("."))
    lead = _SECTIONS.get((match["lead"] or "").lower(), match["lead"] or "")
    return " ".join([f"{lead}{number}", *map(_part, parts)])


RULES = (
    Rule(
        name="chapter and verse",
        pattern=re.compile(
            rf"\b(?P<book>{_BOOKS}) (?P<chapter>\d{{1,3}}):(?P<verse>[1-9]\d{{0,2}})"
            r"(?:\s?[–-]\s?(?P<last>\d{1,3}))?(?![\d:]| ?[ap]\.?m)"
        ),
        say=_verse,
        examples=(
            ("Psalm 23:4", "Psalm twenty-three four"),
            ("John 3:16–17.", "John three sixteen to seventeen."),
            ("he told John 3:00 was late", "he told John 3:00 was late"),
        ),
    ),
    Rule(
        name="books with a number",
        pattern=re.compile(
            r"\b([123]) (?=(?:Samuel|Kings|Chronicles|Corinthians|Thessalonians|Timothy|Peter|John) \d)"
        ),
        say=lambda m: ("First", "Second", "Third")[int(m[1]) - 1] + " ",
        examples=(
            ("in 1 Corinthians 13", "in First Corinthians 13"),
            ("2 Kings 2", "Second Kings 2"),
            ("2 Kings", "2 Kings"),
        ),
    ),
    Rule(
        name="versions",
        pattern=re.compile(
            rf"(?:(?P<lead>\b(?:{_PROGRAMS}) )|\b(?P<v>[vV]))(?P<number>\d+(?:\.\d+)+)"
            r"(?:\s?[–-]\s?(?P<to>\d+(?:\.\d+)+))?(?![\w-])"
        ),
        say=_version,
        examples=(
            ("Python 3.11 is out", "Python 3 point 11 is out"),
            ("Version 2.0.1.", "Version 2 point 0 point 1."),
            ("v3.2", "version 3 point 2"),
            ("Python 3.8–3.12", "Python 3 point 8 to 3 point 12"),
            ("about 3.14", "about 3.14"),
        ),
    ),
    Rule(
        name="versions before a release",
        pattern=re.compile(
            r"(?:(?P<v>\b[vV])|(?<![\w.]))(?P<number>\d+(?:\.\d+)+)-?"
            r"(?P<stage>rc|alpha|beta|a|b)\.?(?P<count>\d{0,2})(?!\w)"
        ),
        say=_early_version,
        examples=(
            ("install 1.0.0rc1", "install 1 point 0 point 0 R C 1"),
            ("3.13b2.", "3 point 13 beta 2."),
            ("4.0-beta", "4 point 0 beta"),
            ("1.5 beta", "1.5 beta"),
        ),
    ),
    Rule(
        name="parts of a section",
        pattern=re.compile(
            r"(?P<lead>\b(?:[Aa]rt(?:icles?|\.)|[Ss]ec(?:tions?|\.)|[Rr]ules?|[Pp]ara(?:graphs?|\.)|"
            r"[Cc]lauses?|[Ee]q\.) |§ ?)?"
            r"(?<![\w.,/–-])(?P<number>\d{1,3}(?:\.\d{1,2})?)(?P<parts>(?:\((?:[a-zA-Z]|[ivx]{2,4}|\d{1,2})\))+)(?!\w)"
        ),
        say=_part_of_section,
        examples=(
            ("Section 3(b) says", "Section three B says"),
            ("Art. 5(1)(a)", "article five one A"),
            ("a 501(c)(3) group", "a five oh one C three group"),
            ("clause 4(ii)", "clause four two"),
            ("Nature 12(3)", "Nature 12(3)"),
        ),
    ),
    Rule(
        name="airliners",
        pattern=re.compile(r"\b(?:(Boeing )(7)(\d7)(?:-(\d{1,4}))?|(A)(3)(\d0)-(\d{1,4}))(?![\d-])"),
        say=_airliner,
        examples=(
            ("a Boeing 787-9 landed", "a Boeing seven eighty-seven nine landed"),
            ("Boeing 707-320,", "Boeing seven oh seven three hundred twenty,"),
            ("an A320-200", "an A three twenty two hundred"),
            ("won 787-9 overall", "won 787-9 overall"),
        ),
    ),
    Rule(
        name="zones of time",
        pattern=re.compile(r"\b(GMT|UTC)\s?[-−–](?=\d{1,2}(?![\d-]))"),
        say=r"\1 minus ",
        examples=(("at GMT-5", "at GMT minus 5"), ("UTC−3.", "UTC minus 3."), ("UTC time", "UTC time")),
    ),
    Rule(
        name="letters and a number",
        pattern=re.compile(r"(?<![\w-])([A-Z]{1,5}|MiG|Mi|Su|Tu|Yak)-(\d{1,3}|\d\.\d{1,2})((?<!\.\d)(?<!\.\d\d)s\b)?(?![\w-]|\.\d)"),
        say=_named_and_numbered,
        examples=(("on I-95", "on I 95"), ("GLP-1 and COVID-19", "GLP 1 and COVID 19"),
                  ("GPT-3.5", "GPT 3.5"), ("two B-52s", "two B fifty-twos"), ("pre-1990", "pre-1990")),
    ),
    Rule(
        name="letters before a number",  # the normaliser would take them for a code and spell the number
        pattern=re.compile(r"(?<![\w-])([A-Z]{2,5})-([A-Z])(?= \d)"),
        say=r"\1 \2",
        examples=(("LDL-C 130", "LDL C 130"), ("HDL-C of 45", "HDL-C of 45"), ("an HDL-C 45", "an HDL C 45")),
    ),
    Rule(
        name="markers of cells",
        pattern=re.compile(r"\bCD(\d{1,3})\b"),
        say=r"CD \1",
        examples=(("the CD20 protein", "the CD 20 protein"), ("CD8.", "CD 8."), ("a CD", "a CD")),
    ),
    Rule(
        name="vitamins",
        pattern=re.compile(r"\b([Vv]it(?:amins?|\.)? [A-K])(\d{1,2})\b"),
        say=r"\1 \2",
        examples=(("vitamin D3", "vitamin D 3"), ("Vit. B12", "Vit. B 12"), ("vitamin C", "vitamin C")),
    ),
    Rule(
        name="roads with four figures",
        pattern=re.compile(r"(?<![\w-])([AB])(\d{4})(?![\w-]|\.\d)"),
        say=lambda m: f"{m[1]} {figure_by_figure(m[2])}",
        examples=(("the B4509", "the B four five zero nine"), ("the A38", "the A38"), ("AB4509", "AB4509")),
    ),
    Rule(
        name="two of one name",
        pattern=re.compile(r"(?<=[A-Z])(\.?)(\d{1,2})/(\d{1,2})(?![\d/])"),
        say=r" \2 and \3",
        examples=(
            ("BRCA1/2 mutations", "BRCA 1 and 2 mutations"),
            ("HPV16/18", "HPV 16 and 18"),
            ("Use 1/2 cup", "Use 1/2 cup"),
        ),
    ),
    Rule(
        name="codes are spelt",
        pattern=re.compile(
            r"(?P<lead>\b(?:PIN(?: code)?|passcode|[Pp]ostcode|(?:ZIP|[Zz]ip|[Aa]ccess|[Aa]rea|[Ss]ecurity) code)"
            r"(?: number)?(?: is| was|:)? )(?P<code>\d{3,6})(?![\w-]|[.,]\d)"
        ),
        say=lambda m: m["lead"] + figure_by_figure(m["code"]),
        examples=(
            ("The PIN is 4821.", "The PIN is four eight two one."),
            ("ZIP code 90210", "ZIP code nine zero two one zero"),
            ("tax code 2024", "tax code 2024"),
        ),
    ),
)  # fmt: skip
