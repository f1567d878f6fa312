"""Public corpora of web pages with what their article is, in the layouts in which they are published.

A folder is known by what lies in it:
  ground-truth/*.json beside html/*.html.gz   WCXB, one split: main_content, main_content_markdown, without
  ground-truth.json beside html/*.html.gz     scrapinghub/article-extraction-benchmark; articleBody
  test-pages/*/source.html and expected.html  mozilla/readability
  fixtures/*.html beside expected/*.md        kepano/defuddle
  evaldata.json beside cache/ and eval/       adbar/trafilatura; pieces that must and must not be there
  NAME.html beside NAME.txt or NAME.md        anything else
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lxml.html

_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"[*_`]+")
_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.M)
_ITEM = re.compile(r"^\s*(?:[-*+]|\d{1,3}[.)])\s+(.+)$", re.M)
_FRONT = re.compile(r"\A```json\n.*?\n```\n", re.S)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page and its truth. `text` is None where only pieces of it are known; headings and items where they are not."""

    name: str
    body: bytes
    text: str | None
    kind: str = "article"
    headings: tuple[str, ...] | None = None
    items: tuple[str, ...] | None = None
    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()


def pages(folder: Path) -> Iterator[Page]:
    """Every page below a folder of one of the layouts."""
    if (folder / "ground-truth").is_dir():
        yield from _wcxb(folder)
    elif (folder / "ground-truth.json").is_file():
        yield from _scrapinghub(folder)
    elif (folder / "test-pages").is_dir():
        yield from _mozilla(folder / "test-pages")
    elif (folder / "fixtures").is_dir():
        yield from _defuddle(folder)
    elif (folder / "evaldata.json").is_file():
        yield from _trafilatura(folder)
    else:
        yield from _pairs(folder)


def _wcxb(folder: Path) -> Iterator[Page]:
    for path in sorted((folder / "ground-truth").glob("*.json")):
        told = json.loads(path.read_bytes())
        truth: dict[str, Any] = told.get("ground_truth") or {}
        if not truth.get("main_content"):
            continue
        markdown = truth.get("main_content_markdown")
        yield Page(
            name=path.stem,
            body=gzip.decompress((folder / "html" / f"{path.stem}.html.gz").read_bytes()),
            text=truth["main_content"],
            kind=told["_internal"]["page_type"]["primary"],
            headings=_headings(markdown) if markdown else None,
            items=_items(markdown) if markdown else None,
            unwanted=tuple(truth.get("without") or ()),
        )


def _scrapinghub(folder: Path) -> Iterator[Page]:
    for name, truth in json.loads((folder / "ground-truth.json").read_bytes()).items():
        body = gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes())
        yield Page(name=name, body=body, text=truth["articleBody"])


def _mozilla(folder: Path) -> Iterator[Page]:
    for path in sorted(folder.iterdir()):
        html = (path / "expected.html").read_text(encoding="utf-8")
        tree = lxml.html.document_fromstring(html, parser=lxml.html.HTMLParser(encoding="utf-8"))
        yield Page(
            name=path.name,
            body=(path / "source.html").read_bytes(),
            text="\n".join(tree.itertext()),
            headings=tuple(e.text_content() for e in tree.iter("h1", "h2", "h3", "h4", "h5", "h6")),
            items=tuple(e.text_content() for e in tree.iter("li")),
        )


def _defuddle(folder: Path) -> Iterator[Page]:
    for path in sorted((folder / "fixtures").glob("*.html")):
        expected = folder / "expected" / f"{path.stem}.md"
        if expected.is_file():
            yield _marked(path, _FRONT.sub("", expected.read_text(encoding="utf-8")))


def _trafilatura(folder: Path) -> Iterator[Page]:
    for url, told in json.loads((folder / "evaldata.json").read_bytes()).items():
        places = [folder / room / told["file"] for room in ("cache", "eval")]
        path = next((place for place in places if place.is_file()), None)
        if path is not None:
            wanted, unwanted = tuple(told["with"]), tuple(told["without"])
            yield Page(name=url, body=path.read_bytes(), text=None, wanted=wanted, unwanted=unwanted)


def _pairs(folder: Path) -> Iterator[Page]:
    for path in sorted(folder.glob("*.html")):
        if path.with_suffix(".md").is_file():
            yield _marked(path, path.with_suffix(".md").read_text(encoding="utf-8"))
        elif path.with_suffix(".txt").is_file():
            yield Page(
                name=path.stem, body=path.read_bytes(), text=path.with_suffix(".txt").read_text(encoding="utf-8")
            )


def _marked(path: Path, markdown: str) -> Page:
    return Page(
        name=path.stem,
        body=path.read_bytes(),
        text=_plain(markdown),
        headings=_headings(markdown),
        items=_items(markdown),
    )


def _headings(markdown: str) -> tuple[str, ...]:
    return tuple(_plain(text) for text in _HEADING.findall(markdown))


def _items(markdown: str) -> tuple[str, ...]:
    return tuple(_plain(text) for text in _ITEM.findall(markdown))


def _plain(markdown: str) -> str:
    return _MARKS.sub("", _LINK.sub(r"\1", markdown))
