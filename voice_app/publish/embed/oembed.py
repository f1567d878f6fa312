"""What oEmbed 1.0 (https://oembed.com) says of an article's page, as JSON or XML. Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from voice_app.publish.clean import legal

if TYPE_CHECKING:
    from collections.abc import Mapping

WIDTH_PX = 640
NARROW_PX = 480
"""Below this the player takes more rows."""
HEIGHT_PX, NARROW_HEIGHT_PX = 250, 280
AGE_SECONDS = 24 * 3600
TYPES: Mapping[str, str] = {"json": "application/json", "xml": "text/xml"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """In CSS pixels."""

    width: int
    height: int


def fitted(*, max_width: int | None, max_height: int | None) -> Size:
    """As large as the player needs, or as is allowed. What is too low can be scrolled."""
    width = min(WIDTH_PX, max_width or WIDTH_PX)
    height = HEIGHT_PX if width >= NARROW_PX else NARROW_HEIGHT_PX
    return Size(width=width, height=min(height, max_height or height))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rich:
    """A piece of HTML with what is to be said of it."""

    title: str
    author: str | None
    provider: str
    provider_url: str
    html: str
    size: Size

    def facts(self) -> dict[str, str | int]:
        """By the standard's names; without an author's name when nobody knows it."""
        found = {
            "type": "rich",
            "version": "1.0",
            "title": self.title,
            "author_name": self.author,
            "provider_name": self.provider,
            "provider_url": self.provider_url,
            "cache_age": AGE_SECONDS,
            "html": self.html,
            "width": self.size.width,
            "height": self.size.height,
        }
        return {name: value for name, value in found.items() if value is not None}


def written(rich: Rich, form: str) -> bytes:
    """`form` is a key of TYPES."""
    if form == "json":
        return json.dumps(rich.facts(), ensure_ascii=False).encode()
    root = etree.Element("oembed")
    for name, value in rich.facts().items():
        etree.SubElement(root, name).text = legal(str(value))
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, standalone=True)
