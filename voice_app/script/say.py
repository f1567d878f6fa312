"""The spoken form of one text, for people who want to see it."""

from __future__ import annotations

from voice_app.script.speech import spoken_form


def say(text: str, language: str) -> str:
    """What is said for `text`; empty when there is nothing to say."""
    return spoken_form(text, language)[0]
