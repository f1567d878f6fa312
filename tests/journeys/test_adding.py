"""The ways in through the site: several files, lists of addresses, the share menu, the bookmarklet, the JSON API."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from voice_app import config
from voice_app.publish.web.app import make_app
from voice_app.wiring import build

WALK = b"# A walk\n\nThe path begins at the mill and follows the river.\n"
TEA = b"# Tea\n\nBlack tea needs four minutes.\n"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[FlaskClient]:
    flags = {"paths.content": tmp_path / "content", "paths.cache": tmp_path / "cache"}
    settings = config.load(flags=flags | {"narration.voice": "tick/tock"})
    with make_app(build(settings), settings).test_client() as client:
        yield client


def files(*given: tuple[str, bytes]) -> list[tuple[io.BytesIO, str]]:
    return [(io.BytesIO(body), name) for name, body in given]


def titles(client: FlaskClient) -> set[str]:
    return {article["title"] for article in client.get("/api/articles").get_json()["articles"]}


def test_several_files_at_once_and_one_that_cannot_be_read(client: FlaskClient) -> None:
    given = files(("walk.md", WALK), ("tea.md", TEA), ("photo.png", b"\x89PNG\r\n\x1a\n"))
    answer = client.post("/add", data={"file": given}, content_type="multipart/form-data")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "2 articles were added" in page
    assert "photo.png" in page
    assert "it is a picture" in page
    assert titles(client) == {"A walk", "Tea"}


def test_one_file_leads_to_its_page(client: FlaskClient) -> None:
    answer = client.post("/add", data={"file": files(("walk.md", WALK))}, content_type="multipart/form-data")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/articles/a-walk")


def test_when_nothing_could_be_added_the_answer_is_an_error(client: FlaskClient) -> None:
    given = files(("a.png", b"\x89PNG\r\n\x1a\n"), ("b.txt", b" "))
    answer = client.post("/add", data={"file": given}, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert "Nothing was added" in answer.get_data(as_text=True)


def test_the_bookmarklet_opens_the_form_filled_in(client: FlaskClient) -> None:
    assert "javascript:" in client.get("/add").get_data(as_text=True)
    page = client.get("/add", query_string={"address": 'https://example.org/a?b=1&c="2"'}).get_data(as_text=True)
    assert 'value="https://example.org/a?b=1&amp;c=&#34;2&#34;"' in page
    page = client.get("/add", query_string={"text": "Title\n\nChosen <words>"}).get_data(as_text=True)
    assert "Chosen &lt;words&gt;</textarea>" in page
    assert titles(client) == set(), "opening the form adds nothing"


def test_what_a_phone_shares_is_added(client: FlaskClient) -> None:
    answer = client.post("/share", data={"title": "A walk", "text": "The path begins at the mill. It goes on."})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/articles/a-walk")
    answer = client.post("/share", data={"files": files(("tea.md", TEA))}, content_type="multipart/form-data")
    assert answer.status_code == 303
    assert titles(client) == {"A walk", "Tea"}


@pytest.mark.parametrize(
    "shared",
    [
        {"url": "http://127.0.0.1/secret"},
        {"title": "A page", "text": "http://127.0.0.1/secret"},
        {"title": "Look", "text": "Look what I found: http://127.0.0.1/secret #nice"},
    ],
)
def test_a_shared_address_is_fetched_whichever_field_it_is_in(client: FlaskClient, shared: dict[str, str]) -> None:
    answer = client.post("/share", data=shared)
    assert answer.status_code == 403
    assert "private network" in answer.get_data(as_text=True)


def test_nothing_shared_is_said_so(client: FlaskClient) -> None:
    assert client.post("/share", data={}).status_code == 422


def test_the_site_can_be_installed_and_shared_to(client: FlaskClient) -> None:
    page = client.get("/").get_data(as_text=True)
    assert 'rel="manifest" href="/manifest.webmanifest"' in page
    answer = client.get("/manifest.webmanifest")
    assert answer.mimetype == "application/manifest+json"
    manifest = json.loads(answer.data)
    target = manifest["share_target"]
    assert (target["action"], target["method"], target["enctype"]) == ("/share", "POST", "multipart/form-data")
    assert ".epub" in target["params"]["files"][0]["accept"]
    for icon in manifest["icons"]:
        with client.get(icon["src"]) as picture:
            assert (picture.status_code, picture.mimetype) == (200, icon["type"])


def test_the_api_takes_a_list_of_addresses(client: FlaskClient) -> None:
    answer = client.post("/api/articles", json={"addresses": ["http://127.0.0.1/a", "ftp://example.org/"]})
    assert answer.status_code == 422
    problems = answer.get_json()["problems"]
    assert [problem["name"] for problem in problems] == ["http://127.0.0.1/a", "ftp://example.org/"]


def test_the_api_takes_files(client: FlaskClient) -> None:
    given = files(("walk.md", WALK), ("tea.md", TEA))
    answer = client.post("/api/articles", data={"file": given}, content_type="multipart/form-data")
    assert answer.status_code == 201
    assert [article["title"] for article in answer.get_json()["articles"]] == ["A walk", "Tea"]


@pytest.mark.parametrize(
    "body", [{"addresses": "x"}, {"addresses": [1]}, {"text": 5}, {}, {"text": "a", "address": "b"}]
)
def test_the_api_says_what_it_wants(client: FlaskClient, body: object) -> None:
    answer = client.post("/api/articles", json=body)
    assert answer.status_code == 422
    assert "addresses" in answer.get_json()["error"]


def test_the_bookmarklet_names_this_site(client: FlaskClient) -> None:
    page = client.get("/add", base_url="http://localhost:5000").get_data(as_text=True)
    assert "open(&#39;http://localhost:5000/add?&#39;" in page
