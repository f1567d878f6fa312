"""What a page says about itself: JSON-LD first, then its meta elements, then trafilatura's search for name and date."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from voice_app.ingest.inline import plain

_ARTICLE = re.compile(r"Article|BlogPosting|Report|WebPage|MedicalWebPage|HowTo|Recipe", re.I)
_SUFFIX = re.compile(r"\s+[|\u2013\u2014\u00b7•»:-]\s+[^|\u2013\u2014\u00b7•»]{1,60}$")
_SPACE = re.compile(r"\s+")
MAX_JSON_CHARS = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """`titles` are what the page is called, the best first."""

    titles: tuple[str, ...] = ()
    site: str = ""
    byline: str | None = None
    published: date | None = None
    language: str | None = None
    summary: str | None = None
    image: str | None = None
    canonical: str | None = None


def metadata(page: Any, html: str) -> Metadata:
    """All that is known of the page."""
    linked = next((item for item in _json_ld(page) if _ARTICLE.search(str(item.get("@type", "")))), {})
    site = _meta(page, "og:site_name", "application-name") or ""
    title = page.find(".//head/title")
    whole = _clean(title.text_content()) if title is not None else ""
    named = (_text(linked.get("headline")), _meta(page, "og:title", "twitter:title"), whole)
    return Metadata(
        titles=tuple(dict.fromkeys(_without_site(name, site) for name in named if name)),
        site=site,
        byline=_byline(linked, page) or _guessed(html, "author"),
        published=_day(linked.get("datePublished")) or _published(page) or _day(_guessed(html, "date")),
        language=page.get("lang") or _meta(page, "content-language", "og:locale"),
        summary=_meta(page, "og:description", "description", "twitter:description") or _text(linked.get("description")),
        image=_meta(page, "og:image", "twitter:image"),
        canonical=next((link.get("href") for link in page.iter("link") if link.get("rel") == "canonical"), None),
    )


def _json_ld(page: Any) -> Iterator[dict[str, Any]]:
    for script in page.iter("script"):
        if script.get("type") == "application/ld+json" and len(script.text or "") < MAX_JSON_CHARS:
            try:
                yield from _objects(json.loads(script.text or ""))
            except (ValueError, RecursionError):
                continue


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for item in value:
            yield from _objects(item)
    elif isinstance(value, dict):
        yield value
        yield from _objects(value.get("@graph", []))


def _meta(page: Any, *names: str) -> str | None:
    found: dict[str, str] = {}
    for element in page.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("http-equiv") or ""
        found.setdefault(name.lower(), _clean(element.get("content") or ""))
    return next((found[name] for name in names if found.get(name)), None)


def _byline(linked: dict[str, Any], page: Any) -> str | None:
    given = linked.get("author")
    people = given if isinstance(given, list) else [given]
    names = [_text(p.get("name")) if isinstance(p, dict) else _text(p) for p in people]
    told = ", ".join(dict.fromkeys(name for name in names if name)) or _meta(page, "author", "article:author")
    if not told:
        link = next((a for a in page.iter("a") if "author" in (a.get("rel") or "").split()), None)
        told = plain(link) if link is not None else ""
    return None if not told or told.startswith("http") else re.sub(r"^by\s+", "", told, flags=re.I)


def _published(page: Any) -> date | None:
    told = _day(_meta(page, "article:published_time", "date", "dc.date", "dcterms.date", "publish-date"))
    times = (_day(time.get("datetime")) for time in page.iter("time"))
    return told or next((day for day in times if day), None)


def _guessed(html: str, name: str) -> str | None:
    """What trafilatura finds in the page's own text."""
    found = _search(html)
    return getattr(found, name, None) if found else None


@lru_cache(maxsize=1)
def _search(html: str) -> Any:
    from trafilatura import extract_metadata

    return extract_metadata(html, extensive=False)


def _day(value: Any) -> date | None:
    """The day in an ISO date or time."""
    match = re.match(r"(\d{4})-(\d{2})-(\d{2})", str(value or ""))
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def _without_site(title: str, site: str) -> str:
    """A title without " - The Site" at its end; only when something is left that can be a title."""
    if site and title.endswith(site):
        return title[: -len(site)].rstrip(" |\u2013\u2014\u00b7•»:-") or title
    return title


def base_title(title: str) -> str:
    """A title without its last part, where the site's name often stands."""
    return _SUFFIX.sub("", title)


def _text(value: Any) -> str:
    return _clean(value) if isinstance(value, str) else ""


def _clean(text: str) -> str:
    return _SPACE.sub(" ", text).strip()
