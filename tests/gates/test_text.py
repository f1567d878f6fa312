"""Plain texts beside the blocks that a listener should meet. The pins in pins.json may rise, never fall.

A file under texts/ is the text as it comes, a line of four percent signs, and a line for each block that is kept, in
order: its kind (Heading, Standfirst, Paragraph, Item, Code, Table, Quote), its level, and how it begins.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from voice_app.ingest.formats import text
from voice_app.model import Block, Source

HERE = Path(__file__).parent


def test_texts_become_the_blocks_that_a_listener_should_meet() -> None:
    pinned = json.loads((HERE / "pins.json").read_text(encoding="utf-8"))["text"]
    files = sorted((HERE / "texts").glob("*.txt"))
    hits = wanted = found = exact = 0
    for path in files:
        body, _, told = path.read_text(encoding="utf-8").partition("%%%%\n")
        expected = told.splitlines()
        kept = [_written(block) for block in _read(body)]
        same = [line for line in kept if any(_is_same(line, other) for other in expected)]
        missed = [line for line in expected if not any(_is_same(other, line) for other in kept)]
        is_exact = len(kept) == len(expected) and all(map(_is_same, kept, expected))
        hits, wanted, found = hits + len(expected) - len(missed), wanted + len(expected), found + len(kept)
        exact += is_exact
        if not is_exact:
            print(f"\n{path.name}: missed {missed}, too much {list((Counter(kept) - Counter(same)).elements())}")
    recall, precision = hits / wanted, hits / found
    print(f"\n{len(files)} texts, {exact} exact, recall {recall:.3f}, precision {precision:.3f}")
    assert len(files) >= pinned["texts"]
    assert exact >= pinned["exact"]
    assert recall >= pinned["recall"]
    assert precision >= pinned["precision"]


def _read(body: str) -> tuple[Block, ...]:
    source = Source(origin="a.txt", media_type="text/plain", body=body.encode(), fetched_at=datetime.now(UTC))
    return text.read(source).kept


def _written(block: Block) -> str:
    kind = "S" if block.standfirst else block.kind[0].upper()
    words = block.text or " ".join(cell for row in block.rows for cell in row)
    return f"{kind}{block.level}|{words}"


def _is_same(found: str, expected: str) -> bool:
    return found.startswith(expected)
