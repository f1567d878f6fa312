"""What a page says about itself: in JSON-LD, in its meta elements, in marked-up parts, and where people read it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from voice_app.ingest.days import DAY, day_in
from voice_app.ingest.web.inline import plain
from voice_app.ingest.web.linked import Linked, clean
from voice_app.ingest.web.named import named

_SUFFIX = re.compile(r"\s+[|\u2013\u2014\u00b7•»:-]\s+[^|\u2013\u2014\u00b7•»]{1,60}$")
_SEPARATOR = " |\u2013\u2014\u00b7•»:-"
_BY = re.compile(
    r"^(?:(?:(?:an? )?(?:written|posted|submitted|reported|story|essay|words|text) )?by|von|par|por|di|door|автор)"
    r"\s*:?\s+",
    re.I,
)
_AFTER_NAME = re.compile(
    r"\s*(?:[|\u00b7•/\u2013\u2014\n]|\s-\s|,?\s(?:published|updated|posted|on|am|le|el|il|vom)\s|,?\s*\d).*$",
    re.I | re.S,
)
_NO_NAME = re.compile(
    r"https?:|www\.|@|\d{2}|^(?:admin(?:istrator)?|author|editor|unknown|guest|anonymous|user|staff)$", re.I
)
_names_byline = named(
    r"(?:^|[\s_-])(?:by-?line|by|autor|author(?:-name|s)?|p-author|post-author|writer|submitted)(?=$|[\s_])"
)
_names_date = named(
    r"(?:^|[\s_-])(?:date|date-header|published|posted-on|submitted|(?:post|entry|article)-meta|dateline|timestamp|"
    r"pub-?date|dt-published)(?=$|[\s_-])"
)
_names_elsewhere = named(
    r"comment|related|sidebar|recommend|(?:site|page|global)-footer|teaser|\bcard|promo|widget-area|reply|author-?(?:bio|box)"
)
_BARE = re.compile(
    r"^(?:[Aa]n? (?:essay|story|report|text) by|[Bb]y|BY|Von|Par|Por|Di)"
    r"(?: (?:[A-ZÀ-Þ][\w.'’-]*|de|van|von|la|di)){2,4}$"
)
_CHANGED = re.compile(r"updated|modified|edited|reviewed|changed")
_CHANGED_ON = re.compile(rf"\b(?:{_CHANGED.pattern})\b(?:\s+on)?\s*:?\s*(?P<day>{DAY.pattern})", re.I)
_CALLED = "descendant-or-self::*[@itemprop or @property]"
MAX_NAME_CHARS = 80
MAX_LINE_CHARS = 1000  # of a name with all the white space around it
MAX_TOPICS = 20
MAX_TOPIC_CHARS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """`titles` are what the page is called, the best first. `image` and `canonical` are as the page has them."""

    titles: tuple[str, ...] = ()
    site: str = ""
    byline: str | None = None
    published: date | None = None
    language: str | None = None
    summary: str | None = None
    image: str | None = None
    canonical: str | None = None
    topics: tuple[str, ...] = ()


def metadata(page: Any) -> Metadata:
    """All that is known of the page."""
    linked = Linked(page)
    meta = _Meta(page)
    whole = page.find(".//head/title")
    head = clean(whole.text_content()) if whole is not None else ""
    named = [linked.text("headline"), meta.first("citation_title", "og:title", "twitter:title"), head]
    site = meta.first("og:site_name") or linked.site() or meta.first("application-name") or _site_in(named, page)
    if not named[0] and not named[1]:
        named[0] = linked.text("name")
    return Metadata(
        titles=tuple(dict.fromkeys(_without_site(name, site) for name in named if name)),
        site=site,
        byline=_byline(linked, meta, page),
        published=_published(linked, meta, page),
        language=_language(page, meta, linked),
        summary=meta.first("og:description", "description", "twitter:description", "dc.description")
        or linked.text("description")
        or None,
        image=meta.first("og:image", "og:image:url", "twitter:image", "twitter:image:src") or linked.image() or None,
        canonical=_link(page, "canonical") or meta.first("og:url") or None,
        topics=_topics(linked, meta, page),
    )


class _Meta:
    """The page's meta elements by name, each with all its values."""

    def __init__(self, page: Any) -> None:
        self._values: dict[str, list[str]] = {}
        for element in page.iter("meta"):
            value = clean(element.get("content") or "")
            for key in ("property", "name", "http-equiv", "itemprop"):
                for name in (element.get(key) or "").lower().split():
                    if value:
                        self._values.setdefault(name, []).append(value)

    def first(self, *names: str) -> str:
        return next((self._values[name][0] for name in names if name in self._values), "")

    def all(self, *names: str) -> list[str]:
        return [value for name in names for value in self._values.get(name, [])]


def _link(page: Any, relation: str) -> str | None:
    links = (link for link in page.iter("link") if relation in (link.get("rel") or "").lower().split())
    return next((link.get("href").strip() for link in links if (link.get("href") or "").strip()), None)


def _language(page: Any, meta: _Meta, linked: Linked) -> str | None:
    """The language of the page, or of the one part that holds its text."""
    holders = [
        page,
        page.find("body"),
        *(found[0] for name in ("main", "article") if len(found := page.findall(f".//{name}")) == 1),
    ]
    told = (e.get("lang") or e.get("xml:lang") for e in holders if e is not None)
    metas = meta.first("content-language", "og:locale", "dc.language", "language") or linked.text("inLanguage")
    return next((language for language in told if language), None) or metas.split(",")[0] or None


def _byline(linked: Linked, meta: _Meta, page: Any) -> str | None:
    choices: tuple[Iterable[str], ...] = (
        linked.names("author", "creator"),
        meta.all("citation_author") or meta.all("author", "article:author", "dc.creator", "parsely-author", "byl"),
        _marked(page, "author"),
        _visible_names(page),
    )
    for choice in choices:
        names = dict.fromkeys(name for told in choice if (name := _name(told)))
        if names:
            return ", ".join(names)
    return None


def _name(told: str | None) -> str | None:
    """A byline without "By" and what follows the name; None for what is no name."""
    whole = clean(told)
    if "://" in whole:
        return None
    text = _AFTER_NAME.sub("", _BY.sub("", whole)).strip(" ,;:»")
    text = text.rstrip(".") if not re.search(r"\b[^\W\d_]\.$|\b(?:Jr|Sr|Ph\.?D|M\.D)\.$", text) else text
    return text if 1 < len(text) <= MAX_NAME_CHARS and not _NO_NAME.search(text) and len(text.split()) <= 10 else None


def _marked(page: Any, name: str) -> list[str]:
    """The texts of the elements that microdata or RDFa call `name`."""
    found = [e for e in page.xpath(_CALLED) if _is_called(e, name) and not _is_elsewhere(e)]
    every = set(found)
    outer = [e for e in found if every.isdisjoint(e.iterancestors())]
    texts = []
    for element in outer:
        inner = next((e for e in element.xpath(_CALLED) if e is not element and _is_called(e, "name")), element)
        texts.append(inner.get("content") or plain(inner))
    return texts


def _is_called(element: Any, name: str) -> bool:
    told = f"{element.get('itemprop') or ''} {element.get('property') or ''}".lower()
    return element.tag != "meta" and any(part.rpartition(":")[2] == name for part in told.split())


def _visible_names(page: Any) -> Iterator[str]:
    """The link to the author, else the first line that calls itself a byline."""
    for link in page.iter("a"):
        if "author" in (link.get("rel") or "").lower().split() and not _is_elsewhere(link) and (name := plain(link)):
            yield name
            return
    for element in page.iter("p", "div", "span", "address", "a", "cite", "li"):
        names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('data-testid') or ''}"
        if _names_byline(names) and not _is_elsewhere(element):
            text = plain(element)
            if _name(text) and (_BY.match(text) or len(text.split()) <= 4):
                yield text
                return
    for element in page.iter("p", "div", "i", "em", "font", "span", "td", "h4", "h5"):
        told = element.text_content() if len(element) <= 2 else ""
        if len(told) < MAX_LINE_CHARS and _BARE.match(text := " ".join(told.split())):
            yield text
            return


def _published(linked: Linked, meta: _Meta, page: Any) -> date | None:
    """The day of publication; where only a last change is told, that day."""
    named = (
        linked.text("datePublished"),
        meta.first("article:published_time", "og:article:published_time", "datepublished"),
        meta.first("citation_publication_date", "citation_date", "dc.date.issued", "dcterms.issued", "dcterms.created"),
        meta.first("date", "dc.date", "dcterms.date", "pubdate", "publish-date", "publishdate", "parsely-pub-date"),
        linked.text("dateCreated") or linked.text("uploadDate"),
    )
    told = next((day for told in (*named, *_visible_days(page)) if (day := day_in(told))), None)
    if told:
        return told
    return day_in(
        linked.text("dateModified") or meta.first("article:modified_time") or _changed_day(page.text_content())
    )


def _changed_day(text: str) -> str:
    small = text.lower()
    found = (_CHANGED_ON.match(small, word.start()) for word in _CHANGED.finditer(small))
    return next((day["day"] for day in found if day), "")


def _visible_days(page: Any) -> Iterator[str]:
    for element in page.xpath(_CALLED):
        if _is_called(element, "datepublished") and not _is_elsewhere(element):
            yield element.get("content") or element.get("datetime") or plain(element)
    for time in page.iter("time"):
        if not _is_elsewhere(time):
            yield time.get("datetime") or plain(time)
    for element in page.iter("p", "div", "span", "li", "dd", "h2", "abbr"):
        if _names_date(element.get("class")) and not _is_elsewhere(element):
            text = (element.tag == "abbr" and element.get("title")) or plain(element)
            if len(text) < MAX_NAME_CHARS:
                yield text


def _is_elsewhere(element: Any) -> bool:
    """Whether it belongs to a comment, a teaser or another part that has its own authors and dates."""
    places = (element, *element.iterancestors())
    return any(
        e.tag in ("nav", "aside") or _names_elsewhere(e.get("class")) for e in places if e.tag not in ("body", "html")
    )


def _topics(linked: Linked, meta: _Meta, page: Any) -> tuple[str, ...]:
    """What the article says that it is about: keywords, sections and tags, each once."""
    told = linked.topics() + meta.all("article:tag", "article:section", "parsely-tags")
    for keywords in meta.all("keywords", "news_keywords"):
        told += keywords.split(",")
    told += [plain(a) for a in page.iter("a") if "tag" in (a.get("rel") or "").lower().split() and not _is_elsewhere(a)]
    names = (clean(name).strip("# ,;") for name in told)
    once = {name.casefold(): name for name in reversed([n for n in names if 1 < len(n) <= MAX_TOPIC_CHARS])}
    return tuple(reversed(once.values()))[:MAX_TOPICS]


def _site_in(named: list[str], page: Any) -> str:
    """The site's name in the head's title, when the rest of it is what the page or its heading is called."""
    *names, head = named
    headings = (e for e in page.iter("h1", "h2", "h3", "div") if e.tag != "div" or e.get("role") == "heading")
    for name in (*names, *(plain(e).rstrip("#\u00b6 ") for e in headings if not _leads_home(e))):
        after = head[len(name) :].strip() if name and head.startswith(name) else ""
        before = head[: -len(name)].strip() if name and head.endswith(name) else ""
        if after and after[0] in _SEPARATOR:
            return after.strip(_SEPARATOR)
        site = before.strip(_SEPARATOR)
        if site and before[-1] in _SEPARATOR and any(plain(e) == site for e in page.iter("a", "h1")):
            return site
    return ""


def _leads_home(heading: Any) -> bool:
    return any((link.get("href") or "#").strip("./") == "" for link in heading.iter("a"))


def _without_site(title: str, site: str) -> str:
    """A title without " - The Site" at its end; only when something is left that can be a title."""
    if site and title.endswith(site):
        return title[: -len(site)].rstrip(_SEPARATOR) or title
    if site and title.startswith(f"{site}:"):
        return title[len(site) :].lstrip(_SEPARATOR) or title
    return title


def base_title(title: str) -> str:
    """A title without its last part, where the site's name often stands."""
    return _SUFFIX.sub("", title)
