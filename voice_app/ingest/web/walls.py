"""What stands in place of an article: consent, payment, log-in, checks for machines, shells, errors. Pure.

An article that talks of these things is no wall, so a page is one only when next to nothing is left of it without the
sentences that say so, or when it says itself that the rest is not there. Refusing an article is worse than a wall that
gets through, as a person hears what it is at once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from voice_app.ingest.web import wall_words
from voice_app.ingest.web.article import MAX_LINK_SHARE
from voice_app.ingest.web.page import blocks_of
from voice_app.ingest.web.places import BYLINE, Places
from voice_app.ingest.web.reasons import LINKS
from voice_app.ingest.web.refusals import Wall, refusal, reserves
from voice_app.ingest.web.tree import page_of
from voice_app.ingest.web.wall_words import Words
from voice_app.model import Block, BlockKind, Document, Source, Treatment

_BY_WORDS: tuple[tuple[Wall, Words], ...] = (
    (Wall.BOT_CHECK, wall_words.BOT_CHECK),
    (Wall.REGION, wall_words.REGION),
    (Wall.MAINTENANCE, wall_words.MAINTENANCE),
    (Wall.LOGIN, wall_words.LOGIN),
    (Wall.ERROR, wall_words.ERROR),
)
MAX_WALL_WORDS = 600  # no wall says more
NOTICE_WORDS = 30
TITLED_REST_WORDS = 20
CHECK_REST_WORDS = 40  # what checks are called, hardly anything else is
REST_WORDS = 12
LOOSE_TITLED_REST_WORDS = 60
LOOSE_REST_WORDS = 25
CONSENT_WORDS = 350
CONSENT_REST_SHARE = 0.3
SHELL_WORDS = 50
TEASER_WORDS = 120
TEASER_MAX_WORDS = 400
LONG_TEASER_WORDS = 800
NOTE_WORDS = 40
MORE_THAN_SHOWN = 1.5
_PROSE = (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.QUOTE)
_SENTENCE = re.compile(r"(?<=[.!?…:])\s+|\n+")
_QUOTED = re.compile(r"“[^”]{1,300}”|\"[^\"]{1,300}\"|«[^»]{1,300}»|„[^“”]{1,300}[“”]|‘[^’]{8,300}’(?!\w)")
_TITLE_PARTS = re.compile(r"\s+[|–—·•:-]+\s+|:\s+")
_TITLE_END = re.compile(r"[\s.…!?]+$")
_NOT_FREE = re.compile(r"\"isAccessibleForFree\"\s*:\s*\"?(?:https?://schema\.org/)?false\b", re.I)
_WORD_COUNT = re.compile(r"\"wordCount\"\s*:\s*\"?(\d{1,6})\b")
_LOGIN_ADDRESS = re.compile(
    r"/(?:log-?in|sign-?in|sso|auth|account/login|session/new)\b|^(?:login|auth|sso|accounts)\.", re.I
)
_CONSENT_ADDRESS = re.compile(r"^(?:consent|guce|cookiewall)\.|/(?:consent|collectconsent|cookiewall)\b", re.I)
_TELLING = re.compile(rb"isAccessibleForFree|tdm-reservation|noai|\0", re.I)
_TRUNCATED = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class _View:
    """What a visitor sees of a page, and what would be narrated of it."""

    titles: tuple[str, ...]
    texts: tuple[str, ...]
    has_article: bool
    after: tuple[str, ...]
    where: str
    page: Any
    asides: str
    facts: str
    has_password: bool
    has_script: bool

    def words(self) -> int:
        return sum(len(text.split()) for text in self.texts)

    def says(self, words: Words) -> bool:
        return any(words.phrases.search(_unquoted(text)) for text in (*self.texts, *self.titles))

    def is_titled(self, words: Words) -> bool:
        return any(words.titles.fullmatch(title) for title in self.titles)

    def rest(self, words: Words) -> int:
        """How many words are left without the sentences that say it."""
        sentences = (s for text in self.texts for s in _SENTENCE.split(_unquoted(text)))
        return sum(len(s.split()) for s in sentences if not words.phrases.search(s))


def refuse(source: Source, document: Document | None) -> None:
    """Refuse a page from the web that shows something else in place of its article. Raises WallError.

    `document` is what was read out of it, None when nothing was.
    """
    if document is not None and _is_long(document) and not _TELLING.search(source.body):
        return
    wall = seen(page_of(source), document, source.origin)
    if wall is not None:
        raise refusal(wall, source.origin)


def _is_long(document: Document) -> bool:
    """Whether more of an article is there than any wall or teaser leaves, so that only its facts can say so."""
    return sum(len(block.text.split()) for block in document.kept if block.kind in _PROSE) >= LONG_TEASER_WORDS


def seen(page: Any, document: Document | None, address: str) -> Wall | None:
    """What stands in place of the article; None for an article that is all there."""
    if reserves(robots=_meta(page, "robots"), tdm=_meta(page, "tdm-reservation")):
        return Wall.RESERVED
    view = _view(page, document, address)
    if view.words() <= MAX_WALL_WORDS:
        for wall, words in _BY_WORDS:
            if _is_wall(view, words, wall):
                return wall
        if _asks_for_consent(view):
            return Wall.CONSENT
    if _is_teaser(view):
        return Wall.PAYWALL
    return Wall.SHELL if _is_shell(view) else None


def _is_wall(view: _View, words: Words, wall: Wall) -> bool:
    """Whether the page is little more than what a wall of this kind says.

    Where an article was found, it takes more to say so than where there is none to be lost.
    """
    is_titled, says, rest = view.is_titled(words), view.says(words), view.rest(words)
    is_short = view.words() <= NOTICE_WORDS
    if wall is Wall.LOGIN:
        says = says and is_short
        is_titled = is_titled and (says or view.has_password or _LOGIN_ADDRESS.search(view.where) is not None)
    if not view.has_article:
        return (is_titled and rest < LOOSE_TITLED_REST_WORDS) or (says and rest < LOOSE_REST_WORDS)
    most = CHECK_REST_WORDS if wall is Wall.BOT_CHECK else TITLED_REST_WORDS
    return (is_titled and (says or is_short) and rest < most) or (says and is_short and rest < REST_WORDS)


def _asks_for_consent(view: _View) -> bool:
    words = wall_words.CONSENT
    if view.words() > CONSENT_WORDS or not view.says(words):
        return False
    sentences = [sentence for text in view.texts for sentence in _SENTENCE.split(_unquoted(text))]
    others = sum(len(sentence.split()) for sentence in sentences if not wall_words.CONSENT_TALK.search(sentence))
    is_asking = (
        view.is_titled(words)
        or _CONSENT_ADDRESS.search(view.where) is not None
        or any(wall_words.ACCEPT.fullmatch(_label(element)) for element in view.page.iter("button", "a", "input"))
    )
    return is_asking and others < max(REST_WORDS, view.words() * CONSENT_REST_SHARE)


def _is_teaser(view: _View) -> bool:
    """Whether the page says that it holds only the beginning: in its facts, or in a note where the text ends."""
    shown = view.words()
    titles = view.titles if shown < TEASER_WORDS else ()
    notes = [text for text in (*titles, *view.after, *view.texts[-2:]) if len(text.split()) <= NOTE_WORDS]
    says = any(wall_words.PAYWALL.match(part) for note in notes for part in _SENTENCE.split(_unquoted(note)))
    counted = _WORD_COUNT.search(view.facts)
    is_more = counted is not None and int(counted.group(1)) > shown * MORE_THAN_SHOWN
    if not _NOT_FREE.search(view.facts):
        return says and shown < LONG_TEASER_WORDS
    is_cut = any(_TRUNCATED.search(text) for text in view.texts[-1:])
    is_all = counted is not None and not is_more
    return (
        is_more
        or (shown < TEASER_WORDS and not is_all)
        or (says and shown < LONG_TEASER_WORDS)
        or (is_cut and shown < TEASER_MAX_WORDS)
    )


def _is_shell(view: _View) -> bool:
    if view.has_article:
        return view.says(wall_words.SHELL) and view.rest(wall_words.SHELL) < LOOSE_REST_WORDS
    return view.words() < SHELL_WORDS and (view.has_script or wall_words.SHELL.phrases.search(view.asides) is not None)


def _view(page: Any, document: Document | None, address: str) -> _View:
    blocks = document.blocks if document else _lean(page)
    texts, after = _parted(blocks)
    parts = urlsplit(address)
    head = page.find(".//head/title")
    headings = [block.text for block in blocks if block.kind is BlockKind.HEADING and block.level <= 2]
    whole = str(head.text_content()) if head is not None else ""
    return _View(
        titles=tuple(_TITLE_END.sub("", title.strip()) for title in (whole, *_TITLE_PARTS.split(whole), *headings)),
        texts=texts,
        after=after,
        has_article=document is not None,
        where=f"{parts.netloc}{parts.path}",
        page=page,
        asides=" ".join(str(e.text_content()) for e in page.iter("noscript")),
        facts=" ".join(e.text or "" for e in page.iter("script") if e.get("type") == "application/ld+json"),
        has_password=any(e.get("type") == "password" for e in page.iter("input")),
        has_script=next(page.iter("script"), None) is not None,
    )


def _lean(page: Any) -> tuple[Block, ...]:
    """What a visitor sees of a page without an article, but for its menus and the like."""
    body = page.find("body")
    found = blocks_of(body) if body is not None else []
    places = Places(found, [len(one.block.text.split()) for one in found]).of
    return tuple(
        one.block
        for one, place in zip(found, places, strict=True)
        if one.link_share <= MAX_LINK_SHARE and place.reason in ("", BYLINE)
    )


def _parted(blocks: Sequence[Block]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The prose that is kept, and what comes after it on the page but for links to other articles."""
    kept = [i for i, b in enumerate(blocks) if b.treatment is not Treatment.SKIPPED and b.kind in _PROSE]
    end = kept[-1] + 1 if kept else 0
    return tuple(blocks[i].text for i in kept), tuple(b.text for b in blocks[end:] if b.reason != LINKS)


def _label(element: Any) -> str:
    return " ".join(str(element.text_content() or element.get("value") or "").split())


def _unquoted(text: str) -> str:
    """A text without what it quotes: an article cites the words that a wall says itself."""
    return _QUOTED.sub(" ", text)


def _meta(page: Any, name: str) -> str:
    found = (e.get("content") or "" for e in page.iter("meta") if (e.get("name") or "").lower() == name)
    return ",".join(found)
