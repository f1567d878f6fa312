"""The letters that brought articles, until they are answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update

from voice_app.library.store import Letter
from voice_app.library.tables import letters

if TYPE_CHECKING:
    from datetime import datetime

    from voice_app.library.file import DatabaseFile


class SqlLetters:
    """See `store.Letters`."""

    def __init__(self, file: DatabaseFile) -> None:
        self._file = file

    def knows(self, digest: str) -> bool:
        with self._file.reading() as db:
            return db.execute(select(letters.c.id).where(letters.c.digest == digest)).first() is not None

    def add(self, letter: Letter) -> None:
        facts = {"articles": " ".join(map(str, letter.articles)), "problems": "\n".join(letter.problems)}
        facts |= {"digest": letter.digest, "message_id": letter.message_id, "sender": letter.sender}
        with self._file.writing() as db:
            db.execute(insert(letters).values(**facts, subject=letter.subject))

    def open(self) -> tuple[Letter, ...]:
        with self._file.reading() as db:
            rows = db.execute(select(letters).where(letters.c.answered_at.is_(None)).order_by(letters.c.id))
            return tuple(
                Letter(
                    digest=row.digest,
                    message_id=row.message_id,
                    sender=row.sender,
                    subject=row.subject,
                    articles=tuple(map(int, row.articles.split())),
                    problems=tuple(filter(None, row.problems.split("\n"))),
                )
                for row in rows
            )

    def answered(self, digest: str, at: datetime) -> None:
        with self._file.writing() as db:
            db.execute(update(letters).where(letters.c.digest == digest).values(answered_at=at))
