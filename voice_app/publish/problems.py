"""What went wrong, in the reader's language.

Rooms below say it in English: an error crosses processes and is kept in the library as its sentences. The catalogue
has each of them, with `%(name)s` for what differs from case to case, so that a sentence is known again by its words.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from voice_app.model.languages import NAMES
from voice_app.publish.tongue import filled, gettext, lang, later, name, problem_texts, tongue

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FACTS = frozenset(
    {
        later("a picture"),
        later("sound"),
        later("a film"),
        later("a font"),
        later("a compressed file"),
        later("sound or film"),
        later("a program"),
        later("an old office document"),
        later("The speech server"),
        later("Google's speech service"),
    }
)
"""What may be filled into a sentence and has words of its own."""
MAX_CHARACTERS = 2_000
_VALUE = re.compile(r"%\\\((\w+)\\\)s")


def told(text: str) -> str:
    """The sentences of an error in this request's language. It stays English when one of them is not known."""
    return _translated(tongue().code, text) or text


def shown(text: str) -> Markup:
    """The same for a page: what stays English says so."""
    found = _translated(tongue().code, text)
    return escape(found) if found is not None else Markup("<span {}>{}</span>").format(lang("en"), text)


def phrase(text: str, marked: Iterable[str]) -> str:
    """A text that is one of the `marked` ones with its values filled in, such as a reader's reason; else the text."""
    for known in marked:
        if found := re.fullmatch(_VALUE.sub(_any, re.escape(known)), text, re.DOTALL):
            return filled(gettext(known), {name: told(f"{value}.")[:-1] for name, value in found.groupdict().items()})
    return text


@lru_cache(maxsize=1000)
def _translated(code: str, text: str) -> str | None:
    if code == "en":
        return text
    return _all(_known(code), text, set()) if len(text) <= MAX_CHARACTERS else None


def _all(known: Mapping[re.Pattern[str], str], text: str, lost: set[int]) -> str | None:
    """The whole text, known sentence by known sentence; None when there is no way to take it apart. `lost` has the
    lengths of rests without a way: each is tried once, or repetitions take for ever."""
    if not text:
        return ""
    if len(text) in lost:
        return None
    for pattern, translation in known.items():
        found = pattern.match(text)
        rest = _all(known, text[found.end() :], lost) if found else None
        if found and rest is not None:
            values = {key: _fact(value) for key, value in found.groupdict().items()}
            return " ".join(filter(None, (filled(translation, values), rest)))
    lost.add(len(text))
    return None


def _fact(value: str) -> str:
    if value in FACTS:
        return gettext(value)
    return next((name(code) for code, english in NAMES.items() if english == value), value)


@lru_cache
def _known(code: str) -> Mapping[re.Pattern[str], str]:
    """Each sentence as a pattern, with its translation. Those without values come first: they are exact."""
    texts = sorted(problem_texts(code).items(), key=lambda pair: ("%(" in pair[0], -len(pair[0])))
    return {re.compile(rf"{_VALUE.sub(_any, re.escape(text))}(?: |$)", re.DOTALL): told for text, told in texts}


def _any(value: re.Match[str]) -> str:
    return rf"(?P<{value[1]}>.+?)"
