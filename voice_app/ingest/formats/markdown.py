"""Markdown: CommonMark with tables, footnotes, definition lists and front matter."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Any

from voice_app.errors import NoArticleError
from voice_app.ingest.decode import text_of
from voice_app.ingest.headings import short_title, titled
from voice_app.ingest.language import language_of
from voice_app.ingest.page import blocks_of
from voice_app.model import BlockKind, Document, Source

_FACT = re.compile(r"^([A-Za-z][\w-]*)\s*:[ \t]*(.*)$", re.M)
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)


def read(source: Source) -> Document:
    """The whole text; nothing is left out. Raises NoArticleError, UnreadableTextError."""
    text = text_of(source)
    front = _FRONT.match(text)
    facts = _facts(front.group(1)) if front else {}
    found = blocks_of(_page(text[front.end() :] if front else text))
    blocks = [one.block for one in found]
    if not blocks:
        raise NoArticleError("There is no text in it.")
    top = next((b.text for b in blocks if b.kind is BlockKind.HEADING), "")
    own = facts.get("title") or (top if blocks[0].text == top else "")
    return Document(
        title=own or top or short_title(blocks[0].text),
        blocks=tuple(titled(blocks, own) if own else blocks),
        language=language_of(facts.get("language") or facts.get("lang"), blocks),
        byline=facts.get("author") or facts.get("authors") or facts.get("byline") or None,
        published=_day(facts.get("date") or facts.get("published") or ""),
        source_url=_address(facts.get("source") or facts.get("url") or ""),
        summary=facts.get("summary") or facts.get("description") or None,
        image=_address(facts.get("image") or ""),
    )


@lru_cache(maxsize=1)
def _parser() -> Any:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark").enable("table").enable("strikethrough")
    return parser.use(footnote_plugin).use(deflist_plugin)


def _page(text: str) -> Any:
    import lxml.html

    html = f"<!doctype html><body>{_parser().render(text)}</body>"
    page = lxml.html.document_fromstring(html.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    return page.find("body")


def _facts(front: str) -> dict[str, str]:
    """Front matter's plain `key: value` lines. Lists on one line are joined; deeper YAML is left alone."""
    return {key.lower(): _value(value) for key, value in _FACT.findall(front)}


def _value(text: str) -> str:
    text = text.strip()
    if text.startswith("[") and text.endswith("]"):
        return ", ".join(_value(part) for part in text[1:-1].split(","))
    is_quoted = len(text) > 1 and text[0] == text[-1] and text[0] in "\"'"
    return text[1:-1] if is_quoted else text


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _address(text: str) -> str | None:
    return text if text.startswith(("http://", "https://")) else None
