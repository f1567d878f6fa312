"""A library of many articles: how many statements a page takes, how long, and what is said to be related."""

from __future__ import annotations

import sqlite3
import statistics
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from tests.bench.search import Language, fill, milliseconds
from tests.contracts.shelf_contract import shelve
from voice_app.library.migrations import MIGRATIONS
from voice_app.library.sql import SqlLibrary
from voice_app.model import Audiobook, Order, View, Wanted

ARTICLES = 600
MOST_MS = 50.0
"""Allowed for thirty times as many articles; here a fifth of it, as a search that reads every text takes longer."""


@pytest.fixture(scope="module")
def language() -> Language:
    return Language()


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory, language: Language) -> Iterator[SqlLibrary]:
    library = SqlLibrary(tmp_path_factory.mktemp("large") / "library.sqlite")
    fill(library, language, ARTICLES, words=220)
    yield library
    library.close()


@pytest.fixture
def small(tmp_path: Path) -> Iterator[SqlLibrary]:
    library = SqlLibrary(tmp_path / "library.sqlite")
    yield library
    library.close()


def statements(call: Callable[[], object]) -> int:
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        call()
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return len(seen)


LISTS = {
    "newest": Wanted(),
    "by title": Wanted(order=Order.TITLE),
    "favourites": Wanted(view=View.FAVOURITES),
    "a topic": Wanted(topic="Theme 3"),
    "a search": Wanted(query="the"),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_page_takes_the_same_few_statements_in_any_library(
    large: SqlLibrary, small: SqlLibrary, language: Language, name: str
) -> None:
    fill(small, language, 3, words=40)
    few = statements(lambda: small.listing(LISTS[name]))
    assert few == statements(lambda: large.listing(LISTS[name])) <= 5
    assert large.listing(LISTS[name]).cards


def test_a_search_is_quick(large: SqlLibrary, language: Language) -> None:
    for kind, questions in language.questions().items():
        took = [milliseconds(lambda q=q: large.listing(Wanted(query=q), limit=20)).computed for q in questions]
        assert statistics.quantiles(took, n=20)[-1] < MOST_MS / 5, kind


def test_every_search_of_a_known_word_finds_its_articles(large: SqlLibrary) -> None:
    for number in (1, 300, 599):
        article = large.by_id(number)
        found = large.listing(Wanted(query=f'"{article.title}"', view=View.EVERYTHING))
        assert found.cards[0].article == article


def test_related_articles_are_of_the_same_theme(large: SqlLibrary) -> None:
    for number in range(1, 400, 37):
        related = large.related(number)
        assert 3 <= len(related) <= 5
        assert sum((other.id - number) % 40 != 0 for other in related) <= 1
        assert number not in {other.id for other in related}


TEXTS = {
    "bread": [
        (
            "Sourdough for beginners",
            "Feed the starter with flour and water, and let the dough rest overnight. Bake the loaf in a hot "
            "oven until the crust sings.",
        ),
        (
            "Why a loaf needs time",
            "A slow dough has more taste. The flour drinks its water, the starter works, and the crust of "
            "the loaf gets dark in the oven.",
        ),
        (
            "An oven for bread",
            "Bread wants a hot oven and steam, so that the crust of the loaf stays soft while the dough "
            "rises. Bake it on a stone.",
        ),
    ],
    "birds": [
        (
            "How swifts sleep",
            "Swifts sleep on the wing. They climb at dusk, glide with half of the brain asleep, and feed on "
            "insects in the air before they nest.",
        ),
        (
            "A nest under the roof",
            "Swifts and swallows nest under roofs. They feed their young on insects of the air, and the nest "
            "is used for years.",
        ),
        (
            "Where swallows go",
            "When the insects of the air are gone the swallows and the swifts leave the nest and fly to the "
            "south to feed there.",
        ),
    ],
    "rail": [
        (
            "Night trains return",
            "Night trains cross the border again. The railway bought sleeping carriages, and passengers wake "
            "in another station.",
        ),
        (
            "A railway over the pass",
            "The railway climbs the pass in spirals. Passengers see the station below three times before the "
            "train reaches the border.",
        ),
        (
            "Why trains are late",
            "A late train makes other trains late. A railway with one track at the border has passengers "
            "waiting in every station.",
        ),
    ],
}


def test_related_articles_make_sense_in_a_small_library(small: SqlLibrary) -> None:
    theme = {shelve(small, title, text).id: name for name, texts in TEXTS.items() for title, text in texts}
    for number, name in theme.items():
        related = small.related(number)
        assert {theme[other.id] for other in related} == {name}, small.by_id(number).title
        assert len(related) == 2


def test_related_articles_are_none_that_are_put_away_or_the_same(small: SqlLibrary) -> None:
    made = [shelve(small, title, text * 3) for title, text in TEXTS["bread"] * 2 + TEXTS["birds"]]
    assert made[0].id not in {article.id for article in small.related(made[3].id)}, "it is the same article"
    noon = made[0].added_at
    small.archive(made[1].id, noon)
    small.remove(made[2].id, noon)
    related = {article.id for article in small.related(made[0].id)}
    assert made[3].id not in related, "it is the same article"
    assert not related & {made[1].id, made[2].id}


def test_a_library_of_the_version_before_is_entered_bit_by_bit(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    shelved = [migration for migration in MIGRATIONS if any("fts5" in statement for statement in migration)]
    before = MIGRATIONS.index(shelved[0])
    with closing(sqlite3.connect(path)) as db:
        for statement in (s for migration in MIGRATIONS[:before] for s in migration):
            db.execute(statement)
        for number in range(1, 6):
            db.execute(
                "INSERT INTO articles (id, slug, guid, title, origin, state, added_at)"
                " VALUES (?, ?, ?, ?, ?, 'done', ?)",
                (number, f"a{number}", f"g{number}", f"Old {number}", f"https://example.org/{number}", "2026-01-01"),
            )
            document = f'{{"title": "Old {number}", "blocks": [{{"kind": "paragraph", "text": "Herons."}}]}}'
            sound = f'{{"file": "{number}.mp3", "artwork": "a.jpg", "chapters": [{{"file": "c{number}.mp3"}}]}}'
            db.execute(
                "INSERT INTO contents (article_id, original, media_type, digest, document, audio)"
                " VALUES (?, '', '', '', ?, ?)",
                (number, document if number > 1 else None, sound if number > 1 else None),
            )
        db.execute(f"PRAGMA user_version = {before}")
        db.commit()
    library = SqlLibrary(path)
    assert library.listing(Wanted(order=Order.TITLE)).total == 5
    assert library.finished_files(after=3, limit=1) == ((4, ("4.mp3", "a.jpg", "c4.mp3")),)
    assert [library.catch_up(limit=2) for _ in range(4)] == [2, 2, 1, 0]
    assert library.listing(Wanted(query="herons")).total == 4
    library.audiobooks.ask(4)
    library.audiobooks.made(4, sound="4.mp3", file="4.m4b")
    assert library.audiobooks.of(4) == Audiobook(is_asked=False, sound="4.mp3", file="4.m4b")
    assert library.listing(Wanted(query="old")).total == 5
    found = library.by_address("http://example.org/1/")
    assert found
    assert found.id == 1
    library.close()
