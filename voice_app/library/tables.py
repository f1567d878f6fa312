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

# What is looked up about an article and is no part of its row. `twin_id` is the older article that this one repeats;
# `edition` is that of the index (`catalogue.EDITION`) that the article was last entered with.
catalogue = Table(
    "catalogue",
    metadata,
    Column("article_id", Integer, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("sort_title", Text, nullable=False),
    Column("digest", Text),
    Column("twin_id", Integer, ForeignKey("articles.id", ondelete="SET NULL")),
    Column("edition", Integer, nullable=False),
)

# `own`: the article itself has it; `by_hand`: a person gave it; `hidden`: a person took it away, and reading the
# article again does not bring it back; `listed`: it counts, as its article is neither archived nor removed.
topics = Table(
    "topics",
    metadata,
    Column("article_id", Integer, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("folded", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("own", Boolean, nullable=False),
    Column("by_hand", Boolean, nullable=False),
    Column("hidden", Boolean, nullable=False),
    Column("listed", Boolean, nullable=False),
)

# The addresses an article is known by, in one spelling (`addresses.canonical`).
addresses = Table(
    "addresses",
    metadata,
    Column("address", Text, primary_key=True),
    Column("article_id", Integer, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
)

# The lowest hashes of each text's runs of words (`likeness.sketch`).
sketches = Table(
    "sketches",
    metadata,
    Column("hash", Integer, primary_key=True),
    Column("article_id", Integer, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
)

# The names of an article's finished files, so that nobody has to read its audio to know them.
files = Table(
    "files",
    metadata,
    Column("article_id", Integer, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("name", Text, primary_key=True),
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
    (
        """CREATE TABLE catalogue (
            article_id INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
            sort_title TEXT NOT NULL,
            digest TEXT,
            twin_id INTEGER REFERENCES articles (id) ON DELETE SET NULL,
            edition INTEGER NOT NULL DEFAULT 0
        )""",
        "CREATE INDEX catalogue_digest ON catalogue (digest)",
        "CREATE INDEX catalogue_twin ON catalogue (twin_id)",
        "CREATE INDEX catalogue_edition ON catalogue (edition)",
        """CREATE TABLE topics (
            article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
            folded TEXT NOT NULL,
            name TEXT NOT NULL,
            own INTEGER NOT NULL,
            by_hand INTEGER NOT NULL,
            hidden INTEGER NOT NULL,
            listed INTEGER NOT NULL,
            PRIMARY KEY (article_id, folded)
        )""",
        "CREATE INDEX topics_listed ON topics (listed, folded, name)",
        "CREATE INDEX topics_folded ON topics (folded, hidden, article_id)",
        """CREATE TABLE addresses (
            address TEXT NOT NULL,
            article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
            PRIMARY KEY (address, article_id)
        ) WITHOUT ROWID""",
        "CREATE INDEX addresses_article ON addresses (article_id)",
        """CREATE TABLE sketches (
            hash INTEGER NOT NULL,
            article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
            PRIMARY KEY (hash, article_id)
        ) WITHOUT ROWID""",
        "CREATE INDEX sketches_article ON sketches (article_id)",
        """CREATE TABLE files (
            article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            PRIMARY KEY (article_id, name)
        ) WITHOUT ROWID""",
        "CREATE INDEX files_name ON files (name)",
        "CREATE INDEX contents_digest ON contents (digest)",
        "CREATE INDEX contents_original ON contents (original)",
        "CREATE INDEX articles_listed ON articles (removed_at, archived_at, added_at)",
        "CREATE INDEX articles_added ON articles (removed_at, added_at)",
        "CREATE INDEX articles_archived ON articles (archived_at) WHERE archived_at IS NOT NULL",
        "CREATE INDEX articles_removed ON articles (removed_at) WHERE removed_at IS NOT NULL",
        # Marks belong to the words of Indic scripts. `prefix` is for the last word, while it is not yet whole.
        """CREATE VIRTUAL TABLE search USING fts5 (
            title, byline, site, topics, body,
            tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'",
            prefix = '2 3'
        )""",
        "INSERT INTO search (search, rank) VALUES ('rank', 'bm25(10.0, 4.0, 2.0, 5.0, 1.0)')",
        # What is in the library already is entered by a chore of the worker.
        "INSERT INTO catalogue (article_id, sort_title) SELECT id, lower(title) FROM articles",
        """INSERT OR IGNORE INTO files (article_id, name)
            SELECT article_id, json_extract(audio, '$.file') FROM contents WHERE audio IS NOT NULL
            UNION SELECT article_id, json_extract(audio, '$.artwork') FROM contents WHERE audio IS NOT NULL
            UNION SELECT article_id, json_extract(chapter.value, '$.file')
            FROM contents, json_each(audio, '$.chapters') AS chapter WHERE audio IS NOT NULL""",
    ),
)
VERSION = len(MIGRATIONS)
