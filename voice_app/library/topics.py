"""An article's topics: those it says itself, and those that people give and take.

What a person did outlasts reading the article again: a topic that was taken away stays away, one that was given stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, delete, exists, func, insert, select, update

from voice_app.errors import EmptyInputError, InputError
from voice_app.library.tables import articles, topics
from voice_app.library.words import folded
from voice_app.model import Topic

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MAX_OWN = 12
MAX_TOPICS = 24
MAX_CHARACTERS = 60


def cleaned(names: Iterable[str]) -> tuple[str, ...]:
    """Names on one line, the first spelling of each, without those that are empty or too long; at most MAX_OWN."""
    found: dict[str, str] = {}
    for name in map(_tidy, names):
        if folded(name) and len(name) <= MAX_CHARACTERS:
            found.setdefault(folded(name), name)
    return tuple(found.values())[:MAX_OWN]


def _tidy(name: str) -> str:
    return " ".join(name.split()).strip("#,; ")


def save_own(db: Connection, article_id: int, names: Iterable[str]) -> None:
    """Take over what the article says of itself now."""
    db.execute(delete(topics).where(topics.c.article_id == article_id, ~topics.c.by_hand, ~topics.c.hidden))
    db.execute(update(topics).where(topics.c.article_id == article_id).values(own=False))
    for name in cleaned(names):
        if db.execute(update(topics).where(_is(article_id, name)).values(own=True)).rowcount == 0:
            _insert(db, article_id, name, own=True, by_hand=False)
    relist(db, article_id)


def give(db: Connection, article_id: int, name: str) -> None:
    """Add a topic by hand. Raises InputError."""
    name = _tidy(name)
    if not folded(name):
        raise EmptyInputError("The topic has no name.", todo="Write a word or two, such as Health.")
    if len(name) > MAX_CHARACTERS:
        raise InputError(f"The topic is longer than {MAX_CHARACTERS} characters.", todo="Write a word or two.")
    if db.execute(update(topics).where(_is(article_id, name)).values(by_hand=True, hidden=False)).rowcount == 0:
        if len(of(db, [article_id]).get(article_id, ())) >= MAX_TOPICS:
            raise InputError(f"The article has {MAX_TOPICS} topics already.", todo="Remove one of them first.")
        _insert(db, article_id, name, own=False, by_hand=True)
    relist(db, article_id)


def take(db: Connection, article_id: int, name: str) -> None:
    """Take a topic away, whoever gave it. Nothing happens when it is not there."""
    db.execute(delete(topics).where(_is(article_id, name), ~topics.c.own, ~topics.c.hidden))
    db.execute(update(topics).where(_is(article_id, name)).values(by_hand=False, hidden=True))
    relist(db, article_id)


def of(db: Connection, article_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The topics of each article that has some, in alphabetical order."""
    wanted = select(topics.c.article_id, topics.c.name).where(topics.c.article_id.in_(article_ids), ~topics.c.hidden)
    found: dict[int, tuple[str, ...]] = {}
    for article_id, name in db.execute(wanted.order_by(topics.c.folded)):
        found[article_id] = (*found.get(article_id, ()), name)
    return found


def counted(db: Connection) -> tuple[Topic, ...]:
    """All topics of the library, in alphabetical order."""
    counts = select(func.min(topics.c.name), func.count()).where(topics.c.listed).group_by(topics.c.folded)
    return tuple(Topic(name=name, articles=number) for name, number in db.execute(counts.order_by(topics.c.folded)))


def having(name: str) -> Any:
    """The ids of the articles with this topic, as a subquery."""
    return select(topics.c.article_id).where(topics.c.folded == folded(name), ~topics.c.hidden)


def relist(db: Connection, article_id: int) -> None:
    """Count the article's topics, or count them no longer."""
    at_hand = exists().where(
        articles.c.id == article_id, articles.c.removed_at.is_(None), articles.c.archived_at.is_(None)
    )
    mine = update(topics).where(topics.c.article_id == article_id)
    db.execute(mine.values(listed=at_hand & ~topics.c.hidden))


def _is(article_id: int, name: str) -> Any:
    return (topics.c.article_id == article_id) & (topics.c.folded == folded(name))


def _insert(db: Connection, article_id: int, name: str, *, own: bool, by_hand: bool) -> None:
    row = {"article_id": article_id, "folded": folded(name), "name": name, "own": own, "by_hand": by_hand}
    db.execute(insert(topics).values(row | {"hidden": False, "listed": False}))
