"""Styles: how each kind of structure is read, for all articles and for one."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from voice_app.desks.ground import Ground, reading_of, restyled
from voice_app.errors import InputError
from voice_app.library.store import Chosen
from voice_app.model import MANNERS, Manner, Style
from voice_app.script.sayings import Saying, sayings
from voice_app.script.style import is_touched

KINDS = tuple(MANNERS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a new style would do: so many finished articles change, and so many sentences are said in them for the first
    time, each counted once."""

    articles: int
    sentences: int


class Styles:
    """The listener's style, and those of single articles."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def site(self) -> Style:
        """How articles are read that do not differ."""
        return self._ground.site_style()

    def made(self, wanted: Mapping[str, str]) -> Style:
        """The configured style with these manners in place of its own. Raises InputError."""
        return restyled(self._ground.config.reading, parsed(wanted))

    def of(self, slug: str) -> Mapping[str, Manner]:
        """The kinds in which this article differs."""
        library = self._ground.library
        return library.readings.chosen(library.article(slug).id).style

    def cost(self, wanted: Mapping[str, str]) -> Cost:
        """What `set_site` would change. Raises InputError."""
        found = list(self._changed(self.made(wanted)))
        old = {saying for _, before, _ in found for saying in before}
        new = {saying for _, _, after in found for saying in after}
        clips = {(saying.spoken(), saying.language) for saying in new - old}
        return Cost(articles=len(found), sentences=sum(bool(spoken) for spoken, _ in clips))

    def set_site(self, wanted: Mapping[str, str]) -> None:
        """Read all articles so, but for kinds in which one differs, and have those narrated again that change.

        Kinds that are not named are read as configured. Raises InputError for what makes no sense.
        """
        library, config, style = self._ground.library, self._ground.config.reading, parsed(wanted)
        changed = [article_id for article_id, _, _ in self._changed(restyled(config, style))]
        at_work = [article.id for article in library.asking()]  # one of them may be spoken in the old style just now
        library.readings.set_site_style({k: m for k, m in style.items() if m is not getattr(config, k)})
        for article_id in dict.fromkeys((*changed, *at_work)):
            library.ask_narration(article_id)

    def set_article(self, slug: str, wanted: Mapping[str, str]) -> None:
        """Read this article so where it differs from the others; kinds that are not named follow them."""
        style, library = parsed(wanted), self._ground.library
        article = library.article(slug)
        before = library.readings.chosen(article.id).style
        if style != before:
            library.readings.set_article_style(article.id, style)
            library.ask_narration(article.id)

    def _changed(self, style: Style) -> Iterator[tuple[int, Counter[Saying], Counter[Saying]]]:
        """Finished articles that the style makes sound otherwise, with what is said in them now and would be."""
        library, site = self._ground.library, self._ground.site_style()
        chosen = library.readings.all_chosen()
        for article, _, document in library.finished():
            own = chosen.get(article.id, Chosen())
            before, after = reading_of(own, site), reading_of(own, style)
            if not is_touched(document, before.style, after.style):
                continue
            old, new = sayings(document, before), sayings(document, after)
            if any(saying.spoken() for saying in (old - new) + (new - old)):
                yield article.id, old, new


def parsed(wanted: Mapping[str, str]) -> dict[str, Manner]:
    """Kinds and manners by their words. Raises InputError."""
    return {kind: _manner(kind, word) for kind, word in wanted.items()}


def _manner(kind: str, word: str) -> Manner:
    if kind not in MANNERS:
        near = difflib.get_close_matches(kind, KINDS, n=1, cutoff=0.5)
        hints = [*(f"Did you mean {word}?" for word in near), f"The kinds are {', '.join(KINDS)}."]
        raise InputError(f"There is no kind {kind!r}.", todo=" ".join(hints))
    allowed = [manner.value for manner in MANNERS[kind]]
    plain = word.strip().lower().replace("-", " ")
    if plain not in allowed:
        raise InputError(f"{kind.capitalize()} cannot be {word!r}.", todo=f"Choose one of: {', '.join(allowed)}.")
    return Manner(plain)
