"""How articles are read, as JSON: styles, sentences, parts and changes."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, request

from voice_app.errors import InputError
from voice_app.model import MANNERS, Change
from voice_app.publish import problems
from voice_app.publish.context import studio
from voice_app.publish.web import words
from voice_app.publish.web.forms import json_object

blueprint = Blueprint("api_reading", __name__, url_prefix="/api")

STYLE = 'Send a JSON object of kinds and manners, as in {"code": "read"}.'
SENTENCE = 'Send a JSON object, {"spoken": "The words to say."} or {"leave_out": true}.'
PART = 'Send a JSON object, {"read": true} or {"read": false}.'


@blueprint.get("/reading")
def site() -> Response:
    style = studio().styles.site()
    return jsonify({kind: getattr(style, kind) for kind in MANNERS})


@blueprint.put("/reading")
def set_site() -> Response:
    studio().styles.set_site(_style())
    return site()


@blueprint.get("/articles/<slug>/reading")
def of_article(slug: str) -> Response:
    return jsonify(dict(studio().styles.of(slug)))


@blueprint.put("/articles/<slug>/reading")
def set_article(slug: str) -> Response:
    studio().styles.set_article(slug, _style())
    return of_article(slug)


@blueprint.get("/articles/<slug>/sentences")
def sentences(slug: str) -> Response:
    sheet = studio().edits.sheet(slug)
    return jsonify(
        sentences=[
            {
                "id": line.sentence.id,
                "chapter": chapter.number,
                "part": sheet.block_ids[line.sentence.block],
                "written": line.sentence.written,
                "spoken": line.spoken,
                "edited": line.edit is not None,
            }
            for chapter, lines in sheet.chapters
            for line in lines
        ],
        vanished=[{"id": e.sentence_id, "written": e.written, "spoken": e.spoken or ""} for e in sheet.vanished],
    )


@blueprint.put("/articles/<slug>/sentences/<sentence_id>")
def set_sentence(slug: str, sentence_id: str) -> tuple[str, int]:
    body = json_object(request, SENTENCE)
    if body.get("leave_out") is True:
        studio().edits.leave_out(slug, sentence_id)
    elif isinstance(body.get("spoken"), str):
        studio().edits.say(slug, sentence_id, body["spoken"])
    else:
        raise InputError("There is neither spoken nor leave_out.", todo=SENTENCE)
    return "", 204


@blueprint.delete("/articles/<slug>/sentences/<sentence_id>")
def reset_sentence(slug: str, sentence_id: str) -> tuple[str, int]:
    studio().edits.reset(slug, sentence_id)
    return "", 204


@blueprint.put("/articles/<slug>/parts/<block_id>")
def set_part(slug: str, block_id: str) -> tuple[str, int]:
    wanted = json_object(request, PART).get("read")
    if not isinstance(wanted, bool):
        raise InputError("The value of read is neither true nor false.", todo=PART)
    studio().edits.choose(slug, block_id, wanted)
    return "", 204


@blueprint.delete("/articles/<slug>/parts/<block_id>")
def reset_part(slug: str, block_id: str) -> tuple[str, int]:
    studio().edits.choose(slug, block_id, None)
    return "", 204


@blueprint.post("/articles/<slug>/check")
def check(slug: str) -> tuple[Response, int]:
    article = studio().changes.check(slug)
    return jsonify(slug=article.slug, state=article.state), 202


@blueprint.get("/articles/<slug>/changes")
def changes(slug: str) -> Response:
    page = studio().page(slug)
    checked = page.article.checked_at
    return jsonify(
        checked_at=words.moment(checked),
        trouble=problems.told(page.watch.trouble) if page.watch else "",
        changes=[_change(change) for change in page.changes],
    )


def _change(change: Change) -> dict[str, Any]:
    return {
        "at": change.at.isoformat(),
        "summary": words.change(change),
        "sentences": [{"old": each.old, "new": each.new} for each in change.sentences],
    }


def _style() -> dict[str, str]:
    body = json_object(request, STYLE)
    if not all(isinstance(value, str) for value in body.values()):
        raise InputError("A manner is not a string.", todo=STYLE)
    return body
