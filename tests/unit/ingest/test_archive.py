"""Archives and XML that were made to do harm: refused in time, or read without the harm."""

from __future__ import annotations

import contextlib
import io
import stat
import struct
import time
import tracemalloc
import warnings
import zipfile
from collections.abc import Callable

import pytest

from tests.unit.ingest.packages import CONTAINER, docx, epub, kept, p, page, paragraphs, read, zipped
from voice_app.errors import DamagedFileError, InputError, LockedFileError, TooLargeError
from voice_app.ingest import archive as archives
from voice_app.ingest.archive import Archive
from voice_app.ingest.xml import parsed, text_of_xml

SAFE_SECONDS = 20
SAFE_BYTES = 200_000_000


def test_names_that_lead_out_of_the_archive_are_not_in_it() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in ("../up.txt", "a/../../up.txt", "/etc/passwd", "C:/x.txt", "..\\win.txt", "fine/a..b.txt"):
            made.writestr(zipfile.ZipInfo(name), "x")
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        made.writestr(link, "/etc/passwd")
        made.writestr("folder/", "")
    archive = Archive(out.getvalue())
    assert archive.names == ("fine/a..b.txt",)
    assert archive.find("../../../etc/passwd") is None
    assert archive.find("x/../fine/A..B.txt") == "fine/a..b.txt"
    with pytest.raises(DamagedFileError, match="missing"):
        archive.read("../up.txt")


def test_paths_are_found_however_they_are_written() -> None:
    archive = Archive(zipped({"OEBPS/Text/Chapter One.xhtml": "x", "OEBPS/a%20b.xhtml": "y"}))
    assert archive.find("OEBPS/Text/Chapter%20One.xhtml") == "OEBPS/Text/Chapter One.xhtml"
    assert archive.find("oebps/./images/../text/chapter one.XHTML") == "OEBPS/Text/Chapter One.xhtml"
    assert archive.find("OEBPS/a%20b.xhtml") == "OEBPS/a%20b.xhtml"
    assert archive.find("\\OEBPS\\a%20b.xhtml") == "OEBPS/a%20b.xhtml"


def test_of_two_entries_with_one_name_the_last_counts() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made.writestr("a.txt", "first")
        made.writestr("a.txt", "last")
    archive = Archive(out.getvalue())
    assert (archive.names, archive.read("a.txt")) == (("a.txt",), b"last")


def test_an_entry_that_grows_beyond_any_text_is_refused() -> None:
    archive = Archive(
        zipped({"bomb": b"0" * (archives.MAX_ENTRY_BYTES + 1), "ratio": b"0" * 5_000_000, "fine": b"0" * 900_000})
    )
    for name in ("bomb", "ratio"):
        with pytest.raises(TooLargeError):
            archive.read(name)
    assert len(archive.read("fine")) == 900_000


def test_the_sum_of_all_that_is_read_is_limited() -> None:
    archive = Archive(zipped({f"{n}": bytes(900_000) for n in range(60)}))
    with pytest.raises(TooLargeError):
        for name in archive.names:
            archive.read(name)


def _declared(size: int) -> bytes:
    """An entry that says it is `size` bytes long and holds three."""
    body = bytearray(zipped({"a.txt": b"abc"}))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = body.index(mark) + offset
        body[at : at + 4] = struct.pack("<I", size)
    return bytes(body)


@pytest.mark.parametrize("size", [0, 1, 4, 1_000, 900_000, 20_000_000, 0xFFFFFFFE])
def test_a_size_that_is_not_true_does_no_harm(size: int) -> None:
    with contextlib.suppress(DamagedFileError, TooLargeError):
        assert Archive(_declared(size)).read("a.txt") in (b"", b"a", b"abc")


def test_a_locked_entry_is_named_as_such() -> None:
    body = bytearray(zipped({"a.txt": b"abc"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        body[body.index(mark) + offset] |= 1
    with pytest.raises(LockedFileError):
        Archive(bytes(body)).read("a.txt")


def test_a_locked_document_is_named_as_such() -> None:
    body = docx(p("Nobody may read this."))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        parts = body.split(mark)
        body = mark.join([parts[0], *(part[: offset - 4] + b"\x01" + part[offset - 3 :] for part in parts[1:])])
    with pytest.raises(LockedFileError):
        read(body, "letter.docx")


def test_unusual_compression_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as made:
        made.writestr("a.txt", "abc")
    with pytest.raises(DamagedFileError):
        Archive(out.getvalue()).read("a.txt")


def test_an_archive_of_too_many_files_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for n in range(3):
            made.writestr(f"{n}", "")
    with pytest.raises(TooLargeError):
        Archive(out.getvalue() + archives._ENTRY * archives.MAX_ENTRIES)


def _nested(depth: int) -> bytes:
    """Archives in archives, as 42.zip is made."""
    body = b"0" * 2_000_000
    for _ in range(depth):
        body = zipped({f"lib {n}.zip": body for n in range(4)})
    return body


BILLION = '<!DOCTYPE l [<!ENTITY a "laughs">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
) + "]>"  # fmt: skip
QUADRATIC = f'<!DOCTYPE q [<!ENTITY a "{"x" * 50_000}">]>'
OUTSIDE = '<!DOCTYPE e [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY j SYSTEM "http://127.0.0.1:9/x">]>'
CHAPTER = '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>Words before &a;&j;&amp; after it.</p></body></html>'
BOMBS: dict[str, Callable[[], bytes]] = {
    "nested archives": lambda: epub({"a.xhtml": page(paragraphs(2))}, files={"OEBPS/x.zip": _nested(3)}),
    "one huge chapter": lambda: epub({"a.xhtml": page("0" * 17_000_000), "b.xhtml": page(paragraphs(2))}),
    "many large chapters": lambda: epub({f"{n}.xhtml": page("lorem ipsum " * 70_000) for n in range(60)}),
    "a huge part": lambda: docx(p("0" * 17_000_000)),
    "a billion laughs": lambda: epub({"a.xhtml": BILLION + CHAPTER.replace("&a;", "&j;")}),
    "a billion laughs in the package": lambda: zipped(
        {"META-INF/container.xml": CONTAINER, "OEBPS/content.opf": BILLION + "<package>&j;</package>"}
    ),
    "a billion laughs in a document": lambda: zipped({"word/document.xml": BILLION + "<w:document>&j;</w:document>"}),
    "quadratic blow-up": lambda: epub({"a.xhtml": QUADRATIC + CHAPTER.replace("&a;", "&a;" * 10_000)}),
    "outside": lambda: epub({"a.xhtml": OUTSIDE + CHAPTER}),
    "outside in a document": lambda: zipped({"word/document.xml": OUTSIDE + "<w:document>&a;</w:document>"}),
    "deep": lambda: epub({"a.xhtml": page("<div>" * 1_000 + "<p>In the deep.</p>" + "</div>" * 1_000)}),
    "deep inline": lambda: epub({"a.xhtml": page("<p>" + "<i>" * 1_000 + "Slanted." + "</i>" * 1_000 + "</p>")}),
    "deep broken": lambda: epub({"a.xhtml": "<p>" + "<b><i>" * 1_000 + "Slanted."}),
    "deep document": lambda: docx("<w:sdt><w:sdtContent>" * 2_000 + p("Deep.") + "</w:sdtContent></w:sdt>" * 2_000),
    "many attributes": lambda: epub({"a.xhtml": page("<p " + " ".join(f'a{n}="x"' for n in range(30_000)) + ">x</p>")}),
    "a loop of styles": lambda: docx(
        p("Round and round.", "A"),
        styles='<w:style w:type="paragraph" w:styleId="A"><w:name w:val="x"/><w:basedOn w:val="B"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="y"/><w:basedOn w:val="A"/></w:style>',
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", list(BOMBS))
def test_a_bomb_is_refused_or_read_in_time_and_memory(name: str) -> None:
    bomb = BOMBS[name]()
    before = time.monotonic()
    tracemalloc.start()
    try:
        document = read(bomb)
        text = " ".join(kept(document))
        assert "laughs" not in text
        assert "root:" not in text
        assert len(text) < 2_000_000
    except InputError:
        pass
    finally:
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert time.monotonic() - before < SAFE_SECONDS
    assert peak < SAFE_BYTES


def test_what_stands_beside_an_entity_is_read() -> None:
    assert kept(read(BOMBS["outside"]()))[1:] == ["Words before & after it."]


def test_entities_that_html_names_are_known_and_others_are_nothing() -> None:
    assert text_of_xml(b"<?xml version='1.0'?><p>a&nbsp;b&lt;&bogus;</p>") == "<p>a\xa0b&lt;</p>"
    assert text_of_xml(b'<!DOCTYPE p [<!ENTITY a "]">\n<!-- > -->] ><p>b</p>') == "<p>b</p>"
    assert text_of_xml(b'<!DOCTYPE html PUBLIC "-//W3C//DTD >" "x.dtd"><p>b</p>') == "<p>b</p>"
    assert parsed("<?xml version='1.0' encoding='utf-16'?><p>é</p>".encode("utf-16")).text == "é"
    assert parsed("<?xml version='1.0' encoding='iso-8859-1'?><p>é</p>".encode("latin-1")).text == "é"
    with pytest.raises(DamagedFileError):
        parsed(b"no XML at all")
