"""A PDF file: opened, its pages and facts read out, and closed again.

PDFium is not safe in threads, so one lock is around every call; it is let go between pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from threading import RLock
from typing import Any

from voice_app.errors import DamagedFileError, LockedFileError, TooLargeError
from voice_app.ingest.pdf.clock import Clock
from voice_app.ingest.pdf.drawing import draw
from voice_app.ingest.pdf.letters import Letters
from voice_app.ingest.pdf.parts import Book, Mark, Page, is_rtl, mirror
from voice_app.ingest.pdf.tree import structure_of

MAX_PAGES = 3_000
MAX_LETTERS = 8_000_000
MAX_PAGE_LETTERS = 100_000  # a page of a telephone book has 20,000
MAX_MARKS = 5_000
_LOCK = RLock()
_DAY = re.compile(r"(?:D:)?(\d{4})-?(\d{2})?-?(\d{2})?")


def read(body: bytes, clock: Clock) -> Book:
    """All pages with their words. Raises DamagedFileError, LockedFileError, TooLargeError."""
    with _opened(body) as (raw, pdf):
        with _LOCK:
            count = len(pdf)
        if count > MAX_PAGES:
            raise TooLargeError(f"It has {count:,} pages; the most is {MAX_PAGES:,}.")
        pages = tuple(_pages(raw, pdf, count, clock))
        with _LOCK:
            return Book(
                pages=pages,
                marks=tuple(_marks(pdf)),
                title=_fact(pdf, "Title"),
                author=_fact(pdf, "Author"),
                subject=_fact(pdf, "Subject"),
                keywords=_fact(pdf, "Keywords"),
                language=_language(raw, pdf),
                created=_day(_fact(pdf, "CreationDate")),
            )


@contextmanager
def _opened(body: bytes) -> Iterator[tuple[Any, Any]]:
    from pypdfium2 import PdfDocument, PdfiumError, raw

    with _LOCK:
        try:
            pdf = PdfDocument(body)
        except PdfiumError as problem:
            if problem.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
                raise LockedFileError from problem
            raise DamagedFileError from problem
    try:
        yield raw, pdf
    finally:
        with _LOCK:
            pdf.close()


def _pages(raw: Any, pdf: Any, count: int, clock: Clock) -> Iterator[Page]:
    letters = 0
    for index in range(count):
        with _LOCK:
            page = _page(raw, pdf, index)
        letters += page.letters
        if letters > MAX_LETTERS:
            raise TooLargeError(f"It has more than {MAX_LETTERS:,} letters.")
        clock.check()
        yield page


def _page(raw: Any, pdf: Any, index: int) -> Page:
    """One page. One that cannot be loaded is a page that has something on it, and no text."""
    handle = raw.FPDF_LoadPage(pdf.raw, index)
    if not handle:
        return Page(number=index + 1, width=612, height=792, drawn=1)
    try:
        return _loaded(raw, handle, index)
    finally:
        raw.FPDF_ClosePage(handle)


def _loaded(raw: Any, handle: Any, index: int) -> Page:
    box = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(handle, box)
    corners = (box.left, box.bottom, box.right, box.top)
    page = Page(number=index + 1, width=box.right - box.left, height=box.top - box.bottom)
    text = raw.FPDFText_LoadPage(handle)
    if not text:
        return page
    try:
        if raw.FPDFText_CountChars(text) > MAX_PAGE_LETTERS:
            raise TooLargeError(f"Page {page.number} has more than {MAX_PAGE_LETTERS:,} letters.")
        Letters(raw, text).into(page, corners)
    finally:
        raw.FPDFText_ClosePage(text)
    draw(raw, handle, page, corners)
    if is_rtl(page.words):
        mirror(page)
    page.tree = structure_of(raw, handle)
    return page


def _marks(pdf: Any) -> Iterator[Mark]:
    for number, mark in enumerate(pdf.get_toc(max_depth=6)):
        if number >= MAX_MARKS:
            return
        try:
            title = " ".join(mark.get_title().split())
        except ValueError:
            continue
        place = mark.get_dest()
        yield Mark(title=title, level=mark.level + 1, page=(place.get_index() or 0) + 1 if place else 0)


def _fact(pdf: Any, name: str) -> str:
    try:
        return " ".join(pdf.get_metadata_value(name).replace("\x00", "").split())[:2000]
    except ValueError:
        return ""


def _language(raw: Any, pdf: Any) -> str:
    import ctypes

    size = raw.FPDFCatalog_GetLanguage(pdf.raw, None, 0)
    if not 0 < size < 200:
        return ""
    buffer = ctypes.create_string_buffer(size * 2)
    raw.FPDFCatalog_GetLanguage(pdf.raw, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), size)
    return buffer.raw.decode("utf-16-le", "ignore").partition("\x00")[0].strip()


def _day(text: str) -> date | None:
    match = _DAY.match(text)
    try:
        return date(*(int(part or 1) for part in match.groups())) if match else None
    except ValueError:
        return None
