"""What stands in place of an article is refused by its kind; articles that talk of it are read."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.unit.ingest.wall_pages import ARTICLES, WALLS
from voice_app import config
from voice_app.errors import NoArticleError, WallError
from voice_app.ingest.reader import Reader
from voice_app.ingest.web.refusals import Wall, refusal
from voice_app.model import Source

PAGES = Path(__file__).parents[2] / "data" / "pages"
ADDRESS = "https://courier.example/ferry"


def _source(html: str, origin: str = ADDRESS) -> Source:
    return Source(origin=origin or ADDRESS, media_type="text/html", body=html.encode(), fetched_at=datetime.now(UTC))


@pytest.mark.parametrize("name", WALLS)
def test_a_wall_is_refused_by_its_kind(name: str) -> None:
    kind, html, address = WALLS[name]
    with pytest.raises(WallError) as problem:
        Reader(config.Fetch()).document(_source(html, address))
    assert problem.value.facts["wall"] is kind
    assert "paste the text instead" in str(problem.value)


@pytest.mark.parametrize("name", ARTICLES)
def test_an_article_that_could_be_taken_for_a_wall_is_read(name: str) -> None:
    document = Reader(config.Fetch()).document(_source(ARTICLES[name]))
    assert len(" ".join(block.text for block in document.kept).split()) >= 15


def test_there_are_enough_of_both() -> None:
    assert len(WALLS) >= 25
    assert len(ARTICLES) >= 25
    assert {kind for kind, _, _ in WALLS.values()} == set(Wall)


def test_each_kind_has_a_sentence_of_its_own() -> None:
    sentences = {str(refusal(wall, ADDRESS)) for wall in Wall}
    assert len(sentences) == len(Wall)
    assert all("paste the text instead" in sentence for sentence in sentences)


def test_a_page_of_links_is_no_wall() -> None:
    html = (PAGES / "listing.html").read_text(encoding="utf-8")
    with pytest.raises(NoArticleError):
        Reader(config.Fetch()).document(_source(html))


def test_a_file_of_ones_own_is_no_wall() -> None:
    _, html, _ = WALLS["paywall-en"]
    assert Reader(config.Fetch()).document(_source(html, "ferry.html")).kept
