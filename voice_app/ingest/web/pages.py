"""An article that its site cut into pages: which addresses are its other pages.

Only what is the same article is followed: the same site, the same address but for a number, the same title. So neither
the pages of a list nor the next post of a series are taken for more of an article.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urldefrag, urlencode, urljoin, urlsplit

from voice_app.errors import FetchError, InputError, UnreachableError
from voice_app.ingest.blocks import key
from voice_app.ingest.web.stitch import stitched
from voice_app.ingest.web.tree import page_of
from voice_app.model import Source

MAX_PAGES = 20
MIN_LISTED = 3  # headings that are links to other pages make a list
_GONE = (404, 410)
_WORD = r"(?:page|seite|pagina|página|pag|sida|side|strona|p)"
_PATHS = (
    re.compile(rf"^(?P<stem>.+?)/(?:{_WORD}[-/_]?)?(?P<number>\d{{1,3}})/?$", re.I),
    re.compile(rf"^(?P<stem>.+?)[-_,.](?:{_WORD}[-_]?)?(?P<number>\d{{1,3}})(?P<end>\.\w{{2,5}})$", re.I),
    re.compile(rf"^(?P<stem>.+?)[-_,]{_WORD}[-_]?(?P<number>\d{{1,3}})/?$", re.I),
)
_PARAMETERS = ("page", "pg", "paged", "pagenum", "seite", "pagina", "pag", "sida", "side")
_MARK = re.compile(
    rf"[\s|–—:,(\[-]*\b{_WORD}\.?\s*\d{{1,3}}(?:\s*(?:of|von|de|di|van|sur|av|/)\s*\d{{1,3}})?\s*[)\]]?"
    r"|[\s|–—:,(\[-]*\b\d{1,3}\s*(?:/|of|von)\s*\d{1,3}\s*[)\]]?",
    re.I,
)
_STEP = re.compile(
    r"^\W*(?:next|next page|continue(?: reading)?|weiter|nächste seite|(?:page )?suivante?|(?:página )?siguiente"
    r"|(?:pagina )?successiva|avanti|próxima(?: página)?|(?:página )?seguinte|volgende(?: pagina)?"
    r"|prev(?:ious)?(?: page)?|zurück|vorherige seite|(?:page )?précédente?)\W*$",
    re.I,
)
_LISTS = re.compile(r"\"@type\"\s*:\s*\"(?:CollectionPage|ItemList|SearchResultsPage|Blog)\"")
_COMMENTS = re.compile(r"comment|disqus|replies|review-?list", re.I)


@dataclass(slots=True)
class _Pager:
    """The pages of one thing that a page links to, by number. `is_told`: the page itself says that they follow it."""

    links: dict[int, str] = field(default_factory=dict)
    is_told: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """`keys` are what the address may be a page of, with the page's number."""

    source: Source
    html: Any
    keys: dict[str, int]


def joined(first: Source, get: Callable[[str, int], Source]) -> Source:
    """The article with all its pages; `first` itself when it has no more. Raises InputError.

    `get` fetches a page by its address; the number is how many bytes are known already.
    """
    page = _page(first)
    name, pager = next(((name, one) for name, one in _pagers(page).items() if one.is_told), ("", _Pager()))
    # what has more pages than that is a forum or an archive, of which this one page was asked for
    if not pager.links or max(pager.links) > MAX_PAGES or _is_list(page.html):
        return first
    pages = list(_run(page, name, pager, get))
    if len(pages) < 2:
        return first
    return stitched(pages[0].source, [(one.source.origin, one.html) for one in pages], _base)


def _run(page: _Page, name: str, pager: _Pager, get: Callable[[str, int], Source]) -> Iterator[_Page]:
    """All pages of the article in order, from the first one that can be reached."""
    links, size = dict(pager.links), len(page.source.body)
    if page.keys[name] > 1 and 1 in links and (start := _other(page, name, 1, links[1], get, size)):
        page, size = start, len(start.source.body)
        links |= _pagers(page)[name].links
    yield page
    number = page.keys[name] + 1
    while number in links and number <= MAX_PAGES and (other := _other(page, name, number, links[number], get, size)):
        yield other
        size += len(other.source.body)
        links |= _pagers(other)[name].links
        number += 1


def _other(
    page: _Page, name: str, number: int, address: str, get: Callable[[str, int], Source], size: int
) -> _Page | None:
    """A further page, if it is one of the same article. Raises InputError."""
    try:
        source = get(address, size)
    except FetchError as problem:
        if problem.facts.get("status") in _GONE:
            return None
        if not isinstance(problem, UnreachableError):
            raise
        raise UnreachableError(f"Page {number} of the article could not be fetched.", address=address) from problem
    try:
        other = _page(source)
    except InputError:
        return None  # a picture or a file
    return other if other.keys.get(name) == number and _is_same(page.html, other.html) else None


def _page(source: Source) -> _Page:
    return _Page(source=source, html=page_of(source), keys=dict(_readings(source.origin)))


def _readings(address: str) -> Iterator[tuple[str, int]]:
    """What an address may be a page of: itself, as the first, and all that is left of it without a number."""
    parts = urlsplit(address)
    query = parse_qsl(parts.query, keep_blank_values=True)
    yield _key(parts.netloc, parts.path, query), 1
    for pattern in _PATHS:
        if found := pattern.match(parts.path):
            stem = found["stem"] + (found.groupdict().get("end") or "")
            yield _key(parts.netloc, stem, query), int(found["number"])
    for name, value in query:
        if name.lower() in _PARAMETERS and value.isascii() and value.isdecimal() and len(value) < 4:
            yield _key(parts.netloc, parts.path, [pair for pair in query if pair[0] != name]), int(value)


def _key(host: str, path: str, query: list[tuple[str, str]]) -> str:
    return f"{host.lower()}{path.rstrip('/')}?{urlencode(sorted(query))}"


def _pagers(page: _Page) -> dict[str, _Pager]:
    """The links to other pages of what this page may be a page of."""
    pagers = {name: _Pager() for name in page.keys}
    for link in page.html.iter("a", "link"):
        rel = {"next", "prev"} & set((link.get("rel") or "").lower().split())
        if not link.get("href") or (link.tag == "link" and not rel) or _is_in_comments(link):
            continue
        try:
            address = urldefrag(urljoin(page.source.origin, link.get("href"))).url
            readings = list(_readings(address))
        except ValueError:
            continue
        text = " ".join(str(link.text_content()).split()) or link.get("aria-label") or ""
        for name, number in readings:
            if name in pagers and number != page.keys[name]:
                pagers[name].links.setdefault(number, address)
                is_near = abs(number - page.keys[name]) == 1
                pagers[name].is_told |= is_near and bool(rel or text == str(number) or _STEP.match(text))
    return pagers


def _is_in_comments(element: Any) -> bool:
    return any(_COMMENTS.search(f"{e.get('id') or ''} {e.get('class') or ''}") for e in element.iterancestors())


def _is_same(page: Any, other: Any) -> bool:
    """Whether two pages have the title of one article, but for the number of the page."""
    tops = [{title for title in map(_base, _texts(one, "h1")) if title} for one in (page, other)]
    if all(tops) and not tops[0] & tops[1]:
        return False
    names = [{title for title in map(_base, (*_texts(one, "title"), *_shared(one))) if title} for one in (page, other)]
    return bool(names[0] & names[1])


def _texts(page: Any, tag: str) -> list[str]:
    return [str(element.text_content()) for element in page.iter(tag)]


def _shared(page: Any) -> list[str]:
    return [e.get("content") or "" for e in page.iter("meta") if e.get("property") == "og:title"]


def _base(title: str) -> str:
    return key(_MARK.sub(" ", title))


def _is_list(page: Any) -> bool:
    """Whether it is a list of articles: it says so, or half of its headings lead to other pages."""
    if any(_LISTS.search(e.text or "") for e in page.iter("script") if e.get("type") == "application/ld+json"):
        return True
    headings = list(page.iter("h2", "h3"))
    leading = [h for h in headings if any(not (a.get("href") or "#").startswith("#") for a in h.iter("a"))]
    in_links = [h for h in headings if h.getparent() is not None and h.getparent().tag == "a"]
    listed = len(leading) + len(in_links)
    return listed >= MIN_LISTED and listed * 2 >= len(headings)
