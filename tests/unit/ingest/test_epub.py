"""Books as pandoc, LibreOffice, Calibre and Sigil make them: chapters, order, notes, and what of them is not text."""

from __future__ import annotations

import random
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from tests.unit.ingest.packages import (
    CONTAINER,
    epub,
    find,
    headings,
    kept,
    nav,
    ncx,
    page,
    paragraphs,
    read,
    reasons,
    zipped,
)  # fmt: skip
from voice_app.errors import DamagedFileError, LockedFileError
from voice_app.model import Block, BlockKind, Document, Treatment

BOOKS = Path(__file__).parents[2] / "data" / "books"
CHAPTERS = [
    (1, "The Tide Book"),
    (2, "Before the water"),
    (2, "Part One: Rising"),
    (3, "January: The empty quay"),
    (4, "How the level is measured"),
    (3, "February: Ice on the ladders"),
    (2, "Part Two: Falling"),
    (3, "July: The dry basin"),
    (3, "October: The highest tide"),
    (2, "Afterword"),
]


def notes(document: Document) -> list[Block]:
    return [b for b in document.kept if b.kind is BlockKind.NOTE]


def marks(document: Document) -> list[str]:
    return [s.value for b in document.kept for s in b.spans if s.kind == "note"]


@pytest.mark.parametrize("program", ["pandoc", "calibre"])
def test_a_book_from_another_program_is_whole_and_in_order(program: str) -> None:
    found = read((BOOKS / f"{program}.epub").read_bytes())
    assert found.title == "The Tide Book"
    assert found.byline in ("Ada Merrow, Tom Sills", "Ada Merrow; Tom Sills")
    assert headings(found) == CHAPTERS
    (table,) = [b for b in found.kept if b.kind is BlockKind.TABLE]
    assert (table.rows[0], table.rows[4]) == (("Month", "Highest water", "Lowest water"), ("October", "4.7 m", "0.2 m"))
    assert [b.text for b in found.kept if b.kind is BlockKind.ITEM][2:5] == [
        "Look at the ropes:",
        "the bow line first,",
        "then the stern line,",
    ]
    assert set(reasons(found).values()) <= {"title page", "heading of the notes"}
    assert kept(found)[-1].startswith("The bench behind the ice house")


def test_a_book_from_libreoffice_is_whole_and_in_order() -> None:
    """It writes chapters of the first level alone; the rest of its headings look like paragraphs."""
    found = read((BOOKS / "libreoffice.epub").read_bytes())
    assert headings(found) == [line for line in CHAPTERS if line[0] < 3]
    (table,) = [b for b in found.kept if b.kind is BlockKind.TABLE]
    assert table.rows[-1] == ("October", "4.7 m", "0.2 m")
    assert [b.text[:10] for b in notes(found)] == ["The count ", "Not always", "The third "]


@pytest.mark.parametrize("program", ["pandoc", "calibre", "libreoffice"])
def test_notes_stand_where_their_chapter_ends(program: str) -> None:
    found = read((BOOKS / f"{program}.epub").read_bytes())
    assert [b.text[:10] for b in notes(found)] == ["The count ", "Not always", "The third "]
    assert sorted(set(marks(found))) == sorted({b.anchor for b in notes(found)})
    assert len({b.anchor for b in notes(found)}) == 3
    assert "Not always tea. One crew had brought" in notes(found)[1].text
    last = found.blocks.index(notes(found)[-1])
    assert next(b.text for b in found.blocks[last + 1 :] if b.treatment is Treatment.SAID) == "Afterword"


def test_facts_of_the_book_from_pandoc() -> None:
    found = read((BOOKS / "pandoc.epub").read_bytes())
    assert (found.language, found.published, found.site) == ("en-GB", date(2021, 5, 4), "Saltmarsh Press")
    assert found.topics == ("Harbours", "Natural history")
    assert found.summary == "What a harbour does in the course of a year, and how to read its water."
    assert [(s.value, s.kind) for s in find(found, "The word for it").spans] == [("de", "lang")]
    (code,) = [b for b in found.kept if b.kind is BlockKind.CODE]
    assert code.text.startswith("def gate(level, month):\n    if month")


def test_facts_with_refinements() -> None:
    facts = (
        '<dc:title id="t2">A Year of It</dc:title><meta refines="#t2" property="title-type">subtitle</meta>'
        '<dc:creator id="c1">Ada Merrow</dc:creator><meta refines="#c1" property="role">aut</meta>'
        '<dc:creator id="c2" opf:role="trl">Tom Sills</dc:creator>'
        '<dc:date opf:event="modification">2024-01-01</dc:date>'
        '<dc:date opf:event="publication">1998</dc:date><dc:source>https://books.example/1</dc:source>'
        "<dc:description>&lt;p&gt;All &lt;b&gt;about&lt;/b&gt; it&lt;/p&gt;&lt;p&gt;and more.&lt;/p&gt;"
        "</dc:description>"
    )
    found = read(epub({"a.xhtml": page(paragraphs(3))}, facts=facts))
    assert (found.title, found.byline, found.published) == ("A Book: A Year of It", "Ada Merrow", date(1998, 1, 1))
    assert (found.summary, found.source_url) == ("All about it and more.", "https://books.example/1")


def test_the_contents_name_chapters_that_have_no_heading_of_their_own() -> None:
    pages = {
        "a.xhtml": page(paragraphs(3, "first day")),
        "b.xhtml": page('<p class="big">Two</p>' + paragraphs(3, "second day")),
        "c.xhtml": page("<h3>III</h3><h4>A section</h4>" + paragraphs(3, "third day")),
        "d.xhtml": page('<p>Loose words come before it all and go on for a while.</p><p id="x">' + paragraphs(3)[3:]),
    }
    found = read(
        epub(pages, contents=ncx([("One", "a.xhtml"), ("Two", "b.xhtml"), ("Three", "c.xhtml"), ("Four", "d.xhtml#x")]))
    )
    assert headings(found) == [(1, "A Book"), (2, "One"), (2, "Two"), (2, "III"), (3, "A section"), (2, "Four")]
    texts = kept(found)
    assert texts[texts.index("Four") - 1].startswith("Loose words")
    assert texts.count("Two") == 1


def test_levels_follow_the_depth_of_the_contents() -> None:
    entries = (
        '<li><a href="a.xhtml">Part One</a><ol><li><a href="b.xhtml">One</a></li><li><a href="c.xhtml">Two</a></li>'
        '</ol></li><li><a href="d.xhtml">Part Two</a></li>'
    )
    pages = {
        "a.xhtml": page("<h1>Part One</h1>"),
        "b.xhtml": page("<h1>One</h1>" + paragraphs(2) + "<h2>Inside</h2>" + paragraphs(2)),
        "c.xhtml": page("<h1>Two</h1>" + paragraphs(2)),
        "c2.xhtml": page("<h2>Still in two</h2>" + paragraphs(2)),
        "d.xhtml": page("<h1>Part Two</h1>" + paragraphs(2)),
    }
    found = read(epub(pages, navigation=nav(entries)))
    assert headings(found) == [
        (1, "A Book"), (2, "Part One"), (3, "One"), (4, "Inside"), (3, "Two"), (4, "Still in two"), (2, "Part Two"),
    ]  # fmt: skip


def test_front_and_back_matter_is_left_out_and_real_text_is_not() -> None:
    pages = {
        "cover.xhtml": page('<img src="c.jpg" alt="Cover"/>', attributes='epub:type="cover"'),
        "title.xhtml": page("<p>A Book</p><p>by Ada Merrow</p><p>Saltmarsh Press</p>"),
        "rights.xhtml": page("<p>Copyright © 2020 Ada Merrow</p><p>All rights reserved. ISBN 978-0-00-000000-0</p>"),
        "dedication.xhtml": page("<p>For the harbour master, who copied nothing.</p>"),
        "readers.xhtml": page("<p>To the readers of A Book, old and new</p>"),
        "epigraph.xhtml": page("<blockquote><p>The sea has no country.</p></blockquote>"),
        "toc.xhtml": page('<h2>Contents</h2><p><a href="one.xhtml">One</a></p><p><a href="two.xhtml">Two</a></p>'
                          '<p><a href="index.xhtml">Index</a></p>'),
        "preface.xhtml": page("<h2>Preface</h2>" + paragraphs(2, "preface")),
        "one.xhtml": page("<h2>One</h2>" + paragraphs(4)),
        "two.xhtml": page("<h2>Two</h2>" + paragraphs(4)),
        "index.xhtml": page("<h2>Index</h2>" + "".join(f"<p>gulls {n}, {n}, {n + 3}–{n + 5}</p>" for n in range(9))),
        "ads.xhtml": page("<h2>Also by Ada Merrow</h2><p>The Second Book</p><p>The Third Book</p>"),
        "about.xhtml": page("<h2>About the author</h2><p>Ada Merrow lives at the sea and reads the water.</p>"),
    }  # fmt: skip
    facts = "<dc:creator>Ada Merrow</dc:creator><dc:publisher>Saltmarsh Press</dc:publisher>"
    found = read(epub(pages, facts=facts))
    left = reasons(found)
    assert {left[text] for text in left if "gulls" in text} == {"index"}
    assert (left["by Ada Merrow"], left["Copyright © 2020 Ada Merrow"]) == ("title page", "copyright page")
    assert (left["Contents"], left["The Third Book"]) == ("contents", "other books")
    said = kept(found)
    for text in (
        "To the readers of A Book, old and new",
        "For the harbour master, who copied nothing.",
        "The sea has no country.",
        "Preface",
        "About the author",
    ):
        assert text in said
    assert len([t for t in said if t.startswith("Sentence")]) == 10


def test_landmarks_and_guide_say_what_a_file_is() -> None:
    pages = {
        "i.xhtml": page("<p>Some words about the edition.</p>"),
        "one.xhtml": page("<h2>One</h2>" + paragraphs(4)),
        "g.xhtml": page("<p>Gulls: <a href='one.xhtml'>1</a></p>"),
    }
    landmarks = '<nav epub:type="landmarks"><ol><li><a epub:type="copyright-page" href="i.xhtml">C</a></li></ol></nav>'
    found = read(
        epub(pages, navigation=nav('<li><a href="one.xhtml">One</a></li>', landmarks),
             guide='<reference type="index" href="g.xhtml" title="Index"/>')
    )  # fmt: skip
    assert set(reasons(found).values()) == {"copyright page", "index"}


REFERENCES = {
    "epub 3": (
        '<a epub:type="noteref" href="{file}#n{n}">{n}</a>',
        '<aside epub:type="footnote" id="n{n}"><p>{text}</p></aside>',
    ),
    "aria": (
        '<a role="doc-noteref" href="{file}#n{n}">{n}</a>',
        '<div role="doc-footnote" id="n{n}"><p>{text}</p></div>',
    ),
    "sigil": (
        '<a id="r{n}" href="{file}#n{n}"><sup>{n}</sup></a>',
        '<p><a id="n{n}" href="{back}#r{n}">{n}</a>. {text}</p>',
    ),
    "calibre": (
        '<sup class="calibre3"><a id="r{n}" href="{file}#n{n}">[{n}]</a></sup>',
        '<p id="n{n}" class="calibre1"><a href="{back}#r{n}">[{n}]</a> {text}</p>',
    ),
    "kindle": (
        '<a id="r{n}"></a><a href="{file}#n{n}"><sup>{n}</sup></a>',
        '<div><a id="n{n}"></a><p>{n}. {text} <a href="{back}#r{n}">↩</a></p></div>',
    ),
    "list": (
        '<sup><a id="r{n}" href="{file}#n{n}">{n}</a></sup>',
        '<li id="n{n}"><p>{text} <a href="{back}#r{n}">Back</a></p></li>',
    ),
    "starred": ('<a id="r{n}" href="{file}#n{n}">*</a>', '<p id="n{n}"><a href="{back}#r{n}">*</a> {text}</p>'),
    "gutenberg": (
        '<a id="FNanchor_{n}"></a><a href="{file}#Footnote_{n}" class="fnanchor">[{n}]</a>',
        '<div class="footnote"><p><a id="Footnote_{n}"></a><a href="{back}#FNanchor_{n}"><span class="label">'
        "[{n}]</span></a> {text}</p></div>",
    ),
}


@pytest.mark.parametrize("apart", ["notes.xhtml", ""], ids=["in a file of notes", "in the chapter"])
@pytest.mark.parametrize("style", list(REFERENCES))
def test_notes_of_every_style_are_tied_to_their_place(style: str, apart: str) -> None:
    reference, note = REFERENCES[style]
    pages = {}
    texts: list[str] = []
    for number, name in enumerate(("a.xhtml", "b.xhtml"), start=1):
        body, own = f"<h2>Chapter {number}</h2>", ""
        for n in (number * 10 + 1, number * 10 + 2):
            body += f"<p>A claim that is made here{reference.format(file=apart, n=n)} needs a note.</p>"
            own += note.format(n=n, back=name if apart else "", text=f"Proof {n} of it.")
        own = f"<ol>{own}</ol>" if style == "list" else own
        pages[name] = page(body + ("" if apart else own))
        texts.append(own)
    if apart:
        pages[apart] = page(
            "<h2>Notes</h2>" + "".join(f"<h3>Chapter {n}</h3>{own}" for n, own in enumerate(texts, start=1))
        )
    found = read(epub(pages))
    assert [b.text for b in notes(found)] == [f"Proof {n} of it." for n in (11, 12, 21, 22)]
    assert marks(found) == [b.anchor for b in notes(found)]
    assert len(set(marks(found))) == 4
    wanted = ["*"] * 4 if style == "starred" else ["11", "12", "21", "22"]
    assert [b.marker for b in notes(found)] == wanted
    order = [b.text for b in found.kept if b.kind in (BlockKind.NOTE, BlockKind.HEADING)]
    assert order.index("Proof 12 of it.") < order.index("Chapter 2") < order.index("Proof 21 of it.")
    if apart:
        assert reasons(found)["Notes"] == "heading of the notes"


def test_links_between_chapters_are_no_notes() -> None:
    pages = {
        "a.xhtml": page(
            '<h2>One</h2><p>See <a href="b.xhtml">chapter two</a>, or <a href="b.xhtml#p">2</a>.</p>' + paragraphs(2)
        ),
        "b.xhtml": page('<h2 id="p">Two</h2>' + paragraphs(2)),
    }
    found = read(epub(pages))
    assert not notes(found)
    assert not marks(found)
    assert find(found, "See chapter two").spans == ()


def test_page_numbers_are_not_read_and_drop_caps_join_their_word() -> None:
    body = (
        '<p><span class="dropcap">I</span>t rained <span epub:type="pagebreak" title="12">12</span>all'
        '<span role="doc-pagebreak" aria-label="13"/> day<a class="pagenum" id="p14">[Pg 14]</a>.</p>'
        '<p><img src="t.png" alt="T"/>hen it stopped for good.</p>'
    )
    found = read(epub({"a.xhtml": page(body + paragraphs(2))}))
    assert kept(found)[1:3] == ["It rained all day.", "Then it stopped for good."]


def test_what_is_kept_out_of_the_reading_order_is_left_out_but_for_notes() -> None:
    pages = {
        "a.xhtml": page(
            '<h2>One</h2><p>A claim<a epub:type="noteref" href="n.xhtml#n1">1</a> here.</p>' + paragraphs(2)
        ),
        "n.xhtml": page('<aside epub:type="footnote" id="n1"><p>The proof.</p></aside><p>Left over words.</p>'),
        "pop.xhtml": page("<p>A map that opens in a window of its own.</p>"),
    }
    found = read(epub(pages, spine={"n.xhtml": 'linear="no"', "pop.xhtml": 'linear="no"'}))
    assert [b.text for b in notes(found)] == ["The proof."]
    assert reasons(found) == {
        "Left over words.": "not in the reading order",
        "A map that opens in a window of its own.": "not in the reading order",
    }


def test_a_chapter_that_is_missing_or_broken_does_not_take_the_book_along() -> None:
    pages = {
        "a.xhtml": page("<h2>One</h2>" + paragraphs(2, "first")),
        "b.xhtml": bytes(range(256)) * 20,
        "c.xhtml": "<html><head><title/></head><body><h2>Three<p>Not closed & <b>not right<p>And more of it.",
        "d.xhtml": page("<h2>Four</h2>" + paragraphs(2, "fourth")),
    }
    whole = epub(pages, contents=ncx([("One", "a.xhtml"), ("Two", "b.xhtml")]))
    found = read(whole.replace(b"OEBPS/d.xhtml", b"OEBPS/x.xhtml"))
    failed = {b.text: b.reason for b in found.blocks if b.treatment is Treatment.FAILED}
    assert failed == {
        "Two": "could not be read: its file is damaged",
        "d.xhtml": "could not be read: it is missing in the book",
    }
    assert "Not closed & not right" in kept(found)
    assert found.receipt.failed == 2
    assert [b.text for b in found.blocks if b.text in ("One", "Two", "Three")] == ["One", "Two", "Three"]


@pytest.mark.parametrize("odd", ["<a}1b>", "<x}>", "<b {}type='x'>", "<b {x}type='y' :lang='z' a:='b'>", "<a}b:c :x>"])
def test_names_that_no_xml_has_are_read_as_nothing(odd: str) -> None:
    found = read(epub({"a.xhtml": f"<html><body><p>Before {odd}after & more.<p>{odd}" + paragraphs(2)}))
    assert "Before after & more." in " ".join(kept(found))


def test_a_book_without_a_single_chapter_left_is_damaged() -> None:
    with pytest.raises(DamagedFileError, match="None of the book's chapters"):
        read(epub({"a.xhtml": bytes(range(256)) * 20}))


def test_careless_books_are_read() -> None:
    package = (
        "<package><metadata><title>Careless</title><creator>Unknown</creator></metadata><manifest>"
        '<item id="a" href="Text/Chapter%20One.XHTML" media-type="application/xhtml+xml"/>'
        '<item id="s" href="pic.svg" media-type="image/svg+xml"/><item id="j" href="p.jpg" media-type="image/jpeg"/>'
        '<item id="b" href="..\\oebps\\two.html" media-type="text/html"/></manifest>'
        '<spine><itemref idref="s"/><itemref idref="j"/><itemref idref="a"/><itemref idref="b"/>'
        '<itemref idref="no"/></spine></package>'
    )
    latin = "<html><body><p>Caf\xe9 &nbsp;&mdash; und so weiter.</p></body></html>".encode("latin-1")
    book = zipped({
        "meta-inf/CONTAINER.xml": CONTAINER, "oebps/Content.OPF": package, "OEBPS/p.jpg": b"\xff\xd8",
        "OEBPS/text/chapter one.xhtml": page(paragraphs(2)), "OEBPS/two.html": latin, "OEBPS/pic.svg": "<svg/>",
    })  # fmt: skip
    found = read(book)
    assert (found.title, found.byline) == ("Careless", None)
    assert len(kept(found)) == 4
    assert "Café — und so weiter." in kept(found)
    assert reasons(found) == {"pic.svg": "picture", "p.jpg": "picture"}


def test_a_paragraph_that_was_cut_in_two_files_is_whole_again() -> None:
    pages = {
        "part_split_000.html": page("<h2>One</h2><p>The boat came in with the</p>"),
        "part_split_001.html": page("<p>tide, as <i>it</i> had to.</p><p>Then it went out.</p>"),
        "part_split_002.html": page("<p>Another paragraph of its own.</p>"),
    }
    found = read(epub(pages))
    assert kept(found)[2:] == [
        "The boat came in with the tide, as it had to.",
        "Then it went out.",
        "Another paragraph of its own.",
    ]
    whole = find(found, "The boat came")
    assert [whole.text[s.start : s.end] for s in whole.spans] == ["it"]


def test_breaks_part_paragraphs() -> None:
    found = read(
        epub({"a.xhtml": page("<div>The first one.<br/><br/>The second one.<br/>Its end.</div>" + paragraphs(1))})
    )
    assert kept(found)[1:3] == ["The first one.", "The second one. Its end."]


def test_the_licence_around_a_gutenberg_book_is_left_out() -> None:
    pages = {
        "a.xhtml": page(
            "<p>This eBook is for the use of anyone anywhere.</p>"
            "<p>*** START OF THE PROJECT GUTENBERG EBOOK A BOOK ***</p>"
            "<h2>One</h2>" + paragraphs(3)
        ),
        "b.xhtml": page(
            "<h2>Two</h2>" + paragraphs(3) + "<p>*** END OF THE PROJECT GUTENBERG EBOOK A BOOK ***</p><h2>Licence</h2>"
            "<p>Updated editions will replace the previous one.</p>"
        ),
    }
    found = read(epub(pages))
    assert set(reasons(found).values()) == {"the archive's header", "the archive's licence"}
    assert [text for _, text in headings(found)] == ["A Book", "One", "Two"]
    newer = page('<section class="pg-boilerplate pgheader"><p>Title: A Book</p></section><h2>One</h2>' + paragraphs(2))
    assert reasons(read(epub({"a.xhtml": newer}))) == {"Title: A Book": "the archive's header"}


def test_languages_of_blocks_and_runs() -> None:
    body = '<p xml:lang="de">Das Boot.</p><p>He said <i xml:lang="fr">bonjour</i> to us.</p>' + paragraphs(2)
    found = read(
        epub(
            {
                "a.xhtml": page(body, attributes='xml:lang="en-GB"'),
                "b.xhtml": page("<p>La mer.</p>", attributes='lang="fr"'),
            }
        )
    )
    assert (found.language, find(found, "Das Boot.").language, find(found, "La mer.").language) == ("en", "de", "fr")
    assert find(found, "Sentence 0").language is None
    assert [(s.kind, s.value) for s in find(found, "He said").spans] == [("emphasis", ""), ("lang", "fr")]


ENCRYPTED = (
    '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:enc="http://www.w3.org/2001/04/xmlenc#">'
    '<enc:EncryptedData><enc:EncryptionMethod Algorithm="{method}"/><enc:CipherData>'
    '<enc:CipherReference URI="{file}"/></enc:CipherData></enc:EncryptedData></encryption>'
)
AES = "http://www.w3.org/2001/04/xmlenc#aes128-cbc"


def test_a_locked_book_is_named_as_such() -> None:
    pages = {"a.xhtml": page(paragraphs(2))}
    locked = {"META-INF/encryption.xml": ENCRYPTED.format(method=AES, file="OEBPS/a.xhtml")}
    with pytest.raises(LockedFileError):
        read(epub(pages, files=locked))
    with pytest.raises(LockedFileError):
        read(epub({"a.xhtml": bytes(range(256))}, files={"META-INF/rights.xml": "<rights/>"}))
    with pytest.raises(LockedFileError):
        read(epub({"a.xhtml": bytes(range(256))}, files={"META-INF/license.lcpl": "{}"}))


@pytest.mark.parametrize("method", ["http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC", AES])
def test_scrambled_fonts_do_not_lock_a_book(method: str) -> None:
    fonts = {"META-INF/encryption.xml": ENCRYPTED.format(method=method, file="OEBPS/font.otf")}
    assert kept(read(epub({"a.xhtml": page(paragraphs(2))}, files=fonts)))


def test_a_book_that_is_not_whole_is_refused() -> None:
    whole = (BOOKS / "calibre.epub").read_bytes()
    for share in range(5, 100, 5):
        with pytest.raises(DamagedFileError):
            read(whole[: len(whole) * share // 100], "book.epub")


def test_a_contents_of_ten_thousand_lines_is_read_in_time() -> None:
    count = 10_000
    entries = [(f"Chapter {n}", f"a.xhtml#c{n}") for n in range(count)]
    body = "".join(f'<p id="c{n}">Text {n}.</p>' for n in range(count))
    found = read(epub({"a.xhtml": page(body)}, contents=ncx(entries)))
    assert len(headings(found)) == count + 1
    broken = read(epub({"a.xhtml": page(paragraphs(5))}, contents=ncx(entries)))
    assert len(headings(broken)) < 10


def test_a_book_of_thousands_of_files_is_read_in_time() -> None:
    pages = {f"c{n}.xhtml": page(f"<p>Text of chapter {n} is short.</p>") for n in range(500)}
    found = read(epub(pages, contents=ncx([(f"Chapter {n}", f"c{n}.xhtml") for n in range(500)])))
    assert headings(found)[-1] == (2, "Chapter 499")


MEASURED = """
import resource, sys, time
from datetime import UTC, datetime
from voice_app.config import Fetch
from voice_app.ingest.reader import Reader
from voice_app.model import Source
begun = time.monotonic()
source = Source(origin="book.epub", media_type="", body=sys.stdin.buffer.read(), fetched_at=datetime.now(UTC))
words = sum(len(block.text.split()) for block in Reader(Fetch()).document(source).kept)
seconds = time.monotonic() - begun
try:  # on Linux a new program's ru_maxrss begins with that of the program that started it
    peak = next(int(line.split()[1]) * 1024 for line in open("/proc/self/status") if line.startswith("VmHWM"))
except OSError:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(words, seconds, peak)
"""


def test_a_book_of_300_pages_takes_less_than_10_seconds_and_300_mb() -> None:
    dice = random.Random(1)
    words = [
        "the",
        "of",
        "and",
        "to",
        "in",
        "harbour",
        "water",
        "tide",
        "rope",
        "boat",
        "morning",
        "wall",
        "list",
        "captain",
        "gull",
        "<i>stone</i>",
        "year",
    ]
    pages = {}
    for chapter in range(30):
        body = f"<h2>Chapter {chapter}</h2>"
        for _ in range(40):
            body += f"<p>{' '.join(dice.choices(words, k=84)).capitalize()}.</p>"
        pages[f"c{chapter}.xhtml"] = page(body)
    done = subprocess.run([sys.executable, "-c", MEASURED], input=epub(pages), capture_output=True, check=True)
    count, seconds, peak = map(float, done.stdout.split())
    assert count > 100_000  # 300 pages of 330 words
    assert seconds < 10
    assert peak < 300_000_000
