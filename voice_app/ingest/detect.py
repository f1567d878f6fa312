"""What kind of file it is: from its first bytes, then the transport's word, then its name, then what it looks like."""

from __future__ import annotations

import re
from pathlib import PurePath

from voice_app.errors import DamagedFileError, LockedFileError, UnsupportedTypeError
from voice_app.ingest import kinds
from voice_app.ingest.archive import Archive
from voice_app.model import Source

_FOREIGN = (
    (b"\x89PNG", "a picture"), (b"\xff\xd8\xff", "a picture"), (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"), (b"ID3", "sound"), (b"OggS", "sound"), (b"RIFF", "sound or film"),
    (b"\x7fELF", "a program"), (b"\xd0\xcf\x11\xe0", "an old office document"), (b"{\\rtf", "RTF"),
)  # fmt: skip
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # the stream in which Office keeps a file with a password
_UNTOLD = ("", "application/octet-stream", "binary/octet-stream")
_VAGUE = ("text/plain", "text/xml", "application/xml", "application/json", "application/zip", *_UNTOLD)
_HTML_START = re.compile(
    rb"^\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|article|main|h1|p|div)\b", re.I | re.S
)
_PROLOGUE = rb"^\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*|<\?.*?\?>\s*|<!DOCTYPE[^>]*>\s*)*"
_XML_STARTS = (
    (re.compile(_PROLOGUE + rb"<(?:rss|rdf:RDF)\b", re.S), "application/rss+xml"),
    (re.compile(_PROLOGUE + rb"<(?:\w+:)?feed\b", re.S), "application/atom+xml"),
    (re.compile(_PROLOGUE + rb"<opml\b", re.S), "text/x-opml"),
    (re.compile(_PROLOGUE + rb"<(?:\w+:)?html\b", re.S | re.I), "text/html"),
)
_JSON_FEED = re.compile(rb"^\s*\{.{0,2000}?\"version\"\s*:\s*\"https?:(?:\\?/){2}jsonfeed\.org(?:\\?/)version", re.S)
_MAIL = re.compile(
    rb"^(?:From [^\n]+\n)?(?=(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*){2})"
    rb"(?=(?:[^\n]+\n)*?(?:from|received|return-path|delivered-to):)"
    rb"(?=(?:[^\n]+\n)*?(?:date|message-id|mime-version|received):)",
    re.I,
)
_MARKDOWN = re.compile(r"^(?:---\n|#{1,6} \S|[-*] \S|\d+\. \S|> |```|\|.+\|)", re.M)
_PLAIN = re.compile(
    r"\A(?:From|Subject|To|Date): |^(?:On|Am|Le) .{6,200}(?:wrote|schrieb.{0,60}|a écrit)\s?:$|^\*\*\* ?START OF TH",
    re.M,
)
MAX_NUL_SHARE = 0.001  # a stray NUL is dirt, many are a binary file
HEAD_BYTES = 4096


def media_type(source: Source) -> str:
    """The first media type of one of `kinds.KINDS`.

    Raises UnsupportedTypeError, DamagedFileError, LockedFileError, TooLargeError.
    """
    head = source.body[:HEAD_BYTES].removeprefix(b"\xef\xbb\xbf")
    if b"%PDF-" in head[:1024]:
        return "application/pdf"
    if head.startswith(_ZIP):
        return _zipped(source.body)
    if head.startswith(_OLE) and _ENCRYPTED in source.body:
        raise LockedFileError
    for magic, name in _FOREIGN:
        if head.startswith(magic):
            raise UnsupportedTypeError(f"This type of file cannot be read yet: it is {name}.")
    told = source.media_type.split(";")[0].strip().lower()
    named = kinds.of_name(source.origin) if "://" not in source.origin else None
    if told not in _VAGUE:
        kind = kinds.of_media_type(told)
        if kind is None:
            raise UnsupportedTypeError(f"This type of file cannot be read yet: {told}.", media_type=told)
        return _read_as(kind, source.body)
    if named and told in _UNTOLD:
        return _read_as(named, source.body)
    _refuse_binary(source.body)
    return _looks(head) or _text(source.origin, told, named, head)


def _read_as(kind: kinds.Kind, body: bytes) -> str:
    """The kind that was named, unless the bytes show that it cannot be."""
    if kind.name in ("epub", "docx", "pdf"):
        raise DamagedFileError(f"The file is not whole, or it is not {kind.name.upper()}.")
    _refuse_binary(body)
    return kind.media_types[0]


def _zipped(body: bytes) -> str:
    """What the archive is by the files in it."""
    archive = Archive(body)
    if archive.find("META-INF/container.xml") or any(name.lower().endswith(".opf") for name in archive.names):
        return "application/epub+zip"
    if any(name.lower().startswith("word/document") for name in archive.names):
        return kinds.DOCX
    raise UnsupportedTypeError("This type of file cannot be read yet: it is a ZIP archive.")


def _looks(head: bytes) -> str | None:
    """What gives itself away by how it begins."""
    if _HTML_START.match(head):
        return "text/html"
    for pattern, found in _XML_STARTS:
        if pattern.match(head):
            return found
    if _JSON_FEED.match(head):
        return "application/feed+json"
    return "message/rfc822" if _MAIL.match(head.replace(b"\r\n", b"\n")) else None


def _text(origin: str, told: str, named: kinds.Kind | None, head: bytes) -> str:
    if named:
        return named.media_types[0]
    suffix = PurePath(origin).suffix
    if suffix and re.fullmatch(r"\.[A-Za-z0-9]{1,5}", suffix) and "://" not in origin and not told:
        raise UnsupportedTypeError(f"This type of file cannot be read yet: {suffix}.", media_type=suffix)
    if told not in ("text/plain", *_UNTOLD):
        raise UnsupportedTypeError(f"This type of file cannot be read yet: {told}.", media_type=told)
    return "text/markdown" if _looks_like_markdown(head) else "text/plain"


def _refuse_binary(body: bytes) -> None:
    sample = body[:65_536]
    wide = sample.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not wide and sample.count(0) > max(3, len(sample) * MAX_NUL_SHARE):
        raise UnsupportedTypeError("This type of file cannot be read: it is not text.")


def _looks_like_markdown(head: bytes) -> bool:
    """Pasted text is Markdown when it has a heading, or front matter, or two other marks; quoted lines in a message and
    stars in a book are none."""
    text = head.decode("utf-8", errors="ignore").lstrip("\ufeff").replace("\r\n", "\n")
    if _PLAIN.search(text):
        return False
    return (
        bool(re.match(r"(?:---\n.*?\n---\n)|(?:\+\+\+\n.*?\n\+\+\+\n)|#{1,6} \S", text, re.S))
        or len(_MARKDOWN.findall(text)) >= 2
    )
