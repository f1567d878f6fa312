"""The times of spoken words become those of written ones."""

from __future__ import annotations

import pytest

from tests.gates.test_spoken_en import sentences
from tests.unit.script.documents import document, paragraph
from voice_app.model import Alignment, BlockKind, Edit, Mark, Sentence, SpeakRequest
from voice_app.script.render import Manners, render
from voice_app.script.speech import spoken_form
from voice_app.script.timing import written_words
from voice_app.testing import WORD_SECONDS, TickEngine

CASES = [
    ("The kettle is on, friends.", "The|kettle|is|on,|friends."),
    ("It cost $5 in all.", "It|cost|$5=five dollars|in|all."),
    ("$5.2 million was spent.", "$5.2=five point two|million=million dollars|was|spent."),
    ("In 2026 it grew 47%.", "In|2026=twenty twenty-six|it|grew|47%.=forty-seven percent"),
    ("Take 10-20 mg, Dr. Smith.", "Take|10-20=ten to twenty|mg,=milligrams|Dr.=Doctor|Smith."),
    ("See Fig. 2, i.e. this.", "See|Fig.=figure|2,=two|i.e.=that is|this."),
    ("U.S.-based COVID-19 experts", "U.S.-based=US-based|COVID-19=COVID nineteen|experts"),
    ("On 5/6/2026 at 7:45 a.m.", "On|5/6/2026=May sixth twenty twenty six|at|7:45=seven forty five|a.m.=AM"),
    ("A well-known “twice-told” tale", "A|well-known|“twice-told”|tale"),
    ("O’Neill’s rock 'n' roll", "O’Neill’s|rock|'n'|roll"),
    ("Smith & Co. met.", "Smith|&=and|Co.=Company|met."),
    ("naïve café 漢字 Straße", "naïve|café|漢字|Straße"),
    ("Experts [3] say so.", "Experts|say|so."),
    ("Well 🎉 done.", "Well|done."),
    ("Go to THE EVENTS today", "Go|to|THE|EVENTS=Events|today"),
    ("See https://a.example/x now.", "See|https://a.example/x=a dot example|now."),
    ("He — she — left.", "He|she|left."),
    ("About ~3 km² away.", "About|~3=about three|km²=square kilometers|away."),
]  # fmt: skip


def sentence(written: str, language: str = "en") -> Sentence:
    spoken, spans = spoken_form(written, language)
    return Sentence(
        id="s", written=written, spoken=spoken, language=language, kind=BlockKind.PARAGRAPH, block=0, pause_ms=0,
        spans=spans,
    )  # fmt: skip


def marks(spoken: str) -> tuple[Mark, ...]:
    return TickEngine().speak(SpeakRequest(text=spoken, language="en", voice="tock")).marks


def timed(said: Sentence) -> list[tuple[str, str]]:
    """Each written word that sounds, and what is heard in its time."""
    heard = [said.spoken[m.start : m.end] for m in marks(said.spoken)]
    return [
        (
            said.written[word.start : word.end],
            " ".join(heard[round(word.start_seconds / WORD_SECONDS) : round(word.end_seconds / WORD_SECONDS)]),
        )
        for word in written_words(said, marks(said.spoken))
    ]


@pytest.mark.parametrize(("written", "expected"), CASES)
def test_a_written_word_sounds_when_what_is_said_for_it_does(written: str, expected: str) -> None:
    wanted = [part.partition("=") for part in expected.split("|")]
    assert timed(sentence(written)) == [(word, said or word.strip(",.“”'")) for word, _, said in wanted]


def test_words_that_only_a_dash_parts_are_one_when_they_are_one_for_the_voice() -> None:
    said = sentence("It was old—very old.")
    whole = written_words(said, marks(said.spoken))
    assert [said.written[w.start : w.end] for w in whole] == ["It", "was", "old—very", "old."]
    parts = [
        Mark(start=7, end=10, start_seconds=0, end_seconds=1),
        Mark(start=11, end=15, start_seconds=1, end_seconds=2),
    ]
    assert [said.written[w.start : w.end] for w in written_words(said, parts)] == ["old—", "very"]


def test_what_leads_up_to_a_sentence_belongs_to_its_first_word() -> None:
    written, spoken = "The tale begins.", "Note. The tale begins."
    whole = Alignment(written_start=0, written_end=len(written), spoken_start=0, spoken_end=len(spoken))
    said = Sentence(
        id="s", written=written, spoken=spoken, language="en", kind=BlockKind.NOTE, block=0, pause_ms=0, spans=(whole,)
    )
    assert timed(said) == [("The", "Note The"), ("tale", "tale"), ("begins.", "begins")]


def test_a_sentence_that_a_person_says_otherwise_keeps_the_times_of_the_same_words() -> None:
    text = "The Xkcd cartoon is good."
    [plain] = render(document(paragraph(text))).sentences
    edit = Edit(sentence_id=plain.id, written=text, spoken="The ex kay see dee cartoon is good.")
    [said] = render(document(paragraph(text)), Manners(edits=(edit,))).sentences
    assert timed(said) == [
        ("The", "The"), ("Xkcd", "ex kay see dee"), ("cartoon", "cartoon"), ("is", "is"), ("good.", "good"),
    ]  # fmt: skip


def test_without_marks_there_are_no_words() -> None:
    assert written_words(sentence("The kettle is on."), ()) == ()


@pytest.mark.parametrize("written", [written for written, _ in sentences()][::6])
def test_words_are_in_order_and_all_time_is_somebodys(written: str) -> None:
    said = sentence(written)
    spoken = marks(said.spoken)
    at, now = 0, 0.0
    for word in written_words(said, spoken):
        assert at <= word.start < word.end <= len(written)
        assert not written[word.start].isspace()
        assert word.start_seconds == pytest.approx(now), "no spoken word belongs to nobody"
        assert word.start_seconds < word.end_seconds
        at, now = word.end, word.end_seconds
    assert now == pytest.approx(spoken[-1].end_seconds)
