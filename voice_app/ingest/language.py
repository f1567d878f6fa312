"""Which language a text is in, when nothing says so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from voice_app.model import Block, BlockKind

MIN_LETTERS = 60  # below this, guessing is worse than assuming
# the commonest English words: when they make up enough of a text, it is English, and no model need be loaded
_COMMONEST = "the of and to in is that it was for on are with as be this have from or by not but you"
_ENGLISH = frozenset(_COMMONEST.split())
_ENGLISH_SHARE = 0.18
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def language_of(declared: str | None, blocks: Sequence[Block]) -> str:
    """The declared language if it is a language tag, else one recognised in the kept text, else English."""
    if declared and _TAG.fullmatch(declared.strip().replace("_", "-")):
        return declared.strip().replace("_", "-")
    text = " ".join(b.text for b in blocks if b.kind is not BlockKind.CODE)[:5000]
    words = re.findall(r"[^\W\d_]+", text.lower())
    if sum(map(len, words)) < MIN_LETTERS:
        return "en"
    if sum(word in _ENGLISH for word in words) > _ENGLISH_SHARE * len(words):
        return "en"
    import py3langid

    return str(py3langid.classify(text)[0])
