"""A block of a page and where on the page it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from voice_app.model import Block


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """`link_share` is the part of the block's text that leads to other pages. `box` is the outermost box that the block
    stands in, `pull_quote` the box of a pull quote."""

    block: Block
    element: Any
    link_share: float = 0.0
    box: Any = None
    pull_quote: Any = None
