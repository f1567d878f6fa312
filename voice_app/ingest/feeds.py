"""Feeds -> their entries: RSS and Atom through feedparser, JSON Feed by its own specification; OPML -> addresses.

feedparser opens nothing here: it gets bytes that the fetcher brought, as a stream, since it takes a string for a name.
"""

from __future__ import annotations

import io
import json
import re
from datetime import date
from typing import Any
from urllib.parse import urljoin, urlsplit

from voice_app.errors import DamagedFileError, NoArticleError
from voice_app.ingest.decode import text_of
from voice_app.model import FeedEntry, FeedPage, Source

MAX_ENTRIES = 500
MAX_FEEDS = 500
MAX_KEY_CHARS = 500
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
        entries=tuple(entries[:MAX_ENTRIES]),
        address=source.origin,
        language=language,
        etag=source.etag,
        last_modified=source.last_modified,
    )


def linked_feeds(source: Source) -> tuple[str, ...]:
    """The feeds that a web page names as its own, the first one first."""
    import lxml.html
    from lxml.etree import ParserError

    try:
        page = lxml.html.document_fromstring(text_of(source).encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    except (ParserError, ValueError):
        return ()
    links = (
        urljoin(source.origin, link.get("href", "").strip())
        for link in page.iter("link")
        if "alternate" in (link.get("rel") or "").lower().split() and (link.get("type") or "").lower() in FEED_TYPES
    )
    return tuple(dict.fromkeys(link for link in links if link.startswith(("http://", "https://"))))


def outline(source: Source) -> tuple[tuple[str, str], ...]:
    """(title, address) of each feed in an OPML list, each address once. Raises DamagedFileError, NoArticleError."""
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
    return tuple((title, address) for address, title in list(found.items())[:MAX_FEEDS])


# -- RSS and Atom -------------------------------------------------------------------------------


def _xml_feed(source: Source) -> tuple[str, str | None, list[FeedEntry]]:
    import feedparser

    headers = {"content-location": source.origin if "://" in source.origin else ""}
    if source.charset:
        headers["content-type"] = f"{source.media_type or 'application/xml'}; charset={source.charset}"
    found = feedparser.parse(io.BytesIO(source.body), response_headers=headers, sanitize_html=True)
    if found.bozo and not found.entries:
        raise DamagedFileError("The feed is damaged or not complete.", todo="Try it again later.")
    declared = _XML_LANGUAGE.search(source.body[:5000])
    language = _text(found.feed, "language") or (declared.group(1).decode() if declared else None)
    entries = [_xml_entry(entry) for entry in found.entries[:MAX_ENTRIES]]
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
        published=date(*when[:3]) if when else None,
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
    plain = "".join(f"<p>{_escaped(part)}</p>" for part in _text(item, "content_text").split("\n\n") if part.strip())
    authors = item.get("authors") or feed.get("authors") or [item.get("author") or feed.get("author")]
    names = [_text(one, "name") for one in authors if isinstance(one, dict)] if isinstance(authors, list) else []
    tags = item.get("tags")
    key = item.get("id")
    return FeedEntry(
        key=_key(str(key) if isinstance(key, str | int | float) else address or _text(item, "title")),
        title=_clean(_text(item, "title")),
        address=address,
        html=_text(item, "content_html") or plain or _text(item, "summary"),
        byline=", ".join(filter(None, map(_clean, names))) or None,
        published=_day(_text(item, "date_published") or _text(item, "date_modified")),
        topics=tuple(_clean(tag) for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else (),
    )


def _text(thing: Any, name: str) -> str:
    value = thing.get(name) if isinstance(thing, dict) else None
    return value if isinstance(value, str) else ""


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _clean(text: str) -> str:
    """A title as plain text: feeds put mark-up and entities into it."""
    import html

    return " ".join(html.unescape(_TAG.sub("", text)).split())


def _http(address: str) -> str | None:
    return address.strip() if address.strip().lower().startswith(("http://", "https://")) else None


def _key(text: str) -> str:
    return text.strip()[:MAX_KEY_CHARS]
