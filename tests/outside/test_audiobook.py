"""Players that others wrote play the audiobook to the end, from its file and over HTTP."""

from __future__ import annotations

import functools
import http.server
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from mutagen.mp4 import MP4
from numpy.typing import NDArray

from tests.conftest import require
from tests.unit.test_audiobook import booked
from tests.unit.test_narrator import room
from voice_app.audio import encode

pytestmark = pytest.mark.outside

# FFmpeg says this of the cover of every MP4 file
OF_THE_COVER = "[ffmpeg/demuxer] mov,mp4,m4a,3gp,3g2,mj2: stream 0, timescale not set"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("book") / "book.m4b"
    with room() as made:
        booked(made)
        path.write_bytes(made.files.path("a.m4b").read_bytes())
    return path


@pytest.fixture
def address(book: Path) -> Iterator[str]:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None: ...

    handler = functools.partial(Quiet, directory=str(book.parent))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/{book.name}"
    server.shutdown()
    thread.join()
    server.server_close()


def mpv(*arguments: str) -> list[str]:
    """What it warns of."""
    program = require("mpv")
    options = ("--no-config", "--vo=null", "--msg-level=all=warn")
    done = subprocess.run([program, *options, *arguments], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout[-2000:]
    return [line for line in (done.stdout + done.stderr).splitlines() if line.strip() and line != OF_THE_COVER]


def heard(tmp_path: Path, *arguments: str) -> NDArray[np.float32]:
    """What mpv plays, if it warns of nothing."""
    sound = tmp_path / "heard.pcm"
    pcm = ("--ao=pcm", "--ao-pcm-waveheader=no", f"--ao-pcm-file={sound}", "--audio-format=float")
    assert mpv(*pcm, *arguments) == []
    return np.frombuffer(sound.read_bytes(), "<f4")


def test_mpv_plays_every_sample_and_warns_of_nothing(book: Path, tmp_path: Path) -> None:
    played = heard(tmp_path, str(book))
    expected, _ = encode.decode(book.read_bytes())
    assert len(played) == len(expected)
    assert np.abs(played - expected).max() < 1e-4


def test_mpv_begins_where_a_chapter_does(book: Path, tmp_path: Path) -> None:
    start = MP4(book).chapters[6].start
    whole, _ = encode.decode(book.read_bytes())
    played = heard(tmp_path, "--start=#7", str(book))
    assert len(played) / 24_000 == pytest.approx(len(whole) / 24_000 - start, abs=0.05)
    assert np.abs(played[-24_000:] - whole[-24_000:]).max() < 1e-4


def test_mpv_plays_it_from_a_server_that_cannot_seek(book: Path, address: str, tmp_path: Path) -> None:
    assert len(heard(tmp_path, address)) == len(encode.decode(book.read_bytes())[0])
