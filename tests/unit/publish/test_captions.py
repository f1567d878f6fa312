"""Captions and chapters, read by another's parser."""

from __future__ import annotations

import html
import io
import json
import re

import pytest
import webvtt

from tests.unit.publish.episodes import HOSTILE, audio
from voice_app.model import Cue, Mark, timing_of
from voice_app.publish.feed.captions import LINE_CHARACTERS, SRT_CHARACTERS, chapters, clock, srt, transcript
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


# -- words ------------------------------------------------------------------------------------


def worded(written: str, *, start: float = 1.0, each: float = 0.5, said: str = r"\S+") -> Cue:
    """A sentence whose words sound one after the other; those that do not match `said` are not spoken."""
    places = [match.span() for match in re.finditer(r"\S+", written) if re.fullmatch(said, match.group())]
    words = [
        Mark(start=a, end=b, start_seconds=n * each, end_seconds=(n + 1) * each) for n, (a, b) in enumerate(places)
    ]
    end = start + len(words) * each
    return Cue(sentence_id="0a1b-1", written=written, start=start, end=end, timing=timing_of(words))


def test_in_webvtt_each_word_comes_after_its_time() -> None:
    text = captions([worded("He & she — <left>.", said=r"[^—]+")], words=True)
    assert text.endswith(
        "00:00:01.000 --> 00:00:03.000\nHe <00:00:01.500>&amp; <00:00:02.000>she — <00:00:02.500>&lt;left&gt;.\n"
    )
    [cue] = webvtt.from_buffer(io.StringIO(text), format="vtt")
    assert html.unescape(re.sub(r"<[\d:.]+>", "", cue.text)) == "He & she — <left>."


def test_times_of_words_outlast_wrapping_and_what_cannot_be_shown() -> None:
    text = captions([worded(f"One\x00  two\n{LONG}")], words=True)
    shown = text.split("\n", 4)[4].strip()
    assert re.sub(r"<[\d:.]+>", "", shown).replace("\n", " ") == f"One two {LONG}"
    tagged = re.findall(r"<00:00:([\d.]+)>([^<\s]+)", shown)
    assert [(float(t), w) for t, w in tagged] == [
        (1.0 + 0.5 * n, w) for n, w in enumerate(f"two {LONG}".split(), start=1)
    ]


def test_a_sentence_without_word_times_is_the_same_with_and_without() -> None:
    assert captions([cue(LONG)], words=True) == captions([cue(LONG)])


def test_times_that_webvtt_does_not_allow_are_left_out() -> None:
    """None at the cue's start or end, and none twice."""
    timing = timing_of(
        [Mark(start=n, end=n + 1, start_seconds=s, end_seconds=s) for n, s in ((0, 0), (2, 0.4), (4, 0.4), (6, 1))]
    )
    text = captions([Cue(sentence_id="s", written="a b c d", start=1, end=2, timing=timing)], words=True)
    assert text.endswith("\na <00:00:01.400>b c d\n")


def test_subtitles_are_two_short_lines_that_begin_with_their_words() -> None:
    found = list(webvtt.from_buffer(io.StringIO(srt([worded(LONG), worded("And so on.", start=20)])), format="srt"))
    words = LONG.split()
    at = 0
    for part in found[:-1]:
        assert len(part.text.split("\n")) <= 2
        assert max(map(len, part.text.split("\n"))) <= SRT_CHARACTERS
        assert part.start == clock(1.0 + at * 0.5)
        assert part.text.split() == words[at : at + len(part.text.split())]
        at += len(part.text.split())
        assert part.end == clock(1.0 + at * 0.5)
    assert at == len(words)
    assert (found[-1].start, found[-1].text) == ("00:00:20.000", "And so on.")


def test_a_subtitle_without_word_times_is_the_whole_sentence() -> None:
    [part] = webvtt.from_buffer(io.StringIO(srt([cue(LONG)])), format="srt")
    assert (part.start, part.end) == ("00:00:01.000", "00:00:02.000")
    assert part.text.replace("\n", " ") == LONG


def test_subtitles_are_numbered_and_have_commas() -> None:
    assert srt([cue("One."), cue("\x00"), cue("Two.", start=2, end=2)]) == (
        "1\n00:00:01,000 --> 00:00:02,000\nOne.\n\n2\n00:00:02,000 --> 00:00:02,001\nTwo.\n"
    )


def test_the_json_transcript_has_a_segment_a_word_and_loses_nothing() -> None:
    found = json.loads(transcript([worded("— He — “left” [3].", said=r"He|“left”"), cue("So\n so.", start=3, end=4)]))
    assert found == {
        "version": "1.0.0",
        "segments": [
            {"startTime": 1.0, "endTime": 1.5, "body": "— He —"},
            {"startTime": 1.5, "endTime": 2.0, "body": "“left” [3]."},
            {"startTime": 3, "endTime": 4, "body": "So so."},
        ],
    }


def test_words_come_back_as_they_were_packed() -> None:
    words = (
        Mark(start=0, end=3, start_seconds=0.061, end_seconds=0.25),
        Mark(start=5, end=9, start_seconds=0.25, end_seconds=0.5),
        Mark(start=10, end=900, start_seconds=12.5, end_seconds=60.0),
    )
    cue = Cue(sentence_id="s", written="w", start=0.0, end=60.0, timing=timing_of(words))
    assert cue.words == words
    assert len(cue.timing) < 40
