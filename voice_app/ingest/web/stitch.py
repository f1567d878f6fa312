"""Several pages of one article -> one page: what the later ones add is laid behind the first one's text."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urldefrag, urljoin

from voice_app.model import Source

MIN_SHARE = 0.85
"""Of a page's prose is in the element that holds the article, when it is one element."""
MAX_DEPTH = 50
MAX_PAGER_WORDS = 8
"""Beside its links, a line of links to other pages says "Page 2 of 5" and hardly more."""
_UNSEEN = ("script", "style", "noscript", "template", "iframe")


def stitched(first: Source, pages: Sequence[tuple[str, Any]], same: Callable[[str], str]) -> Source:
    """The first page as a source that holds the text of all, in order, what repeats on each but once.

    `pages` are addresses with parsed pages, the first of them `first`'s own. `same` makes equal what differs by no
    more than the number of the page. Marks of the version are left out, as they are the first page's alone.
    """
    import lxml.html
    from lxml.etree import Comment

    addresses = {address for address, _ in pages}
    page = pages[0][1]
    home = _holder(page)
    known = set(_runs(page, same))
    _drop_links(home, pages[0][0], addresses)
    for number, (address, other) in enumerate(pages[1:], start=2):
        holder = _holder(other, like=home)
        _drop_links(holder, address, addresses)
        fresh = _fresh(holder, known, same)
        home.append(Comment(f" page {number} "))
        for element in fresh:
            known.update(_runs(element, same))
            _make_own(element, number, address)
            home.append(element)
    html = lxml.html.tostring(page, encoding="utf-8", doctype="<!DOCTYPE html>")
    # the mark outranks what the page says of its encoding, which is the one that it came in
    return replace(first, body=codecs.BOM_UTF8 + html, charset="utf-8", etag=None, last_modified=None)


def _holder(page: Any, *, like: Any = None) -> Any:
    """The element that holds the article: built like another page's, or the deepest with nearly all of its prose."""
    if like is not None:
        twins = [element for element in page.iter(like.tag) if _looks(element) == _looks(like)]
        if twins:
            return max(twins, key=_prose)
    place = _start(page)
    wanted = max(1, _prose(place) * MIN_SHARE)
    for _ in range(MAX_DEPTH):
        inner = next((child for child in place if child.tag != "p" and _prose(child) >= wanted), None)
        if inner is None:
            break
        place = inner
    return place


def _start(page: Any) -> Any:
    """What the page itself says the article is in."""
    named = [e for e in page.iter("*") if "articleBody" in (e.get("itemprop") or "")]
    articles = list(page.iter("article"))
    for places in (named, articles if len(articles) == 1 else [], list(page.iter("main"))):
        if len(places) == 1 and _prose(places[0]):
            return places[0]
    body = page.find("body")
    return page if body is None else body


def _looks(element: Any) -> tuple[str, str]:
    return element.get("class") or "", element.get("itemprop") or ""


def _prose(element: Any) -> int:
    return sum(len(str(p.text_content())) for p in element.iter("p"))


def _runs(element: Any, same: Callable[[str], str]) -> Iterator[str]:
    """What can be told apart in an element: its runs of text, and its pictures."""
    for place in element.iter("*"):
        if place.tag in _UNSEEN:
            continue
        if place.tag == "img":
            yield place.get("src") or ""
        yield same(place.text or "")
        if place is not element:
            yield same(place.tail or "")


def _fresh(holder: Any, known: set[str], same: Callable[[str], str]) -> list[Any]:
    """The parts of a further page without those at its edges that the pages before have too. A title goes anyway."""
    for top in list(holder.iter("h1", *_UNSEEN)):
        if top.tag != "h1" or same(str(top.text_content())) in known:
            top.drop_tree()
    parts = list(_wrapped(holder))
    is_old = [all(not run or run in known for run in _runs(part, same)) for part in parts]
    start = next((i for i, old in enumerate(is_old) if not old), len(parts))
    end = next((i + 1 for i in range(len(parts) - 1, -1, -1) if not is_old[i]), start)
    return parts[start:end]


def _wrapped(holder: Any) -> Iterator[Any]:
    """The children, with text between them in paragraphs of its own."""
    from lxml.html import Element

    for text, child in ((holder.text, None), *((child.tail, child) for child in list(holder))):
        if child is not None:
            child.tail = None
            yield child
        if text and text.strip():
            loose = Element("p")
            loose.text = text
            yield loose


def _drop_links(holder: Any, own: str, addresses: set[str]) -> None:
    """Take out the lines of links to the article's other pages."""
    for link in list(holder.iter("a")):
        target = urldefrag(urljoin(own, link.get("href") or "")).url
        if target == own or target not in addresses or not _is_below(link, holder):
            continue
        place = link
        while place.getparent() is not None and place.getparent() is not holder and _is_links(place.getparent()):
            place = place.getparent()
        if _is_links(place):
            place.drop_tree()


def _is_below(element: Any, holder: Any) -> bool:
    return any(place is holder for place in element.iterancestors())


def _is_links(element: Any) -> bool:
    """Whether it is links and next to no other words. A link in a sentence stays."""
    if element.tag == "a":
        parent = element.getparent()
        return parent is None or _is_links(parent) or not (parent.text or element.tail or "").strip()
    whole = len(str(element.text_content()).split())
    return whole - sum(len(str(link.text_content()).split()) for link in element.iter("a")) <= MAX_PAGER_WORDS


def _make_own(element: Any, number: int, address: str) -> None:
    """Keep names that two pages use apart, and links right that count from their page."""
    for place in element.iter("*"):
        for name in ("id", "name"):
            if place.get(name):
                place.set(name, f"page-{number}-{place.get(name)}")
        target = place.get("href") or ""
        if target.startswith("#"):
            place.set("href", f"#page-{number}-{target[1:]}")
        elif target:
            place.set("href", urljoin(address, target))
        if place.get("src"):
            place.set("src", urljoin(address, place.get("src")))
