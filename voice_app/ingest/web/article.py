"""Which blocks of a page are the article: each block is weighed, and kept when more speaks for it than against.

Two extractors (trafilatura and go-readability) say what they would keep; their word weighs most, above all when they
agree. What is said of the block itself counts too (is it a sentence, is it a link, has it the words of a site's
furniture), where it stands (in a menu, after the last thing that both keep), and how its neighbours and the blocks
built like it fare. The weights are in `scorecard.py` with where they come from. Some rules stand above the weights: a
page without menus and the like is kept whole; comments are left out when there is an article that they are about; a
heading is kept when text under it is kept, a list as a whole, a picture, table or code between kept texts, and a note
when the kept text refers to it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from voice_app.errors import NoArticleError
from voice_app.ingest.blocks import dropped
from voice_app.ingest.web import neighbours
from voice_app.ingest.web.found import Found
from voice_app.ingest.web.places import COMMENTS, Place
from voice_app.ingest.web.reasons import reason_for
from voice_app.ingest.web.scorecard import score
from voice_app.ingest.web.signals import Signaller, text_of, word_count
from voice_app.ingest.web.votes import votes
from voice_app.model import Block, BlockKind

PROSE = (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.QUOTE)
MIN_WORDS = 25  # an article shorter than this must at least be most of its page
MAX_LINK_SHARE = 0.5
MIN_COMMENTED = 150  # words that are an article, however much is said about them
MIN_COMMENTED_SHARE = 0.25  # fewer words than this share of the comments are the question that opens a thread
_SENTENCE = re.compile(r"[.!?…。！？][\"'”’)\]]*\d{0,3}$")  # with the mark of a note


def treated(
    page: Any, found: Sequence[Found], *, is_thread: bool = False, least_words: int | None = None
) -> list[Block]:
    """The blocks with their treatment and reason. All of a page without furniture is the article when it has
    `least_words`, however few they are. Raises NoArticleError."""
    signaller = Signaller(found, votes(page), is_thread=is_thread)
    places = signaller.places.of
    kept = _completed(found, signaller, _weighed(found, signaller))
    is_article = _is_article(found, kept)
    if not is_article and least_words is not None and all(_lean(found, places)):
        kept = [True] * len(found)
        is_article = _all_words(found) >= least_words
    if not is_article:
        kept = _completed(found, signaller, _voted(found, signaller))
        is_article = _is_article(found, kept)
    if not is_article or neighbours.is_listing(found, kept):
        raise NoArticleError("There is no article on this page, only links and notices.")
    return [
        one.block if is_kept else dropped(one.block, reason_for(place, one.link_share))
        for one, place, is_kept in zip(found, places, kept, strict=True)
    ]


def _weighed(found: Sequence[Found], signaller: Signaller) -> list[bool]:
    """By points; all that is not furniture when nothing on the page is, or when both extractors are silent."""
    lean = _lean(found, signaller.places.of)
    if all(lean) or not any(any(votes) for votes in signaller.voted):
        return lean
    return [score(signaller.of(i)) > 0 for i in range(len(found))]


def _lean(found: Sequence[Found], places: Sequence[Place]) -> list[bool]:
    """What is neither furniture nor a link."""
    pairs = zip(found, places, strict=True)
    return [one.link_share <= MAX_LINK_SHARE and not place.reason for one, place in pairs]


def _voted(found: Sequence[Found], signaller: Signaller) -> list[bool]:
    """What either extractor keeps, no links or furniture: for short and odd pages, of which the points keep nothing."""
    return [
        any(votes) and one.link_share <= MAX_LINK_SHARE and place.reason in ("", COMMENTS)
        for one, votes, place in zip(found, signaller.voted, signaller.places.of, strict=True)
    ]


def _completed(found: Sequence[Found], signaller: Signaller, weighed: Sequence[bool]) -> list[bool]:
    """What the rules above the points make of them."""
    places = signaller.places.of
    by_readability = [votes[1] for votes in signaller.voted]
    return neighbours.settled(found, places, _without_comments(found, places, weighed), by_readability)


def _without_comments(found: Sequence[Found], places: Sequence[Place], kept: Sequence[bool]) -> list[bool]:
    """Comments are left out when there is something that they are about; where they are nearly all, it is a forum, and
    where they are all, they are about something elsewhere and each of them is text."""
    told = [place.reason == COMMENTS for place in places]
    text = _words(found, [is_kept and not is_told for is_kept, is_told in zip(kept, told, strict=True)])
    talk = _words(found, [is_kept and is_told for is_kept, is_told in zip(kept, told, strict=True)])
    if text >= min(MIN_COMMENTED, max(MIN_WORDS, talk * MIN_COMMENTED_SHARE)):
        return [is_kept and not is_told for is_kept, is_told in zip(kept, told, strict=True)]
    if talk and not text:
        rows = zip(found, kept, told, strict=True)
        return [is_kept or (is_told and one.link_share <= MAX_LINK_SHARE) for one, is_kept, is_told in rows]
    return list(kept)


def _words(found: Sequence[Found], kept: Sequence[bool]) -> int:
    """The words of its own that a page's prose has; those of links belong to other pages."""
    pairs = zip(found, kept, strict=True)
    told = (one for one, is_kept in pairs if is_kept and one.block.kind in PROSE)
    return sum(word_count(one.block.text) for one in told if one.link_share <= MAX_LINK_SHARE)


def _all_words(found: Sequence[Found]) -> int:
    """The words of a page, those of its tables and notes too. Code alone says nothing."""
    return sum(word_count(text_of(one.block)) for one in found if one.block.kind is not BlockKind.CODE)


def _is_article(found: Sequence[Found], kept: Sequence[bool]) -> bool:
    words = _words(found, kept)
    if words >= MIN_WORDS:
        return True
    has_sentence = any(
        is_kept and one.block.kind in PROSE and _SENTENCE.search(one.block.text)
        for one, is_kept in zip(found, kept, strict=True)
    )
    return has_sentence and words * 2 >= _words(found, [True] * len(found))
