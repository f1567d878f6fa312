"""Finished sound, when its words sound, and artwork.

A name carries its content's hash, so what is behind it never changes.

Werkzeug's `send_file` does most of it; two of its answers are mended here. It refuses several ranges at once, where the
whole file serves better, and it answers HEAD with a part, where the standard defines ranges for GET alone.
"""

from __future__ import annotations

import json

from flask import Blueprint, Response, request, send_file
from werkzeug.routing import BaseConverter

from voice_app.publish.answers import conditional, open_to_all
from voice_app.publish.context import studio

blueprint = Blueprint("media", __name__)
blueprint.after_request(open_to_all)

YEAR_SECONDS = 31_536_000


class MediaName(BaseConverter):
    """A name as the Studio gives it: letters, digits and hyphens, and one of three endings."""

    regex = r"[a-z0-9][a-z0-9-]{0,150}\.(?:mp3|m4b|jpg)"


@blueprint.get("/audio/<media_name:name>")
def audio(name: str) -> Response:
    return _file(name, "audio/mp4" if name.endswith(".m4b") else "audio/mpeg")


@blueprint.get("/transcripts/words/<slug>/<media_name:name>/<live_name:sentence_id>.json")
def words(slug: str, name: str, sentence_id: str) -> Response:
    """When the words of a sentence sound, and of those after it: by sentence, as `model.timing_of` writes it."""
    return conditional(json.dumps(dict(studio().words(slug, name, sentence_id))), "application/json")


@blueprint.get("/artwork/<media_name:name>")
def artwork(name: str) -> Response:
    return _file(name, "image/jpeg")


def _file(name: str, media_type: str) -> Response:
    path = studio().media(name)
    if request.method == "HEAD" or "," in request.headers.get("Range", ""):
        request.environ.pop("HTTP_RANGE", None)
    response = send_file(path, mimetype=media_type, conditional=True, etag=name, max_age=YEAR_SECONDS)
    response.cache_control.public = True
    response.cache_control.immutable = True
    response.headers["Accept-Ranges"] = "bytes"
    return response
