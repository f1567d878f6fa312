"""What stands around every page: the same ways in the same places, and whom to tell when something does not work."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import lxml.html
import pytest
from flask.testing import FlaskClient

from voice_app import wiring
from voice_app.config import load
from voice_app.publish.web.app import make_app

PAGES = ("/", "/library", "/add", "/feeds", "/reading", "/voices", "/settings", "/about", "/accessibility", "/nothing")
LINK = tuple[str, str, bool]


@pytest.fixture
def site(tmp_path: Path) -> Callable[..., FlaskClient]:
    def opener(**flags: str) -> FlaskClient:
        paths = {"paths.content": tmp_path / "content", "paths.cache": tmp_path / "cache"}
        given = paths | {"narration.voice": "tick/tock"} | {name.replace("__", "."): v for name, v in flags.items()}
        config = load(flags=given, environ={}, file=tmp_path / "none.toml")
        return make_app(wiring.build(config), config).test_client()

    return opener


def links(client: FlaskClient, path: str, where: str) -> list[LINK]:
    page = lxml.html.fromstring(client.get(path).text)
    found = page.xpath(f"//{where}//nav//li/a")
    return [(link.get("href"), link.text_content(), link.get("aria-current") == "page") for link in found]


@pytest.mark.parametrize("where", ["header", "footer"])
def test_the_same_ways_stand_in_the_same_place_on_every_page(site: Callable[..., FlaskClient], where: str) -> None:
    client = site()
    first = [link[:2] for link in links(client, "/", where)]
    assert ("/about", "Help") in [link[:2] for link in links(client, "/", "footer")]
    for path in PAGES:
        found = links(client, path, where)
        assert [link[:2] for link in found] == first, path
        assert [address for address, _, is_here in found if is_here] == [link[0] for link in first if link[0] == path]


def test_every_way_leads_somewhere(site: Callable[..., FlaskClient]) -> None:
    client = site()
    for address, words, _ in links(client, "/", "header") + links(client, "/", "footer"):
        assert client.get(address).status_code == 200, words


@pytest.mark.parametrize(
    ("contact", "link"),
    [("help@example.org", "mailto:help@example.org"), ("https://example.org/ask", "https://example.org/ask")],
)
@pytest.mark.parametrize("path", ["/accessibility", "/about"])
def test_whom_to_tell_is_said(site: Callable[..., FlaskClient], path: str, contact: str, link: str) -> None:
    page = lxml.html.fromstring(site(server__contact=contact).get(path).text)
    (found,) = page.xpath(f"//main//a[@href='{link}']")
    assert found.text_content() == contact


def test_who_said_nothing_is_no_empty_link(site: Callable[..., FlaskClient]) -> None:
    client = site()
    assert "tell the person who gave you the address" in client.get("/accessibility").text
    for path in ("/accessibility", "/about"):
        assert "mailto:" not in client.get(path).text


def test_the_chosen_typeface_is_fetched_with_the_style(site: Callable[..., FlaskClient]) -> None:
    client = site()
    assert "preload" not in client.get("/").text
    client.set_cookie("settings", "font=legible")
    (font,) = lxml.html.fromstring(client.get("/").text).xpath("//link[@rel='preload']/@href")
    with client.get(font) as answer:
        assert answer.mimetype == "font/woff2"
