"""What every door needs in a request: the Studio, the configuration, and the address the site is known by."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import current_app, request

if TYPE_CHECKING:
    from flask import Flask

    from voice_app.config import Config
    from voice_app.studio import Studio

_STUDIO = "voice_app"
_CONFIG = "voice_app.config"


def install(app: Flask, studio: Studio, config: Config) -> None:
    """Make `studio` and `config` known to the requests of `app`."""
    app.extensions[_STUDIO] = studio
    app.extensions[_CONFIG] = config


def studio() -> Studio:
    return cast("Studio", current_app.extensions[_STUDIO])


def config() -> Config:
    return cast("Config", current_app.extensions[_CONFIG])


def base_url() -> str:
    """The site's address without a slash at its end: the configured public one, else the one that was asked."""
    return (config().server.public_url or request.host_url).rstrip("/")
