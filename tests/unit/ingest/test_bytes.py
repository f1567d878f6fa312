"""From bytes to text: what it is, how it is encoded, and what is refused."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import pytest

from voice_app.errors import DamagedFileError, UnreadableTextError, UnsupportedTypeError
from voice_app.ingest import kinds
from voice_app.ingest.decode import text_of
from voice_app.ingest.detect import media_type
from voice_app.model import Source


def source(body: bytes, *, told: str = "", origin: str = "pasted text", charset: str | None = None) -> Source:
    return Source(origin=origin, media_type=told, body=body, fetched_at=datetime.now(UTC), charset=charset)


def zipped(name: str) -> Source:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, "x")
    return source(out.getvalue())


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (source(b"<p>x</p>", told="text/html; charset=utf-8"), "text/html"),
        (source(b"plain words", told="text/plain"), "text/plain"),
        (source(b"plain words", origin="note.md"), "text/markdown"),
        (source(b"plain words", origin="page.HTM"), "text/html"),
        (source(b"  <!-- a --> <!DOCTYPE html><p>x"), "text/html"),
        (source(b"# A title\n\nText."), "text/markdown"),
        (source(b"---\ntitle: x\n---\nText."), "text/markdown"),
        (source(b"+++\ntitle = 'x'\n+++\nText."), "text/markdown"),
        (source(b"Subject: Tea\n\nYes.\n\n> Is it?\n> Really?\n"), "text/plain"),
        (source(b"Yes.\n\nOn Mon, 2 Mar 2026, Bo <b@example.org> wrote:\n> Is it?\n> Really?\n"), "text/plain"),
        (source(b"just a line of text"), "text/plain"),
        (source(b"a < b and c > d", origin="https://site.example/notes", told="text/plain"), "text/plain"),
        (source(b"\n%PDF-1.7 ...", told="text/html"), "application/pdf"),
        (source(b'<?xml version="1.0"?>\n<!-- x -->\n<rss version="2.0">', told="text/xml"), "application/rss+xml"),
        (source(b'<feed xmlns="http://www.w3.org/2005/Atom">', told="application/xml"), "application/atom+xml"),
        (source(b'{"version": "https://jsonfeed.org/version/1.1"}', told="application/json"), "application/feed+json"),
        (source(b'<?xml version="1.0"?><opml version="2.0">'), "text/x-opml"),
        (source(b"Subject: Hi\r\nFrom: a@example.org\r\nDate: Mon\r\n\r\nText", origin="a.eml"), "message/rfc822"),
        (source(b"Received: x\n y\nFrom: a@example.org\n\nText", origin="pasted text"), "message/rfc822"),
        (source(b"From: here on\nwe walk.\n\nText", origin="pasted text"), "text/plain"),
        (zipped("META-INF/container.xml"), "application/epub+zip"),
        (zipped("word/document.xml"), kinds.DOCX),
    ],
)
def test_the_type_is_recognised(given: Source, wanted: str) -> None:
    assert media_type(given) == wanted


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (source(b"\x89PNG\r\n", told="image/png"), "picture"),
        (source(b"{}", told="application/json"), "application/json"),
        (source(b"text", origin="table.csv"), "csv"),
        (source(bytes(4000)), "not text"),
    ],
)
def test_other_types_are_named_and_refused(given: Source, words: str) -> None:
    with pytest.raises(UnsupportedTypeError, match=words):
        media_type(given)


@pytest.mark.parametrize("name", ["book.epub", "letter.docx", "paper.pdf"])
@pytest.mark.parametrize("body", [b"PK\x03\x04rest", b"no such file"])
def test_a_damaged_file_is_said_to_be_damaged(name: str, body: bytes) -> None:
    with pytest.raises(DamagedFileError):
        media_type(source(body, origin=name))


@pytest.mark.parametrize(
    ("body", "charset", "wanted"),
    [
        ("naïve".encode(), None, "naïve"),
        ("naïve".encode("utf-8-sig"), None, "naïve"),
        ("naïve".encode("utf-16"), None, "naïve"),
        ("naïve".encode("latin-1"), "latin-1", "naïve"),
        (b'<meta charset="windows-1252">\x93q\x94', None, "“q”"),
        (b"a\r\nb\rc\x00\x0cd", None, "a\nb\nc\n\nd"),
        ("naïve".encode(), "no-such-charset", "naïve"),
    ],
)
def test_the_encoding_is_found(body: bytes, charset: str | None, wanted: str) -> None:
    assert wanted in text_of(source(body, charset=charset))


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        ("Der Fluß führt viel Wasser, und die Brücke hält.", "latin-1"),
        ("café naïve résumé", "latin-1"),
        ("It costs £5 “today” – it’s a bargain.", "cp1252"),
        ("Le déjeuner à l'été, c'est où ? Ça va bien.", "cp1252"),
        ("Zażółć gęślą jaźń. Wczoraj padał deszcz, a dziś świeci słońce nad całym miastem. " * 5, "cp1250"),
        ("Привет, мир. Сегодня хорошая погода.", "cp1251"),
        ("Η γλώσσα είναι ελληνική και το κείμενο είναι μικρό. " * 4, "cp1253"),
        ("こんにちは世界。今日はいい天気ですね。", "shift-jis"),
        ("中文文章在这里。" * 20, "gb18030"),
    ],
)
def test_an_undeclared_encoding_is_guessed(text: str, charset: str) -> None:
    assert text_of(source(text.encode(charset))).strip() == text.strip()


@pytest.mark.parametrize(
    "body",
    [
        b"Hello \xc3\x28 world. This is a test of bad bytes.",
        b"hello \xff\xff world " * 20,
        b"\xff\xfe\xfa\x80\x81" * 400,
        bytes(range(128, 256)) * 4,
    ],
)
def test_bytes_that_make_no_words_in_any_encoding_are_refused(body: bytes) -> None:
    with pytest.raises(UnreadableTextError):
        text_of(source(body))


def test_an_undeclared_encoding_is_guessed_from_much_text() -> None:
    words = "Der Fluß führt viel Wasser, und die Brücke hält. Größere Schäden gab es nicht, sagte man. " * 5
    assert "Brücke" in text_of(source(words.encode("latin-1")))


@pytest.mark.parametrize("body", [b"\x01\x02\x03\x04\x05\x06 words", b"\0\0\0", bytes(range(1, 256)) * 8])
def test_what_is_no_text_is_refused(body: bytes) -> None:
    with pytest.raises(UnreadableTextError):
        text_of(source(body))
