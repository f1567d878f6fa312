"""The library as its listeners see it: lists, search, topics, favourites, what is put away and what is deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    column,
    delete,
    func,
    literal_column,
    not_,
    select,
    table,
    update,
)

from voice_app.errors import ArticleNotFoundError
from voice_app.library import catalogue as entries
from voice_app.library import topics
from voice_app.library.addresses import canonical
from voice_app.library.query import match
from voice_app.library.related import related
from voice_app.library.store import FOLDER_ORIGIN, Leftovers
from voice_app.library.tables import addresses, articles, audiobooks, catalogue, contents, files
from voice_app.library.words import shown
from voice_app.model import Article, ArticleState, Card, Listing, Order, Piece, Topic, View, Wanted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from voice_app.library.file import DatabaseFile

EXCERPT_WORDS = 32
_BEGIN, _END = "\x02", "\x03"  # around what was searched for; the index holds no such characters
_BODY = 4  # the column of the index that excerpts are taken from

_search = table("search", column("rowid"), column("rank"))
_twin = articles.alias("twin")
_is_removed = articles.c.removed_at.is_not(None)
_is_archived = articles.c.archived_at.is_not(None)
_VIEWS: dict[View, tuple[ColumnElement[bool], ...]] = {
    View.LIBRARY: (~_is_removed, ~_is_archived),
    View.UNHEARD: (~_is_removed, ~_is_archived, articles.c.heard_at.is_(None)),
    View.FAVOURITES: (~_is_removed, articles.c.favourite_at.is_not(None)),
    View.PROBLEMS: (~_is_removed, ~_is_archived, articles.c.state == ArticleState.PROBLEM),
    View.ARCHIVED: (~_is_removed, _is_archived),
    View.EVERYTHING: (~_is_removed,),
    View.DELETED: (_is_removed,),
}
_ORDERS: dict[Order, tuple[ColumnElement[Any], ...]] = {
    Order.NEWEST: (articles.c.added_at.desc(), articles.c.id.desc()),
    Order.TITLE: (catalogue.c.sort_title, articles.c.id),
    Order.LONGEST: (articles.c.seconds.desc(), articles.c.id.desc()),
    Order.SHORTEST: (articles.c.seconds == 0, articles.c.seconds, articles.c.id.desc()),
    Order.HEARD: (articles.c.heard_at.desc(), articles.c.id.desc()),
}


class SqlShelf:
    """The part of `store.Library` that listeners use. See there."""

    def __init__(self, file: DatabaseFile) -> None:
        self._file = file

    # lists

    def listing(self, wanted: Wanted, *, page: int = 1, limit: int = 50) -> Listing:
        with self._file.reading() as db:
            list_page = _searched if wanted.query.strip() else _sorted
            total, ids, excerpts = list_page(db, wanted, max(page, 1) - 1, limit)
            pages = max(1, -(-total // limit))
            if not ids and total:  # a page that is no longer there: the last one
                total, ids, excerpts = list_page(db, wanted, pages - 1, limit)
            return Listing(cards=cards(db, ids, excerpts), total=total, page=min(max(page, 1), pages), pages=pages)

    def has_problems(self) -> bool:
        with self._file.reading() as db:
            return bool(db.execute(select(articles.c.id).where(*_VIEWS[View.PROBLEMS]).limit(1)).first())

    def card(self, article_id: int) -> Card:
        with self._file.reading() as db:
            found = cards(db, [article_id], {})
        if not found:
            raise ArticleNotFoundError(article=article_id)
        return found[0]

    def related(self, article_id: int, *, limit: int = 5) -> tuple[Article, ...]:
        with self._file.reading() as db:
            ids = related(db, article_id, limit=4 * limit)
            repeats = select(catalogue.c.twin_id).where(catalogue.c.article_id == article_id)
            conditions = (
                articles.c.id.in_(ids),
                *_VIEWS[View.LIBRARY],
                articles.c.id.not_in(select(catalogue.c.article_id).where(catalogue.c.twin_id.is_not(None))),
                articles.c.id.not_in(repeats.where(catalogue.c.twin_id.is_not(None))),
            )
            found = {row.id: Article(**row._mapping) for row in db.execute(select(articles).where(*conditions))}
        return tuple(found[article_id] for article_id in ids if article_id in found)[:limit]

    def twin(self, article_id: int) -> Article | None:
        original = select(_twin).join(catalogue, catalogue.c.twin_id == _twin.c.id)
        with self._file.reading() as db:
            where = (catalogue.c.article_id == article_id, _twin.c.removed_at.is_(None))
            row = db.execute(original.where(*where)).first()
        return Article(**row._mapping) if row else None

    # what is known already

    def by_address(self, address: str) -> Article | None:
        known = select(articles).join(addresses, addresses.c.article_id == articles.c.id)
        return self._first(known.where(addresses.c.address == canonical(address)))

    def by_digest(self, digest: str) -> Article | None:
        known = select(articles).join(contents, contents.c.article_id == articles.c.id)
        return self._first(known.where(contents.c.digest == digest))

    def _first(self, known: Any) -> Article | None:
        """The oldest of them that was not deleted, else the one that was deleted last."""
        with self._file.reading() as db:
            row = db.execute(known.order_by(_is_removed, articles.c.removed_at.desc(), articles.c.id)).first()
        return Article(**row._mapping) if row else None

    # topics

    def topics(self) -> tuple[Topic, ...]:
        with self._file.reading() as db:
            return topics.counted(db)

    def add_topic(self, article_id: int, name: str) -> None:
        with self._file.writing() as db:
            _must_be(db, article_id)
            topics.give(db, article_id, name)
            entries.enter_topics(db, article_id)

    def remove_topic(self, article_id: int, name: str) -> None:
        with self._file.writing() as db:
            _must_be(db, article_id)
            topics.take(db, article_id, name)
            entries.enter_topics(db, article_id)

    # favourites, the archive and what is deleted

    def favourite(self, article_id: int, at: datetime | None) -> Article:
        return self._mark(article_id, favourite_at=at)

    def archive(self, article_id: int, at: datetime | None) -> Article:
        return self._mark(article_id, archived_at=at)

    def remove(self, article_id: int, at: datetime | None) -> Article:
        return self._mark(article_id, removed_at=at)

    def removed_before(self, at: datetime, *, limit: int) -> tuple[int, ...]:
        # a file that is still in the watched folder keeps its row: else it would come back as a new article
        is_there = and_(articles.c.origin.startswith(FOLDER_ORIGIN, autoescape=True), contents.c.missing.is_(False))
        old = (
            select(articles.c.id)
            .join_from(articles, contents, contents.c.article_id == articles.c.id)
            .where(articles.c.removed_at < at, not_(is_there))
            .order_by(articles.c.removed_at)
            .limit(limit)
        )
        with self._file.reading() as db:
            return tuple(db.execute(old).scalars())

    def forget(self, article_id: int, *, drop: Callable[[Leftovers], None] = lambda left: None) -> Leftovers:
        mine = select(files.c.name).where(files.c.article_id == article_id)
        book = select(audiobooks.c.file).where(audiobooks.c.article_id == article_id, audiobooks.c.file != "")
        others = select(files.c.name).where(files.c.article_id != article_id)
        kept = select(contents.c.original).where(contents.c.article_id == article_id, contents.c.original != "")
        used = select(contents.c.original).where(contents.c.article_id != article_id)
        with self._file.writing() as db:
            left = Leftovers(
                originals=tuple(db.execute(kept.where(contents.c.original.not_in(used))).scalars()),
                files=tuple(db.execute(mine.where(files.c.name.not_in(others)).union_all(book)).scalars()),
            )
            entries.strike(db, article_id)
            db.execute(delete(articles).where(articles.c.id == article_id))
            drop(left)
        return left

    # for the worker

    def finished_files(self, *, after: int, limit: int) -> tuple[tuple[int, tuple[str, ...]], ...]:
        finished = (
            select(articles.c.id, func.group_concat(files.c.name, "/"))
            .join_from(articles, files, files.c.article_id == articles.c.id, isouter=True)
            .where(articles.c.state == ArticleState.DONE, articles.c.id > after, ~_is_removed)
            .group_by(articles.c.id)
            .order_by(articles.c.id)
            .limit(limit)
        )
        with self._file.reading() as db:
            return tuple((found, tuple((names or "").split("/"))) for found, names in db.execute(finished))

    def _mark(self, article_id: int, **values: datetime | None) -> Article:
        with self._file.writing() as db:
            _must_be(db, article_id)
            db.execute(update(articles).where(articles.c.id == article_id).values(**values))
            topics.relist(db, article_id)
            return Article(**db.execute(select(articles).where(articles.c.id == article_id)).one()._mapping)


def _must_be(db: Connection, article_id: int) -> None:
    if db.execute(select(articles.c.id).where(articles.c.id == article_id)).first() is None:
        raise ArticleNotFoundError(article=article_id)


_Page = tuple[int, list[int], dict[int, str]]
"""How many there are, the ids on this page, and the excerpts of those that were searched for."""


def _sorted(db: Connection, wanted: Wanted, page: int, limit: int) -> _Page:
    conditions = _conditions(wanted)
    total: int = db.execute(select(func.count()).select_from(articles).where(*conditions)).scalar_one()
    ids = select(articles.c.id).where(*conditions)
    if wanted.order is Order.TITLE:
        ids = ids.join_from(articles, catalogue, catalogue.c.article_id == articles.c.id)
    order = _ORDERS[wanted.order] if wanted.view is not View.DELETED else (articles.c.removed_at.desc(),)
    return total, list(db.execute(ids.order_by(*order).limit(limit).offset(page * limit)).scalars()), {}


def _searched(db: Connection, wanted: Wanted, page: int, limit: int) -> _Page:
    question = match(wanted.query)
    if not question:
        return 0, [], {}
    conditions = (literal_column("search").op("MATCH")(question), _in_view(wanted))
    total: int = db.execute(select(func.count()).select_from(_search).where(*conditions)).scalar_one()
    excerpt = func.snippet(literal_column("search"), _BODY, _BEGIN, _END, " … ", EXCERPT_WORDS)
    ranked = select(_search.c.rowid, excerpt).where(*conditions).order_by(_search.c.rank)
    excerpts = {row.rowid: row[1] for row in db.execute(ranked.limit(limit).offset(page * limit))}
    return total, list(excerpts), excerpts


def _conditions(wanted: Wanted) -> tuple[ColumnElement[bool], ...]:
    if not wanted.topic:
        return _VIEWS[wanted.view]
    return (*_VIEWS[wanted.view], articles.c.id.in_(topics.having(wanted.topic)))


def _in_view(wanted: Wanted) -> ColumnElement[bool]:
    """The same for rows of the index. What is put away is less than what is not, so it is named where that says all."""
    removed = _search.c.rowid.not_in(select(articles.c.id).where(_is_removed))
    if wanted.view is View.LIBRARY and not wanted.topic:
        return removed & _search.c.rowid.not_in(select(articles.c.id).where(_is_archived))
    if wanted.view is View.EVERYTHING and not wanted.topic:
        return removed
    return _search.c.rowid.in_(select(articles.c.id).where(*_conditions(wanted)))


def cards(db: Connection, ids: Sequence[int], excerpts: dict[int, str]) -> tuple[Card, ...]:
    """These articles as lists show them, in this order."""
    rows = (
        select(articles, _twin.c.slug.label("_twin"))
        .join_from(articles, catalogue, catalogue.c.article_id == articles.c.id, isouter=True)
        .join(_twin, and_(_twin.c.id == catalogue.c.twin_id, _twin.c.removed_at.is_(None)), isouter=True)
        .where(articles.c.id.in_(ids))
    )
    named = topics.of(db, ids)
    made = {}
    for row in db.execute(rows):
        values = dict(row._mapping)
        twin = values.pop("_twin")
        article, excerpt = Article(**values), _pieces(excerpts.get(row.id, ""))
        made[row.id] = Card(article=article, topics=named.get(row.id, ()), duplicate_of=twin, excerpt=excerpt)
    return tuple(made[article_id] for article_id in ids if article_id in made)


def _pieces(excerpt: str) -> tuple[Piece, ...]:
    """An excerpt by the marks that the index put around what was searched for."""
    head, *rest = shown(" ".join(excerpt.split())).split(_BEGIN)
    pieces = [Piece(text=head, is_match=False)]
    for part in rest:
        found, _, after = part.partition(_END)
        pieces += [Piece(text=found, is_match=True), Piece(text=after, is_match=False)]
    return tuple(piece for piece in pieces if piece.text)
