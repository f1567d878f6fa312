"""The page and the API of watched feeds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for

from voice_app.errors import EmptyInputError, InputError
from voice_app.publish import problems
from voice_app.publish.context import studio
from voice_app.publish.web import answers, errors, words
from voice_app.publish.web.forms import json_object, uploads

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

    from voice_app.model import Feed

blueprint = Blueprint("feeds", __name__)

NOTHING = "Both fields are empty."
NOTHING_TODO = "Give the address of a feed, or a file with a list of feeds."
WANTED = 'Send {"address": "https://example.org/feed.xml"}.'


@blueprint.get("/feeds")
def feeds() -> str:
    return _page()


@blueprint.post("/feeds")
def watch() -> AnyResponse | tuple[str, int]:
    address, lists = request.form.get("address", "").strip(), uploads(request, "list")
    try:
        if address:
            studio().feeds.watch(address)
        elif lists:
            studio().feeds.watch_all(lists[0].name, lists[0].body)
        else:
            raise EmptyInputError(NOTHING, todo=NOTHING_TODO)
    except InputError as problem:
        wrong = "list" if lists and not address else "address"
        return _page(address=address, wrong=wrong, problem=errors.sentence(problem)), errors.status(problem)
    return redirect(url_for("feeds.feeds", done="watched"), 303)


@blueprint.post("/feeds/<int(max=9999999999):feed_id>/remove")
def unwatch(feed_id: int) -> AnyResponse:
    studio().feeds.unwatch(feed_id)
    return redirect(url_for("feeds.feeds", done="unwatched"), 303)


@blueprint.get("/feeds.opml")
def outline() -> Response:
    """All watched feeds, for another program."""
    text = render_template("feeds.opml", feeds=studio().feeds.all())
    return Response(text, mimetype="text/x-opml", headers={"Content-Disposition": 'attachment; filename="feeds.opml"'})


@blueprint.get("/api/feeds")
def listed() -> Response:
    return jsonify(feeds=[_line(feed) for feed in studio().feeds.all()])


@blueprint.post("/api/feeds")
def add() -> tuple[Response, int]:
    address = json_object(request, WANTED).get("address")
    if not isinstance(address, str) or not address:
        raise InputError("There is no address.", todo=WANTED)
    return jsonify(_line(studio().feeds.watch(address))), 201


@blueprint.delete("/api/feeds/<int(max=9999999999):feed_id>")
def remove(feed_id: int) -> tuple[str, int]:
    studio().feeds.unwatch(feed_id)
    return "", 204


def _page(*, address: str = "", wrong: str = "", problem: str = "") -> str:
    answer = "" if problem else answers.of_site(request.args.get("done", ""))
    return render_template(
        "feeds.html", feeds=studio().feeds.all(), address=address, wrong=wrong, problem=problem, answer=answer
    )


def _line(feed: Feed) -> dict[str, Any]:
    return {
        "id": feed.id,
        "address": feed.address,
        "title": feed.title,
        "checked_at": words.moment(feed.checked_at),
        "problem": problems.told(feed.problem),
        "articles": feed.articles,
    }
