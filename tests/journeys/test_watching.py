"""Watching feeds through the site's page, its API and the command line."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from lxml import etree

from voice_app import config
from voice_app.cli import main
from voice_app.publish.web.app import make_app
from voice_app.wiring import build

OPML = b'<opml version="2.0"><body><outline text="Tea &amp; Sea" xmlUrl="http://127.0.0.1:8009/feed?a=1&amp;b=2"/></body></opml>'


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FlaskClient]:
    monkeypatch.setenv("VOICE_APP_PATHS__CONTENT", str(tmp_path / "content"))
    monkeypatch.setenv("VOICE_APP_FETCH__ALLOW_PRIVATE", "yes")
    settings = config.load()
    with make_app(build(settings), settings).test_client() as client:
        yield client


def watch(client: FlaskClient, **form: object) -> int:
    return client.post("/feeds", data=form, content_type="multipart/form-data").status_code


def test_a_feed_is_watched_and_no_longer(client: FlaskClient) -> None:
    assert watch(client, address="http://127.0.0.1:8009/feed.xml") == 303
    page = client.get("/feeds").get_data(as_text=True)
    assert "1 feed is watched" in page
    assert "Will be looked at in a moment" in page
    (feed,) = client.get("/api/feeds").get_json()["feeds"]
    assert client.post(f"/feeds/{feed['id']}/remove").status_code == 303
    assert client.get("/api/feeds").get_json() == {"feeds": []}


def test_a_list_goes_in_and_comes_out_again(client: FlaskClient) -> None:
    assert watch(client, list=(io.BytesIO(OPML), "feeds.opml")) == 303
    answer = client.get("/feeds.opml")
    (line,) = etree.fromstring(answer.data).iter("outline")
    assert (line.get("text"), line.get("xmlUrl")) == ("Tea & Sea", "http://127.0.0.1:8009/feed?a=1&b=2")


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"address": "not an address"},
        {"address": "ftp://example.org/feed"},
        {"list": (io.BytesIO(b"<opml/>"), "feeds.opml")},
    ],
    ids=["nothing", "no address", "another scheme", "an empty list"],
)
def test_what_cannot_be_watched_is_told(client: FlaskClient, form: dict[str, object]) -> None:
    answer = client.post("/feeds", data=form, content_type="multipart/form-data")
    assert 400 <= answer.status_code < 500
    assert "The feed is not watched" in answer.get_data(as_text=True)


def test_the_api_watches_too(client: FlaskClient) -> None:
    answer = client.post("/api/feeds", json={"address": "http://127.0.0.1:8009/feed.xml"})
    assert answer.status_code == 201
    assert client.delete(f"/api/feeds/{answer.get_json()['id']}").status_code == 204
    assert client.post("/api/feeds", json={}).status_code == 422


def test_the_command_line_watches_too(client: FlaskClient, tmp_path: Path) -> None:
    (tmp_path / "feeds.opml").write_bytes(OPML)
    done = CliRunner().invoke(main, ["watch", "http://127.0.0.1:8009/a.xml", str(tmp_path / "feeds.opml")])
    assert done.exit_code == 0, done.output
    assert len(client.get("/api/feeds").get_json()["feeds"]) == 2
