"""Intake: what a person gives becomes articles of the library."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from voice_app.desks.ground import Ground
from voice_app.errors import EmptyInputError, InputError, TooLargeError
from voice_app.model import Added, Article, ArticleState, Problem, Source, Upload

PASTED = "pasted text"
MAX_AT_ONCE = 100
WORDS_BESIDE_A_LINK = 25
"""Who shares a link sends its title, a greeting and the address in one text."""

_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.I)
_TRAILING = ".,;:!?)]}'\u2019\u201d"


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
        return self.add_source(self._ground.given(PASTED, text.encode("utf-8", errors="replace")))

    def add_pasted(self, text: str) -> Added:
        """What somebody pasted or shared: the article that a link leads to, every one of a list of links, or the text.

        A list is links and nothing else, a shared link has a few words beside it. Raises InputError for a text or a
        single address that cannot be used.
        """
        links, rest = addresses_in(text), len(_ADDRESS.sub(" ", text).split())
        if len(links) == 1 and rest <= WORDS_BESIDE_A_LINK:
            return Added(articles=(self.add_address(links[0]),))
        if len(links) > 1 and not rest:
            return self.add_all(addresses=links)
        return Added(articles=(self.add_text(text),))

    def add_file(self, name: str, body: bytes, media_type: str | None = None) -> tuple[Article, ...]:
        """Put a file's content on the list: the file itself and, when it is a mail, the articles attached to it.

        Raises InputError when there is no article in any of them.
        """
        source = self._ground.given(Path(name).name or "file", body, media_type)
        parts = (source, *self._ground.reader.attached(source))
        articles: list[Article] = []
        problems: list[InputError] = []
        for part in parts:
            try:
                articles.append(self.add_source(part))
            except InputError as problem:
                problems.append(problem)
        if not articles:
            raise problems[0]
        return tuple(articles)

    def add_all(self, addresses: Sequence[str] = (), files: Sequence[Upload] = ()) -> Added:
        """Put several things on the list; what cannot be read does not keep the rest from it."""
        if len(addresses) + len(files) > MAX_AT_ONCE:
            raise TooLargeError(f"That is more than {MAX_AT_ONCE} articles at once.", todo="Add them in several goes.")
        by_address = _each(addresses, str, lambda address: (self.add_address(address),))
        by_file = _each(files, lambda f: f.name, lambda f: self.add_file(f.name, f.body, f.media_type))
        return Added(
            articles=(*by_address.articles, *by_file.articles), problems=(*by_address.problems, *by_file.problems)
        )

    def add_source(self, source: Source) -> Article:
        """Read bytes at once, keep them and what was read."""
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


def addresses_in(text: str) -> tuple[str, ...]:
    """The addresses in a text, each once, without the full stop or bracket that follows them."""
    found = (match.group().rstrip(_TRAILING) for match in _ADDRESS.finditer(text))
    return tuple(dict.fromkeys(found))


def _each(things: Iterable[object], name: Callable[..., str], add: Callable[..., tuple[Article, ...]]) -> Added:
    articles: list[Article] = []
    problems: list[Problem] = []
    for thing in things:
        try:
            articles += add(thing)
        except InputError as problem:
            problems.append(Problem(name=name(thing), why=str(problem)))
    return Added(articles=tuple(articles), problems=tuple(problems))
