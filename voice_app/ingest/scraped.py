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
from dataclasses import dataclass, replace

from voice_app.ingest.lines import ends_sentence, word_count
from voice_app.ingest.phrases import (
    AFTERWARDS,
    BYLINE,
    COMMENTS,
    COOKIES,
    COUNTED,
    CREDIT,
    MENU_WORDS,
    NOTICE,
    REMARKS_BEGIN,
    SHARE,
)  # fmt: skip

MESSAGE = "site message"
LINKS = "links to other pages"
MENU = "menu"
SHARES, REMARKS, WHO, PICTURE = "share buttons", "comments", "byline and date", "photo credit"
CONSENT = "cookie notice"
MAX_SHORT_WORDS = 14
MIN_SENTENCE_WORDS = 6
MIN_MENU_WORDS = 3
MAX_UNPAUSED = 40  # words without a comma or a full stop: a cloud of tags
PAUSE = re.compile(r"[.,;:!?—–]\s")
MIN_REPEATS = 3
MAX_NAMES = 0.6  # of the words of a line without a full stop begin with capitals or signs: it is a row of names
MAX_PROSE_SCORE = 50.0
SHORT_SCORE = -4.0
MAX_BEFORE = 3  # title, standfirst, heading
MAX_COOKIE_SHARE = 0.7  # of the prose may speak of cookies; with more, the article is about them
MIN_BODY_WORDS = 60  # of prose before comments can begin, when several things say that they do
MIN_ARTICLE_WORDS = 200  # when one does
MAX_PHRASE_CHARS = 500
MIN_RUN = 12  # short lines in a row that no sentence ends: a menu, when the text shows one sign of a site more
SURE_SIGNS = 6  # with fewer, a cut that takes more than this share of the prose is not believed
MAX_LOST_PROSE = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the text and what it is: title, standfirst, heading, text, or, with a reason, none of the article."""

    text: str
    role: str = "text"
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Marked:
    """A line with what its words alone say: `reason` why it cannot be the article, and whether it is prose."""

    text: str
    reason: str
    is_prose: bool
    words: int


def lines_of(texts: Sequence[str]) -> list[Line] | None:
    """The lines with their roles, or None when nothing shows that the text was scraped."""
    repeated = {text for text, n in Counter(texts).items() if n >= MIN_REPEATS and not _is_told(text)}
    lines = _without_consent([_marked(text, repeated) for text in texts])
    signs = _signs(lines, repeated)
    if not signs:
        return None
    before = lines[: _remarks_at(lines)]
    start, end = _body([_score(line) for line in before])
    if signs < SURE_SIGNS and _lost(before, start, end) > MAX_LOST_PROSE:
        return None
    opening = _opening(lines, start)
    return [_line(lines, i, (start, end), opening) for i in range(len(lines))]


def is_heading(texts: Sequence[str], index: int) -> bool:
    """A short line without a full stop, followed by prose."""
    text = texts[index]
    if is_prose(text) or ends_sentence(text.rstrip("?؟？")) or text.endswith((",", "，", "、")):
        return False
    return index + 1 < len(texts) and is_prose(texts[index + 1]) and text[:1].upper() == text[:1]


def is_prose(text: str) -> bool:
    words = word_count(text)
    return words > MAX_SHORT_WORDS or (words >= MIN_SENTENCE_WORDS and ends_sentence(text))


def _marked(text: str, repeated: set[str]) -> _Marked:
    is_short = len(text) < MAX_PHRASE_CHARS
    reason = _reason(text) if is_short else ""
    if not reason and text in repeated:
        reason = MENU
    return _Marked(text=text, reason=reason, is_prose=_is_told(text) or _is_open(text), words=word_count(text))


def _is_told(text: str) -> bool:
    return is_prose(text) and ends_sentence(text)


def _is_open(text: str) -> bool:
    """Prose that lacks its full stop; a row of names, as in a menu, is none."""
    words = text.split()
    if len(words) > MAX_UNPAUSED and not PAUSE.search(text):
        return False
    names = sum(word[:1].isupper() or not word[:1].isalpha() for word in words)
    return is_prose(text) and (len(words) < MIN_SENTENCE_WORDS or names < MAX_NAMES * len(words))


def _reason(text: str) -> str:
    for pattern, reason in ((COMMENTS, REMARKS), (SHARE, SHARES), (NOTICE, MESSAGE), (AFTERWARDS, LINKS)):
        if pattern.fullmatch(text):
            return reason
    return MENU if text.lower().rstrip(":") in MENU_WORDS else ""


def _signs(lines: Sequence[_Marked], repeated: set[str]) -> int:
    """How many lines show that a site stood around the text; 0 when they are too few to be sure."""
    sure = [line for line in lines if line.reason in (MESSAGE, LINKS, REMARKS, SHARES)]
    counted = sum(len(line.text) < 100 and bool(COUNTED.fullmatch(line.text)) for line in lines)
    menu = sum(
        line.reason == MENU
        and line.text not in repeated
        and any(not near.is_prose for near in lines[max(0, i - 1) : i])
        for i, line in enumerate(lines)
    ) + (lines[0].reason == MENU if lines else 0)
    marks = len({line.text for line in sure})
    weak = bool(repeated) or menu >= 1 or counted >= MIN_REPEATS or _longest_run(lines) >= MIN_RUN
    is_sure = marks >= 2 or menu >= MIN_MENU_WORDS or (marks >= 1 and weak)
    return marks + menu + counted if is_sure else 0


def _longest_run(lines: Sequence[_Marked]) -> int:
    """How many short lines without the end of a sentence stand in a row."""
    longest = run = 0
    for line in lines:
        run = 0 if line.is_prose or ends_sentence(line.text) else run + 1
        longest = max(longest, run)
    return longest


def _score(line: _Marked) -> float:
    if line.reason == LINKS:
        return -40
    if line.reason in (REMARKS, CONSENT):
        return -60
    if line.reason:
        return -12 if line.reason == MENU else -5
    return min(MAX_PROSE_SCORE, float(line.words)) if line.is_prose else SHORT_SCORE


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


def _remarks_at(lines: Sequence[_Marked]) -> int:
    """Where readers' comments begin; behind the last line when there are none."""
    words = 0.0
    for i, line in enumerate(lines):
        begins = line.reason == REMARKS or (len(line.text) < MAX_PHRASE_CHARS and REMARKS_BEGIN.fullmatch(line.text))
        if begins and words >= (MIN_BODY_WORDS if _is_followed(lines, i) else MIN_ARTICLE_WORDS):
            return i
        words = max(0.0, words + (min(line.words, MAX_PROSE_SCORE) if line.is_prose else SHORT_SCORE))
    return len(lines)


def _is_followed(lines: Sequence[_Marked], i: int) -> bool:
    """Whether another comment comes: "He said:" before a quotation is none."""
    near = lines[i + 1 : i + 12]
    return any(other.reason == REMARKS or REMARKS_BEGIN.fullmatch(other.text[:MAX_PHRASE_CHARS]) for other in near)


def _without_consent(lines: Sequence[_Marked]) -> list[_Marked]:
    """Lines that speak of cookies are a notice, unless the article does."""
    about = [len(COOKIES.findall(line.text)) * 40 > line.words and line.words > 3 for line in lines]
    prose = sum(line.words for line in lines if line.is_prose)
    share = sum(line.words for line, is_about in zip(lines, about, strict=True) if is_about) / max(1, prose)
    if share > MAX_COOKIE_SHARE or not any(about):
        return list(lines)
    return [
        replace(line, reason=CONSENT) if is_about and not line.reason else line
        for line, is_about in zip(lines, about, strict=True)
    ]


def _lost(lines: Sequence[_Marked], start: int, end: int) -> float:
    """The share of the prose that is outside the body."""
    prose = [(i, line.words) for i, line in enumerate(lines) if line.is_prose and not line.reason]
    return sum(words for i, words in prose if not start <= i < end) / max(1, sum(words for _, words in prose))


def _opening(lines: Sequence[_Marked], start: int) -> dict[int, str]:
    """The lines before the body that belong to it, with their roles."""
    before = [i for i in range(start) if not lines[i].reason and not lines[i].is_prose and not _is_note(lines[i].text)][
        -MAX_BEFORE:
    ]
    return dict(zip(before, _roles([lines[i].text for i in before]), strict=True))


def _roles(texts: Sequence[str]) -> list[str]:
    """The roles of the short lines before the body: the first is the title, the last is a heading if it is no sentence,
    what is between is the standfirst."""
    if len(texts) < 2:
        return ["title"] * len(texts)
    is_sentence = ends_sentence(texts[-1]) or len(texts[-1].split()) > MAX_SHORT_WORDS
    if len(texts) == 2:
        return ["title", "standfirst" if is_sentence else "heading"]
    return ["title", *["standfirst"] * (len(texts) - 2), "text" if is_sentence else "heading"]


def _is_note(text: str) -> bool:
    """Whether a short line only says who wrote it and when, or who took the picture."""
    return len(text) < 140 and bool(BYLINE.fullmatch(text) or CREDIT.fullmatch(text))


def _line(lines: Sequence[_Marked], i: int, body: tuple[int, int], opening: dict[int, str]) -> Line:
    line, (start, end) = lines[i], body
    if i in opening:
        return Line(text=line.text, role=opening[i])
    if line.reason:
        return Line(text=line.text, reason=LINKS if i >= end and line.reason in (MESSAGE, MENU) else line.reason)
    if not line.is_prose and _is_note(line.text):
        return Line(text=line.text, reason=PICTURE if CREDIT.fullmatch(line.text) else WHO)
    if i < start:
        return Line(text=line.text, reason=MENU)
    if i >= end:
        is_remark = any(other.reason == REMARKS for other in lines[end : end + 1])
        return Line(text=line.text, reason=REMARKS if is_remark else LINKS)
    return Line(text=line.text, role="heading" if is_heading([o.text for o in lines[i : i + 2]], 0) else "text")
