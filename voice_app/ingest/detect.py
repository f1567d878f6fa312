"""What kind of file it is: from the transport's word, then its first bytes, then its name."""

from __future__ import annotations

import re
from pathlib import PurePath

from voice_app.errors import UnsupportedTypeError
from voice_app.model import Source

NAMES = {
    ".html": "text/html", ".htm": "text/html", ".xhtml": "text/html", ".md": "text/markdown",
    ".markdown": "text/markdown", ".txt": "text/plain", ".text": "text/plain",
}  # fmt: skip
HTML = ("text/html", "application/xhtml+xml")
_MAGIC = (
    (b"%PDF-", "PDF"), (b"\x89PNG", "a picture"), (b"\xff\xd8\xff", "a picture"), (b"GIF8", "a picture"),
    (b"PK\x03\x04", "a ZIP archive, an EPUB or an office document"), (b"\x1f\x8b", "a compressed file"),
    (b"ID3", "sound"), (b"OggS", "sound"), (b"RIFF", "sound or film"), (b"\x7fELF", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old office document"), (b"{\\rtf", "RTF"),
)  # fmt: skip
_HTML_START = re.compile(
    rb"^\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|article|main|h1|p|div)\b", re.I | re.S
)
_MARKDOWN = re.compile(r"^(?:---\n|#{1,6} \S|[-*] \S|\d+\. \S|> |```|\|.+\|)", re.M)
MAX_NUL_SHARE = 0.001  # a stray NUL is dirt, many are a binary file


def media_type(source: Source) -> str:
    """text/html, text/markdown or text/plain. Raises UnsupportedTypeError for what is no text."""
    head = source.body[:4096]
    for magic, name in _MAGIC:
        if head.startswith(magic):
            raise UnsupportedTypeError(f"This type of file cannot be read yet: it is {name}.")
    told = source.media_type.split(";")[0].strip().lower()
    if told in HTML:
        return "text/html"
    named = NAMES.get(PurePath(source.origin).suffix.lower(), "") if "://" not in source.origin else ""
    if told and told not in NAMES.values() and told not in ("application/octet-stream", "binary/octet-stream"):
        raise UnsupportedTypeError(f"This type of file cannot be read yet: {told}.", media_type=told)
    _refuse_binary(source.body)
    if told == "text/markdown" or named:
        return told if told == "text/markdown" else named
    if _HTML_START.match(head):
        return "text/html"
    suffix = PurePath(source.origin).suffix
    if suffix and re.fullmatch(r"\.[A-Za-z0-9]{1,5}", suffix) and "://" not in source.origin and not told:
        raise UnsupportedTypeError(f"This type of file cannot be read yet: {suffix}.", media_type=suffix)
    return "text/markdown" if _looks_like_markdown(head) else "text/plain"


def _refuse_binary(body: bytes) -> None:
    sample = body[:65_536]
    wide = sample.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not wide and sample.count(0) > max(3, len(sample) * MAX_NUL_SHARE):
        raise UnsupportedTypeError("This type of file cannot be read: it is not text.")


def _looks_like_markdown(head: bytes) -> bool:
    """Pasted text is Markdown when it has a heading, or front matter, or two other marks."""
    text = head.decode("utf-8", errors="ignore").lstrip("\ufeff")
    return bool(re.match(r"(?:---\n.*?\n---\n)|#{1,6} \S", text, re.S)) or len(_MARKDOWN.findall(text)) >= 2
