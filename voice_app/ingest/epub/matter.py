"""What of a book is not its text: cover, title page, contents, copyright, index, other books. Careful: a dedication, an
epigraph or a preface is text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from voice_app.ingest.blocks import dropped, key
from voice_app.ingest.epub.xhtml import TYPE
from voice_app.ingest.headings import is_contents
from voice_app.ingest.text.gutenberg import HEADER, LICENCE
from voice_app.ingest.web.inline import BLOCKS, HEADINGS, plain
from voice_app.model import Block, Treatment

MARK = "data-skip"  # the attribute that holds the reason on what is left out
_TYPES = {
    "cover": "cover", "cover-image": "cover", "frontispiece": "cover",
    "titlepage": "title page", "title-page": "title page", "halftitlepage": "title page", "halftitle": "title page",
    "copyright-page": "copyright page", "copyright": "copyright page", "imprint": "copyright page",
    "colophon": "copyright page",
    "toc": "contents", "toc-brief": "contents", "landmarks": "contents", "page-list": "contents",
    "loi": "contents", "lot": "contents", "loa": "contents", "lov": "contents",
    "doc-toc": "contents", "doc-cover": "cover", "doc-pagelist": "contents", "doc-colophon": "copyright page",
    "index": "index", "doc-index": "index",
}  # fmt: skip
_INDEX = frozenset(map(key, ("index", "register", "stichwortverzeichnis", "sachregister", "general index")))
_RIGHTS = re.compile(r"all rights reserved|alle rechte vorbehalten|tous droits réservés|todos los derechos", re.I)
_EDITION = re.compile(
    r"\bISBN\b|first published|library of congress|cataloging|printed in|copyright\s*©|©\s*\d{4}", re.I
)
_OTHER_BOOKS = re.compile(
    r"(?:also|other (?:books|works|titles)|more (?:books|titles)?|books|novels|titles) (?:by|from)\b.{0,60}"
    r"|(?:get|read|discover) (?:your )?(?:next|more|free).{0,60}"
    r"|(?:join|sign up).{0,40}(?:newsletter|mailing list).{0,40}",
    re.I,
)
_INDEX_LINE = re.compile(r"\D.{0,120}?,\s*\d{1,4}(?:[-–]\d{1,4})?(?:,\s*\d{1,4}(?:[-–]\d{1,4})?)*\.?")
_LICENCE_START = re.compile(r"\*{3}\s*START OF (?:THE|THIS) PROJECT GUTENBERG", re.I)
_LICENCE_END = re.compile(r"\*{3}\s*END OF (?:THE|THIS) PROJECT GUTENBERG|^End of (?:the )?Project Gutenberg", re.I)
MAX_TITLE_WORDS = 45
MAX_RIGHTS_WORDS = 700
MAX_ADVERT_WORDS = 400
EDGE_FILES = 8  # title and copyright pages are among the first files of a book or among its last
MAX_LICENCE_BLOCKS = 100  # what stands before a book of Project Gutenberg
MIN_LINKS = 3
MOSTLY = 0.6


def mark_matter(bodies: Sequence[Any], said: Sequence[str], titles: Iterable[str], people: Iterable[str]) -> None:
    """Write the reason on the files, and the parts of files, that are not the book's text.

    `said` is what landmarks or the guide call each file; `titles` and `people` are what the book says of itself.
    """
    known = [name for name in map(key, (*titles, *people)) if name]
    count = len(bodies)
    for number, body in enumerate(bodies):
        is_edge = number < EDGE_FILES or number >= count - EDGE_FILES
        reason = _by_name(body, said[number]) or _by_text(body, known, is_edge=is_edge, is_late=number > count / 2)
        if reason:
            body.set(MARK, reason)
            continue
        for element in body.iterdescendants("section", "div", "nav", "article", "aside", "ol", "ul"):
            told = _told(element)
            if told and not (told == "cover" and plain(element)):
                element.set(MARK, told)
            elif "pg-boilerplate" in (element.get("class") or ""):
                element.set(MARK, HEADER if "header" in (element.get("class") or "") else LICENCE)


def without_licence(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with what Project Gutenberg puts before and after a book left out."""
    start = next((i for i, b in enumerate(blocks[:MAX_LICENCE_BLOCKS]) if _LICENCE_START.search(b.text)), -1)
    end = next((i for i, b in enumerate(blocks) if i > start and _LICENCE_END.search(b.text)), len(blocks))
    return [
        dropped(block, HEADER if i <= start else LICENCE)
        if not start < i < end and block.treatment is Treatment.SAID
        else block
        for i, block in enumerate(blocks)
    ]


def _text(body: Any) -> str:
    """All the text of a file on one line, without regard to what of it shows."""
    return " ".join(" ".join(body.itertext()).split())


def _told(element: Any) -> str:
    names = f"{element.get(TYPE) or ''} {element.get('role') or ''}".split()
    return next((_TYPES[name] for name in names if name in _TYPES), "")


def _by_name(body: Any, said: str) -> str:
    """What the file says that it is, or what the book says of it, if its text can be that."""
    only = body[0] if len(body) == 1 and not (body.text or "").strip() else None
    told = _told(body) or (_told(only) if only is not None else "")
    if told:
        return told
    told = next((_TYPES[name] for name in said.split() if name in _TYPES), "")
    words = len(_text(body).split())
    if told == "contents":
        return told if _link_share(body) > MOSTLY / 2 else ""
    if told == "index":
        return told
    return told if words <= MAX_RIGHTS_WORDS else ""


def _by_text(body: Any, known: Sequence[str], *, is_edge: bool, is_late: bool) -> str:
    text = _text(body)
    words = len(text.split())
    heading = next((key(plain(element)) for element in body.iter(*HEADINGS)), "")
    line = _first_line(body) if words <= MAX_RIGHTS_WORDS else ""
    first = heading or line
    if is_contents(first) and _link_share(body) > MOSTLY / 2:
        return "contents"
    if is_late and first in _INDEX and (_link_share(body) > MOSTLY / 2 or _is_index(body)):
        return "index"
    if not is_edge:
        return ""
    if words <= MAX_TITLE_WORDS and line in known and _is_title_page(text, known):
        return "title page"
    if words <= MAX_RIGHTS_WORDS and (_RIGHTS.search(text) and _EDITION.search(text)):
        return "copyright page"
    if words <= MAX_ADVERT_WORDS and _is_advert(body):
        return "other books"
    return ""


def _first_line(body: Any) -> str:
    """The key of the first heading or paragraph that says anything."""
    lines = (plain(e) for e in body.iter("p", "div", *HEADINGS) if not any(child.tag in BLOCKS for child in e))
    return key(next((line for line in lines if line), ""))


def _is_title_page(text: str, known: Sequence[str]) -> bool:
    """Only the book's names and what joins them stand there."""
    left = key(text)
    if known[0] not in left:
        return False
    for name in sorted(known, key=len, reverse=True):
        left = left.replace(name, "") if len(name) > 2 else left
    return len(left) <= 60 and not re.search(r"[.!?]\s+[A-Z].*[.!?]$", text)


def _is_advert(body: Any) -> bool:
    heading = next((plain(element) for element in body.iter(*HEADINGS, "p")), "")
    return bool(_OTHER_BOOKS.fullmatch(heading))


def _is_index(body: Any) -> bool:
    lines = [plain(element) for element in body.iter("li", "p", "dt", "dd")]
    lines = [line for line in lines if line]
    return len(lines) >= 5 and sum(bool(_INDEX_LINE.fullmatch(line)) for line in lines) > MOSTLY * len(lines)


def _link_share(body: Any) -> float:
    """The part of the text that is links; 0 when there are next to none."""
    links = [len("".join(a.itertext()).strip()) for a in body.iter("a") if a.get("href")]
    total = sum(len(text.strip()) for text in body.itertext())
    return sum(links) / total if total and len(links) >= MIN_LINKS else 0.0
