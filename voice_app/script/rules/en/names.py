"""Numbers that name something: chapters, sections, versions, codes, aircraft, and letters before a number."""

from __future__ import annotations

import re

from voice_app.script.rules.en.words import before, cardinal, figure_by_figure, in_pairs, ordinal
from voice_app.script.rules.rule import Rule

_PROGRAMS = "Python|Java|Node|Windows|Android|iOS|macOS|Ubuntu|PHP|HTML|USB|Bluetooth|[Vv]ersions?|[Rr]elease"
_BOOKS = {
    "Genesis", "Exodus", "Leviticus", "Numbers", "Deuteronomy", "Joshua", "Judges", "Ruth", "Samuel", "Kings",
    "Chronicles", "Ezra", "Nehemiah", "Esther", "Job", "Psalm", "Psalms", "Ps", "Proverbs", "Ecclesiastes", "Isaiah",
    "Jeremiah", "Ezekiel", "Daniel", "Hosea", "Joel", "Amos", "Micah", "Zechariah", "Malachi", "Matthew", "Mark",
    "Luke", "John", "Acts", "Romans", "Corinthians", "Galatians", "Ephesians", "Philippians", "Colossians",
    "Thessalonians", "Timothy", "Titus", "Hebrews", "James", "Peter", "Jude", "Revelation", "Quran", "Qur’an",
    "Qur'an", "Sura", "Surah", "Chapter", "chapter",
}  # fmt: skip
_SHORT_BOOKS = {
    "Gen": "Genesis", "Ex": "Exodus", "Exod": "Exodus", "Lev": "Leviticus", "Num": "Numbers", "Deut": "Deuteronomy",
    "Josh": "Joshua", "Judg": "Judges", "Sam": "Samuel", "Kgs": "Kings", "Chron": "Chronicles", "Chr": "Chronicles",
    "Neh": "Nehemiah", "Ps": "Psalm", "Prov": "Proverbs", "Eccl": "Ecclesiastes", "Isa": "Isaiah", "Jer": "Jeremiah",
    "Lam": "Lamentations", "Ezek": "Ezekiel", "Dan": "Daniel", "Hos": "Hosea", "Mic": "Micah", "Hab": "Habakkuk",
    "Zech": "Zechariah", "Mal": "Malachi", "Matt": "Matthew", "Mk": "Mark", "Lk": "Luke", "Jn": "John", "Rom": "Romans",
    "Cor": "Corinthians", "Gal": "Galatians", "Eph": "Ephesians", "Phil": "Philippians", "Col": "Colossians",
    "Thess": "Thessalonians", "Tim": "Timothy", "Tit": "Titus", "Heb": "Hebrews", "Jas": "James", "Pet": "Peter",
    "Rev": "Revelation",
}  # fmt: skip
_PEOPLE = {
    "Sam",
    "Dan",
    "Matt",
    "Phil",
    "Tim",
    "Col",
    "Gen",
    "Ex",
    "Num",
    "Pet",
    "Mic",
    "Gal",
    "Lam",
    "Mal",
    "Rev",
    "Tit",
}
_LETTERED = {
    "flat", "apt", "apartment", "room", "unit", "gate", "seat", "class", "year", "block", "studio", "platform", "suite",
}  # fmt: skip
_STAGES = {"rc": "R C", "a": "alpha", "alpha": "alpha", "b": "beta", "beta": "beta"}


def _named_and_numbered(match: re.Match[str]) -> str:
    """ "F-16s" has the plural of a number word."""
    number, many = match.group(2), match.group(3)
    if number[0] == "0" != number:
        return f"{match.group(1)} {figure_by_figure(number)}"
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
    found = [group for group in match.groups() if group]
    maker, first, last, *kinds = found if len(found) > 2 else ["", *found]
    last = f"{'oh ' if last[0] == '0' else ''}{cardinal(int(last))}"
    said = [maker.strip(), cardinal(int(first)), last, *(cardinal(int(kind)) for kind in kinds)]
    return " ".join(filter(None, said))


def _verse(match: re.Match[str]) -> str:
    if match["book"] not in _BOOKS:
        return match.group()
    verse, last = int(match["verse"]), match["last"]
    said = f"{match['book']} {cardinal(int(match['chapter']))} {cardinal(verse)}"
    return f"{said} to {cardinal(int(last))}" if last else said


def _short_book(match: re.Match[str]) -> str:
    """The book in full and its verse; without a stop or a number before it, it may be somebody's name and a time."""
    book, last = match["book"], match["last"]
    if book not in _SHORT_BOOKS or (book in _PEOPLE and not (match["stop"] or match["which"])):
        return match.group()
    which = f"{ordinal(int(match['which'])).capitalize()} " if match["which"] else ""
    verses = f"verses {cardinal(int(match['verse']))} to {cardinal(int(last))}" if last else ""
    return (
        f"{which}{_SHORT_BOOKS[book]} {cardinal(int(match['chapter']))}, "
        f"{verses or 'verse ' + cardinal(int(match['verse']))}"
    )


def _lettered(match: re.Match[str]) -> str:
    word = before(match).rstrip().rpartition(" ")[2].strip("(.").lower()
    return f"{cardinal(int(match[1]))} {match[2]}" if word in _LETTERED else match.group()


def _early_version(match: re.Match[str]) -> str:
    number = match["number"].replace(".", " point ")
    return f"{'version ' if match['v'] else ''}{number} {_STAGES[match['stage']]} {match['count']}".rstrip()


RULES = (
    Rule(
        name="books that are cut short",
        pattern=re.compile(
            r"(?<![\w.])(?:(?P<which>[123]) )?(?P<book>[A-Z][a-z]{1,5})(?P<stop>\.?) (?P<chapter>\d{1,3}):"
            r"(?P<verse>[1-9]\d{0,2})(?:\s?[–-]\s?(?P<last>\d{1,3}))?(?![\d:]| ?[ap]\.?m)"
        ),
        say=_short_book,
        examples=(
            ("read 1 Cor. 13:4 aloud", "read First Corinthians thirteen, verse four aloud"),
            ("Prov. 3:5-6", "Proverbs three, verses five to six"),
            ("2 Tim 3:16.", "Second Timothy three, verse sixteen."),
            ("Tim 3:16", "Tim 3:16"),
            ("At 5:30", "At 5:30"),
        ),
    ),
    Rule(
        name="flats, rooms and figures with a letter",  # the normaliser would say "degrees Celsius" for "4C"
        pattern=re.compile(
            r"(?<= )(\d{1,3})([A-HK])\b(?![-'/])(?!’)"
        ),
        say=_lettered,
        examples=(
            ("Flat 4C is empty", "Flat four C is empty"),
            ("in Apt. 12B, Reno", "in Apt. twelve B, Reno"),
            ("heat to 4C", "heat to 4C"),
        ),
    ),
    Rule(
        name="flights",  # behind a code the normaliser would say the time in half
        pattern=re.compile(r"\b([Ff]lights? (?:number )?)([A-Z]{2}) ?(\d{1,4})(?![\w-]|[.,]\d)"),
        say=lambda m: f"{m[1]}{' '.join(m[2])} {in_pairs(int(m[3]))}",
        examples=(
            ("Flight BA286 left", "Flight B A two eighty-six left"),
            ("on flight LH 1540", "on flight L H fifteen forty"),
            ("Flight 1549", "Flight 1549"),
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
        name="chapter and verse",
        pattern=re.compile(
            r"\b(?P<book>[A-Zc][\w’']{1,14}) (?P<chapter>\d{1,3}):(?P<verse>[1-9]\d{0,2})"
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
        name="standards",
        pattern=re.compile(r"\b((?:ISO|IEC|EN|DIN|BS)(?:[ /](?:ISO|IEC|EN))*) (\d{2,5}):(?=(?:19|20)\d\d\b)"),
        say=lambda m: f"{m[1].replace('/', ' ')} {cardinal(int(m[2]))}, ",
        examples=(
            ("ISO 9001:2015 is", "ISO nine thousand one, 2015 is"),
            ("EN ISO 13485:2016", "EN ISO thirteen thousand four hundred eighty-five, 2016"),
            ("BS at 9:20", "BS at 9:20"),
        ),
    ),
    Rule(
        name="airliners",
        pattern=re.compile(r"\b(?:(Boeing )(7)(\d7)(?:-(\d{1,4}))?|(A)(3)(\d0)-(\d{1,4})"
            r"|(7)([0-8]7)(?= (?:MAX|Max|jets?|Dreamliner)\b))(?![\d-])"),
        say=_airliner,
        examples=(
            ("a Boeing 787-9 landed", "a Boeing seven eighty-seven nine landed"),
            ("Boeing 707-320,", "Boeing seven oh seven three hundred twenty,"),
            ("an A320-200", "an A three twenty two hundred"),
            ("the 737 MAX 9", "the seven thirty-seven MAX 9"),
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
                  ("error E-04", "error E zero four"), ("two B-52s", "two B fifty-twos"), ("pre-1990", "pre-1990")),
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
