"""Sentences about the narration itself: that the voice is synthetic, and what was not read."""

from __future__ import annotations

from collections import Counter

from voice_app.model import OF_THE_ARTICLE, BlockKind, Document, Sentence, Treatment
from voice_app.script.phrases import ENGLISH, Phrases, counted, phrases
from voice_app.script.speech import spoken_form
from voice_app.script.structure import PARAGRAPH_MS

NOTICES = ("disclosure", "receipt")
"""The ids of the sentences that are about the narration, in none of the article's blocks."""


def disclosure(language: str, *, block: int) -> Sentence:
    """That a synthetic voice reads; in English where there are no other words for it, as it must be said."""
    known = phrases(language)
    words = known or ENGLISH
    return _notice(NOTICES[0], words.disclosure, language if known else words.language, block)


def receipt(document: Document, *, block: int) -> list[Sentence]:
    """What of the source is not read, in one sentence; none where there are no words for it."""
    words = phrases(document.language)
    if words is None:
        return []
    left = _left(document, words)
    text = words.all_except.format(what=_listed(left, words.and_)) if left else words.everything
    return [_notice(NOTICES[1], text, document.language, block)]


def _left(document: Document, words: Phrases) -> list[str]:
    """What is missing: the article's own blocks counted by kind, then what stood around it."""
    missing = [b for b in document.blocks if b.treatment is not Treatment.SAID]
    own = [b for b in missing if b.reason in OF_THE_ARTICLE or b.treatment is not Treatment.SKIPPED]
    counts = Counter(b.kind for b in own)
    found = [counted(words.kinds[kind], counts[kind]) for kind in BlockKind if counts[kind]]
    is_around = len(own) < len(missing)
    return [*found, words.around] if is_around else found


def _listed(parts: list[str], and_: str) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {and_} {parts[-1]}"


def _notice(name: str, text: str, language: str, block: int) -> Sentence:
    spoken, spans = spoken_form(text, language)
    return Sentence(
        id=name,
        written=text,
        spoken=spoken,
        language=language,
        kind=BlockKind.PARAGRAPH,
        block=block,
        pause_ms=PARAGRAPH_MS,
        spans=spans,
    )
