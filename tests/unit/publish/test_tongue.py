"""Which language a request gets, and its numbers, days and times."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from voice_app.publish import tongue


def test_outside_a_request_it_is_english() -> None:
    assert tongue.tongue().code == "en"
    assert tongue.ngettext("%(num)s article", "%(num)s articles", 2000) == "2,000 articles"
    assert tongue.day(date(2026, 11, 5)) == "5 November 2026"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 seconds"), (61, "1 minute 1 second"), (3600, "1 hour"), (7325.4, "2 hours 2 minutes 5 seconds")],
)
def test_a_time_is_in_words(seconds: float, words: str) -> None:
    assert tongue.length(seconds) == words


@pytest.mark.parametrize("asked", ["", "tlh", "en-GB,en;q=0.9", "*"])
def test_a_language_that_is_not_there_is_english(asked: str) -> None:
    with Flask(__name__).test_request_context(headers={"Accept-Language": asked}):
        assert tongue.tongue().code == "en"


def test_a_text_without_a_translation_stands_as_it_is() -> None:
    assert tongue.gettext("Nobody has said %(this)s before", this="that") == "Nobody has said that before"
