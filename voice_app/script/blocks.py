"""Names of blocks that stay when the text around them changes, so that a person's choice survives a new reading."""

from __future__ import annotations

import hashlib
from collections import Counter

from voice_app.model import Document


def block_ids(document: Document) -> tuple[str, ...]:
    """A name for each block, from its kind, its words and how often these occurred before. Unique in the document."""
    seen: Counter[str] = Counter()
    found = []
    for block in document.blocks:
        words = "\n".join((block.kind, block.text, block.alt, *("\t".join(row) for row in block.rows)))
        digest = hashlib.sha256(words.encode(errors="surrogatepass")).hexdigest()[:12]
        seen[digest] += 1
        found.append(f"{digest}-{seen[digest]}")
    return tuple(found)
