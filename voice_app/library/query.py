"""What a person types into the search field, as a question to SQLite's full-text index. Pure.

Every word must be there, in any order; words in quotes as they stand; the last word may go on. Nothing that is typed
has a meaning of its own to the index: each piece is handed over as a quoted string.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from voice_app.library.words import indexable, is_unspaced, words

MAX_CHARACTERS = 300
MAX_TERMS = 12
PREFIX_CHARACTERS = 2
"""A shorter beginning would be that of half of all words."""

_TERM = re.compile(r'["“”„«»]([^"“”„«»]*)["“”„«»]?|([^\s"“”„«»]+)')


@dataclass(frozen=True, slots=True)
class _Term:
    text: str
    is_phrase: bool

    @property
    def is_begun(self) -> bool:
        """Whether a longer word may be meant. A character of an unspaced script is a word already."""
        last = words(self.text)[-1]
        return not self.is_phrase and len(last) >= PREFIX_CHARACTERS and not is_unspaced(last)


def match(query: str) -> str:
    """The question in FTS5's language; empty when there is no word in it."""
    found = [
        _Term(text=phrase or word, is_phrase=bool(phrase))
        for phrase, word in _TERM.findall(query[:MAX_CHARACTERS])
        if any(character.isalnum() for character in phrase or word)
    ][:MAX_TERMS]
    if not found:
        return ""
    quoted = [phrase(term.text) for term in found]
    return " AND ".join(quoted) + (" *" if found[-1].is_begun else "")


def phrase(text: str) -> str:
    """Words that follow each other, as a quoted string."""
    return '"' + indexable(text).replace('"', " ") + '"'
