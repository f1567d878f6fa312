"""The page of voices: language by language, each with a sentence to hear. The same as JSON."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request, send_file

from voice_app.model import Company, Voice, primary
from voice_app.publish import problems, tongue
from voice_app.publish.context import studio

blueprint = Blueprint("voices", __name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """One language: `companies` have its voices alone."""

    code: str
    name: str
    companies: tuple[Company, ...]

    @property
    def count(self) -> int:
        return sum(len(company.voices) for company in self.companies)


@blueprint.get("/voices")
def voices() -> str:
    companies = studio().voices.all()
    languages = by_language(companies)
    default = studio().voices.reader("")
    asked = primary(request.args.get("language", ""))
    usual = primary(default.language if default else "en")
    found = {each.code: each for each in languages}
    first = next((found[code] for code in (asked, usual, tongue.tongue().code) if code in found), None)
    chosen = first or Language(code=usual, name=tongue.name(usual), companies=())
    return render_template(
        "voices.html",
        languages=languages,
        chosen=chosen,
        unknown=asked if asked and chosen.code != asked else "",
        reader=studio().voices.reader(chosen.code),
        default=default,
        heard={company.engine: studio().voices.may_be_heard(company) for company in chosen.companies},
        missing=[company for company in companies if company.problem],
    )


@blueprint.get("/voices/sample.mp3")
def sample() -> Response:
    data = studio().voices.sample(request.args.get("voice", ""))
    etag = hashlib.sha256(data).hexdigest()[:16]
    return send_file(io.BytesIO(data), mimetype="audio/mpeg", conditional=True, etag=etag)


@blueprint.get("/api/voices")
def as_json() -> Response:
    asked = request.args.get("language", "")
    companies = studio().voices.all()
    found = [
        _facts(company, voice)
        for company in companies
        for voice in company.voices
        if not asked or primary(voice.language) == primary(asked)
    ]
    return jsonify(
        voices=found, missing={each.engine: problems.told(each.problem) for each in companies if each.problem}
    )


def by_language(companies: tuple[Company, ...]) -> list[Language]:
    """The languages by their names; within one, companies and voices in the order they came."""
    found: dict[str, dict[Company, list[Voice]]] = {}
    for company in companies:
        for voice in company.voices:
            found.setdefault(primary(voice.language), {}).setdefault(company, []).append(voice)
    made = [
        Language(code=code, name=_name(of), companies=tuple(map(_only, of, of.values()))) for code, of in found.items()
    ]
    return sorted(made, key=lambda language: language.name)


def _only(company: Company, voices: list[Voice]) -> Company:
    from dataclasses import replace

    return replace(company, voices=tuple(voices))


def _name(voices: dict[Company, list[Voice]]) -> str:
    """A language without a name of its own here is called what its first voice calls itself."""
    first = next(iter(voices.values()))[0]
    name = tongue.name(first.language)
    return first.label.partition(" (")[0] or name if name == first.language else name


def _facts(company: Company, voice: Voice) -> dict[str, Any]:
    return {
        "id": voice.id,
        "language": voice.language,
        "label": voice.label,
        "licence": voice.licence,
        "sends_text_away": company.remote,
        "times_real_time": company.speed,
    }
