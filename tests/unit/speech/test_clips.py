"""Clip keys and the clip cache: one key, one sound; whole or a miss."""

from __future__ import annotations

import io
import wave
from pathlib import Path

import pytest

from voice_app.blobs import Blobs, FolderBlobs
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


@pytest.mark.parametrize("suffix", ["wav", "json"])
@pytest.mark.parametrize("damage", [b"", b"RIFF", b"\x00" * 5000, b"{}", b"[1]"])
def test_a_damaged_clip_is_a_miss(blobs: Blobs, suffix: str, damage: bytes) -> None:
    clips = Clips(blobs)
    clips.put(CLIP)
    blobs.write(f"clips/ab/ab/{CLIP.key}.{suffix}", damage)
    assert clips.get(CLIP.key) is None


def test_a_clip_is_a_wav_file_that_anybody_can_open(tmp_path: Path) -> None:
    Clips(FolderBlobs(tmp_path)).put(CLIP)
    body = (tmp_path / f"clips/ab/ab/{CLIP.key}.wav").read_bytes()
    with wave.open(io.BytesIO(body)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 24_000)
        assert file.readframes(file.getnframes()) == CLIP.pcm


def test_no_torn_file_is_left_when_a_write_fails(tmp_path: Path) -> None:
    blobs = FolderBlobs(tmp_path)
    (tmp_path / "clips").write_text("a file where a folder should be")
    with pytest.raises(AudioError, match="could not be written"):
        blobs.write("clips/ab/x.wav", b"data")
    assert [path.name for path in tmp_path.iterdir()] == ["clips"]


def test_a_missing_file_has_no_path(tmp_path: Path) -> None:
    with pytest.raises(MediaNotFoundError):
        FolderBlobs(tmp_path).path("nothing.mp3")
