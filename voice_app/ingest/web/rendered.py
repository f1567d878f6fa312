"""A page as a browser would show it: lazy pictures, shadow roots and accelerated pages in plain HTML."""

from __future__ import annotations

import re
from typing import Any

from voice_app.ingest.web.inline import BLOCKS

_NEEDS_SCRIPT = re.compile(r"java\s?script|\bbrowser|\benable\b|\bnavigateur|aktivier", re.I)
_SAME = {"amp-img": "img", "amp-anim": "img", "amp-video": "video", "amp-audio": "audio"}
MIN_WORDS = 20  # a shorter text in <noscript> is a notice
MAX_NOTICE_WORDS = 100  # a longer one is a page for readers without scripts, whatever words are in it


def as_shown(page: Any) -> None:
    """Change the page in place."""
    for element in list(page.iter("noscript", "template")):
        if element.tag == "template":
            _shadow(element)
        else:
            _lazy(element)
    for element in page.iter("math"):
        if next(element.iterdescendants(*BLOCKS), None) is not None:
            element.tag = "div"  # it was never closed, and what follows is not a formula
    for element in page.xpath("//*[starts-with(name(), 'amp-')]"):
        embedded = "iframe" if element.get("src") or element.get("data-videoid") else element.tag
        element.tag = _SAME.get(element.tag, embedded if element.tag != "amp-ad" else "template")


def _shadow(template: Any) -> None:
    """A declarative shadow root is what is shown of its host; the host's own children stand in its slots."""
    if template.get("shadowrootmode") is None and template.get("shadowroot") is None:
        return
    template.tag = "div"
    for slot in template.iter("slot"):
        for filler in list(slot):
            slot.remove(filler)
        slot.text = None


def _lazy(element: Any) -> None:
    """What stands in for a picture or a text that a script would load. Notices to people without scripts stay out."""
    text = element.text_content()
    words = len(text.split())
    is_notice = words < MAX_NOTICE_WORDS and _NEEDS_SCRIPT.search(text)
    if is_notice or next(element.iterancestors("head"), None) is not None:
        return
    pictures = list(element.iter("img"))
    if words >= MIN_WORDS:
        element.tag = "div"
    elif pictures and not words:
        waiting = _waiting(element)
        if waiting is None:
            element.tag = "span"
        elif not (waiting.get("alt") or "").strip() and pictures[0].get("alt"):
            waiting.set("alt", pictures[0].get("alt"))


def _waiting(element: Any) -> Any | None:
    """The picture that a script would fill, beside the <noscript>."""
    before = element.getprevious()
    while before is not None and not isinstance(before.tag, str):
        before = before.getprevious()
    after = element.getnext()
    for place in (before, after):
        if place is not None and isinstance(place.tag, str):
            found = next(place.iter("img"), None)
            if found is not None:
                return found
    return None
