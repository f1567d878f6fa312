"""The shelf: finding articles, sorting them, putting them away, deleting them and bringing them back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from voice_app.blobs import Blobs
from voice_app.desks.ground import Ground
from voice_app.desks.work import AUDIO
from voice_app.errors import ArticleNotFoundError
from voice_app.library.store import Leftovers
from voice_app.model import Article, Card, Listing, Topic, Wanted

PAGE_ARTICLES = 50
FOUND_ARTICLES = 20
"""As many are on a page: of a search fewer, as each comes with an excerpt."""

KEPT_DAYS = 30
"""So long a deleted article can be brought back."""

PURGED_AT_ONCE = 100
CAUGHT_UP_AT_ONCE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What an article's page shows beside the article: its topics, the older article that it repeats, and others."""

    topics: tuple[str, ...]
    twin: Article | None
    related: tuple[Article, ...]


class Shelf:
    """Articles by their slugs. Each call raises ArticleNotFoundError for one that is not there, or was deleted."""

    def __init__(self, ground: Ground, *, cache: Blobs) -> None:
        self._ground = ground
        self._cache = cache

    # looking

    def listing(self, wanted: Wanted, *, page: int = 1, limit: int | None = None) -> Listing:
        """One page of a list, or of what was found."""
        usual = FOUND_ARTICLES if wanted.query.strip() else PAGE_ARTICLES
        return self._ground.library.listing(wanted, page=page, limit=limit or usual)

    def has_problems(self) -> bool:
        """Whether the view of articles with a problem shows any."""
        return self._ground.library.has_problems()

    def topics(self) -> tuple[Topic, ...]:
        """All topics in the library with their counts, in alphabetical order."""
        return self._ground.library.topics()

    def card(self, slug: str) -> Card:
        """An article as lists show it."""
        return self._ground.library.card(self._article(slug).id)

    def put_away(self, slug: str) -> Article:
        """An article, also one that was deleted."""
        return self._ground.library.article(slug)

    def at(self, address: str) -> Article:
        """The article that was read from this address, however it is spelt."""
        article = self._ground.library.by_address(address)
        if article is None or article.removed_at:
            raise ArticleNotFoundError("No article was read from this address.", todo="Add it first.")
        return article

    def beside(self, slug: str) -> Beside:
        """What belongs to an article and is not in it."""
        library, article = self._ground.library, self._article(slug)
        twin, related = library.twin(article.id), library.related(article.id)
        return Beside(topics=library.card(article.id).topics, twin=twin, related=related)

    # changing

    def favourite(self, slug: str, *, is_favourite: bool = True) -> Article:
        """Make an article a favourite, or one no more."""
        return self._ground.library.favourite(self._article(slug).id, self._ground.clock() if is_favourite else None)

    def archive(self, slug: str, *, is_archived: bool = True) -> Article:
        """Put an article out of the way: out of the library's first view and of what is to be heard, not of the feed.
        Or put it back."""
        return self._ground.library.archive(self._article(slug).id, self._ground.clock() if is_archived else None)

    def add_topic(self, slug: str, name: str) -> None:
        """Raises InputError for a topic without a name, a long one, or one too many."""
        self._ground.library.add_topic(self._article(slug).id, name)

    def remove_topic(self, slug: str, name: str) -> None:
        """Take a topic away, for good."""
        self._ground.library.remove_topic(self._article(slug).id, name)

    def remove(self, slug: str) -> Article:
        """Delete an article. It can be brought back for KEPT_DAYS days."""
        return self._ground.library.remove(self._article(slug).id, self._ground.clock())

    def restore(self, slug: str) -> Article:
        """Bring a deleted article back as it was."""
        library = self._ground.library
        return library.remove(library.article(slug).id, None)

    def _article(self, slug: str) -> Article:
        article = self._ground.library.article(slug)
        if article.removed_at:
            raise gone(article)
        return article

    # the worker's part

    def purge(self) -> None:
        """Forget what was deleted KEPT_DAYS days ago, and delete the files that nothing else uses."""
        library = self._ground.library
        before = self._ground.clock() - timedelta(days=KEPT_DAYS)
        while old := library.removed_before(before, limit=PURGED_AT_ONCE):
            for article_id in old:
                if library.by_id(article_id).removed_at:  # nobody brought it back meanwhile
                    library.forget(article_id, drop=self._drop)

    def _drop(self, left: Leftovers) -> None:
        for name in left.originals:
            self._ground.content.delete(name)
        for name in left.files:
            self._cache.delete(f"{AUDIO}/{name}")

    def catch_up(self) -> None:
        """Enter articles of an older version into the index."""
        while self._ground.library.catch_up(limit=CAUGHT_UP_AT_ONCE):
            pass


def gone(article: Article) -> ArticleNotFoundError:
    """The answer to whoever asks for an article that was deleted."""
    todo = 'Bring it back from "Recently deleted" at the foot of the library.'
    return ArticleNotFoundError("This article was deleted.", todo=todo, article=article.slug)
