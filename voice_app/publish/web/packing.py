"""Answers in text are sent packed to those who ask for it. Sound is packed already; parts of files are left alone."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

from flask import Flask, request

if TYPE_CHECKING:
    from flask import Response

TYPES = frozenset(
    {
        "application/json",
        "application/json+chapters",
        "application/manifest+json",
        "application/rss+xml",
        "image/svg+xml",
        "text/css",
        "text/html",
        "text/javascript",
        "text/plain",
        "text/vtt",
    }
)
LEAST_BYTES = 1_000
"""What is smaller travels in one network packet in any case."""
MOST_BYTES = 5_000_000
"""What is larger takes a processor a tenth of a second and more, and as much memory again."""
LEVEL = 6
"""zlib's own choice. 9 takes longer and saves next to nothing."""


def install(app: Flask) -> None:
    app.after_request(_pack)


def _pack(response: Response) -> Response:
    if response.mimetype not in TYPES or response.status_code not in (200, 304):
        return response
    if response.cache_control.no_store:  # there may be a secret in it, which its packed length would tell of (BREACH)
        return response
    if response.status_code == 200 and not LEAST_BYTES <= _length(response) <= MOST_BYTES:
        return response
    response.vary.add("Accept-Encoding")
    etag, _ = response.get_etag()
    is_packed = response.status_code == 200 and bool(request.accept_encodings["gzip"])
    if is_packed:
        response.direct_passthrough = False
        response.set_data(gzip.compress(response.get_data(), LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    if etag and (is_packed or request.if_none_match.is_weak(etag)):
        response.set_etag(etag, weak=True)  # the same words in other bytes (RFC 9110, 8.8.1)
    return response


def _length(response: Response) -> int:
    """How many bytes it has; -1 when that is not known, as it is made while it is sent."""
    if response.content_length is not None:
        return response.content_length
    return -1 if response.is_streamed else len(response.get_data())
