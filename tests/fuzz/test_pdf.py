"""Broken PDF files: whatever the bytes are, only an InputError leaves the reader, and PDFium does not crash."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.ingest.pdf_pages import Sheet, pdf, source
from voice_app.config import Fetch
from voice_app.errors import InputError
from voice_app.ingest.reader import Reader

CASES = int(os.environ.get("FUZZ_CASES", "100"))
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


FILES = [small(), (DATA / "tiny.pdf").read_bytes(), *(path.read_bytes() for path in sorted(DATA.glob("*.pdf")))]
TOKENS = [
    b"<<",
    b">>",
    b"[",
    b"]",
    b"0",
    b"-1",
    b"99999999999",
    b"/Kids",
    b"R",
    b"obj",
    b"stream",
    b"(",
    b")",
    b"Tj",
    b"q ",
]
changes = st.lists(
    st.tuples(
        st.floats(min_value=0, max_value=1),
        st.sampled_from(["flip", "cut", "put", "copy", "token", "end"]),
        st.binary(min_size=1, max_size=12),
        st.sampled_from(TOKENS),
    ),
    min_size=1,
    max_size=12,
)


def broken(body: bytes, todo: list[tuple[float, str, bytes, bytes]]) -> bytes:
    out = bytearray(body)
    for share, how, piece, token in todo:
        at = int(share * len(out))
        if how == "flip":
            out[at : at + len(piece)] = piece
        elif how == "cut":
            del out[at : at + 16 * len(piece)]
        elif how == "put":
            out[at:at] = piece
        elif how == "copy":
            out[at:at] = out[len(out) - at : len(out) - at + 200]
        elif how == "token":
            out[at : at + len(token)] = token
        elif len(out) > 400 and piece[0] < 25:
            del out[at:]
    return bytes(out)


@settings(max_examples=CASES, deadline=None, derandomize=CASES == 100, suppress_health_check=list(HealthCheck))
@given(st.sampled_from([*[0, 1] * 2 * len(FILES), *range(len(FILES))]), changes)
def test_a_broken_pdf_ends_in_a_document_or_an_input_error(
    index: int, todo: list[tuple[float, str, bytes, bytes]]
) -> None:
    with contextlib.suppress(InputError):
        Reader(Fetch()).document(source(broken(FILES[index], todo)))


@settings(max_examples=CASES, deadline=None, derandomize=CASES == 100, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=300))
def test_bytes_that_only_begin_like_a_pdf_end_in_an_input_error(tail: bytes) -> None:
    with contextlib.suppress(InputError):
        Reader(Fetch()).document(source(b"%PDF-1.7\n" + tail))
