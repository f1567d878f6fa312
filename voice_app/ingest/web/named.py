"""How elements are named. A page gives the same few names over and over, so each is looked at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

MAX_REMEMBERED_CHARS = 500  # of one value, so that no page can fill the memory


def named(pattern: str) -> Callable[[str | None], bool]:
    """Whether an attribute's value, in small letters, has the pattern in it.

    A search for small letters is twice as fast as one for either case. The answers of each pattern are remembered on
    their own, as the hash of a compiled pattern takes longer than most searches.
    """
    search = re.compile(pattern).search
    remembered = lru_cache(maxsize=4096)(search)

    def is_named(value: str | None) -> bool:
        if not value:
            return False
        return (remembered if len(value) <= MAX_REMEMBERED_CHARS else search)(value.lower()) is not None

    return is_named
