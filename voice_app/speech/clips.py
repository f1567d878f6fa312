"""The clip cache: a WAV file anybody can open, and beside it a JSON file that proves it whole.

The JSON is written last, so a clip without it is not there yet; a clip that does not match it is a miss. Nothing
but sound and its marks is kept, never the text.
"""

from __future__ import annotations

import dataclasses
import hashlib
import io
import json
import wave

from voice_app.blobs import Blobs
from voice_app.model import Clip, Mark


class Clips:
    """Clips by key. Two writers of one key are both right: the bytes are the same."""

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs

    def get(self, key: str) -> Clip | None:
        """The clip, or None when it is absent or damaged."""
        about = self._blobs.read(_name(key, "json"))
        sound = self._blobs.read(_name(key, "wav")) if about else None
        if not about or not sound:
            return None
        try:
            facts = json.loads(about)
            if facts["sha256"] != hashlib.sha256(sound).hexdigest():
                return None
            marks = tuple(Mark(**mark) for mark in facts["marks"])
            with wave.open(io.BytesIO(sound)) as file:
                rate, pcm = file.getframerate(), file.readframes(file.getnframes())
        except (ValueError, KeyError, TypeError, EOFError, wave.Error):
            return None
        return Clip(key=key, sample_rate=rate, pcm=pcm, marks=marks)

    def put(self, clip: Clip) -> None:
        sound = _wav(clip)
        facts = {
            "sha256": hashlib.sha256(sound).hexdigest(),
            "seconds": round(clip.seconds, 6),
            "sample_rate": clip.sample_rate,
            "marks": [dataclasses.asdict(mark) for mark in clip.marks],
        }
        self._blobs.write(_name(clip.key, "wav"), sound)
        self._blobs.write(_name(clip.key, "json"), json.dumps(facts, sort_keys=True).encode())


def _name(key: str, suffix: str) -> str:
    return f"clips/{key[:2]}/{key[2:4]}/{key}.{suffix}"


def _wav(clip: Clip) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(clip.sample_rate)
        file.writeframes(clip.pcm)
    return out.getvalue()
