"""From one thing to another: numbers, times, places; and scores and ratios, which look like them."""

from __future__ import annotations

import re

from voice_app.script.rules.en.words import before, cardinal, decimal, year
from voice_app.script.rules.rule import Rule

_NUMBER = r"\d{1,3}(?:,\d{3})*(?:\.\d+)?"
_TIME = r"\d{1,2}(?::\d\d)?(?:\s?[ap]\.?m\b\.?)"


def _thousands(number: str) -> str:
    return f"{int(number):,}" if number.isdigit() else number


def _is_mixture(match: re.Match[str]) -> bool:
    return match.group(2) == "1" and re.search(r"\b[Dd]ilut", match.string) is not None


_BEFORE_ONE = {
    "": "", "no.": "number ", "#": "number ", "<": "fewer than ", ">": "more than ", "≤": "at most ", "≥": "at least ",
    "-": "minus ", "−": "minus ", "c.": "about ", "ca.": "about ",
}  # fmt: skip
_IS_SCORED = re.compile(
    r"\b(?:GCS|MMSE|APGAR|Apgar|[Ss]cor(?:e[ds]?|ing)|[Mm]arks?|[Rr]ated)(?: (?:of|is|was|at|with))? $"
)
_OF_A_DATE = re.compile(r"(?:\b[A-Z][a-z]{2,8}\.? \d{1,2}(?:st|nd|rd|th)?,? |\d [A-Z][a-z]{2,8}\.?,? )$")


def _in(match: re.Match[str]) -> str:
    """The number in words; the year of a whole date stays in it."""
    number = match["number"].replace(",", "")
    if len(number) == 4 and number.isdigit() and "," not in match["number"]:
        if _OF_A_DATE.search(match.string, max(0, match.start() - 18), match.start()):
            return match.group()
        said = year(int(number)) if 1000 < int(number) < 2100 else cardinal(int(number))
    else:
        said = decimal(number)
    more = " plus" if match["more"] else ""
    return f"{_BEFORE_ONE[(match['sign'] or '').strip().lower()]}{said}{more} in "


def _is_full(match: re.Match[str]) -> bool:
    return match["part"] == match["all"] != "20"


def _is_of_money(match: re.Match[str]) -> bool:
    """ "bp" may be a pair of bases too."""
    return match[1] == "bps" or re.search(r"\b(?:rates?|yields?|spreads?|margins?|basis)\b", match.string) is not None


def _plural(number: str) -> str:
    return f"{number[:-1]}ies" if number.endswith("y") else f"{number}es" if number.endswith("x") else f"{number}s"


RULES = (
    Rule(
        name="tie-breaks",
        pattern=re.compile(r"(?<=\d[–-]\d)\((?=\d{1,2}(?:[–-]\d{1,2})?\))"),
        say=" (",
        examples=(("7-6(5)", "7-6 (5)"), ("7–6(7–3)", "7–6 (7–3)"), ("7-6 (5)", "7-6 (5)")),
    ),
    Rule(
        name="shapes of pictures",
        pattern=re.compile(
            r"(?<![\d:.])(\d{1,2}):(\d{1,2})(?= (?:wide|screen|display|aspect|format|video|monitor|image|picture|photo|"
            r"frame|panel|TV|crop|layout)s?)"
        ),
        say=r"\1 by \2",
        examples=(("a 16:9 screen", "a 16 by 9 screen"), ("4:3 format", "4 by 3 format"), ("at 16:09", "at 16:09")),
    ),
    Rule(
        name="ratios",
        pattern=re.compile(
            r"(?P<lead>\b(?:ratio (?:is|was|of)|diluted(?: at)?|scale of|odds of) |(?<![\d:.]))"
            r"(\d{1,3}(?:\.\d)?):(\d{1,3}(?:,\d{3})+|\d\.\d|\d{1,6})(?![\d:])"
            r"(?P<end> (?:ratio|odds|dilution|scale|slope|mix|majority))?"
        ),
        say=lambda m: (
            f"{m.group('lead')}{m.group(2)} to {_thousands(m.group(3))}{m.group('end') or ''}"
            if m.group("lead") or m.group("end") or len(m.group(3)) != 2 or _is_mixture(m)
            else m.group()
        ),
        examples=(
            ("The ratio is 16:9.", "The ratio is 16 to 9."),
            ("a 3:1 ratio", "a 3 to 1 ratio"),
            ("diluted 1:1000", "diluted 1 to 1,000"),
            ("won 2:1", "won 2 to 1"),
            ("at 16:09", "at 16:09"),
        ),
    ),
    Rule(
        name="halves of a hundred",
        pattern=re.compile(r"(?<![\d/.,:$£-])(?<!€)(\d0)[/:-](\d0)(?![\d/:-]|\.\d)"),
        say=lambda m: f"{m.group(1)} {m.group(2)}" if int(m.group(1)) + int(m.group(2)) == 100 else m.group(),
        examples=(("a 50/50 chance", "a 50 50 chance"), ("a 60-40 split", "a 60 40 split"),
                  ("maybe 60:40.", "maybe 60 40."),
                  ("20/20", "20/20")),
    ),
    Rule(
        name="so many of so much",
        pattern=re.compile(r"(?<![\w.,])(\d{1,2}) ?[x×] ?(?=\d[\d.,]* ?(?:mg|mcg|µg|g|kg|ml|mL|oz|lb|V|W)\b)"),
        say=lambda m: "one " if m[1] == "1" else f"{m[1]} times ",
        examples=(
            ("1 x 400g tin", "one 400g tin"),
            ("2 x 500 mg tablets", "2 times 500 mg tablets"),
            ("3×400g tins", "3 times 400g tins"),
            ("2 x 4 m", "2 x 4 m"),
        ),
    ),
    Rule(
        name="so much more or less",
        pattern=re.compile(r"(?<=\d)\s?±\s?(?=\d)"),
        say=" plus or minus ",
        examples=(("12.5±0.3 mm", "12.5 plus or minus 0.3 mm"), ("9 ± 1", "9 plus or minus 1"), ("± 2", "± 2")),
    ),
    Rule(
        name="so much by so much",
        pattern=re.compile(
            r"(?<![\w.,:/^-])([1-9]\d{0,3}(?:\.\d)?)(?:[x×]| x )([1-9]\d{0,3}(?:\.\d)?)"
            r"(?=[-\s,;:!?)]|\.?$|\.\s|m\b)(?! ?[=^])"
        ),
        say=r"\1 by \2",
        examples=(
            ("a 2x4 of oak", "a 2 by 4 of oak"),
            ("1920×1080 pixels", "1920 by 1080 pixels"),
            ("a 9x13-inch pan", "a 9 by 13-inch pan"),
            ("at 0x4", "at 0x4"),
            ("6×7 = 42", "6×7 = 42"),
        ),
    ),
    Rule(
        name="times so much",
        pattern=re.compile(r"(?:(?<=\s)|^)×\s?(?=\d)(?<![\w)] × )"),
        say="times ",
        examples=(("a gain of ×10", "a gain of times 10"), ("×3", "times 3"), ("2 × 3", "2 × 3")),
    ),
    Rule(
        name="less than nought with a dash",
        pattern=re.compile(r"(?:(?<=[a-z(,;:] )|(?<=\())–(?=\d)"),
        say="minus ",
        examples=(("a –3.5% fall", "a minus 3.5% fall"), ("(–2)", "(minus 2)"), ("1990 –95", "1990 –95")),
    ),
    Rule(
        name="more than nought",
        pattern=re.compile(
            r"(?<=[a-z(,;] )\+(?=\d[\d,]*(?:\.\d+)?(?:%|[.,;)]?(?:\s[a-z(]|$)))|(?<=\()\+(?=\d+(?:\.\d+)?%)"
        ),
        say="plus ",
        examples=(("from -2 to +3.", "from -2 to plus 3."), ("up +2%", "up plus 2%"), ("call +44 20", "call +44 20")),
    ),
    Rule(
        name="so many and more",
        pattern=re.compile(r"(?:(?<=\d)|(?<=dollars)|(?<=euros)|(?<=pounds))\+(?=[,;:!?)]|\.?$|\.\s)"),
        say=" plus",
        examples=(("aged 65+.", "aged 65 plus."), ("(18+)", "(18 plus)"), ("2+2", "2+2"), ("10+ ways", "10+ ways")),
    ),
    Rule(
        name="so many times",
        pattern=re.compile(r"(?<![\w.,])(\d[\d,]*(?:\.\d+)?)[x×](?![\w×])(?! [\d+=−–-])"),
        say=r"\1 times",
        examples=(("x² + 3x − 4", "x² + 3x − 4"), ("3.5x faster", "3.5 times faster"), ("10x.", "10 times."),
                  ("a 2x4", "a 2x4")),
    ),
    Rule(
        name="one in a hundred",
        pattern=re.compile(r"(?<![\d/.,])1/(100|1,?000|10,?000)(?![\d/]|\.\d| of\b)"),
        say=r"1 in \1",
        examples=(("a 1/100 chance", "a 1 in 100 chance"), ("1/1,000.", "1 in 1,000."), ("1/100 of it", "1/100 of it")),
    ),
    Rule(
        name="out of ten",
        pattern=re.compile(r"(?<![\d/.,])(\d|10|[2-9]\d(?=/100)|100(?=/100))/(100?)(?![\d/]|\.\d| of\b)"),
        say=lambda m: m.group() if m.group(1) in "01" and m.group(1) != "10" else f"{m.group(1)} out of {m.group(2)}",
        examples=(("She scored 8/10.", "She scored 8 out of 10."), ("7/10 of it", "7/10 of it"), ("1/10", "1/10"),
                  ("a mark of 85/100.", "a mark of 85 out of 100.")),
    ),
    Rule(
        name="out of so many",
        pattern=re.compile(
            r"(?<![\w.,/$£])(?<!€)(?P<part>\d{1,3})/(?P<all>\d{2,3})(?![\w/]|[.,]\d)"
        ),
        say=lambda m: f"{m['part']} out of {m['all']}" if _is_full(m) or _IS_SCORED.search(before(m)) else m.group(),
        examples=(
            ("The GCS was 14/15.", "The GCS was 14 out of 15."),
            ("12/12", "12 out of 12"),
            ("on 5/16", "on 5/16"),
        ),
    ),
    Rule(
        name="fraction to number",
        pattern=re.compile(r"((?<![\d/])\d/\d|[½⅓⅔¼¾])\s?[–-]\s?(?=[\d½⅓⅔¼¾])"),
        say=r"\1 to ",
        examples=(("1½–2 cups", "1½ to 2 cups"), ("1/2-3/4 cup", "1/2 to 3/4 cup"), ("½-inch", "½-inch")),
    ),
    Rule(
        name="large number to large number",
        pattern=re.compile(r"(\d (?:thousand|million|billion|trillion|crore|lakh))\s?[–-]\s?(?=\d)"),
        say=r"\1 to ",
        examples=(
            ("2 million–3 million", "2 million to 3 million"),
            ("40 thousand-50 thousand", "40 thousand to 50 thousand"),
            ("2 million-plus", "2 million-plus"),
        ),
    ),
    Rule(
        name="points of percent",
        pattern=re.compile(r"(?<=\d)\s?(pp|bps?)\b(?!\.\s?\d)"),
        say=lambda m: " percentage points" if m[1] == "pp" else " basis points" if _is_of_money(m) else m.group(),
        examples=(
            ("up 3.2pp to", "up 3.2 percentage points to"),
            ("a cut of 25 bps.", "a cut of 25 basis points."),
            ("cut rates by 25bp", "cut rates by 25 basis points"),
            ("a gene of 500 bp", "a gene of 500 bp"),
            ("pp. 3-4", "pp. 3-4"),
        ),
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
        name="pages cut short",
        pattern=re.compile(r"(?<=\bpp\. )(\d{2,4})[–-](\d{1,2})(?![\w–-])"),
        say=lambda m: f"{m[1]} to {m[1][: -len(m[2])]}{m[2]}" if len(m[2]) < len(m[1]) else m.group(),
        examples=(("pp. 201–19", "pp. 201 to 219"), ("pp. 88-9.", "pp. 88 to 89."), ("pp. 5-19", "pp. 5-19")),
    ),
    Rule(
        name="number to number",
        pattern=re.compile(rf"(?<![\w.,/:+-])(?<!–)({_NUMBER})\s?(?:–\s?|-)({_NUMBER})(?![\d/:]|–|[-.,]\d|-[a-z])"),
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
        pattern=re.compile(rf"(?<![\w.,/:+-])(?<!–)({_NUMBER})\s?[–-]\s?({_NUMBER})(?=-[a-z])"),
        say=r"\1 to \2",
        examples=(("a 3-5-year plan", "a 3 to 5-year plan"), ("10–12-hour days", "10 to 12-hour days"),
                  ("a 5-year plan", "a 5-year plan")),
    ),
    Rule(
        name="one in so many",
        pattern=re.compile(
            r"(?<![\w.,:/$£-])(?<!€)(?P<sign>#|[Nn]o\. ?|ca?\. ?|[<>≤≥] ?|[-−])?"
            r"(?P<number>\d{1,3}(?:,\d{3}){1,2}|\d{1,6}(?:\.\d{1,3})?)(?P<more>\+?) in (?=[\w$€£])"
            r"(?!(?:of|on|by|x|wide|long|tall|high|deep|thick|apart|across|and|or|to|per)\b)"
        ),
        say=_in,  # the normaliser would make inches of them
        examples=(("3 in 10 people", "three in 10 people"), ("No. 4 in town", "number four in town"),
                  ("c. 1867 in Paris", "about eighteen sixty-seven in Paris"), ("-5 in Oslo", "minus five in Oslo"),
                  ("4,200 in 1990", "four thousand two hundred in 1990"), ("1.5 in of rain", "1.5 in of rain"),
                  ("5 May 1971 in Leeds", "5 May 1971 in Leeds"), ("12 in wide", "12 in wide")),
    ),
    Rule(
        name="people below or above an age",
        pattern=re.compile(
            r"(?P<lead>\b(?:[Uu]nder|[Oo]ver)-|\b[Tt]he (?:under|over) "
            r"|\b(?:[Uu]nder|[Oo]ver) (?=\d{1,2}s (?:free|only|must|can|go|pay)\b))(?P<age>\d{1,2})s\b"
        ),
        say=lambda m: m["lead"] + _plural(cardinal(int(m["age"]))),
        examples=(
            ("under-5s and over-65s", "under-fives and over-sixty-fives"),
            ("the over 90s", "the over nineties"),
            ("Under 12s free", "Under twelves free"),
            ("took under 10s", "took under 10s"),
        ),
    ),
)  # fmt: skip
