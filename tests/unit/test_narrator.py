"""Who says what, at which level, and what is told when a voice fails."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from voice_app.audio import encode
from voice_app.audio.loudness import TARGET_LUFS
from voice_app.audio.press import Press
from voice_app.binding import Outlet
from voice_app.blobs import FolderBlobs
from voice_app.casting import voice_for
from voice_app.config import Narration
from voice_app.errors import EngineFailedError, EngineUnavailableError, UnknownVoiceError
from voice_app.model import Block, BlockKind, Document, Manner, Sentence, SpeakRequest, Speech, Style, Voice
from voice_app.narrator import Made, Narrator
from voice_app.recording.recorder import LocalRecorder
from voice_app.script.render import Manners, rendered
from voice_app.speech.booth import Booth
from voice_app.speech.clips import Clips
from voice_app.speech.engine import Engine, EngineInfo
from voice_app.testing import MemoryBlobs, TickEngine

K = BlockKind
ARTICLE = Document(
    title="The harbour",
    blocks=(
        Block(kind=K.HEADING, text="The harbour", level=1),
        Block(kind=K.PARAGRAPH, text="It is old. A wolf was seen. It is deep."),
        Block(kind=K.HEADING, text="The quay", level=2),
        Block(kind=K.QUOTE, text="Boats lie here."),
        Block(kind=K.NOTE, text="As of last year.", marker="1"),
    ),
)
MANNERS = Manners(style=Style(notes=Manner.READ))


class Other(TickEngine):
    """Another engine, much softer; its voices are called after the languages they speak."""

    def __init__(self) -> None:
        super().__init__()
        self.info = EngineInfo(name="other", version="1", licence="Apache-2.0")

    def voices(self) -> tuple[Voice, ...]:
        names = ("de", "en")
        return tuple(Voice(engine="other", name=name, language=name, licence="Apache-2.0") for name in names)

    def speak(self, request: SpeakRequest) -> Speech:
        if self._fail_on and self._fail_on in request.text:
            raise EngineFailedError
        self.spoken.append(request.text)
        return TickEngine().speak(SpeakRequest(text=request.text, language="en", voice="tack", rate=request.rate))


class Room:
    """One engine of each kind; `narrate` reads the article with them."""

    def __init__(self, folder: Path, *, fail_on: str | None, narration: Narration) -> None:
        self.tick, self.other = TickEngine(fail_on=fail_on), Other()
        self.cache = MemoryBlobs()
        self.files = FolderBlobs(folder)
        booth = Booth(self._made, names=("tick", "other"), clips=Clips(self.cache))
        self.recorder = LocalRecorder(booth, Press(self.cache), calibrations=self.cache, threads=1, stall_seconds=20)
        self.narration = narration

    def _made(self, name: str) -> Engine:
        engines: dict[str, Engine] = {"tick": self.tick, "other": self.other}
        if name not in engines:
            raise EngineUnavailableError
        return engines[name]

    def narrate(self, document: Document = ARTICLE, manners: Manners = MANNERS) -> Made:
        narrator = Narrator(self.recorder, narration=self.narration)
        outlet = Outlet(store=self.files)
        return narrator.narrate(document, rendered(document, manners), voice="tick/tock", stem="a", outlet=outlet)

    def heard(self) -> bytes:
        return self.files.path("a.mp3").read_bytes()


@contextmanager
def room(*, fail_on: str | None = None, **settings: object) -> Iterator[Room]:
    with tempfile.TemporaryDirectory() as folder:
        made = Room(Path(folder), fail_on=fail_on, narration=Narration(**settings))  # type: ignore[arg-type]
        yield made
        made.recorder.close()


def written(made: Made, ids: tuple[str, ...]) -> list[str]:
    return [sentence.written for sentence in made.script.sentences if sentence.id in ids]


def test_a_sentence_on_which_the_voice_fails_is_said_by_another_and_told() -> None:
    with room(fail_on="wolf", fallback_voice="other") as made:
        found = made.narrate()
        assert written(found, found.audio.stood_in) == ["A wolf was seen."]
        assert found.audio.failed == ()
        assert "A wolf was seen." in made.other.spoken
        assert len(found.audio.cues) == len(found.script.sentences)
        assert found.receipt.failed == 0
        assert found.audio.loudness_lufs == pytest.approx(TARGET_LUFS, abs=0.5)


def test_the_voice_is_asked_again_when_the_article_is_narrated_again() -> None:
    with room(fail_on="wolf", fallback_voice="other") as made:
        made.narrate()
        made.tick._fail_on = None
        again = made.narrate()
        assert again.audio.stood_in == ()
        assert again.clips_spoken == 1


@pytest.mark.parametrize("fallback", ["", "absent", "other/nobody", "tick/tock"])
def test_without_a_stand_in_the_sentence_is_lost_and_told(fallback: str) -> None:
    with room(fail_on="wolf", fallback_voice=fallback) as made:
        found = made.narrate()
        assert found.audio.stood_in == ()
        assert written(found, found.audio.failed) == ["A wolf was seen."]
        assert found.receipt.failed == 1


def test_a_stand_in_of_another_language_stays_silent() -> None:
    with room(fail_on="wolf", fallback_voice="other") as made:
        french = Document(title=ARTICLE.title, blocks=ARTICLE.blocks, language="fr")
        found = made.narrate(french)
        assert len(found.audio.failed) == 1
        assert not made.other.spoken


def test_a_stand_in_never_reads_a_whole_article() -> None:
    one = Document(title="W", blocks=(Block(kind=K.PARAGRAPH, text="Here comes the wolf now."),))
    with room(fail_on="wolf", fallback_voice="other") as made, pytest.raises(EngineFailedError):
        made.narrate(one)


def test_headings_quotations_and_notes_can_have_voices_of_their_own() -> None:
    with room(heading_voice="other/en", quote_voice="tick/tack", note_voice="other/de") as made:
        found = made.narrate()
        others = set(made.other.spoken)
        assert {"The harbour", "The quay"} <= others
        assert any("As of last year." in text for text in others)
        assert not {"Boats lie here.", "It is old."} & others
        assert found.audio.stood_in == ()
        assert found.audio.voice == "tick/tock"


def test_every_chapter_of_every_voice_has_the_level() -> None:
    with room(heading_voice="other/en", quote_voice="tick/tack") as made:
        for chapter in made.narrate().audio.chapters:
            assert chapter.loudness_lufs == pytest.approx(TARGET_LUFS, abs=0.5)


def test_the_article_voice_helps_when_the_voice_of_a_heading_fails() -> None:
    with room(heading_voice="other/en", fallback_voice="") as made:
        made.other._fail_on = "quay"
        found = made.narrate()
        assert written(found, found.audio.stood_in) == ["The quay"]
        assert "The quay" in made.tick.spoken


@pytest.mark.parametrize("kind", ["heading_voice", "quote_voice", "note_voice"])
def test_a_voice_that_does_not_exist_is_told_before_anything_is_spoken(kind: str) -> None:
    with room(**{kind: "nobody"}) as made:
        with pytest.raises(UnknownVoiceError, match="nobody"):
            made.narrate()
        assert not made.tick.spoken


@pytest.mark.parametrize("kind", list(BlockKind))
def test_a_voice_is_chosen_by_kind_and_else_it_is_the_article_voice(kind: BlockKind) -> None:
    sentence = Sentence(id="s", written="w", spoken="w", language="en", kind=kind, block=0, pause_ms=0)
    own = Narration(heading_voice="h", quote_voice="q", note_voice="n")
    expected = {K.HEADING: "h", K.QUOTE: "q", K.NOTE: "n"}
    assert voice_for(sentence, own, voice="v") == expected.get(kind, "v")
    assert voice_for(sentence, Narration(), voice="v") == "v"


@pytest.mark.parametrize("change", [{"pauses": 2.0}, {"earcons": True}])
def test_other_pauses_and_earcons_cost_no_new_clip(change: dict[str, float]) -> None:
    with room() as made:
        first = made.narrate()
        again = made.narrate(manners=Manners(style=MANNERS.style, **change))  # type: ignore[arg-type]
        assert again.clips_spoken == 0
        assert again.audio.seconds > first.audio.seconds


def test_earcons_encode_no_sentence_again() -> None:
    with room() as made:
        made.narrate()
        before = set(made.cache.held)
        made.narrate(manners=Manners(style=MANNERS.style, earcons=True))
        assert set(made.cache.held) == before


def test_the_file_is_its_runs_end_to_end_with_earcons_and_without_a_click() -> None:
    with room(heading_voice="other/en") as made:
        found = made.narrate(manners=Manners(style=MANNERS.style, earcons=True))
        samples, _ = encode.decode(made.heard())
        steps = np.abs(np.diff(samples))
        for chapter in found.audio.marks:
            at = round(chapter.start * 24_000)
            assert steps[max(0, at - 600) : at + 600].max() < 0.001
        heard = samples[-round(found.audio.marks[-1].end * 24_000) :]
        by_id = {sentence.id: sentence for sentence in found.script.sentences}
        for cue in found.audio.cues:
            before = heard[max(0, round((cue.start - 0.33) * 24_000)) : round((cue.start - 0.03) * 24_000)]
            assert bool(np.abs(before).max(initial=0) > 0.05) is bool(by_id[cue.sentence_id].earcon)
            speech = heard[round(cue.start * 24_000) : round((cue.start + 0.3) * 24_000)]
            assert np.abs(speech).max() > 0.05
