"""What differs between two readings of the same article, sentence by sentence. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from difflib import SequenceMatcher

from voice_app.model import Change, Changed, Document
from voice_app.script.structure import written

KEPT_SENTENCES = 200
ALIKE = 0.5
"""Two sentences of which less is the same are not one that was changed."""
_MAX_PAIRS = 2_500  # above this a rewritten stretch is not searched for pairs; it would take seconds


def difference(old: Document, new: Document, at: datetime) -> Change | None:
    """The change from one document to the other; None when no sentence differs."""
    found = list(_changed(written(old), written(new)))
    if not found:
        return None
    return Change(
        at=at,
        changed=sum(bool(c.old and c.new) for c in found),
        added=sum(not c.old for c in found),
        removed=sum(not c.new for c in found),
        sentences=tuple(found[:KEPT_SENTENCES]),
    )


def is_cut_down(old: Document, new: Document) -> bool:
    """Whether less than half of the old text is there, as when a site now shows a teaser."""
    return 2 * sum(map(len, written(new))) < sum(map(len, written(old)))


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[Changed]:
    """In the order of the text. A sentence that moved is taken away in one place and added in another."""
    first, last = _same_ends(old, new)
    before, after = old[first : len(old) - last], new[first : len(new) - last]
    for kind, a, b, c, d in SequenceMatcher(None, before, after).get_opcodes():
        if kind != "equal":
            yield from _paired(before[a:b], after[c:d])


def _same_ends(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How many sentences the two begin with in common, and how many they then end with."""
    shorter = min(len(old), len(new))
    first = next((n for n in range(shorter) if old[n] != new[n]), shorter)
    rest = shorter - first
    last = next((n for n in range(rest) if old[-1 - n] != new[-1 - n]), rest)
    return first, last


def _paired(old: Sequence[str], new: Sequence[str]) -> Iterator[Changed]:
    """Each old sentence with the most alike of the new ones that follow the last pair."""
    done = 0
    is_long = len(old) * len(new) > _MAX_PAIRS
    for sentence in old:
        rest = new[done : done + 1] if is_long else new[done:]
        ratios = [_likeness(sentence, other) for other in rest]
        best = max(range(len(ratios)), key=ratios.__getitem__, default=-1)
        if best < 0 or ratios[best] < ALIKE:
            yield Changed(old=sentence)
            continue
        yield from (Changed(new=other) for other in rest[:best])
        yield Changed(old=sentence, new=rest[best])
        done += best + 1
    yield from (Changed(new=other) for other in new[done:])


def _likeness(one: str, other: str) -> float:
    """The share of words that the two have in common and in order."""
    match = SequenceMatcher(None, one.split(), other.split(), autojunk=False)
    return match.ratio() if match.quick_ratio() >= ALIKE else 0.0
