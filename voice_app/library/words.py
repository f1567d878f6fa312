"""Words as the index and the comparisons see them. Pure.

SQLite's tokenizer takes what stands between spaces and marks for a word. Chinese, Japanese, Korean, Thai, Lao, Khmer
and Burmese are written without spaces, or glue endings to their words, so each of their characters becomes a word: one
that is asked for is then found as a phrase of characters.
"""

from __future__ import annotations

import re
import unicodedata

SEPARATOR = "\u200b"
"""Stands between the characters of scripts without spaces: unseen where somebody meets it, a mark to the tokenizer."""

_MARKS = "".join(
    chr(c) for low, high in ((0xE00, 0xEFF), (0x1000, 0x109F), (0x1780, 0x17FF)) for c in range(low, high + 1)
    if unicodedata.category(chr(c)).startswith("M")
)  # fmt: skip
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
_CHARACTER = f"(?![{_MARKS}])[{_UNSPACED}][{_MARKS}]*"
_one_character = re.compile(_CHARACTER)
_run = re.compile(f"(?:{_CHARACTER})+")
_ACCENTS = re.compile("[\u0300-\u036f]")
_UNSTORABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200b\ud800-\udfff]")
# What no word holds: spaces and marks. Vowel signs of Indic scripts are no letters to Python, but belong to words.
_WORD = re.compile(
    "[^\\s!-/:-@\\[-`{-~\u00a0-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u200b-\u206f\u3000-\u303f]+"
)


def indexable(text: str) -> str:
    """The text as it is stored in the index: composed, without control characters, unspaced scripts taken apart."""
    return _run.sub(_apart, unicodedata.normalize("NFC", _UNSTORABLE.sub(" ", text)))


def shown(text: str) -> str:
    """Text of the index as a person reads it."""
    return text.replace(SEPARATOR, "")


def folded(text: str) -> str:
    """Without case, accents and marks at its ends: for comparing and for sorting."""
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", text)).casefold()
    return " ".join(plain.split()).lstrip("'\"“”„‘’«»([¿¡.,-– ")


def words(text: str) -> list[str]:
    """The folded words in order; a character of an unspaced script is a word."""
    return _WORD.findall(indexable(_ACCENTS.sub("", unicodedata.normalize("NFKD", text)).casefold()))


def is_unspaced(word: str) -> bool:
    """Whether it begins with a character of a script without spaces."""
    return _one_character.match(word) is not None


def _apart(run: re.Match[str]) -> str:
    return SEPARATOR + SEPARATOR.join(_one_character.findall(run.group())) + SEPARATOR
