"""What the big button says, as sound: the headlines of the library, and a few sentences of its own.

A request names an article or a sentence and never brings words, so this is no voice for strangers' texts. The language
is that of the page, if a voice here speaks it, else English; a title is in its article's.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, request

from voice_app.errors import MediaNotFoundError
from voice_app.model import BlockKind, Phrase
from voice_app.publish import tongue
from voice_app.publish.context import studio
from voice_app.publish.tongue import later
from voice_app.publish.web import listener, listening_api, live, words

if TYPE_CHECKING:
    from voice_app.model import Article

blueprint = Blueprint("menu", __name__, url_prefix="/listen/say")
blueprint.before_request(live.refuse_strangers)

SAYINGS = {
    "going-on": later("Going on. Press for the headlines."),
    "all": later("That was all. Press to hear them again."),
    "nothing": later("You have heard everything."),
    "trouble": later("The sound could not be loaded. Press to try again."),
}
MOST_HEADLINES = 999
"""Each number is a sentence of the cache."""

COMING = 10
"""Of those that are not narrated yet, so many are named where people listen."""

MOST_BEGUN = 50


def station() -> dict[str, Any]:
    """What its one button needs."""
    return {"say": f"{blueprint.url_prefix}/", "silence_seconds": studio().menu.silence_seconds}


def offered() -> dict[str, Any]:
    """What the listening page shows and its menu says: first what is in the listener's queue, then the newest."""
    device = listener.who()
    queue = [card.article.slug for card in studio().listening.queue(device)] if device else []
    begun = studio().listening.begun(device, limit=MOST_BEGUN) if device else ()
    places = {slug: place for place, slug in enumerate(queue)}
    return {
        "episodes": sorted(studio().unheard(), key=lambda one: places.get(one.article.slug, len(queue))),
        "coming": studio().coming(),
        "most": COMING,
        "places": {one.article.slug: listening_api.place_facts(one.place, device) for one in begun},
        **station(),
    }


@blueprint.before_request
def _speak_its_language() -> None:
    tongue.use(studio().menu.language(tongue.tongue().code))


@blueprint.get("/<name>.mp3")
def saying(name: str) -> Response:
    if name not in SAYINGS:
        raise MediaNotFoundError(name=name)
    return _spoken(_own(tongue.gettext(SAYINGS[name])))


@blueprint.get("/headline-<int:number>/<slug>.mp3")
def headline(number: int, slug: str) -> Response:
    """Of so many articles, the one with this number: its title and length."""
    article = studio().menu.article(slug)
    if number > MOST_HEADLINES:
        raise MediaNotFoundError(name=f"{number}")
    return _headline(article, _own(tongue.gettext("Headline %(number)s.", number=number)))


@blueprint.get("/kept/<slug>.mp3")
def kept(slug: str) -> Response:
    """The same without a number, for a browser that keeps the article and does not know of how many by then."""
    return _headline(studio().menu.article(slug))


@blueprint.get("/begun/<slug>.mp3")
def begun(slug: str) -> Response:
    """An article that was left in its middle."""
    article = studio().menu.article(slug)
    where = _own(tongue.gettext("You were in the middle of this one:"))
    return _spoken(where, _title(article), _own(tongue.gettext("Press to go on.")))


def _headline(article: Article, *call: Phrase) -> Response:
    length = [_own(words.about(article.seconds))] if article.seconds else []
    return _spoken(*call, _title(article), *length, _own(tongue.gettext("Press to play it.")))


def _own(text: str) -> Phrase:
    return Phrase(text=text, language=tongue.tongue().code)


def _title(article: Article) -> Phrase:
    return Phrase(text=article.title, language=article.language, kind=BlockKind.HEADING)


def _spoken(*phrases: Phrase) -> Response:
    """The sound depends on titles, voices and the page's language, so browsers ask each time whether it is the same."""
    data = studio().menu.spoken(phrases)
    response = Response(data, mimetype=live.MP3)
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.set_etag(hashlib.sha256(data).hexdigest()[:16])
    response.make_conditional(request, accept_ranges=True, complete_length=len(data))
    return response
