"""Front matter: what stands over a text between `---` (YAML) or `+++` (TOML) lines, as facts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

MAX_CHARS = 50_000
MAX_TOPICS = 30
_YAML = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S | re.M)
_TOML = re.compile(r"\A\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.S | re.M)
_LINE = re.compile(r"^([A-Za-z][\w-]*)[ \t]*:[ \t]*(.*)$", re.M)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\.?\s+(?:of\s+)?([A-Za-z]{3,9})\.?,?\s+(\d{4})")
_MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the front matter says; empty or None where it says nothing."""

    title: str = ""
    byline: str | None = None
    published: date | None = None
    language: str | None = None
    summary: str | None = None
    address: str | None = None
    image: str | None = None
    topics: tuple[str, ...] = ()


def split(text: str) -> tuple[Facts, str]:
    """The facts, and the text without them."""
    for pattern, parsed in ((_YAML, _yaml), (_TOML, _toml)):
        match = pattern.match(text)
        if match and match.end() <= MAX_CHARS:
            return _facts(parsed(match.group(1))), text[match.end() :]
    return Facts(), text


def day(text: str) -> date | None:
    """The day in a text: 2026-02-03, 2026/2/3, 3.2.2026, 3 February 2026, Feb 3rd, 2026. 2/3/2026 says nothing sure."""
    for pattern, order in ((_YEAR_FIRST, "ymd"), (_DOTTED, "dmy"), (_DAY_FIRST, "dmy"), (_MONTH_FIRST, "mdy")):
        match = pattern.search(text)
        if match:
            found = dict(zip(order, match.groups(), strict=True))
            return _date(found["y"], found["m"], found["d"])
    return None


def _date(year: str, month: str, of_month: str) -> date | None:
    try:
        number = int(month) if month.isdecimal() else _MONTHS.index(month[:3].lower()) + 1
        return date(int(year), number, int(of_month))
    except ValueError:
        return None


def _yaml(front: str) -> dict[str, Any]:
    """YAML with every scalar as it is written. What is not quite YAML ("title: Tea: a guide") is read line by line."""
    import yaml

    try:
        found = yaml.load(front, Loader=yaml.BaseLoader)  # noqa: S506 - makes strings, lists and dicts, nothing else
    except (yaml.YAMLError, RecursionError, ValueError):
        return {key: value.strip().strip("\"'") for key, value in _LINE.findall(front)}
    return found if isinstance(found, dict) else {}


def _toml(front: str) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(front)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError):
        return {}


def _facts(found: Mapping[Any, Any]) -> Facts:
    given = {str(key).lower(): value for key, value in found.items()}
    for table in ("extra", "params", "taxonomies"):  # where Zola and Hugo keep what is not theirs
        if isinstance(given.get(table), dict):
            given = {**{str(k).lower(): v for k, v in given[table].items()}, **given}
    return Facts(
        title=_first(given, "title"),
        byline=", ".join(_all(given, "author", "authors", "byline", "creator")) or None,
        published=day(_first(given, "date", "published", "pubdate", "publishdate", "published_at", "created")),
        language=_first(given, "language", "lang", "locale") or None,
        summary=_first(given, "summary", "description", "excerpt", "abstract", "subtitle", "standfirst") or None,
        address=_address(given, "canonical", "canonical_url", "canonicalurl", "source", "url", "link"),
        image=_address(given, "image", "cover", "thumbnail", "hero", "images", "featured_image"),
        topics=tuple(_topics(given)),
    )


def _topics(given: Mapping[str, Any]) -> list[str]:
    names: dict[str, str] = {}
    for key in ("topics", "tags", "categories", "category", "keywords"):
        for text in _all(given, key):
            for name in text.split(",") if isinstance(given[key], str) else [text]:
                names.setdefault(name.strip().casefold(), name.strip())
    return [name for name in names.values() if name][:MAX_TOPICS]


def _first(given: Mapping[str, Any], *keys: str) -> str:
    return next((text for key in keys for text in _strings(given.get(key))), "")


def _all(given: Mapping[str, Any], *keys: str) -> list[str]:
    """The texts under the first of the keys that has any."""
    return next((found for key in keys if (found := list(_strings(given.get(key))))), [])


def _address(given: Mapping[str, Any], *keys: str) -> str | None:
    texts = (text for key in keys for text in _strings(given.get(key)))
    return next((text for text in texts if text.startswith(("http://", "https://"))), None)


def _strings(value: Any) -> Iterator[str]:
    """The texts in a value: itself, those of a list, or the name or address in a table."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            lowered = {str(key).lower(): inner for key, inner in item.items()}
            item = next((lowered[key] for key in ("name", "url", "src", "image", "title") if key in lowered), None)
        if item is None or isinstance(item, list | dict):
            continue
        text = " ".join(str(item).split())
        if text and text not in ("null", "~"):
            yield text
