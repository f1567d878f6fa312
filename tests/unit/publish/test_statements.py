"""How many statements a listener's pages take: as many with fifty cards as with ten."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.bench.search import Language, fill
from tests.unit.library.test_large import statements
from voice_app import config, wiring
from voice_app.library.sql import SqlLibrary
from voice_app.model import Place
from voice_app.publish.web.app import make_app

MOST = {"/library": 20, "/library?sort=title": 20, "/": 20, "/queue": 8, "/history": 8, "/api/articles": 8}


def visitor(folder: Path, articles: int) -> FlaskClient:
    """A browser whose listener left something on every other article."""
    flags = {"paths.content": str(folder), "paths.cache": str(folder / "cache")}
    settings = config.load(flags=flags, environ={}, file=folder / "none.toml")
    studio = wiring.build(settings)
    library = SqlLibrary(folder / "library.sqlite")
    fill(library, Language(), articles, words=40)
    token, device = studio.listening.begin("Phone")
    for number in range(0, articles, 2):
        studio.listening.keep(device, f"a{number}", Place(seconds=5, length=16, at=datetime.now(UTC)))
        studio.listening.enqueue(device, f"a{number}")
    library.close()
    client = make_app(studio, settings).test_client()
    client.set_cookie("listener", token)
    return client


@pytest.fixture(scope="module")
def ten(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    yield visitor(tmp_path_factory.mktemp("ten"), 10)


@pytest.fixture(scope="module")
def sixty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    yield visitor(tmp_path_factory.mktemp("sixty"), 60)


@pytest.mark.parametrize("path", MOST)
def test_a_page_takes_as_many_statements_with_more_articles(ten: FlaskClient, sixty: FlaskClient, path: str) -> None:
    for client in (ten, sixty):
        client.get(path)  # what is made at the first request
    few = statements(lambda: ten.get(path))
    assert few == statements(lambda: sixty.get(path))
    assert few <= MOST[path]


def test_the_pages_show_what_was_left(sixty: FlaskClient) -> None:
    html = sixty.get("/library").get_data(as_text=True)
    assert html.count("In the queue") >= 20
    assert html.count("11 seconds left") >= 20
