"""Whether a page is bare: nothing on it but what somebody wrote, so that even a line of it is all there is to read."""

from __future__ import annotations

from typing import Any

_ACTIVE = ("form", "input", "select", "textarea", "frameset")
_DATA = ("application/ld+json", "application/json", "math/tex", "text/tex")
MIN_WORDS = 8  # of a page from the web; what servers say of their faults is shorter
WORDS_PER_LINK = 5  # a list of files has fewer


def least_words(page: Any, *, is_own: bool) -> int | None:
    """How few words are an article when they are the whole page; None for a page that is not bare.

    `is_own` says that it is a file that somebody has. Ask before the scripts are taken out of the page.
    """
    is_active = (
        any((script.get("type") or "").partition(";")[0].lower() not in _DATA for script in page.iter("script"))
        or next(page.iter(*_ACTIVE), None) is not None
        or any((meta.get("http-equiv") or "").lower() == "refresh" for meta in page.iter("meta"))
    )
    if is_active or _is_linked(page):
        return None
    return 1 if is_own else MIN_WORDS


def _is_linked(page: Any) -> bool:
    body = page.find("body")
    links = sum(1 for link in page.iter("a") if link.get("href"))
    return body is not None and links * WORDS_PER_LINK > len(str(body.text_content()).split())
