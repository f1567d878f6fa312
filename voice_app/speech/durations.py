"""Word timing from a network's own durations: what an engine needs to turn them into marks.

Neural voices of the FastSpeech kind compute how long each phoneme sounds, but do not give it away. Make it an output:

    session = onnxruntime.InferenceSession(graph.with_outputs(model, [..., "/Round_output_0"]), ...)
    *sound, durations = session.run(None, inputs)

and pair each phoneme with its seconds:

    words = words_of(text, phonemes.split())
    marks(words, zip(phonemes, durations * seconds_each, strict=True), samples, rate)

An engine whose G2P works token by token knows better than the blanks which phonemes belong together, as one word may
be said as several ("10am"): see `engines/hibari.py`. Where a network takes a pad between any two phonemes, as piper's
do, its time belongs to the phoneme before it. When words and phonemes do not fit together there are no marks at all: a
sentence without word timing is better than one whose words light up at the wrong moment.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from voice_app.model import Mark

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BLOCK_SECONDS = 0.005
QUIET_DB = 32.0  # this much below the loudest block of a sentence is a pause; speech fades through it within 10 ms
EARLY_SECONDS = 0.1  # a first sound may come so much before its phoneme (measured: 50 before to 35 after)
LATE_SECONDS = 0.1  # and the first one after a pause so much after the blank before it (measured: 5 before to 75 after)
SHORTEST_SECONDS = 0.01  # of a word whose start moves
PAUSE_SECONDS = 0.04  # less is a part of a consonant
_PIECE = re.compile(r"\S+")
_WORD = re.compile(r"[^—–]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One word, characters [start, end) of a text, and its phonemes. Signs and blanks between phonemes do not count."""

    start: int
    end: int
    phonemes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The sound of some phonemes, and everything the network was given for it, each with its seconds: phonemes, blanks,
    punctuation, and pads at the ends as "". Nothing where the network does not tell."""

    samples: NDArray[np.float32]
    timed: list[tuple[str, float]]


@dataclass(slots=True)
class _Timed:
    """A word's time by durations, where its last phoneme begins, and whether punctuation or a pad follows it."""

    word: Said
    start: float
    end: float
    last: float
    pauses: bool = False


def words_of(text: str, phonemes: Sequence[str]) -> tuple[Said, ...]:
    """The words of `text`, whose pieces between blanks are each said as one of `phonemes`; none when these are not
    equally many.

    A piece such as "house—which" is two words when its phonemes have the dash as well.
    """
    pieces = list(_PIECE.finditer(text))
    if len(pieces) != len(phonemes):
        return ()
    return tuple(
        word
        for piece, sounds in zip(pieces, phonemes, strict=True)
        for word in _words(piece.group(), piece.start(), sounds)
    )


def _words(chunk: str, at: int, phonemes: str) -> list[Said]:
    places = [match.span() for match in _WORD.finditer(chunk) if any(map(str.isalnum, match.group()))]
    sounds = [part for part in phonemes.split("—") if any(map(is_sounded, part))]
    if len(places) != len(sounds):
        places, sounds = [(0, len(chunk))], [phonemes]
    return [
        Said(start=at + start, end=at + end, phonemes=said)
        for (start, end), said in zip((_bare(chunk, *place) for place in places), sounds, strict=True)
        if any(map(is_sounded, said))
    ]


def _bare(chunk: str, start: int, end: int) -> tuple[int, int]:
    """The place without the signs at its edges, but "&" alone as it is."""
    kept = [n for n in range(start, end) if chunk[n].isalnum()]
    return (kept[0], kept[-1] + 1) if kept else (start, end)


@cache
def is_sounded(symbol: str) -> bool:
    """Whether it is a phoneme or a mark on one, and no blank, pad or punctuation."""
    return bool(symbol.strip()) and unicodedata.category(symbol[0])[0] not in "PSZ"


def padded(phonemes: str, alphabet: Container[str], seconds: Sequence[float]) -> list[tuple[str, float]]:
    """The phonemes of the alphabet, with a pad at both ends, and how long each sounds. Raises ValueError when these are
    not equally many."""
    return list(zip(["", *(c for c in phonemes if c in alphabet), ""], seconds, strict=True))


def marks(
    words: Sequence[Said],
    sounded: Iterable[tuple[str, float]],
    samples: NDArray[np.float32],
    sample_rate: int,
    *,
    lead_seconds: float = 0.0,
) -> tuple[Mark, ...]:
    """When each word sounds, in order; none when the phonemes in `sounded` are not those of `words`.

    `sounded` is what `Part` holds, of all parts one after another. The sound runs `lead_seconds` ahead of it: measure
    that. A word begins with the blank before it, where the mouth already moves to it, and ends with its last phoneme;
    at a pause both are where the sound is.
    """
    timed = _timed(words, sounded, -lead_seconds)
    if not timed or timed[-1].end > len(samples) / sample_rate + BLOCK_SECONDS:
        return ()
    return _fitted(timed, samples, sample_rate)


def _timed(words: Sequence[Said], sounded: Iterable[tuple[str, float]], now: float) -> list[_Timed]:
    """The words by durations alone, the first of which begins `now`; none when the phonemes are not theirs."""
    expected = [(word, c) for word in words for c in word.phonemes if is_sounded(c)][::-1]
    timed: list[_Timed] = []
    edge = now  # where the last symbol that is no blank ended
    for symbol, seconds in sounded:
        began, now = now, now + seconds
        if is_sounded(symbol):
            word, wanted = expected.pop() if expected else (None, "")
            if word is None or wanted != symbol:
                return []
            if not timed or timed[-1].word is not word:
                timed.append(_Timed(word, max(0.0, edge), now, began))
            timed[-1].last, timed[-1].end = began, now
        elif timed and not symbol.isspace():
            timed[-1].pauses = True
        edge = edge if symbol.isspace() else now
    return [] if expected else timed


def _fitted(timed: Sequence[_Timed], samples: NDArray[np.float32], sample_rate: int) -> tuple[Mark, ...]:
    """The words with their edges at pauses where the sound is: the last phoneme's duration holds most of a pause."""
    loud = _loud(samples, sample_rate)
    first = loud[(loud >= timed[0].start - EARLY_SECONDS) & (loud < timed[0].end - SHORTEST_SECONDS)]
    timed[0].start = float(first[0]) if first.size else timed[0].start
    for word, following in pairwise([*timed, None]):
        if not word or not word.pauses:
            continue
        inside = loud[loud >= max(word.last, word.start)]
        if following:
            until = min(following.start + LATE_SECONDS, following.end - SHORTEST_SECONDS)
            word.end, following.start = _pause(inside[inside < until]) or (word.end, word.end)
        elif inside.size:
            word.end = float(inside[-1]) + BLOCK_SECONDS
    return tuple(
        Mark(
            start=word.word.start,
            end=word.word.end,
            start_seconds=round(word.start, 4),
            end_seconds=round(word.end, 4),
        )
        for word in timed
        if round(word.start, 4) < round(word.end, 4)  # at a high rate a network may give a short word no time at all
    )


def _loud(samples: NDArray[np.float32], sample_rate: int) -> NDArray[np.float64]:
    """When the blocks begin that are no pause, in seconds."""
    import numpy as np

    size = round(BLOCK_SECONDS * sample_rate)
    blocks = samples[: len(samples) // size * size].reshape(-1, size)
    power = np.einsum("ij,ij->i", blocks, blocks)
    loud = np.flatnonzero(power > power.max(initial=0.0) * 10 ** (-QUIET_DB / 10))
    return loud.astype(np.float64) * (size / sample_rate)


def _pause(loud: NDArray[np.float64]) -> tuple[float, float] | None:
    """The longest silence between loud blocks; None when there is none to speak of."""
    import numpy as np

    if loud.size < 2:
        return None
    place = int(np.argmax(np.diff(loud)))
    start, end = float(loud[place]) + BLOCK_SECONDS, float(loud[place + 1])
    return (start, end) if end - start >= PAUSE_SECONDS else None
