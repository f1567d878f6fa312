"""What the blocks around a block say about it, where the two extractors do not agree or cannot know."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby, islice, pairwise
from typing import Any

from voice_app.ingest.web.found import Found
from voice_app.ingest.web.places import BYLINE, Place
from voice_app.ingest.web.reasons import OTHER, reason_for
from voice_app.ingest.web.signals import word_count
from voice_app.ingest.web.thread import is_post
from voice_app.model import BlockKind

MAX_LINK_SHARE = 0.5
ALL_LINKS = 0.9
MAX_LINK_WORDS = 12
MIN_TEXT_WORDS = 20  # a paragraph of so many is the text itself
LONG_WORDS = 40  # no teaser is so long
MIN_LINKED = 4
MIN_ITEM_SHARE = 0.4  # the part of a result that is its link
MOST = 0.8
MAX_TEASER_WORDS = 30
STRUCTURES = (BlockKind.ITEM, BlockKind.TABLE, BlockKind.CODE)
WRAPPERS = ("ul", "ol", "li", "figure", "dl")
INSERTS = (BlockKind.FIGURE, BlockKind.TABLE, BlockKind.CODE)
NEAR = 3  # how far above a text its neighbours hang
_END = re.compile(r"(?:[.!?…。！？؟।][\"'”’»)\]」]*\d{0,3}|[:;])$")
_TERMS = ("dt", "dd", "summary")


def settled(
    found: Sequence[Found], places: Sequence[Place], kept: Sequence[bool], readable: Sequence[bool]
) -> list[bool]:
    """What the points keep, with gaps in the text filled, boxes beside kept text added, and mere ways to other places
    left out. `readable` are the blocks that Readability keeps."""
    out = [is_kept and not _is_way_out(one, place) for one, place, is_kept in zip(found, places, kept, strict=True)]
    out = _with_posts(found, places, out)
    out = _with_inserts(found, places, _whole_lists(found, out))
    out = _with_boxes(found, places, _with_lead(found, places, _filled(found, places, out, readable)))
    return _with_notes(found, _whole_texts(found, _with_headings(found, places, out)))


def _is_way_out(found: Found, place: Place) -> bool:
    """An advertisement, a menu, an item of a table of contents, a line as "back to the overview", or a mere time."""
    kind, text = found.block.kind, found.block.text
    if kind is BlockKind.PARAGRAPH and _is_stamp(found):
        return True
    if (kind is BlockKind.FIGURE or found.link_share > MAX_LINK_SHARE) and place.reason not in ("", "sidebar", BYLINE):
        return True
    if found.link_share < ALL_LINKS:
        return False
    if kind is BlockKind.ITEM:
        return _leads_down(found)
    return kind is BlockKind.PARAGRAPH and not _END.search(text) and word_count(text) <= MAX_LINK_WORDS


def _is_stamp(found: Found) -> bool:
    """Whether it is nothing but a time, as over each entry of a live blog."""
    times = [str(time.text_content()).strip() for time in islice(found.element.iter("time"), 1)]
    return times == [found.block.text]


def _leads_down(found: Found) -> bool:
    """Whether its link leads to a place on the same page."""
    links = [*found.element.iter("a"), *found.element.iterancestors("a")]
    return bool(links) and all((link.get("href") or "").startswith("#") for link in links)


def _with_posts(found: Sequence[Found], places: Sequence[Place], kept: Sequence[bool]) -> list[bool]:
    """On a page of questions and answers each text that is marked up as a post counts, not the longest alone."""
    return [
        is_kept or (_is_text(one, place) and is_post(one.element))
        for one, place, is_kept in zip(found, places, kept, strict=True)
    ]


def _filled(
    found: Sequence[Found], places: Sequence[Place], kept: Sequence[bool], readable: Sequence[bool]
) -> list[bool]:
    """Between two kept blocks, what Readability keeps too is text: trafilatura loses lists, terms and formulas. Lists,
    tables and code that stand beside both of them are text even when neither keeps them. After the last kept text, what
    Readability keeps beside it is text."""
    out = list(kept)
    for start, end in pairwise(n for n, is_kept in enumerate(kept) if is_kept):
        for n in range(start + 1, end):
            is_sibling = found[n].block.kind in STRUCTURES and _beside(found[n]) == _beside(found[start]) == _beside(
                found[end]
            )
            out[n] = kept[n] or ((readable[n] or is_sibling) and _is_text(found[n], places[n]))
    last = next((n for n in reversed(range(len(kept))) if kept[n] and found[n].block.kind is not BlockKind.NOTE), None)
    for n in range(len(found) if last is None else last + 1, len(found)):
        is_same_part = readable[n] and _beside(found[n]) == _beside(found[last or 0])
        out[n] = kept[n] or (is_same_part and _is_text(found[n], places[n]))
    return out


def _beside(found: Found) -> Any:
    """What holds the block, or all of its list, beside other blocks."""
    element = found.element
    while (above := element.getparent()) is not None and (above.tag in WRAPPERS or len(above) == 1):
        element = above
    return above


def _with_lead(found: Sequence[Found], places: Sequence[Place], kept: Sequence[bool]) -> list[bool]:
    """The picture between title and text, which Readability takes for the page's head."""
    out = list(kept)
    kinds = [(one.block.kind, word_count(one.block.text)) for one in found]
    long = [n for n, (kind, words) in enumerate(kinds) if kind is BlockKind.PARAGRAPH and words >= MIN_TEXT_WORDS]
    text = next((n for n in long if kept[n]), 0)
    title = next((n for n in reversed(range(text)) if found[n].block.level == 1), text)
    for n in range(title + 1, text):
        if found[n].block.kind is BlockKind.FIGURE and reason_for(places[n], found[n].link_share) == OTHER:
            out[n] = True
    return out


def _is_text(found: Found, place: Place) -> bool:
    if found.link_share > MAX_LINK_SHARE or reason_for(place, found.link_share) != OTHER:
        return False
    if found.block.kind is not BlockKind.PARAGRAPH or found.element.tag in _TERMS:
        return True
    is_formula = next(found.element.iter("math"), None) is not None
    return is_formula or bool(_END.search(found.block.text))


def _with_boxes(found: Sequence[Found], places: Sequence[Place], kept: Sequence[bool]) -> list[bool]:
    """A box belongs to the article when kept text stands beside it, and when it is not there for its links."""
    out = list(kept)
    texts = (one.element for one, is_kept in zip(found, kept, strict=True) if is_kept and one.box is None)
    beside = {place for text in texts for place in (text, *islice(text.iterancestors(), NEAR))}
    for _, run in groupby(range(len(found)), key=lambda n: id(found[n].box)):
        members = list(run)
        box = found[members[0]].box
        if (
            box is None
            or box.getparent() not in beside
            or any(reason_for(places[n], found[n].link_share) not in (OTHER, "sidebar") for n in members)
        ):
            continue
        words = sum(word_count(found[n].block.text) for n in members)
        linked = sum(word_count(found[n].block.text) * found[n].link_share for n in members)
        if linked <= words * MAX_LINK_SHARE:
            for n in members:
                out[n] = True
    return out


def _whole_lists(found: Sequence[Found], kept: Sequence[bool]) -> list[bool]:
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


def _whole_texts(found: Sequence[Found], kept: Sequence[bool]) -> list[bool]:
    """What somebody typed in one <pre> is kept or dropped as a whole, by the larger part of its words."""
    out = list(kept)
    for element, run in groupby(range(len(found)), key=lambda n: found[n].element):
        members = list(run)
        if element.tag == "pre" and len(members) > 1:
            yes, no = (
                sum(word_count(found[n].block.text) for n in members if kept[n] is fate) for fate in (True, False)
            )
            for n in members:
                out[n] = yes >= no and word_count(found[n].block.text) > 0
    return out


def _with_inserts(found: Sequence[Found], places: Sequence[Place], kept: Sequence[bool]) -> list[bool]:
    """Pictures, tables, code, formulas and terms are kept when the text before and after is: they have few words to be
    weighed by."""
    out = list(kept)
    texts = [i for i, one in enumerate(found) if not _is_insert(one)]
    for before, after in zip([None, *texts], [*texts, None], strict=True):
        fate = before is not None and kept[before] and (after is None or kept[after])
        for i in range(0 if before is None else before + 1, len(found) if after is None else after):
            out[i] = kept[i] or (fate and not places[i].reason)
    return out


def _is_insert(found: Found) -> bool:
    return (
        found.block.kind in INSERTS
        or found.element.tag in _TERMS
        or (next(found.element.iter("math"), None) is not None and word_count(found.block.text) < MIN_TEXT_WORDS)
    )


def _with_headings(found: Sequence[Found], places: Sequence[Place], kept: Sequence[bool]) -> list[bool]:
    """A heading is kept when what it opens is, a text or a heading below it, or by its points when any text of its
    part is."""
    out = list(kept)
    parts: list[tuple[int, bool]] = []  # the level and fate of the headings that follow, nearest last
    first, some = False, False  # whether what is right after, and any text up to the next heading, is kept
    for index in range(len(found) - 1, -1, -1):
        block = found[index].block
        if block.kind is not BlockKind.HEADING:
            first, some = kept[index], some or kept[index]
            continue
        own = some
        is_next_heading = index + 1 < len(found) and found[index + 1].block.kind is BlockKind.HEADING
        if is_next_heading and found[index + 1].block.level > block.level:
            first = out[index + 1]
        while parts and parts[-1][0] > block.level:
            own = parts.pop()[1] or own
        out[index] = (first and not places[index].reason) or (kept[index] and own)
        parts.append((block.level, out[index]))
        first = some = False
    return out


def _with_notes(found: Sequence[Found], kept: Sequence[bool]) -> list[bool]:
    """The notes that the kept text refers to belong to it, wherever on the page they stand."""
    pairs = list(zip(found, kept, strict=True))
    wanted = {s.value for one, is_kept in pairs if is_kept for s in one.block.spans if s.kind == "note"}
    return [is_kept or (one.block.kind is BlockKind.NOTE and one.block.anchor in wanted) for one, is_kept in pairs]


def is_listing(found: Sequence[Found], kept: Sequence[bool]) -> bool:
    """Whether it is a page of ways to other pages: headings that are links over teasers, or a list of links."""
    places = [n for n, is_kept in enumerate(kept) if is_kept]
    if not places:
        return False
    around = found[places[0] : places[-1] + 1]
    headings = [one for one in around if one.block.kind is BlockKind.HEADING and one.block.level > 1]
    linked = [one for one in headings if one.link_share >= ALL_LINKS and not _leads_down(one)]
    read = [found[n] for n in places if found[n].block.kind is not BlockKind.HEADING]
    words = sum(word_count(one.block.text) for one in read)
    if any(word_count(one.block.text) > LONG_WORDS for one in read):
        return False
    if len(linked) >= max(MIN_LINKED, len(headings) * ALL_LINKS):
        return words / len(linked) <= MAX_TEASER_WORDS
    items = [one for one in read if one.block.kind is BlockKind.ITEM and one.link_share >= MIN_ITEM_SHARE]
    return len(items) >= MIN_LINKED and sum(word_count(one.block.text) for one in items) >= words * MOST
