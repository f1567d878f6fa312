"""What the big button says: sentences of the cache, in the voice that reads here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.counted import Counted, counted
from voice_app.audio.encode import decode
from voice_app.desks.menu import SILENCE_MS
from voice_app.errors import ArticleNotFoundError, EngineFailedError
from voice_app.model import BlockKind, Phrase

TEXT = "# The tide book\n\nA clerk wrote down every flood. He never left one out."


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Counted]:
    with counted(tmp_path) as made:
        yield made


def phrase(text: str, kind: BlockKind = BlockKind.PARAGRAPH) -> Phrase:
    return Phrase(text=text, language="en", kind=kind)


def test_what_is_said_is_spoken_once_for_ever(made: Counted) -> None:
    press = phrase("Press to play it.")
    first = made.studio.menu.spoken([phrase("Headline 1."), press])
    assert made.engine.spoken == ["Headline one.", "Press to play it."]
    assert made.studio.menu.spoken([phrase("Headline 1."), press]) == first
    made.studio.menu.spoken([phrase("Headline 2."), press])
    assert made.engine.spoken == ["Headline one.", "Press to play it.", "Headline two."]


def test_a_title_is_there_from_its_article_s_narration(made: Counted) -> None:
    article = made.narrated(TEXT)
    before = list(made.engine.spoken)
    made.studio.menu.spoken([phrase(article.title, BlockKind.HEADING)])
    assert made.engine.spoken == before


def test_behind_what_is_said_is_the_time_to_press(made: Counted) -> None:
    samples, rate = decode(made.studio.menu.spoken([phrase("Headline 1."), phrase("Press to play it.")]))
    loud = np.flatnonzero(np.abs(samples) > 0.01)
    assert (len(samples) - loud[-1]) / rate == pytest.approx(SILENCE_MS / 1000, abs=0.1)
    assert loud[0] / rate < 0.2
    gaps = np.diff(loud) / rate
    assert gaps.max() == pytest.approx(0.35, abs=0.15), "one short pause between the two"


def test_what_nobody_can_say_is_left_out(tmp_path: Path) -> None:
    with counted(tmp_path, fail_on="Regnbogen", narration__fallback_voice="") as made:
        whole = made.studio.menu.spoken([phrase("Headline 1."), phrase("Regnbogen"), phrase("***"), phrase("Press.")])
        assert whole == made.studio.menu.spoken([phrase("Headline 1."), phrase("Press.")])
        with pytest.raises(EngineFailedError):
            made.studio.menu.spoken([phrase("Regnbogen")])
        with pytest.raises(EngineFailedError):
            made.studio.menu.spoken([phrase("***")])


def test_a_language_that_no_voice_speaks_is_left_for_english(made: Counted, tmp_path: Path) -> None:
    assert made.studio.menu.language("es") == "es", "this voice speaks all"
    with counted(tmp_path / "other", narration__voice="tick/english") as other:
        assert other.studio.menu.language("en") == "en"
        assert other.studio.menu.language("es") == "en"


def test_a_deleted_article_is_not_offered(made: Counted) -> None:
    article = made.narrated(TEXT)
    assert made.studio.menu.article(article.slug).title == "The tide book"
    made.studio.shelf.remove(article.slug)
    with pytest.raises(ArticleNotFoundError):
        made.studio.menu.article(article.slug)
