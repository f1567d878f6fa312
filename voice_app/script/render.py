"""Document -> Script."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from voice_app.model import Alignment, Block, BlockKind, Chapter, Document, Edit, Script, Sentence, Style
from voice_app.script import capitals
from voice_app.script.chapters import chapters
from voice_app.script.notices import NOTICES, disclosure, receipt
from voice_app.script.speech import spoken_form
from voice_app.script.staging import staged
from voice_app.script.structure import PARAGRAPH_MS, SENTENCE_MS, after_ms, utterances
from voice_app.script.utterance import Utterance

__all__ = ["NOTICES", "Manners", "render", "rendered", "script_of"]

RULES_VERSION = 1
_RUNNING_TEXT = (BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How a document is rendered. `document` must be in the same style already.

    `disclose` adds a sentence about the voice after the title, `receipt` one at the end about what was not read.
    Every pause is multiplied by `pauses`; `earcons` puts short sounds before sections, headings and notes.
    """

    style: Style = field(default_factory=Style)
    edits: tuple[Edit, ...] = ()
    disclose: bool = False
    receipt: bool = False
    pauses: float = 1.0
    earcons: bool = False


PLAIN = Manners()


def render(document: Document, manners: Manners = PLAIN) -> Script:
    """What will be said, sentence by sentence."""
    return script_of(document, tuple(rendered(document, manners)))


def rendered(document: Document, manners: Manners = PLAIN) -> Iterator[Chapter]:
    """The chapters of `render` one after the other, so that the first can be spoken while the next is rendered."""
    renderer = _Renderer(document, manners)
    number = 0
    found = chapters(document)
    for place, (title, blocks) in enumerate(found, start=1):
        sentences = renderer.chapter(blocks)
        if place == len(found) and manners.receipt:
            sentences += receipt(document, block=blocks[-1][0])
        if not sentences:
            continue
        if manners.disclose and not number:
            sentences = _disclosed(sentences, document.language)
        number += 1
        said = staged(sentences, number=number, pauses=manners.pauses, earcons=manners.earcons)
        yield Chapter(number=number, title=title, sentences=said)


def script_of(document: Document, found: tuple[Chapter, ...]) -> Script:
    """The document's script out of its rendered chapters."""
    return Script(title=document.title, language=document.language, chapters=found, digest=_digest(found))


class _Renderer:
    """What the sentences of one document share: its acronyms, and how often each sentence occurred."""

    def __init__(self, document: Document, manners: Manners) -> None:
        self._language = document.language
        self._style = manners.style
        self._edits = {edit.sentence_id: edit for edit in manners.edits}
        self._acronyms = capitals.acronyms(block.text for block in document.kept)
        self._seen: Counter[str] = Counter()

    def chapter(self, blocks: Sequence[tuple[int, Block]]) -> list[Sentence]:
        said = utterances([block for _, block in blocks], self._style, self._language)
        return [
            sentence
            for (index, block), found in zip(blocks, said, strict=True)
            for sentence in self._block(index, block, found)
        ]

    def _block(self, index: int, block: Block, said: Sequence[Utterance]) -> Iterator[Sentence]:
        found = [
            edited
            for utterance in said
            if (sentence := self._sentence(utterance, index, block)) and (edited := self._edited(sentence))
        ]
        if found:
            yield from found[:-1]
            yield replace(found[-1], pause_ms=after_ms(block))

    def _edited(self, sentence: Sentence) -> Sentence | None:
        """The sentence as a person wants it said; None when it is to be left out."""
        edit = self._edits.get(sentence.id)
        if edit is None:
            return sentence
        spoken = spoken_form(edit.spoken, sentence.language)[0] if edit.spoken else ""
        if not spoken:
            return None
        whole = Alignment(written_start=0, written_end=len(sentence.written), spoken_start=0, spoken_end=len(spoken))
        return replace(sentence, spoken=spoken, spans=(whole,))

    def _sentence(self, utterance: Utterance, index: int, block: Block) -> Sentence | None:
        language = self._language if utterance.aloud else block.language or self._language
        spoken, spans = spoken_form(utterance.text, language, known=self._acronyms, edits=utterance.edits)
        if not spoken:
            return None
        if utterance.lead:
            spoken, spans = _led(utterance.lead, spoken, spans, language)
        return Sentence(
            id=self._id(utterance, block),
            written=utterance.text,
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

    def _id(self, utterance: Utterance, block: Block) -> str:
        """From the written text and its occurrence. What a listener may leave out is counted apart, so that the names
        of the rest do not depend on it."""
        name = utterance.text
        if utterance.aloud:
            name = f"\0aloud\0{name}"
        elif block.aside or block.kind not in _RUNNING_TEXT:
            name = f"\0{block.kind}\0{block.aside}\0{name}"
        self._seen[name] += 1
        return f"{hashlib.sha256(name.encode()).hexdigest()[:12]}-{self._seen[name]}"


def _led(lead: str, spoken: str, spans: tuple[Alignment, ...], language: str) -> tuple[str, tuple[Alignment, ...]]:
    """The spoken form with what is said before it, which belongs to the first word."""
    said, _ = spoken_form(lead, language)
    moved = len(said) + 1
    spans = tuple(replace(s, spoken_start=s.spoken_start + moved, spoken_end=s.spoken_end + moved) for s in spans)
    return f"{said} {spoken}", (replace(spans[0], spoken_start=0), *spans[1:])


def _disclosed(sentences: list[Sentence], language: str) -> list[Sentence]:
    """Put the disclosure after the title, or first when the article does not say its title."""
    place = 1 if sentences[0].kind is BlockKind.HEADING else 0
    notice = replace(disclosure(language, block=sentences[0].block), pause_ms=PARAGRAPH_MS)
    return [*sentences[:place], notice, *sentences[place:]]


def _digest(found: Sequence[Chapter]) -> str:
    facts = [
        RULES_VERSION,
        [[c.title, [_said(s) for s in c.sentences]] for c in found],
    ]
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def _said(sentence: Sentence) -> list[str | int]:
    facts: list[str | int] = [sentence.spoken, sentence.pause_ms, sentence.language, sentence.kind]
    return [*facts, sentence.earcon] if sentence.earcon else facts
