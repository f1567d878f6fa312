"""Where on a page a block stands: how the elements around it are named, and how much of the text they hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from voice_app.ingest.web.found import Found
from voice_app.ingest.web.named import named

BYLINE = "byline and date"
COMMENTS = "comments"
_NAMES = (
    (re.compile(r"comment|disqus|\breplies\b"), COMMENTS),
    (re.compile(r"cookie|consent|gdpr"), "cookie notice"),
    (re.compile(r"newsletter|subscri|sign-?up|mailing"), "newsletter sign-up"),
    (re.compile(r"\bshar(?:e|ing)\b|social|follow-us"), "share buttons"),
    (re.compile(r"related|recommend|also-like|read-?more|more-(?:on|from|stories)|most-(?:read|popular)"),
     "links to other pages"),
    (re.compile(r"\bads?\b|advert|sponsor|promo"), "advertisement"),
    (re.compile(r"\bsignature\b"), "signature"),
    (re.compile(r"\bhatnote\b|breadcrumb|\bmenu\b|\bnav\b|navbar|navigation|\btoc\b"), "menu"),
    (re.compile(r"sidebar|(?<!elementor-)\bwidget"), "sidebar"),
    (re.compile(r"by-?line|author|post-?profile|\bdateline\b|timestamp|post-meta|entry-meta"), BYLINE),
)  # fmt: skip
_ANY_NAME = re.compile("|".join(pattern.pattern for pattern, _ in _NAMES))  # most elements have none of them
_TAGS = {"nav": "menu", "aside": "sidebar", "form": "form", "dialog": "notice", "address": BYLINE}
_ROLES = {
    "navigation": "menu", "banner": "page header", "contentinfo": "page footer", "complementary": "sidebar",
    "search": "form", "dialog": "notice", "alert": "notice", "alertdialog": "notice",
}  # fmt: skip
_names_content = named(
    r"(?:article|entry|post|story|page)[-_]*(?:body|content|text)|main[-_]?content|content[-_]?body|\bcontent\b|\bprose\b"
)
_names_post = named(
    r"(?:post|message|comment|reply|answer|question|topic)[-_]*(?:body|content|text|inner|entry)\b|\b(?:postbody|cooked|text)\b"
)
_names_caption = named(r"caption|credit")
MOST = 0.5  # what holds more of the page's words than this holds the article, whatever it is called


@dataclass(slots=True)
class Place:
    """An element with blocks in it. `reason` says what it is, or what it stands in, when that is no article."""

    above: Place | None
    reason: str = ""
    in_article: bool = False
    in_main: bool = False
    in_content: bool = False
    is_caption: bool = False
    in_post: bool = False
    signature: tuple[str, ...] = ()
    words: int = 0
    linked: float = 0.0
    sentences: int = 0
    voted: list[int] = field(default_factory=lambda: [0, 0])

    def up(self) -> Iterator[Place]:
        """It and all around it, the nearest first."""
        place: Place | None = self
        while place is not None:
            yield place
            place = place.above


class Places:
    """The places of a page's blocks, each looked at once. On a page that is all talk, comments are no furniture."""

    def __init__(self, found: Sequence[Found], words: Sequence[int], *, is_talk: bool = False) -> None:
        self._is_talk = is_talk
        self._held: dict[Any, int] = {}
        for one, count in zip(found, words, strict=True):
            for element in (one.element, *one.element.iterancestors()):
                self._held[element] = self._held.get(element, 0) + count
        self._total = sum(words)
        self._places: dict[Any, Place] = {}
        self.of = [self._place(one.element) for one in found]

    def _place(self, element: Any) -> Place:
        missing = []
        at = element
        while at is not None and at not in self._places and at.tag not in ("body", "html"):
            missing.append(at)
            at = at.getparent()
        place = self._places.get(at)
        if place is None:
            place = self._places[at] = Place(above=None)
        for one in reversed(missing):
            place = self._places[one] = self._inside(place, one)
        return place

    def _inside(self, above: Place, element: Any) -> Place:
        names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"
        tag = element.tag
        return Place(
            above=above,
            reason=self._furniture(element, names, above) or above.reason,
            in_article=above.in_article or tag == "article",
            in_main=above.in_main or tag == "main",
            in_content=above.in_content or _names_content(names),
            is_caption=above.is_caption or tag == "figcaption" or _names_caption(names),
            in_post=above.in_post or _names_post(names),
            signature=(*above.signature[-3:], f"{tag}.{element.get('class') or ''}"),
        )

    def _furniture(self, element: Any, names: str, above: Place) -> str:
        """What an element is when it is none of the article. What holds most of the page's words is never furniture."""
        if self._held.get(element, 0) > self._total * MOST:
            return ""
        by_tag = "" if _holds_page(element) else _TAGS.get(element.tag)
        told = by_tag or _ROLES.get(element.get("role") or "") or _named(element, names)
        if (told == COMMENTS and self._is_talk) or (element.get("role") == "alert" and above.in_article):
            return ""
        if not told and element.tag in ("header", "footer") and not (above.in_article or above.in_main):
            told = f"page {element.tag}"
        return told


def _holds_page(element: Any) -> bool:
    """Whether it is a form around the whole page, as some systems build it."""
    return element.tag == "form" and next(element.iterdescendants("h1", "h2", "article", "main"), None) is not None


def _named(element: Any, names: str) -> str:
    if not names.strip() or element.tag in ("article", "main"):
        return ""
    told = _reason_in(names)
    if told and next(element.iterdescendants("h1", "article", "main"), None) is not None:
        return ""  # what holds the article is named after what else it holds, as in "content-sidebar"
    return told


@lru_cache(maxsize=4096)
def _reason_in(names: str) -> str:
    small = names.lower()  # a search of small letters is twice as fast as one of either
    if not _ANY_NAME.search(small):
        return ""
    return next((reason for pattern, reason in _NAMES if pattern.search(small)), "")
