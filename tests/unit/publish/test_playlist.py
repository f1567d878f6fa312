"""The queue for players."""

from __future__ import annotations

from tests.unit.publish.episodes import HOSTILE, episode
from voice_app.publish.addresses import Addresses
from voice_app.publish.speaker.playlist import listing, m3u

AT = Addresses("https://example.org")


def test_an_m3u_has_length_name_and_address_of_each_in_order() -> None:
    assert m3u([episode("new", byline=None), episode("old")], AT).splitlines() == [
        "#EXTM3U",
        "#EXTENC: UTF-8",
        "#EXTINF:63,The clerk who measured the sea",
        "https://example.org/audio/new-0123456789ab.mp3",
        "#EXTINF:63,Ada Marsh - The clerk who measured the sea",
        "https://example.org/audio/old-0123456789ab.mp3",
    ]


def test_an_empty_queue_is_still_a_playlist() -> None:
    assert m3u([], AT) == "#EXTM3U\n#EXTENC: UTF-8\n"


def test_a_title_cannot_add_an_entry() -> None:
    bad = episode(title="one\nhttps://evil.example/x.mp3\r\n#EXTINF:1,two", byline="\x00\n")
    lines = m3u([bad], AT).splitlines()
    assert [entry for entry in lines if not entry.startswith("#")] == [
        "https://example.org/audio/tides-0123456789ab.mp3"
    ]
    assert len(lines) == 4


def test_a_hostile_title_survives() -> None:
    assert f",{HOSTILE}\n" in m3u([episode(title=HOSTILE, byline=None)], AT)


def test_the_listing_says_where_everything_is() -> None:
    [entry] = listing([episode()], AT)
    assert entry == {
        "title": "The clerk who measured the sea",
        "byline": "Ada Marsh",
        "language": "en",
        "url": "https://example.org/audio/tides-0123456789ab.mp3",
        "media_type": "audio/mpeg",
        "bytes": 501_234,
        "seconds": 62.6,
        "artwork": "https://example.org/artwork/tides-ba9876543210.jpg",
        "page": "https://example.org/articles/tides",
        "captions": "https://example.org/transcripts/tides.vtt",
        "chapters": "https://example.org/chapters/tides.json",
        "heard": "https://example.org/api/articles/tides/heard",
        "finished_at": "2026-03-09T12:00:07+00:00",
    }
