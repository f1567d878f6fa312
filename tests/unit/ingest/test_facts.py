"""What a page says about itself."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from voice_app.ingest.days import day_in
from voice_app.ingest.formats import html
from voice_app.model import Document, Source

PROSE = (
    "<p>There is a paragraph here with more than enough words in it to count as prose for everybody who reads it.</p>"
)


def read(head: str = "", body: str = "<h1>On ladders</h1>", attributes: str = "lang=en") -> Document:
    page = f"<html {attributes}><head>{head}</head><body>{body}{PROSE * 2}</body></html>"
    return html.read(
        Source(
            origin="https://site.example/a/page",
            media_type="text/html",
            body=page.encode(),
            fetched_at=datetime.now(UTC),
        )
    )


def linked(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


@pytest.mark.parametrize(
    ("author", "byline"),
    [
        ('"Ann Lee"', "Ann Lee"),
        ('{"@type":"Person","name":"By Ann Lee"}', "Ann Lee"),
        ('[{"name":"Ann Lee"},{"name":"Bo Ray"},{"name":"Ann Lee"}]', "Ann Lee, Bo Ray"),
        ('{"@id":"#ann"}', "Ann Lee"),
        ('{"name":["Ann Lee","Bo Ray"]}', "Ann Lee, Bo Ray"),
        ('"https://site.example/ann"', None),
        ('"admin"', None),
        ("7", None),
    ],
)
def test_an_author_may_be_told_in_many_shapes(author: str, byline: str | None) -> None:
    graph = f'{{"@graph":[{{"@type":"Article","author":{author}}},{{"@type":"Person","@id":"#ann","name":"Ann Lee"}}]}}'
    assert read(linked(graph)).byline == byline


def test_the_article_among_the_items_is_asked_and_faults_in_it_are_forgiven() -> None:
    items = (
        '[{"@type":"WebPage","name":"Wrong","datePublished":"2001-01-01"},{"@type":["Thing","NewsArticle"],'
        '"headline":"On &amp; off","publisher":{"name":"The Post"},"image":[{"url":"/lead.jpg"}],'
        '"datePublished":"2026-03-04T23:30:00-05:00","keywords":"ladders, loans","articleSection":"Home",}]'
    )
    found = read(linked(items) + linked("{not json"), body="<h1>On & off</h1>")
    assert (found.title, found.site, found.published) == ("On & off", "The Post", date(2026, 3, 4))
    assert (found.image, found.topics) == ("https://site.example/lead.jpg", ("ladders", "loans", "Home"))


@pytest.mark.parametrize(
    ("body", "byline"),
    [
        ('<h1>T</h1><p class="byline">By <a rel="author" href="/ann">Ann Lee</a></p>', "Ann Lee"),
        ('<h1>T</h1><p class="byline">By Ann Lee | Updated 3 May 2026</p>', "Ann Lee"),
        ('<h1>T</h1><span itemprop="author" itemscope><span itemprop="name">Ann Lee</span>, editor</span>', "Ann Lee"),
        ("<h1>T</h1><p>By Ann Lee</p>", "Ann Lee"),
        ('<h1>T</h1><div class="autor">Von Jutta Kern</div>', "Jutta Kern"),
        ('<h1>T</h1><div class="comments"><span class="author">Troll</span></div>', None),
        ('<h1>T</h1><aside><a rel="author" href="/x">Other Person</a></aside>', None),
    ],
)
def test_the_pages_own_byline_is_read_where_no_machine_is_told(body: str, byline: str | None) -> None:
    assert read(body=body).byline == byline


@pytest.mark.parametrize(
    ("head", "address"),
    [
        ('<link rel="canonical" href="/b/c">', "https://site.example/b/c"),
        ('<link rel="canonical" href="https://other.example/x">', "https://other.example/x"),
        ('<link rel="canonical" href="javascript:alert(1)">', "https://site.example/a/page"),
        ('<link rel="canonical" href="https://site.example/">', "https://site.example/a/page"),
        ('<link rel="canonical" href="http://[broken">', "https://site.example/a/page"),
        ('<meta property="og:url" content="https://site.example/o">', "https://site.example/o"),
        ("", "https://site.example/a/page"),
    ],
)
def test_a_canonical_address_is_one_that_can_be_opened(head: str, address: str) -> None:
    assert read(head).source_url == address


@pytest.mark.parametrize(
    ("head", "body", "site", "title"),
    [
        ("<title>On ladders - Small Debts</title>", "<h1>On ladders</h1>", "Small Debts", "On ladders"),
        (
            "<title>Debts: On ladders</title>",
            '<h1><a href="/">Debts</a></h1><h2>On ladders</h2>',
            "Debts",
            "On ladders",
        ),
        ('<title>X</title><meta property="og:site_name" content="Y">', "<h1>On ladders</h1>", "Y", "On ladders"),
        ("<title>On ladders</title>", "<h1>On ladders</h1>", None, "On ladders"),
    ],
)
def test_a_sites_name_is_told_or_left_over_of_the_title(head: str, body: str, site: str | None, title: str) -> None:
    found = read(head, body=body)
    assert (found.site, found.title) == (site, title)


@pytest.mark.parametrize(
    ("attributes", "head", "language"),
    [
        ("lang=en-GB", "", "en-GB"),
        ("xml:lang=en-US", "", "en-US"),
        ("", '<meta http-equiv="content-language" content="en, de">', "en"),
        ("", '<meta property="og:locale" content="en_US">', "en-US"),
        ("lang=und", "", "en"),
        ("", "", "en"),
    ],
)
def test_the_language_is_told_before_it_is_guessed(attributes: str, head: str, language: str) -> None:
    assert read(head, attributes=attributes).language == language


def test_a_german_text_under_an_english_template_is_german() -> None:
    words = "<p>Die alte Brücke steht seit vielen Jahren im Wind, und niemand weiß, wer sie einmal gebaut hat.</p>" * 6
    page = f"<html lang=en><body><h1>Die Brücke</h1>{words}</body></html>"
    source = Source(origin="a.html", media_type="text/html", body=page.encode(), fetched_at=datetime.now(UTC))
    assert html.read(source).language == "de"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-04T10:00:00Z", date(2026, 3, 4)),
        ("20260304", date(2026, 3, 4)),
        ("March 4th, 2026", date(2026, 3, 4)),
        ("on 4 Mar. 2026", date(2026, 3, 4)),
        ("4. März 2026", date(2026, 3, 4)),
        ("le 1er avril 2026", date(2026, 4, 1)),
        ("4 de marzo de 2026", date(2026, 3, 4)),
        ("4 марта 2026", date(2026, 3, 4)),
        ("2026年3月4日", date(2026, 3, 4)),
        ("04.03.2026", date(2026, 3, 4)),
        ("31/03/2026", date(2026, 3, 31)),
        ("03/04/2026", None),  # April or March, who knows
        ("2026-13-45", None),
        ("", None),
    ],
)
def test_a_day_is_found_as_pages_write_it(text: str, day: date | None) -> None:
    assert day_in(text) == day


def test_a_date_of_a_comment_is_not_the_articles() -> None:
    comment = '<div class="comment"><time datetime="2020-01-01">1 January 2020</time></div>'
    assert read(body=f"<h1>T</h1>{comment}").published is None
    assert read(body="<h1>T</h1><p>Last modified: 2025/12/24 18:02</p>").published == date(2025, 12, 24)


def test_lines_about_the_page_are_left_out_with_their_reason() -> None:
    lines = "<p>By Ann Lee</p><p>Published on 4 March 2026 · 5 min read</p><p>Share on Facebook</p>"
    page = f"<h1>T</h1>{lines}{PROSE * 2}<p>© 2026 The Post. All rights reserved.</p>"
    source = Source(origin="a.html", media_type="text/html", body=page.encode(), fetched_at=datetime.now(UTC))
    document = html.read(source)
    assert [b.reason for b in document.blocks] == [
        "",
        "byline and date",
        "byline and date",
        "share buttons",
        "",
        "",
        "page footer",
    ]
