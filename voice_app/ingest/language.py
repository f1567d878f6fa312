"""Which language a text is in: what it is said to be, unless it plainly is another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from voice_app.model import Block, BlockKind

MIN_LETTERS = 60  # below this, guessing is worse than assuming
MIN_WORDS = 60  # so many words without the commonest English ones are not English, whatever the page's template says
# the commonest English words: when they make up enough of a text, it is English, and no model need be loaded
_COMMONEST = "the of and to in is that it was for on are with as be this have from or by not but you"
_ENGLISH = frozenset(_COMMONEST.split())
_ENGLISH_SHARE = 0.18
_NO_ENGLISH_SHARE = 0.06
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_NO_LANGUAGES = frozenset({"und", "zxx", "mul", "mis"})


def language_of(declared: str | None, blocks: Sequence[Block]) -> str:
    """The declared language if it is a language tag, else one recognised in the kept text, else English.

    English is the default of many templates, so it is believed only of a text that has English words.
    """
    tag = (declared or "").strip().replace("_", "-")
    is_told = bool(_TAG.fullmatch(tag)) and tag.lower() not in _NO_LANGUAGES
    if is_told and not tag.lower().startswith("en"):
        return tag
    text = " ".join(b.text for b in blocks if b.kind is not BlockKind.CODE)[:5000]
    words = re.findall(r"[^\W\d_]+", text.lower())
    share = sum(word in _ENGLISH for word in words) / max(1, len(words))
    if is_told and (share > _NO_ENGLISH_SHARE or len(words) < MIN_WORDS):
        return tag
    if sum(map(len, words)) < MIN_LETTERS or share > _ENGLISH_SHARE:
        return "en"
    import py3langid

    return str(py3langid.classify(text)[0])


def languages(blocks: Sequence[Block], language: str) -> Iterator[Block]:
    """The blocks without a language of their own where it is the document's."""
    for block in blocks:
        same = block.language and block.language.partition("-")[0].lower() == language.partition("-")[0].lower()
        yield replace(block, language=None) if same else block
