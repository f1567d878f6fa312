"""Players that others wrote play the speaker's addresses to the end."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import require
from tests.served import Site, opened

pytestmark = pytest.mark.outside

RATE_HZ = 24_000
TINY = "# {title}\n\nTwo words."
MPD = """
music_directory "{folder}/music"
playlist_directory "{folder}/playlists"
db_file "{folder}/database"
log_file "{folder}/log"
log_level "verbose"
bind_to_address "127.0.0.1"
port "{port}"
zeroconf_enabled "no"
audio_output {{
    name "heard"
    {output}
}}
"""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with opened(tmp_path / "site", narration__disclose=False) as made:
        made.narrated("Older", TINY)
        made.narrated("Newer & ünlike 🎧", TINY)
        yield made


def addresses(site: Site) -> list[str]:
    return [f"{site.url}/audio/{episode.audio.file}" for episode in site.studio.unheard()]


# -- mpv --------------------------------------------------------------------------------------


def played_by_mpv(address: str, sound: Path) -> float:
    """How many seconds came out of it."""
    program = require("mpv")
    bare = ("--ao-pcm-waveheader=no", "--audio-format=s16", "--audio-channels=mono", f"--audio-samplerate={RATE_HZ}")
    options = ("--no-config", "--no-video", "--gapless-audio=yes", "--ao=pcm", f"--ao-pcm-file={sound}")
    done = subprocess.run([program, *options, *bare, address], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout[-2000:]
    return sound.stat().st_size / 2 / RATE_HZ


def test_mpv_plays_the_whole_queue(site: Site, tmp_path: Path) -> None:
    seconds = played_by_mpv(f"{site.url}/speaker/queue.m3u", tmp_path / "heard.pcm")
    assert seconds == pytest.approx(sum(e.audio.seconds for e in site.studio.unheard()), abs=0.2)
    asked = [seen.path for seen in site.seen if seen.path.startswith("/audio/")]
    assert [f"{site.url}{path}" for path in dict.fromkeys(asked)] == addresses(site)


def test_mpv_follows_the_address_of_the_newest(site: Site, tmp_path: Path) -> None:
    seconds = played_by_mpv(f"{site.url}/speaker/latest.mp3", tmp_path / "heard.pcm")
    assert seconds == pytest.approx(site.studio.unheard()[0].audio.seconds, abs=0.2)


# -- MPD --------------------------------------------------------------------------------------


class Daemon:
    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self._port = port
        self._mpc = [require("mpc"), "--port", str(port)]

    def ask(self, *words: str) -> str:
        done = subprocess.run([*self._mpc, *words], capture_output=True, text=True, timeout=20, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def play_from(self, seconds: float) -> None:
        """Play the first of its list from there, which mpc cannot ask of a player that stands still."""
        with socket.create_connection(("127.0.0.1", self._port), timeout=20) as line, line.makefile("rw") as talk:
            assert talk.readline().startswith("OK MPD")
            talk.write(f"seek 0 {seconds:.3f}\n")
            talk.flush()
            assert talk.readline() == "OK\n"

    def answers(self) -> bool:
        return subprocess.run([*self._mpc, "version"], capture_output=True, timeout=20, check=False).returncode == 0

    @property
    def played(self) -> list[str]:
        """The addresses that it has played to their end."""
        log = (self.folder / "log").read_text()
        return [entry.split('"')[1] for entry in log.splitlines() if 'player: played "' in entry]


def wait_until(is_so: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.1)


@contextmanager
def daemon(folder: Path, *, to: Path | None = None) -> Iterator[Daemon]:
    """MPD. What it plays goes nowhere, or `to` a file of 32 bit floats, as fast as it can."""
    output = f'type "pipe"\n    command "cat > {to}"\n    format "{RATE_HZ}:f:1"' if to else 'type "null"'
    program = require("mpd")
    for name in ("music", "playlists"):
        (folder / name).mkdir(parents=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (folder / "mpd.conf").write_text(MPD.format(folder=folder, port=port, output=output))
    process = subprocess.Popen([program, "--no-daemon", folder / "mpd.conf"], stderr=subprocess.DEVNULL)
    try:
        made = Daemon(folder, port)
        wait_until(made.answers)
        yield made
    finally:
        process.terminate()
        process.wait(timeout=10)


def test_mpd_plays_the_whole_queue(site: Site, tmp_path: Path) -> None:
    with daemon(tmp_path / "mpd") as player:
        player.ask("load", f"{site.url}/speaker/queue.m3u")
        assert player.ask("playlist", "-f", "%file%").split() == addresses(site)
        player.ask("play")
        assert "[playing] #1/2" in player.ask("status")
        wait_until(lambda: "[playing]" not in player.ask("status"))
        assert player.played == addresses(site)
        assert "ERROR" not in player.ask("status")
        lengths = player.ask("playlist", "-f", "%title%\t%time%").splitlines()
        assert lengths == [f"{e.article.title}\t0:0{round(e.audio.seconds)}" for e in site.studio.unheard()]


def test_mpd_takes_the_feed_itself_for_a_playlist(site: Site, tmp_path: Path) -> None:
    with daemon(tmp_path / "mpd") as player:
        player.ask("load", f"{site.url}/feed.xml")
        assert player.ask("playlist", "-f", "%file%").split() == addresses(site)
