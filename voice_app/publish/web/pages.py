"""The pages that people open."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from voice_app.model import MANNERS
from voice_app.publish import receipt
from voice_app.publish.context import base_url, studio
from voice_app.publish.web import answers, menu, prose, reading, shelf, words

blueprint = Blueprint("web", __name__)

COMING = 10
"""Of those that are not narrated yet, so many are named where people listen."""


@blueprint.get("/")
def library() -> str:
    return shelf.library()


@blueprint.get("/articles/<slug>")
def article(slug: str) -> str:
    page = studio().page(slug)
    blocks = page.document.blocks if page.document else ()
    can_play = page.script and page.script.sentences and not page.audio and words.is_busy(page.article)
    return render_template(
        "article.html",
        page=page,
        article=page.article,
        prose=prose.render(page),
        audio=page.audio,
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
        kind=words.kind,
        busy=words.is_busy(page.article),
        beside=studio().shelf.beside(slug),
        answer=answers.of_article(request.args.get("done", ""), page),
    )


@blueprint.post("/articles/<slug>/heard")
def heard(slug: str) -> AnyResponse:
    studio().mark_heard(slug, request.form.get("heard", "yes") != "no")
    return redirect(url_for("web.article", slug=slug, _anchor="heard"), 303)


@blueprint.post("/articles/<slug>/retry")
def retry(slug: str) -> AnyResponse:
    studio().retry(slug)
    return redirect(url_for("web.article", slug=slug), 303)


@blueprint.get("/listen")
def listen() -> str:
    return render_template(
        "listen.html",
        episodes=studio().unheard(),
        coming=studio().coming(),
        most=COMING,
        say=f"{menu.blueprint.url_prefix}/",
        silence_seconds=studio().menu.silence_seconds,
    )


@blueprint.get("/about")
def about() -> str:
    return render_template("about.html", base=base_url())


@blueprint.get("/healthz")
def healthz() -> Response:
    return Response("ok\n", mimetype="text/plain")
