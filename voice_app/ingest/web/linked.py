"""JSON-LD: what a page tells machines about its article."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

MAX_JSON_CHARS = 1_000_000
MAX_DEPTH = 8
_ARTICLE = re.compile(r"Article|BlogPosting|Report$|Recipe|HowTo|Posting$|Review$|Question$", re.I)
_PAGE = re.compile(r"WebPage|CreativeWork|FAQPage|QAPage", re.I)
_SPACE = re.compile(r"\s+")
_TAG = re.compile(r"<[^>]{1,200}>")


class Linked:
    """The item that is the page's article, with references to other items followed."""

    def __init__(self, page: Any) -> None:
        self._items = list(_items(page))
        self._by_id = {str(i["@id"]): i for i in self._items if "@id" in i and len(i) > 2}
        self._item = self._best()

    def _best(self) -> dict[str, Any]:
        for pattern in (_ARTICLE, _PAGE):
            for item in self._items:
                if any(pattern.search(name) for name in _types(item)):
                    return item
        return {}

    def text(self, name: str) -> str:
        return clean(self._item.get(name))

    def names(self, *names: str) -> list[str]:
        """The names of the people or bodies that a property gives, as text, object or list of them."""
        return [name for key in names for name in self._named(self._item.get(key))]

    def _named(self, value: Any, depth: int = 0) -> Iterator[str]:
        if depth > MAX_DEPTH:
            return
        if isinstance(value, list):
            for one in value:
                yield from self._named(one, depth + 1)
        elif isinstance(value, dict):
            known = self._by_id.get(str(value.get("@id")), {})
            yield from self._named(value.get("name") or known.get("name"), depth + 1)
        elif text := clean(value):
            yield text

    def site(self) -> str:
        """The publisher's name, or that of the web site."""
        sites = [i for i in self._items if "WebSite" in _types(i)]
        names = self.names("publisher") or [n for i in sites for n in self._named(i.get("name"))]
        return next(iter(names), "")

    def image(self) -> str:
        """The first image's address."""
        value = self._item.get("image")
        for _ in range(MAX_DEPTH):
            if isinstance(value, list):
                value = next(iter(value), None)
            elif isinstance(value, dict):
                value = (
                    value.get("url") or value.get("contentUrl") or self._by_id.get(str(value.get("@id")), {}).get("url")
                )
            else:
                break
        return clean(value)

    def topics(self) -> list[str]:
        """Keywords and sections, one by one."""
        found: list[str] = []
        for name in ("keywords", "articleSection", "recipeCategory"):
            value = self._item.get(name)
            found += value.split(",") if isinstance(value, str) and name == "keywords" else self._named(value)
        return found


def clean(value: Any) -> str:
    """A text on one line without tags and references; empty for anything else."""
    return _SPACE.sub(" ", _TAG.sub("", unescape(value))).strip() if isinstance(value, str) else ""


def _types(item: dict[str, Any]) -> list[str]:
    told = item.get("@type", [])
    return [str(name) for name in (told if isinstance(told, list) else [told])]


def _items(page: Any) -> Iterator[dict[str, Any]]:
    for script in page.iter("script"):
        text = script.text or ""
        if (script.get("type") or "").split(";")[0].strip().lower() == "application/ld+json" and len(
            text
        ) < MAX_JSON_CHARS:
            text = re.sub(r"^\s*(?:<!--|//<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\]\]>|\]\]>)\s*$", "", text)
            try:
                yield from _objects(json.loads(re.sub(r",\s*(?=[}\]])", "", text), strict=False))
            except (ValueError, RecursionError):
                continue


def _objects(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > MAX_DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            yield from _objects(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        yield from _objects(value.get("@graph", []), depth + 1)
        yield from _objects(value.get("mainEntity", []), depth + 1)
