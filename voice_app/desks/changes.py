"""Changes: articles are read again, what differs is noted, and a good text is never given up for a worse one."""

from __future__ import annotations

from voice_app.desks.ground import Ground
from voice_app.errors import FeedNotArticleError, InputError, UnreachableError, WallError
from voice_app.model import Article, ArticleState, Document, Watch
from voice_app.script.difference import difference, is_cut_down

LOOK_SECONDS = 60.0
"""One article at a time: a site sees at most one request a minute from here."""
MAX_HOURS = 24 * 366
SILENT = "The site did not answer."
WALLED = "The site shows something else in place of the article now."
GONE = "The site does not show the article any more."
CUT_DOWN = "The site shows less than half of the article now."


class Changes:
    """Looks at the sources of articles again, when a person asks for it or when it is due."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def check(self, slug: str) -> Article:
        """Have the article's address looked at now. What was read and narrated stays until there is new."""
        library = self._ground.library
        article = library.article(slug)
        if self.watched(article) is None:
            raise InputError(
                "This article has no address that could be looked at again.", todo="Add the new text as an article."
            )
        library.set_state(article.id, ArticleState.WAITING)
        return library.by_id(article.id)

    def watched(self, article: Article) -> Watch | None:
        """How the article is looked at; None when there is no address that it was fetched from."""
        library = self._ground.library
        is_fetched = article.origin.startswith(("http://", "https://")) and not library.original(article.id).original
        return library.changes.watch(article.id) if is_fetched else None

    def watch(self, slug: str, every_hours: int | None) -> None:
        """Look at the article's address so often; 0 means never, None as it is configured. Raises InputError."""
        if every_hours is not None and not 0 <= every_hours <= MAX_HOURS:
            raise InputError(f"{every_hours} hours cannot be kept.", todo=f"Give 0 (never) to {MAX_HOURS} hours.")
        library = self._ground.library
        library.changes.set_every_hours(library.article(slug).id, every_hours)

    def look(self) -> None:
        """Ask for the one article that has been due longest."""
        ground = self._ground
        due = ground.library.changes.due(ground.clock(), every_hours=ground.config.watch.articles_hours)
        if due:
            ground.library.set_state(due[0], ArticleState.WAITING)

    # -- the worker's side ------------------------------------------------------------------

    def fetch(self, article_id: int, address: str) -> None:
        """Read an article from its address: for the first time, or again. Raises InputError only for the first."""
        library = self._ground.library
        before = library.document(article_id)
        if before is None:
            source = self._ground.reader.source(address)
            if self._ground.reader.is_feed(source):
                raise FeedNotArticleError(address=address)
            document = self._ground.reader.document(source)
            self._ground.keep(source)
            library.changes.set_validators(article_id, source.etag, source.last_modified)
            library.save_document(article_id, document)
            return
        try:
            self._fetch_again(article_id, address, before)
        except InputError as problem:
            self._stay(article_id, trouble=_why(problem))

    def _fetch_again(self, article_id: int, address: str, before: Document) -> None:
        ground, changes = self._ground, self._ground.library.changes
        source = ground.reader.again(address, *changes.validators(article_id))
        if source is None:
            self._stay(article_id)
            return
        document = ground.reader.document(source)
        if is_cut_down(before, document):
            self._stay(article_id, trouble=CUT_DOWN)
            return
        if document.kept == before.kept:
            self._stay(article_id)
        else:
            ground.keep(source)
            self.save(article_id, document)
            changes.checked(article_id, ground.clock())
        # last: a run that dies before this asks for the whole page once more and finds the same
        changes.set_validators(article_id, source.etag, source.last_modified)

    def save(self, article_id: int, document: Document) -> None:
        """Keep what was read, with its difference from what was kept before."""
        library = self._ground.library
        before = library.document(article_id)
        change = difference(before, document, self._ground.clock()) if before else None
        library.save_document(article_id, document, change=change)

    def _stay(self, article_id: int, *, trouble: str = "") -> None:
        """The old text is kept, and its sound too if that is as the listener wants it now."""
        library = self._ground.library
        library.changes.checked(article_id, self._ground.clock(), trouble=trouble)
        document, audio = library.document(article_id), library.audio(article_id)
        if document and audio and self._is_current(article_id, document, audio.script_digest):
            library.save_progress(article_id, len(audio.cues), len(audio.cues))
            library.set_state(article_id, ArticleState.DONE)
        else:
            library.set_state(article_id, ArticleState.READY)

    def _is_current(self, article_id: int, document: Document, digest: str) -> bool:
        return self._ground.script(document, self._ground.reading(article_id)).digest == digest


def _why(problem: InputError) -> str:
    """The problem in a sentence about an article that is there already; the problem's own would say to paste it."""
    if isinstance(problem, WallError):
        return WALLED
    return SILENT if isinstance(problem, UnreachableError) else GONE
