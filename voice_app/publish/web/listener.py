"""Who listens: the cookie that a browser is known by, and the pages on which browsers join, get names and leave.

A browser gets the cookie when there is first something to remember for it. Those who only read and listen without
scripts have none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Flask, Response, g, redirect, render_template, request, url_for

from voice_app.errors import InputError
from voice_app.publish.context import base_url, studio
from voice_app.publish.settings import KEPT_SECONDS
from voice_app.publish.web import browsers, errors

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

    from voice_app.model import Device

blueprint = Blueprint("listener", __name__)

COOKIE = "listener"
PRIVATE = "private, no-cache"


def install(app: Flask) -> None:
    """Answer with the cookie when there is a new one, and keep answers that are somebody's out of shared caches."""
    app.after_request(_answer)


def who() -> Device | None:
    """The browser that asks; None when nothing is remembered for it."""
    if "device" not in g:
        g.device = studio().listening.who(request.cookies.get(COOKIE, ""))
    return g.device  # type: ignore[no-any-return]


def needed() -> Device:
    """The same, as a new listener when nothing was remembered yet. Raises TooManyTriesError."""
    if device := who():
        return device
    token, device = studio().listening.begin(_own_name())
    _hold(token, device)
    return device


def _own_name() -> str:
    return browsers.name(request.headers.get("User-Agent", ""))


def _hold(token: str, device: Device) -> None:
    g.device, g.listener_token = device, token


def _answer(response: Response) -> Response:
    device: Device | None = g.get("device")
    if device is not None:
        response.headers.setdefault("Cache-Control", PRIVATE)
        response.vary.add("Cookie")
    # again with each change, so that it does not run out for those who listen
    token = g.get("listener_token") or (request.cookies.get(COOKIE) if request.method != "GET" and device else None)
    if token and not g.get("is_leaving"):
        options = {"secure": request.is_secure, "httponly": True, "samesite": "Lax"}
        response.set_cookie(COOKIE, token, max_age=KEPT_SECONDS, **options)  # type: ignore[arg-type]
    return response


@blueprint.get("/listener")
def listener() -> str:
    return _page()


@blueprint.post("/listener/code")
def code() -> Response:
    """Shown in the answer itself: it is kept nowhere that could show it again."""
    made = studio().listening.offer(needed())
    response = Response(_page(code=made, link=f"{base_url()}{url_for('listener.join', code=made)}"))
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.post("/listener/browsers/<int:device_id>")
def change(device_id: int) -> AnyResponse | tuple[str, int]:
    device = who()
    if device is None:
        return _back()
    if request.form.get("do") == "remove" and device_id != device.id:
        studio().listening.remove(device, device_id)
        return _back("removed")
    try:
        studio().listening.rename(device, device_id, request.form.get("name", ""))
    except InputError as problem:
        return _page(problem=errors.sentence(problem), wrong=f"name-{device_id}"), errors.status(problem)
    return _back("named")


@blueprint.post("/listener/forget")
def forget() -> AnyResponse:
    if device := who():
        studio().listening.remove(device, device.id)
    g.is_leaving = True
    response = _back("forgotten")
    response.delete_cookie(COOKIE, httponly=True, samesite="Lax", secure=request.is_secure)
    return response


@blueprint.get("/join")
def join() -> str:
    """Only asks: what looks at links before a person does must not use the code up."""
    return _join(request.args.get("code", ""))


@blueprint.post("/join")
def joined() -> AnyResponse | tuple[str, int]:
    given = request.form.get("code", "")
    try:
        token, device = studio().listening.join(given, _own_name(), who())
    except InputError as problem:
        return _join(given, problem=errors.sentence(problem)), errors.status(problem)
    if token:
        _hold(token, device)
    return _back("joined")


def _back(done: str = "") -> AnyResponse:
    return redirect(url_for("listener.listener", done=done or None), 303)


def _page(*, code: str = "", link: str = "", problem: str = "", wrong: str = "") -> str:
    device = who()
    return render_template(
        "listener.html",
        device=device,
        devices=studio().listening.devices(device) if device else (),
        code=code,
        link=link,
        problem=problem,
        wrong=wrong,
        done="" if problem or code else request.args.get("done", ""),
    )


def _join(code: str, *, problem: str = "") -> str:
    device = who()
    others = len(studio().listening.devices(device)) - 1 if device else 0
    return render_template("join.html", code=code, problem=problem, wrong="code", device=device, others=others)
