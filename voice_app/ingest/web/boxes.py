"""What stands apart from the running text: boxes, summary lines, and what only repeats it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from voice_app.ingest.blocks import dropped, key
from voice_app.ingest.web.found import Found
from voice_app.ingest.web.named import named
from voice_app.model import BlockKind

REPEATS = "repeats the text"
MIN_KEY = 12
_names_standfirst = named(
    r"(?:^|[\s_-])(?:standfirst|sub-?title(?:-paragraph)?|sub-?head(?:line)?|dek|deck|excerpt|lede|vorspann|chapo|"
    r"entradilla|strapline)(?=$|[\s_])"
)
_names_box = named(
    r"(?:^|\s)(?:[\w-]+-)?(?:infobox|callout|admonition|pull-?quote|side-?box|info-?box|fact-?box|text-?box|note-?box|"
    r"tip-?box|summary-?box|key-?(?:points|facts|takeaways)|notecard|inset-?text|sidenote-box|kasten|encadre)"
    r"(?:[_-]\w+)*(?=\s|$)"
)
_names_pull_quote = named(r"pull-?quote")


def is_box(element: Any) -> bool:
    """Whether it stands in a box inside the article."""
    if element.tag in ("body", "main", "article"):
        return False
    is_named = _names_box(element.get("class")) or element.get("role") == "note"
    is_aside = element.tag == "aside" and next(element.iterancestors("article", "main"), None) is not None
    return (is_named or is_aside) and next(element.iterdescendants("h1", "article", "main"), None) is None


def is_pull_quote(element: Any) -> bool:
    return _names_pull_quote(element.get("class"))


def is_standfirst(element: Any) -> bool:
    """Whether it is named as the summary line under a title."""
    return _names_standfirst(element.get("class"))


def without_repeats(found: Sequence[Found]) -> list[Found]:
    """Pull quotes whose words stand in the text are skipped, with who said them, and so is a note that stands at its
    mark and once more at the end."""
    found = _notes_once(found)
    if not any(one.pull_quote is not None for one in found):
        return found
    running = "".join(key(one.block.text) for one in found if one.pull_quote is None)
    repeated = {
        id(one.pull_quote)
        for one in found
        if one.pull_quote is not None and len(words := key(one.block.text)) >= MIN_KEY and words in running
    }
    return [
        replace(one, block=dropped(one.block, REPEATS))
        if id(one.pull_quote) in repeated and one.block.kind in (BlockKind.PARAGRAPH, BlockKind.QUOTE)
        else one
        for one in found
    ]


def _notes_once(found: Sequence[Found]) -> list[Found]:
    if not any(one.block.kind is BlockKind.NOTE for one in found):
        return list(found)
    out: list[Found] = []
    noted: set[str] = set()
    for one in found:
        words = key(one.block.text)
        is_again = words in noted and one.block.kind in (BlockKind.NOTE, BlockKind.PARAGRAPH, BlockKind.ITEM)
        out.append(replace(one, block=dropped(one.block, REPEATS)) if is_again else one)
        if one.block.kind is BlockKind.NOTE and len(words) >= MIN_KEY:
            noted.add(words)
    return out
