"""Words in capitals are said as words, acronyms letter by letter.

What is an acronym is learnt from the article itself: capitals that stand in text which is not all capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from voice_app.script.mapped import Edit, Mapped

_WORD = re.compile(r"\b[A-Z][A-Z'’]*[A-Z]\b|\b[A-Z]\b")
_POSSESSIVE = re.compile(r"(.*?)(?:(['’])(S?))?")
_LETTERS = re.compile(r"[A-Za-z]")
_CLUSTER = re.compile(r"[^AEIOUY'’]{4}|[AEIOUY]{4}")
SHARE = 0.7  # a text with this share of capitals is "in capitals"
KNOWN = frozenset(
    {"NASA", "NATO", "UNICEF", "UNESCO", "COVID", "AIDS", "HIV", "BBC", "CNN", "DNA", "RNA", "MRI", "WWI", "WWII"}
)
# short words that are words, not acronyms, when everything is in capitals
_SHORT = """
A I AM AN AS AT BE BY DO GO HE IF IN IS IT ME MY NO OF OH ON OR OUR SO TO UP WE ALL AND ANY ARE ASK BAD BIG
BUT BUY CAN DAY DID EAT END FAR FEW FOR GET GOT HAD HAS HER HIM HIS HOW ITS LET MAN MAY MEN NEW NOT NOW OFF
OLD ONE OUT OWN PUT READ RUN SAY SEE SET SHE SIX TEN THE TOO TOP TRY TWO USE WAR WAS WAY WHO WHY WIN YES YET
YOU AGE AIR ART BED BOY CAR CUT DOG EGG EYE FUN GAS GUN HOT ICE JOB KEY LAW LEG LOW MAP OIL PAY RED SEA SEX
SKY SUN TAX TEA TIP VAN WEB
"""
SHORT_WORDS = frozenset(_SHORT.split())


def acronyms(texts: Iterable[str]) -> frozenset[str]:
    """Words in capitals of two letters or more in texts that are not in capitals."""
    found = set(KNOWN)
    for text in texts:
        if not in_capitals(text):
            found.update(word.rstrip("s") for word in re.findall(r"\b[A-Z][A-Z0-9]+s?\b", text))
    return frozenset(found)


def in_capitals(text: str) -> bool:
    """At least two words of the text, and most of its letters, are capitals."""
    letters = _LETTERS.findall(text)
    words = [word for word in re.findall(r"[A-Za-z]{2,}", text) if word.isupper()]
    return len(words) >= 2 and sum(c.isupper() for c in letters) >= SHARE * len(letters)


def _looks_like_an_acronym(word: str) -> bool:
    return word not in SHORT_WORDS and (len(word) <= 3 or not re.search("[AEIOUY]", word))


def _is_pronounceable(word: str) -> bool:
    """Whether it is too long for an acronym and has its vowels where words have them."""
    return len(word) >= 6 and bool(re.search("[AEIOUY]", word[1:-1])) and not _CLUSTER.search(word)


def lower(text: Mapped, known: frozenset[str]) -> None:
    """Write the words of a text in capitals as words, and elsewhere those that can be nothing else.

    Acronyms stay as they are. Voices spell what is in capitals and not in their dictionary.
    """
    is_loud = in_capitals(text.text)
    edits = []
    for match in _WORD.finditer(text.text):
        word, apostrophe, ending = _POSSESSIVE.fullmatch(match.group()).groups("")  # type: ignore[union-attr]
        is_acronym = not is_loud or word in known or _looks_like_an_acronym(word)
        is_acronym = word in KNOWN or (is_acronym and not _is_pronounceable(word))
        said = (word if is_acronym else word.capitalize()) + apostrophe + ending.lower()
        edits.append(Edit(start=match.start(), end=match.end(), text=said))
    text.apply(edits)
