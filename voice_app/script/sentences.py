"""Cutting a block's text into sentences, with exact places: sentencex, and what it gets wrong in scraped text."""

from __future__ import annotations

import itertools
import re

MAX_CHARACTERS = 400  # a longer utterance costs memory and delays the first sound
_NOT_AN_END = re.compile(
    r"(?:\b(?:vs|e\.g|i\.e|cf|al|approx|Dr|Mr|Mrs|Ms|Prof|St|Mt|Gen|Sen|Rep|Gov|Lt|Col|Fig|Figs|No|Nos|pp|p|vol|ca"
    r"|incl|est|Jr|Sr)|\b[A-Z])\.\s*$"
)
# a bracket closes, and a sentence that lacks its full stop begins: "therapies (DMTs) These are"
_MISSING_STOP = re.compile(
    r"\)\s+(?=(?:These|This|Those|That|The|It|They|We|He|She|You|There|In|For|When|While|However|But|If|Our|Its)\s[a-z])"
)
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
        if found and (
            _NOT_AN_END.search(text, max(found[-1][0], found[-1][1] - 12), found[-1][1]) or _goes_on(text, start)
        ):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _goes_on(text: str, start: int) -> bool:
    return text[start : start + 1].islower()


def _restored(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut where a full stop is missing."""
    cuts = [match.end() for match in _MISSING_STOP.finditer(text, start, end)]
    edges = [start, *cuts, end]
    return list(itertools.pairwise(edges))


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
