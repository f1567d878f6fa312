"""The pages that change how articles are read: for all of them, for one, and sentence by sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for

from voice_app.errors import InputError
from voice_app.model import MANNERS
from voice_app.publish.context import studio
from voice_app.publish.tongue import gettext, later, ngettext
from voice_app.publish.web import answers, errors, sheets

if TYPE_CHECKING:
    from collections.abc import Mapping

    from werkzeug.wrappers import Response as AnyResponse

blueprint = Blueprint("reading", __name__)

HOURS = {"": None, "never": 0, "daily": 24, "weekly": 168, "monthly": 720}
"""How often an address is looked at, as the form sends it."""
HOUR_WORDS = {
    "": later("As in all articles"),
    "never": later("Never"),
    "daily": later("Daily"),
    "weekly": later("Weekly"),
    "monthly": later("Monthly"),
}
"""The same as the form says it."""


@blueprint.get("/reading")
def site() -> str:
    style = studio().styles.site()
    return _site({kind: getattr(style, kind).value for kind in MANNERS})


@blueprint.post("/reading")
def set_site() -> AnyResponse | str | tuple[str, int]:
    wanted = _wanted()
    try:
        if "look" in request.form:
            return _site(wanted, cost=_cost(wanted))
        studio().styles.set_site(wanted)
    except InputError as problem:
        return _site(wanted, problem=errors.sentence(problem)), errors.status(problem)
    return redirect(url_for("reading.site", done="saved"), 303)


@blueprint.post("/articles/<slug>/reading")
def set_article(slug: str) -> AnyResponse:
    studio().styles.set_article(slug, {kind: manner for kind, manner in _wanted().items() if manner})
    return _to_article(slug, "styled")


@blueprint.post("/articles/<slug>/parts/<block_id>")
def choose(slug: str, block_id: str) -> AnyResponse:
    wanted = {"read": True, "leave": False}.get(request.form.get("do", ""))
    studio().edits.choose(slug, block_id, wanted)
    return _to_edit(slug, f"b-{block_id}") if "chapter" in request.form else _to_article(slug, "read")


@blueprint.post("/articles/<slug>/check")
def check(slug: str) -> AnyResponse:
    studio().changes.check(slug)
    return _to_article(slug, "checked")


@blueprint.post("/articles/<slug>/watch")
def watch(slug: str) -> AnyResponse:
    studio().changes.watch(slug, HOURS.get(request.form.get("every", "")))
    return _to_article(slug, "looking")


@blueprint.get("/articles/<slug>/edit")
def edit(slug: str) -> str:
    return _edit(slug)


@blueprint.post("/articles/<slug>/sentences/<sentence_id>")
def sentence(slug: str, sentence_id: str) -> AnyResponse | tuple[str, int]:
    try:
        match request.form.get("do"):
            case "leave":
                studio().edits.leave_out(slug, sentence_id)
            case "reset":
                studio().edits.reset(slug, sentence_id)
            case _:
                studio().edits.say(slug, sentence_id, request.form.get("spoken", ""))
    except InputError as problem:
        told = {"sentence_id": sentence_id, "text": errors.sentence(problem), "spoken": request.form.get("spoken", "")}
        return _edit(slug, problem=told), errors.status(problem)
    return _to_edit(slug, f"s-{sentence_id}")


def _wanted() -> dict[str, str]:
    return {kind: request.form[kind] for kind in MANNERS if kind in request.form}


def _to_article(slug: str, done: str) -> AnyResponse:
    return redirect(url_for("web.article", slug=slug, done=done), 303)


def _to_edit(slug: str, anchor: str) -> AnyResponse:
    """Back to where the change was made."""
    chapter = request.form.get("chapter", "1")
    return redirect(url_for("reading.edit", slug=slug, chapter=chapter, _anchor=anchor), 303)


def _cost(wanted: Mapping[str, str]) -> str:
    cost = studio().styles.cost(wanted)
    if not cost.articles:
        return gettext("No finished article changes.")
    told = [
        ngettext("%(num)s article changes.", "%(num)s articles change.", cost.articles),
        ngettext("%(num)s sentence is spoken anew.", "%(num)s sentences are spoken anew.", cost.sentences),
    ]
    return " ".join(told)


def _site(wanted: Mapping[str, str], *, cost: str = "", problem: str = "") -> str:
    answer = "" if problem or cost else answers.of_site(request.args.get("done", ""))
    return render_template("reading.html", wanted=wanted, cost=cost, problem=problem, answer=answer)


def _edit(slug: str, *, problem: Mapping[str, str] | None = None) -> str:
    """One chapter at a time, and of a long one a part: no screen reader gets through a book's sentences at once."""
    sheet = studio().edits.sheet(slug)
    leaves = sheets.leaves(sheet)
    asked = request.values.get("chapter", "1")
    number = min(max(int(asked), 1), len(leaves)) if asked.isdecimal() and len(asked) < 7 else 1
    lines = leaves[number - 1].lines if leaves else ()
    return render_template(
        "edit.html",
        article=sheet.article,
        sheet=sheet,
        leaves=leaves,
        number=number,
        parts=sheets.parts(sheet, lines),
        told=sheets.told(sheet),
        problem=problem or {},
    )
