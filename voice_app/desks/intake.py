"""Intake: what a person gives becomes an article of the library."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from voice_app.desks.ground import Ground
from voice_app.errors import EmptyInputError
from voice_app.model import Article, ArticleState, Source

PASTED = "pasted text"


class Intake:
    """Adds addresses, texts and files. What cannot be an article is refused with an InputError, and nothing is kept.

    What is known already is not added a second time: the article that is there is given back.
    """

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def add_address(self, address: str) -> Article:
        """Put an address on the list. It is checked here and fetched by the worker."""
        library = self._ground.library
        address = address.strip()
        if not address:
            raise EmptyInputError
        known = library.by_address(address)
        if known is None:
            self._ground.reader.check(address)
            known = library.by_origin(address)
        if known:
            return self._again(known)
        name = re.sub(r"^https?://(www\.)?", "", address)
        return library.add(title=name, origin=address, media_type="", original="", digest="", source_url=address)

    def add_text(self, text: str) -> Article:
        """Put pasted text on the list."""
        return self._add(self._ground.given(PASTED, text.encode("utf-8", errors="replace")))

    def add_file(self, name: str, body: bytes, media_type: str | None = None) -> Article:
        """Put a file's content on the list."""
        return self._add(self._ground.given(Path(name).name or "file", body, media_type))

    def _add(self, source: Source) -> Article:
        library = self._ground.library
        known = library.by_digest(hashlib.sha256(source.body).hexdigest())
        if known:
            return self._again(known)
        document = self._ground.reader.document(source)
        original, digest = self._ground.keep(source)
        article = library.add(
            title=document.title,
            origin=source.origin,
            media_type=source.media_type,
            original=original,
            digest=digest,
        )
        library.set_state(article.id, ArticleState.READING)
        library.save_document(article.id, document)
        return library.by_id(article.id)

    def _again(self, known: Article) -> Article:
        """The article that is there already: brought back if it was deleted, tried again if it had a problem."""
        library = self._ground.library
        if known.removed_at:
            library.remove(known.id, None)
        if known.state is ArticleState.PROBLEM:
            library.set_state(known.id, ArticleState.WAITING)
        return library.by_id(known.id)
