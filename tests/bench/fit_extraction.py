"""Weigh the signals of `voice_app/ingest/signals.py` anew: `python -m tests.bench.fit_extraction FOLDER...`.

Reads the first half of each corpus (see `extraction.py --half`), labels each block by whether its words stand in the
truth, fits a logistic regression and prints the table for `voice_app/ingest/scorecard.py`. Pages that are no articles
(of the kinds in KINDS_LEFT_OUT) are not learnt from. Every page weighs the same, a block by its words.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import lxml.html
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from tests.bench import corpora
from tests.bench.corpora import Page
from tests.bench.extraction import half_of
from voice_app.errors import InputError
from voice_app.ingest.decode import text_of
from voice_app.ingest.web.mended import mend
from voice_app.ingest.web.page import blocks_of
from voice_app.ingest.web.rendered import as_shown
from voice_app.ingest.web.signals import Signaller, Signals
from voice_app.ingest.web.signals import text_of as words_of
from voice_app.ingest.web.thread import is_thread
from voice_app.ingest.web.votes import key, votes
from voice_app.model import BlockKind, Source, Treatment

KINDS_LEFT_OUT = ("service", "product", "collection", "listing")
NOT_LEARNT = (BlockKind.FIGURE,)  # truths are of words alone: most have no captions
MAX_WORDS = 300
MIN_BLOCKS = 20  # a signal that is rarer has no weight
RIDGE = 1.0
THREAD = "thread"
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    signals: Signals
    is_article: bool
    weight: float


def examples(page: Page) -> Iterator[Example]:
    """The blocks of a page as the reader finds them, each with the truth about it."""
    source = Source(origin="page.html", media_type="text/html", body=page.body, fetched_at=datetime.now(UTC))
    tree = lxml.html.document_fromstring(text_of(source).encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    as_shown(tree)
    threaded = is_thread(tree)
    mend(tree)
    found = [one for one in blocks_of(tree.find("body")) if one.block.treatment is Treatment.SAID]
    signaller = Signaller(found, votes(tree), is_thread=threaded)
    text = page.text or ""
    truth = _Truth(text)
    size = len(_WORD.findall(text)) + 50
    for i, one in enumerate(found):
        if one.block.kind not in NOT_LEARNT and key(words_of(one.block)):
            weight = (min(signaller.words[i], MAX_WORDS) + 3) / size
            yield Example(signals=signaller.of(i), is_article=truth.has(words_of(one.block)), weight=weight)


class _Truth:
    def __init__(self, text: str) -> None:
        self._whole = key(text)
        self._lines = {key(line) for line in text.splitlines()}
        self._grams = set(_grams(text))

    def has(self, text: str) -> bool:
        """Whether a block stands in the truth: as a line, or by most of its runs of four words."""
        grams = _grams(text)
        if key(text) in self._lines:
            return True
        if not grams:
            return len(key(text)) >= 12 and key(text) in self._whole
        return sum(gram in self._grams for gram in grams) * 2 >= len(grams)


def _grams(text: str) -> list[tuple[str, ...]]:
    words = _WORD.findall(text.lower())
    return list(zip(words, words[1:], words[2:], words[3:], strict=False))


def fitted(told: Sequence[Example]) -> dict[str, float]:
    """The weights of a logistic regression; those that only threads have are fitted over the others, on threads."""
    threads = [one for one in told if THREAD in one.signals]
    common = _regression(told, lambda name: not name.startswith(THREAD), {})
    return common | _regression(threads, lambda name: name.startswith(THREAD), common)


def _regression(
    told: Sequence[Example], is_wanted: Callable[[str], bool], known: Mapping[str, float]
) -> dict[str, float]:
    """The weights of the wanted signals, where the known ones have theirs already."""
    often = Counter(name for one in told for name, value in one.signals.items() if value and is_wanted(name))
    names = sorted(name for name, times in often.items() if times >= MIN_BLOCKS)
    if not names:
        return {}
    table = np.array([[one.signals.get(name, 0.0) for name in names] for one in told])
    before = np.array([sum(known.get(name, 0.0) * value for name, value in one.signals.items()) for one in told])
    sign = np.array([1.0 if one.is_article else -1.0 for one in told])
    weight = np.array([one.weight for one in told])
    weight *= len(told) / weight.sum()

    def loss(points: NDArray[np.float64]) -> tuple[float, Any]:
        margin = sign * (table @ points + before)
        wrong = weight * sign / (1 + np.exp(np.clip(margin, -500, 500)))
        value = (weight * np.logaddexp(0, -margin)).sum() + RIDGE * (points**2).sum() / 2
        return value, RIDGE * points - table.T @ wrong

    best = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 500})
    return dict(zip(names, best.x.tolist(), strict=True))


def main() -> None:
    told: list[Example] = []
    for folder in sys.argv[1:]:
        for page in corpora.pages(Path(folder)):
            if half_of(page) == 1 and page.text is not None and page.kind not in KINDS_LEFT_OUT:
                try:
                    told += examples(page)
                except InputError as problem:
                    print(f"# {page.name}: {problem}", file=sys.stderr)
    for name, points in sorted(fitted(told).items(), key=lambda pair: pair[1]):
        print(f'    "{name}": {points:.2f},')


if __name__ == "__main__":
    main()
