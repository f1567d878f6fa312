"""The kinds of file that can be read: their media types and the ends of their names. `formats/` has a file for each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

MAX_TEXT_BYTES = 10_000_000
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """`name` is the module in `formats/`; the first of `media_types` is the one that `detect` gives.

    `max_bytes` holds for what is all text, where more than that is no article; other files carry pictures.
    """

    name: str
    media_types: tuple[str, ...]
    suffixes: tuple[str, ...]
    max_bytes: int | None = MAX_TEXT_BYTES


KINDS = (
    Kind(name="html", media_types=("text/html", "application/xhtml+xml"), suffixes=(".html", ".htm", ".xhtml")),
    Kind(name="markdown", media_types=("text/markdown", "text/x-markdown"), suffixes=(".md", ".markdown")),
    Kind(name="text", media_types=("text/plain",), suffixes=(".txt", ".text")),
    Kind(name="epub", media_types=("application/epub+zip",), suffixes=(".epub",), max_bytes=None),
    Kind(name="pdf", media_types=("application/pdf",), suffixes=(".pdf",), max_bytes=None),
    Kind(name="docx", media_types=(DOCX,), suffixes=(".docx",), max_bytes=None),
    Kind(name="mail", media_types=("message/rfc822",), suffixes=(".eml",), max_bytes=None),
    Kind(
        name="feed",
        media_types=("application/rss+xml", "application/atom+xml", "application/feed+json"),
        suffixes=(".rss", ".atom"),
    ),
    Kind(name="opml", media_types=("text/x-opml", "application/opml+xml"), suffixes=(".opml",)),
)


def of_media_type(media_type: str) -> Kind | None:
    return next((kind for kind in KINDS if media_type in kind.media_types), None)


def of_name(name: str) -> Kind | None:
    """The kind of a file by the end of its name."""
    suffix = PurePath(name).suffix.lower()
    return next((kind for kind in KINDS if suffix in kind.suffixes), None)
