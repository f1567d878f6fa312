"""Dates as pages write them: ISO, with the month's name in eight languages, or in figures that can be read one way."""

from __future__ import annotations

import re
from datetime import date

_NAMES = (
    "january jan januar jänner janvier enero gennaio janeiro januari января",
    "february feb februar février fevrier febrero febbraio fevereiro februari февраля",
    "march mar mars märz maerz marzo março maart марта",
    "april apr avril abril aprile апреля",
    "may mai mayo maggio maio mei мая",
    "june jun juni juin junio giugno junho июня",
    "july jul juli juillet julio luglio julho июля",
    "august aug août aout agosto augustus августа",
    "september sep sept septembre septiembre settembre setembro сентября",
    "october oct oktober okt octobre octubre ottobre outubro октября",
    "november nov novembre noviembre novembro ноября",
    "december dec dezember dez décembre decembre diciembre dicembre dezembro декабря",
)
MONTHS = {name: number for number, names in enumerate(_NAMES, start=1) for name in names.split()}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_ISO = r"(?P<y1>\d{4})[-/](?P<m1>\d{1,2})[-/](?P<d1>\d{1,2})(?!\d)(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?"
_COMPACT = r"\b(?P<y2>(?:19|20)\d\d)(?P<m2>[01]\d)(?P<d2>[0-3]\d)\b"
_DAY_FIRST = (
    r"\b(?P<d3>\d{1,2})(?:st|nd|rd|th|er|º|\.)?\s+(?:de\s+|of\s+)?"
    rf"(?P<m3>{_MONTH})\b\.?,?\s+(?:de\s+)?(?P<y3>\d{{4}})"
)
_MONTH_FIRST = rf"\b(?P<m4>{_MONTH})\b\.?\s+(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y4>\d{{4}})"
_DOTTED = r"\b(?P<d5>\d{1,2})\.\s?(?P<m5>\d{1,2})\.\s?(?P<y5>\d{4})"
_SLASHED = r"\b(?P<d6>1[3-9]|2\d|3[01])/(?P<m6>\d{1,2})/(?P<y6>\d{4})"
_EAST = r"(?P<y7>\d{4})\s?年\s?(?P<m7>\d{1,2})\s?月\s?(?P<d7>\d{1,2})\s?日"
DAY = re.compile("|".join((_ISO, _COMPACT, _DAY_FIRST, _MONTH_FIRST, _DOTTED, _SLASHED, _EAST)), re.I)
DATE_CHARS = 40  # of a field that holds a date and nothing else


def day_of(match: re.Match[str] | None) -> date | None:
    """The day of a match whose groups are year, month and day; what is not told is the first. None when it does not
    exist."""
    try:
        return date(*(int(part or 1) for part in match.groups())) if match else None
    except ValueError:
        return None


def day_in(text: str) -> date | None:
    """The first date in a text; None when there is none, or none that exists."""
    for match in DAY.finditer(text):
        parts = {name[0]: value for name, value in match.groupdict().items() if value}
        month = parts["m"].lower()
        try:
            return date(int(parts["y"]), MONTHS.get(month) or int(month), int(parts["d"]))
        except ValueError:
            continue
    return None
