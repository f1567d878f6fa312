"""Voice App: articles in, narrated audio out. Importing this loads nothing heavy."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from voice_app.config import Config

__version__ = "0.1.0"


def create_app(config: Config | None = None) -> Flask:
    """The site as a WSGI application, for any server. Without `config`, the configuration is loaded."""
    from voice_app import config as settings
    from voice_app.publish.web.app import make_app
    from voice_app.wiring import build

    config = config or settings.load()
    return make_app(build(config), config)
