"""The tables of the library, and how a file made by an older version becomes one of this version.

`MIGRATIONS[n]` takes a file from `PRAGMA user_version` n to n + 1. A published one is never edited: append. The
tables below describe the result of all of them (a test compares the two).
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Boolean, Column, Date, Dialect, Float, ForeignKey, Integer, MetaData, Table, Text, TypeDecorator

from voice_app.model import ArticleState

metadata = MetaData()


class UtcTime(TypeDecorator[datetime]):
    """Aware times in UTC as text of one width, so that the text sorts as the times do."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        return value.astimezone(UTC).isoformat(timespec="microseconds") if value else None

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        return datetime.fromisoformat(value) if value else None


class State(TypeDecorator[ArticleState]):
    """An article's state as its plain word."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: ArticleState | None, dialect: Dialect) -> str | None:
        return value.value if value else None

    def process_result_value(self, value: Any | None, dialect: Dialect) -> ArticleState | None:
        return ArticleState(value) if value else None


# One column for each field of model.Article, so that a row is an article.
articles = Table(
    "articles",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("slug", Text, nullable=False, unique=True),
    Column("guid", Text, nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("state", State, nullable=False),
    Column("added_at", UtcTime, nullable=False),
    Column("byline", Text),
    Column("language", Text, nullable=False),
    Column("published", Date),
    Column("source_url", Text),
    Column("summary", Text),
    Column("problem", Text, nullable=False),
    Column("spoken", Integer, nullable=False),
    Column("sentences", Integer, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("finished_at", UtcTime),
    Column("heard_at", UtcTime),
    Column("site", Text),
    Column("favourite_at", UtcTime),
    Column("archived_at", UtcTime),
    Column("removed_at", UtcTime),
    Column("checked_at", UtcTime),
    Column("changed_at", UtcTime),
)

# The long texts and what nobody lists, apart from the rows that every list reads.
contents = Table(
    "contents",
    metadata,
    Column("article_id", Integer, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("original", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("asked_again", Boolean, nullable=False),  # while a run was at it: what that run saves is out of date
    Column("document", Text),
    Column("audio", Text),
    Column("missing", Boolean, nullable=False),  # the watched folder's file is not there
    Column("etag", Text),  # what the site said of the original, for asking whether it changed
    Column("last_modified", Text),
)

# Mails that brought articles. `articles` are ids with blanks between, `problems` sentences with line breaks between.
letters = Table(
    "letters",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("digest", Text, nullable=False, unique=True),
    Column("message_id", Text, nullable=False),
    Column("sender", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("articles", Text, nullable=False),
    Column("problems", Text, nullable=False),
    Column("answered_at", UtcTime),
)

feeds = Table(
    "feeds",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("address", Text, nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("added_at", UtcTime, nullable=False),
    Column("checked_at", UtcTime),
    Column("problem", Text, nullable=False),
    Column("etag", Text),
    Column("last_modified", Text),
)

# The entries of a feed that were seen. `article_id` is empty for one that was there before the feed was watched.
entries = Table(
    "entries",
    metadata,
    Column("feed_id", Integer, ForeignKey("feeds.id", ondelete="CASCADE"), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("article_id", Integer),
)

settings = Table(
    "settings",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

# One row; every write adds one to it.
revision = Table("revision", metadata, Column("number", Integer, nullable=False))

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE articles (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            slug TEXT NOT NULL UNIQUE,
            guid TEXT NOT NULL UNIQUE,
            title TEXT NOT NULL,
            origin TEXT NOT NULL,
            state TEXT NOT NULL,
            added_at TEXT NOT NULL,
            byline TEXT,
            language TEXT NOT NULL DEFAULT 'en',
            published TEXT,
            source_url TEXT,
            summary TEXT,
            problem TEXT NOT NULL DEFAULT '',
            spoken INTEGER NOT NULL DEFAULT 0,
            sentences INTEGER NOT NULL DEFAULT 0,
            seconds REAL NOT NULL DEFAULT 0,
            finished_at TEXT,
            heard_at TEXT
        )""",
        "CREATE INDEX articles_origin ON articles (origin)",
        "CREATE INDEX articles_state ON articles (state)",
        """CREATE TABLE contents (
            article_id INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
            original TEXT NOT NULL,
            media_type TEXT NOT NULL,
            digest TEXT NOT NULL,
            asked_again INTEGER NOT NULL DEFAULT 0,
            document TEXT,
            audio TEXT
        )""",
        "CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
        "CREATE TABLE revision (number INTEGER NOT NULL)",
        "INSERT INTO revision (number) VALUES (0)",
    ),
    (
        "ALTER TABLE articles ADD COLUMN site TEXT",
        "ALTER TABLE articles ADD COLUMN favourite_at TEXT",
        "ALTER TABLE articles ADD COLUMN archived_at TEXT",
        "ALTER TABLE articles ADD COLUMN removed_at TEXT",
        "ALTER TABLE articles ADD COLUMN checked_at TEXT",
        "ALTER TABLE articles ADD COLUMN changed_at TEXT",
        "ALTER TABLE contents ADD COLUMN etag TEXT",
        "ALTER TABLE contents ADD COLUMN last_modified TEXT",
    ),
    (
        "ALTER TABLE contents ADD COLUMN missing INTEGER NOT NULL DEFAULT 0",
        """CREATE TABLE letters (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            digest TEXT NOT NULL UNIQUE,
            message_id TEXT NOT NULL,
            sender TEXT NOT NULL,
            subject TEXT NOT NULL,
            articles TEXT NOT NULL,
            problems TEXT NOT NULL,
            answered_at TEXT
        )""",
    ),
    (
        """CREATE TABLE feeds (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            address TEXT NOT NULL UNIQUE,
            title TEXT NOT NULL,
            added_at TEXT NOT NULL,
            checked_at TEXT,
            problem TEXT NOT NULL DEFAULT '',
            etag TEXT,
            last_modified TEXT
        )""",
        """CREATE TABLE entries (
            feed_id INTEGER NOT NULL REFERENCES feeds (id) ON DELETE CASCADE,
            key TEXT NOT NULL,
            article_id INTEGER,
            PRIMARY KEY (feed_id, key)
        )""",
    ),
)
VERSION = len(MIGRATIONS)
