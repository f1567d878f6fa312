"""Sound that is made while it is listened to: the time line, one piece a sentence, and all of it as one stream.

A piece's address has a digest of what is said and by whom, so what is behind it never changes. Pieces cost work, so
other sites' pages may not ask for them.
"""

from __future__ import annotations

import math
from itertools import chain
from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, jsonify, request, url_for
from werkzeug.routing import BaseConverter

from voice_app.publish.context import studio
from voice_app.publish.tongue import later
from voice_app.publish.web.media import YEAR_SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voice_app.model import LiveLine

blueprint = Blueprint("live", __name__)

MP3 = "audio/mpeg"
PLAYLIST = "application/vnd.apple.mpegurl"


class LiveName(BaseConverter):
    """A digest, or a sentence's id."""

    regex = r"[a-z0-9][a-z0-9-]{0,63}"


@blueprint.before_request
def refuse_strangers() -> None:
    """Refuse what another site's page asks for."""
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        abort(403, later("Another site asked for this sound, so it was not made. Open the article's page here."))


@blueprint.after_request
def _keep(response: Response) -> Response:
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


@blueprint.get("/articles/<slug>/live.json")
def line(slug: str) -> Response:
    response = jsonify(_facts(slug, studio().live.line(slug)))
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/articles/<slug>/live/<live_name:digest>/playlist.m3u8")
def playlist(slug: str, digest: str) -> Response:
    response = Response(_playlist(studio().live.still(slug, digest)), mimetype=PLAYLIST)
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/articles/<slug>/live/<live_name:digest>/<live_name:sentence_id>.mp3")
def piece(slug: str, digest: str, sentence_id: str) -> Response:
    """Empty for a sentence that cannot be spoken: players warn of a 204.

    HEAD makes the piece too, as only then its length is known.
    """
    frames = studio().live.piece(slug, digest, sentence_id)
    if not frames:
        return Response(b"", mimetype=MP3, headers={"Cache-Control": "no-store"})
    response = Response(frames, mimetype=MP3)
    response.set_etag(f"{digest}-{sentence_id}")
    if request.method == "HEAD" or "," in request.headers.get("Range", ""):
        request.environ.pop("HTTP_RANGE", None)
    response.make_conditional(request, accept_ranges=True, complete_length=len(frames))
    response.cache_control.public = True
    response.cache_control.max_age = YEAR_SECONDS
    response.cache_control.immutable = True
    return response


@blueprint.get("/articles/<slug>/live/<live_name:digest>/<live_name:sentence_id>.json")
def words(slug: str, digest: str, sentence_id: str) -> Response:
    """When the words of the pieces that are there by now sound, from this sentence on."""
    response = jsonify(dict(studio().live.words(slug, digest, sentence_id)))
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/articles/<slug>/live/<live_name:digest>/stream.mp3")
def stream(slug: str, digest: str) -> Response:
    """From the sentence named by `from`, or from the beginning, as fast as it is listened to."""
    runs = studio().live.stream(slug, digest, request.args.get("from", ""))
    headers = {"Cache-Control": "no-store", "Accept-Ranges": "none"}
    if request.method == "HEAD":
        return Response(mimetype=MP3, headers=headers)
    return Response(_begun(runs), mimetype=MP3, headers=headers)


def _begun(runs: Iterator[bytes]) -> Iterator[bytes]:
    """The same with its first run made: while nothing was sent, what goes wrong is still told as an error."""
    return chain([next(runs, b"")], runs)


def _playlist(line: LiveLine) -> str:
    heard = [stretch for stretch in line.stretches if stretch.seconds]
    head = [
        "#EXTM3U",
        "#EXT-X-VERSION:3",
        f"#EXT-X-TARGETDURATION:{math.ceil(max((s.seconds for s in heard), default=1))}",
        "#EXT-X-PLAYLIST-TYPE:VOD",
    ]
    body = [f"#EXTINF:{stretch.seconds:.3f},\n{stretch.sentence_id}.mp3" for stretch in heard]
    return "\n".join([*head, *body, "#EXT-X-ENDLIST", ""])


def _facts(slug: str, line: LiveLine) -> dict[str, object]:
    """The time line in few words: it has a row for every sentence of what may be a book."""
    frame = line.frame
    return {
        "pieces": url_for("live.piece", slug=slug, digest=line.digest, sentence_id="_").replace("_.mp3", "{id}.mp3"),
        "words": url_for("live.words", slug=slug, digest=line.digest, sentence_id="_").replace("_.json", "{id}.json"),
        "digest": line.digest,
        "seconds": round(line.seconds, 3),
        "frame": {
            "size": frame.size,
            "samples": frame.samples,
            "rate_hz": frame.rate_hz,
            "delay_samples": frame.delay_samples,
        },
        "sentences": [[s.sentence_id, s.seconds, s.speech_seconds, s.is_known] for s in line.stretches],
        "chapters": [
            {"number": c.number, "title": c.title, "first": c.first, "start": line.stretches[c.first].start}
            for c in line.chapters
        ],
    }
