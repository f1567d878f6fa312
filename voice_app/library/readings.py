"""How articles are read: styles, choices and edits, as rows."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Table, delete, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from voice_app.errors import ArticleNotFoundError
from voice_app.library.store import Chosen
from voice_app.library.tables import article_style, articles, choices, edits, site_style
from voice_app.model import Choice, Edit, Manner

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voice_app.library.file import DatabaseFile


class SqlReadings:
    """See `store.Readings`."""

    def __init__(self, file: DatabaseFile) -> None:
        self._file = file

    def site_style(self) -> dict[str, Manner]:
        with self._file.reading() as db:
            return {row.kind: Manner(row.manner) for row in db.execute(select(site_style))}

    def set_site_style(self, style: Mapping[str, Manner]) -> None:
        with self._file.writing() as db:
            db.execute(delete(site_style))
            if style:
                db.execute(insert(site_style), [{"kind": k, "manner": m.value} for k, m in style.items()])

    def chosen(self, article_id: int) -> Chosen:
        with self._file.reading() as db:
            _must_exist(db, article_id)
            return _chosen(db, article_id).get(article_id, Chosen())

    def all_chosen(self) -> dict[int, Chosen]:
        with self._file.reading() as db:
            return _chosen(db, None)

    def set_article_style(self, article_id: int, style: Mapping[str, Manner]) -> None:
        with self._file.writing() as db:
            _must_exist(db, article_id)
            db.execute(delete(article_style).where(article_style.c.article_id == article_id))
            rows = [{"article_id": article_id, "kind": k, "manner": m.value} for k, m in style.items()]
            if rows:
                db.execute(insert(article_style), rows)

    def edit(self, article_id: int, edit: Edit) -> None:
        self._put(
            edits, article_id, {"sentence_id": edit.sentence_id}, {"written": edit.written, "spoken": edit.spoken}
        )

    def forget_edit(self, article_id: int, sentence_id: str) -> None:
        with self._file.writing() as db:
            db.execute(delete(edits).where(edits.c.article_id == article_id, edits.c.sentence_id == sentence_id))

    def choose(self, article_id: int, choice: Choice) -> None:
        self._put(choices, article_id, {"block_id": choice.block_id}, {"is_read": choice.is_read})

    def forget_choice(self, article_id: int, block_id: str) -> None:
        with self._file.writing() as db:
            db.execute(delete(choices).where(choices.c.article_id == article_id, choices.c.block_id == block_id))

    def _put(self, table: Table, article_id: int, key: dict[str, Any], values: dict[str, Any]) -> None:
        with self._file.writing() as db:
            _must_exist(db, article_id)
            row = upsert(table).values(article_id=article_id, **key, **values)
            db.execute(row.on_conflict_do_update(index_elements=["article_id", *key], set_=values))


def _must_exist(db: Connection, article_id: int) -> None:
    if db.execute(select(articles.c.id).where(articles.c.id == article_id)).first() is None:
        raise ArticleNotFoundError(article=article_id)


def _chosen(db: Connection, article_id: int | None) -> dict[int, Chosen]:
    """Of one article, or of all, in the order in which things were chosen."""

    def rows(table: Table) -> Any:
        wanted = select(table).order_by(table.c.article_id)
        return db.execute(wanted if article_id is None else wanted.where(table.c.article_id == article_id))

    styles: dict[int, dict[str, Manner]] = defaultdict(dict)
    blocks: dict[int, list[Choice]] = defaultdict(list)
    sentences: dict[int, list[Edit]] = defaultdict(list)
    for row in rows(article_style):
        styles[row.article_id][row.kind] = Manner(row.manner)
    for row in rows(choices):
        blocks[row.article_id].append(Choice(block_id=row.block_id, is_read=row.is_read))
    for row in rows(edits):
        edit = Edit(sentence_id=row.sentence_id, written=row.written, spoken=row.spoken)
        sentences[row.article_id].append(edit)
    return {
        key: Chosen(style=styles.get(key, {}), choices=tuple(blocks.get(key, ())), edits=tuple(sentences.get(key, ())))
        for key in styles.keys() | blocks.keys() | sentences.keys()
    }
