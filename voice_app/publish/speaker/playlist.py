"""Episodes as a queue for players: M3U for those that take playlists, JSON for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from voice_app.publish.clean import line
from voice_app.publish.tongue import gettext

if TYPE_CHECKING:
    from collections.abc import Iterable

    from voice_app.model import Episode
    from voice_app.publish.addresses import Addresses


def m3u(episodes: Iterable[Episode], at: Addresses) -> str:
    """An extended M3U with whole addresses."""
    lines = ["#EXTM3U", "#EXTENC: UTF-8"]
    for episode in episodes:
        lines.append(f"#EXTINF:{round(episode.audio.seconds)},{_name(episode)}")
        lines.append(at.audio(episode.audio.file))
    return "".join(f"{entry}\n" for entry in lines)


def listing(episodes: Iterable[Episode], at: Addresses) -> list[dict[str, Any]]:
    """What a program needs to show an episode, play it, and say that it was heard (a POST to `heard`)."""
    return [_entry(episode, at) for episode in episodes]


def _entry(episode: Episode, at: Addresses) -> dict[str, Any]:
    article, audio = episode.article, episode.audio
    return {
        "title": line(article.title),
        "byline": line(article.byline or "") or None,
        "language": article.language,
        "url": at.audio(audio.file),
        "media_type": "audio/mpeg",
        "bytes": audio.bytes,
        "seconds": round(audio.seconds, 3),
        "artwork": at.artwork(audio.artwork),
        "page": at.page(article.slug),
        "captions": at.captions(article.slug),
        "chapters": at.chapters(article.slug),
        "heard": at.heard(article.slug),
        "finished_at": article.finished_at.isoformat() if article.finished_at else None,
    }


def _name(episode: Episode) -> str:
    """Byline and title: players take what is before a hyphen for the artist."""
    title = line(episode.article.title) or gettext("Untitled")
    return f"{line(episode.article.byline)} - {title}" if episode.article.byline else title
