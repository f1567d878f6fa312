"""Podcast programs that others wrote subscribe, download and read the feed."""

from __future__ import annotations

import hashlib
import io
import json
import os
import pty
import sqlite3
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import podcastparser
import pytest

from tests.conftest import require
from tests.served import Site, opened

pytestmark = pytest.mark.outside

TOOLS = Path(__file__).parents[2] / ".tools"
HOSTILE = "Tom & <b>Jerry</b> ]]> 🎧 \u200fשלום\u200f"
READ_FEED = "const {parseFeed} = require('podcast-partytime');"
READ_FEED += "console.log(JSON.stringify(parseFeed(require('fs').readFileSync(0, 'utf8'), {})))"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with opened(tmp_path / "site") as made:
        made.narrated("The older of two")
        made.narrated(HOSTILE)
        yield made


def run(*command: str | Path, env: Mapping[str, str], stdin: bytes = b"", cwd: Path | None = None) -> str:
    done = subprocess.run(
        command, env=os.environ | env, input=stdin, capture_output=True, cwd=cwd, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    return done.stdout.decode()


def digests(folder: Path) -> set[str]:
    return {hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*.mp3")}


def offered(site: Site) -> set[str]:
    paths = [site.studio.media(episode.audio.file) for episode in site.studio.episodes()]
    return {hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


# -- gPodder ----------------------------------------------------------------------------------


def test_gpodder_subscribes_downloads_and_asks_only_for_news(site: Site, tmp_path: Path) -> None:
    gpo, home = require("gpo"), tmp_path / "gpodder"
    env = {"GPODDER_HOME": str(home), "HOME": str(tmp_path)}
    run(gpo, "subscribe", f"{site.url}/feed.xml", env=env)
    assert "2 new episodes" in run(gpo, "update", env=env)
    assert "2 episodes downloaded" in run(gpo, "download", env=env)
    assert digests(home) == offered(site)

    first, second = site.asked_for("/feed.xml")
    assert (first.status, second.status) == (200, 304)
    assert "if_none_match" in second.asked
    with closing(sqlite3.connect(home / "Database")) as database:
        kept = database.execute("SELECT guid, title, file_size, total_time, chapters FROM episode").fetchall()
    assert {row[:4] for row in kept} == {
        (e.article.guid, e.article.title, e.audio.bytes, round(e.audio.seconds)) for e in site.studio.episodes()
    }
    assert all(len(json.loads(row[4])) == 2 for row in kept)

    site.narrated("The third")
    assert "1 new episode" in run(gpo, "update", env=env)


# -- newsboat and podboat ---------------------------------------------------------------------


def test_newsboat_queues_and_podboat_downloads(site: Site, tmp_path: Path) -> None:
    newsboat, podboat = require("newsboat"), require("podboat")
    downloads, queue = tmp_path / "downloads", tmp_path / ".newsboat" / "queue"
    queue.parent.mkdir()
    (tmp_path / "urls").write_text(f"{site.url}/feed.xml\n")
    (tmp_path / "config").write_text(f"podcast-auto-enqueue yes\ndownload-path {downloads}\n")
    env = {"HOME": str(tmp_path), "TERM": "xterm"}
    known = ("-u", tmp_path / "urls", "-c", tmp_path / "cache.db")
    run(newsboat, "-C", tmp_path / "config", *known, "-x", "reload", env=env)
    assert len(queue.read_text().splitlines()) == 2

    with closing(Terminal(podboat, "-C", str(tmp_path / "config"), "-q", str(queue), "-a", env=env)) as terminal:
        terminal.until(lambda: digests(downloads) == offered(site))
        terminal.press(b"q")
        terminal.until(lambda: terminal.process.poll() is not None)
    assert terminal.process.returncode == 0
    assert queue.read_text().count("downloaded") == 2


class Terminal:
    """A program that wants a screen and keys."""

    def __init__(self, *command: str, env: Mapping[str, str]) -> None:
        self.keyboard, screen = pty.openpty()
        self.process = subprocess.Popen(command, stdin=screen, stdout=screen, stderr=screen, env=os.environ | env)
        os.close(screen)
        os.set_blocking(self.keyboard, False)

    def press(self, keys: bytes) -> None:
        os.write(self.keyboard, keys)

    def until(self, is_so: Any, seconds: float = 20) -> None:
        end = time.monotonic() + seconds
        while not is_so():
            assert time.monotonic() < end, "it did not happen in time"
            self._read()
            time.sleep(0.05)

    def _read(self) -> None:
        """Take what is shown: the program stops when nobody does."""
        with suppress(OSError):
            os.read(self.keyboard, 65_536)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self.keyboard)


# -- the parsers inside apps and directories --------------------------------------------------


def test_gpodders_parser_reads_back_what_was_meant(site: Site) -> None:
    found = podcastparser.parse(f"{site.url}/feed.xml", io.BytesIO(site.ask("/feed.xml").body))
    for shown, meant in zip(found["episodes"], site.studio.episodes(), strict=True):
        assert (shown["guid"], shown["title"]) == (meant.article.guid, meant.article.title)
        assert shown["enclosures"] == [
            {
                "url": f"{site.url}/audio/{meant.audio.file}",
                "file_size": meant.audio.bytes,
                "mime_type": "audio/mpeg",
            }
        ]
        assert [c["title"] for c in shown["chapters"]] == [mark.title for mark in meant.audio.marks]
        assert shown["episode_art_url"] == f"{site.url}/artwork/{meant.audio.artwork}"


def test_the_podcast_index_reads_back_what_was_meant(site: Site) -> None:
    node = require("node")
    if not (TOOLS / "node_modules" / "podcast-partytime").is_dir():
        message = "podcast-partytime is not installed in .tools"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    found = json.loads(run(node, "-e", READ_FEED, env={}, stdin=site.ask("/feed.xml").body, cwd=TOOLS))
    assert found["pc20support"] == {
        "1": ["locked", "transcript", "chapters"],
        "2": ["person"],
        "3": ["guid", "alternateEnclosure"],
        "4": ["medium"],
    }
    assert (found["guid"], found["medium"]) == (site.studio.feed_guid(""), "podcast")
    assert (found["locked"], found["podcastOwner"]) == (True, "podcast@example.org")
    assert found["itunesCategory"] == ["Education"]
    assert found["itunesType"] == "episodic"
    assert found["pubsub"] == {"self": f"{site.url}/feed.xml"}
    for item, meant in zip(found["items"], site.studio.episodes(), strict=True):
        _is_what_was_meant(item, site.url, meant.article, meant.audio)


def _is_what_was_meant(item: dict[str, Any], url: str, article: Any, audio: Any) -> None:
    sound = f"{url}/audio/{audio.file}"
    assert item["guid"] == article.guid
    assert item["title"] == article.title
    assert item["enclosure"] == {"url": sound, "length": audio.bytes, "type": "audio/mpeg"}
    assert item["duration"] == round(audio.seconds)
    assert item["explicit"] is False
    assert item["link"] == f"{url}/articles/{article.slug}"
    assert item["itunesImage"] == f"{url}/artwork/{audio.artwork}"
    assert item["podcastTranscripts"] == [
        {"url": f"{url}/transcripts/{article.slug}.vtt", "type": "text/vtt", "language": "en", "rel": "captions"},
        {"url": f"{url}/articles/{article.slug}", "type": "text/html", "language": "en"},
        {
            "url": f"{url}/transcripts/{article.slug}.srt",
            "type": "application/srt",  # the parser's own name for it
            "language": "en",
            "rel": "captions",
        },
        {
            "url": f"{url}/transcripts/{article.slug}.json",
            "type": "application/json",
            "language": "en",
            "rel": "captions",
        },
    ]
    assert item["podcastChapters"] == {
        "url": f"{url}/chapters/{article.slug}.json",
        "type": "application/json+chapters",
    }
    assert item["podcastPeople"] == [{"name": "tock (synthetic voice)", "role": "Narrator", "group": "Cast"}]
    [same] = item["alternativeEnclosures"]
    assert same["default"] is True
    assert same["source"] == [{"uri": sound, "contentType": "audio/mpeg"}]
    assert same["integrity"] == {"type": "sri", "value": f"sha384-{audio.sha384}"}
