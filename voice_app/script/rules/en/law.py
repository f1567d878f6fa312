"""Laws: sections and schedules that are cut short, codes, acts of the Union, and one party against another."""

from __future__ import annotations

import re

from voice_app.script.rules.en.words import before, cardinal, in_pairs
from voice_app.script.rules.rule import Rule

_PARTS = {
    "s": "section", "ss": "sections", "reg": "regulation", "regs": "regulations", "sch": "schedule",
    "schs": "schedules", "para": "paragraph", "paras": "paragraphs", "cl": "clause", "cls": "clauses",
}  # fmt: skip
_NUMBER = re.compile(r"\d+|[A-Z]|\.")
_POINT = {".": "point"}
_OF_THE_UNION = re.compile(r"(?:\bDirective |\(E[UC]\) (?:No )?)$")
_OF_A_LAW = re.compile(r"\b(?:Acts?|Code|Ordinance|Regulations|Rules|Bill|Constitution|Treaty|Schedule)\b")
_SMALL_ROMAN = {"ii": "two", "iii": "three", "iv": "four", "vi": "six", "vii": "seven", "viii": "eight", "ix": "nine"}
_SECTIONS = {"art. ": "article ", "sec. ": "section ", "para. ": "paragraph ", "eq. ": "equation ", "§": "section "}


def _cut_short(match: re.Match[str]) -> str:
    """In full where a bracket or a law shows what it is; "ss." and "para" before a number are nothing else."""
    short, stop = match["short"].lower(), match["stop"]
    rest = match.string[match.end() :]
    is_clear = short[:4] == "para" or (
        stop and (short == "ss" or re.match(r"\w{1,5}\(", rest) or _OF_A_LAW.search(match.string))
    )
    if not is_clear:
        return match.group()
    said = _PARTS[short]
    return f"{said.capitalize() if match['short'][0].isupper() else said} "


def _part(text: str) -> str:
    return cardinal(int(text)) if text.isdigit() else _SMALL_ROMAN.get(text, text.upper())


def _part_of_section(match: re.Match[str]) -> str:
    """Letters and numbers in brackets behind a number, without the brackets."""
    parts = re.findall(r"\w+", match["parts"])
    if not match["lead"] and all(part.isdigit() for part in parts):
        return match.group()
    # in words, or "3 A" would be a current
    number = " ".join(
        in_pairs(int(part)) if part.isdigit() else _POINT.get(part, part) for part in _NUMBER.findall(match["number"])
    )
    lead = (match["lead"] or "").lower()
    return " ".join(
        [f"{_SECTIONS.get(lead.rstrip() if '§' in lead else lead, match['lead'] or '')}{number}", *map(_part, parts)]
    )


def _of_a_code(match: re.Match[str]) -> str:
    number = match["number"]
    code = " ".join(match["code"].replace(".", ""))
    return f"{match['title']} {code} section {in_pairs(int(number)) if len(number) < 5 else number}"


RULES = (
    Rule(
        name="parts of a law cut short",
        pattern=re.compile(
            r"(?<![\w.:'-])(?<!’)(?<!\d )(?P<short>ss?|[Rr]egs?|[Ss]chs?|[Pp]aras?|[Cc]ls?)(?P<stop>\.?) ?"
            r"(?=\d{1,3}[A-Z]{0,2}(?![\w.]*\d))"
        ),
        say=_cut_short,
        examples=(
            ("under s. 12(4) and s.3 of the Act", "under section 12(4) and section 3 of the Act"),
            ("see ss. 3-5", "see sections 3-5"),
            ("Para 2 and paras 4-6", "Paragraph 2 and paragraphs 4-6"),
            ("reg. 14(2)", "regulation 14(2)"),
            ("the boys. 12 left", "the boys. 12 left"),
            ("it took 5 s. 12 left", "it took 5 s. 12 left"),
            ("HH:mm:ss.0Z", "HH:mm:ss.0Z"),
        ),
    ),
    Rule(
        name="sections of a code",
        pattern=re.compile(
            r"(?<![\w.,])(?P<title>\d{1,2}) (?P<code>U\.S\.C\.|USC|C\.F\.R\.|CFR) (?:§§? ?)?"
            r"(?P<number>\d{1,5})(?![\d,]|\.\d|\()"
        ),
        say=_of_a_code,
        examples=(
            ("18 U.S.C. § 1343 bars it", "18 U S C section thirteen forty-three bars it"),
            ("42 USC 1983.", "42 U S C section nineteen eighty-three."),
            ("the USC team", "the USC team"),
        ),
    ),
    Rule(
        name="acts of the Union",
        pattern=re.compile(r"(?<= )\d{2,4}/\d{1,4}(?:/E[CU])?(?![\w/])"),
        say=lambda m: m.group().replace("/", " slash ") if _OF_THE_UNION.search(before(m)) else m.group(),
        examples=(
            ("Directive 95/46/EC was", "Directive 95 slash 46 slash EC was"),
            ("Regulation (EU) 2016/679", "Regulation (EU) 2016 slash 679"),
            ("in 2016/17", "in 2016/17"),
        ),
    ),
    Rule(
        name="parts of a section",
        pattern=re.compile(
            r"(?P<lead>\b(?:[Aa]rt(?:icles?|\.)|[Ss]ec(?:tions?|\.)|[Rr]ules?|[Pp]ara(?:graphs?|\.)|"
            r"[Rr]egulations?|[Ss]chedules?|[Cc]lauses?|[Ee]q\.) |§ ?)?"
            r"(?<![\w.,/-])(?<!–)(?P<number>\d{1,4}[A-Z]{0,2}(?:\.\d{1,2})?)(?P<parts>(?:\((?:[a-zA-Z]|[ivx]{2,4}|\d{1,2})\))+)(?!\w)"
        ),
        say=_part_of_section,
        examples=(
            ("Section 3(b) says", "Section three B says"),
            ("Art. 5(1)(a)", "article five one A"),
            ("a 501(c)(3) group", "a five oh one C three group"),
            ("clause 4(ii)", "clause four two"),
            ("section 4A(2) and § 1983(a)", "section four A two and section nineteen eighty-three A"),
            ("§ 230(c)(1)", "section two thirty C one"),
            ("Nature 12(3)", "Nature 12(3)"),
        ),
    ),
)
