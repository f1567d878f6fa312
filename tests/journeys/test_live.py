"""An article that is not narrated yet, over HTTP: the time line, its pieces, the stream, and players by others."""

from __future__ import annotations

import http.client
import io
import subprocess
import time
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from urllib.parse import urlsplit

import av
import numpy as np
import pytest

from tests import served
from tests.conftest import require
from tests.served import Site
from voice_app.audio.encode import decode
from voice_app.model import ArticleState

TEXT = "# {title}\n\n" + "\n\n".join(
    f"## Part {part}\n\n" + " ".join(f"This is sentence {n} of part {part}." for n in range(5)) for part in range(1, 4)
)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with served.opened(tmp_path) as site:
        yield site


def read(site: Site, title: str = "A tide book", text: str = TEXT) -> str:
    """The slug of an article that was read and not narrated."""
    added = site.studio.intake.add_text(text.format(title=title))
    site.studio.work.read(added.id)
    return added.slug


def line(site: Site, slug: str) -> dict:  # type: ignore[type-arg]
    return site.json(f"/articles/{slug}/live.json")


def addresses(facts: dict) -> list[str]:  # type: ignore[type-arg]
    return [facts["pieces"].replace("{id}", row[0]) for row in facts["sentences"]]


def test_pieces_stream_and_finished_file_have_the_same_samples(site: Site) -> None:
    slug = read(site)
    facts = line(site, slug)
    pieces = b"".join(site.ask(address).body for address in addresses(facts))
    stream = site.ask(facts["pieces"].replace("{id}", "stream"))
    assert stream.body == pieces
    assert (stream["Content-Type"], stream["Cache-Control"], stream["Accept-Ranges"]) == (
        "audio/mpeg",
        "no-store",
        "none",
    )
    site.studio.work.narrate(site.studio.page(slug).article.id)
    audio = site.studio.page(slug).audio
    assert audio is not None
    whole, rate = decode(site.ask(f"/audio/{audio.file}").body)
    heard, live_rate = decode(pieces)
    assert rate == live_rate
    assert np.array_equal(whole[-len(heard) :], heard)
    assert line(site, slug)["seconds"] == pytest.approx(audio.seconds, abs=0.002)


def test_words_of_pieces_sound_when_those_of_the_finished_file_do(site: Site) -> None:
    slug = read(site)
    facts = line(site, slug)
    names = [row[0] for row in facts["sentences"]]
    address = facts["words"].replace("{id}", names[4])
    assert site.ask(address)["Cache-Control"] == "no-store"
    assert names[4] not in site.json(address), "nothing is made for the words alone"
    site.ask(addresses(facts)[4])
    live = site.json(address)
    assert names[4] in live
    site.studio.work.narrate(site.studio.page(slug).article.id)
    audio = site.studio.page(slug).audio
    assert audio is not None
    finished = site.json(f"/transcripts/words/{slug}/{audio.file}/{names[4]}.json")
    assert list(finished) == names[4:]
    assert {name: finished[name] for name in live} == live
    assert audio.cues[4].words[0].start_seconds == audio.cues[4].start
    assert finished[names[4]] == audio.cues[4].timing != ""


def test_words_of_another_sound_are_refused(site: Site) -> None:
    slug = read(site)
    facts = line(site, slug)
    last = facts["sentences"][-1][0]
    site.studio.work.narrate(site.studio.page(slug).article.id)
    for path in (
        facts["words"].replace("{id}", "nobody"),
        f"/transcripts/words/{slug}/a-tide-book-0123456789ab.mp3/{last}.json",
    ):
        answer = site.ask(path)
        assert (answer.status, answer["Content-Type"]) == (404, "text/plain; charset=utf-8")
    assert site.ask(facts["words"].replace("{id}", last), Sec_Fetch_Site="cross-site").status == 403


def test_a_sound_before_a_heading_counts_in_the_times_of_its_words(tmp_path: Path) -> None:
    with served.opened(tmp_path, narration__earcons=True) as site:
        slug = read(site)
        facts = line(site, slug)
        for address in addresses(facts):
            site.ask(address)
        facts = line(site, slug)
        delay = facts["frame"]["delay_samples"] / facts["frame"]["rate_hz"]
        begins = accumulate((row[1] for row in facts["sentences"]), initial=delay)
        site.studio.work.narrate(site.studio.page(slug).article.id)
        audio = site.studio.page(slug).audio
        assert audio is not None
        for (name, *_), begin, cue in zip(facts["sentences"], begins, audio.cues, strict=False):
            live = site.json(facts["words"].replace("{id}", name))[name]
            assert begin + int(live.split()[2]) / 1000 == pytest.approx(cue.words[0].start_seconds, abs=0.005)


def test_a_piece_answers_as_a_file_does(site: Site) -> None:
    address = addresses(line(site, read(site)))[-1]
    whole = site.ask(address)
    assert (whole.status, whole["Content-Type"]) == (200, "audio/mpeg")
    assert whole["Cache-Control"] == "public, max-age=31536000, immutable"
    assert whole["Cross-Origin-Resource-Policy"] == "same-origin"
    assert whole["X-Content-Type-Options"] == "nosniff"
    head = site.ask(address, method="HEAD", Range="bytes=0-1")
    assert (head.status, head.body, head["Content-Length"]) == (200, b"", str(len(whole.body)))
    probe = site.ask(address, Range="bytes=0-1")
    assert (probe.status, probe.body, probe["Content-Range"]) == (206, whole.body[:2], f"bytes 0-1/{len(whole.body)}")
    assert site.ask(address, Range="bytes=-100").body == whole.body[-100:]
    assert site.ask(address, Range="bytes=0-1,5-6").body == whole.body
    beyond = site.ask(address, Range="bytes=9999999-")
    assert (beyond.status, beyond["Content-Range"]) == (416, f"bytes */{len(whole.body)}")
    assert site.ask(address, If_None_Match=whole["ETag"]).status == 304


def test_what_is_not_there_is_told_in_a_sentence(site: Site) -> None:
    slug = read(site)
    old = line(site, slug)
    last = old["sentences"][-1][0]
    site.studio.edits.say(slug, last, "It is said in other words.")
    assert line(site, slug)["digest"] != old["digest"]
    for name in (f"{last}.mp3", "playlist.m3u8", "stream.mp3"):
        answer = site.ask(f"/articles/{slug}/live/{old['digest']}/{name}")
        assert (answer.status, answer["Content-Type"]) == (404, "text/plain; charset=utf-8")
        assert answer.body.decode() == "The text or the voice has changed since. Load the article's page anew.\n"
        assert answer["Cache-Control"] == "no-store"
    for path in ("/live/x/UPPER.mp3", "/live/x/..%2f..%2fsecret.mp3", "/live/" + "a" * 70 + "/b.mp3", "/live/x/y.mp3"):
        assert site.ask(f"/articles/{slug}{path}").status == 404, path
    assert site.ask("/articles/of-nobody/live.json").status == 404


def test_another_site_gets_no_sound(site: Site) -> None:
    facts = line(site, read(site))
    for address in ("live.json", *addresses(facts)[:1]):
        path = address if address.startswith("/") else f"/articles/a-tide-book/{address}"
        refused = site.ask(path, Sec_Fetch_Site="cross-site")
        assert refused.status == 403
        assert "Access-Control-Allow-Origin" not in refused
        assert site.ask(path, Sec_Fetch_Site="same-origin").status == 200


def test_the_playlist_is_whole_at_once_and_exact_in_the_end(site: Site) -> None:
    slug = read(site)
    facts = line(site, slug)
    path = f"/articles/{slug}/live/{facts['digest']}/playlist.m3u8"
    first = site.ask(path)
    assert (first["Content-Type"], first["Cache-Control"]) == ("application/vnd.apple.mpegurl", "no-store")
    lines = first.body.decode().splitlines()
    assert lines[:2] == ["#EXTM3U", "#EXT-X-VERSION:3"]
    assert lines[-1] == "#EXT-X-ENDLIST"
    assert [entry for entry in lines if not entry.startswith("#")] == [f"{row[0]}.mp3" for row in facts["sentences"]]
    site.studio.work.narrate(site.studio.page(slug).article.id)
    time.sleep(1.1)  # what is known is looked up once a second at most
    lengths = [float(x[8:-1]) for x in site.ask(path).body.decode().splitlines() if x.startswith("#EXTINF")]
    pieces = [len(site.ask(address).body) / 192 * 0.024 for address in addresses(facts)]
    assert lengths == pytest.approx(pieces, abs=0.0006)
    longest = int(next(x for x in site.ask(path).body.decode().splitlines() if "TARGET" in x).partition(":")[2])
    assert max(lengths) <= longest


def test_a_stream_begins_at_any_sentence_and_ends_with_its_listener(site: Site) -> None:
    slug = read(site, text="# {title}\n\n" + " ".join(f"This is sentence {n} of very many." for n in range(400)))
    facts = line(site, slug)
    third = facts["sentences"][200][0]
    connection = http.client.HTTPConnection(urlsplit(site.url).netloc, timeout=10)
    connection.request("GET", facts["pieces"].replace("{id}", "stream") + f"?from={third}")
    answer = connection.getresponse()
    begun = answer.read(192 * 20)
    assert begun == site.ask(addresses(facts)[200]).body[: len(begun)]
    answer.close()
    time.sleep(1.0)
    made = len(list((site.cache / "clips").rglob("*.wav")))
    time.sleep(1.0)
    assert len(list((site.cache / "clips").rglob("*.wav"))) == made < 200
    wrong = site.ask(facts["pieces"].replace("{id}", "stream") + "?from=nothing")
    assert wrong.status == 404


def test_ffmpeg_plays_the_playlist_to_the_end(site: Site) -> None:
    facts = line(site, read(site))
    address = site.url + facts["pieces"].replace("{id}.mp3", "playlist.m3u8")
    with av.open(address, options={"allowed_extensions": "ALL"}) as container:
        frames = sum(frame.samples for frame in container.decode(audio=0))
    pieces = b"".join(site.ask(piece).body for piece in addresses(facts))
    with av.open(io.BytesIO(pieces)) as container:
        assert frames == sum(frame.samples for frame in container.decode(audio=0))


@pytest.mark.outside
@pytest.mark.parametrize("name", ["playlist.m3u8", "stream.mp3"])
def test_mpv_plays_it_without_a_warning(site: Site, name: str) -> None:
    mpv = require("mpv")
    facts = line(site, read(site, text="# {title}\n\nOne two three. Four five six.\n\n## More\n\nSeven."))
    address = site.url + facts["pieces"].replace("{id}.mp3", name)
    command = [mpv, "--no-config", "--ao=null", "--untimed", "--no-video", "--msg-level=all=warn", address]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert [x for x in (done.stdout + done.stderr).splitlines() if x.strip()] == []


def test_the_page_offers_the_sound_and_says_where_it_stands(site: Site) -> None:
    slug = read(site)
    facts = line(site, slug)
    page = site.ask(f"/articles/{slug}").body.decode()
    assert "Waiting for its narration" in page
    assert "You can listen already" in page
    assert f'<source src="/articles/{slug}/live/{facts["digest"]}/stream.mp3" type="audio/mpeg">' in page
    assert 'http-equiv="refresh"' not in page, "it would take the sound from somebody who listens"
    assert "Downloads" not in page
    article = site.studio.page(slug).article
    assert article.state is ArticleState.READY
    assert site.ask("/feed.xml").body.count(b"<item>") == 0, "the feed has finished files only"
    site.studio.work.narrate(article.id)
    done = site.ask(f"/articles/{slug}").body.decode()
    assert "/live/" not in done
    assert "Downloads" in done
