"""Deciding what to enqueue: pure, from the library's rows and the queue's keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voice_app.jobs.queue import Job, Kind
from voice_app.model import ArticleState

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from voice_app.model import Article

FOLDER_ORIGIN = "content/articles/"
"""Nobody sits and waits for an article from the folder; anything else a person has just added."""

URGENT_NARRATIONS = 1
"""Urgent narrations at a time: each uses every core, and reading must find a free place beside them."""


URGENT_AUDIOBOOKS = 1
"""Beside a narration and what is read, for the same reason."""


def is_unread(article: Article) -> bool:
    """It must be read (again) before it is narrated."""
    return article.state in (ArticleState.WAITING, ArticleState.READING)


def jobs(
    articles: Iterable[Article],
    *,
    live: Collection[str],
    lost: Collection[int] = (),
    resting: Collection[int] = (),
) -> tuple[Job, ...]:
    """What must be enqueued so that every article's wish is granted, in the order of `articles`.

    `lost`: finished articles whose files have vanished. `resting`: those that failed a moment ago. An article with
    a live job is left alone, so it is never read and narrated at once; an audiobook hinders neither.
    """
    wanted = [job for article in articles if (job := _wanted(article, lost)) is not None]
    free = URGENT_NARRATIONS - sum(_holds_a_place(job) and job.key in live for job in wanted)
    chosen = []
    for job in wanted:
        if job.article_id in resting or any(f"{kind}-{job.article_id}" in live for kind in (Kind.READ, Kind.NARRATE)):
            continue
        if _holds_a_place(job):
            if free <= 0:
                continue
            free -= 1
        chosen.append(job)
    return tuple(chosen)


def audiobooks(articles: Iterable[Article], *, live: Collection[str], resting: Collection[int] = ()) -> tuple[Job, ...]:
    """What must be enqueued so that each of these articles gets its audiobook."""
    wanted = [Job(kind=Kind.AUDIOBOOK, article_id=article.id, urgent=True) for article in articles]
    free = URGENT_AUDIOBOOKS - sum(key.startswith(f"{Kind.AUDIOBOOK}-") for key in live)
    return tuple(job for job in wanted if job.article_id not in resting)[: max(free, 0)]


def _wanted(article: Article, lost: Collection[int]) -> Job | None:
    if article.state is ArticleState.PROBLEM:
        return None
    if is_unread(article):
        return Job(kind=Kind.READ, article_id=article.id, urgent=True)
    if article.state is ArticleState.DONE:
        return Job(kind=Kind.NARRATE, article_id=article.id, urgent=False) if article.id in lost else None
    return Job(kind=Kind.NARRATE, article_id=article.id, urgent=not article.origin.startswith(FOLDER_ORIGIN))


def _holds_a_place(job: Job) -> bool:
    return job.urgent and job.kind is Kind.NARRATE
