"""What makes an article findable: its words in the index, its addresses, its topics, and the article it repeats.

Everything here happens in the transaction that saves what the article says, so the two never disagree.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, delete, func, insert, literal_column, select, text, update

from voice_app.library import topics
from voice_app.library.addresses import canonical
from voice_app.library.likeness import ALIKE, SHARED_HASHES, digest, likeness, sketch
from voice_app.library.tables import addresses, articles, catalogue, sketches
from voice_app.library.words import folded, indexable, shown, words
from voice_app.model import BlockKind

if TYPE_CHECKING:
    from voice_app.model import Block, Document

EDITION = 1
"""Goes up when entries are made in another way; a chore of the worker then makes the old ones anew."""

COMPARED = 5
"""As many texts with a similar sketch are compared word by word; the most similar ones first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """All that is entered of a document. Made before the transaction begins: it takes milliseconds."""

    title: str
    byline: str
    site: str
    body: str
    digest: str | None
    sketch: tuple[int, ...]
    address: str
    topics: tuple[str, ...]


def entry(document: Document) -> Entry:
    """Of a document, what is kept of it and nothing else."""
    body = "\n".join(_text(block) for block in document.kept if block.kind is not BlockKind.HEADING or block.level != 1)
    said = words(body)
    return Entry(
        title=document.title,
        byline=document.byline or "",
        site=document.site or "",
        body=body,
        digest=digest(said),
        sketch=sketch(said),
        address=document.source_url or "",
        topics=document.topics,
    )


def enter_title(db: Connection, article_id: int, title: str, origin: str) -> None:
    """Enter an article that was not read yet."""
    row = {"article_id": article_id, "sort_title": folded(title), "edition": EDITION}
    db.execute(insert(catalogue).prefix_with("OR REPLACE").values(row))
    _know(db, article_id, origin)
    _index(db, article_id, title=title)


def enter(db: Connection, article_id: int, made: Entry) -> None:
    """Enter an article, or enter it anew."""
    title = made.title or db.execute(select(articles.c.title).where(articles.c.id == article_id)).scalar_one()
    changed = {"sort_title": folded(title), "digest": made.digest, "edition": EDITION}
    db.execute(update(catalogue).where(catalogue.c.article_id == article_id).values(changed))
    _know(db, article_id, made.address)
    topics.save_own(db, article_id, made.topics)
    names = " · ".join(topics.of(db, [article_id]).get(article_id, ()))
    _index(db, article_id, title=title, byline=made.byline, site=made.site, topics=names, body=made.body)
    db.execute(delete(sketches).where(sketches.c.article_id == article_id))
    if made.sketch:
        db.execute(insert(sketches), [{"hash": number, "article_id": article_id} for number in set(made.sketch)])
    _find_twins(db, article_id)


def enter_topics(db: Connection, article_id: int) -> None:
    """Take over topics that changed."""
    names = " · ".join(topics.of(db, [article_id]).get(article_id, ()))
    changed = {"names": indexable(names), "id": article_id}
    db.execute(text("UPDATE search SET topics = :names WHERE rowid = :id"), changed)


def strike(db: Connection, article_id: int) -> None:
    """Take an article out of the index. The rest goes with its row."""
    db.execute(text("DELETE FROM search WHERE rowid = :id"), {"id": article_id})


def body(db: Connection, article_id: int) -> str:
    """The article's words as they stand in the index."""
    found = db.execute(text("SELECT body FROM search WHERE rowid = :id"), {"id": article_id}).scalar()
    return shown(found or "")


def _text(block: Block) -> str:
    cells = (cell for row in block.rows for cell in row)
    return " ".join(part for part in (block.text, block.alt, *cells) if part)


def _know(db: Connection, article_id: int, address: str) -> None:
    if plain := canonical(address):
        db.execute(insert(addresses).prefix_with("OR IGNORE").values(address=plain, article_id=article_id))


def _index(db: Connection, article_id: int, **columns: str) -> None:
    row: dict[str, Any] = dict.fromkeys(("title", "byline", "site", "topics", "body"), "")
    row |= {name: indexable(value) for name, value in columns.items()} | {"id": article_id}
    into = "INSERT OR REPLACE INTO search (rowid, title, byline, site, topics, body)"
    db.execute(text(f"{into} VALUES (:id, :title, :byline, :site, :topics, :body)"), row)


def _find_twins(db: Connection, article_id: int) -> None:
    """Of articles that are alike, the oldest is the original and the others are its twins."""
    twins = set(db.execute(select(catalogue.c.article_id).where(catalogue.c.twin_id == article_id)).scalars())
    alike = _alike(db, article_id)
    _set_twin(db, article_id, alike)
    for other in (twins | alike) - {article_id}:
        if other > article_id:
            _set_twin(db, other, alike | {article_id} if other in alike else _alike(db, other))


def _set_twin(db: Connection, article_id: int, alike: set[int]) -> None:
    older = min((other for other in alike if other < article_id), default=None)
    db.execute(update(catalogue).where(catalogue.c.article_id == article_id).values(twin_id=older))


def _alike(db: Connection, article_id: int) -> set[int]:
    """The articles with the same address, the same text, or nearly the same text."""
    mine = select(addresses.c.address).where(addresses.c.article_id == article_id)
    found = set(db.execute(select(addresses.c.article_id).where(addresses.c.address.in_(mine))).scalars())
    same = select(catalogue.c.digest).where(catalogue.c.article_id == article_id).scalar_subquery()
    found |= set(db.execute(select(catalogue.c.article_id).where(catalogue.c.digest == same)).scalars())
    candidates = _similar(db, article_id) - found
    if candidates:
        ours = words(body(db, article_id))
        found |= {other for other in candidates if likeness(ours, words(body(db, other))) >= ALIKE}
    removed = select(articles.c.id).where(articles.c.id.in_(found), articles.c.removed_at.is_not(None))
    return found - {article_id} - set(db.execute(removed).scalars())


def _similar(db: Connection, article_id: int) -> set[int]:
    mine = select(sketches.c.hash).where(sketches.c.article_id == article_id)
    shared = (
        select(sketches.c.article_id, func.count().label("shared"))
        .where(sketches.c.hash.in_(mine), sketches.c.article_id != article_id)
        .group_by(sketches.c.article_id)
        .having(func.count() >= SHARED_HASHES)
        .order_by(literal_column("shared").desc(), sketches.c.article_id)
        .limit(COMPARED)
    )
    return set(db.execute(shared).scalars())
