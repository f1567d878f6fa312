"""Feeds in their three forms, as documents and as entries, with all that is wrong in the wild."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from voice_app.config import Fetch
from voice_app.errors import InputError
from voice_app.ingest.feeds import feed_page, linked_feeds
from voice_app.ingest.reader import Reader
from voice_app.model import BlockKind, Source

RSS = b"""<?xml version="1.0" encoding="utf-8"?><!-- made by hand -->
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Quay &amp;amp; Sea</title><link>https://quay.example/</link><language>de</language>
<item><title>Zwei &lt;b&gt;Boote&lt;/b&gt;</title><link>https://quay.example/zwei</link>
<guid isPermaLink="false">z-2</guid>
<dc:creator>Ada Marsh</dc:creator><category>Hafen</category><category>Boote</category>
<pubDate>Sun, 03 May 2026 08:00:00 +0200</pubDate><description>Kurz.</description>
<content:encoded><![CDATA[<h1>Am Kai</h1><p>Zwei Boote lagen am Kai.<sup><a href="#fn1">1</a></sup></p>
<ol><li id="fn1">Bis Mai.</li></ol><script>alert(1)</script><img src="x.png"
alt="Zwei Boote">]]></content:encoded></item>
<item><title>Ohne alles</title></item><item></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title type="html">Le &lt;i&gt;port&lt;/i&gt;</title>
<entry><id>tag:port.example,2026:1</id><title>Marée</title><link rel="alternate" href="https://port.example/1"/>
<author><name>Luc</name></author><updated>2026-04-02T10:00:00Z</updated><category term="mer"/>
<content type="xhtml">
<div xmlns="http://www.w3.org/1999/xhtml"><p>La mer monte.</p></div></content></entry></feed>""".encode()
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Tides",
        "language": "en",
        "authors": [{"name": "Jo"}],
        "items": [
            {"id": 7, "url": "https://t.example/7", "title": "High", "content_html": "<p>It rose.", "tags": ["sea"]},
            {"id": "8", "content_text": "One.\n\nTwo & <three>.", "date_published": "2026-01-05T10:00:00Z"},
            {"title": None, "authors": 5, "tags": {}},
            "nonsense",
        ],
    }
).encode()


def source(body: bytes, origin: str = "https://quay.example/feed", media_type: str = "text/xml") -> Source:
    return Source(origin=origin, media_type=media_type, body=body, fetched_at=datetime.now(UTC))


def test_rss_entries() -> None:
    page = feed_page(source(RSS))
    assert (page.title, page.language) == ("Quay & Sea", "de")
    first, second = page.entries
    assert (first.key, first.title, first.address) == ("z-2", "Zwei Boote", "https://quay.example/zwei")
    assert (first.byline, first.published, first.topics) == ("Ada Marsh", date(2026, 5, 3), ("Hafen", "Boote"))
    assert "Am Kai" in first.html
    assert "alert" not in first.html
    assert (second.key, second.address) == ("Ohne alles", None)


def test_atom_entries() -> None:
    page = feed_page(source(ATOM))
    (entry,) = page.entries
    assert (page.title, page.language) == ("Le port", "fr")
    assert (entry.title, entry.byline, entry.published, entry.topics) == ("Marée", "Luc", date(2026, 4, 2), ("mer",))
    assert "La mer monte." in entry.html


def test_json_feed_entries() -> None:
    first, second = feed_page(source(JSON, media_type="application/json")).entries
    assert (first.key, first.title, first.byline, first.topics) == ("7", "High", "Jo", ("sea",))
    assert second.html == "<p>One.</p><p>Two &amp; &lt;three>.</p>"
    assert second.published == date(2026, 1, 5)


def test_a_feed_is_a_document_with_a_chapter_for_each_entry() -> None:
    document = Reader(Fetch()).document(source(RSS))
    assert [(b.kind, b.level, b.text) for b in document.kept if b.kind is BlockKind.HEADING] == [
        (BlockKind.HEADING, 1, "Quay & Sea"),
        (BlockKind.HEADING, 2, "Zwei Boote"),
        (BlockKind.HEADING, 3, "Am Kai"),
        (BlockKind.HEADING, 2, "Ohne alles"),
    ]
    (note,) = (b for b in document.kept if b.kind is BlockKind.NOTE)
    (mark,) = (s for b in document.kept for s in b.spans if s.kind == "note")
    assert mark.value == note.anchor
    assert (document.language, document.published) == ("de", date(2026, 5, 3))


def test_notes_of_two_entries_are_told_apart() -> None:
    item = RSS.partition(b"<item>")[2].partition(b"</item>")[0]
    twice = RSS.replace(b"<item></item>", b"<item>" + item.replace(b"z-2", b"z-3") + b"</item>")
    notes = [b.anchor for b in Reader(Fetch()).document(source(twice)).kept if b.kind is BlockKind.NOTE]
    assert len(notes) == len(set(notes)) == 2


def test_a_list_of_feeds_is_read_as_a_list() -> None:
    opml = (
        b'<?xml version="1.0"?><opml version="2.0"><body><outline text="A" xmlUrl="https://a.example/f"/></body></opml>'
    )
    document = Reader(Fetch()).document(source(opml, origin="feeds.opml", media_type=""))
    assert [(b.kind, b.text) for b in document.kept] == [(BlockKind.HEADING, "Feeds"), (BlockKind.ITEM, "A")]


BOMB = (
    b'<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaaaaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 30) for n in range(9))
    + b"]><rss version='2.0'><channel><title>&j;</title></channel></rss>"
)


@pytest.mark.parametrize(
    "body",
    [
        b"<rss version='2.0'><channel></channel></rss>",
        b"<rss",
        BOMB,
        b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]><rss><channel><title>&x;</title></channel></rss>',
        b'{"version": "https://jsonfeed.org/version/1.1"',
        b'{"version": "https://jsonfeed.org/version/1.1", "items": 5}',
        b"[" * 100_000,
    ],
    ids=["empty", "cut off", "bomb", "external entity", "broken json", "items are no list", "deep json"],
)
def test_what_is_no_feed_is_refused(body: bytes) -> None:
    with pytest.raises(InputError):
        Reader(Fetch()).document(source(body, origin="feed.rss", media_type="application/rss+xml"))


def test_a_name_of_a_file_is_never_opened() -> None:
    with pytest.raises(InputError):
        feed_page(source(b"/etc/hostname"))


def test_a_page_names_its_feeds() -> None:
    html = b"""<link rel="alternate" type="application/rss+xml" href="/a"><link rel="ALTERNATE home"
    type="application/atom+xml" href="https://b.example/b"><link rel="alternate" type="text/html" href="/no">
    <link rel="alternate" type="application/rss+xml" href="javascript:x"><p>Hello"""
    assert linked_feeds(source(html, media_type="text/html")) == ("https://quay.example/a", "https://b.example/b")
