"""Plain text that was scraped from a page with its menus: which lines are the article.

Every line is scored: prose counts for it, short lines against, phrases of sites ("You may also like") strongly against;
the run of lines with the largest sum is the body, and the short lines before it are title, standfirst and heading.
A text that shows no sign of a site around it is left whole: to lose a line of somebody's own text is worse than to
read a menu.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

MESSAGE = "site message"
LINKS = "links to other pages"
MENU = "menu"
_PHRASES = re.compile(
    r"success|this has been added to your .{1,30}|(?:added|removed) (?:to|from) (?:your )?(?:favou?rites|list)|"
    r"share(?: this)?(?: (?:article|page|story|on \w+))?|print(?: this page)?|save|bookmark|loading\W*|"
    r"advertisement|sponsored(?: content)?|skip to (?:main )?content|back to top|"
    r"(?:log|sign) ?(?:in|up|out)|subscribe(?: now)?|accept(?: all)?(?: cookies)?|"
    r"we use cookies.*|this (?:site|website) uses cookies.*|all rights reserved.*|(?:\u00a9|copyright\b).*",
    re.I,
)
_AFTERWARDS = re.compile(
    r"(?:explore|see|browse|discover) (?:other|more|our|related|all) .{0,30}|"
    r"you (?:may|might) (?:also )?(?:like|enjoy).*|"
    r"(?:related|recommended|popular|latest|more|most read)(?: \w+){0,2} (?:articles|stories|posts|topics|news)|"
    r"related|read (?:more|next)|more (?:from|on|in) .{1,40}|join .{0,40}(?:newsletter|events|webinars|community).*|"
    r"leave a (?:comment|reply)|\d* ?comments|sign up (?:for|to) .{1,60}|follow us.*|privacy policy.*|"
    r"terms (?:of|and) .{1,20}",
    re.I,
)
_MENU_WORDS = frozenset(
    {"home", "news", "sport", "sports", "contact", "contact us", "about", "about us", "menu", "search", "shop", "blog"}
    | {"login", "faq", "help", "privacy", "terms", "careers", "products", "services", "register", "my account", "cart"}
)
_END = re.compile(r"[.!?:;…][\"'”’)\]]*$")
MAX_SHORT_WORDS = 14
MIN_SENTENCE_WORDS = 6
MIN_MENU_WORDS = 3
MIN_REPEATS = 3
MAX_PROSE_SCORE = 50.0
MAX_BEFORE = 3  # title, standfirst, heading


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the text and what it is: title, standfirst, heading, text, or, with a reason, none of the article."""

    text: str
    role: str = "text"
    reason: str = ""


def lines_of(texts: Sequence[str]) -> list[Line] | None:
    """The lines with their roles, or None when nothing shows that the text was scraped."""
    repeated = {text for text, count in Counter(texts).items() if count >= MIN_REPEATS and not _is_prose(text)}
    if not _is_scraped(texts, repeated):
        return None
    start, end = _body([_score(text, repeated) for text in texts])
    before = [i for i in range(start) if not _is_furniture(texts[i], repeated) and not _is_prose(texts[i])][
        -MAX_BEFORE:
    ]
    roles = _opening([texts[i] for i in before])
    opening = dict(zip(before, roles, strict=True))
    return [_line(texts, i, (start, end), opening, repeated) for i in range(len(texts))]


def ends_sentence(text: str) -> bool:
    return bool(_END.search(text))


def is_heading(texts: Sequence[str], index: int) -> bool:
    """A short line without a full stop, followed by prose."""
    text = texts[index]
    if _is_prose(text) or _END.search(text.rstrip("?")) or text.endswith(","):
        return False
    return index + 1 < len(texts) and _is_prose(texts[index + 1]) and text[:1].upper() == text[:1]


def _line(texts: Sequence[str], i: int, body: tuple[int, int], opening: dict[int, str], repeated: set[str]) -> Line:
    text, (start, end) = texts[i], body
    if i in opening:
        return Line(text=text, role=opening[i])
    if _is_furniture(text, repeated):
        return Line(text=text, reason=LINKS if i >= end else MESSAGE)
    if i < start:
        return Line(text=text, reason=MENU)
    if i >= end:
        return Line(text=text, reason=LINKS)
    return Line(text=text, role="heading" if is_heading(texts, i) else "text")


def _opening(texts: Sequence[str]) -> list[str]:
    """The roles of the short lines before the body: the first is the title, the last is a heading if it is no sentence,
    what is between is the standfirst."""
    if len(texts) < 2:
        return ["title"] * len(texts)
    is_sentence = bool(_END.search(texts[-1])) or len(texts[-1].split()) > MAX_SHORT_WORDS
    if len(texts) == 2:
        return ["title", "standfirst" if is_sentence else "heading"]
    return ["title", *["standfirst"] * (len(texts) - 2), "text" if is_sentence else "heading"]


def _is_scraped(texts: Sequence[str], repeated: set[str]) -> bool:
    marks = sum(bool(_PHRASES.fullmatch(t) or _AFTERWARDS.fullmatch(t)) for t in texts)
    menu = sum(text.lower() in _MENU_WORDS for text in texts)
    return marks >= 2 or menu >= MIN_MENU_WORDS or (marks >= 1 and (bool(repeated) or menu >= 1))


def _is_furniture(text: str, repeated: set[str]) -> bool:
    is_phrase = _PHRASES.fullmatch(text) or _AFTERWARDS.fullmatch(text)
    return bool(is_phrase) or text in repeated or text.lower() in _MENU_WORDS


def _is_prose(text: str) -> bool:
    words = len(text.split())
    return words > MAX_SHORT_WORDS or (words >= MIN_SENTENCE_WORDS and bool(_END.search(text)))


def _score(text: str, repeated: set[str]) -> float:
    if _AFTERWARDS.fullmatch(text):
        return -40
    if text in repeated or text.lower() in _MENU_WORDS:
        return -15
    if _PHRASES.fullmatch(text):
        return -5
    return min(MAX_PROSE_SCORE, float(len(text.split()))) if _is_prose(text) else -6


def _body(scores: Sequence[float]) -> tuple[int, int]:
    """[start, end) of the run with the largest sum."""
    best, best_range, total, start = 0.0, (0, 0), 0.0, 0
    for i, score in enumerate(scores):
        if total <= 0:
            total, start = 0.0, i
        total += score
        if total > best:
            best, best_range = total, (start, i + 1)
    return best_range
