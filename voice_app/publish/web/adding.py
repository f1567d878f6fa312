"""The doors by which articles come in: the add form, what a phone shares, and the installed site's own description."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for

from voice_app.errors import InputError
from voice_app.publish.context import base_url, config, studio
from voice_app.publish.tongue import gettext, later, tongue
from voice_app.publish.web import assets, errors, shelf
from voice_app.publish.web.forms import AddForm

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

blueprint = Blueprint("adding", __name__)

BOOKMARKLET = (
    "javascript:(()=>{{const s=String(getSelection()).trim(),t=s&&s.length<6000;"
    "open('{site}/add?'+new URLSearchParams(t?{{text:document.title+'\\n\\n'+s}}:{{address:location.href}}))}})()"
)
"""A link for the browser's bookmarks: it opens the add form, filled with the page's address or the chosen text."""

SHORTCUTS = (
    (later("Listen"), "web.listen"),
    (later("Add an article"), "adding.add"),
    (later("Kept offline"), "offline.kept"),
)
"""In the menu of the installed site's icon."""


@blueprint.route("/add", methods=["GET", "POST"])
def add() -> AnyResponse | str | tuple[str, int]:
    form = AddForm.read(request)
    return _page(form) if request.method == "GET" else _answer(form)


@blueprint.post("/share")
def share() -> AnyResponse | str | tuple[str, int]:
    """What the system's share menu sends when the site is installed."""
    return _answer(AddForm.shared(request))


@blueprint.get("/manifest.webmanifest")
def manifest() -> Response:
    title = config().feed.title
    icons = [
        {"src": assets.lasting(f"{name}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for name, size, purpose in (
            ("icon-192", 192, "any"),
            ("icon-512", 512, "any"),
            ("icon-whole", 512, "maskable"),  # to its edges, for systems that cut icons to a shape of their own
        )
    ]
    fields = {"title": "title", "text": "text", "url": "url"}
    files = [{"name": "files", "accept": [*studio().suffixes(), *sorted(set(studio().suffixes().values()))]}]
    target = {"action": url_for("adding.share"), "method": "POST", "enctype": "multipart/form-data"}
    response = jsonify(
        id="/",
        name=title,
        short_name=title[:12],
        description=gettext("Articles, read aloud."),
        start_url="/",
        scope="/",
        display="standalone",
        background_color="#fbfaf6",
        theme_color="#0e5f58",
        icons=[*icons, {"src": assets.lasting("favicon.svg"), "sizes": "any", "type": "image/svg+xml"}],
        share_target=target | {"params": fields | {"files": files}},
        lang=tongue().code,
        dir="rtl" if tongue().is_rtl else "ltr",
        shortcuts=[{"name": gettext(name), "url": url_for(endpoint)} for name, endpoint in SHORTCUTS],
    )
    response.mimetype = "application/manifest+json"
    return response


def _answer(form: AddForm) -> AnyResponse | str | tuple[str, int]:
    """One article is shown at once; of several, which were added and which were not, and why."""
    asked_at = shelf.now()
    try:
        added = form.add(studio())
    except InputError as problem:
        return _page(form, problem=errors.sentence(problem)), errors.status(problem)
    if len(added.articles) == 1 and not added.problems:
        (article,) = added.articles
        done = "known" if shelf.was_known(article, asked_at) else None
        return redirect(url_for("web.article", slug=article.slug, done=done), 303)
    page = render_template("added.html", added=added)
    return page, 200 if added.articles else 422


def _page(form: AddForm, *, problem: str = "") -> str:
    return render_template(
        "add.html",
        form=form,
        problem=problem,
        wrong=form.field,
        accept=",".join(studio().suffixes()),
        bookmarklet=BOOKMARKLET.format(site=base_url()),
        mail=config().mail.address if config().mail.folder else "",
    )
