"""Markdown: CommonMark with what GitHub, Pandoc, Hugo, Jekyll, MkDocs and Obsidian add to it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from voice_app.errors import NoArticleError
from voice_app.ingest.blocks import said
from voice_app.ingest.decode import text_of
from voice_app.ingest.headings import short_title, titled
from voice_app.ingest.language import language_of
from voice_app.ingest.markdown import frontmatter
from voice_app.ingest.markdown.dialect import html_of
from voice_app.ingest.markdown.marks import moved_out, tidied
from voice_app.ingest.markup import left_out_reason, tree_of
from voice_app.ingest.web.page import Found, blocks_of
from voice_app.model import Block, BlockKind, Document, Source, Treatment


def read(source: Source) -> Document:
    """The whole text; what is no text (shortcodes, formulas) is left out. Raises NoArticleError, UnreadableTextError,
    TooLargeError."""
    facts, text = frontmatter.split(text_of(source))
    blocks = [_block(one) for one in blocks_of(_page(text))]
    kept = said(blocks)
    if not kept:
        raise NoArticleError("There is no text in it.")
    top = next((b.text for b in kept if b.kind is BlockKind.HEADING), "")
    own = facts.title or (top if kept[0].text == top else "")
    return Document(
        title=own or top or short_title(kept[0].text),
        blocks=tuple(titled(blocks, own) if own else blocks),
        language=language_of(facts.language, kept),
        byline=facts.byline,
        published=facts.published,
        source_url=facts.address,
        summary=facts.summary,
        image=facts.image,
        topics=facts.topics,
    )


def _page(text: str) -> Any:
    body = tree_of(f"<!doctype html><body>{html_of(text)}</body>").find("body")
    tidied(body)
    moved_out(body)
    return body


def _block(found: Found) -> Block:
    reason = left_out_reason(found.element)
    if reason:
        return replace(found.block, kind=BlockKind.PARAGRAPH, level=0, treatment=Treatment.SKIPPED, reason=reason)
    is_aside = any(place.tag == "aside" for place in (found.element, *found.element.iterancestors()))
    return replace(found.block, aside=True) if is_aside else found.block
