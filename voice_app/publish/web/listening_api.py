"""Places, queue and history as JSON, for the pages' own scripts and for programs that hold the listener's cookie."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, jsonify, request, url_for

from voice_app.errors import InputError
from voice_app.model import Bookmark, Place
from voice_app.publish.context import base_url, studio
from voice_app.publish.web import listener, shelf
from voice_app.publish.web.api import line
from voice_app.publish.web.forms import json_object, number, optional_object
from voice_app.publish.web.shelf_api import card_line

if TYPE_CHECKING:
    from voice_app.model import Card, Device

blueprint = Blueprint("listening_api", __name__, url_prefix="/api")

PLACE = 'Send a JSON object, as in {"seconds": 61.5, "length": 600, "sentence": "s1", "seconds_ago": 0}.'
QUEUED = 'Send a JSON object, as in {"slug": "an-article", "next": false}.'
MOVE = 'Send a JSON object, as in {"steps": -1}.'


@blueprint.get("/places/<slug>")
def place(slug: str) -> Response:
    device = listener.who()
    return _bookmark(studio().listening.bookmark(device, slug) if device else Bookmark(), device)


@blueprint.put("/places/<slug>")
def keep(slug: str) -> Response:
    """`known` is the `at` of the newest place that the sender knew; `seconds_ago` is by its own clock."""
    body = json_object(request, PLACE)
    given = Place(
        seconds=number(body, "seconds", PLACE, is_needed=True),
        length=number(body, "length", PLACE),
        sentence_id=_text(body, "sentence"),
        is_finished=body.get("finished") is True,
        at=datetime.now(UTC),
    )
    ago, known = number(body, "seconds_ago", PLACE), _time(body, "known")
    studio().shelf.card(slug)  # before a stranger becomes a listener
    device = listener.needed()
    found = studio().listening.keep(device, slug, given, seconds_ago=ago, known=known)
    return _bookmark(found, device)


@blueprint.delete("/places/<slug>/other")
def drop_other(slug: str) -> tuple[str, int]:
    """`seconds_ago` as in a place, if there is a body."""
    ago = number(optional_object(request, PLACE), "seconds_ago", PLACE)
    if device := listener.who():
        studio().listening.drop_other(device, slug, seconds_ago=ago)
    return "", 204


@blueprint.get("/queue")
def queue() -> Response:
    device = listener.who()
    return _queue(studio().listening.queue(device) if device else ())


@blueprint.post("/queue")
def enqueue() -> Response:
    body = json_object(request, QUEUED)
    slug = body.get("slug")
    if not isinstance(slug, str):
        raise InputError("There is no slug in the data.", todo=QUEUED)
    studio().shelf.card(slug)
    device = listener.needed()
    studio().listening.enqueue(device, slug, is_next=body.get("next") is True)
    return _queue(studio().listening.queue(device))


@blueprint.post("/queue/<slug>/move")
def move(slug: str) -> Response:
    steps = json_object(request, MOVE).get("steps")
    if not isinstance(steps, int) or isinstance(steps, bool):
        raise InputError("There are no steps in the data.", todo=MOVE)
    device = listener.needed()
    studio().listening.move(device, slug, steps)
    return _queue(studio().listening.queue(device))


@blueprint.delete("/queue/<slug>")
def dequeue(slug: str) -> tuple[str, int]:
    if device := listener.who():
        studio().listening.dequeue(device, slug)
    return "", 204


@blueprint.delete("/queue")
def clear_queue() -> tuple[str, int]:
    if device := listener.who():
        studio().listening.clear_queue(device)
    return "", 204


@blueprint.get("/history")
def history() -> Response:
    """The newest first, `page` from 1."""
    page = shelf.number(request.args, "page", most=shelf.LAST_PAGE)
    device = listener.who()
    if device is None:
        return jsonify(entries=[], total=0, page=1, pages=1)
    found = studio().listening.history(device, page=page)
    entries = [
        {
            "at": entry.at.isoformat(),
            "seconds": round(entry.seconds, 3),
            "finished": entry.is_finished,
            "article": line(entry.article),
        }
        for entry in found.entries
    ]
    facts: dict[str, Any] = {"entries": entries, "total": found.total, "page": found.page, "pages": found.pages}
    if found.page < found.pages:
        facts["next"] = base_url() + url_for("listening_api.history", page=found.page + 1)
    return jsonify(facts)


@blueprint.delete("/history")
def clear_history() -> tuple[str, int]:
    if device := listener.who():
        studio().listening.clear_history(device)
    return "", 204


def _bookmark(found: Bookmark, device: Device | None) -> Response:
    return jsonify(place=place_facts(found.place, device), other=place_facts(found.other, device))


def place_facts(place: Place | None, device: Device | None) -> dict[str, Any] | None:
    """A place as the pages' scripts read it; `here` when it is of the browser that asks."""
    if place is None:
        return None
    return {
        "seconds": round(place.seconds, 3),
        "length": round(place.length, 3),
        "sentence": place.sentence_id,
        "finished": place.is_finished,
        "at": place.at.isoformat(),
        "seconds_ago": round(max(0.0, (datetime.now(UTC) - place.at).total_seconds()), 3),
        "device": place.device,
        "here": device is not None and place.device_id == device.id,
    }


def _queue(cards: tuple[Card, ...]) -> Response:
    return jsonify(articles=[card_line(card) for card in cards], total=len(cards))


def _text(body: dict[str, Any], name: str) -> str:
    value = body.get(name, "")
    if not isinstance(value, str):
        raise InputError(f"The {name} is not a string.", todo=PLACE)
    return value


def _time(body: dict[str, Any], name: str) -> datetime | None:
    value = body.get(name)
    if value is None:
        return None
    try:
        found = datetime.fromisoformat(value)
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (TypeError, ValueError, OverflowError):
        raise InputError(f"{name} is not a time in ISO 8601.", todo=PLACE) from None
