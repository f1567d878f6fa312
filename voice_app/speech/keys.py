"""The name of a clip: one key is one sound for ever."""

from __future__ import annotations

import hashlib
import json

from voice_app.model import SpeakRequest
from voice_app.speech.engine import EngineInfo

KEY_VERSION = 1


def clip_key(request: SpeakRequest, engine: EngineInfo, voice_version: str = "") -> str:
    """sha256 of everything that decides the sound. Empty fields are left out, so that a new one changes no old key."""
    facts = {
        "version": KEY_VERSION,
        "engine": engine.name,
        "engine_version": engine.version,
        "voice": request.voice,
        "voice_version": voice_version,
        "rate": request.rate if request.rate != 1.0 else None,
        "language": request.language,
        "spoken": request.text,
    }
    present = {name: value for name, value in facts.items() if value not in (None, "")}
    canonical = json.dumps(present, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
