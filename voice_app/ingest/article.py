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
from dataclasses import replace
from itertools import groupby
from typing import Any

from voice_app.errors import NoArticleError
from voice_app.ingest.found import Found
from voice_app.ingest.places import BYLINE, COMMENTS, Place
from voice_app.ingest.reasons import reason_for
from voice_app.ingest.scorecard import score
from voice_app.ingest.signals import Signaller, word_count
from voice_app.ingest.votes import key, votes
from voice_app.model import Block, BlockKind, Treatment

__all__ = ["dropped", "key", "treated"]
PROSE = (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.QUOTE)
INSERTS = (BlockKind.FIGURE, BlockKind.TABLE, BlockKind.CODE)
MIN_WORDS = 25  # an article shorter than this must at least be most of its page
MAX_LINK_SHARE = 0.5
MIN_COMMENTED = 150  # words that are an article, however much is said about them
MIN_COMMENTED_SHARE = 0.25  # fewer words than this share of the comments are the question that opens a thread
_SENTENCE = re.compile(r"[.!?…。！？][\"'”’)\]]*$")


def treated(page: Any, found: Sequence[Found]) -> list[Block]:
    """The blocks with their treatment and reason. Raises NoArticleError."""
    signaller = Signaller(found, votes(page))
    places = signaller.places.of
    kept = _completed(found, places, _weighed(found, signaller))
    if not _is_article(found, kept):
        kept = _completed(found, places, _voted(found, signaller))
    if not _is_article(found, kept):
        raise NoArticleError("There is no article on this page, only links and notices.")
    return [
        one.block if is_kept else dropped(one.block, reason_for(place, one.link_share))
        for one, place, is_kept in zip(found, places, kept, strict=True)
    ]


def dropped(block: Block, reason: str) -> Block:
    return replace(block, treatment=Treatment.SKIPPED, reason=reason)


def _weighed(found: Sequence[Found], signaller: Signaller) -> list[bool]:
    """By points; all that is not furniture when nothing on the page is, or when both extractors are silent."""
    lean = [
        one.link_share <= MAX_LINK_SHARE and not place.reason
        for one, place in zip(found, signaller.places.of, strict=True)
    ]
    if all(lean) or not any(any(votes) for votes in signaller.voted):
        return lean
    return [score(signaller.of(i)) > 0 for i in range(len(found))]


def _voted(found: Sequence[Found], signaller: Signaller) -> list[bool]:
    """What either extractor keeps, no links or furniture: for short and odd pages, of which the points keep nothing."""
    return [
        any(votes) and one.link_share <= MAX_LINK_SHARE and place.reason in ("", COMMENTS)
        for one, votes, place in zip(found, signaller.voted, signaller.places.of, strict=True)
    ]


def _completed(found: Sequence[Found], places: Sequence[Place], weighed: Sequence[bool]) -> list[bool]:
    """What the rules above the points make of them."""
    kept = with_inserts(found, places, whole_lists(found, _without_comments(found, places, weighed)))
    return _with_notes(found, with_headings(found, places, kept))


def _without_comments(found: Sequence[Found], places: Sequence[Place], kept: Sequence[bool]) -> list[bool]:
    """Comments are left out when there is something that they are about; where they are nearly all, it is a forum."""
    told = [place.reason == COMMENTS for place in places]
    text = _words(found, [is_kept and not is_told for is_kept, is_told in zip(kept, told, strict=True)])
    talk = _words(found, [is_kept and is_told for is_kept, is_told in zip(kept, told, strict=True)])
    if text >= min(MIN_COMMENTED, max(MIN_WORDS, talk * MIN_COMMENTED_SHARE)):
        return [is_kept and not is_told for is_kept, is_told in zip(kept, told, strict=True)]
    return list(kept)


def whole_lists(found: Sequence[Found], kept: Sequence[bool]) -> list[bool]:
    """A run of items is kept or dropped as a whole, by the larger part of its words."""
    out: list[bool] = []
    pairs = zip(found, kept, strict=True)
    for kind, run in groupby(pairs, key=lambda pair: pair[0].block.kind):
        members = list(run)
        if kind is BlockKind.ITEM:
            total = sum(len(one.block.text) for one, _ in members)
            yes = sum(len(one.block.text) for one, is_kept in members if is_kept)
            out += [yes * 2 >= total] * len(members)
        else:
            out += [is_kept for _, is_kept in members]
    return out


def with_inserts(found: Sequence[Found], places: Sequence[Place], kept: Sequence[bool]) -> list[bool]:
    """Pictures, tables and code are kept when the text before and after is, as they have few words to be weighed by."""
    out = list(kept)
    texts = [i for i, one in enumerate(found) if one.block.kind not in INSERTS]
    for before, after in zip([None, *texts], [*texts, None], strict=True):
        fate = before is not None and kept[before] and (after is None or kept[after])
        for i in range(0 if before is None else before + 1, len(found) if after is None else after):
            out[i] = kept[i] or (fate and not places[i].reason)
    return out


def with_headings(found: Sequence[Found], places: Sequence[Place], kept: Sequence[bool]) -> list[bool]:
    """A heading is kept when the text right after it is, or by its points when any text of its part is."""
    out = list(kept)
    parts: list[tuple[int, bool]] = []  # the level and fate of the headings that follow, nearest last
    first, some = False, False  # whether the text right after, and any up to the next heading, is kept
    for index in range(len(found) - 1, -1, -1):
        block = found[index].block
        if block.kind is not BlockKind.HEADING:
            first, some = kept[index], some or kept[index]
            continue
        own = some
        while parts and parts[-1][0] > block.level:
            own = parts.pop()[1] or own
        is_by_text = first and not places[index].reason
        out[index] = is_by_text or (kept[index] and own)
        parts.append((block.level, out[index]))
        first = some = False
    return out


def _with_notes(found: Sequence[Found], kept: Sequence[bool]) -> list[bool]:
    """The notes that the kept text refers to belong to it, wherever on the page they stand."""
    pairs = list(zip(found, kept, strict=True))
    wanted = {s.value for one, is_kept in pairs if is_kept for s in one.block.spans if s.kind == "note"}
    return [is_kept or (one.block.kind is BlockKind.NOTE and one.block.anchor in wanted) for one, is_kept in pairs]


def _words(found: Sequence[Found], kept: Sequence[bool]) -> int:
    """The words of its own that a page's prose has; those of links belong to other pages."""
    pairs = zip(found, kept, strict=True)
    told = (one for one, is_kept in pairs if is_kept and one.block.kind in PROSE)
    return sum(word_count(one.block.text) for one in told if one.link_share <= MAX_LINK_SHARE)


def _is_article(found: Sequence[Found], kept: Sequence[bool]) -> bool:
    words = _words(found, kept)
    if words >= MIN_WORDS:
        return True
    has_sentence = any(
        is_kept and one.block.kind in PROSE and _SENTENCE.search(one.block.text)
        for one, is_kept in zip(found, kept, strict=True)
    )
    return has_sentence and words * 2 >= _words(found, [True] * len(found))
