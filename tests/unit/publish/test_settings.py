"""What a browser's cookie says, and what it cannot."""

from __future__ import annotations

from flask import Flask, Response, render_template_string

from voice_app.publish import settings


def test_what_is_no_choice_is_the_usual() -> None:
    found = settings.read("theme=purple&speed=1.5&nonsense=1&%FF=%00")
    assert found["theme"] == ""
    assert found["speed"] == "1.5"
    assert set(found) == set(settings.CHOICES)


def test_a_flood_of_fields_is_the_usual() -> None:
    assert settings.read("&".join(f"a{n}=1" for n in range(5000))) == settings.read("")


def test_only_what_differs_is_kept() -> None:
    cookie = _kept("theme=dark&speed=1")
    assert cookie.startswith("settings=theme=dark;")
    assert "SameSite=Lax" in cookie


def test_the_usual_forgets_the_cookie() -> None:
    assert "Max-Age=0" in _kept("")


def test_a_page_has_what_was_chosen() -> None:
    app = Flask(__name__)
    settings.install(app)
    with app.test_request_context(headers={"Cookie": "settings=theme=dark&speed=9"}):
        assert render_template_string("{{ unusual }} {{ settings.speed }}") == "{&#39;theme&#39;: &#39;dark&#39;} 1"


def _kept(text: str) -> str:
    response = Response()
    with Flask(__name__).test_request_context():
        settings.keep(response, settings.read(text))
    return response.headers["Set-Cookie"]
