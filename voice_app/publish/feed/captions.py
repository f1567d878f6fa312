"""What is said when: sentences and words as WebVTT, SRT and Podcasting 2.0 JSON, chapters as JSON. Pure.

Where the voice could not tell when its words sound, a sentence has its own time alone.
"""

from __future__ import annotations

import json
import textwrap
from html import escape
from typing import TYPE_CHECKING

from voice_app.publish.clean import legal, line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from voice_app.model import ArticleAudio, Cue

LINE_CHARACTERS = 65  # what the podcast namespace recommends for WebVTT
SRT_CHARACTERS, SRT_LINES = 32, 2  # and for SRT
SENTENCE_CHARACTERS = 100_000
SHORTEST_SECONDS = 0.001
CHAPTERS_VERSION = "1.2.0"
TRANSCRIPT_VERSION = "1.0.0"


def webvtt(cues: Iterable[Cue], *, words: bool = False) -> str:
    """One cue per sentence, named by the sentence's id; with `words`, each word after the time when it sounds."""
    return "\n".join(["WEBVTT\n", *(_cue(cue, _timed(cue) if words else {}) for cue in cues if line(cue.written))])


def srt(cues: Iterable[Cue]) -> str:
    """Subtitles of two short lines each. A sentence without word times stays whole."""
    parts = [part for cue in cues if line(cue.written) for part in _parts(cue)]
    return "\n".join(
        f"{n}\n{_srt_clock(start)} --> {_srt_clock(max(end, start + SHORTEST_SECONDS))}\n" + "\n".join(lines) + "\n"
        for n, (start, end, lines) in enumerate(parts, start=1)
    )


def transcript(cues: Iterable[Cue]) -> str:
    """The transcript as JSON of the podcast namespace, a segment for each word, else for each sentence."""
    segments = [
        {"startTime": round(start, 3), "endTime": round(max(end, start + SHORTEST_SECONDS), 3), "body": body}
        for cue in cues
        for start, end, body in _segments(cue)
        if body
    ]
    return json.dumps({"version": TRANSCRIPT_VERSION, "segments": segments}, ensure_ascii=False)


def chapters(audio: ArticleAudio, title: str) -> str:
    """The chapters as JSON. The first begins at 0."""
    marks = [
        {"startTime": round(mark.start, 3), "endTime": round(mark.end, 3), "title": line(mark.title)}
        for mark in audio.marks
    ]
    return json.dumps({"version": CHAPTERS_VERSION, "title": line(title), "chapters": marks}, ensure_ascii=False)


def clock(seconds: float) -> str:
    """00:08:05.250"""
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{rest // 1000:02d}.{rest % 1000:03d}"


def _srt_clock(seconds: float) -> str:
    return clock(seconds).replace(".", ",")


def _cue(cue: Cue, timed: dict[int, float]) -> str:
    end = max(cue.end, cue.start + SHORTEST_SECONDS)
    shown = _stamped(_lines(cue, LINE_CHARACTERS), timed)
    return "\n".join([line(cue.sentence_id), f"{clock(cue.start)} --> {clock(end)}", *shown]) + "\n"


def _lines(cue: Cue, characters: int) -> list[str]:
    """Wrapped before it is escaped: a reader counts the characters that are shown."""
    return textwrap.wrap(line(cue.written, characters=SENTENCE_CHARACTERS), characters, break_on_hyphens=False)


def _stamped(lines: Iterable[str], timed: dict[int, float]) -> Iterator[str]:
    """The lines, escaped, with the times before the characters that they belong to."""
    seen = 0
    for each in lines:
        out = []
        for character in each:
            if not character.isspace():
                out.append(f"<{clock(timed[seen])}>" if seen in timed else "")
                seen += 1
            out.append(escape(character, quote=False))
        yield "".join(out)


def _timed(cue: Cue) -> dict[int, float]:
    """When words begin, by how many characters that are shown and no blanks stand before them. Wrapping keeps those.

    WebVTT wants times between those of the cue, each later than the one before.
    """
    found: dict[int, float] = {}
    last = clock(cue.start)
    for word in cue.words:
        if last < clock(word.start_seconds) < clock(cue.end):
            found[_shown(cue.written[: word.start])] = word.start_seconds
            last = clock(word.start_seconds)
    return found


def _shown(text: str) -> int:
    return sum(map(len, legal(text).split()))


def _parts(cue: Cue) -> Iterator[tuple[float, float, Sequence[str]]]:
    """Start, end and lines of a sentence's subtitles. Each begins with the first word that begins in it."""
    lines = _lines(cue, SRT_CHARACTERS)
    timed = _timed(cue)
    start, first, seen = cue.start, 0, 0
    for n, each in enumerate(lines):
        begins = [seconds for at, seconds in timed.items() if seen <= at < seen + _shown(each)]
        seen += _shown(each)
        if n - first >= SRT_LINES and begins:
            yield start, begins[0], lines[first:n]
            start, first = begins[0], n
    yield start, cue.end, lines[first:]


def _segments(cue: Cue) -> Iterator[tuple[float, float, str]]:
    """Start, end and text of a sentence's words. What is not said stands with the word before it."""
    words = cue.words
    if not words:
        yield cue.start, cue.end, line(cue.written, characters=SENTENCE_CHARACTERS)
        return
    starts = [0, *(word.start for word in words[1:]), len(cue.written)]
    for word, start, end in zip(words, starts[:-1], starts[1:], strict=True):
        yield word.start_seconds, word.end_seconds, line(cue.written[start:end], characters=SENTENCE_CHARACTERS)
