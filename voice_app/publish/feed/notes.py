"""The words that stand beside an episode in an app, as HTML with no more than p and a."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from voice_app.publish import receipt
from voice_app.publish.clean import legal, line, shortened
from voice_app.publish.tongue import gettext, later

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voice_app.model import Episode

DISCLOSURE = later("It is read aloud by a synthetic voice.")
SUMMARY_BYTES = 600
OPENING_BYTES = 2_400
PARAGRAPH_BYTES = 1_200


def summary(episode: Episode) -> Markup:
    """What it is about, what is left out, where it is from, and that no person reads it."""
    audio = episode.audio
    read = receipt.sentence(
        episode.left_out, failed=len(audio.failed), silenced=episode.silenced, stood_in=len(audio.stood_in)
    )
    facts = [_from(episode), escape(gettext(DISCLOSURE)), escape(read)]
    return _paragraph(shortened(about(episode), limit_bytes=SUMMARY_BYTES)) + Markup("<p>{}</p>").format(
        Markup(" ").join(fact for fact in facts if fact)
    )


def about(episode: Episode) -> str:
    """The article's own summary, else its first paragraph."""
    article = episode.article
    return _flat(article.summary or next(_paragraphs(episode), "") or article.title)


def notes(episode: Episode, page: str) -> Markup:
    """The summary, the article's opening, and the way to the rest."""
    parts = [summary(episode)]
    above = about(episode)
    left_bytes = OPENING_BYTES
    for text in _paragraphs(episode):
        if text == above and len(text.encode()) <= SUMMARY_BYTES:
            continue
        part = _paragraph(shortened(text, limit_bytes=PARAGRAPH_BYTES))
        left_bytes -= len(part.encode())
        if left_bytes < 0:
            break
        parts.append(part)
    whole = gettext("The whole article, with its player")
    parts.append(Markup('<p><a href="{}">{}</a></p>').format(page, whole))
    return Markup("").join(parts)


def _flat(text: str) -> str:
    return " ".join(text.split())


def _paragraphs(episode: Episode) -> Iterator[str]:
    """The article's paragraphs without its title, which stands above them in an app."""
    for text in legal(episode.page_text).split("\n\n"):
        flat = _flat(text)
        if flat and flat != _flat(episode.article.title):
            yield flat


def _paragraph(text: str) -> Markup:
    return Markup("<p>{}</p>").format(text)


def _from(episode: Episode) -> Markup:
    by = line(episode.article.byline or "")
    address = legal(episode.article.source_url or "")
    if not _is_of_the_web(address):
        return escape(gettext("An article by %(name)s.", name=by) if by else "")
    site = Markup('<a href="{}">{}</a>').format(address, urlsplit(address).hostname)
    if by:
        return escape(gettext("An article by %(name)s from %(site)s.")) % {"name": by, "site": site}
    return escape(gettext("An article from %(site)s.")) % {"site": site}


def _is_of_the_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)
