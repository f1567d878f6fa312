"""The title and the levels of headings, the same for every format; and headings that nothing marks as such."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from voice_app.model import Block, BlockKind, Treatment

MAX_TITLE = 80
MAX_WORDS = 14
_END = re.compile(r"(?<=[.!?؟])\s|(?<=[。！？])")
_NUMBER = r"(?:\d{1,3}|[IVXLC]{1,8}|[A-Z])"
_NAMES = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen|twenty(?:[- ]\w+)?|thirty(?:[- ]\w+)?|the\s(?:first|second|third|fourth|fifth|sixth|last))"
)
_PART = re.compile(
    rf"(?:book|part|volume|teil|buch|partie|livre|tome|parte|libro|libre|deel|boek|del|часть|книга)\s+"
    rf"(?:{_NUMBER}|{_NAMES})\b.{{0,80}}", re.I
)  # fmt: skip
_CHAPTER = re.compile(
    rf"(?:chapter|kapitel|chapitre|cap[ií]tulo|capitolo|hoofdstuk|rozdzia[łl]|глава|section|abschnitt|act|scene|letter"
    rf"|canto|stave)\s+(?:{_NUMBER}|{_NAMES})\b.{{0,80}}"
    r"|(?:preface|prologue|epilogue|introduction|foreword|afterword|conclusion|appendix(?:\s+\w{1,3})?|glossary"
    r"|bibliography|vorwort|einleitung|nachwort|anhang|pr[ée]face|avant-propos|[ée]pilogue|pr[óo]logo|introducci[óo]n"
    r"|introduzione|prefazione)[.:]?"
    r"|第[\d一二三四五六七八九十百]{1,5}[章回节節部].{0,30}",
    re.I,
)
_ROMAN = re.compile(r"(?:M{0,2}(?:C[DM]|D?C{0,3})(?:X[CL]|L?X{0,3})(?:I[XV]|V?I{0,3}))\.?")
_OUTLINE = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,4})[.)]?\s+(?P<text>[^\W\d_].{1,120})")
_STOP = re.compile(r"[.!:;,…。！：；，、؛،]$")
PART, CHAPTER, TOP, UNDER, CAPITALS, PLAIN = "part", "chapter", "=", "-", "capitals", "plain"  # sorts of headings


def short_title(text: str) -> str:
    """A title out of a text's first words: its first sentence if that is short, else as many words as fit."""
    first = _END.split(" ".join(text.split()), maxsplit=1)[0]
    if len(first) <= MAX_TITLE:
        return first.rstrip(".。") or "Untitled"
    return (first[:MAX_TITLE].rsplit(" ", 1)[0].rstrip(" ,;:") or first[:MAX_TITLE]) + "…"


def titled(blocks: Sequence[Block], title: str) -> list[Block]:
    """The blocks with the title as the first that is kept: moved there, or put there when no heading says it."""
    out = list(blocks)
    at = next((i for i, b in enumerate(out) if _is_kept(b) and b.kind is BlockKind.HEADING and b.text == title), None)
    heading = replace(out.pop(at), level=1) if at is not None else Block(kind=BlockKind.HEADING, level=1, text=title)
    first = next((i for i, b in enumerate(out) if _is_kept(b)), len(out))
    first = first if at is None else min(first, at)
    return [*out[:first], heading, *_lowered(out[first:])]


def rank_of(text: str) -> str:
    """What sort of heading a line is by its words: part, chapter, "1.2" (as deep as it has numbers), capitals; else
    empty."""
    if len(text) > 140 or not text:
        return ""
    if _PART.fullmatch(text) and not _is_sentence(text):
        return PART
    if (_CHAPTER.fullmatch(text) and not _is_sentence(text)) or (
        len(text) < 9 and text != "I" and _ROMAN.fullmatch(text)
    ):
        return CHAPTER
    outline = _OUTLINE.fullmatch(text)
    if outline and not _STOP.search(text) and len(text.split()) <= MAX_WORDS:
        return "1" + ".1" * outline["number"].count(".")
    return CAPITALS if is_in_capitals(text) else ""


def is_in_capitals(text: str) -> bool:
    """A short line in capitals, with two letters at least in a row; "OK" and "NATO." are too little."""
    letters = [c for c in text if c.isalpha()]
    is_loud = len(letters) > 4 and all(not c.islower() for c in letters) and any(c.isupper() for c in letters)
    return is_loud and len(text.split()) <= MAX_WORDS and not text.endswith((",", ";"))


def levels_of(ranks: Sequence[str]) -> dict[str, int]:
    """The level of each sort of heading in a text: those that hold others are above them. The title has level 1."""
    order = [rank for rank in (PART, CHAPTER, TOP, UNDER) if rank in ranks]
    levels = {rank: 2 + n for n, rank in enumerate(order)}
    below = 2 + len(order)
    outline = {rank: below + rank.count(".") for rank in set(ranks) if rank.startswith("1")}
    levels |= outline
    levels[CAPITALS] = below + bool(outline)
    levels[PLAIN] = below + bool(CAPITALS in ranks) + (1 + max(r.count(".") for r in outline) if outline else 0)
    return {rank: min(6, level) for rank, level in levels.items()}


def _is_sentence(text: str) -> bool:
    """ "Part of it was lost, and nobody knew." is no heading, and "Chapter I." is."""
    return len(text.split()) > MAX_WORDS or (
        len(text.split()) > 5
        and text.endswith((".", ",", ";", "?"))
        and any(word.islower() for word in text.split()[2:4])
    )


def _lowered(blocks: Sequence[Block]) -> list[Block]:
    """Level 1 is the title's alone: when other headings have it, all go one down."""
    if not any(_is_top(b) for b in blocks):
        return list(blocks)
    return [replace(b, level=min(6, b.level + 1)) if b.kind is BlockKind.HEADING else b for b in blocks]


def _is_top(block: Block) -> bool:
    return _is_kept(block) and block.kind is BlockKind.HEADING and block.level == 1


def _is_kept(block: Block) -> bool:
    return block.treatment is not Treatment.SKIPPED
