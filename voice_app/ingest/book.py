"""A book as Project Gutenberg gives it: what stands around it, its facts, and the list of its contents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from voice_app.ingest.article import dropped, key
from voice_app.ingest.headings import CHAPTER, PART, rank_of
from voice_app.model import Block, BlockKind, Treatment

HEADER, LICENCE, CONTENTS, MADE_BY = "the archive's header", "the archive's licence", "contents", "who made the file"
_START = re.compile(
    r"^\s*\*{3}\s?START OF (?:THE|THIS) PROJECT GUTENBERG.*(?:\n(?!\s*\n).*)*?\*{3}[ \t]*$", re.M | re.I
)
_END = re.compile(
    r"^\s*(?:\*{3}\s?END OF (?:THE|THIS) PROJECT GUTENBERG|End of (?:the )?Project Gutenberg(?:'s|’s)? ).*$",
    re.M | re.I,
)
_FACT = re.compile(r"^(Title|Author|Language|Translator|Editor): +(\S.*(?:\n +\S.*)*)", re.M)
_MADE_BY = re.compile(r"(?:E-?text )?(?:produced|prepared|transcribed) by\b|transcriber['’]s notes?\b", re.I)
_CONTENTS = re.compile(
    r"(?:table of )?contents:?|inhalt(?:sverzeichnis)?|table des mati[èe]res|sommaire|[íi]ndice|indice|inhoud", re.I
)
_LEADER = re.compile(r"(?:\s*\.){3,}\s*\d*$|\s{2,}\d{1,4}$")
_NUMBER = re.compile(
    r"^(?:(?:chapter|book|part|kapitel|teil|chapitre|livre|partie|cap[ií]tulo|capitolo|parte)\s+)?"
    r"(?:[IVXLC]{1,8}|\d{1,3})\b[.:)]?\s*[-–—]*\s*",
    re.I,
)
_LANGUAGES = {
    "english": "en", "german": "de", "french": "fr", "spanish": "es", "italian": "it", "dutch": "nl",
    "portuguese": "pt", "finnish": "fi", "swedish": "sv", "danish": "da", "latin": "la", "polish": "pl",
    "chinese": "zh", "japanese": "ja", "greek": "el", "hungarian": "hu", "russian": "ru", "catalan": "ca",
}  # fmt: skip
MAX_FRONT_CHARS = 30_000
MIN_ENTRIES = 2
MAX_ENTRIES = 400
MAX_ENTRY_WORDS = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """The text of a book, and what stood before and behind it."""

    text: str
    before: str = ""
    behind: str = ""
    title: str = ""
    author: str | None = None
    language: str | None = None


def book_of(text: str) -> Book | None:
    """The book in a file of Project Gutenberg; None when it is no such file."""
    start = _START.search(text[:MAX_FRONT_CHARS])
    if start is None:
        return None
    end = _END.search(text, start.end())
    cut = end.start() if end else len(text)
    facts = {name: " ".join(value.split()) for name, value in _FACT.findall(text[: start.end()])}
    return Book(
        text=text[start.end() : cut],
        before=text[: start.end()],
        behind=text[cut:],
        title=facts.get("Title", ""),
        author=facts.get("Author"),
        language=_LANGUAGES.get(facts.get("Language", "").lower()),
    )


def left_out(texts: Sequence[str]) -> dict[int, str]:
    """The places of the paragraphs before the first chapter that are no text: the contents, and who made the file."""
    found = {n: MADE_BY for n, text in enumerate(texts[:8]) if _MADE_BY.match(text) and len(text) < 400}
    start = next((n for n, text in enumerate(texts[:200]) if _CONTENTS.fullmatch(text.strip(" ._*"))), None)
    if start is None:
        return found
    end = _end_of_contents(texts, start + 1)
    return found | (dict.fromkeys(range(start, end), CONTENTS) if end - start > MIN_ENTRIES else {})


def _end_of_contents(texts: Sequence[str], start: int) -> int:
    """Contents end where an entry comes again over its chapter, or where other chapters begin than they named."""
    seen: set[str] = set()
    first = ""
    for n, text in enumerate(texts[start : start + MAX_ENTRIES], start=start):
        entry = _LEADER.sub("", text.strip())
        if len(entry.split()) > MAX_ENTRY_WORDS:
            return start  # prose before an entry has come again
        rank = rank_of(entry)
        keys = {key(entry), key(_NUMBER.sub("", entry))} - {""}
        if seen & keys or (n > start + 1 and rank in (PART, CHAPTER) and rank_of(first) != rank):
            return n
        first = first or entry
        seen |= keys
        number = _NUMBER.match(entry)
        seen |= {key(number.group())} if number and rank in (PART, CHAPTER) else set()
    return start


def outer(text: str, reason: str) -> list[Block]:
    """What stands around a book, as blocks that are left out."""
    parts = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text)]
    return [Block(kind=BlockKind.PARAGRAPH, text=p, treatment=Treatment.SKIPPED, reason=reason) for p in parts if p]


def without_title_page(blocks: Sequence[Block], found: Book) -> list[Block]:
    """Without the title and the author's name where they stand over the text again; the title is read once."""
    names = {key(found.title.split(";")[0].split(" or, ")[0].rstrip(",")): "the title again"}
    names |= {key(found.title): "the title again", key(found.author or ""): "byline and date", "by": "byline and date"}
    names[key(f"by {found.author}")] = "byline and date"
    out = list(blocks)
    texts = [n for n, block in enumerate(out) if block.treatment is Treatment.SAID][:8]
    for n in texts:
        reason = names.get(key(out[n].text))
        if reason and key(out[n].text):
            out[n] = dropped(replace(out[n], kind=BlockKind.PARAGRAPH, level=0), reason)
    return out
