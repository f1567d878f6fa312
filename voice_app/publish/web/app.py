"""Puts the site together: settings, guards, error answers and the doors' blueprints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Flask, request

from voice_app.model import MANNERS
from voice_app.publish import context, problems, settings, tongue
from voice_app.publish.embed import routes as embed
from voice_app.publish.feed.routes import blueprint as feed
from voice_app.publish.speaker.routes import blueprint as speaker
from voice_app.publish.web import (
    adding,
    api,
    api_reading,
    assets,
    choosing,
    controls,
    errors,
    feeds,
    frame,
    guard,
    listener,
    listening_api,
    live,
    media,
    menu,
    offline,
    packing,
    pages,
    past,
    queueing,
    reading,
    shelf,
    shelf_api,
    voices,
    words,
)

if TYPE_CHECKING:
    from voice_app.config import Config
    from voice_app.studio import Studio


def make_app(studio: Studio, config: Config) -> Flask:
    """The site as a WSGI application. It opens nothing: the Studio does, when a request asks for it."""
    app = Flask(__name__, static_folder=None)
    app.config.update(
        TRUSTED_HOSTS=guard.trusted_hosts(config.server),
        MAX_CONTENT_LENGTH=config.server.max_upload_bytes,
        # pasted text is a form field, and may be as long as a file
        MAX_FORM_MEMORY_SIZE=config.server.max_upload_bytes,
    )
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    context.install(app, studio, config)
    guard.install(app)
    listener.install(app)
    packing.install(app)
    assets.install(app)
    settings.install(app)
    tongue.install(app)
    frame.install(app)
    errors.install(app)
    app.url_map.converters["media_name"] = media.MediaName
    app.url_map.converters["live_name"] = live.LiveName
    for room in (
        pages,
        adding,
        choosing,
        shelf,
        feeds,
        reading,
        api,
        shelf_api,
        api_reading,
        media,
        live,
        menu,
        voices,
        offline,
    ):
        app.register_blueprint(room.blueprint)
    for room in (listener, queueing, past, listening_api):
        app.register_blueprint(room.blueprint)
    for blueprint in (feed, speaker):
        app.register_blueprint(blueprint)
    embed.install(app, config.server.embed_sites)
    app.context_processor(_everywhere)
    app.context_processor(controls.context)
    app.jinja_env.filters.update(about=words.about, exact=tongue.length, clock=words.clock, state=words.state)
    app.jinja_env.filters.update(host=words.host, change=words.change, speed=words.speed, problem=problems.shown)
    app.jinja_env.tests.update(busy=words.is_busy)
    app.jinja_env.globals.update(icon=app.jinja_env.get_template("icons.html").module)
    return app


def _everywhere() -> dict[str, Any]:
    """What all templates may use."""
    return {
        "site": context.config().feed.title,
        "feed_address": f"{context.base_url()}/feed.xml",
        "here": request.endpoint,
        "manners": MANNERS,
        "manner_words": words.MANNERS,
    }
