"""Document -> Script."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from voice_app.model import Block, BlockKind, Chapter, Document, Script, Sentence
from voice_app.script import capitals
from voice_app.script.chapters import chapters
from voice_app.script.speech import spoken_form
from voice_app.script.structure import CHAPTER_MS, PARAGRAPH_MS, SENTENCE_MS, Utterance, after_ms, utterances

RULES_VERSION = 1
DISCLOSURE = "This article is read by a synthetic voice."


def render(document: Document, *, disclose: bool = False) -> Script:
    """What will be said, sentence by sentence. `disclose` adds a sentence about the voice after the title."""
    return script_of(document, tuple(rendered(document, disclose=disclose)))


def rendered(document: Document, *, disclose: bool = False) -> Iterator[Chapter]:
    """The chapters of `render` one after the other, so that the first can be spoken while the next is rendered."""
    renderer = _Renderer(document)
    number = 0
    for title, blocks in chapters(document):
        sentences = _closed([sentence for n, block in blocks for sentence in renderer.block(n, block)])
        if not sentences:
            continue
        if disclose and not number:
            sentences = _disclosed(sentences, document.language)
        number += 1
        yield Chapter(number=number, title=title, sentences=sentences)


def script_of(document: Document, found: tuple[Chapter, ...]) -> Script:
    """The document's script out of its rendered chapters."""
    return Script(title=document.title, language=document.language, chapters=found, digest=_digest(found))


class _Renderer:
    """What the sentences of one document share: its acronyms, and how often each sentence occurred."""

    def __init__(self, document: Document) -> None:
        self._language = document.language
        self._acronyms = capitals.acronyms(block.text for block in document.kept)
        self._seen: Counter[str] = Counter()

    def block(self, index: int, block: Block) -> Iterator[Sentence]:
        language = block.language or self._language
        found = [
            sentence
            for utterance in utterances(block, language)
            if (sentence := self._sentence(utterance, index, block, language))
        ]
        if found:
            yield from found[:-1]
            yield replace(found[-1], pause_ms=after_ms(block))

    def _sentence(self, utterance: Utterance, index: int, block: Block, language: str) -> Sentence | None:
        spoken, spans = spoken_form(utterance.text, language, known=self._acronyms)
        if not spoken:
            return None
        if utterance.lead:
            lead, _ = spoken_form(utterance.lead, language)
            spans = tuple(
                replace(s, spoken_start=s.spoken_start + len(lead) + 1, spoken_end=s.spoken_end + len(lead) + 1)
                for s in spans
            )
            spans = (replace(spans[0], spoken_start=0), *spans[1:])
            spoken = f"{lead} {spoken}"
        written = utterance.text
        self._seen[written] += 1
        return Sentence(
            id=f"{hashlib.sha256(written.encode()).hexdigest()[:12]}-{self._seen[written]}",
            written=written,
            spoken=spoken,
            language=language,
            kind=block.kind,
            block=index,
            pause_ms=SENTENCE_MS,
            start=utterance.start,
            end=utterance.end,
            row=utterance.row,
            spans=spans,
        )


def _closed(sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    return (*sentences[:-1], replace(sentences[-1], pause_ms=CHAPTER_MS)) if sentences else ()


def _disclosed(sentences: tuple[Sentence, ...], language: str) -> tuple[Sentence, ...]:
    """Put the disclosure after the title, or first when the article does not say its title."""
    place = 1 if sentences[0].kind is BlockKind.HEADING else 0
    spoken, spans = spoken_form(DISCLOSURE, "en")
    notice = Sentence(
        id="disclosure",
        written=DISCLOSURE,
        spoken=spoken,
        language="en" if language.startswith("en") else language,
        kind=BlockKind.PARAGRAPH,
        block=sentences[0].block,
        pause_ms=PARAGRAPH_MS,
        spans=spans,
    )
    return (*sentences[:place], notice, *sentences[place:])


def _digest(found: Sequence[Chapter]) -> str:
    facts = [
        RULES_VERSION,
        [[c.title, [[s.spoken, s.pause_ms, s.language, s.kind] for s in c.sentences]] for c in found],
    ]
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
