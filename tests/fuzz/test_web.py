"""Broken pages, feeds and lists of feeds: only an InputError leaves the reader."""

from __future__ import annotations

from hypothesis import given

from tests.fuzz.broken import broken, fuzzed, only_input_errors
from tests.unit.ingest.test_feed import ATOM, JSON, RSS
from tests.unit.ingest.test_html import PAGES

HTML_WORDS = [
    b"<table>", b"</p>", b"<svg>", b"<math>", b"<!--", b"]]>", b"<li value='-9'>", b"<ol start=x>", b"<p lang='%'>",
    b"<a href='http://[x'>", b"<base href='//x'>", b"<meta charset=utf-16>", b"<sup><a href='#'>", b"<template>",
    b"<td colspan=99999 rowspan=99999>", b"<h1 aria-level=99>", b"&#0;", b"&#xD800;", b"\xff\xfe", b"\x00", b"<?xml",
    b'<script type="application/ld+json">{"@type":"Article","author":[1,{"name":[]}],"headline":{}}</script>',
]  # fmt: skip
FEED_WORDS = [
    b"<item>", b"</item>", b"<entry>", b"<![CDATA[", b"]]>", b"<guid>", b"<pubDate>never</pubDate>", b"&x;", b"&#0;",
    b"<!DOCTYPE x [<!ENTITY x 'y'>]>", b"<link href='http://[x'/>", b'{"items":[', b"null", b"1e999", b"\x00", b"\xff",
    b"<itunes:duration>x", b"xml:base='http://[x'", b"<georss:point>x", b"<media:content url=''/>",
]  # fmt: skip
OPML = (
    b'<opml version="2.0"><body><outline text="A"><outline text="B &amp; C" xmlUrl="https://b.example/f"/>'
    b'</outline><outline title="D" xmlUrl="http://d.example/"/></body></opml>'
)
FILES = [path.read_bytes() for path in sorted(PAGES.glob("*.html"))]


@fuzzed
@given(body=broken(FILES, HTML_WORDS))
def test_pages(body: bytes) -> None:
    only_input_errors(body, origin="https://site.example/a", media_type="text/html")


@fuzzed
@given(body=broken([RSS, ATOM, JSON], FEED_WORDS))
def test_feeds(body: bytes) -> None:
    only_input_errors(body, origin="https://site.example/feed", media_type="application/rss+xml")


@fuzzed
@given(body=broken([OPML], FEED_WORDS))
def test_lists_of_feeds(body: bytes) -> None:
    only_input_errors(body, origin="feeds.opml")
