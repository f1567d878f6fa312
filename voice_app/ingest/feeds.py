"""Feeds -> their entries: RSS and Atom through feedparser, JSON Feed by its own specification; OPML -> addresses.

feedparser opens nothing here: it gets bytes that the fetcher brought, as a stream, since it takes a string for a name.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Sequence
from datetime import date
from html import escape, unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

from voice_app.errors import DamagedFileError, NoArticleError, TooLargeError
from voice_app.ingest.days import DATE_CHARS, day_in
from voice_app.ingest.decode import text_of
from voice_app.ingest.markup import tree_of
from voice_app.model import FeedEntry, FeedPage, Source

MAX_ENTRIES = 500
MAX_FEEDS = 500
MAX_KEY_CHARS = 500
MAX_TITLE_CHARS = 300
_FAULTS = (ValueError, LookupError, TypeError, AttributeError, RecursionError, AssertionError)  # of feedparser
_UNREAL = re.compile("[\ud800-\udfff]")  # half characters: JSON can spell them, nothing can store them
_TAG = re.compile(r"<[^>]*>")
_XML_LANGUAGE = re.compile(rb"<(?:rss|feed|rdf:RDF)\b[^>]{0,2000}?\bxml:lang=[\"']([A-Za-z-]{2,20})", re.S)
FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json")


def feed_page(source: Source) -> FeedPage:
    """The feed in these bytes. Raises NoArticleError, DamagedFileError, UnreadableTextError."""
    title, language, entries = _json_feed(source) if _is_json(source) else _xml_feed(source)
    if not entries and not title:
        raise NoArticleError("This is no feed, or an empty one.", todo="Check its address in a browser.")
    return FeedPage(
        title=title or (urlsplit(source.origin).hostname or source.origin),
        entries=tuple(_newest_first(entries)[:MAX_ENTRIES]),
        address=source.origin,
        language=language,
        etag=source.etag,
        last_modified=source.last_modified,
    )


def _newest_first(entries: list[FeedEntry]) -> list[FeedEntry]:
    """By their days when all have one; else as they stand, which in nearly every feed is the same."""
    days = [entry.published for entry in entries if entry.published]
    if len(days) < len(entries):
        return entries
    return sorted(entries, key=lambda entry: entry.published or date.min, reverse=True)


def linked_feeds(source: Source) -> tuple[str, ...]:
    """The feeds that a web page names as its own, the first one first."""
    page = tree_of(text_of(source))
    if page is None:
        return ()
    links = (
        urljoin(source.origin, link.get("href", "").strip())
        for link in page.iter("link")
        if "alternate" in (link.get("rel") or "").lower().split() and (link.get("type") or "").lower() in FEED_TYPES
    )
    return tuple(dict.fromkeys(link for link in links if link.startswith(("http://", "https://"))))


def outline(source: Source) -> tuple[tuple[str, str], ...]:
    """(title, address) of each feed in an OPML list, each address once. Raises DamagedFileError, NoArticleError,
    TooLargeError."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(source.body, parser)
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise DamagedFileError from problem
    found: dict[str, str] = {}
    for line in root.iter("outline") if root is not None else ():
        address = (line.get("xmlUrl") or line.get("xmlurl") or "").strip()
        if address.startswith(("http://", "https://")):
            found.setdefault(address, _clean(line.get("title") or line.get("text") or address))
    if not found:
        raise NoArticleError("There are no feeds in this list.", todo="Export the list of your feeds as OPML again.")
    if len(found) > MAX_FEEDS:
        raise TooLargeError(f"There are more than {MAX_FEEDS} feeds in this list.", todo="Split it into several lists.")
    return tuple((title, address) for address, title in found.items())


# -- RSS and Atom -------------------------------------------------------------------------------


def _xml_feed(source: Source) -> tuple[str, str | None, list[FeedEntry]]:
    import feedparser

    headers = {"content-location": source.origin if "://" in source.origin else ""}
    if source.charset:
        headers["content-type"] = f"{source.media_type or 'application/xml'}; charset={source.charset}"
    try:
        found = feedparser.parse(io.BytesIO(source.body), response_headers=headers, sanitize_html=True)
    except _FAULTS as problem:  # such as an encoding that does not exist
        raise DamagedFileError("The feed is damaged or not complete.", todo="Try it again later.") from problem
    if found.bozo and not found.entries:
        raise DamagedFileError("The feed is damaged or not complete.", todo="Try it again later.")
    declared = _XML_LANGUAGE.search(source.body[:5000])
    language = _text(found.feed, "language") or (declared.group(1).decode() if declared else None)
    entries = [_xml_entry(entry) for entry in found.entries]
    return _clean(_text(found.feed, "title")), language, [entry for entry in entries if entry.key]


def _xml_entry(entry: Any) -> FeedEntry:
    tags = (_clean(_text(tag, "label") or _text(tag, "term")) for tag in entry.get("tags", []))
    bodies = [_text(part, "value") for part in entry.get("content", [])] + [_text(entry, "summary")]
    when = next((entry[name] for name in ("published_parsed", "updated_parsed") if name in entry), None)
    address, title = _http(_text(entry, "link")), _clean(_text(entry, "title"))
    return FeedEntry(
        key=_key(_text(entry, "id") or address or title),
        title=title,
        address=address,
        html=max(bodies, key=len),
        byline=_clean(_text(entry, "author")) or None,
        published=_date(when) if when else None,
        topics=tuple(tag for tag in tags if tag),
    )


# -- JSON Feed 1.1, https://www.jsonfeed.org/version/1.1/ ----------------------------------------


def _is_json(source: Source) -> bool:
    return source.body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def _json_feed(source: Source) -> tuple[str, str | None, list[FeedEntry]]:
    try:
        feed = json.loads(text_of(source))
    except (ValueError, RecursionError) as problem:
        raise DamagedFileError("The feed is damaged or not complete.", todo="Try it again later.") from problem
    items = feed.get("items") if isinstance(feed, dict) else None
    entries = [_json_entry(item, feed) for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    return _clean(_text(feed, "title")), _text(feed, "language") or None, [entry for entry in entries if entry.key]


def _json_entry(item: dict[str, Any], feed: dict[str, Any]) -> FeedEntry:
    address = _http(_text(item, "url") or _text(item, "external_url"))
    parts = _text(item, "content_text").split("\n\n")
    plain = "".join(f"<p>{escape(part, quote=False)}</p>" for part in parts if part.strip())
    authors = item.get("authors") or feed.get("authors") or [item.get("author") or feed.get("author")]
    names = [_text(one, "name") for one in authors if isinstance(one, dict)] if isinstance(authors, list) else []
    tags = item.get("tags")
    key = item.get("id")
    return FeedEntry(
        key=_key(_whole(str(key)) if isinstance(key, str | int | float) else address or _text(item, "title")),
        title=_clean(_text(item, "title")),
        address=address,
        html=_text(item, "content_html") or plain or _text(item, "summary"),
        byline=", ".join(filter(None, map(_clean, names))) or None,
        published=day_in((_text(item, "date_published") or _text(item, "date_modified"))[:DATE_CHARS]),
        topics=tuple(_clean(tag) for tag in map(_whole, tags) if tag) if isinstance(tags, list) else (),
    )


def _text(thing: Any, name: str) -> str:
    return _whole(thing.get(name) if isinstance(thing, dict) else None)


def _whole(value: Any) -> str:
    """The text without half characters; empty when it is none."""
    return _UNREAL.sub("\ufffd", value) if isinstance(value, str) else ""


def _date(when: Sequence[int]) -> date | None:
    """Without a date, some programs write 0000-00-00, and feedparser makes a day of the year before the first of it."""
    try:
        return date(*when[:3])
    except ValueError:
        return None


def _clean(text: str) -> str:
    """A title as plain text: feeds put mark-up and entities into it."""
    return " ".join(unescape(_TAG.sub("", text)).split())[:MAX_TITLE_CHARS]


def _http(address: str) -> str | None:
    return address.strip() if address.strip().lower().startswith(("http://", "https://")) else None


def _key(text: str) -> str:
    return text.strip()[:MAX_KEY_CHARS]
