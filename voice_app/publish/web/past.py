"""The history: what a listener heard and when, as a page. It can be cleared, and switched off."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for

from voice_app.publish.context import studio
from voice_app.publish.web import listener, shelf

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

blueprint = Blueprint("past", __name__)


@blueprint.get("/history")
def history() -> str:
    device = listener.who()
    page = shelf.number(request.args, "page", most=shelf.LAST_PAGE)
    found = studio().listening.history(device, page=page) if device else None
    days = groupby(found.entries, key=lambda entry: entry.at.date()) if found else ()
    return render_template(
        "history.html", found=found, days=[(day, list(one)) for day, one in days], done=request.args.get("done", "")
    )


@blueprint.post("/history")
def change() -> AnyResponse:
    wanted = request.form.get("do", "")
    if wanted == "clear":
        if device := listener.who():
            studio().listening.clear_history(device)
    elif wanted in ("on", "off"):
        studio().listening.keep_history(listener.needed(), wanted == "on")
    return redirect(url_for("past.history", done=wanted or None), 303)
