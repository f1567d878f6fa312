"""The library's page and what can be done with an article beside listening: forms that work without scripts."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlencode

from flask import Blueprint, redirect, render_template, request, url_for

from voice_app.errors import ArticleNotFoundError, InputError
from voice_app.model import Order, View, Wanted
from voice_app.publish.context import studio
from voice_app.publish.web import answers, listener, words

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict
    from werkzeug.wrappers import Response as AnyResponse

    from voice_app.model import Article, Topic

blueprint = Blueprint("shelf", __name__)

OUR_ADDRESS = re.compile(r"/(?!/)[^\x00-\x20\\\x7f-\x9f]*")
"""A path of this site. Browsers leave tabs out and take \\ for /, so that /<tab>/example.org would lead elsewhere."""

ASKED = frozenset({"q", "topic", "view", "sort", "page", "archived", "deleted"})
"""What the library's address may ask for."""

LAST_PAGE = 1_000_000
CHOICES = 100
"""More topics than this are on their own page alone."""

Choice = TypeVar("Choice", bound=StrEnum)


def library() -> str:
    """The library page: a list by view, topic and order, or what was searched for."""
    asked = wanted(request.args)
    listing = studio().shelf.listing(asked, page=number(request.args, "page", most=LAST_PAGE))
    return render_template(
        "library.html",
        listing=listing,
        traces=studio().listening.traces(listener.who(), listing),
        wanted=asked,
        address=_address,
        topics=_choices(asked.topic),
        has_problems=asked.view is View.PROBLEMS or studio().shelf.has_problems(),
        busy=any(words.is_busy(card.article) for card in listing.cards),
        archived=_noticed("archived"),
        deleted=_noticed("deleted"),
        is_plain=asked == Wanted(),
        done=answers.by_the_button(request.args.get("done", "")),
    )


def wanted(args: MultiDict[str, str]) -> Wanted:
    """What an address asks for. Raises InputError for a view or an order that there is not."""
    return Wanted(
        view=_choice(View, args.get("view", ""), View.LIBRARY),
        topic=args.get("topic", "").strip(),
        query=args.get("q", "").strip(),
        order=_choice(Order, args.get("sort", ""), Order.NEWEST),
    )


def number(args: MultiDict[str, str], name: str, *, most: int, usual: int = 1) -> int:
    """A number from 1 to `most`. Raises InputError for anything else."""
    text = args.get(name, "") or str(usual)
    if not (text.isascii() and text.isdigit() and len(text) < 10 and 0 < int(text) <= most):
        raise InputError(f"{name} is not a number from 1 to {most}.", todo="Change it in the address, or leave it out.")
    return int(text)


def was_known(article: Article, asked_at: datetime) -> bool:
    """Whether what somebody gave at that time is an article that was there before."""
    return article.added_at < asked_at


def now() -> datetime:
    return datetime.now(UTC)


@blueprint.get("/topics")
def topics() -> str:
    return render_template("topics.html", topics=studio().shelf.topics())


@blueprint.post("/articles/<slug>/favourite")
def favourite(slug: str) -> AnyResponse:
    is_favourite = request.form.get("favourite", "yes") != "no"
    studio().shelf.favourite(slug, is_favourite=is_favourite)
    return redirect(done_to(slug, "liked" if is_favourite else "unliked"), 303)


@blueprint.post("/articles/<slug>/archive")
def archive(slug: str) -> AnyResponse:
    is_archived = request.form.get("archived", "yes") != "no"
    studio().shelf.archive(slug, is_archived=is_archived)
    return redirect(url_for("web.library", archived=slug) if is_archived else _back(slug), 303)


@blueprint.post("/articles/<slug>/remove")
def remove(slug: str) -> AnyResponse:
    studio().shelf.remove(slug)
    return redirect(url_for("web.library", deleted=slug), 303)


@blueprint.post("/articles/<slug>/restore")
def restore(slug: str) -> AnyResponse:
    studio().shelf.restore(slug)
    return redirect(_back(slug), 303)


@blueprint.post("/articles/<slug>/topics")
def add_topic(slug: str) -> AnyResponse:
    studio().shelf.add_topic(slug, request.form.get("topic", ""))
    return redirect(done_to(slug, "tagged"), 303)


@blueprint.post("/articles/<slug>/topics/remove")
def remove_topic(slug: str) -> AnyResponse:
    studio().shelf.remove_topic(slug, request.form.get("topic", ""))
    return redirect(done_to(slug, "untagged"), 303)


def done_to(slug: str, what: str) -> str:
    """The address of what was done to an article by a button: the list that it was in, or the article's page.

    It has no anchor. Where there is one, browsers do not focus the notice by themselves.
    """
    back = request.form.get("back", "")
    if not OUR_ADDRESS.fullmatch(back):
        return url_for("web.article", slug=slug, done=what)
    return f"{back}{'&' if '?' in back else '?'}{urlencode({'done': what, 'to': slug})}"


def _back(slug: str) -> str:
    return url_for("web.article", slug=slug, done="back")


def _choice(kind: type[Choice], text: str, usual: Choice) -> Choice:
    if not text:
        return usual
    try:
        return kind(text)
    except ValueError:
        names = ", ".join(kind)
        raise InputError(f"There is no {kind.__name__.lower()} {text!r}.", todo=f"Choose one of {names}.") from None


def _address(asked: Wanted, **changes: Any) -> str:
    """The library page with what is shown now, and with some of it changed."""
    given = {"q": asked.query, "topic": asked.topic, "view": asked.view, "sort": asked.order} | changes
    usual = {"view": View.LIBRARY, "sort": Order.NEWEST, "page": 1}
    return url_for(
        "web.library", **{name: value for name, value in given.items() if value and usual.get(name) != value}
    )


def _choices(chosen: str) -> list[Topic]:
    """The topics to choose from: the most frequent ones, and the chosen one."""
    found = studio().shelf.topics()
    frequent = sorted(found, key=lambda topic: -topic.articles)[:CHOICES]
    listed = {topic.name for topic in frequent} | {chosen}
    return [topic for topic in found if topic.name in listed]


def _noticed(name: str) -> Article | None:
    """The article that was just put away or deleted, as the address says; None when it is not so any more."""
    try:
        article = studio().shelf.put_away(request.args.get(name, ""))
    except ArticleNotFoundError:
        return None
    is_so = article.removed_at if name == "deleted" else article.archived_at and not article.removed_at
    return article if is_so else None
