"""The player for other sites' pages: the frame, the script that makes it, and oEmbed, by which programs find both.

A frame knows nobody: it sets no cookie, asks for nothing outside, and keeps nothing in the browser. It alone may be
framed, by the sites of `server.embed_sites`.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from flask import (
    Blueprint,
    Flask,
    Response,
    abort,
    current_app,
    make_response,
    render_template,
    request,
    send_from_directory,
)
from markupsafe import Markup, escape
from werkzeug.exceptions import HTTPException

from voice_app.errors import ConfigError, InputError, MediaNotFoundError
from voice_app.publish import tongue
from voice_app.publish.addresses import Addresses
from voice_app.publish.context import base_url, config, studio
from voice_app.publish.embed import colour, oembed
from voice_app.publish.shelf import changed_at
from voice_app.publish.web import words
from voice_app.publish.web.assets import FOLDER
from voice_app.publish.web.guard import policy

if TYPE_CHECKING:
    from voice_app.model import Article, ArticlePage

blueprint = Blueprint("embed", __name__)

SITE = re.compile(r"\*|https?://(\*\.)?[a-z0-9.-]+(:(\d+|\*))?", re.IGNORECASE)
THEMES = ("auto", "light", "dark")
LIGHT_PAPER, DARK_PAPER = colour.parse("fff"), colour.parse("1c1f22")
"""The frame's grounds, as in embed.css."""
MAX_SIDE_PX = 10_000


def install(app: Flask, sites: tuple[str, ...]) -> None:
    """Raises ConfigError when `server.embed_sites` names something that is no site."""
    for site in sites:
        if not SITE.fullmatch(site):
            what = f"server.embed_sites cannot have {site!r}: it names sites such as https://news.example.org, or *."
            raise ConfigError(what, key="server.embed_sites")
    app.register_blueprint(blueprint)
    app.context_processor(lambda: {"embedding": offer})


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What a publisher copies, and what programs that know oEmbed look for."""

    frame: str
    script: str
    discovery: str


def offer(article: Article) -> Offer | None:
    """How to put the article's player on a page; None when that is not allowed here."""
    if not config().server.embed_sites:
        return None
    at = Addresses(base_url())
    return Offer(
        frame=_frame(article, oembed.fitted(max_width=None, max_height=None)),
        script=f'<script src="{escape(at.embed_script)}" data-article="{escape(article.slug)}" async></script>',
        discovery=at.oembed(article.slug),
    )


@blueprint.before_request
def _refuse() -> None:
    if not config().server.embed_sites:
        abort(404, tongue.gettext("This site lends its player to no other pages. The setting is server.embed_sites."))


@blueprint.after_request
def _let_frame(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", policy(_framed_by()))
    return response


def _framed_by() -> str:
    return " ".join(config().server.embed_sites) or "'none'"


@blueprint.get("/embed/<slug>")
def frame(slug: str) -> Response:
    page = studio().page(slug)
    _speak(page.article)
    recorded = _recorded(page)
    can_play = page.script and page.script.sentences and not recorded and words.is_busy(page.article)
    accent = request.args.get("accent")
    style = _style(accent) if accent else ""
    response = make_response(
        render_template(
            "embed.html",
            article=page.article,
            address=Addresses(base_url()).page(slug),
            audio=page.audio if recorded else None,
            line=studio().live.outline(page.script) if page.script and can_play else None,
            recorded=recorded,
            remark=_remark(page, recorded) if recorded else "",
            busy=words.is_busy(page.article),
            theme=_theme(),
            style=Markup(style),  # noqa: S704 - made of our own colours
        )
    )
    if style:
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        response.headers["Content-Security-Policy"] = policy(_framed_by(), style=f"'sha256-{digest}'")
    return response


@blueprint.get("/embed")
def frame_of_address() -> Response:
    """The player of the article that was read from the page at `url`."""
    return frame(studio().shelf.at(request.args.get("url", "")).slug)


@blueprint.get("/embed.js")
def script() -> Response:
    response = send_from_directory(FOLDER, "embed.js")
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@blueprint.get("/oembed")
def discovery() -> Response:
    form = request.args.get("format", "json")
    if form not in oembed.TYPES:
        abort(501, tongue.gettext("The format is not json or xml."))
    article = _asked_for(request.args.get("url", ""))
    rich = oembed.Rich(
        title=article.title,
        author=article.byline,
        provider=config().feed.title,
        provider_url=base_url(),
        size=(size := oembed.fitted(max_width=_side("maxwidth"), max_height=_side("maxheight"))),
        html=_frame(article, size),
    )
    return Response(oembed.written(rich, form), mimetype=oembed.TYPES[form])


def _frame(article: Article, size: oembed.Size) -> str:
    title = tongue.gettext("Listen: %(title)s", title=article.title)
    address = Addresses(base_url()).embed(article.slug)
    width = "100%" if size.width == oembed.WIDTH_PX else size.width
    return (
        f'<iframe src="{escape(address)}" title="{escape(title)}" width="{width}" height="{size.height}"'
        f' style="border: 0" loading="lazy"></iframe>'
    )


def _asked_for(address: str) -> Article:
    """The article whose page here, or whose source, is at this address. Raises ArticleNotFoundError."""
    ours = base_url()
    if not address.startswith(f"{ours}/"):
        return studio().shelf.at(address)
    path = re.split("[?#]", address.removeprefix(ours))[0]
    try:
        matched = current_app.url_map.bind("").match(path)
    except HTTPException:
        matched = ("", {})
    slug = matched[1].get("slug", "") if matched[0] in ("web.article", "embed.frame") else ""
    return studio().shelf.card(slug).article


def _side(name: str) -> int | None:
    text = request.args.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and 0 < int(text[:9]) <= MAX_SIDE_PX):
        raise InputError(f"{name} is not a number of pixels from 1 to {MAX_SIDE_PX}.", todo="Leave it out, or mend it.")
    return int(text)


def _theme() -> str:
    theme = request.args.get("theme") or THEMES[0]
    if theme not in THEMES:
        raise InputError(f"There is no theme {theme[:20]!r}.", todo=f"Choose one of {', '.join(THEMES)}.")
    return theme


def _speak(article: Article) -> None:
    """The frame speaks the language asked for, else the article's, where the site knows it."""
    for wanted in (request.args.get("lang", ""), article.language):
        if tongue.use(wanted):
            return


def _style(accent: str) -> str:
    wanted = colour.parse(accent)
    light, dark = colour.readable(wanted, LIGHT_PAPER), colour.readable(wanted, DARK_PAPER)
    return (
        f":root{{--accent-light:{light};--on-light:{colour.on(light)};"
        f"--accent-dark:{dark};--on-dark:{colour.on(dark)}}}"
    )


def _recorded(page: ArticlePage) -> datetime | None:
    """When the finished sound was made; None when there is none."""
    try:
        return changed_at([page.audio.file]) if page.audio else None
    except MediaNotFoundError:
        return None


def _remark(page: ArticlePage, recorded: datetime) -> str:
    """A sentence when the page says something else by now than what was recorded; else nothing."""
    day = tongue.day(recorded)
    is_old = page.script and page.audio and page.audio.script_digest != page.script.digest
    if is_old and page.changes and page.changes[0].at > recorded:
        return tongue.gettext(
            "The page has changed since it was recorded on %(day)s. The recording is of the earlier text.", day=day
        )
    read = page.article.checked_at or page.article.added_at
    if (modified := _moment("modified")) and modified > read:
        return tongue.gettext(
            "The page was changed after it was recorded on %(day)s. The recording may be of an earlier text.", day=day
        )
    return ""


def _moment(name: str) -> datetime | None:
    text: Any = request.args.get(name, "")
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        todo = "Give it as in 2026-11-05T09:30:00Z."
        raise InputError(f"{name} is not a time in ISO 8601.", todo=todo) from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
