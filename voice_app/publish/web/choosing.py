"""The page of settings: a form that works without scripts, and answers on the page that follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for

from voice_app.publish import settings
from voice_app.publish.tongue import gettext, later
from voice_app.publish.web import choices

if TYPE_CHECKING:
    from flask import Response

blueprint = Blueprint("choosing", __name__)

ANSWERS = {
    "saved": later("Saved for this browser."),
    "usual": later("Everything is as usual again."),
    "undone": later("Your settings are back."),
}


@blueprint.get("/settings")
def form() -> str:
    done = request.args.get("done", "")
    return render_template(
        "settings.html",
        groups=choices.groups(),
        answer=gettext(ANSWERS[done]) if done in ANSWERS else "",
        before=request.args.get("before", ""),
    )


@blueprint.post("/settings")
def save() -> Response:
    now = settings.settings()
    match request.form.get("do"):
        case "usual":
            return _answer(settings.read(""), done="usual", before=settings.written(now))
        case "undo":
            return _answer(settings.read(request.form.get("before", "")), done="undone")
        case _:
            return _answer(settings.valid(now | choices.given(request.form)), done="saved")


def _answer(wanted: dict[str, str], **told: Any) -> Response:
    response = make_response(redirect(url_for("choosing.form", **told), 303))
    settings.keep(response, wanted)
    return response
