"""Answers that programs fetch again and again: they can ask whether anything changed, from any site."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from flask import Response, request

if TYPE_CHECKING:
    from datetime import datetime


def conditional(body: str | bytes, media_type: str, *, modified: datetime | None = None) -> Response:
    """The body with its ETag and date, or 304 when the asker has it."""
    data = body.encode() if isinstance(body, str) else body
    response = Response(data, mimetype=media_type)
    response.set_etag(hashlib.sha256(data).hexdigest()[:32])
    if modified:  # set to None it would become the present
        response.last_modified = modified
    response.make_conditional(request)
    return response


def open_to_all(response: Response) -> Response:
    """Players in other sites' pages may fetch it."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
