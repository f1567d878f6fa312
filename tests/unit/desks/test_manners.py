"""The settings of the sound reach whatever is rendered."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.counted import counted
from voice_app.model import Block, BlockKind, Document, Script

ARTICLE = Document(
    title="Bread",
    blocks=(
        Block(kind=BlockKind.HEADING, text="Bread", level=1),
        Block(kind=BlockKind.PARAGRAPH, text="It rises. It rests."),
        Block(kind=BlockKind.HEADING, text="Salt", level=2),
        Block(kind=BlockKind.PARAGRAPH, text="It tastes."),
    ),
)


def script(folder: Path, **settings: object) -> Script:
    with counted(folder, **settings) as made:  # type: ignore[arg-type]
        return made.studio.script(ARTICLE)


@pytest.mark.parametrize(
    ("pauses", "rate", "factor"), [(1.0, 1.0, 1.0), (2.0, 1.0, 2.0), (1.0, 2.0, 0.5), (1.0, 0.5, 1.0), (1.5, 1.5, 1.0)]
)
def test_pauses_follow_their_setting_and_a_faster_pace(
    tmp_path: Path, pauses: float, rate: float, factor: float
) -> None:
    usual = script(tmp_path / "usual")
    found = script(tmp_path / "found", narration__pauses=pauses, narration__rate=rate)
    assert [s.pause_ms for s in found.sentences] == [round(s.pause_ms * factor) for s in usual.sentences]


def test_earcons_are_there_when_they_are_asked_for(tmp_path: Path) -> None:
    assert not any(s.earcon for s in script(tmp_path / "usual").sentences)
    assert sum(bool(s.earcon) for s in script(tmp_path / "found", narration__earcons=True).sentences) == 1
