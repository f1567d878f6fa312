"""The site's own files: styles, scripts, typeface and icons.

Their addresses carry the hash of all of them together, so that a browser keeps them and never asks again, and that no
page runs with some files of one release and some of another: scripts and styles find each other beside themselves.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask, send_from_directory, url_for

if TYPE_CHECKING:
    from flask import Response

FOLDER = Path(__file__).with_name("static")
KEPT_SECONDS = 365 * 24 * 3600
LASTING = "now"
"""In place of the hash. Such a file is asked for each time."""


def install(app: Flask) -> None:
    """Answer for the endpoint `static`, whose addresses are made as Flask's own are."""
    current = version()

    def static(version: str, filename: str) -> Response:
        """A page of an earlier release gets the file as it is today, which is better than none."""
        is_kept = version == current
        response = send_from_directory(FOLDER, filename, max_age=KEPT_SECONDS if is_kept else None)
        response.cache_control.immutable = is_kept
        return response

    def add_version(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static":
            values.setdefault("version", current)

    app.add_url_rule("/static/<version>/<path:filename>", "static", static)
    app.url_defaults(add_version)


def lasting(filename: str) -> str:
    """An address that outlasts a release, for what remembers it: to an installed site a new one is a new icon."""
    return url_for("static", version=LASTING, filename=filename)


def names() -> list[str]:
    """All files, as the endpoint `static` takes them."""
    return [path.relative_to(FOLDER).as_posix() for path in sorted(FOLDER.rglob("*")) if path.is_file()]


@lru_cache(maxsize=1)
def version() -> str:
    """The hash of all files."""
    found = hashlib.sha256()
    for name in names():
        found.update(name.encode() + b"\0" + (FOLDER / name).read_bytes() + b"\0")
    return found.hexdigest()[:12]
