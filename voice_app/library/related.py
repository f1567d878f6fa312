"""Articles about the same things, by the words that are frequent in one and rare in the library (tf-idf).

Nothing leaves the machine and nothing is stored for it: how rare a word is, and who else has it, the index knows.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from sqlalchemy import Connection, text

from voice_app.library.query import phrase
from voice_app.library.words import is_unspaced, shown, words

if TYPE_CHECKING:
    from collections.abc import Iterable

TRIED_WORDS = 60
TELLING_WORDS = 25
TITLE_WEIGHT = 3
LEAST_SHARED = 3
"""Two telling words are shared by chance; articles about one thing share more."""

LEAST_LIKENESS = 0.12
"""Of the weight of an article's telling words, so much must be in the other one."""

COMMON_ARTICLES = 1_000
"""A word that so many articles have, or a tenth of all, tells nothing."""

_IS_COMMON = text("SELECT 1 FROM search WHERE search MATCH :word LIMIT 1 OFFSET :common")
_POSTINGS = text("SELECT rowid FROM search WHERE search MATCH :word LIMIT :common")
_FIGURE = re.compile(r"[\d.,]+")


def related(db: Connection, article_id: int, *, limit: int) -> list[int]:
    """The ids of the articles most like this one, the most alike first. Removed ones are among them."""
    columns = text("SELECT title, topics, body FROM search WHERE rowid = :id")
    row = db.execute(columns, {"id": article_id}).first()
    if row is None:
        return []
    title, names, body = (shown(value) for value in row)
    counts = Counter(_terms(body))
    for term in (*_terms(title), *_terms(names)):
        counts[term] += TITLE_WEIGHT
    total: int = db.execute(text("SELECT count(*) FROM catalogue")).scalar_one()
    tried = sorted(counts, key=lambda term: (-counts[term] * len(term) ** 0.5, term))[:TRIED_WORDS]
    telling = _telling(db, {term: counts[term] for term in tried}, total)
    return _alike(telling, article_id, limit)


def _telling(db: Connection, counts: dict[str, int], total: int) -> list[tuple[float, list[int]]]:
    """The weight of each telling word, and who has it."""
    common = min(max(total // 10, 4), COMMON_ARTICLES)
    found = []
    for term, count in counts.items():
        word = {"word": phrase(term), "common": common}
        if db.execute(_IS_COMMON, word).first():
            continue
        who = list(db.execute(_POSTINGS, word).scalars())
        if len(who) > 1:
            found.append(((1 + math.log(count)) * math.log(total / len(who)), who))
    return sorted(found, key=lambda word: -word[0])[:TELLING_WORDS]


def _alike(telling: list[tuple[float, list[int]]], article_id: int, limit: int) -> list[int]:
    scores: defaultdict[int, float] = defaultdict(float)
    shared: Counter[int] = Counter()
    for weight, who in telling:
        for other in who:
            scores[other] += weight
            shared[other] += 1
    least = LEAST_LIKENESS * sum(weight for weight, _ in telling)
    good = (other for other in scores if shared[other] >= LEAST_SHARED and scores[other] >= least)
    return sorted((other for other in good if other != article_id), key=lambda other: (-scores[other], -other))[:limit]


def _terms(value: str) -> Iterable[str]:
    """Words of three letters and more; of unspaced scripts, pairs of characters."""
    said = words(value)
    for word, following in pairwise([*said, ""]):
        if is_unspaced(word):
            if is_unspaced(following):
                yield word + following
        elif len(word) > 2 and not _FIGURE.fullmatch(word):
            yield word
