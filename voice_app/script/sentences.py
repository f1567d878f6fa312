"""Cutting a block's text into sentences, with exact places: sentencex, and what it gets wrong in scraped text."""

from __future__ import annotations

import itertools
import re

MAX_CHARACTERS = 400  # a longer utterance costs memory and delays the first sound
_NOT_AN_END = re.compile(
    r"(?:\b(?:vs|e\.g|i\.e|cf|al|[Aa]pprox|Dr|Mr|Mrs|Ms|Messrs|Prof|St|Mt|Ft|Gen|Sens?|Reps?|Gov|Lt|Col|Adm|Cmdr|Pvt"
    r"|Supt|Pres|Hon|Sgt|Atty|Asst|Fr|Dir|Insp|Pfc|Spc|Ste|Wm|Jos|Chas|Geo|Thos|Pt|incl|excl|est|Est|Jr|Sr|Intl|Natl|[Vv]it)|\b[A-Z])\.\s*$"
)
# these are cut short only when a number follows: "Vol. 3", "Eq. (4)"; elsewhere "No." and "min." are ends
_NOT_BEFORE_A_NUMBER = re.compile(
    r"(?:\b(?:Nos?|nos|pp?|[Pp]g|[Ff]igs?|[Vv]ols?|[Cc]h(?:s|ap)?|[Ee]qs?|[Rr]efs?|[Rr]egs?|[Ss]ecs?|ss|[Ss]chs?|Arts?|[Oo]p|[Pp]aras?"
    r"|[Aa]pt|Rm|Rte|Hwy|Ste|Bldg|[Qq]ty|[Tt]el|[Tt]ab|[Pp]op|[Aa]mend|ext|ca|(?<![a-z] )Max"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|[Aa]vg|max|[Mm]in|[Vv]er)|\b[bcd])\.\s*$"
)
# a book of the Bible before chapter and verse, a place or a heat before its degrees, a picture before its letter
_BOOK = re.compile(
    r"\b(?:[12] [A-Z][a-z]{2,4}|Matt|Mk|Lk|Jn|Rom|Gal|Eph|Phil|Col|Heb|Jas|Prov|Eccl|Isa|Jer|Lam|Ezek|Dan|Hos|Mic|Zech"
    r"|Mal|Rev|Deut|Lev|Exod|Ex|Num|Josh|Judg|Neh|Pss?)\.\s*$"
)
_VERSE = re.compile(r"\d{1,3}:\d")
_DEGREED = re.compile(r"\b(?:[Ll]at|[Ll]ong?|[Tt]emp)\.\s*$")
_DEGREES = re.compile(r"[-−]?\d[\d.]{0,9}\s?°")
_LETTERED = re.compile(r"\b(?:[Ff]igs?|Tab|App)\.\s*$")
_LETTER = re.compile(r"[B-HJ-Z](?![\w.]*\w)")
_NUMBER = re.compile(r"[(\[#§+]{0,2}[A-Z]?\d|(?:[IVX]{2,5}|[VX]|I[–-][IVX]+)\b")
_COUNTED = re.compile(r"\d\s?min\.\s*$")  # minutes, not a minimum
_DAY = re.compile(r"\b(?:Mon|Tues?|Weds?|Thu(?:rs?)?|Fri|Sat|Sun)\.\s*$")
_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_DATE = re.compile(rf"[–&-]|\d|(?:{_MONTHS})[a-z]*\.? \d")
_NOON = re.compile(r"\b[ap]\.m\.\s*$")
_ZONE = re.compile(
    r"(?:[ECMP][SD]?T|GMT|BST|UTC|CES?T|EES?T|IST|JST|AES?T|HKT|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Eastern|Pacific)\b"
    r"|(?:Mon|Tues?|Wed|Thu(?:rs)?|Fri|Sat|Sun)(?:\.|\s?[–-])"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? \d"
)
_OPENERS = "These|This|Those|That|The|It|They|We|He|She|You|There|In|For|When|While|However|But|If|Our|Its"
_MORE_OPENERS = (
    "A|An|And|Then|At|On|As|By|From|To|Some|Many|Most|Everyone|Each|All|After|Before|His|Her|Their|My|Not|What|Why|How"
    "|Where|Since|Although|So|Yet|Also|Until|With|Both|Another|Once|Now|I(?:['’][a-z]+)?"
)
# a bracket closes, and a sentence that lacks its full stop begins: "therapies (DMTs) These are"
_MISSING_STOP = re.compile(rf"\)\s+(?=(?:{_OPENERS})\s[a-z])")
# what looks like an initial or an abbreviation, but no name follows: "80 km/h. It", "vitamin K. The", "the U.S. In May"
_STOP = re.compile(r"\.\s+(?=[A-Z])")
_LABELS = (
    "[Vv]itamin|[Hh]epatitis|[Tt]ype|[Gg]roup|[Gg]rade|[Pp]lan|[Oo]ption|[Ss]tep|[Pp]oint|[Hh]ole|[Bb]utton|[Pp]ort|[Pp]art"
    "|[Bb]ox|[Ss]ide|[Ll]evel|[Cc]lass|[Pp]hase|[Ss]ection|[Aa]ppendix|[Tt]able|[Ff]igure|[Gg]ate|[Rr]oom"
)
_MISSED_END = re.compile(
    r"(?:\d\s?(?:\w{1,5}/)?(?:[mghlsLd]|[kcm]m|[mk]g|m[lL]|mins?|hrs?|secs?|lbs?|oz|ft|in|yrs?|[kmM]?[VWΩ])|°\s?[CFK]|°[\d\s′'’″\"]{0,9}[NSEW]"
    rf"|\d (?:{_MONTHS}|Sept)|\b(?:App|[Ff]ig|Tab)\.\s[A-Z]"
    rf"|\b(?:{_LABELS})\s[A-Z]|(?:^|(?<=[.?!]\s))No|\betc|\b(?:q\.d|[btq]\.i\.d|p\.o|p\.r\.n|i\.[vm]|s\.c))$"
)
_END_BEFORE_AN_OPENER = re.compile(r"(?:[\w)]\s[A-Z]|[A-Z]\.[A-Z]|\bPh\.D|\b(?:al|St|Jr|Sr|[Nn]o))$")
_OPENER = re.compile(rf"(?:{_OPENERS}|{_MORE_OPENERS})(?!\s(?:and|et|of)\b),?\s(?:[a-z\d]|{_MONTHS})")
_CLAUSE = re.compile(r"[,;:—]\s")


def sentences(text: str, language: str) -> list[tuple[int, int]]:
    """(start, end) of each sentence in `text`, blanks around it left out."""
    found: list[tuple[int, int]] = []
    for start, end in _merged(text, _boundaries(text, language)):
        for part in _restored(text, start, end):
            found += _cut(text, *part)
    return _stripped(text, found)


def whole(text: str) -> list[tuple[int, int]]:
    """(start, end) of the text as one utterance, or of its parts when it is too long for one."""
    return _stripped(text, _cut(text, 0, len(text)))


def _stripped(text: str, places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The places without the blanks around them; empty ones are left out."""
    found = (_strip(text, start, end) for start, end in places)
    return [(start, end) for start, end in found if end > start]


def _boundaries(text: str, language: str) -> list[tuple[int, int]]:
    from sentencex import segment

    places, at = [], 0
    for piece in segment(language.split("-")[0], text):
        start = text.index(piece, at)
        at = start + len(piece)
        places.append((start, at))
    return places


def _merged(text: str, places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join a piece that ended after an abbreviation with the one after it."""
    found: list[tuple[int, int]] = []
    for start, end in places:
        if found and (_is_cut_short(text, *found[-1], start) or _goes_on(text, start)):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _is_cut_short(text: str, start: int, end: int, after: int) -> bool:
    """Whether the piece [start, end) ends with an abbreviation that the one at `after` belongs to."""
    start = max(start, end - 12)
    return bool(
        _NOT_AN_END.search(text, start, end)
        or (
            _NUMBER.match(text, after)
            and _NOT_BEFORE_A_NUMBER.search(text, start, end)
            and not _COUNTED.search(text, start, end)
        )
        or (_VERSE.match(text, after) and _BOOK.search(text, start, end))
        or (_DEGREES.match(text, after) and _DEGREED.search(text, start, end))
        or (_LETTER.match(text, after) and _LETTERED.search(text, start, end))
        or (_DATE.match(text, after) and _DAY.search(text, start, end))
        or (_ZONE.match(text, after) and _NOON.search(text, start, end))
    )


def _goes_on(text: str, start: int) -> bool:
    """In small letters, or in the middle of something: "Tel.:", "C#, .NET", "./setup.sh"."""
    first = text[start : start + 1]
    is_stroke = first == "/" and not (text[start - 1].isspace() and text[start + 1 : start + 2].isalpha())
    return first.islower() or first in {",", ";", ":"} or is_stroke or text.startswith(".NET", start - 1)


def _restored(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut where a full stop is missing, or was taken for that of an abbreviation."""
    cuts = [match.end() for match in _MISSING_STOP.finditer(text, start, end)]
    cuts += [match.end() for match in _STOP.finditer(text, start, end) if _is_missed(text, match.start(), match.end())]
    return list(itertools.pairwise([start, *sorted(cuts), end]))


def _is_missed(text: str, stop: int, after: int) -> bool:
    """Whether the full stop at `stop` ends a sentence although it stands behind what may be cut short."""
    near = max(0, stop - 14)
    return bool(
        _MISSED_END.search(text, near, stop)
        or (_OPENER.match(text, after) and _END_BEFORE_AN_OPENER.search(text, near, stop))
    )


def _cut(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut what is too long: after a clause, else at a blank, else anywhere."""
    parts = []
    while end - start > MAX_CHARACTERS:
        limit = start + MAX_CHARACTERS
        clauses = [match.end() for match in _CLAUSE.finditer(text, start + MAX_CHARACTERS // 3, limit)]
        blank = text.rfind(" ", start + 1, limit)
        cut = clauses[-1] if clauses else blank if blank > start else limit
        parts.append((start, cut))
        start = cut
    return [*parts, (start, end)]


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
