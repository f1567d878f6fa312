"""The library's lists as JSON, and what can be done with an article beside listening."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, request, url_for

from voice_app.errors import InputError
from voice_app.model import Card
from voice_app.publish.context import base_url, studio
from voice_app.publish.web import shelf
from voice_app.publish.web.api import line

blueprint = Blueprint("shelf_api", __name__, url_prefix="/api")

PAGE_ARTICLES = 50
MAX_PAGE_ARTICLES = 200


@blueprint.get("/articles")
def articles() -> Response:
    """`view`, `topic`, `q` and `sort` as on the library page; `page` from 1, `limit` articles on each."""
    wanted = shelf.wanted(request.args)
    limit = shelf.number(request.args, "limit", most=MAX_PAGE_ARTICLES, usual=PAGE_ARTICLES)
    page = shelf.number(request.args, "page", most=shelf.LAST_PAGE)
    listing = studio().shelf.listing(wanted, page=page, limit=limit)
    found = {"articles": [card_line(card) for card in listing.cards], "total": listing.total}
    found |= {"page": listing.page, "pages": listing.pages}
    if listing.page < listing.pages:
        following = request.args.to_dict() | {"page": str(listing.page + 1)}
        found["next"] = base_url() + url_for("shelf_api.articles", **following)  # type: ignore[arg-type]
    return jsonify(found)


@blueprint.get("/topics")
def topics() -> Response:
    return jsonify(topics=[{"topic": topic.name, "articles": topic.articles} for topic in studio().shelf.topics()])


@blueprint.get("/articles/<slug>/related")
def related(slug: str) -> Response:
    return jsonify(articles=[line(article) for article in studio().shelf.beside(slug).related])


@blueprint.delete("/articles/<slug>")
def remove(slug: str) -> tuple[str, int]:
    studio().shelf.remove(slug)
    return "", 204


@blueprint.post("/articles/<slug>/restore")
def restore(slug: str) -> Response:
    studio().shelf.restore(slug)
    return _card(slug)


@blueprint.post("/articles/<slug>/favourite")
def favourite(slug: str) -> Response:
    studio().shelf.favourite(slug, is_favourite=_said("favourite", bool))
    return _card(slug)


@blueprint.post("/articles/<slug>/archive")
def archive(slug: str) -> Response:
    studio().shelf.archive(slug, is_archived=_said("archived", bool))
    return _card(slug)


@blueprint.post("/articles/<slug>/topics")
def add_topic(slug: str) -> Response:
    studio().shelf.add_topic(slug, _said("topic", str))
    return _card(slug)


@blueprint.delete("/articles/<slug>/topics/<path:topic>")
def remove_topic(slug: str, topic: str) -> tuple[str, int]:
    studio().shelf.remove_topic(slug, topic)
    return "", 204


def card_line(card: Card) -> dict[str, Any]:
    """An article as lists show it. `excerpt` is there for what was found, with what was searched for marked in it."""
    excerpt = {"excerpt": [{"text": p.text, "match": p.is_match} for p in card.excerpt]} if card.excerpt else {}
    return line(card.article) | {"topics": card.topics, "duplicate_of": card.duplicate_of} | excerpt


def _card(slug: str) -> Response:
    return jsonify(card_line(studio().shelf.card(slug)))


def _said(name: str, kind: type[Any]) -> Any:
    body = request.get_json()
    value = body.get(name) if isinstance(body, dict) else None
    if not isinstance(value, kind):
        example = "true" if kind is bool else '"Health"'
        raise InputError(f"There is no {name} in the data.", todo=f'Send a JSON object, as in {{"{name}": {example}}}.')
    return value
