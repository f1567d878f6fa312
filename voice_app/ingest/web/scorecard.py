"""How much each signal speaks for a block (above zero) or against it.

Fitted on the first half of the articles, forum threads and documentation of three public corpora (WCXB, scrapinghub,
defuddle) in the way of `tests/bench/fit_extraction.py`, so that a block's points are the logarithm of its odds; the
second half was measured alone. No signal knows a site. The lean is towards leaving out: on samples of articles, a step
down leaves fewer pages with a line of a menu in them at the same word F1. The weights of threads
were fitted over the others, on threads alone.
"""

from __future__ import annotations

from voice_app.ingest.web.signals import Signals

LEAN = -0.25
WEIGHTS = {
    "in newsletter sign-up": -3.43,
    "in form": -2.94,
    "in signature": -2.60,
    "in page footer": -2.39,
    "site phrase": -2.29,
    "in notice": -2.06,
    "length": -1.72,
    "in sidebar": -1.65,
    "in cookie notice": -1.61,
    "thread trafilatura": -1.51,
    "readability in parent": -1.41,
    "after agreed": -1.22,
    "before title": -1.22,
    "in advertisement": -1.21,
    "in byline and date": -1.09,
    "in page header": -1.08,
    "thread readability": -1.08,
    "neither": -1.02,
    "is code": -0.80,
    "in links to other pages": -0.79,
    "is paragraph": -0.70,
    "in menu": -0.59,
    "thread in agreed part": -0.59,
    "agreed branch": -0.53,
    "caption": -0.52,
    "very short": -0.52,
    "is note": -0.46,
    "mostly links": -0.45,
    "thread sentence": -0.41,
    "readability in grandparent": -0.40,
    "trafilatura near": -0.35,
    "always": -0.34,
    "in comments": -0.32,
    "grandparent share": -0.27,
    "is heading": -0.27,
    "in main": -0.23,
    "in share buttons": -0.22,
    "parent links": -0.22,
    "short sentence": -0.15,
    "grandparent links": -0.14,
    "byline or date": -0.13,
    "readability before": -0.13,
    "trafilatura in parent": -0.11,
    "between agreed": -0.05,
    "in article": -0.05,
    "before agreed": 0.05,
    "link share": 0.05,
    "after title": 0.06,
    "trafilatura alike": 0.08,
    "in content": 0.09,
    "readability near": 0.25,
    "is item": 0.26,
    "readability after": 0.27,
    "trafilatura": 0.31,
    "thread furniture": 0.38,
    "trafilatura in grandparent": 0.38,
    "thread": 0.39,
    "trafilatura after": 0.50,
    "long": 0.56,
    "thread long": 0.56,
    "trafilatura before": 0.61,
    "is table": 0.63,
    "parent share": 0.64,
    "in agreed part": 0.67,
    "grandparent sentences": 0.89,
    "both": 0.98,
    "readability alike": 1.00,
    "aside": 1.01,
    "is quote": 1.01,
    "sentence": 1.05,
    "readability": 1.34,
    "thread post": 1.35,
    "thread trafilatura alike": 1.37,
}


def score(signals: Signals) -> float:
    """The points of a block: more than none, and it is kept."""
    return LEAN + sum([WEIGHTS.get(name, 0.0) * value for name, value in signals.items() if value])
