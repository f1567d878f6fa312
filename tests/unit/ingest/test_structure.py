"""HTML elements -> blocks and spans, one structure at a time."""

from __future__ import annotations

import lxml.html
import pytest

from voice_app.ingest.web.page import blocks_of
from voice_app.ingest.web.rendered import as_shown
from voice_app.model import Block, BlockKind, Treatment


def blocks(body: str) -> list[Block]:
    page = lxml.html.document_fromstring(f"<html><body>{body}</body></html>")
    as_shown(page)
    return [one.block for one in blocks_of(page.find("body"), base="https://site.example/a/")]


def text(body: str) -> str:
    (block,) = blocks(f"<p>{body}</p>")
    return block.text


@pytest.mark.parametrize(
    ("attributes", "markers"),
    [
        ("", ["1.", "2.", "3."]),
        ('start="4"', ["4.", "5.", "6."]),
        ("reversed", ["3.", "2.", "1."]),
        ('type="a" start="26"', ["z.", "aa.", "ab."]),
        ('type="I" start="8"', ["VIII.", "IX.", "X."]),
        ('style="list-style-type: lower-roman"', ["i.", "ii.", "iii."]),
        ('start="many"', ["1.", "2.", "3."]),
        ('start="99999999999"', ["1.", "2.", "3."]),
    ],
)
def test_items_are_numbered_as_the_browser_numbers_them(attributes: str, markers: list[str]) -> None:
    items = blocks(f"<ol {attributes}><li>One</li><li>Two</li><li>Three</li></ol>")
    assert [b.marker for b in items] == markers


def test_a_value_goes_on_from_there_and_deeper_lists_have_their_own_level() -> None:
    items = blocks("<ol><li>A<ul><li>B</li></ul></li><li value=7>C</li><li><p>D</p><p>and more</p></li></ol>")
    assert [(b.kind, b.text, b.level, b.marker) for b in items] == [
        (BlockKind.ITEM, "A", 1, "1."),
        (BlockKind.ITEM, "B", 2, ""),
        (BlockKind.ITEM, "C", 1, "7."),
        (BlockKind.ITEM, "D", 1, "8."),
        (BlockKind.PARAGRAPH, "and more", 0, ""),
    ]


def test_what_stands_loose_in_a_list_is_not_lost() -> None:
    assert [b.text for b in blocks("<ul><li>One</li><div><p>Between</p></div></ul><li>Alone</li>")] == [
        "One",
        "Between",
        "Alone",
    ]


def test_spans_of_cells_are_filled_in_and_names_are_known() -> None:
    (table,) = blocks(
        "<table><caption>People</caption><thead><tr><th rowspan=2>Town</th><th colspan=2>2020</th></tr>"
        "<tr><th>Men</th><th>Women</th></tr></thead><tbody><tr><th scope=row>Ulm</th><td>1</td><td>2</td></tr>"
        "<tr><th scope=row>Aalen</th><td colspan=2>3</td></tr></tbody></table>"
    )
    assert table.text == "People"
    assert table.rows == (("Town", "2020 Men", "2020 Women"), ("Ulm", "1", "2"), ("Aalen", "3", "3"))
    assert (table.named_columns, table.named_rows) == (True, True)


@pytest.mark.parametrize(
    ("rows", "named"),
    [
        ("<tr><td><b>What</b></td><td><b>Much</b></td></tr><tr><td>Salt</td><td>some</td></tr>", True),
        ("<tr><td>Year</td><td>Rain</td></tr><tr><td>1990</td><td>wet</td></tr>", True),
        ("<tr><td>0</td><td>fine</td></tr><tr><td>1</td><td>broken</td></tr>", False),
        ("<tr><td>red</td><td>stop</td></tr><tr><td>green</td><td>go</td></tr>", False),
    ],
)
def test_a_table_without_header_cells_has_names_only_when_they_look_so(rows: str, named: bool) -> None:
    (table,) = blocks(f"<table>{rows}</table>")
    assert table.named_columns is named


def test_an_infobox_is_a_box_whose_rows_have_names() -> None:
    (table,) = blocks(
        '<table class="infobox"><tr><th colspan=2>A bridge</th></tr><tr><th scope=row>Over</th><td>a river</td></tr>'
        "<tr><th scope=row>Built</th><td>1891</td></tr></table>"
    )
    assert (table.text, table.rows) == ("A bridge", (("Over", "a river"), ("Built", "1891")))
    assert (table.aside, table.named_columns, table.named_rows) == (True, False, True)


@pytest.mark.parametrize(
    "table",
    [
        "<table role=presentation><tr><td>One</td><td>Two</td></tr><tr><td>3</td><td>4</td></tr></table>",
        "<table><tr><td><table><tr><td>One</td></tr></table></td><td>Two</td></tr></table>",
        "<table><tr><td><p>One</p></td><td><h2>Two</h2></td></tr><tr><td>a</td><td>b</td></tr></table>",
        f"<table><tr><td>One</td><td>{'word ' * 90}</td></tr><tr><td>a</td><td>b</td></tr></table>",
    ],
)
def test_a_table_that_lays_out_a_page_is_read_as_text(table: str) -> None:
    assert BlockKind.TABLE not in [b.kind for b in blocks(table)]


def test_a_picture_keeps_what_it_shows_apart_from_its_caption() -> None:
    found = blocks(
        '<figure><img alt="A dog in the rain"><figcaption>Rex, <em>last</em> May</figcaption></figure>'
        '<figure><img alt=""><figcaption>Only words</figcaption></figure><figure><img alt=""></figure>'
        '<figure><img alt="IMG_1234.jpg"></figure><img alt="DSC0042"><img class="avatar" alt="Jane">'
        '<figure><img alt="The old mill"><figcaption>The old mill in 1900</figcaption></figure>'
        '<p>Text with <a href="/big"><img alt="a map"></a> in it.</p>'
    )
    assert [(b.text, b.alt) for b in found if b.kind is BlockKind.FIGURE] == [
        ("Rex, last May", "A dog in the rain"),
        ("Only words", ""),
        ("The old mill in 1900", ""),
        ("", "a map"),
    ]
    assert [b.text for b in found if b.kind is BlockKind.PARAGRAPH] == ["Text with in it."]


def test_a_lazy_picture_takes_its_words_from_where_scripts_do_not_run() -> None:
    lazy = '<img class="lazy" data-src="a.jpg" alt=""><noscript><img src="a.jpg" alt="A boat"></noscript>'
    assert [b.alt for b in blocks(f"<div>{lazy}</div><noscript>Enable JavaScript.</noscript>")] == ["A boat"]


def test_what_only_plays_is_skipped_with_its_title() -> None:
    found = blocks(
        '<iframe src="https://www.youtube.com/embed/1" title="A film"></iframe><audio title="A song"></audio>'
        '<figure><video></video><figcaption>The flood</figcaption></figure><iframe src="https://maps.example/x"></iframe>'
        '<iframe src="https://count.example/" width="1" height="1"></iframe><iframe src="http://[broken"></iframe>'
    )
    assert [(b.text, b.reason) for b in found] == [
        ("A film", "video"),
        ("A song", "audio"),
        ("The flood", "video"),
        ("maps.example", "embedded content"),
        ("", "embedded content"),
    ]
    assert {b.treatment for b in found} == {Treatment.SKIPPED}


def test_a_mark_and_its_note_share_a_name() -> None:
    found = blocks(
        '<p>Said so.<sup><a href="#fn:1" id="r1">1</a></sup> And <a href="#x">on</a>.</p>'
        '<table><tr><th>A</th><th>B</th></tr><tr><td>1<sup><a href="#fn:2">2</a></sup></td><td>2</td></tr></table>'
        '<section class="footnotes"><ol><li id="fn:1"><p>In a book. <a href="#r1">↩</a></p><p>Twice.</p></li>'
        '<li id="fn:2">By hand. <a href="#r2" class="backref">back</a></li></ol></section>'
    )
    notes = [(b.text, b.marker, b.anchor) for b in found if b.kind is BlockKind.NOTE]
    assert notes == [("In a book. Twice.", "1", "fn:1"), ("By hand.", "2", "fn:2")]
    assert [s.value for b in found for s in b.spans if s.kind == "note"] == ["fn:1", "fn:2"]
    assert next(b for b in found if b.rows).rows[1] == ("1", "2")


def test_a_note_within_the_text_follows_its_paragraph() -> None:
    text, note = blocks('<p>Oil<span class="sidenote">Water was too lively.</span> was used.</p>')
    (mark,) = text.spans
    assert (text.text, text.text[mark.start : mark.end], note.text) == ("Oil1 was used.", "1", "Water was too lively.")
    assert mark.value == note.anchor


def test_a_note_that_opens_at_its_mark_is_read() -> None:
    hidden = '<span class="inline-footnote">1<span style="display:none">Water was too lively.</span></span>'
    text, note = blocks(f"<p>Oil{hidden} was used.</p>")
    assert (text.text, note.kind, note.text) == ("Oil1 was used.", BlockKind.NOTE, "Water was too lively.")


def test_a_note_that_stands_at_its_mark_and_at_the_end_is_read_once() -> None:
    note = "Water was too lively."
    found = blocks(f'<p>Oil<span class="sidenote">{note}</span> was used.</p><ol><li>{note}</li></ol><p>{note} So?</p>')
    assert [(b.text, b.reason) for b in found if note in b.text] == [
        (note, ""),
        (note, "repeats the text"),
        (f"{note} So?", ""),
    ]


@pytest.mark.parametrize(
    "note",
    [
        '<p id="ftnt1"><a href="#ftnt_ref1">[1]</a> By hand.</p>',
        '<p><sup><a href="//A-1#_ftnref1">[1]</a></sup> By hand.</p>',
    ],
    ids=["the mark has a name too", "nothing has a name"],
)
def test_notes_of_text_processors_are_notes_and_their_text_is_none(note: str) -> None:
    name = "ftnt1" if "id=" in note else "_ftn1"
    text, last = blocks(f'<p>Said so.<sup id="ftnt_ref1"><a href="#{name}">[1]</a></sup></p>{note}')
    assert (text.kind, last.kind, last.text, last.anchor) == (BlockKind.PARAGRAPH, BlockKind.NOTE, "By hand.", name)
    assert [s.value for s in text.spans if s.kind == "note"] == [name]


def test_a_quotation_keeps_who_said_it() -> None:
    body = "<blockquote><p>Go on.</p><cite>Ann</cite></blockquote>"
    framed = "<figure><blockquote>Stop.</blockquote><figcaption>— Bob</figcaption></figure>"
    assert [(b.kind, b.text) for b in blocks(body + framed)] == [
        (BlockKind.QUOTE, text) for text in ("Go on.", "Ann", "Stop.", "— Bob")
    ]


@pytest.mark.parametrize(
    ("markup", "text", "language"),
    [
        ('<pre><code class="language-py">a = 1\n  b</code></pre>', "a = 1\n  b", "py"),
        ('<div class="highlight-rust notranslate"><div class="highlight"><pre>fn</pre></div></div>', "fn", "rust"),
        ("<pre><span class=linenos>1</span>x<br><span class=lineno>2 </span>y</pre>", "x\ny", ""),
        ("<pre><button>Copy</button><div>one</div><div>two</div></pre>", "one\ntwo", ""),
        ('<pre class="highlight-default">x</pre>', "x", ""),
    ],
)
def test_code_is_its_lines_and_its_language(markup: str, text: str, language: str) -> None:
    (code,) = blocks(markup)
    assert (code.kind, code.text, code.marker) == (BlockKind.CODE, text, language)


def test_boxes_are_beside_the_text_and_pull_quotes_that_repeat_it_are_skipped() -> None:
    found = blocks(
        "<article><p>Nobody rests next to a running engine, she said.</p><aside><p>Seven islands.</p></aside>"
        '<div class="pull-quote"><p>Nobody rests next to a running engine</p><cite>Ann</cite></div>'
        '<div class="pullquote"><p>A new thought altogether.</p></div><div class="callout"><p>Mind the gap.</p></div>'
        "</article>"
    )
    assert [(b.text[:14], b.aside, b.reason) for b in found] == [
        ("Nobody rests n", False, ""),
        ("Seven islands.", True, ""),
        ("Nobody rests n", True, "repeats the text"),
        ("Ann", True, "repeats the text"),
        ("A new thought ", True, ""),
        ("Mind the gap.", True, ""),
    ]


@pytest.mark.parametrize(
    ("markup", "read"),
    [
        ("H<sub>2</sub>O and CO<sub>2</sub>", "H2O and CO2"),
        ("10<sup>2</sup> and 5 km<sup>2</sup>, s<sup>-1</sup>", "10² and 5 km², s⁻¹"),
        ("the 1<sup>st</sup>, M<sup>me</sup>, Lamp<sup>TM</sup>", "the 1st, Mme, Lamp™"),
        ("x<sub>max</sub> and log<sub>2</sub>", "x max and log 2"),
        ("Bridge<sup>3</sup> it is", "Bridge it is"),
        ("foo<wbr>bar so\u00adft", "foobar soft"),
        ("<ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby>", "漢字"),
        ("now <del>36</del><ins>41</ins> and <s>old</s>", "now 41 and"),
        ('a link<span class="visually-hidden"> (opens in a new window)</span>.', "a link."),
        ('kept <span aria-hidden="true">→</span><span hidden>no</span>on', "kept on"),
        ("he said <q>yes <q>no</q></q>", "he said “yes “no””"),
        ('<span lang="de"><q>ja</q></span>', "„ja“"),
    ],
)
def test_words_come_out_as_they_are_meant(markup: str, read: str) -> None:
    assert text(markup) == read


def test_a_heading_may_be_a_button_a_role_or_have_a_sign() -> None:
    found = blocks(
        '<h2><button>Ask</button></h2><div role="heading" aria-level="4">Part</div>'
        '<h3>Usage<a class="headerlink" href="#usage">here</a><span class="mw-editsection">[edit]</span></h3>'
    )
    assert [(b.kind, b.level, b.text) for b in found] == [
        (BlockKind.HEADING, 2, "Ask"),
        (BlockKind.HEADING, 4, "Part"),
        (BlockKind.HEADING, 3, "Usage"),
    ]


def test_a_shadow_root_is_read_and_what_it_shows_in_its_slots_once() -> None:
    body = "<my-card><template shadowrootmode=open><p>Inside.</p><slot>Else.</slot></template><p>Slotted.</p></my-card>"
    assert [b.text for b in blocks(body)] == ["Inside.", "Slotted."]
