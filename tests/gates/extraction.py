"""How much of each page in pages/ is read as a careful person would expect.

`python -m tests.gates.extraction wiki/kettle` prints what is wrong with the pages whose name begins so; without a name,
with all of them. Beside each page stands what is expected of it: its facts, and its kept blocks in order, each with the
fields that matter for its kind; or the names of the errors one of which refuses it.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from voice_app.config import Fetch
from voice_app.errors import InputError
from voice_app.ingest.reader import Reader
from voice_app.model import Block, BlockKind, Document, Source

PAGES = Path(__file__).parent / "pages"
ADDRESS = "https://site.example/a/page"
FACTS = ("title", "byline", "published", "language", "site", "image", "topics", "source_url", "summary")
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_]+(?:['’][^\W_]+)*")
_KEY = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    hits: int = 0
    total: int = 0

    def __add__(self, other: Share) -> Share:
        return Share(self.hits + other.hits, self.total + other.total)

    @property
    def value(self) -> float:
        return self.hits / self.total if self.total else 1.0


@dataclass(slots=True)
class Score:
    """One page: counts by name, facts by field, and what is wrong in words."""

    name: str
    counts: dict[str, Share] = field(default_factory=dict)
    facts: dict[str, bool] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    words: tuple[int, int, int] = (0, 0, 0)  # shared, found, expected
    false_blocks: int = 0

    @property
    def f1(self) -> float:
        return f1(self.words)


def f1(words: tuple[int, int, int]) -> float:
    shared, found, expected = words
    return 2 * shared / (found + expected) if found + expected else 1.0


def names(start: str = "") -> list[str]:
    every = sorted(str(path.relative_to(PAGES).with_suffix("")) for path in PAGES.rglob("*.html"))
    return [name for name in every if name.startswith(start)]


def digest() -> str:
    """Changes with every page and every expectation."""
    files = sorted(path for path in PAGES.rglob("*") if path.is_file())
    parts = [f"{path.relative_to(PAGES).as_posix()}\0".encode() + path.read_bytes() for path in files]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]


def score(name: str) -> Score:
    body = (PAGES / f"{name}.html").read_bytes()
    wanted = json.loads((PAGES / f"{name}.json").read_text(encoding="utf-8"))
    source = Source(origin=ADDRESS, media_type="text/html", body=body, fetched_at=datetime.now(UTC))
    result = Score(name=name)
    refused_as = ""
    try:
        document = Reader(Fetch()).document(source)
    except InputError as problem:
        refused_as = type(problem).__name__
        if "refused" not in wanted:
            result.faults.append(f"refused: {refused_as}")
        document = None
    if "refused" in wanted:
        result.counts["refused"] = Share(document is None and refused_as in wanted["refused"], 1)
        result.faults += [f"not refused: {block.text[:70]}" for block in (document.kept[:3] if document else ())]
        return result
    _compare(result, wanted, document)
    return result


def _compare(result: Score, wanted: dict[str, Any], document: Document | None) -> None:
    expected = wanted["blocks"]
    kept = document.kept if document else ()
    found = [_shape(block) for block in kept]
    hung = {span.value for block in kept for span in block.spans if span.kind == "note"}
    hanging = [_shape(b) for b in kept if b.kind is not BlockKind.NOTE or b.anchor in hung]
    _count(result, "headings found", [b for b in expected if b["kind"] == "heading"], found)
    _count(result, "headings right", [b for b in found if b["kind"] == "heading"], expected)
    for kind, told in (("item", found), ("table", found), ("note", hanging)):
        _count(result, f"{kind}s found", [b for b in expected if b["kind"] == kind], told)
    _count(result, "blocks found", expected, found)
    result.words = _words(found, expected)
    known = Counter(_said(block) for block in expected)
    for block in found:
        if known[_said(block)]:
            known[_said(block)] -= 1
        else:
            result.false_blocks += 1
            result.faults.append(f"false    {_line(block)}")
    for name in FACTS:
        if name in wanted:
            value = _fact(document, name)
            result.facts[name] = value == wanted[name]
            if value != wanted[name]:
                result.faults.append(f"{name}: {value!r}, expected {wanted[name]!r}")


def _shape(block: Block) -> dict[str, Any]:
    shape: dict[str, Any] = {"kind": str(block.kind), "text": block.text}
    if block.kind in (BlockKind.HEADING, BlockKind.ITEM):
        shape["level"] = block.level
    if block.kind in (BlockKind.ITEM, BlockKind.NOTE, BlockKind.CODE):
        shape["marker"] = block.marker
    if block.kind is BlockKind.TABLE:
        shape |= {"rows": [list(row) for row in block.rows]}
        shape |= {"named_columns": block.named_columns, "named_rows": block.named_rows}
    if block.kind is BlockKind.FIGURE:
        shape["alt"] = block.alt
    return shape | {"aside": block.aside, "standfirst": block.standfirst}


def _count(result: Score, name: str, asked: list[dict[str, Any]], among: list[dict[str, Any]]) -> None:
    """How many of the asked blocks are among the others, each used once. A field counts when both sides have it."""
    left = list(among)
    hits = 0
    for block in asked:
        same = next((other for other in left if _is_same(block, other)), None)
        if same is not None:
            left.remove(same)
            hits += 1
        elif name == "blocks found":
            result.faults.append(f"missing  {_line(block)}")
    result.counts[name] = Share(hits, len(asked))


def _is_same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    flags = ("aside", "standfirst")
    return all(one[key] == other[key] for key in one if key in other) and all(
        one.get(flag, False) == other.get(flag, False) for flag in flags
    )


def _said(block: dict[str, Any]) -> str:
    return _KEY.sub("", " ".join(_texts(block))).casefold()


def _texts(block: dict[str, Any]) -> Iterator[str]:
    yield block["text"]
    yield block.get("alt", "")
    for row in block.get("rows", ()):
        yield from row


def _words(found: Iterable[dict[str, Any]], expected: Iterable[dict[str, Any]]) -> tuple[int, int, int]:
    have, want = (Counter(w for b in blocks for t in _texts(b) for w in _split(t)) for blocks in (found, expected))
    return (have & want).total(), have.total(), want.total()


def _split(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _fact(document: Document | None, name: str) -> Any:
    value = getattr(document, name, None)
    return list(value) if isinstance(value, tuple) else value.isoformat() if name == "published" and value else value


def _line(block: dict[str, Any]) -> str:
    plain = {key: value for key, value in block.items() if value not in ("", False) and key not in ("kind", "text")}
    return f"{block['kind']:9} {block['text']!r} {plain or ''}"


def report(scores: Iterable[Score]) -> Iterator[str]:
    for one in scores:
        if one.faults:
            yield f"\n{one.name}  F1 {one.f1:.3f}"
            yield from (f"    {fault}" for fault in one.faults)


if __name__ == "__main__":
    print("\n".join(report(score(name) for name in names(*sys.argv[1:2]))) or "all as expected")
