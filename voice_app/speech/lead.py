"""Who reads an article: the voice for its language. What sends text away is never chosen by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from voice_app.model import MANY_LANGUAGES, Company, Voice, language_name, primary

UNKNOWN = ("", "und", MANY_LANGUAGES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """`remark` is a sentence for people when the voice is not of the article's language; otherwise it is empty."""

    voice: Voice
    remark: str = ""


def lead_for(
    language: str,
    *,
    default: str,
    by_language: Mapping[str, str],
    named: Callable[[str], Voice],
    companies: Iterable[Company],
) -> Lead:
    """The voice for an article in `language`, a BCP 47 tag.

    In this order: what the settings name for the language, the default voice if it speaks it, the first voice of an
    engine that works offline, in the order of the `companies`, which are looked at one by one; else the default voice.
    `named` finds a voice by its name and raises UnknownVoiceError.
    """
    wanted = _named_for(language, by_language)
    voice = named(wanted or default)
    if wanted or primary(language) in UNKNOWN or speaks(voice, language):
        return Lead(voice=voice)
    for company in companies:
        found = [] if company.remote or company.fake else [v for v in company.voices if speaks(v, language)]
        if found:
            return Lead(voice=max(found, key=lambda v: v.language.lower() == language.lower()))
    remark = (
        f"No voice for {language_name(language)} is installed here, so this is read by a voice for "
        f"{language_name(voice.language)}. Install espeak-ng, or name a voice for the language in narration.voices."
    )
    return Lead(voice=voice, remark=remark)


def _named_for(language: str, by_language: Mapping[str, str]) -> str | None:
    """What the settings name for this very tag, else for its language, else for a form of it."""
    found = [tag for tag in by_language if primary(tag) == primary(language)]
    wanted = (language.lower(), primary(language))
    nearest = max(found, key=lambda tag: (tag.lower() == wanted[0], tag.lower() == wanted[1]), default=None)
    return by_language[nearest] if nearest else None


def speaks(voice: Voice, language: str) -> bool:
    """Whether the voice is one for this language, of whatever country."""
    return voice.language == MANY_LANGUAGES or primary(voice.language) == primary(language)
