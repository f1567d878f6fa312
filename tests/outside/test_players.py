"""Players that others wrote play an article before and after it is narrated, hear the same, and seek where they say."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.conftest import require
from tests.counted import counted
from tests.outside.test_speakers import daemon, wait_until
from tests.served import Site, opened, serving
from voice_app.audio.encode import FRAME_BYTES, FRAME_SECONDS, decode
from voice_app.audio.loudness import FRAME_SAMPLES, RATE_HZ
from voice_app.model import Article, ArticleAudio
from voice_app.publish.web.app import make_app

pytestmark = pytest.mark.outside

TEXT = """# The ferry book

A clerk wrote down every crossing. He never left one out! Nobody knew why he did it.

🎧 🎧

## What became of it

The book is still there, in the loft over the boathouse. It smells of tar. Somebody reads it every summer.

## Who reads it now

Children do, mostly. They count the storms. Nineteen is the answer, unless the pages that the mice ate had more of them.
"""
SPANISH = """# El faro de la isla

El tren de la mañana sale a las siete, y el andén ya está lleno de gente que espera con sus maletas. ¿Quién sabe adónde
van? ¡Nadie lo dice!
"""
MAX_ERROR_SECONDS = 0.05
NEAR = LENGTH = RATE_HZ  # how far from its place a stretch of sound is looked for, and how long it is
SETTLED = 2_400  # a frame may need bits of the ones before it, so the first after a jump are not whole
VLC_TROUBLE = re.compile(r"(decoder|demux|packetizer|stream|access|http|filter)\b.*(error|warning)|libmpg123")
Sound = NDArray[np.float32]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with opened(tmp_path / "site") as made:
        yield made


def read(site: Site, text: str = TEXT) -> tuple[Article, str]:
    """An article that is not narrated, and the address under which its sound is made while it is listened to."""
    added = site.studio.intake.add_text(text)
    site.studio.work.read(added.id)
    article = next(each for each in site.studio.articles() if each.id == added.id)
    return (
        article,
        f"{site.url}/articles/{article.slug}/live/{site.json(f'/articles/{article.slug}/live.json')['digest']}",
    )


def narrated(site: Site, article: Article) -> ArticleAudio:
    site.studio.work.narrate(article.id)
    audio = site.studio.page(article.slug).audio
    assert audio is not None
    return audio


def frames_of(data: bytes) -> bytes:
    """The frames of a finished file, without its tag and its Info frame."""
    return data[data.index(b"Info") - 13 + FRAME_BYTES :]


def reference(site: Site, audio: ArticleAudio) -> Sound:
    return decode(frames_of(site.studio.media(audio.file).read_bytes()))[0]


VLC_CUTS = 600  # samples: its decoder leaves out its own delay, 529, at the start of a file with an Info frame


# -- what each player makes of an address: its samples, and not a word of complaint -----------------


def heard_by_ffmpeg(address: str, *options: str) -> Sound:
    command = [require("ffmpeg"), "-v", "warning", "-nostdin", *options, "-i", address, "-f", "f32le", "-"]
    done = subprocess.run(command, capture_output=True, timeout=60, check=True)
    assert done.stderr == b""
    return np.frombuffer(done.stdout, "<f4")


def heard_by_mpv(address: str, *options: str) -> Sound:
    with tempfile.NamedTemporaryFile() as file:
        command = [require("mpv"), "--no-config", "--no-video", "--msg-level=all=warn", "--gapless-audio=yes"]
        command += ["--ao=pcm", f"--ao-pcm-file={file.name}", "--ao-pcm-waveheader=no", "--audio-format=float"]
        done = subprocess.run([*command, *options, address], capture_output=True, timeout=60, check=True)
        assert done.stdout + done.stderr == b""
        return np.frombuffer(file.read(), "<f4")


def played_by_vlc(address: str, *options: str) -> tuple[Sound, str]:
    """Its samples and what it says. It refuses to run as root, so then it runs as nobody."""
    as_somebody = ["runuser", "-u", "nobody", "--"] if os.geteuid() == 0 else []
    chain = f"#transcode{{acodec=f32l,channels=1,samplerate={RATE_HZ}}}:std{{access=file,mux=raw,dst=-}}"
    command = [*as_somebody, require("cvlc"), "-I", "dummy", "-v", "--no-color", "--no-sout-video", "--sout", chain]
    done = subprocess.run([*command, *options, "--play-and-exit", address], capture_output=True, timeout=60, check=True)
    return np.frombuffer(done.stdout, "<f4"), done.stderr.decode()


PLAYERS = {"ffmpeg": heard_by_ffmpeg, "mpv": heard_by_mpv}
SEEKS: dict[str, Callable[[str, float], Sound]] = {
    "ffmpeg": lambda address, at: heard_by_ffmpeg(address, "-ss", f"{at:.3f}", "-t", "1.2"),
    "mpv": lambda address, at: heard_by_mpv(address, f"--start={at:.3f}", "--length=1.2"),
    "vlc": lambda address, at: played_by_vlc(address, f"--start-time={at:.3f}", "--run-time=1.5")[0],
}


def misplaced(heard: Sound, whole: Sound, *, expected: int) -> int:
    """How many samples after its expected place in the whole the sound is, as soon as the decoder has settled."""
    heard = heard[SETTLED:][:LENGTH]
    low = max(0, expected + SETTLED - NEAR)
    windows = np.lib.stride_tricks.sliding_window_view(whole[low : expected + SETTLED + NEAR + len(heard)], len(heard))
    likely = np.abs(windows[:, ::97] - heard[::97]).max(axis=1)
    best = int(likely.argmin())
    assert np.abs(windows[best] - heard).max() < 0.01, "it is not to be heard there"
    return low + best - expected - SETTLED


# -- before and after it is narrated ----------------------------------------------------------------


@pytest.mark.parametrize("player", PLAYERS)
def test_pieces_stream_and_files_are_the_same_samples(site: Site, player: str) -> None:
    hear = PLAYERS[player]
    article, live = read(site)
    heard = {"pieces": hear(f"{live}/playlist.m3u8"), "stream": hear(f"{live}/stream.mp3")}
    audio = narrated(site, article)
    heard["file"] = hear(f"{site.url}/audio/{audio.file}")
    heard["chapters"] = np.concatenate([hear(f"{site.url}/audio/{chapter.file}") for chapter in audio.chapters])
    expected = reference(site, audio)
    for what, sound in heard.items():
        assert len(sound) == len(expected), what
        assert np.array_equal(sound, heard["file"]), what
        assert np.abs(sound - expected).max() < 1e-4, what


@pytest.mark.parametrize(
    ("text", "voice"),
    [("Word", "tick/tock"), ("# Signs\n\n🎧\n\n... — ...\n\n§§ ¶\n\nThe end.", "tick/tock"), (SPANISH, "espeak/es")],
    ids=["one word", "hardly a word", "in Spanish"],
)
def test_an_odd_article_is_the_same_before_and_after(tmp_path: Path, text: str, voice: str) -> None:
    if voice.startswith("espeak"):
        require("espeak-ng")
    with opened(tmp_path / "site", narration__disclose=False, narration__voices={"es": "espeak/es"}) as site:
        article, live = read(site, text)
        heard = [heard_by_ffmpeg(f"{live}/{name}") for name in ("playlist.m3u8", "stream.mp3")]
        audio = narrated(site, article)
        assert (audio.voice, audio.failed) == (voice, ())
        whole = heard_by_ffmpeg(f"{site.url}/audio/{audio.file}")
        assert all(np.array_equal(each, whole) for each in heard)


@pytest.mark.parametrize("player", PLAYERS)
@pytest.mark.parametrize("lost", ["clerk", "never", "them."])
def test_a_sentence_that_cannot_be_spoken_is_left_out_without_a_warning(tmp_path: Path, player: str, lost: str) -> None:
    with counted(tmp_path, fail_on=lost) as made, serving(make_app(made.studio, made.config)) as url:
        site = Site(studio=made.studio, cache=made.config.paths.cache, url=url)
        article, live = read(site)
        heard = PLAYERS[player](f"{live}/playlist.m3u8")
        audio = narrated(site, article)
        assert len(audio.failed) == 1
        assert np.array_equal(heard, PLAYERS[player](f"{url}/audio/{audio.file}"))


def test_vlc_plays_all_of_them_to_the_end(site: Site) -> None:
    article, live = read(site)
    played = [played_by_vlc(f"{live}/{name}") for name in ("playlist.m3u8", "stream.mp3")]
    audio = narrated(site, article)
    played.append(played_by_vlc(f"{site.url}/audio/{audio.file}"))
    whole = reference(site, audio)
    for sound, told in played:
        assert not VLC_TROUBLE.search(told), told
        assert len(sound) == pytest.approx(len(whole), abs=VLC_CUTS)
        middle = len(whole) // 2
        assert 0 <= misplaced(sound[middle:], whole, expected=middle) <= VLC_CUTS


def test_mpd_plays_all_of_them_to_the_end(site: Site, tmp_path: Path) -> None:
    article, live = read(site)
    with daemon(tmp_path / "mpd", to=tmp_path / "heard.f32") as player:

        def heard(address: str) -> Sound:
            player.ask("clear")
            player.ask("add", address)
            player.ask("play")
            wait_until(lambda: "[playing]" not in player.ask("status"))
            assert "ERROR" not in player.ask("status")
            return np.fromfile(tmp_path / "heard.f32", "<f4")

        sounds = [heard(f"{live}/playlist.m3u8"), heard(f"{live}/stream.mp3")]
        audio = narrated(site, article)
        sounds.append(heard(f"{site.url}/audio/{audio.file}"))
        log = (tmp_path / "mpd" / "log").read_text()
    whole = reference(site, audio)
    for sound in sounds:
        assert len(sound) == len(whole)
        assert np.abs(sound - whole).max() < 1e-4
    assert not re.search(r"exception|error|warning|failed", log, re.IGNORECASE)


def test_no_join_clicks(site: Site) -> None:
    article, live = read(site)
    line = site.studio.live.line(article.slug)
    runs = [site.studio.live.piece(article.slug, line.digest, stretch.sentence_id) for stretch in line.stretches]
    whole = heard_by_ffmpeg(f"{live}/stream.mp3")
    steps = np.abs(np.diff(whole))
    joins = [frames * FRAME_SAMPLES for frames in accumulate(len(run) // FRAME_BYTES for run in runs[:-1])]
    at_joins = max(float(steps[join - 3 : join + 3].max()) for join in joins)
    assert at_joins < 0.001 < steps.max(), "a join is a place of silence"


# -- seeking ----------------------------------------------------------------------------------------


@pytest.fixture
def finished(site: Site) -> tuple[str, Sound, ArticleAudio]:
    """The address of a finished file, its samples, and what is known of it."""
    audio = narrated(site, read(site)[0])
    return f"{site.url}/audio/{audio.file}", reference(site, audio), audio


def test_a_place_in_bytes_is_a_place_in_time(site: Site, finished: tuple[str, Sound, ArticleAudio]) -> None:
    address, whole, audio = finished
    first = audio.bytes - len(whole) // FRAME_SAMPLES * FRAME_BYTES
    for cue in audio.cues[::3]:
        frame = int(cue.start / FRAME_SECONDS)
        answer = site.ask(address, range=f"bytes={first + frame * FRAME_BYTES}-")
        assert answer.status == 206
        assert misplaced(decode(answer.body)[0], whole, expected=frame * FRAME_SAMPLES) == 0


@pytest.mark.parametrize("player", SEEKS)
def test_a_player_that_seeks_to_a_sentence_is_there(
    site: Site, finished: tuple[str, Sound, ArticleAudio], player: str
) -> None:
    address, whole, audio = finished
    asked = len(site.seen)
    for cue in audio.cues[1:-1:3]:
        heard = SEEKS[player](address, cue.start)
        error = misplaced(heard, whole, expected=round(cue.start * RATE_HZ)) / RATE_HZ
        assert abs(error) < MAX_ERROR_SECONDS
    assert {seen.status for seen in site.seen[asked:]} == {206}


def test_mpd_begins_within_three_frames_of_the_sentence_sought(
    finished: tuple[str, Sound, ArticleAudio], tmp_path: Path
) -> None:
    address, whole, audio = finished
    with daemon(tmp_path / "mpd", to=tmp_path / "heard.f32") as player:
        player.ask("add", address)
        for cue in audio.cues[1:-1:3]:
            player.play_from(cue.start)
            wait_until(lambda: "[playing]" not in player.ask("status"))
            heard = np.fromfile(tmp_path / "heard.f32", "<f4")
            error = misplaced(heard, whole, expected=round(cue.start * RATE_HZ)) / RATE_HZ
            assert 0 <= error < 3 * FRAME_SECONDS, "it begins with a whole frame, after leaving two out"
