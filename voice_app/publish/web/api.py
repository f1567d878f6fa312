"""The library as JSON, for the pages' own scripts and for programs."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, request, url_for

from voice_app.errors import EmptyInputError, InputError
from voice_app.model import Added, Article, ArticleAudio, Audiobook
from voice_app.publish import problems
from voice_app.publish.context import base_url, studio
from voice_app.publish.web import shelf, words
from voice_app.publish.web.forms import json_object, number, optional_object, uploads

blueprint = Blueprint("api", __name__, url_prefix="/api")

WANTED = 'Send one of "address", "text" and "addresses", as in {"address": "https://example.org/article"}, or files.'
HEARD = 'Send a JSON object, as in {"heard": true, "seconds_ago": 0}.'


@blueprint.post("/articles", endpoint="add")
def add() -> tuple[Response, int, dict[str, str]] | tuple[Response, int]:
    """One address, text or file gives its article; a list of addresses, or several files, a list with problems."""
    asked_at = shelf.now()
    given = _given()
    if isinstance(given, Added):
        facts = {"articles": [line(article) for article in given.articles]}
        refused = [{"name": one.name, "error": problems.told(one.why)} for one in given.problems]
        return jsonify(facts | {"problems": refused}), 201 if given.articles else 422
    status = 200 if shelf.was_known(given, asked_at) else 201
    return jsonify(line(given)), status, {"Location": url_for("api.article", slug=given.slug)}


@blueprint.get("/articles/<slug>")
def article(slug: str) -> Response:
    page = studio().page(slug)
    card = studio().shelf.card(slug)
    beside = {"topics": card.topics, "duplicate_of": card.duplicate_of}
    book = _audiobook(studio().audiobooks.of(page.article, page.audio), page.audio)
    return jsonify(line(page.article) | beside | {"audio": _audio(page.audio), "audiobook": book})


@blueprint.post("/articles/<slug>/audiobook")
def audiobook(slug: str) -> tuple[Response, int]:
    """Have it made as soon as the article is narrated; one that is there is not made again."""
    book = studio().audiobooks.ask(slug)
    _, audio = studio().sound(slug)
    return jsonify(_audiobook(book, audio)), 202 if book and book.is_asked else 200


@blueprint.post("/articles/<slug>/heard")
def heard(slug: str) -> Response:
    """`seconds_ago` says when: what somebody said last holds, also when it arrives first."""
    body = optional_object(request, HEARD)
    is_heard, ago = body.get("heard", True), number(body, "seconds_ago", HEARD)
    if not isinstance(is_heard, bool):
        raise InputError("The data does not say whether it was heard.", todo=HEARD)
    return jsonify(line(studio().mark_heard(slug, is_heard, seconds_ago=ago)))


def _given() -> Article | Added:
    """What the request asks for, done."""
    intake = studio().intake
    if request.mimetype == "multipart/form-data":
        return intake.add_all(files=uploads(request, "file"))
    key, value = _wanted(json_object(request, WANTED))
    if key == "addresses":
        return intake.add_all(addresses=value)
    return intake.add_address(value) if key == "address" else intake.add_text(value)


def _wanted(body: dict[str, Any]) -> tuple[str, Any]:
    given = [(key, body[key]) for key in ("address", "text", "addresses") if body.get(key)]
    if len(given) != 1:
        raise EmptyInputError("There is not exactly one of address, text and addresses.", todo=WANTED)
    key, value = given[0]
    if key == "addresses":
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise InputError("The value is not a list of strings.", todo=WANTED)
    elif not isinstance(value, str):
        raise InputError("The value is not a string.", todo=WANTED)
    return key, value


def line(article: Article) -> dict[str, Any]:
    """What is said of an article wherever one is named."""
    return {
        "slug": article.slug,
        "title": article.title,
        "byline": article.byline,
        "language": article.language,
        "source_url": article.source_url,
        "page": url_for("web.article", slug=article.slug),
        "state": article.state,
        "status": words.state(article),
        "busy": words.is_busy(article),
        "problem": problems.told(article.problem),
        "spoken": article.spoken,
        "sentences": article.sentences,
        "seconds": round(article.seconds, 3),
        "added_at": article.added_at.isoformat(),
        "heard_at": words.moment(article.heard_at),
        "favourite_at": words.moment(article.favourite_at),
        "archived_at": words.moment(article.archived_at),
        "removed_at": words.moment(article.removed_at),
    }


def _audiobook(book: Audiobook | None, audio: ArticleAudio | None) -> dict[str, Any] | None:
    if book is None:
        return None
    if book.is_asked or book.problem or audio is None:
        return {"state": "asked" if book.is_asked else "problem", "problem": problems.told(book.problem)}
    url = base_url() + url_for("media.audio", name=book.file)
    return {"state": "done", "problem": "", "url": url, "bytes": book.bytes, "seconds": round(audio.seconds, 3)}


def _audio(audio: ArticleAudio | None) -> dict[str, Any] | None:
    if audio is None:
        return None
    return {
        "url": base_url() + url_for("media.audio", name=audio.file),
        "bytes": audio.bytes,
        "seconds": round(audio.seconds, 3),
        "chapters": [
            {
                "number": chapter.number,
                "title": chapter.title,
                "url": base_url() + url_for("media.audio", name=chapter.file),
                "seconds": round(chapter.seconds, 3),
                "start": round(mark.start, 3),
            }
            for chapter, mark in zip(audio.chapters, audio.marks, strict=True)
        ],
    }
