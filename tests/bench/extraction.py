"""How well the article of a page is found: `make bench-extraction ARGS=folder` (see `corpora.py` for its layouts).

`python -m tests.bench.extraction FOLDER... [--kind KIND] [--node FOLDER] [--half 1|2] [--limit N]` prints a table, a
line for us and for each extractor that is installed. `--node` names a folder with defuddle, linkedom and
@mozilla/readability in its node_modules. A page that we refuse counts as zero. The columns:

  F1 P R      words as a bag, the mean over pages; where only pieces that must and must not be there are known, those
  no leak     the share of pages in which none of the pieces that must not be there is
  headings    recall and precision of exact headings, over all pages; the same for list items
  ms          processor time a page, the mean; compare it with trafilatura's in the same run
"""

from __future__ import annotations

import argparse
import re
import statistics
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from tests.bench import corpora, extractors
from tests.bench.corpora import Page
from tests.bench.extractors import Result

_WORD = re.compile(r"\w+")
_NOT_LETTERS = re.compile(r"[\W_]+")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Things of the truth that were found, things found, things of the truth."""

    right: int
    found: int
    true: int

    def __add__(self, other: Counts) -> Counts:
        return Counts(right=self.right + other.right, found=self.found + other.found, true=self.true + other.true)

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else float(not self.true)

    @property
    def recall(self) -> float:
        return self.right / self.true if self.true else float(not self.found)

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def bag(found: Counter[str], true: Counter[str]) -> Counts:
    return Counts(right=(found & true).total(), found=found.total(), true=true.total())


def of_text(page: Page, result: Result) -> Counts | None:
    """Words found; None where the corpus knows only pieces."""
    if page.text is None:
        return None
    return bag(Counter(_WORD.findall(result.text.lower())), Counter(_WORD.findall(page.text.lower())))


def of_pieces(page: Page, result: Result) -> Counts:
    text = _spaced(result.text)
    right = sum(_spaced(piece) in text for piece in page.wanted)
    wrong = sum(_spaced(piece) in text for piece in page.unwanted)
    return Counts(right=right, found=right + wrong, true=len(page.wanted))


def table(pages: Sequence[Page], name: str, results: Sequence[Result]) -> str:
    """One line of the table."""
    pairs = list(zip(pages, results, strict=True))
    texts = [counts for page, result in pairs if (counts := of_text(page, result)) is not None]
    pieces = sum((of_pieces(page, result) for page, result in pairs if page.text is None), start=_NONE)
    told = texts or [pieces]
    leaks = [
        any(_spaced(piece).lower() in _spaced(result.text).lower() for piece in page.unwanted)
        for page, result in pairs
        if page.unwanted
    ]
    headings = sum((bag(_keys(r.headings), _keys(p.headings)) for p, r in pairs if p.headings is not None), start=_NONE)
    items = sum((bag(_keys(r.items), _keys(p.items)) for p, r in pairs if p.items is not None), start=_NONE)
    has_headings, has_items = (any(getattr(p, name) for p in pages) for name in ("headings", "items"))
    unknown = (float("nan"), float("nan"))
    figures = (
        *(statistics.fmean(getattr(one, measure) for one in told) for measure in ("f1", "precision", "recall")),
        1 - statistics.fmean(leaks) if leaks else float("nan"),
        *((headings.recall, headings.precision) if has_headings else unknown),
        *((items.recall, items.precision) if has_items else unknown),
    )  # fmt: skip
    milliseconds = statistics.fmean(result.milliseconds for result in results)
    return f"{name:<22}" + "".join(f"{figure:>8.3f}" for figure in figures) + f"{milliseconds:>8.1f}"


_NONE = Counts(right=0, found=0, true=0)
HEADER = f"{'':<22}" + "".join(
    f"{name:>8}" for name in ("F1", "P", "R", "no leak", "head R", "head P", "item R", "item P", "ms")
)


def _keys(texts: Sequence[str] | None) -> Counter[str]:
    keys = (_NOT_LETTERS.sub("", text).casefold() for text in texts or ())
    return Counter(key for key in keys if key)


def _spaced(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


def half_of(page: Page) -> int:
    """1 or 2, always the same for a page: improve on one half and look at the other rarely."""
    return zlib.crc32(page.name.encode()) % 2 + 1


def main() -> None:
    parser = argparse.ArgumentParser(description="How well the article of a page is found.")
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--kind", help="only pages of this kind, such as article or forum")
    parser.add_argument("--half", type=int, choices=(1, 2), help="only this half of the pages")
    parser.add_argument("--limit", type=int, help="only so many pages of a folder")
    parser.add_argument("--node", type=Path, help="a folder with node_modules")
    given = parser.parse_args()
    for folder in given.folders:
        chosen = (
            page
            for page in corpora.pages(folder)
            if given.kind in (None, page.kind) and given.half in (None, half_of(page))
        )
        pages = list(islice(chosen, given.limit))
        if not pages:
            raise SystemExit(f"{folder} has no pages in a layout that is known; see tests/bench/corpora.py.")
        print(f"\n{folder}: {len(pages)} pages\n{HEADER}")
        for name, extract in extractors.installed():
            print(table(pages, name, [extract(page) for page in pages]), flush=True)
        if given.node:
            for name, results in extractors.with_node(pages, given.node):
                print(table(pages, name, results), flush=True)


if __name__ == "__main__":
    main()
