"""Everything that finds the article of a page, ours and the libraries that are installed, behind one call."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import lxml.html

from tests.bench.corpora import Page
from voice_app import config
from voice_app.errors import InputError, WallError
from voice_app.ingest.decode import text_of
from voice_app.ingest.formats import html
from voice_app.ingest.reader import Reader
from voice_app.ingest.web.page import BLOCKS
from voice_app.model import Block, BlockKind, Source

ADDRESS = "https://site.example/a/page"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]|&#(?:x[01]?[0-9a-f]|[12]?\d);", re.I)
SCRIPT = Path(__file__).with_suffix(".mjs")


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What was kept of a page. `milliseconds` are of processor time."""

    text: str
    headings: tuple[str, ...]
    items: tuple[str, ...]
    milliseconds: float


Extract = Callable[[Page], Result]


def installed() -> Iterator[tuple[str, Extract]]:
    """Ours, and each Python library that can be imported here."""
    yield "voice_app", _ours
    yield "voice_app, title too", lambda page: _ours(page, with_title=True)
    yield "trafilatura", lambda page: _trafilatura(page)
    yield "trafilatura recall", lambda page: _trafilatura(page, favor_recall=True)
    yield "readability-lxml", lambda page: _html(page, _readability_lxml)
    for module, name, call in (
        ("pygoreadability", "pygoreadability", _go_readability),
        ("resiliparse", "resiliparse", _resiliparse),
    ):
        if importlib.util.find_spec(module):
            yield name, lambda page, call=call: _html(page, call)


def with_node(pages: Sequence[Page], modules: Path) -> Iterator[tuple[str, list[Result]]]:
    """What defuddle and readability.js, installed in a folder's node_modules, keep of each page."""
    with tempfile.TemporaryDirectory() as folder:
        for number, page in enumerate(pages):
            (Path(folder) / f"{number}.html").write_text(_text(page), encoding="utf-8")
        for name in ("readability.js", "defuddle"):
            command = ["node", str(SCRIPT), str(modules.resolve()), name, folder, str(len(pages))]
            done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
            lines = [json.loads(line) for line in done.stdout.split("\n") if line.startswith('{"html":')]
            yield name, [_result(line["html"], line["ms"]) for line in lines]


def _ours(page: Page, *, with_title: bool = False) -> Result:
    source = Source(origin=ADDRESS, media_type="text/html", body=page.body, fetched_at=datetime.now(UTC))
    reader = Reader(config.Fetch())
    began = time.process_time()
    try:
        kept = reader.document(source).kept
    except WallError:
        kept = None
    except InputError:
        kept = ()
    took = (time.process_time() - began) * 1000
    kept = _behind_wall(source) if kept is None else kept
    kept = tuple(block for block in kept if with_title or not (block.kind is BlockKind.HEADING and block.level == 1))
    texts = [part for block in kept for part in (block.text, *(cell for row in block.rows for cell in row))]
    return Result(
        text="\n".join(texts),
        headings=tuple(block.text for block in kept if block.kind is BlockKind.HEADING),
        items=tuple(block.text for block in kept if block.kind is BlockKind.ITEM),
        milliseconds=took,
    )


def _behind_wall(source: Source) -> tuple[Block, ...]:
    """What would be read of a page if it were not for a wall: the others do not ask whether there is one."""
    try:
        return html.read(source).kept
    except InputError:
        return ()


def _trafilatura(page: Page, **options: Any) -> Result:
    """The time is that of the text alone; its HTML is asked for headings and items."""
    from trafilatura import extract

    options |= {"include_comments": False, "include_tables": True}
    page_html = _text(page)
    began = time.process_time()
    text = extract(page_html, **options) or ""
    took = (time.process_time() - began) * 1000
    shaped = _result(extract(page_html, output_format="html", include_formatting=True, **options) or "", took)
    return Result(text=text, headings=shaped.headings, items=shaped.items, milliseconds=took)


def _html(page: Page, call: Callable[[str], str]) -> Result:
    html = _text(page)
    began = time.process_time()
    found = call(html)
    return _result(found, (time.process_time() - began) * 1000)


def _readability_lxml(html: str) -> str:
    from readability import Document
    from readability.readability import Unparseable

    try:
        return str(Document(html).summary(html_partial=True))
    except (Unparseable, ValueError):
        return ""


def _go_readability(html: str) -> str:
    from pygoreadability import from_string

    try:
        return str(from_string(html, ADDRESS).content_html)
    except RuntimeError:
        return ""


def _resiliparse(html: str) -> str:
    from resiliparse.extract.html2text import extract_plain_text

    options = {"main_content": True, "comments": False, "alt_texts": False, "preserve_formatting": "minimal_html"}
    return str(extract_plain_text(html, **options))


def _text(page: Page) -> str:
    source = Source(origin=ADDRESS, media_type="text/html", body=page.body, fetched_at=datetime.now(UTC))
    try:
        return re.sub(r"^\s*<\?xml[^>]*\?>", "", text_of(source))
    except InputError:
        return page.body.decode("latin-1")


def _result(html: str, milliseconds: float) -> Result:
    html = _CONTROL.sub(" ", html)
    if not html.strip():
        return Result(text="", headings=(), items=(), milliseconds=milliseconds)
    tree = lxml.html.document_fromstring(f"<html><body>{html}", parser=lxml.html.HTMLParser(encoding="utf-8"))
    for element in tree.iter(*BLOCKS, "br"):
        element.tail = "\n" + (element.tail or "")
        element.text = "\n" + (element.text or "") if element.tag != "br" else element.text
    return Result(
        text=tree.text_content(),
        headings=tuple(e.text_content() for e in tree.iter("h1", "h2", "h3", "h4", "h5", "h6")),
        items=tuple(e.text_content() for e in tree.iter("li")),
        milliseconds=milliseconds,
    )
