"""HTML: a page from the web with all that stands around the article, or a plain file without."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from voice_app.errors import NoArticleError
from voice_app.ingest.blocks import dropped, key
from voice_app.ingest.headings import short_title, titled
from voice_app.ingest.language import language_of
from voice_app.ingest.web import article
from voice_app.ingest.web.bare import least_words
from voice_app.ingest.web.found import Found
from voice_app.ingest.web.inline import absolute
from voice_app.ingest.web.mended import mend
from voice_app.ingest.web.metadata import Metadata, base_title, metadata
from voice_app.ingest.web.page import blocks_of
from voice_app.ingest.web.rendered import as_shown
from voice_app.ingest.web.thread import is_thread
from voice_app.ingest.web.toplines import without_bottomlines, without_toplines
from voice_app.ingest.web.tree import page_of
from voice_app.model import Block, BlockKind, Document, Source, Treatment

NEAR_TITLE = 6  # blocks below a title among which its summary line stands
_REPLY = re.compile(r"^(?:re|aw|sv|rv):\s*", re.I)


def read(source: Source) -> Document:
    """The article on the page. Raises NoArticleError, UnreadableTextError."""
    page = page_of(source)
    as_shown(page)
    facts = metadata(page)
    address = source.origin if "://" in source.origin else ""
    threaded, least = is_thread(page), least_words(page, is_own=not address)
    mend(page)
    body = page.find("body")
    if body is None:
        raise NoArticleError
    base = _base(page, address)
    blocks = _judged(page, blocks_of(body, base=base), is_thread=threaded, least=least)
    title, blocks = _titled(blocks, facts)
    blocks = without_toplines(_with_standfirst(blocks, facts), facts.byline, facts.site)
    blocks = without_bottomlines(blocks, facts.byline, facts.site)
    language = language_of(facts.language, [block for block in blocks if block.treatment is Treatment.SAID])
    return Document(
        title=title,
        blocks=tuple(replace(b, language=None) if b.language == language else b for b in blocks),
        language=language,
        byline=facts.byline,
        published=facts.published,
        source_url=_canonical(facts.canonical or "", base) or address or None,
        summary=facts.summary,
        image=_web_address(base, facts.image or "") or None,
        site=facts.site or None,
        topics=facts.topics,
    )


def _base(page: Any, address: str) -> str:
    """What the page's addresses are relative to."""
    told = next((e.get("href") for e in page.iter("base") if e.get("href")), "")
    return absolute(address, told) or address


def _web_address(base: str, target: str) -> str:
    address = absolute(base, target) if target else ""
    return address if address.startswith(("http://", "https://")) else ""


def _canonical(target: str, base: str) -> str:
    """The page's own address as it gives it. One that leads to the site's front page is a fault of its template."""
    address = _web_address(base, target)
    is_front = address and urlsplit(address).path in ("", "/") and not urlsplit(address).query
    return "" if is_front and urlsplit(base).path not in ("", "/") else address


def _judged(page: Any, found: Sequence[Found], *, is_thread: bool, least: int | None) -> list[Block]:
    """The blocks with their treatment; those that cannot be said at all keep the reason that they have."""
    open_ones = [one for one in found if one.block.treatment is Treatment.SAID]
    if not open_ones:
        raise NoArticleError("There is no text on this page; a script may have to build it.")
    treated = iter(article.treated(page, open_ones, is_thread=is_thread, least_words=least))
    return [next(treated) if one.block.treatment is Treatment.SAID else one.block for one in found]


def _titled(blocks: Sequence[Block], facts: Metadata) -> tuple[str, list[Block]]:
    """The title, and the blocks with it as the first that is kept. One that only the page's head has is put first."""
    names = {key(name) for title in facts.titles for name in (title, base_title(title))}
    tops = [i for i, b in enumerate(blocks) if b.kind is BlockKind.HEADING and b.level == 1]
    same = [i for i, b in enumerate(blocks) if b.kind is BlockKind.HEADING and key(_REPLY.sub("", b.text)) in names]
    at = next(iter(same), tops[0] if len(tops) == 1 else None)
    out = list(blocks)
    if at is not None:
        title = out[at].text
        out[at] = replace(out[at], treatment=Treatment.SAID, reason="")
        repeats = [i for i in same if i != at]
    elif facts.titles:
        title, repeats = base_title(facts.titles[0]), []
    else:
        return _first_words(blocks), out
    for i in repeats:
        out[i] = dropped(out[i], "the title again")
    return title, titled(out, title)


def _first_words(blocks: Sequence[Block]) -> str:
    """A title for a page that has none: its first heading, or its first words."""
    kept = [b for b in blocks if b.treatment is Treatment.SAID]
    first = next((b for b in kept if b.kind is BlockKind.HEADING), kept[0]) if kept else None
    return short_title(first.text if first else "")


def _with_standfirst(blocks: Sequence[Block], facts: Metadata) -> list[Block]:
    """Mark the summary line: what follows the title and is named so, or says what the page's description says."""
    out = list(blocks)
    title = next((i for i, b in enumerate(out) if b.treatment is Treatment.SAID and b.level == 1), len(out))
    summary = key(facts.summary or "")
    near = range(title + 1, title + NEAR_TITLE)
    told = [i for i in near if i < len(out) and out[i].kind is BlockKind.PARAGRAPH and out[i].standfirst]
    same = [i for i in near if i < len(out) and summary and key(out[i].text) == summary]
    first = next((i for i in (*same, *told) if out[i].kind is BlockKind.PARAGRAPH), None)
    for i, block in enumerate(out):
        if i == first:
            out[i] = replace(block, standfirst=True, treatment=Treatment.SAID, reason="")
        elif block.standfirst:
            out[i] = replace(block, standfirst=False)
    return out
