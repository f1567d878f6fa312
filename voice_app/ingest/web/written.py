"""Texts in <pre>: what somebody typed, as a letter or an RFC, is text; only what is a program stays code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from voice_app.ingest.text import shapes
from voice_app.ingest.text.lines import chunks_of, joined, word_count
from voice_app.model import Block, BlockKind

MIN_WORDS = 20
MIN_CHUNK_WORDS = 6
MIN_LETTERS = 0.75  # of the signs of prose that are no blanks
MAX_SIGNS = 0.1  # of code for each word
MAX_CODE_LINES = 0.25
_SIGNS = re.compile(r"[{}=<>|$\\;~^]|::|->|\(\)")
_SENTENCE = re.compile(r"[^\W\d_]{2,}[.!?][\"'”’»)]*(?:\s+[\"'“‘«(]*[^\W\d_a-z]|\s*$)|[。！？]")
_LINE = re.compile(  # a remark, an option, a setting, a message of a program
    r"^\s*(?:[#;%$/~]|--?\w|\[[\w.-]+\]\s*$|[\w.-]+\s?=|[a-z][\w.-]*:\s|Usage:)|[{};]\s*$"
)
_CODE = re.compile(
    r"code|highlight|(?:^|[\s-])src(?:[\s-]|$)|prettyprint|syntax|brush:|lang(?:uage)?-|diff|terminal", re.I
)
_VERSE = re.compile(r"(?:^|[\s_-])(?:verse|poem|poetry)(?:$|[\s_-])", re.I)
_MARKED = ("code", "samp", "kbd", "table", "div")


def blocks_in(element: Any, text: str) -> list[Block]:
    """The blocks of a text that stands in <pre>; none for code. Raises TooLargeError."""
    names = f"{element.get('class') or ''} {_around(element)}"
    if _VERSE.search(names):
        return [Block(kind=BlockKind.PARAGRAPH, text=_stanza(lines)) for lines in chunks_of(text)]
    is_code = _CODE.search(names) or next(element.iterdescendants(*_MARKED), None) is not None
    if is_code or not is_prose(text):
        return []
    from voice_app.ingest.text.plain import typed_blocks_of  # what few pages need is not loaded for each

    return typed_blocks_of(text)


def bind(page: Any) -> None:
    """Make one text of those that follow each other, as the pages of an RFC do. Changes the page in place."""
    for first in list(page.iter("pre")):
        if first.getparent() is None:
            continue  # it is bound already
        run = [first, *_following(first)]
        if len(run) > 1 and is_prose("\n\n".join(str(one.text_content()) for one in run)):
            _move(run)


def is_prose(text: str) -> bool:
    """Whether most of its words stand in sentences, with few signs of a program."""
    lines = [line for line in text.split("\n") if line.strip()]
    if sum(1 for line in lines if _LINE.search(line)) > len(lines) * MAX_CODE_LINES:
        return False
    counts = [(word_count(joined(chunk)), _reads(chunk)) for chunk in chunks_of(text)]
    told = sum(count for count, is_told in counts if is_told)
    return told >= MIN_WORDS and told * 2 >= sum(count for count, _ in counts)


def _reads(chunk: Sequence[str]) -> bool:
    text = joined([" ".join(line.split()) for line in chunk])
    words, solid = word_count(text), "".join(text.split())
    if words < MIN_CHUNK_WORDS or not _SENTENCE.search(text) or shapes.code(chunk) is not None:
        return False
    letters = sum(sign.isalpha() for sign in solid)
    return letters >= len(solid) * MIN_LETTERS and len(_SIGNS.findall(text)) <= words * MAX_SIGNS


def _stanza(lines: Sequence[str]) -> str:
    return "\n".join(" ".join(line.split()) for line in lines)


def _around(element: Any) -> str:
    above = element.getparent()
    return "" if above is None or above.tag in ("body", "main", "article") else above.get("class") or ""


def _following(first: Any) -> Iterator[Any]:
    at = first
    while not (at.tail or "").strip() and (at := at.getnext()) is not None and at.tag == "pre":
        yield at


def _move(run: Sequence[Any]) -> None:
    first, *others = run
    for other in others:
        text = f"\n\n{other.text or ''}"
        if len(first):
            first[-1].tail = (first[-1].tail or "") + text
        else:
            first.text = (first.text or "") + text
        first.extend(list(other))
        first.tail = other.tail
        other.getparent().remove(other)
