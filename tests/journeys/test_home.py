"""The first page: what a newcomer finds there, and what everybody else does."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from voice_app import config, wiring
from voice_app.config import Config
from voice_app.publish.web.app import make_app
from voice_app.studio import Studio


@pytest.fixture
def settings(tmp_path: Path) -> Config:
    flags = {"paths.content": str(tmp_path / "content"), "paths.cache": str(tmp_path / "cache")}
    return config.load(flags=flags | {"narration.voice": "tick/tock"}, environ={}, file=tmp_path / "none.toml")


@pytest.fixture
def studio(settings: Config) -> Studio:
    return wiring.build(settings)


@pytest.fixture
def client(studio: Studio, settings: Config) -> Iterator[FlaskClient]:
    with make_app(studio, settings).test_client() as client:
        yield client


def page(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


def section(text: str, name: str) -> str:
    """The part of a page under a heading of the second level; empty when there is none."""
    found = re.search(rf'<h2 id="{name}">.*?(?=<h2|</main>)', text, re.DOTALL)
    return found[0] if found else ""


def links(text: str) -> list[str]:
    return re.findall(r'href="/articles/([^"?#]*)', text)


def test_a_newcomer_is_told_what_to_do_and_can_try_a_sample(client: FlaskClient, studio: Studio) -> None:
    first = page(client, "/")
    assert "There is nothing to listen to yet." in first
    assert "http://localhost/feed.xml" in first
    sample = re.search(r'name="text" value="([^"]*)"', first)
    assert sample
    answer = client.post("/add", data={"text": html.unescape(sample[1])})
    assert answer.headers["Location"] == "/articles/how-listening-works"
    studio.work.narrate(studio.articles()[0].id)
    made = studio.page("how-listening-works")
    assert made.script
    assert len(made.script.sentences) > 6
    assert "nothing to listen to" not in page(client, "/")


def test_what_is_new_and_what_is_on_the_way_are_apart(client: FlaskClient, studio: Studio) -> None:
    done, waiting, heard = (studio.intake.add_text(f"# {name}\n\nA text.") for name in ("Done", "Waiting", "Heard"))
    for article in (done, heard):
        studio.work.narrate(article.id)
    studio.mark_heard(heard.slug)
    text = page(client, "/")
    assert links(section(text, "new")) == ["done"]
    assert links(section(text, "coming")) == ["waiting"]
    assert "data-busy" in section(text, "coming")
    studio.work.narrate(waiting.id)
    assert links(section(page(client, "/"), "new")) == ["waiting", "done"]


@pytest.mark.parametrize(
    "asked", ["q=herons", "topic=Sea&sort=title", "view=favourites", "page=2", "archived=herons", "deleted=herons"]
)
def test_addresses_that_the_library_had_lead_to_it(client: FlaskClient, asked: str) -> None:
    answer = client.get(f"/?{asked}")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"/library?{asked}")


def test_an_address_with_something_unknown_is_still_the_first_page(client: FlaskClient) -> None:
    assert "There is nothing to listen to yet." in page(client, "/?utm_source=letter")
