"""The queue: what a listener wants to hear next, as a page and as forms that work without scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for

from voice_app.errors import InputError
from voice_app.publish import settings
from voice_app.publish.context import studio
from voice_app.publish.web import listener, shelf

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

blueprint = Blueprint("queueing", __name__)

STEPS = {"up": -1, "down": 1}


@blueprint.get("/queue")
def queue() -> str:
    device = listener.who()
    cards = studio().listening.queue(device) if device else ()
    left = sum(card.article.seconds for card in cards)
    return render_template("queue.html", cards=cards, seconds=left, done=request.args.get("done", ""))


@blueprint.post("/articles/<slug>/queue")
def change(slug: str) -> AnyResponse:
    """`do` says what. The answer leads back to where the button was."""
    wanted = request.form.get("do", "add")
    studio().shelf.card(slug)  # before a stranger becomes a listener
    device = listener.needed()
    match wanted:
        case "add" | "next":
            studio().listening.enqueue(device, slug, is_next=wanted == "next")
        case "remove":
            studio().listening.dequeue(device, slug)
        case "up" | "down":
            studio().listening.move(device, slug, STEPS[wanted])
        case _:
            raise InputError(f"A queue cannot {wanted!r}.", todo="Choose one of add, next, remove, up and down.")
    if wanted in STEPS or request.form.get("from") == "queue":
        # without an anchor: where there is one, browsers focus nothing by themselves
        return redirect(url_for("queueing.queue", done=wanted, moved=slug), 303)
    return redirect(shelf.done_to(slug, wanted), 303)


@blueprint.post("/queue/clear")
def clear() -> AnyResponse:
    if device := listener.who():
        studio().listening.clear_queue(device)
    return redirect(url_for("queueing.queue", done="cleared"), 303)


@blueprint.post("/queue/onward")
def onward() -> AnyResponse:
    """Whether the next of the queue plays when an article ends. It is a setting of this browser."""
    response = redirect(url_for("queueing.queue", done="saved"), 303)
    chosen = "on" if request.form.get("onward") == "on" else "off"
    settings.keep(response, settings.settings() | {"onward": chosen})  # type: ignore[arg-type]
    return response
