"""Captions and chapters, read by another's parser."""

from __future__ import annotations

import html
import io
import json

import pytest
import webvtt

from tests.unit.publish.episodes import HOSTILE, audio
from voice_app.model import Cue
from voice_app.publish.feed.captions import LINE_CHARACTERS, chapters, clock
from voice_app.publish.feed.captions import webvtt as captions

LONG = "He measured the sea every day, at every tide, for ninety years, and wrote down even the day his house burned."


def cue(written: str, *, start: float = 1.0, end: float = 2.0) -> Cue:
    return Cue(sentence_id="0a1b-1", written=written, start=start, end=end)


def read(*cues: Cue) -> list[tuple[str, str, str, str]]:
    found = webvtt.from_buffer(io.StringIO(captions(cues)), format="vtt")
    # the parser leaves escaped characters to those who show them
    return [(c.identifier, c.start, c.end, html.unescape(c.text)) for c in found]


def test_each_sentence_is_a_cue_with_its_times() -> None:
    assert read(*audio().cues) == [
        ("aa-1", "00:00:00.046", "00:00:02.500", "The clerk & the sea"),
        ("bb-1", "00:00:03.000", "00:00:30.000", "He wrote a --> b, and 1 < 2."),
    ]


def test_what_would_be_markup_is_escaped() -> None:
    text = captions([cue("<i>a</i> & b --> c")])
    assert "\n&lt;i&gt;a&lt;/i&gt; &amp; b --&gt; c\n" in text
    assert text.startswith("WEBVTT\n\n0a1b-1\n00:00:01.000 --> 00:00:02.000\n")


def test_a_hostile_sentence_arrives_whole() -> None:
    [(_, _, _, text)] = read(cue(HOSTILE))
    assert text.replace("\n", " ") == HOSTILE


def test_long_sentences_are_wrapped_between_words() -> None:
    [(_, _, _, text)] = read(cue(LONG))
    assert text.replace("\n", " ") == LONG
    assert max(map(len, text.split("\n"))) <= LINE_CHARACTERS < len(LONG)


def test_lines_count_the_characters_that_are_shown() -> None:
    lines = captions([cue("&" * LINE_CHARACTERS)]).splitlines()
    assert lines[-1] == "&amp;" * LINE_CHARACTERS


def test_a_blank_line_in_a_sentence_does_not_end_its_cue() -> None:
    assert [text for *_, text in read(cue("one\n\ntwo\x00"), cue("three", start=3, end=4))] == ["one two", "three"]


def test_a_sentence_without_length_still_ends_after_it_begins() -> None:
    [(_, start, end, _)] = read(cue("Hm.", start=5, end=5))
    assert (start, end) == ("00:00:05.000", "00:00:05.001")


def test_without_words_there_is_no_cue() -> None:
    assert read(cue(" \x00 ")) == []


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0, "00:00:00.000"), (59.9996, "00:01:00.000"), (3_725.25, "01:02:05.250"), (360_000, "100:00:00.000")],
)
def test_a_time_on_the_clock(seconds: float, shown: str) -> None:
    assert clock(seconds) == shown


def test_chapters_rise_from_zero() -> None:
    assert json.loads(chapters(audio(), HOSTILE)) == {
        "version": "1.2.0",
        "title": HOSTILE,
        "chapters": [
            {"startTime": 0.0, "endTime": 30.12, "title": "The clerk & the sea"},
            {"startTime": 30.12, "endTime": 62.6, "title": "What he <wrote>"},
        ],
    }
