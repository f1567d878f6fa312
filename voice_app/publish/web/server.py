"""Serves the site with waitress: threads, no reloader, and no version in its name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import waitress

from voice_app.errors import ConfigError

if TYPE_CHECKING:
    from flask import Flask

THREADS = 96  # most of them wait: for a sentence that is being spoken, or for a listener to take more of a stream
CONNECTIONS = 800  # a browser keeps up to six open; below the 1,024 that select() can watch
UPLOAD_MARGIN = 8
UNSENT_BYTES = 512 * 1024  # of one answer lie ready at most: a minute of a stream, so that no more is made than heard


def serve(app: Flask, host: str, port: int, *, ready: Callable[[], None] = lambda: None) -> None:
    """Serve until stopped. `ready` is called when the port is open. Raises ConfigError when it cannot be opened."""
    try:
        server = waitress.create_server(
            app,
            host=host,
            port=port,
            threads=THREADS,
            outbuf_high_watermark=UNSENT_BYTES,
            connection_limit=CONNECTIONS,
            ident="Voice App",
            # Above the site's own limit, so that it can say in a sentence what was too large.
            max_request_body_size=app.config["MAX_CONTENT_LENGTH"] * UPLOAD_MARGIN,
        )
    except OSError as problem:
        raise ConfigError(
            f"The site could not be opened on {host}:{port}: {problem.strerror or problem}.",
            todo="Stop what uses it, or choose another with --port or the setting server.port.",
        ) from problem
    ready()
    try:
        server.run()
    finally:
        server.close()
