"""Who reads what: by language, and never a voice that sends text away unless it is named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from voice_app.errors import UnknownVoiceError
from voice_app.model import Company, Voice
from voice_app.speech.lead import Lead, lead_for


def voice(name: str, language: str) -> Voice:
    engine, _, own = name.partition("/")
    return Voice(engine=engine, name=own, language=language, licence="MIT")


HEART = voice("hibari/heart", "en-US")
COMPANIES = (
    Company(engine="tick", fake=True, voices=(voice("tick/tock", "is"),)),
    Company(engine="gtts", remote=True, voices=(voice("gtts/is", "is"), voice("gtts/es", "es"))),
    Company(engine="broken", problem="It is not installed."),
    Company(engine="hibari", voices=(HEART,)),
    Company(engine="kokoro", voices=(voice("kokoro/af_sky", "en-US"), voice("kokoro/pf_dora", "pt-BR"))),
    Company(
        engine="espeak",
        voices=tuple(voice(f"espeak/{tag}", tag) for tag in ("en-us", "es", "es-419", "pt", "cmn", "nb")),
    ),
    Company(engine="openai", voices=(voice("openai/alloy", "mul"),)),
)
ALL = {v.id: v for company in COMPANIES for v in company.voices}


def named(name: str) -> Voice:
    if name not in ALL:
        raise UnknownVoiceError(voice=name)
    return ALL[name]


def chosen(language: str, default: str = "hibari/heart", by_language: Mapping[str, str] | None = None) -> Lead:
    return lead_for(language, default=default, by_language=by_language or {}, named=named, companies=COMPANIES[:-1])


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "hibari/heart"),
        ("en-GB", "hibari/heart"),
        ("EN_us", "hibari/heart"),
        ("", "hibari/heart"),
        ("und", "hibari/heart"),
        ("es", "espeak/es"),
        ("es-MX", "espeak/es"),
        ("es-419", "espeak/es-419"),
        ("pt-BR", "kokoro/pf_dora"),
        ("pt", "kokoro/pf_dora"),
        ("zh-Hans-CN", "espeak/cmn"),
        ("no", "espeak/nb"),
        ("nn", "espeak/nb"),
    ],
)
def test_the_voice_is_of_the_articles_language(language: str, expected: str) -> None:
    lead = chosen(language)
    assert (lead.voice.id, lead.remark) == (expected, "")


def test_without_a_voice_the_default_reads_and_says_so() -> None:
    lead = chosen("is")
    assert lead.voice is HEART
    assert lead.remark.startswith("No voice for Icelandic is installed here, so this is read by a voice for English.")


def test_a_default_that_speaks_many_languages_reads_them_all() -> None:
    assert chosen("is", "openai/alloy").voice.id == "openai/alloy"


@pytest.mark.parametrize(
    ("language", "expected"),
    [("es-MX", "gtts/es"), ("es-419", "espeak/es-419"), ("en", "kokoro/af_sky"), ("pt", "kokoro/pf_dora")],
)
def test_what_the_settings_name_comes_first_the_nearest_tag_before_the_language(language: str, expected: str) -> None:
    by_language = {"es": "gtts/es", "ES-419": "espeak/es-419", "en": "kokoro/af_sky"}
    assert chosen(language, by_language=by_language).voice.id == expected


def test_a_name_in_the_settings_that_nobody_has_is_an_error() -> None:
    with pytest.raises(UnknownVoiceError):
        chosen("es", by_language={"es": "espeak/nobody"})


def test_no_engine_is_made_that_is_not_needed() -> None:
    asked: list[str] = []

    def companies() -> Iterator[Company]:
        for company in COMPANIES:
            asked.append(company.engine)
            yield company

    lead_for("en", default="hibari/heart", by_language={}, named=named, companies=companies())
    assert asked == []
    lead_for("pt", default="hibari/heart", by_language={}, named=named, companies=companies())
    assert asked[-1] == "kokoro"
