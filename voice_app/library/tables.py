"""The tables of the library, as `migrations.py` makes them."""

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
    Column("marked_at", UtcTime),  # when somebody said last that it was heard, or was not
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

# How articles are read: the listener's own style, and what an article's differs in. One row a kind that was chosen.
site_style = Table(
    "site_style",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("manner", Text, nullable=False),
)
article_style = Table(
    "article_style",
    metadata,
    Column("article_id", Integer, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("manner", Text, nullable=False),
)

# What a person changed in one article. They stay when the text they belong to has gone: it may come back.
edits = Table(
    "edits",
    metadata,
    Column("article_id", Integer, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("sentence_id", Text, primary_key=True),
    Column("written", Text, nullable=False),
    Column("spoken", Text),  # nothing: the sentence is left out
)
choices = Table(
    "choices",
    metadata,
    Column("article_id", Integer, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("block_id", Text, primary_key=True),
    Column("is_read", Boolean, nullable=False),
)

# How the source of an article changed, and how it is watched.
changes = Table(
    "changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article_id", Integer, ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
    Column("change", Text, nullable=False),
)
watches = Table(
    "watches",
    metadata,
    Column("article_id", Integer, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("every_hours", Integer),
    Column("trouble", Text, nullable=False),
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

# The audiobooks that somebody asked for. `sound` is the whole article's file that `file` was made with; `files` has no
# audiobooks, as an article is finished without one.
audiobooks = Table(
    "audiobooks",
    metadata,
    Column("article_id", Integer, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("is_asked", Boolean, nullable=False),
    Column("problem", Text, nullable=False),
    Column("sound", Text, nullable=False),
    Column("file", Text, nullable=False),
)

# Who listens. `code` is the hash of the one code, if any, by which another browser may join until `code_until`.
listeners = Table(
    "listeners",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("keeps_history", Boolean, nullable=False),
    Column("code", Text),
    Column("code_until", UtcTime),
)

# The browsers of listeners. `token` is the hash of what the browser holds.
devices = Table(
    "devices",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("listener_id", Integer, ForeignKey("listeners.id", ondelete="CASCADE"), nullable=False),
    Column("token", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("joined_at", UtcTime, nullable=False),
    Column("seen_at", UtcTime, nullable=False),
)

# Where listeners are. `is_other`: the place that lost to a newer one which did not know it.
places = Table(
    "places",
    metadata,
    Column("listener_id", Integer, ForeignKey("listeners.id", ondelete="CASCADE"), primary_key=True),
    Column("article_id", Integer, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("is_other", Boolean, primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("length", Float, nullable=False),
    Column("sentence_id", Text, nullable=False),
    Column("is_finished", Boolean, nullable=False),
    Column("device_id", Integer, ForeignKey("devices.id", ondelete="SET NULL")),
)
queue = Table(
    "queue",
    metadata,
    Column("listener_id", Integer, ForeignKey("listeners.id", ondelete="CASCADE"), primary_key=True),
    Column("article_id", Integer, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, nullable=False),
)

# What was listened to: one row for each article and day (in UTC).
history = Table(
    "history",
    metadata,
    Column("listener_id", Integer, ForeignKey("listeners.id", ondelete="CASCADE"), primary_key=True),
    Column("article_id", Integer, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("day", Text, primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("is_finished", Boolean, nullable=False),
)

# One row; every write adds one to it.
revision = Table("revision", metadata, Column("number", Integer, nullable=False))
