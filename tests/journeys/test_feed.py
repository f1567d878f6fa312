"""From a text to the feed, the captions and the speaker's queue, over HTTP."""

from __future__ import annotations

import hashlib
import io
import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import av
import feedparser
import pytest
import webvtt
from PIL import Image

from tests.served import Site, opened
from voice_app.publish.feed.captions import clock

HOSTILE = "Tom & <script>alert(1)</script> ]]> 🎧 \u200fשלום\u200f"
TIMED = (
    "/transcripts/{0}.vtt",
    "/transcripts/words/{0}.vtt",
    "/transcripts/{0}.srt",
    "/transcripts/{0}.json",
    "/chapters/{0}.json",
)
EVERY_FILE = ("/feed.xml", *TIMED, "/speaker/queue.m3u", "/speaker/queue.json")


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with opened(tmp_path) as made:
        yield made


@pytest.fixture
def two(site: Site) -> Site:
    site.narrated("The older of two")
    site.narrated("The newer of two")
    return site


def feed(site: Site) -> Any:
    return feedparser.parse(site.ask("/feed.xml").body)


def played_seconds(data: bytes) -> float:
    with av.open(io.BytesIO(data)) as sound:
        return sum(frame.samples / frame.sample_rate for frame in sound.decode(audio=0))


# -- the feed ---------------------------------------------------------------------------------


def test_an_empty_library_has_a_feed_with_a_picture(site: Site) -> None:
    found = feed(site)
    assert not found.bozo
    assert found.entries == []
    assert "lastbuilddate" not in found.feed
    cover = Image.open(io.BytesIO(site.ask(found.feed.image.href).body))
    assert (cover.format, cover.mode) == ("JPEG", "RGB")
    assert cover.width == cover.height
    assert 1400 <= cover.width <= 3000


def test_two_texts_become_two_episodes_newest_first(two: Site) -> None:
    found = feed(two)
    assert not found.bozo, found.get("bozo_exception")
    assert [entry.title for entry in found.entries] == ["The newer of two", "The older of two"]
    assert [entry.id for entry in found.entries] == [e.article.guid for e in two.studio.episodes()]
    assert found.feed.updated_parsed == found.entries[0].published_parsed
    assert found.feed.podcast_guid == two.studio.feed_guid("http://elsewhere.example/feed.xml")


def test_every_enclosure_is_what_the_feed_says(two: Site) -> None:
    for entry in feed(two).entries:
        [enclosure] = entry.enclosures
        assert urlsplit(enclosure.href).path.endswith(".mp3")
        head = two.ask(enclosure.href, method="HEAD")
        body = two.ask(enclosure.href).body
        assert head.status == 200
        assert head["Content-Length"] == enclosure.length == str(len(body))
        assert head["Content-Type"] == enclosure.type == "audio/mpeg"
        assert abs(played_seconds(body) - int(entry.itunes_duration)) <= 1


def test_every_address_in_the_feed_answers(two: Site) -> None:
    text = two.ask("/feed.xml").body.decode()
    addresses = {part.split('"')[0].split("<")[0].split("&")[0] for part in text.split(two.url)[1:]}
    kinds = {path.split("/")[1] for path in addresses}
    assert kinds == {"", "feed.xml", "articles", "audio", "artwork", "transcripts", "chapters"}
    for path in addresses:
        assert two.ask(two.url + path).status == 200, path
        assert two.ask(two.url + path, method="HEAD").status == 200, path


def test_a_hostile_title_goes_all_the_way(site: Site) -> None:
    site.narrated(HOSTILE)
    shown = site.studio.articles()[0].title
    assert "🎧" in shown
    assert "&" in shown
    body = site.ask("/feed.xml").body
    assert not feedparser.parse(body).bozo
    queue = json.loads(site.ask("/speaker/queue.json").body)
    assert queue["episodes"][0]["title"] == shown
    assert f",{shown}\n" in site.ask("/speaker/queue.m3u").body.decode()


def test_the_feed_knows_itself_by_the_name_it_was_asked_by(two: Site) -> None:
    port = urlsplit(two.url).port
    text = two.ask("/feed.xml", Host=f"localhost:{port}").body.decode()
    assert f'href="http://localhost:{port}/feed.xml"' in text
    assert two.url not in text


def test_a_public_address_stands_before_every_path(tmp_path: Path) -> None:
    with opened(tmp_path, server__public_url="https://pod.example/") as site:
        site.narrated("One")
        text = site.ask("/feed.xml").body.decode() + site.ask("/speaker/queue.m3u").body.decode()
        assert "https://pod.example/audio/" in text
        assert site.url not in text
        assert site.ask("/speaker/latest.mp3")["Location"].startswith("https://pod.example/audio/")


def test_the_first_address_gives_the_guid_for_ever(site: Site) -> None:
    first = feed(site).feed.podcast_guid
    port = urlsplit(site.url).port
    other = feedparser.parse(site.ask("/feed.xml", Host=f"localhost:{port}").body)
    assert other.feed.podcast_guid == first


# -- asking again -----------------------------------------------------------------------------


def test_while_nothing_changes_the_feed_is_the_same_and_304(two: Site) -> None:
    first = two.ask("/feed.xml")
    assert first["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert first["Cache-Control"] == "no-cache"
    assert two.ask("/feed.xml").body == first.body
    for question in ({"If_None_Match": first["ETag"]}, {"If_Modified_Since": first["Last-Modified"]}):
        again = two.ask("/feed.xml", **question)
        assert (again.status, again.body) == (304, b"")
        assert again["ETag"] == first["ETag"]


def test_a_new_episode_is_news(two: Site) -> None:
    before = two.ask("/feed.xml")
    two.narrated("The third")
    assert two.ask("/feed.xml", If_None_Match=before["ETag"]).status == 200
    earlier = format_datetime(datetime(2020, 1, 1, tzinfo=UTC), usegmt=True)
    assert two.ask("/feed.xml", If_Modified_Since=earlier).status == 200


def test_listening_does_not_change_the_feed(two: Site) -> None:
    before = two.ask("/feed.xml")
    two.studio.mark_heard("the-newer-of-two")
    assert two.ask("/feed.xml", If_None_Match=before["ETag"]).status == 304


def test_sound_made_again_is_news_under_the_same_guid_and_date(two: Site) -> None:
    """The date of the article stays, so the answer's own date must come from elsewhere."""
    before = two.ask("/feed.xml")
    episode = two.studio.episodes()[0]
    path = two.studio.media(episode.audio.file)
    seconds = parsedate_to_datetime(before["Last-Modified"]).timestamp() + 60
    os.utime(path, (seconds, seconds))
    again = two.ask("/feed.xml", If_Modified_Since=before["Last-Modified"])
    assert again.status == 200
    assert feedparser.parse(again.body).entries[0].published == feedparser.parse(before.body).entries[0].published


def test_an_episode_whose_file_is_gone_is_not_offered(two: Site) -> None:
    gone = two.studio.episodes()[0]
    two.studio.media(gone.audio.file).unlink()
    assert [entry.title for entry in feed(two).entries] == ["The older of two"]
    assert gone.audio.file not in two.ask("/speaker/queue.m3u").body.decode()
    assert "the-older-of-two" in two.ask("/speaker/latest.mp3")["Location"]
    two.studio.work.narrate(gone.article.id)
    assert feed(two).entries[0].id == gone.article.guid


def test_a_cover_that_vanished_is_made_again(site: Site) -> None:
    cover = feed(site).feed.image.href
    (site.cache / "audio" / cover.rpartition("/")[2]).unlink()
    assert site.ask(cover).status == 404
    assert feed(site).feed.image.href == cover
    assert site.ask(cover).status == 200


@pytest.mark.parametrize("path", EVERY_FILE)
def test_programs_of_other_sites_may_read_it(two: Site, path: str) -> None:
    answer = two.ask(path.format("the-newer-of-two"))
    assert answer.status == 200
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Content-Length"] == str(len(answer.body))
    assert answer["Date"]
    head = two.ask(path.format("the-newer-of-two"), method="HEAD")
    assert {name: value for name, value in head.headers if name != "Date"} == {
        name: value for name, value in answer.headers if name != "Date"
    }
    assert head.body == b""


# -- captions and chapters --------------------------------------------------------------------


def test_captions_are_the_spoken_sentences_in_time(two: Site) -> None:
    answer = two.ask("/transcripts/the-newer-of-two.vtt")
    assert answer["Content-Type"] == "text/vtt; charset=utf-8"
    assert "Last-Modified" not in answer
    found = list(webvtt.from_buffer(io.StringIO(answer.body.decode()), format="vtt"))
    assert [cue.text for cue in found] == [
        "The newer of two",
        "This article is read by a synthetic voice.",
        "The first sentence is short.",
        "The second is not.",
        "A part",
        "And a last one.",
    ]
    audio = two.studio.episodes()[0].audio
    assert all(a.end_in_seconds <= b.start_in_seconds for a, b in pairwise(found))
    assert found[-1].end_in_seconds <= audio.seconds
    assert two.ask("/transcripts/the-newer-of-two.vtt", If_None_Match=answer["ETag"]).status == 304


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/transcripts/words/the-newer-of-two.vtt", "text/vtt; charset=utf-8"),
        ("/transcripts/the-newer-of-two.srt", "application/x-subrip"),
        ("/transcripts/the-newer-of-two.json", "application/json"),
    ],
)
def test_every_word_has_its_time(two: Site, path: str, media_type: str) -> None:
    """The fake voice takes 0.3 s a word; all three forms say when "short" begins, the fifth of its sentence."""
    answer = two.ask(path)
    assert answer["Content-Type"] == media_type
    cue = next(c for c in two.studio.episodes()[0].audio.cues if c.written == "The first sentence is short.")
    begins = cue.words[4].start_seconds
    assert begins == pytest.approx(cue.start + 4 * 0.3, abs=0.02)
    text = answer.body.decode()
    if path.endswith("json"):
        segments = json.loads(text)["segments"]
        assert " ".join(s["body"] for s in segments[12:17]) == cue.written
        assert segments[16] == {
            "startTime": pytest.approx(begins, abs=0.001),
            "endTime": pytest.approx(begins + 0.3, abs=0.01),
            "body": "short.",
        }
    elif path.endswith("srt"):
        times = f"{clock(cue.start)} --> {clock(cue.end)}".replace(".", ",")
        assert f"{times}\nThe first sentence is short.\n" in text
    else:
        assert f"<{clock(begins)}>short.\n" in text


def test_chapters_are_those_of_the_file(two: Site) -> None:
    answer = two.ask("/chapters/the-newer-of-two.json")
    assert answer["Content-Type"] == "application/json+chapters"
    found = json.loads(answer.body)["chapters"]
    assert [chapter["title"] for chapter in found] == ["The newer of two", "A part"]
    starts = [chapter["startTime"] for chapter in found]
    assert starts[0] == 0
    assert starts == sorted(set(starts))
    with av.open(io.BytesIO(two.ask(_latest(two)).body)) as sound:
        in_file = [float(chapter["start"] * chapter["time_base"]) for chapter in sound.chapters()]
    assert in_file == pytest.approx(starts, abs=0.001)


@pytest.mark.parametrize("path", TIMED)
def test_without_sound_there_is_a_sentence(site: Site, path: str) -> None:
    waiting = site.studio.intake.add_text("An article that waits for its sound.")
    for slug, words in ((waiting.slug, "no sound yet"), ("nothing", "no such article")):
        answer = site.ask(path.format(slug))
        assert answer.status == 404
        assert words in answer.body.decode()
        assert answer["Content-Type"] == "text/plain; charset=utf-8"
        assert answer["Access-Control-Allow-Origin"] == "*"


# -- the speaker ------------------------------------------------------------------------------


def _latest(site: Site) -> str:
    answer = site.ask("/speaker/latest.mp3")
    assert answer.status == 302
    assert answer["Cache-Control"] == "no-cache"
    return answer["Location"]


def test_latest_is_the_newest_unheard_and_at_last_the_newest(two: Site) -> None:
    older, newer = "/audio/the-older-of-two-", "/audio/the-newer-of-two-"
    assert newer in _latest(two)
    two.studio.mark_heard("the-newer-of-two")
    assert older in _latest(two)
    two.studio.mark_heard("the-older-of-two")
    assert newer in _latest(two)
    assert two.ask("/speaker/latest.mp3", method="HEAD").status == 302
    assert two.ask(_latest(two)).status == 200


def test_without_anything_finished_latest_is_a_sentence(site: Site) -> None:
    answer = site.ask("/speaker/latest.mp3")
    assert answer.status == 404
    assert answer.body.decode().startswith("Nothing is finished yet.")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Cache-Control"] == "no-store"


def test_the_queue_is_what_was_not_heard(two: Site) -> None:
    answer = two.ask("/speaker/queue.m3u")
    assert answer["Content-Type"] == "audio/x-mpegurl"
    addresses = [entry for entry in answer.body.decode().splitlines() if not entry.startswith("#")]
    assert addresses == [f"{two.url}/audio/{e.audio.file}" for e in two.studio.episodes()]
    listed = json.loads(two.ask("/speaker/queue.json").body)["episodes"]
    assert [entry["url"] for entry in listed] == addresses

    assert two.ask(listed[0]["heard"], method="POST").status == 200
    assert json.loads(two.ask("/speaker/queue.json").body)["episodes"] == listed[1:]
    assert addresses[0] not in two.ask("/speaker/queue.m3u").body.decode()


# -- sound as files ---------------------------------------------------------------------------


def test_sound_is_served_as_players_need_it(two: Site) -> None:
    address = _latest(two)
    whole = two.ask(address)
    size = len(whole.body)
    assert whole["Accept-Ranges"] == "bytes"
    assert whole["Access-Control-Allow-Origin"] == "*"
    assert whole["Cache-Control"] == "public, max-age=31536000, immutable"
    assert whole["ETag"].startswith('"')
    assert whole["Last-Modified"]
    assert hashlib.sha384(whole.body).hexdigest()[:12] in address
    for asked, start, end in (
        ("bytes=0-1", 0, 2),
        ("bytes=-100", size - 100, size),
        (f"bytes={size - 3}-", size - 3, size),
        (f"bytes=5-{size * 2}", 5, size),
    ):
        part = two.ask(address, Range=asked)
        assert part.status == 206
        assert part["Content-Range"] == f"bytes {start}-{end - 1}/{size}"
        assert part.body == whole.body[start:end]
    beyond = two.ask(address, Range=f"bytes={size}-")
    assert (beyond.status, beyond["Content-Range"]) == (416, f"bytes */{size}")
    assert b"ID3" not in beyond.body


def test_conditions_on_sound_are_kept(two: Site) -> None:
    address = _latest(two)
    whole = two.ask(address)
    assert two.ask(address, If_None_Match=whole["ETag"]).status == 304
    assert two.ask(address, If_Modified_Since=whole["Last-Modified"]).status == 304
    assert two.ask(address, Range="bytes=0-1", If_Range=whole["ETag"]).status == 206
    assert two.ask(address, Range="bytes=0-1", If_Range='"other"').status == 200
    several = two.ask(address, Range="bytes=0-1,4-5")
    assert (several.status, several.body) == (200, whole.body)
    head = two.ask(address, method="HEAD", Range="bytes=0-1")
    assert (head.status, head["Content-Length"], head.body) == (200, str(len(whole.body)), b"")
    assert whole["Date"]
