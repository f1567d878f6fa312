"""Pictures and what is played: what is to be seen, the caption, and what can only be named."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from voice_app.ingest.blocks import key
from voice_app.ingest.web.named import named

_FILE = re.compile(r"^[^/?]{1,120}\.(?:jpe?g|png|gif|webp|svg|avif|bmp|tiff?|heic)$", re.I)
_SERIAL = re.compile(
    r"^(?:img|image|dsc[nf]?|pxl|photo|picture|pic|bild|foto|screenshot|screen shot|untitled|unnamed|placeholder|"
    r"thumbnail|thumb|featured image|hero image|figure)?[\s_-]*[\d_.-]*$|^[0-9a-f]{8,}(?:-[0-9a-f]+)*$",
    re.I,
)
_names_badge = named(r"(?:^|[\s_-])(?:avatar|gravatar|icon|logo|badge|spinner|pixel|emoji|portrait-small)(?:$|[\s_-])")
_names_captioned = named(
    r"(?:^|\s)(?:wp-caption|thumb|captioned-image-container|image-with-caption|imgcaption)(?=\s|$)"
)
_names_caption = named(r"(?:^|[\s_-])(?:caption|wp-caption-text|thumbcaption|caption-text|image-caption)(?=\s|$)")
_VIDEO = re.compile(r"(?:^|\.)(?:youtube|youtube-nocookie|youtu|vimeo|dailymotion|wistia|peertube)\.", re.I)
_AUDIO = re.compile(r"(?:^|\.)(?:soundcloud|spotify|podigee|anchor|bandcamp|simplecast|buzzsprout)\.", re.I)
_ADVERT = re.compile(r"googletagmanager|doubleclick|googlesyndication|recaptcha|facebook\.com/tr|adservice", re.I)
SMALLEST_PX = 24  # smaller ones are signs and counters


def description(element: Any) -> str:
    """What the picture shows by its own words; empty for a decoration, and for the name of a file."""
    told = element.get("alt") if element.tag == "img" else element.get("aria-label")
    text = " ".join((told or "").split())
    if not text and element.tag == "svg":
        title = element.find("title")
        text = " ".join(title.text_content().split()) if title is not None and element.get("role") == "img" else ""
    is_name = _FILE.match(text) or _SERIAL.match(text)
    return "" if is_name or is_badge(element) or (element.tag != "img" and len(text.split()) < 3) else text


def says(caption: str, alt: str) -> bool:
    """Whether the caption says already what is to be seen."""
    return key(alt) in key(caption)


def is_badge(element: Any) -> bool:
    """Whether it is a sign beside the text: an avatar, an icon, a counter."""
    sides = [element.get("width") or "", element.get("height") or ""]
    is_tiny = any(side.isdecimal() and int(side) <= SMALLEST_PX for side in sides)
    return is_tiny or _names_badge(element.get("class"))


def pictures_in(element: Any) -> list[Any]:
    if element.tag in ("img", "svg"):
        return [element]
    return [e for e in element.iter("img", "svg", "div", "span") if e.tag == "img" or e.get("role") == "img"]


def caption_in(element: Any) -> Any | None:
    """The caption of a figure, or of a box that older systems build for a picture and its caption."""
    told = next(element.iterdescendants("figcaption"), None)
    if told is None and element.tag != "figure":
        told = next((e for e in element.iterdescendants("p", "div", "dd", "span") if is_caption(e)), None)
    return told


def is_caption(element: Any) -> bool:
    return _names_caption(element.get("class"))


def is_captioned(element: Any) -> bool:
    """Whether a box is there for one picture and its caption."""
    return _names_captioned(element.get("class")) and next(element.iterdescendants("img"), None) is not None


def what_plays(element: Any) -> tuple[str, str] | None:
    """(title, reason) of what is embedded; None for what shows nothing, as a counter of visits."""
    address = element.get("src") or element.get("data-src") or element.get("data") or ""
    host = _host(address)
    sides = [element.get("width") or "", element.get("height") or ""]
    if _ADVERT.search(address) or any(side in ("0", "1") for side in sides):
        return None
    if element.tag == "iframe" and not address and not element.get("srcdoc"):
        return None
    title = element.get("title") or element.get("aria-label") or ""
    if element.tag == "video" or _VIDEO.search(host):
        reason = "video"
    elif element.tag == "audio" or _AUDIO.search(host):
        reason = "audio"
    else:
        reason = "embedded content"
    return " ".join(title.split()) or host, reason


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
