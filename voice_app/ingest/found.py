"""A block of a page and where on the page it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from voice_app.model import Block


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """`link_share` is the part of the block's text that is links; `pull_quote` the box of the pull quote it is in."""

    block: Block
    element: Any
    link_share: float = 0.0
    pull_quote: Any = None
