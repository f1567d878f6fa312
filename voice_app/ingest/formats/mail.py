"""Mail: one message. Its text is the article; what is attached to it may be articles too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from email.message import Message
from pathlib import PurePath

from voice_app.errors import EmptyInputError, LockedFileError, NoArticleError
from voice_app.ingest import kinds
from voice_app.ingest.blocks import dropped, said, skipped
from voice_app.ingest.decode import text_of
from voice_app.ingest.headings import short_title, titled
from voice_app.ingest.language import language_of
from voice_app.ingest.mail import envelope, letters
from voice_app.ingest.mail.page import body_of
from voice_app.ingest.markup import left_out_reason
from voice_app.ingest.text import plain
from voice_app.ingest.web.page import blocks_of
from voice_app.model import Block, Document, Source

ATTACHMENT = "attachment"
MAX_ATTACHED = 20
MAX_MESSAGES_DEEP = 3
_ARMOUR = "-----BEGIN PGP MESSAGE-----"
_LATIN = ("iso-8859-1", "latin-1", "latin1", "windows-1252", "cp1252", "us-ascii", "ascii")


def read(source: Source) -> Document:
    """The message's text. Raises EmptyInputError, NoArticleError, LockedFileError, DamagedFileError, TooLargeError."""
    message = envelope.message_of(source.body)
    parts = list(envelope.leaves(message))
    subject = envelope.header(message, "Subject")
    texts = envelope.texts(message)
    blocks = [block for part in texts for block in _blocks(part, source, subject)]
    if not any(block.text or block.rows for block in blocks):
        raise EmptyInputError("The message has no text.", todo=_todo(parts))
    letter = letters.letter_of(blocks, subject=subject, is_mail=True)
    blocks = letters.without_footer(letter.blocks)
    kept = said(blocks)
    if not kept:
        raise NoArticleError("The message has no text of its own.", todo=_todo(parts))
    title = letters.subject_without_prefix(letter.facts.get("subject") or subject) or short_title(kept[0].text)
    sender = letter.facts.get("from") or envelope.header(message, "From")
    files = [_file(part) for part in parts if all(part is not text for text in texts)]
    return Document(
        title=title,
        blocks=(*titled(blocks, title), *(file for file in files if file is not None)),
        language=language_of(envelope.header(message, "Content-Language") or None, kept),
        byline=letters.byline_of(sender),
        published=letters.day_of(letter.facts.get("date") or envelope.header(message, "Date")),
    )


def attached(source: Source) -> tuple[Source, ...]:
    """What is attached and can be an article, up to 20 files, those of attached messages too, up to 3 deep. `origin` is
    the file's name. Raises LockedFileError, DamagedFileError, TooLargeError."""
    return tuple(_attached(envelope.message_of(source.body), source, 1))[:MAX_ATTACHED]


def _attached(message: Message, source: Source, depth: int) -> Iterator[Source]:
    for part in envelope.leaves(message):
        if not envelope.is_attached(part):
            continue
        if envelope.media_type(part) == "message/rfc822":
            yield from _message(part, source, depth)
            continue
        name = envelope.name_of(part)
        kind = kinds.of_name(name) or kinds.of_media_type(envelope.media_type(part))
        body = envelope.payload(part)
        if kind is not None and body.strip():
            yield replace(
                source,
                origin=name or f"{ATTACHMENT}{kind.suffixes[0]}",
                media_type=kind.media_types[0],
                body=body,
                charset=envelope.charset(part),
                etag=None,
                last_modified=None,
            )


def _message(part: Message, source: Source, depth: int) -> Iterator[Source]:
    """A message inside the message, and what is attached to that."""
    inner = part.get_payload()
    if depth > MAX_MESSAGES_DEEP or not isinstance(inner, list) or not inner or not isinstance(inner[0], Message):
        return
    body = envelope.bytes_of(inner[0])
    name = envelope.name_of(part) or f"{short_title(envelope.header(inner[0], 'Subject'))}.eml"
    if body.strip():
        origin = name if PurePath(name).suffix.lower() == ".eml" else f"{name}.eml"
        yield replace(source, origin=origin, media_type="message/rfc822", body=body, charset=None)
        yield from _attached(inner[0], source, depth + 1)


def _blocks(part: Message, source: Source, subject: str) -> list[Block]:
    text = _text(part, source)
    if _ARMOUR in text:
        raise LockedFileError(
            "The message is encrypted.", todo="Open it in your mail program and save its text, or paste the text."
        )
    if envelope.media_type(part) != "text/html":
        is_flowed = envelope.parameter(part, "format") == "flowed"
        return plain.blocks_of(_unflowed(text, part) if is_flowed else text)
    body = body_of(text, is_forwarded=letters.is_forwarded_subject(subject))
    found = blocks_of(body) if body is not None else []
    return [_named(one.block, left_out_reason(one.element)) for one in found]


def _named(block: Block, reason: str) -> Block:
    return dropped(block, reason) if reason else block


def _text(part: Message, source: Source) -> str:
    """The text of a part. UTF-8 that calls itself Latin is UTF-8."""
    body, charset = envelope.payload(part), envelope.charset(part)
    if not body.strip():
        return ""
    if charset in _LATIN and _is_utf8(body):
        charset = "utf-8"
    return text_of(replace(source, body=body, charset=charset))


def _is_utf8(body: bytes) -> bool:
    try:
        return not body.decode("utf-8").isascii()
    except UnicodeDecodeError:
        return False


def _unflowed(text: str, part: Message) -> str:
    """Lines that end in a blank go on in the next one (RFC 3676); as paragraphs of one line, parted by empty lines."""
    is_delsp = envelope.parameter(part, "delsp") == "yes"
    found: list[str] = []
    is_open = False
    for line in text.split("\n"):
        text_line = line[1:] if line.startswith(" ") else line
        flows = text_line.endswith(" ") and text_line != "-- "
        kept = text_line[:-1] if flows and is_delsp else text_line
        if is_open and not line.startswith(">"):
            found[-1] += kept
        else:
            found.append(kept)
        is_open = flows and not line.startswith(">")
    return "\n".join(found)


def _file(part: Message) -> Block | None:
    """A part that is not read, by its name; what is neither named nor a file leaves no trace."""
    name = envelope.name_of(part)
    kind = envelope.media_type(part)
    if not envelope.is_attached(part) or (not name and kind in ("text/calendar", "application/pgp-signature")):
        return None
    text = name or envelope.header(part, "Content-Description") or kind
    return skipped(text, ATTACHMENT)


def _todo(parts: list[Message]) -> str:
    names = [
        envelope.name_of(part) for part in parts if envelope.is_attached(part) and kinds.of_name(envelope.name_of(part))
    ]
    return f"Add what is attached to it: {', '.join(names)}." if names else EmptyInputError.todo
