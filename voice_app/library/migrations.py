"""How a file made by an older version becomes one of this version.

`MIGRATIONS[n]` takes a file from `PRAGMA user_version` n to n + 1. A published one is never edited: append. The tables
of `tables.py` describe the result of all of them (a test compares the two).
"""

from __future__ import annotations

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
    (
        "CREATE TABLE site_style (kind TEXT PRIMARY KEY, manner TEXT NOT NULL)",
        """CREATE TABLE article_style (
            article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
            kind TEXT NOT NULL,
            manner TEXT NOT NULL,
            PRIMARY KEY (article_id, kind)
        )""",
        """CREATE TABLE edits (
            article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
            sentence_id TEXT NOT NULL,
            written TEXT NOT NULL,
            spoken TEXT,
            PRIMARY KEY (article_id, sentence_id)
        )""",
        """CREATE TABLE choices (
            article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
            block_id TEXT NOT NULL,
            is_read INTEGER NOT NULL,
            PRIMARY KEY (article_id, block_id)
        )""",
        """CREATE TABLE changes (
            id INTEGER PRIMARY KEY,
            article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
            change TEXT NOT NULL
        )""",
        "CREATE INDEX changes_article ON changes (article_id)",
        """CREATE TABLE watches (
            article_id INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
            every_hours INTEGER,
            trouble TEXT NOT NULL DEFAULT ''
        )""",
    ),
    (
        """CREATE TABLE listeners (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            keeps_history INTEGER NOT NULL DEFAULT 1,
            code TEXT,
            code_until TEXT
        )""",
        """CREATE TABLE devices (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            listener_id INTEGER NOT NULL REFERENCES listeners (id) ON DELETE CASCADE,
            token TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            joined_at TEXT NOT NULL,
            seen_at TEXT NOT NULL
        )""",
        "CREATE INDEX devices_listener ON devices (listener_id)",
        """CREATE TABLE places (
            listener_id INTEGER NOT NULL REFERENCES listeners (id) ON DELETE CASCADE,
            article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
            is_other INTEGER NOT NULL,
            at TEXT NOT NULL,
            seconds REAL NOT NULL,
            length REAL NOT NULL,
            sentence_id TEXT NOT NULL,
            is_finished INTEGER NOT NULL,
            device_id INTEGER REFERENCES devices (id) ON DELETE SET NULL,
            PRIMARY KEY (listener_id, article_id, is_other)
        ) WITHOUT ROWID""",
        "CREATE INDEX places_newest ON places (listener_id, is_other, is_finished, at)",
        "CREATE INDEX places_article ON places (article_id)",
        "CREATE INDEX places_device ON places (device_id)",
        """CREATE TABLE queue (
            listener_id INTEGER NOT NULL REFERENCES listeners (id) ON DELETE CASCADE,
            article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            PRIMARY KEY (listener_id, article_id)
        ) WITHOUT ROWID""",
        "CREATE INDEX queue_article ON queue (article_id)",
        """CREATE TABLE history (
            listener_id INTEGER NOT NULL REFERENCES listeners (id) ON DELETE CASCADE,
            article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
            day TEXT NOT NULL,
            at TEXT NOT NULL,
            seconds REAL NOT NULL,
            is_finished INTEGER NOT NULL,
            PRIMARY KEY (listener_id, article_id, day)
        ) WITHOUT ROWID""",
        "CREATE INDEX history_newest ON history (listener_id, at)",
        "CREATE INDEX history_article ON history (article_id)",
    ),
    ("ALTER TABLE contents ADD COLUMN marked_at TEXT",),
    (
        """CREATE TABLE audiobooks (
            article_id INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
            is_asked INTEGER NOT NULL,
            problem TEXT NOT NULL,
            sound TEXT NOT NULL,
            file TEXT NOT NULL
        )""",
        "CREATE INDEX audiobooks_asked ON audiobooks (article_id) WHERE is_asked",
    ),
)
VERSION = len(MIGRATIONS)
