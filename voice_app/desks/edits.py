"""Edits: what a person changed in one article: how a sentence is said, what is read and what is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from voice_app.desks.ground import Ground
from voice_app.errors import InputError
from voice_app.model import Article, Choice, Document, Edit, Line, Reading, Script, Sentence, Sheet
from voice_app.script.blocks import block_ids
from voice_app.script.render import NOTICES

MAX_CHARACTERS = 1_000
NOTHING_LEFT = "Then nothing of the article would be left to hear."


class Edits:
    """Each change asks for a new narration, which speaks only what changed."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def sheet(self, slug: str) -> Sheet:
        """All sentences of an article, the ones left out too. Raises InputError when it was not read yet."""
        article, document = self._read(slug)
        reading = self._ground.reading(article.id)
        script = self._unedited(document, reading)
        edits = {edit.sentence_id: edit for edit in reading.edits}
        chapters = tuple(
            (c, tuple(Line(sentence=s, edit=edits.get(s.id)) for s in c.sentences if s.id not in NOTICES))
            for c in script.chapters
        )
        there = {sentence.id for sentence in script.sentences}
        return Sheet(
            article=article,
            document=document,
            block_ids=block_ids(document),
            chapters=chapters,
            vanished=tuple(edit for edit in reading.edits if edit.sentence_id not in there),
            choices=reading.choices,
        )

    def silenced(self, document: Document, reading: Reading) -> int:
        """How many sentences of the text are left out by hand."""
        gone = {edit.sentence_id for edit in reading.edits if edit.spoken is None}
        return len(gone & {s.id for s in self._unedited(document, reading).sentences}) if gone else 0

    def say(self, slug: str, sentence_id: str, spoken: str) -> None:
        """Say a sentence in these words. Raises InputError."""
        words = " ".join(spoken.split())
        if not any(c.isalnum() for c in words):
            raise InputError("There is nothing to say in it.", todo="Write words, or leave the sentence out.")
        if len(words) > MAX_CHARACTERS:
            what = f"That is too long for one sentence: {len(words):,} characters."
            raise InputError(what, todo=f"Use at most {MAX_CHARACTERS:,}.")
        self._edit(slug, sentence_id, words)

    def leave_out(self, slug: str, sentence_id: str) -> None:
        """Do not say a sentence. Raises InputError."""
        self._edit(slug, sentence_id, None)

    def reset(self, slug: str, sentence_id: str) -> None:
        """Say a sentence as it would be said by itself. One that was not changed stays as it is."""
        library = self._ground.library
        article = library.article(slug)
        if any(edit.sentence_id == sentence_id for edit in library.readings.chosen(article.id).edits):
            library.readings.forget_edit(article.id, sentence_id)
            library.ask_narration(article.id)

    def choose(self, slug: str, block_id: str, is_read: bool | None) -> None:
        """Read a block, leave it out, or (None) let the style decide. Raises InputError."""
        article, document = self._read(slug)
        library, reading = self._ground.library, self._ground.reading(article.id)
        others = tuple(choice for choice in reading.choices if choice.block_id != block_id)
        if is_read is None:
            if others != reading.choices:
                library.readings.forget_choice(article.id, block_id)
                library.ask_narration(article.id)
            return
        if block_id not in block_ids(document):
            raise InputError("There is no such part in the article's text.", todo="Open its page for the present ones.")
        choice = Choice(block_id=block_id, is_read=is_read)
        self._must_say_something(document, replace(reading, choices=(*others, choice)))
        library.readings.choose(article.id, choice)
        library.ask_narration(article.id)

    def _edit(self, slug: str, sentence_id: str, spoken: str | None) -> None:
        article, document = self._read(slug)
        library, reading = self._ground.library, self._ground.reading(article.id)
        sentence = _found(self._unedited(document, reading).sentences, sentence_id)
        if spoken == sentence.spoken:
            self.reset(slug, sentence_id)
            return
        edit = Edit(sentence_id=sentence_id, written=sentence.written, spoken=spoken)
        others = tuple(other for other in reading.edits if other.sentence_id != sentence_id)
        if edit in reading.edits:
            return
        self._must_say_something(document, replace(reading, edits=(*others, edit)))
        library.readings.edit(article.id, edit)
        library.ask_narration(article.id)

    def _read(self, slug: str) -> tuple[Article, Document]:
        article = self._ground.library.article(slug)
        document = self._ground.library.document(article.id)
        if document is None:
            raise InputError("The article was not read yet.", todo="Wait until its page shows its text.")
        return article, document

    def _unedited(self, document: Document, reading: Reading) -> Script:
        return self._ground.script(document, replace(reading, edits=()))

    def _must_say_something(self, document: Document, reading: Reading) -> None:
        said = self._ground.script(document, reading).sentences
        if all(sentence.id in NOTICES for sentence in said):
            raise InputError(NOTHING_LEFT, todo="Keep one sentence, or remove the article.")


def _found(sentences: Sequence[Sentence], sentence_id: str) -> Sentence:
    for sentence in sentences:
        if sentence.id == sentence_id and sentence_id not in NOTICES:
            return sentence
    raise InputError(
        "There is no such sentence in the article's text.",
        todo="Open the page that changes sentences for the present ones.",
    )
