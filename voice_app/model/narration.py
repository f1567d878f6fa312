"""How a narration goes, and what it made."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from voice_app.model.document import Receipt
from voice_app.model.script import Script
from voice_app.model.sound import ArticleAudio


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a narration is, in sentences."""

    spoken: int
    total: int
    chapter: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What a narration would cost now: of its `sentences`, exactly so many are still `to_speak`, each counted once.

    `seconds` of sound they will be, about; `wall_seconds` they took here at the speed of the last narration in that
    voice, None when there was none.
    """

    sentences: int
    to_speak: int
    seconds: float
    wall_seconds: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Narration:
    """What one narration made and what it cost. `clips_spoken` + `clips_cached` = the sentences that have sound."""

    script: Script
    audio: ArticleAudio
    clips_spoken: int
    clips_cached: int
    first_audio_seconds: float
    wall_seconds: float
    receipt: Receipt
    folder: Path
