"""Which blocks make a chapter."""

from __future__ import annotations

from voice_app.model import Block, BlockKind, Document, Treatment

MAX_TITLE = 120
KEPT = (Treatment.SAID, Treatment.ANNOUNCED)


def chapters(document: Document) -> list[tuple[str, list[tuple[int, Block]]]]:
    """(title, [(index into document.blocks, block)]) of each chapter.

    The headings of the shallowest level below the title begin chapters, deeper ones do not. What comes before the
    first of them is a chapter with the article's title; an article without headings is one chapter. A heading in a
    sidebar belongs to the sidebar.
    """
    kept = [(n, block) for n, block in enumerate(document.blocks) if block.treatment in KEPT]
    levels = [b.level for _, b in kept if _may_begin(b)]
    level = min(levels, default=0)
    found: list[tuple[str, list[tuple[int, Block]]]] = [(document.title, [])]
    for n, block in kept:
        if _may_begin(block) and block.level == level:
            found.append((block.text[:MAX_TITLE], []))
        found[-1][1].append((n, block))
    return [(title, blocks) for title, blocks in found if blocks]


def _may_begin(block: Block) -> bool:
    return block.kind is BlockKind.HEADING and block.level > 1 and not block.aside
