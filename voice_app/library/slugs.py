"""Slugs: the short readable name of an article in its address."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote, urlsplit

LONGEST = 60
FALLBACK = "article"

_BLAND = {"", "index", "home", "default", "article", "story", "amp"}
_UNUSUAL = str.maketrans({"ß": "ss", "æ": "ae", "Æ": "ae", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "œ": "oe"})


def slug(name: str) -> str:
    """Lower-case ASCII words joined by hyphens, cut between words. An address gives its most telling part."""
    if re.match(r"https?://", name, re.IGNORECASE):
        name = _telling_part(name)
    plain = unicodedata.normalize("NFKD", name.translate(_UNUSUAL)).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", re.sub(r"['`]", "", plain).lower())
    return _cut("-".join(words)) or FALLBACK


def unique(wanted: str, taken: set[str]) -> str:
    """`wanted`, or `wanted-2`, `wanted-3`, ... whichever is free."""
    number, candidate = 2, wanted
    while candidate in taken:
        candidate, number = f"{wanted}-{number}", number + 1
    return candidate


def _telling_part(address: str) -> str:
    parts = urlsplit(address)
    for piece in reversed(unquote(parts.path).split("/")):
        stem = re.sub(r"\.[a-z]{2,5}$", "", piece, flags=re.IGNORECASE)
        if stem.lower() not in _BLAND and not stem.isdigit():
            return stem
    return (parts.hostname or "").removeprefix("www.")


def _cut(joined: str) -> str:
    if len(joined) <= LONGEST:
        return joined
    return joined[: LONGEST + 1].rpartition("-")[0] or joined[:LONGEST]
