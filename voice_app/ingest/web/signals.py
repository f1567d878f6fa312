"""What can be told of each block of a page, as numbers between 0 and 1 that a scorecard can weigh."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from voice_app.ingest.blocks import key
from voice_app.ingest.web.found import Found
from voice_app.ingest.web.places import Place, Places
from voice_app.ingest.web.thread import is_answer
from voice_app.ingest.web.votes import Prose
from voice_app.model import Block, BlockKind

Signals = dict[str, float]
NEAR = 3  # blocks before and after that count as the neighbourhood
FAR = 20  # blocks past the last one that both extractors keep
SHORT, LONG = 5, 25  # words
_WORD = re.compile(r"\w+")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_SENTENCE = re.compile(r"[.!?…。！？؟۔।:]['\"”’»)\]]*$")
_PHRASE = re.compile(
    r"^(?:share|tweet|print|e-?mail|read (?:more|next|also)|see also|related|more (?:from|on|stories)|subscribe|"
    r"sign (?:up|in)|log ?in|follow|advertisement|sponsored|copyright|©|all rights reserved|comments?|leave a|"
    r"repl(?:y|ies)|tags?\b|filed under|categor|previous|next|back to|click here|about the author|photo|image|"
    r"you (?:may|might)|recommended|latest|popular|trending|table of contents|in this article|on this page|contents|"
    r"join|who is online|users browsing|you(?: are|'re)? (?:get|receiv)\w* this)|(?:votes?|likes?|reviews?|views)$|"
    r"all rights reserved|privacy policy|terms of (?:use|service)|your email|cookies|newsletter|affiliate",
)
_DATED = re.compile(
    r"^(?:by|written by|from|posted by)\s.{1,80}$|^(?:published|updated|posted|last (?:updated|reviewed))\b.{0,60}$|"
    r"^\d{1,3} min(?:ute)?s? read$|\b(?:19|20)\d\d\b.{0,12}$|^\W*\d{1,2}[./-]\d{1,2}[./-]|\b\d{1,2}:\d\d\b|\bago$",
)


def text_of(block: Block) -> str:
    """All the words of a block, a table's cells among them."""
    return " ".join((block.text, *(cell for row in block.rows for cell in row))) if block.rows else block.text


@lru_cache(maxsize=4096)
def word_count(text: str) -> int:
    """Words; where the script has no spaces between them, two letters count as one."""
    words = len(_WORD.findall(text))
    return words if text.isascii() else max(words, len(_UNSPACED.findall(text)) // 2)


class Signaller:
    """Looks at a page's blocks as a whole, then at each."""

    def __init__(self, found: Sequence[Found], prose: tuple[Prose, Prose], *, is_thread: bool = False) -> None:
        self._found = found
        self._is_thread = is_thread
        texts = [text_of(one.block) for one in found]
        self.words = [word_count(text) for text in texts]
        keys = [key(text or one.block.alt) for one, text in zip(found, texts, strict=True)]
        self.voted = [tuple(one.holds(k) for one in prose) for k in keys]
        self._is_sentence = [bool(_SENTENCE.search(one.block.text)) for one in found]
        is_talk = is_thread and not any(is_answer(one.element) for one in found)
        self.places = Places(found, self.words, is_talk=is_talk)
        self._fill_places()
        self._signatures = self._by_signature()
        agreed = [i for i, votes in enumerate(self.voted) if all(votes) and self.words[i] >= 8]
        self._first, self._last = (agreed[0], agreed[-1]) if agreed else (0, -1)
        self._root = self._agreed_root(agreed)
        self._titles = [
            i for i, one in enumerate(found) if one.block.kind is BlockKind.HEADING and one.block.level == 1
        ]
        self._total = max(1, sum(self.words))
        self._before = self._tallies()

    def _fill_places(self) -> None:
        for i, (one, place) in enumerate(zip(self._found, self.places.of, strict=True)):
            count = self.words[i]
            for around in place.up():
                around.words += count
                around.linked += count * one.link_share
                around.sentences += count if self._is_sentence[i] and count >= 10 else 0
                for who, vote in enumerate(self.voted[i]):
                    around.voted[who] += count * vote

    def _by_signature(self) -> dict[tuple[str, ...], list[int]]:
        sums: dict[tuple[str, ...], list[int]] = {}
        for i, place in enumerate(self.places.of):
            tally = sums.setdefault(place.signature, [0, 0, 0])
            weight = self.words[i] + 1
            tally[0] += weight
            for who, vote in enumerate(self.voted[i]):
                tally[who + 1] += weight * vote
        return sums

    def _agreed_root(self, agreed: Sequence[int]) -> Place | None:
        """The smallest element with nearly all that both extractors keep."""
        held: Counter[int] = Counter()
        by_id: dict[int, Place] = {}
        for i in agreed:
            for place in self.places.of[i].up():
                held[id(place)] += self.words[i]
                by_id[id(place)] = place
        wanted = sum(self.words[i] for i in agreed) * 0.85
        fitting = [by_id[name] for name, words in held.items() if words >= wanted]
        return min(fitting, key=lambda place: place.words, default=None)

    def _tallies(self) -> list[list[int]]:
        """Running sums of weights and votes, so that a neighbourhood is a difference of two."""
        sums = [[0, 0, 0]]
        for i, votes in enumerate(self.voted):
            weight = min(self.words[i], 60) + 1
            last = sums[-1]
            sums.append([last[0] + weight, last[1] + weight * votes[0], last[2] + weight * votes[1]])
        return sums

    def of(self, i: int) -> Signals:
        """The signals of one block."""
        block, place, count = self._found[i].block, self.places.of[i], self.words[i]
        signals: Signals = {"always": 1.0}
        signals[f"is {block.kind}"] = 1.0
        if place.reason:
            signals[f"in {place.reason}"] = 1.0
        link = self._found[i].link_share
        signals["link share"] = link
        signals["mostly links"] = float(link > 0.5)
        signals["length"] = min(math.log1p(count), 5.0) / 5
        signals["very short"] = float(count < SHORT)
        signals["long"] = float(count >= LONG)
        signals["sentence"] = float(self._is_sentence[i])
        signals["short sentence"] = float(self._is_sentence[i] and count < 8)
        signals["in article"] = float(place.in_article)
        signals["in main"] = float(place.in_main)
        signals["in content"] = float(place.in_content)
        signals["caption"] = float(place.is_caption)
        signals["site phrase"] = float(count < 40 and bool(_PHRASE.search(block.text[:200].lower())))
        signals["byline or date"] = float(count < 20 and bool(_DATED.search(block.text[:120].lower())))
        signals["aside"] = float(block.aside)
        self._positions(signals, i, place)
        for who, name in enumerate(("trafilatura", "readability")):
            self._opinion(signals, i, who, name, place)
        self._together(signals, i, place)
        if self._is_thread:
            self._in_thread(signals, place)
        return signals

    def _in_thread(self, signals: Signals, place: Place) -> None:
        """What other signals say of a forum's page is not what they say of an article."""
        signals["thread"] = 1.0
        signals["thread post"] = float(place.in_post)
        signals["thread furniture"] = float(bool(place.reason))
        for name in ("sentence", "long", "trafilatura", "readability", "trafilatura alike", "in agreed part"):
            signals[f"thread {name}"] = signals[name]

    def _positions(self, signals: Signals, i: int, place: Place) -> None:
        title = self._titles[0] if self._titles else -1
        signals["before title"] = float(i < title)
        signals["after title"] = float(i > title >= 0)
        signals["between agreed"] = float(self._first <= i <= self._last)
        signals["after agreed"] = min(1.0, max(0, i - self._last) / FAR) if self._last >= 0 else 0.0
        signals["before agreed"] = min(1.0, max(0, self._first - i) / FAR)
        parent = place.above or place
        grand = parent.above or parent
        for name, around in (("parent", parent), ("grandparent", grand)):
            words = max(1, around.words)
            signals[f"{name} links"] = around.linked / words
            signals[f"{name} sentences"] = around.sentences / words
            signals[f"{name} share"] = around.words / self._total

    def _opinion(self, signals: Signals, i: int, who: int, name: str, place: Place) -> None:
        vote, end = self.voted[i][who], len(self.voted)
        own = min(self.words[i], 60) + 1
        low, high = self._before[max(0, i - NEAR)], self._before[min(end, i + NEAR + 1)]
        weights, kept = high[0] - low[0] - own, high[who + 1] - low[who + 1] - own * vote
        signals[name] = float(vote)
        signals[f"{name} near"] = kept / weights if weights else float(vote)
        signals[f"{name} before"] = float(i > 0 and self.voted[i - 1][who])
        signals[f"{name} after"] = float(i + 1 < end and self.voted[i + 1][who])
        parent = place.above or place
        grand = parent.above or parent
        signals[f"{name} in parent"] = parent.voted[who] / max(1, parent.words)
        signals[f"{name} in grandparent"] = grand.voted[who] / max(1, grand.words)
        tally, own = self._signatures[place.signature], self.words[i] + 1
        others = tally[0] - own
        signals[f"{name} alike"] = (tally[who + 1] - own * vote) / others if others else float(vote)

    def _together(self, signals: Signals, i: int, place: Place) -> None:
        signals["both"] = float(all(self.voted[i]))
        signals["neither"] = float(not any(self.voted[i]))
        branch: Place | None = None
        inside = False
        for around in place.up():
            if around is self._root:
                inside = True
                break
            branch = around
        signals["in agreed part"] = float(inside)
        signals["agreed branch"] = (
            sum(branch.voted) / (2 * max(1, branch.words)) if inside and branch is not None else float(inside)
        )
