"""Clip keys and the clip cache: one key, one sound; whole or a miss."""

from __future__ import annotations

import dataclasses
import io
import wave
from pathlib import Path

import av
import pytest
import scipy.io.wavfile

from voice_app.blobs import SEAL_BYTES, Blobs, FolderBlobs, sealed
from voice_app.errors import AudioError, MediaNotFoundError
from voice_app.model import Clip, Mark, SpeakRequest
from voice_app.speech.clips import Clips
from voice_app.speech.engine import EngineInfo
from voice_app.speech.keys import clip_key
from voice_app.testing import MemoryBlobs

INFO = EngineInfo(name="tick", version="1", licence="MIT")
REQUEST = SpeakRequest(text="Good morning.", language="en", voice="tock")
CLIP = Clip(
    key="ab" * 32,
    sample_rate=24_000,
    pcm=bytes(range(256)) * 40,
    marks=(Mark(start=0, end=4, start_seconds=0.0, end_seconds=0.2),),
)


def test_the_key_is_golden() -> None:
    """If this changes, every cache in the world is worth nothing: raise KEY_VERSION and say so in the changelog."""
    assert clip_key(REQUEST, INFO) == "9d2a537937b5006667a7c44c742fa939d6c430d0bfe9ae9f3f3a2b1032ec72c2"


@pytest.mark.parametrize(
    ("request_", "info"),
    [
        (SpeakRequest(text="Good evening.", language="en", voice="tock"), INFO),
        (SpeakRequest(text="Good morning.", language="es", voice="tock"), INFO),
        (SpeakRequest(text="Good morning.", language="en", voice="tack"), INFO),
        (SpeakRequest(text="Good morning.", language="en", voice="tock", rate=1.5), INFO),
        (REQUEST, EngineInfo(name="tick", version="2", licence="MIT")),
        (REQUEST, EngineInfo(name="tack", version="1", licence="MIT")),
    ],
)
def test_whatever_changes_the_sound_changes_the_key(request_: SpeakRequest, info: EngineInfo) -> None:
    assert clip_key(request_, info) != clip_key(REQUEST, INFO)


def test_a_licence_does_not_change_the_key() -> None:
    assert clip_key(REQUEST, EngineInfo(name="tick", version="1", licence="GPL")) == clip_key(REQUEST, INFO)


@pytest.fixture(params=["memory", "folder"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> Blobs:
    return MemoryBlobs() if request.param == "memory" else FolderBlobs(tmp_path)


def test_a_clip_comes_back_as_it_was(blobs: Blobs) -> None:
    clips = Clips(blobs)
    assert clips.get(CLIP.key) is None
    clips.put(CLIP)
    assert clips.get(CLIP.key) == CLIP


NAME = f"clips/ab/{CLIP.key}.wav"


def test_a_clip_with_one_changed_bit_is_a_miss_wherever_it_is(blobs: Blobs) -> None:
    clips = Clips(blobs)
    clips.put(CLIP)
    whole = blobs.read(NAME)
    assert whole
    for place in {*range(100), *range(0, len(whole), 97), *range(len(whole) - 200, len(whole))}:
        blobs.write(NAME, whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert clips.get(CLIP.key) is None, place


def test_a_clip_that_was_cut_or_lengthened_is_a_miss(blobs: Blobs) -> None:
    clips = Clips(blobs)
    clips.put(CLIP)
    whole = blobs.read(NAME)
    assert whole
    for length in {*range(100), *range(0, len(whole), 97), *range(len(whole) - 100, len(whole))}:
        blobs.write(NAME, whole[:length])
        assert clips.get(CLIP.key) is None, length
    for damage in (whole + b"\0", whole * 2, b"RIFF" * 20, bytes(5_000), b"{}"):
        blobs.write(NAME, damage)
        assert clips.get(CLIP.key) is None


def test_a_clip_under_the_name_of_another_is_a_miss(blobs: Blobs) -> None:
    clips, other = Clips(blobs), "cd" * 32
    clips.put(CLIP)
    clips.put(dataclasses.replace(CLIP, key=other, pcm=bytes(2_000)))
    mine, theirs = blobs.read(NAME), blobs.read(f"clips/cd/{other}.wav")
    assert mine and theirs
    blobs.write(NAME, theirs)
    blobs.write(f"clips/cd/{other}.wav", mine)
    assert clips.get(CLIP.key) is None
    assert clips.get(other) is None


@pytest.mark.parametrize("wav", [b"RIFF", b"RIFF\0\0\0\0WAVEfmt ", b"RIFF\0\0\0\0WAVELIST\x04\0\0\0INFO", b"x" * 100])
def test_a_whole_clip_of_another_version_is_a_miss(blobs: Blobs, wav: bytes) -> None:
    blobs.write(NAME, sealed(NAME, wav))
    assert Clips(blobs).get(CLIP.key) is None


@pytest.mark.parametrize("marks", [(), CLIP.marks, CLIP.marks * 7])
def test_a_clip_is_a_wav_file_that_anybody_can_open(tmp_path: Path, marks: tuple[Mark, ...]) -> None:
    Clips(FolderBlobs(tmp_path)).put(dataclasses.replace(CLIP, marks=marks))
    path = tmp_path / NAME
    with wave.open(str(path)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 24_000)
        assert file.readframes(file.getnframes()) == CLIP.pcm
    with av.open(str(path)) as container:  # FFmpeg
        decoded = b"".join(frame.to_ndarray().tobytes() for frame in container.decode(audio=0))
    assert decoded == CLIP.pcm
    assert scipy.io.wavfile.read(io.BytesIO(_without_seal(path)))[1].tobytes() == CLIP.pcm


def _without_seal(path: Path) -> bytes:
    data = path.read_bytes()
    assert int.from_bytes(data[4:8], "little") + 8 == len(data) - SEAL_BYTES  # it stands behind the RIFF's end
    return data[:-SEAL_BYTES]


def test_no_torn_file_is_left_when_a_write_fails(tmp_path: Path) -> None:
    blobs = FolderBlobs(tmp_path)
    (tmp_path / "clips").write_text("a file where a folder should be")
    with pytest.raises(AudioError, match="could not be written"):
        blobs.write("clips/ab/x.wav", b"data")
    assert [path.name for path in tmp_path.iterdir()] == ["clips"]


def test_a_missing_file_has_no_path(tmp_path: Path) -> None:
    with pytest.raises(MediaNotFoundError):
        FolderBlobs(tmp_path).path("nothing.mp3")
