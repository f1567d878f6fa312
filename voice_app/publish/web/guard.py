"""Keeps strangers out: which host names are answered, which posts are taken, and what browsers are told to forbid."""

from __future__ import annotations

import ipaddress
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import Flask, Response, abort, request
from flask import Request as FlaskRequest

from voice_app.publish.tongue import later

if TYPE_CHECKING:
    from voice_app.config import Server

LOOPBACK = ("localhost", "127.0.0.1")
CROSS_SITE = later("This was sent by another site, so nothing was done. Open the page here and try again.")


class Request(FlaskRequest):
    """A request whose JSON may be nested as deeply as a stranger likes, or hold halves of characters: that is bad data
    and no fault of ours."""

    def get_json(self, force: bool = False, silent: bool = False, cache: bool = True) -> Any:
        try:
            found = super().get_json(force=force, silent=silent, cache=cache)
            if b"\\ud" in self.get_data().lower():
                json.dumps(found, ensure_ascii=False).encode()
            return found
        except (RecursionError, UnicodeEncodeError):
            if silent:
                return None
            abort(400)


def policy(framed_by: str = "'none'", *, style: str = "") -> str:
    """What a page may do: nothing but ask this site for things, and be framed by nobody unless it is said otherwise.

    `style` allows an inline style by its digest.
    """
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            f"style-src 'self' {style}".strip(),
            "font-src 'self'",
            "img-src 'self'",
            "media-src 'self' blob:",  # sound that a page puts together out of pieces
            "connect-src 'self'",
            "worker-src 'self'",
            "manifest-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            f"frame-ancestors {framed_by}",
        )
    )


def trusted_hosts(server: Server) -> list[str]:
    """The Host names that are answered. Any other is refused, so that a stranger's name cannot be pointed at us."""
    public = urlsplit(server.public_url).hostname
    bound = None if _is_wildcard(server.host) else server.host
    return list(dict.fromkeys(name for name in (*LOOPBACK, bound, public, *server.trusted_hosts) if name))


def _is_wildcard(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False


def install(app: Flask) -> None:
    app.request_class = Request
    app.before_request(_refuse_cross_site)
    app.after_request(_add_headers)


def _refuse_cross_site() -> None:
    """Refuse a change that another site's page asks for: reaching us may be privilege enough, and the cookie is one.

    Another port of this machine is the same site to a cookie, but no same origin: it is refused, too. Programs that are
    not browsers send neither header, and are let through: what they may do they could do without a browser's cookie.
    """
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    fetched_from = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if fetched_from:
        ours = fetched_from in ("same-origin", "none")
    else:
        ours = origin is None or urlsplit(origin).netloc == request.host
    if not ours:
        abort(403, CROSS_SITE)


def _add_headers(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", policy())
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "no-referrer")
    response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-cache" if response.status_code < 400 else "no-store"
    return response
