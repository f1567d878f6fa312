"""Numbers, dates, money, times: spokenform, behind one function. It keeps a map between its input and its output."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from voice_app.script.mapped import Edit, Mapped

# nothing in such a text would change, so the library (0.35 s to import, 4 ms a sentence) is not asked
_PLAIN = re.compile(r"[A-Za-z\s,;:!?'’‘“”\"()\-—.…éèêëàâäáíóöøüñçßåæ]*")
_SHORT = re.compile(
    r"\b(?:[A-Za-z]\.){2,}|\b(?:Dr|Mr|Mrs|Ms|St|Mt|Prof|Gen|Sen|Rep|Gov|Lt|Col|Capt|Rev|Hon|etc|Rd|Ln|Sq|Hwy)\."
    r"|\b(?!I\b)[IVXLC]+\b"
)
_INITIALS = re.compile(r"(?:[A-Z]{2,6}|[A-Z]&[A-Z])(?:['’]?s)?\.?")
_ROMAN = re.compile(r"[IVXLCDM]+")
_WORD = re.compile(r"[a-z]{3}")
_SPELT = re.compile(r"\b[a-z](?: [a-z])+\b")
_SPELT_LONG = re.compile(r"\b[a-z](?: [a-z]){3,}\b")


def is_plain(english: str) -> bool:
    """Whether the normaliser would find nothing to change in an English text."""
    return _PLAIN.fullmatch(english) is not None and not _SHORT.search(english)


def normalise(text: Mapped, language: str) -> None:
    """Make what is left of figures into words, for the languages that spokenform knows."""
    if language.startswith("en") and is_plain(text.text):
        return
    prepare, name = _library(language)
    if prepare is None:
        return
    try:
        prepared = prepare(text.text, language=name, normalize_literals=True)
    except (ValueError, LookupError, ArithmeticError):
        return  # it stumbles over figures that make no number ("1,9%"); the voice then reads what is written
    found = (Edit(start=r.source_start, end=r.source_end, text=r.replacement) for r in prepared.source_replacements)
    text.apply(
        Edit(start=edit.start, end=edit.end, text=_SPELT.sub(lambda m: m.group().upper(), edit.text))
        for edit in found
        if not _is_wrong(text.text[edit.start : edit.end], edit.text)
    )


def _is_wrong(written: str, said: str) -> bool:
    """Initials become a title ("live with MS."), the words that they stand for, or small letters; words are spelt."""
    if _INITIALS.fullmatch(written) and not _ROMAN.fullmatch(written):
        return True
    return _WORD.search(written) is not None and _SPELT_LONG.search(said) is not None


@lru_cache(maxsize=32)
def _library(language: str) -> tuple[Any, str]:
    """spokenform's function and its name for the language, or None when it does not know the language."""
    import spokenform

    name = "en-US" if language in ("en", "en-us") else language
    for candidate in (name, name.split("-")[0]):
        if spokenform.supports_language(candidate):
            return spokenform.prepare, candidate
    return None, name
