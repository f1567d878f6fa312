"""Broken PDF files: whatever the bytes are, only an InputError leaves the reader, and PDFium does not crash."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.broken import broken, fuzzed, only_input_errors
from tests.unit.ingest.pdf_pages import Sheet, pdf

DATA = Path(__file__).parents[1] / "data" / "pdf"


def small() -> bytes:
    sheet = Sheet()
    y = sheet.lines(40, 60, ["A Small File"], size=20, font="F2")
    y = sheet.paragraph(40, y + 10, "It has two columns of words that a broken file may put anywhere. " * 3, 150)
    sheet.paragraph(210, 94, "The second column goes on with the text, and it ends before the first one. " * 2, 150)
    sheet.rule(40, y, 360, y)
    sheet.lines(40, y + 12, ["1 A note in small type."], size=7)
    outline = "/Lang (en-GB) /MarkInfo << /Marked true >>"
    return pdf(sheet, Sheet(sheet.marks[:3]), info="/Title (A Small File) /CreationDate (D:20240131)", catalog=outline)


# the two small ones come most often: a large one takes a hundred times as long
FILES = [small(), (DATA / "tiny.pdf").read_bytes(), *(path.read_bytes() for path in sorted(DATA.glob("*.pdf")))]
TOKENS = [
    b"<<", b">>", b"[", b"]", b"0", b"-1", b"99999999999", b"/Kids", b"R", b"obj", b"stream", b"(", b")", b"Tj", b"q ",
]  # fmt: skip


@fuzzed
@given(body=broken([*FILES[:2] * 2 * len(FILES), *FILES], TOKENS))
def test_a_broken_pdf_ends_in_a_document_or_an_input_error(body: bytes) -> None:
    only_input_errors(body, origin="paper.pdf")


@fuzzed
@given(tail=st.binary(max_size=300))
def test_bytes_that_only_begin_like_a_pdf_end_in_an_input_error(tail: bytes) -> None:
    only_input_errors(b"%PDF-1.7\n" + tail, origin="paper.pdf")
