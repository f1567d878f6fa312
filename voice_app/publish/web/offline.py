"""What browsers keep to do without the site: the script that answers in its place, and what belongs to an article."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, jsonify, render_template, request, url_for

from voice_app.errors import ArticleNotFoundError, InputError, MediaNotFoundError
from voice_app.publish.context import studio
from voice_app.publish.web import assets, menu, words

if TYPE_CHECKING:
    from voice_app.model import Article, ArticleAudio

blueprint = Blueprint("offline", __name__)

WORKER = "worker.js"
MOST_AT_ONCE = 50


@blueprint.get("/offline")
def kept() -> str:
    """The page of what is kept, and what is shown for any other page that is not."""
    return render_template("offline.html")


@blueprint.get("/listen/kept")
def listen() -> str:
    """The page with one big button for what is kept: a browser shows it where the site's own cannot be reached."""
    return render_template("listen_kept.html", **menu.station())


@blueprint.get("/service-worker.js")
def worker() -> Response:
    """It stands at the root, as it answers for all of the site. A new release has other files, so it is another one."""
    files = [url_for("static", filename=name) for name in assets.names() if name != WORKER]
    pages = {"page": url_for("offline.kept"), "listen": url_for("offline.listen")}
    shell = {"version": assets.version(), **pages, "files": files}
    script = (assets.FOLDER / WORKER).read_text(encoding="utf-8")
    return Response(f"const SHELL = {json.dumps(shell)};\n{script}", mimetype="text/javascript")


@blueprint.get("/articles/<slug>/offline.json")
def article(slug: str) -> Response:
    """What to keep of an article that has its sound."""
    return jsonify(_facts(*_finished(slug)))


@blueprint.get("/offline/articles.json")
def articles() -> Response:
    """The same of several, `slug` for each in the address. Those without their sound are left out."""
    slugs = request.args.getlist("slug")
    if len(slugs) > MOST_AT_ONCE:
        raise InputError(f"More than {MOST_AT_ONCE} articles are asked for at once.", todo="Ask in several requests.")
    return jsonify(articles=list(filter(None, map(_facts_if_there, slugs))))


def _facts_if_there(slug: str) -> dict[str, Any] | None:
    try:
        return _facts(*_finished(slug))
    except (ArticleNotFoundError, MediaNotFoundError):
        return None


def _facts(article: Article, audio: ArticleAudio) -> dict[str, Any]:
    """`files` are everything but the page, `bytes` are about all of it; `sayings` are what the spoken menu says of it.

    Where the `sound` is another one, so is the rest; where `changed` is, the page is. While it `is_busy`, the page may
    tell more than its sound does.
    """
    slug = article.slug
    sound = url_for("media.audio", name=audio.file)
    picture = url_for("media.artwork", name=audio.artwork)
    return {
        "slug": slug,
        "title": article.title,
        "byline": article.byline,
        "language": article.language,
        "seconds": audio.seconds,
        "page": url_for("web.article", slug=slug),
        "sound": sound,
        "picture": picture,
        "files": [sound, picture, url_for("offline.timing", slug=slug)],
        "sayings": [url_for("menu.kept", slug=slug), url_for("menu.begun", slug=slug)],
        "bytes": audio.bytes,
        "changed": words.moment(article.changed_at),
        "is_busy": words.is_busy(article),
    }


@blueprint.get("/articles/<slug>/offline/words.json")
def timing(slug: str) -> Response:
    """When each word sounds, by sentence: all that `/words/` gives piece by piece."""
    _, audio = _finished(slug)
    return jsonify({cue.sentence_id: cue.timing for cue in audio.cues})


def _finished(slug: str) -> tuple[Article, ArticleAudio]:
    article, audio = studio().sound(slug)
    if audio is None:
        raise MediaNotFoundError("The article is not narrated yet.", todo="It can be kept when it is.")
    return article, audio
