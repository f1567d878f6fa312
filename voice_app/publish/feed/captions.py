"""What is said when: an article's sentences as WebVTT, its chapters as Podcasting 2.0 JSON. Pure."""

from __future__ import annotations

import json
import textwrap
from html import escape
from typing import TYPE_CHECKING

from voice_app.publish.clean import line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from voice_app.model import ArticleAudio, Cue

LINE_CHARACTERS = 65  # what the podcast namespace recommends for WebVTT
SENTENCE_CHARACTERS = 100_000
SHORTEST_SECONDS = 0.001
CHAPTERS_VERSION = "1.2.0"


def webvtt(cues: Iterable[Cue]) -> str:
    """One cue per sentence, named by the sentence's id."""
    return "\n".join(["WEBVTT\n", *(_cue(cue) for cue in cues if line(cue.written))])


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


def _cue(cue: Cue) -> str:
    end = max(cue.end, cue.start + SHORTEST_SECONDS)
    # wrapped before it is escaped: a reader counts the characters that are shown
    lines = textwrap.wrap(line(cue.written, characters=SENTENCE_CHARACTERS), LINE_CHARACTERS, break_on_hyphens=False)
    shown = [escape(each, quote=False) for each in lines]
    return "\n".join([line(cue.sentence_id), f"{clock(cue.start)} --> {clock(end)}", *shown]) + "\n"
