"""What an EPUB says of itself: its names, people, day and subjects, as Dublin Core with refinements."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from voice_app.ingest.xml import attribute, local

_SPACE = re.compile(r"\s+")
_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?!\d)")
_UNKNOWN = frozenset({"", "unknown", "unbekannt", "inconnu", "desconocido", "[no data]", "n/a"})
MAX_TOPICS = 20
MAX_SUMMARY_CHARS = 2000
MAX_NAME_CHARS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class BookFacts:
    """`title` has the subtitle; `names` are all that the book is called, `people` all who made it."""

    title: str = ""
    names: tuple[str, ...] = ()
    byline: str | None = None
    people: tuple[str, ...] = ()
    published: date | None = None
    language: str | None = None
    publisher: str | None = None
    topics: tuple[str, ...] = ()
    summary: str | None = None
    source: str | None = None


def facts_of(metadata: Any) -> BookFacts:
    """All that the package's metadata says."""
    if metadata is None:
        return BookFacts()
    elements = [e for e in metadata.iter() if local(e)]
    by_name: dict[str, list[Any]] = {}
    for element in elements:
        by_name.setdefault(local(element).lower(), []).append(element)
    refined = _refinements(by_name.get("meta", []))
    titles = [(refined.get((_id(e), "title-type"), ""), _words(e)) for e in by_name.get("title", []) if _words(e)]
    makers = [(_role(e, refined), _words(e)) for e in by_name.get("creator", []) if _words(e)]
    people = [name for _, name in makers if name.lower() not in _UNKNOWN]
    authors = [name for role, name in makers if role in ("", "aut") and name.lower() not in _UNKNOWN]
    return BookFacts(
        title=_title(titles),
        names=tuple(dict.fromkeys([name for _, name in titles] + [_title(titles)])),
        byline=", ".join(dict.fromkeys(authors or people)) or None,
        people=tuple(people + [_words(e) for n in ("contributor", "publisher") for e in by_name.get(n, [])]),
        published=_published(by_name.get("date", [])),
        language=next((_words(e) for e in by_name.get("language", []) if _words(e)), None),
        publisher=next((_words(e) for e in by_name.get("publisher", []) if _words(e).lower() not in _UNKNOWN), None),
        topics=tuple(dict.fromkeys(_words(e) for e in by_name.get("subject", []) if _words(e)))[:MAX_TOPICS],
        summary=_summary(by_name.get("description", [])),
        source=next((_words(e) for e in by_name.get("source", []) if re.match(r"https?://\S+$", _words(e))), None),
    )


def _refinements(metas: Sequence[Any]) -> dict[tuple[str, str], str]:
    return {
        (attribute(meta, "refines").lstrip("#"), attribute(meta, "property")): _words(meta)
        for meta in metas
        if attribute(meta, "refines")
    }


def _id(element: Any) -> str:
    return attribute(element, "id")


def _role(element: Any, refined: dict[tuple[str, str], str]) -> str:
    return (refined.get((_id(element), "role")) or attribute(element, "role")).strip().lower()


def _title(titles: Sequence[tuple[str, str]]) -> str:
    """The main title, with the subtitle when that is told apart."""
    if not titles:
        return ""
    main = next((name for kind, name in titles if kind == "main"), titles[0][1])
    sub = next((name for kind, name in titles if kind == "subtitle"), "")
    return f"{main}: {sub}" if sub and sub not in main else main


def _published(dates: Sequence[Any]) -> date | None:
    """The day of publication; when only the year or month is known, its first day."""
    events = {attribute(element, "event").lower(): _words(element) for element in reversed(dates)}
    told = events.get("publication") or events.get("original-publication") or events.get("")
    match = _DAY.match(told or "")
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return None


def _summary(descriptions: Sequence[Any]) -> str | None:
    """The description without its HTML, which is often escaped in it."""
    import lxml.html
    from lxml.etree import ParserError

    told = next((text for e in descriptions if (text := _whole(e))), "")
    if re.search(r"<[a-zA-Z/!]|&\w+;", told):
        try:
            page: Any = lxml.html.document_fromstring(f"<div>{told}</div>".encode(), parser=_utf8())
            told = " ".join(page.itertext())
        except (ParserError, ValueError):
            told = re.sub(r"<[^<>]*>", " ", told)
    told = _SPACE.sub(" ", told).strip()
    if len(told) > MAX_SUMMARY_CHARS:
        told = told[:MAX_SUMMARY_CHARS].rsplit(" ", 1)[0] + "…"
    return re.sub(r"\s+([.,;:!?])", r"\1", told) or None


def _utf8() -> Any:
    import lxml.html

    return lxml.html.HTMLParser(encoding="utf-8", no_network=True)


def _whole(element: Any) -> str:
    return "".join(element.itertext()).strip()


def _words(element: Any) -> str:
    return _SPACE.sub(" ", _whole(element)).strip()[:MAX_NAME_CHARS]
