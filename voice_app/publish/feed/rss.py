"""The feed's bytes: RSS 2.0 with the tags of iTunes, Podcasting 2.0 and Podlove chapters.

The same episodes give the same bytes, so that apps which ask again are told that nothing changed. No clock is read.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass
from email.utils import format_datetime
from typing import TYPE_CHECKING

from voice_app.publish.clean import legal, line, shortened
from voice_app.publish.feed.captions import clock
from voice_app.publish.feed.notes import notes, summary
from voice_app.publish.tongue import gettext

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from voice_app.config import Feed
    from voice_app.model import Article, ArticleAudio, Episode
    from voice_app.publish.addresses import Addresses

NAMESPACES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "atom": "http://www.w3.org/2005/Atom",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "psc": "http://podlove.org/simple-chapters",
}
MEDIA_TYPE = "audio/mpeg"
SUBTITLES = "application/x-subrip"
DESCRIPTION_BYTES = 4_000  # the directories' limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Show:
    """What all episodes share. `cover` is the name of the feed's own picture; `guid` never changes."""

    facts: Feed
    at: Addresses
    guid: str
    cover: str


def rss(show: Show, episodes: Sequence[Episode]) -> bytes:
    """The whole feed. `episodes` come newest first: some speakers play the first and ask for no date."""
    root = ET.Element("rss", {"version": "2.0"} | {f"xmlns:{name}": uri for name, uri in NAMESPACES.items()})
    channel = ET.SubElement(root, "channel")
    _about(channel, show)
    if episodes:
        _add(channel, "lastBuildDate", _date(max(_finished_at(episode.article) for episode in episodes)))
    _for_apple(channel, show)
    _for_podcast_index(channel, show)
    for episode in episodes:
        _item(ET.SubElement(channel, "item"), show, episode)
    ET.indent(root)
    document: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def _about(channel: ET.Element, show: Show) -> None:
    facts = show.facts
    _add(channel, "title", line(facts.title))
    _add(channel, "link", show.at.site)
    _add(channel, "atom:link", rel="self", type="application/rss+xml", href=show.at.feed)
    _add(channel, "description", shortened(facts.description, limit_bytes=DESCRIPTION_BYTES))
    _add(channel, "language", facts.language)
    _add(channel, "generator", "Voice App")
    image = _add(channel, "image")
    _add(image, "url", show.at.artwork(show.cover))
    _add(image, "title", line(facts.title))
    _add(image, "link", show.at.site)


def _for_apple(channel: ET.Element, show: Show) -> None:
    facts = show.facts
    _add(channel, "itunes:author", line(facts.author))
    _add(channel, "itunes:image", href=show.at.artwork(show.cover))
    _add(channel, "itunes:category", text=facts.category)
    _add(channel, "itunes:explicit", "false")
    _add(channel, "itunes:type", "episodic")
    if facts.email:
        owner = _add(channel, "itunes:owner")
        _add(owner, "itunes:name", line(facts.author))
        _add(owner, "itunes:email", facts.email)


def _for_podcast_index(channel: ET.Element, show: Show) -> None:
    _add(channel, "podcast:guid", show.guid)
    _add(channel, "podcast:medium", "podcast")
    if show.facts.email:  # without an owner, readers of the tag drop it
        _add(channel, "podcast:locked", "yes", owner=show.facts.email)
    _add(channel, "podcast:txt", "true", purpose="ai-content")


def _item(item: ET.Element, show: Show, episode: Episode) -> None:
    article, audio, at = episode.article, episode.audio, show.at
    _add(item, "title", line(article.title) or gettext("Untitled"))
    _add(item, "link", at.page(article.slug))
    _add(item, "guid", article.guid, isPermaLink="false")
    _add(item, "pubDate", _date(_finished_at(article)))
    _add(item, "description", summary(episode))
    _add(item, "content:encoded", notes(episode, at.page(article.slug)))
    _add(item, "enclosure", url=at.audio(audio.file), length=str(audio.bytes), type=MEDIA_TYPE)
    _add(item, "itunes:author", line(article.byline or show.facts.author))
    _add(item, "itunes:duration", str(round(audio.seconds)))
    _add(item, "itunes:explicit", "false")
    _add(item, "itunes:episodeType", "full")
    _add(item, "itunes:image", href=at.artwork(audio.artwork))
    _companions(item, at, article)
    _provenance(item, at, audio)
    _podlove_chapters(item, audio)


def _companions(item: ET.Element, at: Addresses, article: Article) -> None:
    """The text beside the sound. The timed one comes first: some apps look no further."""
    slug, language = article.slug, article.language
    _add(item, "podcast:transcript", url=at.captions(slug), type="text/vtt", language=language, rel="captions")
    _add(item, "podcast:transcript", url=at.page(slug), type="text/html", language=language)
    _add(item, "podcast:transcript", url=at.subtitles(slug), type=SUBTITLES, language=language, rel="captions")
    _add(
        item, "podcast:transcript", url=at.transcript(slug), type="application/json", language=language, rel="captions"
    )
    _add(item, "podcast:chapters", url=at.chapters(article.slug), type="application/json+chapters")


def _provenance(item: ET.Element, at: Addresses, audio: ArticleAudio) -> None:
    """Who speaks, that it is no person, and the digest of what was published."""
    voice = audio.voice.rpartition("/")[2]
    _add(
        item, "podcast:person", gettext("%(voice)s (synthetic voice)", voice=line(voice)), role="narrator", group="cast"
    )
    _add(item, "podcast:txt", "true", purpose="ai-content")
    same = _add(item, "podcast:alternateEnclosure", type=MEDIA_TYPE, length=str(audio.bytes), default="true")
    _add(same, "podcast:source", uri=at.audio(audio.file))
    _add(same, "podcast:integrity", type="sri", value=f"sha384-{audio.sha384}")


def _podlove_chapters(item: ET.Element, audio: ArticleAudio) -> None:
    chapters = _add(item, "psc:chapters", version="1.2")
    for mark in audio.marks:
        _add(chapters, "psc:chapter", start=clock(mark.start), title=line(mark.title))


def _add(parent: ET.Element, tag: str, content: str = "", /, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, tag, {name: legal(value) for name, value in attributes.items()})
    element.text = legal(content) or None
    return element


def _finished_at(article: Article) -> datetime:
    return article.finished_at or article.added_at


def _date(when: datetime) -> str:
    return format_datetime(when)
