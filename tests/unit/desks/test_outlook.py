"""What a narration will cost is known before it begins, to the sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.counted import counted
from voice_app import printed
from voice_app.errors import UnknownVoiceError
from voice_app.model import Narration, Outlook

TEXT = "# A quiet house\n\nThe first sentence. The second sentence. The first sentence.\n\nThe last one."


def test_what_is_counted_is_what_is_spoken(tmp_path: Path) -> None:
    with counted(tmp_path) as made:
        added = made.studio.intake.add_text(TEXT)
        made.studio.work.read(added.id)
        ((_, before),) = made.studio.outlook.library()
        assert made.work() != []
        assert len(made.engine.spoken) == before.to_speak < before.sentences  # one is said twice and spoken once
        ((_, after),) = made.studio.outlook.library()
        assert (after.sentences, after.to_speak, after.seconds) == (before.sentences, 0, 0.0)


def test_an_edit_another_voice_and_another_rate_are_counted(tmp_path: Path) -> None:
    with counted(tmp_path) as made:
        article = made.narrated(TEXT)
        script = made.studio.page(article.slug).script
        assert script is not None
        made.studio.edits.say(article.slug, script.sentences[-1].id, "Said in other words.")
        ((_, edited),) = made.studio.outlook.library()
        assert edited.to_speak == 1
        ((_, other),) = made.studio.outlook.library(voice="tick/tack")
        assert other.to_speak == edited.sentences - 1
    with counted(tmp_path, narration__rate=1.5) as made:
        ((_, faster),) = made.studio.outlook.library()
        assert faster.to_speak == edited.sentences - 1


def test_other_pauses_and_a_style_cost_no_speaking(tmp_path: Path) -> None:
    with counted(tmp_path) as made:
        made.narrated(TEXT)
    with counted(tmp_path, narration__pauses=2.0) as made:
        ((_, slower),) = made.studio.outlook.library()
        assert slower.to_speak == 0


def test_a_voice_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with counted(tmp_path) as made:
        made.narrated(TEXT)
        with pytest.raises(UnknownVoiceError):
            list(made.studio.outlook.library(voice="tick/nobody"))


def test_the_time_it_takes_is_learnt_from_narrations(tmp_path: Path) -> None:
    with counted(tmp_path) as made:
        studio = made.studio
        document = studio.read(studio.pasted(TEXT.encode()))
        assert studio.outlook.of(studio.script(document)).wall_seconds is None
        long = "\n\n".join(f"This is sentence number {n}." for n in range(30))
        narration: Narration = studio.narrate(studio.read(studio.pasted(long.encode())), tmp_path / "out")
        found = studio.outlook.of(studio.script(document))
        assert found.wall_seconds is not None
        speed = narration.audio.seconds / narration.wall_seconds
        assert found.wall_seconds == pytest.approx(found.seconds / speed, rel=0.1, abs=0.1)


def test_an_outlook_is_told_with_hours_and_without_a_plural_for_one() -> None:
    long = Outlook(sentences=3_631, to_speak=3_608, seconds=18_555.0, wall_seconds=170.4)
    one = Outlook(sentences=1, to_speak=0, seconds=0.0, wall_seconds=None)
    assert printed.outlook(long) == "3,608 of 3,631 sentences to be spoken: about 5:09:15 of sound, about 170 s here."
    assert printed.outlook(one) == "1 sentence, all spoken already."
