"""A message as bytes -> its parts, with limits: which texts to read, and what is attached."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from email import errors
from email.message import EmailMessage, Message
from email.parser import BytesParser
from email.policy import EmailPolicy
from typing import Any

from voice_app.errors import DamagedFileError, LockedFileError, NoArticleError, TooLargeError

MAX_PARTS = 1_000
MAX_BOUNDARIES = 80
MAX_MESSAGES = 100
MAX_DEPTH = 60
MAX_HEADER_LINES = 100
MAX_HEADER_CHARS = 4_000
_MBOX = re.compile(rb"\A(?:>?From [^\r\n]*\r?\n)+")
_BOUNDARY = re.compile(rb"boundary\s*=\s*\"?([^\";\s]{1,100})", re.I)
_MESSAGE = re.compile(rb"content-type:\s*message/", re.I)
_FAULTS = (
    errors.MessageError, ValueError, LookupError, TypeError, AttributeError, RecursionError, AssertionError,
)  # fmt: skip
_LOCKED = ("application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted")
_TEXTS = ("text/plain", "text/html")


class _Capped(EmailPolicy):
    """The standard policy for headers of a sane length; letters beyond ASCII that nobody encoded are kept."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines[:MAX_HEADER_LINES])
        return name[:100], _readable(value[:MAX_HEADER_CHARS])


def _readable(value: str) -> str:
    raw = value.encode("utf-8", "surrogateescape")
    if value.isascii():
        return value
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def message_of(body: bytes) -> Message:
    """The message in these bytes. Raises TooLargeError when it is built to cost time."""
    body = _MBOX.sub(b"", body.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n"))
    boundaries = set(_BOUNDARY.findall(body))
    if len(boundaries) > MAX_BOUNDARIES or len(_MESSAGE.findall(body)) > MAX_MESSAGES:
        raise TooLargeError("It has too many messages in one another.")
    if sum(body.count(b"\n--" + boundary) for boundary in boundaries) > MAX_PARTS:
        raise TooLargeError(f"It has more than {MAX_PARTS:,} parts.")
    try:
        return BytesParser(EmailMessage, policy=_Capped()).parsebytes(body)
    except _FAULTS as problem:
        raise DamagedFileError("The message is not complete or not written as mail is.") from problem


def header(message: Message, name: str) -> str:
    """A header as people read it, on one line; empty when it is missing or damaged."""
    try:
        return " ".join(str(message.get(name) or "").split())
    except _FAULTS:
        return ""


def media_type(part: Message) -> str:
    try:
        return part.get_content_type()
    except _FAULTS:
        return "text/plain"


def name_of(part: Message) -> str:
    """The file name of a part, RFC 2231 and 2047 decoded, without folders."""
    try:
        name = part.get_filename() or ""
    except _FAULTS:
        name = ""
    return re.split(r"[/\\]", " ".join(str(name).split()))[-1][:200]


def payload(part: Message) -> bytes:
    """The bytes of a part, without their encoding for transport; what of it is broken is left as it is."""
    try:
        found = part.get_payload(decode=True)
    except _FAULTS:
        return b""
    return found if isinstance(found, bytes) else b""


def bytes_of(message: Message) -> bytes:
    """A message inside another as it would stand alone."""
    try:
        return message.as_bytes(policy=_Capped(refold_source="none"))
    except _FAULTS:
        return b""


def charset(part: Message) -> str | None:
    try:
        return part.get_content_charset()
    except _FAULTS:
        return None


def parameter(part: Message, name: str) -> str:
    try:
        return str(part.get_param(name) or "").lower()
    except _FAULTS:
        return ""


def is_attached(part: Message) -> bool:
    """Whether it is a file beside the text: it says so, or it has a name and is not the text of the message."""
    try:
        told = part.get_content_disposition()
    except _FAULTS:
        told = None
    return told == "attachment" or media_type(part) not in _TEXTS or (told != "inline" and bool(name_of(part)))


def children(part: Message) -> list[Message]:
    """The parts of a container; empty for a leaf, and an attached message is one."""
    inner: Any = part.get_payload()
    is_container = part.get_content_maintype() == "multipart" and isinstance(inner, list)
    return [child for child in inner if isinstance(child, Message)] if is_container else []


def leaves(part: Message, depth: int = 0) -> Iterator[Message]:
    """Every part that is no container, in order. Raises LockedFileError, TooLargeError."""
    _refuse(part, depth)
    inner = children(part)
    if not inner:
        yield part
    for child in inner:
        yield from leaves(child, depth + 1)


def _refuse(part: Message, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise TooLargeError("Its parts are nested too deeply.")
    kind = media_type(part)
    if kind == "multipart/encrypted" or kind in _LOCKED:
        raise LockedFileError(
            "The message is encrypted.", todo="Open it in your mail program and save its text, or paste the text."
        )
    if kind == "multipart/report" and "delivery" in parameter(part, "report-type"):
        raise NoArticleError("This is a notice that a message could not be delivered.")


def texts(part: Message) -> list[Message]:
    """The parts to read, in order. Of alternatives the richest that has words."""
    inner, kind = children(part), media_type(part)
    if not inner:
        return [] if is_attached(part) else [part]
    if kind == "multipart/alternative":
        return _best([texts(child) for child in inner])
    if kind in ("multipart/related", "multipart/signed"):
        return texts(inner[0])
    return [found for child in inner for found in texts(child)]


def _best(choices: Sequence[list[Message]]) -> list[Message]:
    """The last one in HTML with about as many words as the plain one, as HTML that is a picture alone has none."""
    plain = [c for c in choices if c and all(media_type(p) == "text/plain" for p in c)]
    rich = [c for c in choices if c and any(media_type(p) == "text/html" for p in c)]
    least = max((_words(c) for c in plain), default=0) * 0.3
    good = [c for c in rich if _words(c) > 0 and _words(c) >= least]
    return next((c for group in (good[::-1], plain, rich, choices) for c in group if c), [])


def _words(parts: Sequence[Message]) -> int:
    texts_ = (payload(p).decode("ascii", "ignore") for p in parts)
    return sum(
        len(re.sub(r"<(style|script)\b.*?</\1>|<[^>]*>|&\w+;", " ", text, flags=re.S | re.I).split()) for text in texts_
    )
