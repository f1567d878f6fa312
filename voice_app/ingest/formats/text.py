"""Plain text: a file, what was pasted, or a book of Project Gutenberg."""

from __future__ import annotations

from voice_app.errors import EmptyInputError, NoArticleError
from voice_app.ingest import book, letters, plain
from voice_app.ingest.decode import text_of
from voice_app.ingest.headings import short_title, titled
from voice_app.ingest.language import language_of
from voice_app.model import Block, BlockKind, Document, Source, Treatment


def read(source: Source) -> Document:
    """The text as blocks. Raises NoArticleError, UnreadableTextError."""
    text = text_of(source)
    found = book.book_of(text)
    return _book(found) if found else _text(text)


def _text(text: str) -> Document:
    letter = letters.letter_of(plain.blocks_of(text))
    subject = letters.subject_without_prefix(letter.facts.get("subject", ""))
    blocks = letters.without_footer(letter.blocks) if letter.is_message else letter.blocks
    kept = _kept(blocks)
    if not kept:
        raise NoArticleError("There is no article in this text, only links and notices.")
    title = subject or next((b.text for b in kept if b.kind is BlockKind.HEADING and b.level == 1), None)
    return Document(
        title=title or short_title(kept[0].text),
        blocks=tuple(titled(blocks, title) if title else blocks),
        language=language_of(None, kept),
        byline=letters.byline_of(letter.facts.get("from", "")),
        published=letters.day_of(letter.facts.get("date", "")),
    )


def _book(found: book.Book) -> Document:
    blocks = plain.blocks_of(found.text)
    kept = _kept(blocks)
    if not kept:
        raise EmptyInputError("There is no text between the archive's header and its licence.")
    title = found.title or short_title(kept[0].text)
    return Document(
        title=title,
        blocks=(
            *book.outer(found.before, book.HEADER),
            *titled(book.without_title_page(blocks, found), title),
            *book.outer(found.behind, book.LICENCE),
        ),
        language=language_of(found.language, kept),
        byline=found.author,
    )


def _kept(blocks: list[Block]) -> list[Block]:
    return [block for block in blocks if block.treatment is Treatment.SAID]
