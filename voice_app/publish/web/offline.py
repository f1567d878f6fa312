"""What browsers keep to do without the site: the script that answers in its place, and what belongs to an article."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from flask import Blueprint, Response, jsonify, render_template, url_for

from voice_app.errors import MediaNotFoundError
from voice_app.publish.context import studio
from voice_app.publish.web import assets

if TYPE_CHECKING:
    from voice_app.model import Article, ArticleAudio

blueprint = Blueprint("offline", __name__)

WORKER = "worker.js"


@blueprint.get("/offline")
def kept() -> str:
    """The page of what is kept, and what is shown for any other page that is not."""
    return render_template("offline.html")


@blueprint.get("/service-worker.js")
def worker() -> Response:
    """It stands at the root, as it answers for all of the site. A new release has other files, so it is another one."""
    files = [url_for("static", filename=name) for name in assets.names() if name != WORKER]
    shell = {"version": assets.version(), "page": url_for("offline.kept"), "files": files}
    script = (assets.FOLDER / WORKER).read_text(encoding="utf-8")
    return Response(f"const SHELL = {json.dumps(shell)};\n{script}", mimetype="text/javascript")


@blueprint.get("/articles/<slug>/offline.json")
def article(slug: str) -> Response:
    """What to keep of an article that has its sound: `files` are everything but the page, `bytes` are about all of it.
    Where the `sound` is another one, so is the rest."""
    found, audio = _finished(slug)
    sound = url_for("media.audio", name=audio.file)
    picture = url_for("media.artwork", name=audio.artwork)
    return jsonify(
        slug=slug,
        title=found.title,
        language=found.language,
        seconds=audio.seconds,
        page=url_for("web.article", slug=slug),
        sound=sound,
        files=[sound, picture, url_for("offline.words", slug=slug)],
        bytes=audio.bytes,
    )


@blueprint.get("/articles/<slug>/offline/words.json")
def words(slug: str) -> Response:
    """When each word sounds, by sentence: all that `/words/` gives piece by piece."""
    _, audio = _finished(slug)
    return jsonify({cue.sentence_id: cue.timing for cue in audio.cues})


def _finished(slug: str) -> tuple[Article, ArticleAudio]:
    page = studio().page(slug)
    if page.audio is None:
        raise MediaNotFoundError("The article is not narrated yet.", todo="It can be kept when it is.")
    return page.article, page.audio
