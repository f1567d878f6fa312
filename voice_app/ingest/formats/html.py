"""HTML: a page from the web with all that stands around the article, or a plain file without."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from voice_app.errors import NoArticleError
from voice_app.ingest import article
from voice_app.ingest.decode import text_of
from voice_app.ingest.headings import short_title, titled
from voice_app.ingest.language import language_of
from voice_app.ingest.metadata import Metadata, base_title, metadata
from voice_app.ingest.page import blocks_of
from voice_app.model import Block, BlockKind, Document, Source, Treatment

_BYLINE = re.compile(
    r"^(?:by|written by|from)\s.{1,80}$|^(?:published|updated|posted|last (?:updated|reviewed))\b.{0,60}$"
    r"|^\d{1,3} min(?:ute)?s? read$",
    re.I,
)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def read(source: Source) -> Document:
    """The article on the page. Raises NoArticleError, UnreadableTextError."""
    html = _DECLARATION.sub("", text_of(source))
    page = _parsed(html)
    facts = metadata(page, html)
    address = source.origin if "://" in source.origin else None
    body = page.find("body")
    if body is None:
        raise NoArticleError
    found = blocks_of(body, base=address or "")
    if not found:
        raise NoArticleError("There is no text on this page; a script may have to build it.")
    blocks = article.treated(page, found)
    title, blocks = _titled(blocks, facts)
    blocks = _without_byline(_with_standfirst(blocks, facts), facts)
    kept = [block for block in blocks if block.treatment is Treatment.SAID]
    return Document(
        title=title,
        blocks=tuple(blocks),
        language=language_of(facts.language, kept),
        byline=facts.byline,
        published=facts.published,
        source_url=facts.canonical if (facts.canonical or "").startswith("http") else address,
        summary=facts.summary,
        image=facts.image,
    )


def _parsed(html: str) -> Any:
    import lxml.html
    from lxml.etree import ParserError

    try:
        return lxml.html.document_fromstring(html.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    except (ParserError, ValueError) as problem:
        raise NoArticleError from problem


def _titled(blocks: Sequence[Block], facts: Metadata) -> tuple[str, list[Block]]:
    """The title, and the blocks with it as the first that is kept. One that only the page's head has is put first."""
    names = {article.key(name) for title in facts.titles for name in (title, base_title(title))}
    tops = [i for i, b in enumerate(blocks) if b.kind is BlockKind.HEADING and b.level == 1]
    same = [i for i, b in enumerate(blocks) if b.kind is BlockKind.HEADING and article.key(b.text) in names]
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
        out[i] = article.dropped(out[i], "the title again")
    return title, titled(out, title)


def _first_words(blocks: Sequence[Block]) -> str:
    """A title for a page that has none: its first heading, or its first words."""
    kept = [b for b in blocks if b.treatment is Treatment.SAID]
    first = next((b for b in kept if b.kind is BlockKind.HEADING), kept[0]) if kept else None
    return short_title(first.text if first else "")


def _with_standfirst(blocks: Sequence[Block], facts: Metadata) -> list[Block]:
    """Mark the summary line: the paragraph under the title that says what the page's description says."""
    out = list(blocks)
    at = next((i for i, b in enumerate(out) if b.treatment is Treatment.SAID and b.level == 1), None)
    if at is None or not facts.summary:
        return out
    summary = article.key(facts.summary)
    for i in range(at + 1, min(at + 6, len(out))):
        if out[i].kind is BlockKind.PARAGRAPH and article.key(out[i].text) == summary:
            out[i] = replace(out[i], standfirst=True, treatment=Treatment.SAID, reason="")
            break
    return out


def _without_byline(blocks: Sequence[Block], facts: Metadata) -> list[Block]:
    """Leave out the lines with name and date between title and text: the page shows them as facts."""
    out = list(blocks)
    texts = 0
    for i, block in enumerate(out):
        if block.treatment is not Treatment.SAID or block.level == 1:
            continue
        is_line = block.kind is BlockKind.PARAGRAPH and not block.standfirst
        name = article.key(facts.byline or "")
        if is_line and (_BYLINE.match(block.text) or (name and article.key(block.text) == name)):
            out[i] = article.dropped(block, "byline and date")
        elif not block.standfirst:
            texts += 1
        if texts > 1:
            break
    return out
