"""What the sweep enqueues."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from voice_app.jobs import Kind, sweep
from voice_app.model import Article, ArticleState

STATES = ArticleState


def article(number: int, state: ArticleState = STATES.WAITING, *, origin: str = "pasted text") -> Article:
    slug = f"article-{number}"
    added_at = datetime(2026, 3, 1, tzinfo=UTC)
    return Article(id=number, slug=slug, guid=slug, title=slug, origin=origin, state=state, added_at=added_at)


def folder(number: int, state: ArticleState = STATES.READY) -> Article:
    return article(number, state, origin="content/articles/a.md")


def keys(*articles: Article, live: set[str] | None = None, lost: set[int] | None = None) -> list[str]:
    return [job.key for job in sweep.jobs(articles, live=live or set(), lost=lost or set())]


@pytest.mark.parametrize(
    ("state", "wanted"),
    [
        (STATES.WAITING, ["read-1"]),
        (STATES.READING, ["read-1"]),
        (STATES.READY, ["narrate-1"]),
        (STATES.NARRATING, ["narrate-1"]),
        (STATES.DONE, []),
        (STATES.PROBLEM, []),
    ],
)
def test_the_state_says_what_is_asked(state: ArticleState, wanted: list[str]) -> None:
    assert keys(article(1, state)) == wanted


def test_a_finished_article_without_its_files_is_narrated_again() -> None:
    assert keys(article(1, STATES.DONE), article(2, STATES.DONE), lost={2}) == ["narrate-2"]


@pytest.mark.parametrize("live", ["read-1", "narrate-1"])
@pytest.mark.parametrize("state", [STATES.WAITING, STATES.READY])
def test_an_article_with_a_live_job_is_left_alone(state: ArticleState, live: str) -> None:
    assert keys(article(1, state), live={live}) == []


def test_a_resting_article_waits() -> None:
    assert sweep.jobs([article(1), article(2)], live=set(), resting={1}) == sweep.jobs([article(2)], live=set())


def test_what_a_person_just_added_is_urgent_and_the_folder_is_not() -> None:
    jobs = sweep.jobs([folder(1), article(2, STATES.READY), folder(3, STATES.WAITING)], live=set())
    assert [(job.key, job.urgent) for job in jobs] == [("narrate-1", False), ("narrate-2", True), ("read-3", True)]


def test_one_urgent_narration_at_a_time_and_reading_is_never_held_back() -> None:
    ready = [article(number, STATES.READY) for number in (1, 2, 3)]
    waiting = [article(number) for number in (4, 5, 6, 7)]
    reads = ["read-4", "read-5", "read-6", "read-7"]
    assert keys(*ready, *waiting) == ["narrate-1", *reads]
    assert keys(*ready, *waiting, live={"narrate-1"}) == reads
    assert keys(*ready, *waiting, live={"narrate-3"}) == reads
    assert keys(*ready, *waiting, live={"read-1"}) == ["narrate-2", *reads]
    assert keys(*ready[1:], *waiting) == ["narrate-2", *reads]


def test_folder_narrations_are_all_queued_in_order() -> None:
    assert keys(*(folder(n) for n in (1, 2, 3)), live={"narrate-2"}) == ["narrate-1", "narrate-3"]


def test_an_audiobook_hinders_neither_reading_nor_narrating() -> None:
    assert keys(article(1), article(2, STATES.READY), live={"audiobook-1", "audiobook-2"}) == ["read-1", "narrate-2"]


def test_one_audiobook_at_a_time_and_none_that_rests() -> None:
    wanted = [article(number, STATES.DONE) for number in (1, 2, 3)]

    def books(live: set[str], resting: set[int]) -> list[str]:
        return [job.key for job in sweep.audiobooks(wanted, live=live, resting=resting)]

    assert books({"narrate-7", "read-8"}, set()) == ["audiobook-1"]
    assert books(set(), {1}) == ["audiobook-2"]
    assert books({"audiobook-1"}, set()) == books({"audiobook-9"}, set()) == []


def test_the_key_is_the_kind_and_the_article() -> None:
    (job,) = sweep.jobs([article(12)], live=set())
    assert (job.key, job.kind, job.article_id) == ("read-12", Kind.READ, 12)
