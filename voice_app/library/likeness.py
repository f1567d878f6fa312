"""How alike two texts are, for noticing the same article under another address. Pure.

A text is the set of its runs of four words. Those runs whose hashes are the lowest are its sketch: texts that are nine
tenths alike share most of it, so an index over the sketches names the few texts that are worth comparing in full
(bottom-k min-hashing: Broder, On the resemblance and containment of documents, 1997).
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

ALIKE = 0.9
"""So much of all runs of words in both texts: the same article, with another headline or a note by its editor."""

RUN_WORDS = 4
SKETCH_HASHES = 12
SHARED_HASHES = 4
"""Texts that are ALIKE share 9 of 12 on average, and fewer than 4 in one case of a thousand."""

EQUAL_WORDS = 20
"""A text of fewer words says too little to be called the same as another: it may be a notice of its site."""

ALIKE_WORDS = 100
"""In a shorter text one changed number, as in a bulletin, is less than a tenth and yet makes another article."""


def digest(words: Sequence[str]) -> str | None:
    """The same for texts that differ in case, accents, spaces and marks alone. None for a text that says too little."""
    return hashlib.sha256(" ".join(words).encode()).hexdigest() if len(words) >= EQUAL_WORDS else None


def sketch(words: Sequence[str]) -> tuple[int, ...]:
    """Up to SKETCH_HASHES signed 64-bit numbers; none for a text that is too short to be compared."""
    if len(words) < ALIKE_WORDS:
        return ()
    return tuple(sorted(_hash(run) for run in _runs(words))[:SKETCH_HASHES])


def likeness(one: Sequence[str], other: Sequence[str]) -> float:
    """The share of the runs of words that are in both texts (Jaccard), 0 to 1."""
    ours, theirs = _runs(one), _runs(other)
    return len(ours & theirs) / (len(ours | theirs) or 1)


def _runs(words: Sequence[str]) -> set[str]:
    return {" ".join(words[i : i + RUN_WORDS]) for i in range(len(words) - RUN_WORDS + 1)}


def _hash(run: str) -> int:
    return int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8).digest(), signed=True)
