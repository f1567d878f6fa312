"""Why a block of a page is not the article, in words for the receipt."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from voice_app.ingest.page import Found

_NAMES = (
    (re.compile(r"comment|disqus|\breplies\b", re.I), "comments"),
    (re.compile(r"cookie|consent|gdpr", re.I), "cookie notice"),
    (re.compile(r"newsletter|subscri|sign-?up|mailing", re.I), "newsletter sign-up"),
    (re.compile(r"\bshar(?:e|ing)\b|social|follow-us", re.I), "share buttons"),
    (re.compile(r"related|recommend|also-like|read-?more|more-(?:on|from|stories)|most-(?:read|popular)", re.I),
     "links to other pages"),
    (re.compile(r"\bads?\b|advert|sponsor|promo", re.I), "advertisement"),
    (re.compile(r"breadcrumb|\bmenu\b|\bnav\b|navbar|navigation|\btoc\b", re.I), "menu"),
    (re.compile(r"sidebar|\bwidget", re.I), "sidebar"),
    (re.compile(r"by-?line|author|profile|\bdateline\b|timestamp|post-meta|entry-meta", re.I), "byline and date"),
)  # fmt: skip
_TAGS = {"nav": "menu", "aside": "sidebar", "form": "form", "dialog": "notice", "address": "byline and date"}
_ROLES = {
    "navigation": "menu", "banner": "page header", "contentinfo": "page footer", "complementary": "sidebar",
    "search": "form", "dialog": "notice", "alert": "notice", "alertdialog": "notice",
}  # fmt: skip
LINKS = "links to other pages"
OTHER = "not part of the article"
BOILERPLATE = frozenset(
    {"menu", "page header", "page footer", "sidebar", "form", "notice", "comments", "cookie notice", LINKS}
    | {"newsletter sign-up", "share buttons", "advertisement"}
)
_LINK_SHARE = 0.6


def reason_for(found: Found) -> str:
    """The nearest thing around a block that says what it is."""
    place: Any = found.element
    while place is not None and place.tag not in ("body", "html"):
        by_tag = "" if _holds_text(place) else _TAGS.get(place.tag)
        told = by_tag or _ROLES.get(place.get("role") or "") or _named(place)
        if told:
            return told
        if place.tag in ("header", "footer") and not _in_article(place):
            return f"page {place.tag}"
        place = place.getparent()
    return LINKS if found.link_share > _LINK_SHARE else OTHER


def _named(element: Any) -> str:
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    if not names.strip() or element.tag in ("article", "main"):
        return ""
    if next(element.iterdescendants("h1", "article", "main"), None) is not None:
        return ""  # what holds the article is named after what else it holds, as in "content-sidebar"
    return next((reason for pattern, reason in _NAMES if pattern.search(names)), "")


def _holds_text(element: Any) -> bool:
    """Whether it is a form around the whole page, as some systems build it."""
    return element.tag == "form" and next(element.iterdescendants("h1", "h2", "article", "main"), None) is not None


def _in_article(element: Any) -> bool:
    return any(place.tag in ("article", "main") for place in element.iterancestors())
