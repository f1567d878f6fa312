"""Stable addresses that a speaker, a button or a routine can keep."""

from __future__ import annotations

from flask import Blueprint, Response, abort, jsonify, redirect
from werkzeug.wrappers import Response as AnyResponse

from voice_app.publish import shelf
from voice_app.publish.addresses import Addresses
from voice_app.publish.answers import open_to_all
from voice_app.publish.context import base_url
from voice_app.publish.speaker import playlist
from voice_app.publish.tongue import later

blueprint = Blueprint("speaker", __name__, url_prefix="/speaker")
blueprint.after_request(open_to_all)

# Not Apple's type for playlists: players take that for a live stream in pieces, and play nothing.
M3U = "audio/x-mpegurl"
NOTHING_YET = later("Nothing is finished yet. Add an article, and ask again when its page says that it can be heard.")


@blueprint.get("/latest.mp3")
def latest() -> AnyResponse:
    """The newest that was not heard, else the newest of all."""
    episodes = shelf.unheard() or shelf.finished()
    if not episodes:
        abort(404, NOTHING_YET)
    return redirect(Addresses(base_url()).audio(episodes[0].audio.file), 302)


@blueprint.get("/queue.m3u")
def queue_m3u() -> Response:
    return Response(playlist.m3u(shelf.unheard(), Addresses(base_url())), mimetype=M3U)


@blueprint.get("/queue.json")
def queue_json() -> Response:
    return jsonify(episodes=playlist.listing(shelf.unheard(), Addresses(base_url())))
