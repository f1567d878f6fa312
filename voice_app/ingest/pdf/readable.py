"""Whether a file's text can be read at all: scans hold pictures of pages, some files letters without meaning."""

from __future__ import annotations

import re
from collections.abc import Sequence

from voice_app.errors import EmptyInputError, ScannedFileError
from voice_app.ingest.pdf.parts import Book, Page

MIN_LETTERS = 10  # on a page; a scan has at most a stamp of the program that made it
MAX_PICTURES = 0.9  # of the pages that have anything on them
MAX_UNKNOWN = 0.3  # of the letters
MIN_SAMPLE = 200
# of the signs that are no digits, those that are letters; "!"#$%&" is what a lost alphabet often looks like
MIN_LETTER_SHARE = 0.5
VOWEL_SHARE = (0.2, 0.62)  # of the letters, in any language written with the Latin alphabet
_LATIN = re.compile(r"[a-zà-öø-ÿ]")
_VOWEL = re.compile(r"[aeiouyà-æè-ïò-öø-ýÿ]")
_GARBAGE = "The text in this file cannot be read: its letters have lost their meaning."


def pictures(book: Book) -> list[int]:
    """The numbers of the pages that have something on them and no text. Raises ScannedFileError, EmptyInputError."""
    without = [page.number for page in book.pages if _is_picture(page)]
    filled = [page for page in book.pages if page.drawn or page.letters]
    if not filled:
        raise EmptyInputError
    if len(without) >= MAX_PICTURES * len(filled):
        raise ScannedFileError
    _refuse_garbage(book.pages)
    return without


def _is_picture(page: Page) -> bool:
    return page.drawn > 0 and page.letters < MIN_LETTERS and len(page.words) + len(page.sideways) < MIN_LETTERS


def _refuse_garbage(pages: Sequence[Page]) -> None:
    letters = sum(page.letters for page in pages)
    if sum(page.unknown for page in pages) > MAX_UNKNOWN * letters:
        raise ScannedFileError(_GARBAGE)
    text = "".join(word.text for page in pages[:50] for word in page.words).casefold()
    signs = [c for c in text if not c.isdigit() and c not in ".·-–_ "]
    if len(signs) < MIN_SAMPLE:
        return
    if sum(c.isalpha() or ord(c) > 0x300 for c in signs) < MIN_LETTER_SHARE * len(signs):
        raise ScannedFileError(_GARBAGE)
    latin = _LATIN.findall(text)
    share = len(_VOWEL.findall("".join(latin))) / max(1, len(latin))
    if len(latin) > 0.5 * len(text) and not VOWEL_SHARE[0] < share < VOWEL_SHARE[1]:
        raise ScannedFileError(_GARBAGE)
