"""What a person has chosen for this browser: how the pages look, their language, and how the player behaves.

It is one cookie that says nothing of who somebody is: `theme=dark&speed=1.5`, with only what differs from the usual.
The server reads it for each page, so that pages look right before any script runs and without one; the form at
/settings writes it, and so does `static/settings.js`. Styles and scripts find the same names as `data-` attributes of
the page's root.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Flask, Response

LANGUAGES: Mapping[str, str] = {"en": "English", "es": "Español", "ar": "العربية"}
"""Each language that the site speaks, with its name in itself."""

CONTROLS: Mapping[str, str] = {
    "skip": "shown",
    "position": "shown",
    "sentence": "shown",
    "speed": "shown",
    "goto": "shown",
    "paragraph": "more",
    "heading": "more",
    "chapter": "more",
    "pace": "more",
    "volume": "more",
    "sleep": "more",
    "where": "more",
}
"""What of the player can be moved or taken away, and where it usually is. Too many controls are a hindrance."""

PLACES = ("shown", "more", "off")
"""Where a control can be: in the player, under More controls, or nowhere."""

CHOICES: Mapping[str, tuple[str, ...]] = {
    "language": ("", *LANGUAGES),
    "theme": ("", "light", "dark", "light-high", "dark-high"),
    "text": ("100", "112", "125", "150", "175", "200"),
    "font": ("serif", "sans", "legible"),
    "lines": ("usual", "wide", "wider"),
    "letters": ("usual", "wide", "wider"),
    "words": ("usual", "wide", "wider"),
    "paragraphs": ("usual", "wide"),
    "width": ("usual", "narrow", "wide"),
    "links": ("usual", "underlined"),
    "speed": ("1", "0.5", "0.75", "1.25", "1.5", "1.75", "2", "2.25", "2.5", "2.75", "3", "3.5", "4"),
    "follow": ("sentence", "word", "off"),
    "mark": ("green", "yellow", "inverse", "underline", "box"),
    "scroll": ("on", "off"),
    "notes": ("announced", "read", "skipped"),
    "code": ("announced", "read", "skipped"),
    "tables": ("announced", "read", "skipped"),
    "quotes": ("announced", "read", "skipped"),
    "figures": ("announced", "read", "skipped"),
    "onward": ("off", "on"),
    "keys": ("player", "everywhere", "off"),
    **{f"show{name}": tuple(sorted(PLACES, key=usual.__ne__)) for name, usual in CONTROLS.items()},
    "wait": ("5", "10", "20"),
}
"""What there is to choose. The first of each is the usual."""

COOKIE = "settings"
KEPT_SECONDS = 400 * 24 * 3600
"""As long as browsers keep a cookie at most (draft-ietf-httpbis-rfc6265bis, 5.5)."""


def install(app: Flask) -> None:
    """Give the templates the settings, and those that are not the usual ones for the head of the page."""
    app.context_processor(lambda: {"settings": settings(), "unusual": chosen(settings())})


def settings() -> dict[str, str]:
    """This browser's settings, each one there. What is not a choice any more, or never was, is the usual."""
    from flask import request

    return read(request.cookies.get(COOKIE, ""))


def read(text: str) -> dict[str, str]:
    """Settings as the cookie has them."""
    return valid(dict(parse_qsl(text)))


def valid(given: Mapping[str, str]) -> dict[str, str]:
    """All settings: those given, where they are choices, and else the usual."""
    return {name: _valid(given.get(name, ""), choices) for name, choices in CHOICES.items()}


def _valid(value: str, choices: tuple[str, ...]) -> str:
    return value if value in choices else choices[0]


def chosen(values: Mapping[str, str]) -> dict[str, str]:
    """Those that are not the usual ones."""
    return {name: value for name, value in values.items() if value != CHOICES[name][0]}


def written(values: Mapping[str, str]) -> str:
    """Settings as the cookie has them; empty when all is as usual."""
    return urlencode(chosen(values))


def keep(response: Response, values: Mapping[str, str]) -> None:
    """Have the browser remember these settings, and forget what is the usual."""
    from flask import request

    text = written(values)
    response.set_cookie(COOKIE, text, max_age=KEPT_SECONDS if text else 0, secure=request.is_secure, samesite="Lax")
