"""Whether a page is a thread: a forum's or a page of questions and answers, where what people reply is the text."""

from __future__ import annotations

import re
from typing import Any

_TYPES = re.compile(r"\b(?:DiscussionForumPosting|QAPage)\b")
_POST = re.compile(r"schema\.org/(?:Question|Answer|DiscussionForumPosting)\b", re.I)
_ANSWER = re.compile(r"schema\.org/Answer\b", re.I)
_SYSTEMS = re.compile(
    r"discourse|phpbb|vbulletin|xenforo|mybb|flarum|nodebb|invision community|simple machines|vanilla forums|bbpress",
    re.I,
)
_NAMES = re.compile(
    r"(?:^|[\s_-])(?:viewtopic|showthread|view-?thread|topic-?view|thread-?view|forum-?thread)(?=$|[\s_-])", re.I
)
_ADDRESS = re.compile(
    r"(?:^|/)(?:viewtopic|showthread|viewthread)\b|\btopic=\d|/t/(?:[^/]+/)?\d|/topic/|"
    r"/(?:forums?|threads?|topics|discussions?|questions)/(?:.*/)?[^/]*\d|^https?://(?:forums?|discuss|boards?)\..*/.*\d",
    re.I,
)


def is_thread(page: Any) -> bool:
    """Ask before the scripts are taken out of the page, as its facts are in one."""
    return (
        any(_TYPES.search(told) for told in page.xpath("//@itemtype"))
        or any(_TYPES.search(e.text or "") for e in page.iter("script") if "ld+json" in (e.get("type") or ""))
        or any(_SYSTEMS.search(e.get("content") or "") for e in page.iter("meta") if e.get("name") == "generator")
        or any(_NAMES.search(f"{e.get('class') or ''} {e.get('id') or ''}") for e in page.iter("html", "body"))
        or any(_ADDRESS.search(address) for address in _addresses(page))
    )


def _addresses(page: Any) -> list[str]:
    links = [e.get("href") or "" for e in page.iter("link") if (e.get("rel") or "").lower() == "canonical"]
    return links + [e.get("content") or "" for e in page.iter("meta") if e.get("property") == "og:url"]


def is_post(element: Any) -> bool:
    """Whether it stands in what the page marks up as the text of a question, an answer or a post."""
    return _is_text_of(element, _POST)


def is_answer(element: Any) -> bool:
    """Whether it stands in the text of an answer. A page that has answers has comments that are none."""
    return _is_text_of(element, _ANSWER)


def _is_text_of(element: Any, types: re.Pattern[str]) -> bool:
    places = (element, *element.iterancestors())
    text = next((place for place in places if place.get("itemprop") == "text"), None)
    return text is not None and any(types.search(place.get("itemtype") or "") for place in text.iterancestors())
