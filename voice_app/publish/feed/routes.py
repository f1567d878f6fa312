"""The feed, and what it points to beside sound and pictures."""

from __future__ import annotations

from flask import Blueprint, Response

from voice_app.errors import MediaNotFoundError
from voice_app.model import ArticleAudio, ArticlePage
from voice_app.publish import shelf, tongue
from voice_app.publish.addresses import Addresses
from voice_app.publish.answers import conditional, open_to_all
from voice_app.publish.context import base_url, config, studio
from voice_app.publish.feed import captions as texts
from voice_app.publish.feed.rss import Show
from voice_app.publish.feed.rss import rss as feed

blueprint = Blueprint("feed", __name__)
blueprint.after_request(open_to_all)


@blueprint.get("/feed.xml")
def rss() -> Response:
    tongue.use(config().feed.language)  # whoever asks: the feed is one file
    at = Addresses(base_url())
    show = Show(facts=config().feed, at=at, guid=studio().feed_guid(at.feed), cover=studio().cover())
    episodes = shelf.finished()
    modified = shelf.changed_at([show.cover, *(episode.audio.file for episode in episodes)])
    return conditional(feed(show, episodes), "application/rss+xml", modified=modified)


@blueprint.get("/transcripts/<slug>.vtt")
def captions(slug: str) -> Response:
    _, audio = _finished(slug)
    return conditional(texts.webvtt(audio.cues), "text/vtt")


@blueprint.get("/transcripts/words/<slug>.vtt")
def word_captions(slug: str) -> Response:
    _, audio = _finished(slug)
    return conditional(texts.webvtt(audio.cues, words=True), "text/vtt")


@blueprint.get("/transcripts/<slug>.srt")
def subtitles(slug: str) -> Response:
    _, audio = _finished(slug)
    return conditional(texts.srt(audio.cues), "application/x-subrip")


@blueprint.get("/transcripts/<slug>.json")
def transcript(slug: str) -> Response:
    _, audio = _finished(slug)
    return conditional(texts.transcript(audio.cues), "application/json")


@blueprint.get("/chapters/<slug>.json")
def chapters(slug: str) -> Response:
    page, audio = _finished(slug)
    return conditional(texts.chapters(audio, page.article.title), "application/json+chapters")


def _finished(slug: str) -> tuple[ArticlePage, ArticleAudio]:
    page = studio().page(slug)
    if page.audio is None:
        raise MediaNotFoundError("This article has no sound yet.", todo="Its page says how far it is.")
    return page, page.audio
