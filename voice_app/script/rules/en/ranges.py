"""From one thing to another: numbers, times, seasons, places; and scores, ratios and versions, which look like them."""

from __future__ import annotations

import re

from voice_app.script.rules.en.words import cardinal
from voice_app.script.rules.rule import Rule

_NUMBER = r"\d{1,3}(?:,\d{3})*(?:\.\d+)?"
_TIME = r"\d{1,2}(?::\d\d)?(?:\s?[ap]\.?m\b\.?)"
_PROGRAMS = "Python|Java|Node|Windows|Android|iOS|macOS|Ubuntu|PHP|HTML|USB|Bluetooth|[Vv]ersions?|[Rr]elease"
_BOOKS = (
    "Genesis|Exodus|Leviticus|Numbers|Deuteronomy|Joshua|Judges|Ruth|Samuel|Kings|Chronicles|Ezra|Nehemiah|Esther|Job|"
    "Psalms?|Ps|Proverbs|Ecclesiastes|Isaiah|Jeremiah|Ezekiel|Daniel|Hosea|Joel|Amos|Micah|Zechariah|Malachi|Matthew|"
    "Mark|Luke|John|Acts|Romans|Corinthians|Galatians|Ephesians|Philippians|Colossians|Thessalonians|Timothy|Titus|"
    "Hebrews|James|Peter|Jude|Revelation|Quran|Qur[’']an|Surah?|[Cc]hapter"
)
_SMALL_ROMAN = {"ii": "two", "iii": "three", "iv": "four", "vi": "six", "vii": "seven", "viii": "eight", "ix": "nine"}
_STAGES = {"rc": "R C", "a": "alpha", "alpha": "alpha", "b": "beta", "beta": "beta"}
_TRANSPORT = "train|flight|route|line|railway|road|ferry|bus|race|motorway|service|border|corridor"


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
    return lead + match.group("number").replace(".", " point ")


def _is_mixture(match: re.Match[str]) -> bool:
    return match.group(2) == "1" and re.search(r"\b[Dd]ilut", match.string) is not None


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
    return f"{number} {_STAGES[match['stage']]} {match['count']}".rstrip()


def _part_of_section(match: re.Match[str]) -> str:
    """Letters and numbers in brackets behind a number, without the brackets."""
    parts = re.findall(r"\w+", match["parts"])
    if not match["lead"] and all(part.isdigit() for part in parts):
        return match.group()
    number = match["number"]
    if len(number) == 3 and number[1] == "0":
        number = f"{cardinal(int(number[0]))} oh {cardinal(int(number[2]))}"
    return " ".join([f"{match['lead'] or ''}{number}", *(_SMALL_ROMAN.get(part, part.upper()) for part in parts)])


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
            r"\b([123]) (?=(?:Samuel|Kings|Chronicles|Corinthians|Thessalonians|Timothy|Peter|John) (?:\d|[a-z]+[ -]))"
        ),
        say=lambda m: ("First", "Second", "Third")[int(m[1]) - 1] + " ",
        examples=(
            ("in 1 Corinthians 13", "in First Corinthians 13"),
            ("2 Kings 2", "Second Kings 2"),
            ("2 Kings", "2 Kings"),
        ),
    ),
    Rule(
        name="versions before a release",
        pattern=re.compile(r"(?<![\w.])(?P<number>\d+(?:\.\d+)+)-?(?P<stage>rc|alpha|beta|a|b)\.?(?P<count>\d{0,2})(?!\w)"),
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
            r"(?P<lead>\b(?:[Aa]rt(?:icles?|\.)|[Ss]ec(?:tions?|\.)|[Rr]ules?|[Pp]ara(?:graphs?|\.)|[Cc]lauses?) |§ ?)?"
            r"(?<![\w.,/–-])(?P<number>\d{1,3}(?:\.\d{1,2})?)(?P<parts>(?:\((?:[a-zA-Z]|[ivx]{2,4}|\d{1,2})\))+)(?!\w)"
        ),
        say=_part_of_section,
        examples=(
            ("Section 3(b) says", "Section 3 B says"),
            ("Art. 5(1)(a)", "Art. 5 1 A"),
            ("a 501(c)(3) group", "a five oh one C 3 group"),
            ("clause 4(ii)", "clause 4 two"),
            ("Nature 12(3)", "Nature 12(3)"),
        ),
    ),
    Rule(
        name="tie-breaks",
        pattern=re.compile(r"(?<=\d[–-]\d)\((?=\d{1,2}(?:[–-]\d{1,2})?\))"),
        say=" (",
        examples=(("7-6(5)", "7-6 (5)"), ("7–6(7–3)", "7–6 (7–3)"), ("7-6 (5)", "7-6 (5)")),
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
            r"(\d{1,3}):(\d{1,3}(?:,\d{3})+|\d{1,6})(?![\d:])"
            r"(?P<end> (?:ratio|odds|dilution|scale|slope|mix|majority))?"
        ),
        say=lambda m: (
            f"{m.group('lead')}{m.group(2)} to {m.group(3)}{m.group('end') or ''}"
            if m.group("lead") or m.group("end") or len(m.group(3)) != 2 or _is_mixture(m)
            else m.group()
        ),
        examples=(
            ("The ratio is 16:9.", "The ratio is 16 to 9."),
            ("a 3:1 ratio", "a 3 to 1 ratio"),
            ("diluted 1:10", "diluted 1 to 10"),
            ("won 2:1", "won 2 to 1"),
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
        name="so many of so much",
        pattern=re.compile(r"(?<![\w.,])(\d{1,2}) ?[x×] ?(?=\d[\d.,]* ?(?:mg|mcg|µg|g|kg|ml|mL|oz|lb)\b)"),
        say=r"\1 times ",
        examples=(
            ("2 x 500 mg tablets", "2 times 500 mg tablets"),
            ("3×400g tins", "3 times 400g tins"),
            ("2 x 4 m", "2 x 4 m"),
        ),
    ),
    Rule(
        name="so much by so much",
        pattern=re.compile(
            r"(?<![\w.,:/^-])([1-9]\d{0,3})(?:[x×]| x )([1-9]\d{0,3})(?=[-\s,;:!?)]|\.?$|\.\s|m\b)(?! ?[=^])"
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
        name="more than nought",
        pattern=re.compile(
            r"(?<=[a-z(,] )\+(?=\d[\d,]*(?:\.\d+)?(?:%|[.,;)]?(?:\s[a-z(]|$)))|(?<=\()\+(?=\d+(?:\.\d+)?%)"
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
        name="codes are spelt",
        pattern=re.compile(
            r"(?P<lead>\b(?:PIN|passcode|[Pp]ostcode|(?:ZIP|[Zz]ip|[Aa]ccess|[Aa]rea|[Ss]ecurity) code)"
            r"(?: number)?(?: is| was|:)? )(?P<code>\d{3,6})(?![\w-]|[.,]\d)"
        ),
        say=lambda m: m["lead"] + " ".join(cardinal(int(figure)) for figure in m["code"]),
        examples=(
            ("The PIN is 4821.", "The PIN is four eight two one."),
            ("ZIP code 90210", "ZIP code nine zero two one zero"),
            ("tax code 2024", "tax code 2024"),
        ),
    ),
    Rule(
        name="so many times",
        pattern=re.compile(r"(?<![\w.,])(\d+(?:\.\d+)?)[x×](?![\w×])(?! \d)"),
        say=r"\1 times",
        examples=(("3.5x faster", "3.5 times faster"), ("10x.", "10 times."), ("a 2x4", "a 2x4")),
    ),
    Rule(
        name="letters and a number",
        pattern=re.compile(r"(?<![\w-])([A-Z]{1,5})-(\d{1,3}|\d\.\d)((?<!\.\d)s\b)?(?![\w-]|\.\d)"),
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
        name="out of ten",
        pattern=re.compile(r"(?<![\d/.,])(\d|10)/10(?![\d/]|\.\d| of\b)"),
        say=lambda m: m.group() if m.group(1) in "01" and m.group(1) != "10" else f"{m.group(1)} out of 10",
        examples=(("She scored 8/10.", "She scored 8 out of 10."), ("7/10 of it", "7/10 of it"), ("1/10", "1/10")),
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
        name="emergency numbers",
        pattern=re.compile(
            r"(?P<lead>\b(?:[Dd]ial|[Cc]all|[Pp]hone|[Rr]ing|[Tt]ext)(?:ed|led|l?ing)? )?(?<![\w.,$€£/-])"
            r"(?P<number>911|988|999|112|111|101)(?![\w-]|[.,]\d)"
            r"(?P<end> (?:call|caller|dispatcher|operator|service)s?\b)?(?! (?:people|[a-z]+s)\b)"
        ),
        say=lambda m: (
            f"{m['lead'] or ''}{' '.join(cardinal(int(figure)) for figure in m['number'])}{m['end'] or ''}"
            if m["lead"] or m["end"]
            else m.group()
        ),
        examples=(
            ("Dial 911 now", "Dial nine one one now"),
            ("two 911 calls", "two nine one one calls"),
            ("call 111 people", "call 111 people"),
            ("911 people", "911 people"),
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
