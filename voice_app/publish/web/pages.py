"""The pages that people open."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from voice_app import __version__
from voice_app.model import MANNERS
from voice_app.publish import receipt
from voice_app.publish.context import base_url, config, studio
from voice_app.publish.web import answers, choices, front, listener, menu, prose, reading, shelf, words

blueprint = Blueprint("web", __name__)

STATED = date(2026, 11, 26)
"""When what the page on accessibility says was last looked over. Each release does that again."""


@blueprint.get("/")
def home() -> AnyResponse | str:
    """Where listeners begin. The library was here once: addresses that ask for a part of it still lead there."""
    if request.args.keys() & shelf.ASKED:
        return redirect(url_for("web.library", **request.args), 301)  # type: ignore[arg-type]
    return render_template("home.html", **front.shown())


@blueprint.get("/library")
def library() -> str:
    return shelf.library()


@blueprint.get("/articles/<slug>")
def article(slug: str) -> str:
    page = studio().page(slug)
    blocks = page.document.blocks if page.document else ()
    book = studio().audiobooks.of(page.article, page.audio)
    can_play = page.script and page.script.sentences and not page.audio and words.is_busy(page.article)
    return render_template(
        "article.html",
        page=page,
        article=page.article,
        prose=prose.render(page),
        audio=page.audio,
        book=book,
        better=studio().better.pending(page.article, page.audio) if page.audio else None,
        line=studio().live.outline(page.script) if page.script and can_play else None,
        receipt=receipt.sentence(
            blocks,
            failed=len(page.audio.failed) if page.audio else 0,
            silenced=page.silenced,
            stood_in=len(page.audio.stood_in) if page.audio else 0,
        ),
        stood_in=words.stood_in(page.audio) if page.audio else (),
        left_out=words.left_out(page) if page.document else {},
        own_style=studio().styles.of(slug),
        site_style={kind: getattr(studio().styles.site(), kind) for kind in MANNERS},
        hours=reading.HOURS,
        hour_words=reading.HOUR_WORDS,
        along=choices.along(),
        skipping=choices.skipping(),
        kind=words.kind,
        busy=words.is_busy(page.article),
        beside=studio().shelf.beside(slug),
        answer=answers.of_article(request.args.get("done", ""), page),
        done=answers.by_the_button(request.args.get("done", "")),
        told_of_book=answers.of_audiobook(request.args.get("done", ""), book),
        trace=studio().listening.trace(listener.who(), page.article),
        is_listener=listener.who() is not None,
    )


@blueprint.post("/articles/<slug>/heard")
def heard(slug: str) -> AnyResponse:
    is_heard = request.form.get("heard", "yes") != "no"
    studio().mark_heard(slug, is_heard)
    if device := listener.who():
        studio().listening.finish(device, slug, is_finished=is_heard)
    return redirect(url_for("web.article", slug=slug, done="heard" if is_heard else "unheard"), 303)


@blueprint.post("/articles/<slug>/retry")
def retry(slug: str) -> AnyResponse:
    studio().retry(slug)
    return redirect(url_for("web.article", slug=slug), 303)


@blueprint.post("/articles/<slug>/audiobook")
def audiobook(slug: str) -> AnyResponse:
    studio().audiobooks.ask(slug)
    return redirect(url_for("web.article", slug=slug, done="audiobook"), 303)


@blueprint.get("/listen")
def listen() -> str:
    return render_template("listen.html", **menu.offered())


@blueprint.get("/about")
def about() -> str:
    return render_template("about.html", base=base_url(), contact=_contact())


@blueprint.get("/accessibility")
def accessibility() -> str:
    return render_template("accessibility.html", contact=_contact(), version=__version__, stated=STATED)


@blueprint.get("/healthz")
def healthz() -> Response:
    return Response("ok\n", mimetype="text/plain")


def _contact() -> str:
    """The link to who keeps this site; empty when they did not say."""
    told = config().server.contact
    return told if not told or told.startswith(("https://", "http://")) else f"mailto:{told}"
