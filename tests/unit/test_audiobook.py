"""The audiobook: the MP3 file's sound on the MP3 file's time line, with what players show."""

from __future__ import annotations

import datetime as dt
import io
import tempfile
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest
from mutagen.mp4 import MP4
from numpy.typing import NDArray

from tests.unit.test_narrator import ARTICLE, MANNERS, Room, room
from voice_app.audio import aac, encode
from voice_app.audio.artwork import artwork
from voice_app.audio.loudness import frame_energies, loudness_lufs
from voice_app.binding import Outlet
from voice_app.errors import EngineFailedError, StorageError
from voice_app.model import Block, BlockKind, Document
from voice_app.narrator import Made, Narrator
from voice_app.script.render import Manners, rendered

K = BlockKind
HALF_FRAME_SECONDS = aac.FRAME_SAMPLES / 2 / 24_000
EARLIER = encode.DELAY_SAMPLES - aac.DELAY_SAMPLES
LONG = Document(
    title="The »long« way\nhome 🚢",
    byline="A. Bäcker",
    language="en-GB",
    published=dt.date(2026, 3, 1),
    blocks=tuple(
        Block(kind=kind, text=text, level=2)
        for n in range(8)
        for kind, text in (
            (K.HEADING, f"Part {n}: ships & söme harbours"),
            (K.PARAGRAPH, f"Boat {n} is here. It carries {n} men and a dog named {'o' * n}ho. It rains."),
            (K.QUOTE, f"Nobody waits {n} hours."),
        )
    ),
)


def booked(made: Room, document: Document = LONG, manners: Manners = MANNERS) -> Made:
    narrator = Narrator(made.recorder, narration=made.narration)
    outlet = Outlet(store=made.files)
    script = rendered(document, manners)
    return narrator.narrate(document, script, voice="tick/tock", stem="a", outlet=outlet, audiobook=True)


def heard(made: Room, name: str) -> NDArray[np.float32]:
    samples, rate = encode.decode(made.files.path(name).read_bytes())
    assert rate == 24_000
    return samples


def lag(one: NDArray[np.float32], other: NDArray[np.float32], start: float, end: float) -> int:
    """By how many samples the same sound comes later in the other."""
    first, last = round(start * 24_000), round(end * 24_000)
    around = np.pad(other, 2_000)[first : last + 4_000]
    return int(np.argmax(np.correlate(around, one[first:last], "valid"))) - 2_000


@pytest.mark.parametrize("manners", [MANNERS, replace(MANNERS, earcons=True), replace(MANNERS, pauses=0.5)])
def test_every_sentence_sounds_where_it_does_in_the_mp3_file(manners: Manners) -> None:
    with room(heading_voice="other/en", fallback_voice="") as made:
        audio = booked(made, manners=manners).audio
        mp3, m4b = heard(made, "a.mp3"), heard(made, "a.m4b")
        mp3 = mp3[len(mp3) - round(audio.seconds * 24_000) :]  # some decoders play the Info frame, too
        assert len(m4b) == pytest.approx(len(mp3), abs=aac.FRAME_SAMPLES / 2)
        assert loudness_lufs(frame_energies(m4b)) == pytest.approx(audio.loudness_lufs, abs=0.3)
        assert len(audio.cues) > 35
        for cue in audio.cues:
            found = lag(mp3, m4b, cue.start, cue.end)
            assert abs(found) <= aac.FRAME_SAMPLES / 2 + 2
            off_the_grid = (cue.start * 24_000 + found + 512) % aac.FRAME_SAMPLES - 512
            assert abs(off_the_grid) < 24, "a millisecond"


def test_players_find_title_author_cover_and_chapters() -> None:
    with room() as made:
        found = booked(made)
        path = made.files.path(found.audiobook)
        data = path.read_bytes()
        tags = MP4(path)
        assert found.audiobook == "a.m4b"
        assert data[4:12] == b"ftypM4B "
        assert data.index(b"moov") < data.index(b"mdat"), "it plays while it is still on its way"
        assert tags["\xa9nam"] == tags["\xa9alb"] == ["The »long« way home 🚢"]
        assert tags["\xa9ART"] == ["A. Bäcker"]
        assert tags["\xa9day"] == ["2026-03-01"]
        assert tags["\xa9cmt"] == ["Read by a synthetic voice."]
        assert tags["\xa9gen"] == ["Audiobook"]
        assert tags["stik"] == [2]
        assert [bytes(each) for each in tags["covr"]] == [artwork(LONG.title, subtitle="A. Bäcker")]
        assert tags.info.length == pytest.approx(found.audio.seconds, abs=HALF_FRAME_SECONDS)
        assert (tags.info.channels, tags.info.sample_rate) == (1, 24_000)
        listed = [(chapter.start, chapter.title) for chapter in tags.chapters]
        assert [title for _, title in listed] == [mark.title for mark in found.audio.marks]
        assert [start for start, _ in listed] == pytest.approx([m.start for m in found.audio.marks], abs=0.001)
        with av.open(io.BytesIO(data)) as file:
            track = [(c["start"] / 1000, c["metadata"]["title"]) for c in file.chapters()]
            assert file.streams.audio[0].metadata["language"] == "eng"
            assert file.streams.audio[0].codec_context.profile == "LC"
            assert file.streams.audio[0].start_time == 0
        assert track == [(pytest.approx(start, abs=0.001), title) for start, title in listed]


def test_a_heading_of_any_length_and_script_is_a_chapter() -> None:
    titles = ("日本語の長い見出し" * 20, "a" * 254 + "ü and so on", "Ship\tand\u2028shore")
    blocks = [
        Block(kind=kind, text=text, level=2) for t in titles for kind, text in ((K.HEADING, t), (K.PARAGRAPH, "A."))
    ]
    with room() as made:
        found = booked(made, Document(title="T", blocks=tuple(blocks)))
        chapters = MP4(made.files.path("a.m4b")).chapters
        assert len(chapters) == len(found.audio.marks) == 3
        assert titles[0].startswith(chapters[0].title)
        assert 250 < len(chapters[0].title.encode()) < 256
        assert chapters[1].title == found.audio.marks[1].title
        assert chapters[2].title == "Ship and shore"


def test_the_second_time_nothing_is_encoded_and_the_bytes_are_the_same() -> None:
    with room() as made:
        booked(made)
        before, data = dict(made.cache.held), made.files.path("a.m4b").read_bytes()
        assert booked(made).clips_spoken == 0
        assert made.cache.held == before
        assert made.files.path("a.m4b").read_bytes() == data


def test_after_plain_narration_an_audiobook_speaks_nothing_again() -> None:
    with room() as made:
        first = made.narrate(LONG)
        assert first.audiobook == ""
        assert not [name for name in made.cache.held if name.startswith("books/")]
        found = booked(made)
        assert found.clips_spoken == 0
        sentences = {sentence.spoken for sentence in found.script.sentences}
        assert len([name for name in made.cache.held if name.startswith("books/")]) == len(sentences)


def test_other_pauses_encode_no_sentence_of_the_audiobook_again() -> None:
    def books(made: Room) -> set[str]:
        return {name for name in made.cache.held if name.startswith("books/")}

    with room() as made:
        booked(made)
        before = books(made)
        booked(made, manners=replace(MANNERS, pauses=1.7, earcons=True))
        assert books(made) == before


def test_a_stand_in_is_heard_in_the_audiobook_too() -> None:
    with room(fail_on="wolf", fallback_voice="other") as made:
        found = booked(made, ARTICLE)
        (cue,) = [cue for cue in found.audio.cues if cue.sentence_id in found.audio.stood_in]
        m4b = heard(made, "a.m4b")
        assert np.abs(m4b[round(cue.start * 24_000) : round(cue.end * 24_000)]).max() > 0.1


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_nothing_is_left_of_an_audiobook_that_could_not_be_made(temporary: Path) -> None:
    one = Document(title="W", blocks=(Block(kind=K.PARAGRAPH, text="Here comes the wolf now."),))
    with room(fail_on="wolf", fallback_voice="other") as made:
        with pytest.raises(EngineFailedError):
            booked(made, one)
        assert not list(temporary.rglob("book*"))
        booked(made, ARTICLE)
        assert not list(temporary.rglob("book*"))


def test_a_folder_that_cannot_be_written_ends_in_a_sentence(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with room() as made:
        monkeypatch.setattr(tempfile, "tempdir", str(temporary / "absent"))
        with pytest.raises(StorageError, match="could not be written"):
            booked(made, ARTICLE)
