"""Voices as a person meets them: the page, a sample, the command, and an article in a language of its own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import numpy as np
import pyloudnorm
import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from tests.conftest import require
from tests.contracts.served_sound import Given, SpeechServer
from tests.counted import counted
from voice_app import wiring
from voice_app.audio.encode import decode
from voice_app.audio.loudness import TARGET_LUFS
from voice_app.cli import main
from voice_app.config import Config, load
from voice_app.errors import ServiceAwayError
from voice_app.model import Block, BlockKind, Document
from voice_app.publish.web.app import make_app
from voice_app.studio import Studio


def opened(folder: Path, **settings: object) -> tuple[Studio, Config]:
    flags = {"paths.content": folder / "content", "paths.cache": folder / "cache", "narration.voice": "tick/tock"}
    flags |= {"kokoro.folder": folder / "none", "piper.program": "no-such-program-anywhere"}
    config = load(flags=flags | settings, environ={}, file=folder / "none.toml")
    return wiring.build(config), config


@pytest.fixture
def client(tmp_path: Path) -> Iterator[FlaskClient]:
    with make_app(*opened(tmp_path)).test_client() as client:
        yield client


def page(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return unescape(answer.text)


def test_the_page_has_every_language_and_opens_one(client: FlaskClient) -> None:
    text = page(client, "/voices?language=en")
    assert "<h2>English:" in text
    assert "hibari/heart" in text
    assert "Licence: Apache-2.0" in text
    assert '<option value="es">Spanish, ' in text
    assert "tick/tock</span>" not in text  # the voice for tests is not offered
    assert "voices/sample.mp3?voice=hibari/heart" in text


def test_beside_a_voice_of_all_languages_it_opens_the_one_of_the_pages(client: FlaskClient) -> None:
    spanish = client.get("/voices", headers={"Accept-Language": "es"}).text
    assert "<title>Voces para este idioma: español" in spanish


def test_what_sends_text_away_says_so_and_has_no_sample_until_it_is_named(tmp_path: Path) -> None:
    google = SpeechServer(lambda body: b"")
    with make_app(*opened(tmp_path, **{"gtts.endpoint": google.url})).test_client() as client:
        text = page(client, "/voices?language=gl")
        assert "Sends the text of your articles to another computer." in text
        assert "<audio" not in text
        assert client.get("/voices/sample.mp3?voice=gtts/gl").status_code == 503
    google.stop()
    assert google.asked == []
    with make_app(*opened(tmp_path, **{"narration.voices": {"gl": "gtts/gl"}})).test_client() as named:
        assert "voices/sample.mp3?voice=gtts/gl" in page(named, "/voices?language=gl")


@pytest.mark.parametrize("voice", ["kokoro/af_heart", "nobody/nowhere"])
def test_the_page_is_there_also_when_the_voice_in_the_settings_is_not(tmp_path: Path, voice: str) -> None:
    with make_app(*opened(tmp_path, **{"narration.voice": voice})).test_client() as client:
        text = page(client, "/voices")
    assert "Problem: the voice in the setting" in text
    assert "<h2>English:" in text
    assert "hibari/heart" in text


def test_engines_that_are_not_ready_say_why(client: FlaskClient) -> None:
    text = page(client, "/voices")
    assert re.search(r"<dt>kokoro</dt>\s*<dd>Kokoro's model is not installed. Run `make kokoro`", text)
    assert "<dt>openai</dt>" in text


@pytest.mark.parametrize("asked", ["xx", "<b>", "zh-Hans", "es'"])
def test_a_language_that_nobody_speaks_is_no_fault(client: FlaskClient, asked: str) -> None:
    assert client.get("/voices", query_string={"language": asked}).status_code == 200


def test_a_sample_is_sound_at_the_usual_loudness_and_can_be_asked_for_in_parts(client: FlaskClient) -> None:
    answer = client.get("/voices/sample.mp3?voice=tick/tack")  # a voice that was never calibrated
    assert answer.status_code == 200
    assert answer.mimetype == "audio/mpeg"
    samples, rate = decode(answer.data)
    assert pyloudnorm.Meter(rate).integrated_loudness(samples.astype(np.float64)) == pytest.approx(TARGET_LUFS, abs=1.0)
    part = client.get("/voices/sample.mp3?voice=tick/tack", headers={"Range": "bytes=0-99"})
    assert (part.status_code, part.data) == (206, answer.data[:100])
    same = client.get("/voices/sample.mp3?voice=tick/tack", headers={"If-None-Match": answer.headers["ETag"]})
    assert same.status_code == 304


@pytest.mark.parametrize("voice", ["", "nobody/nowhere", "espeak/klingon", "../../etc/passwd"])
def test_a_sample_of_nobody_is_an_error_in_words(client: FlaskClient, voice: str) -> None:
    answer = client.get("/voices/sample.mp3", query_string={"voice": voice})
    assert answer.status_code >= 400
    assert "Traceback" not in answer.text


def test_programs_get_the_same_as_json(client: FlaskClient) -> None:
    answer = client.get("/api/voices?language=en-GB").get_json()
    ids = {voice["id"]: voice for voice in answer["voices"]}
    assert ids["hibari/heart"]["sends_text_away"] is False
    assert ids["gtts/en"]["sends_text_away"] is True
    assert "gtts/es" not in ids
    assert set(answer["missing"]) >= {"kokoro", "piper", "openai"}


def run(folder: Path, *words: str) -> list[str]:
    environment = {
        "VOICE_APP_PATHS__CACHE": str(folder / "cache"),
        "VOICE_APP_PATHS__CONTENT": str(folder / "content"),
        "VOICE_APP_KOKORO__FOLDER": str(folder / "none"),
        "VOICE_APP_PIPER__PROGRAM": "no-such-program-anywhere",
    }
    done = CliRunner(env=environment).invoke(main, words)
    assert done.exit_code == 0, done.output
    return done.output.splitlines()


def test_the_command_lists_voices_and_what_is_missing(tmp_path: Path) -> None:
    lines = run(tmp_path, "voices", "--language", "en")
    assert lines[0] == "* hibari/heart; English; en-US; Apache-2.0; offline; speed not measured"
    assert "  gtts/en; English; en; Google's terms; sends the text away; speed not measured; English" in lines
    assert any(line.startswith("  kokoro: Kokoro's model is not installed.") for line in lines)
    assert not any("tick/" in line for line in lines)


def test_speeds_are_measured_once_and_known_to_the_page(tmp_path: Path) -> None:
    measured = [json.loads(line) for line in run(tmp_path, "voices", "--language", "en", "--measure", "--json")]
    heart = next(facts for facts in measured if facts.get("id") == "hibari/heart")
    assert heart["times_real_time"] > 1
    assert next(facts for facts in measured if facts.get("id") == "gtts/en")["times_real_time"] is None
    with make_app(*opened(tmp_path)).test_client() as client:
        assert "times as fast as it sounds." in page(client, "/voices?language=en")


SPANISH = Document(
    title="El tren de la mañana",
    language="es-MX",
    blocks=(Block(kind=BlockKind.PARAGRAPH, text="El tren sale a las siete."),),
)


def narrated(folder: Path, document: Document, **settings: object) -> tuple[Studio, str]:
    studio, config = opened(folder, **settings)
    added = studio.intake.add_text(document.title)
    library = wiring.library(config)
    library.save_document(added.id, document)
    studio.work.narrate(added.id)
    return studio, library.by_id(added.id).slug


@pytest.mark.outside
def test_a_spanish_article_is_read_by_a_spanish_voice(tmp_path: Path) -> None:
    require("espeak-ng")
    studio, slug = narrated(tmp_path, SPANISH, **{"narration.voice": "hibari/heart"})
    audio = studio.page(slug).audio
    assert audio is not None
    assert (audio.voice, audio.voice_remark) == ("espeak/es", "")


def test_the_settings_name_the_voice_for_a_language(tmp_path: Path) -> None:
    named = {"narration.voice": "hibari/heart", "narration.voices": {"es": "tick/tack"}}
    studio, slug = narrated(tmp_path, SPANISH, **named)
    audio = studio.page(slug).audio
    assert audio is not None
    assert audio.voice == "tick/tack"


def test_without_a_voice_for_the_language_the_page_says_so(tmp_path: Path) -> None:
    document = replace(SPANISH, language="xx", title="A text in a language of its own")
    studio, slug = narrated(tmp_path, document, **{"narration.voice": "hibari/heart"})
    with make_app(studio, load(environ={}, file=tmp_path / "none.toml")).test_client() as client:
        assert "No voice for xx is installed here, so this is read by a voice for English." in page(
            client, f"/articles/{slug}"
        )


def test_a_voice_that_is_named_for_one_narration_reads_whatever_it_is(tmp_path: Path) -> None:
    studio, _ = opened(tmp_path, **{"narration.voice": "hibari/heart"})
    made = studio.narrate(SPANISH, tmp_path / "out", voice="tick/tack")
    assert (made.audio.voice, made.audio.voice_remark) == ("tick/tack", "")


def test_the_page_is_there_without_any_voice(tmp_path: Path) -> None:
    with counted(tmp_path) as made, make_app(made.studio, made.config).test_client() as client:
        assert "<h2>Many languages: 0 voices" in page(client, "/voices")


def test_a_server_that_is_away_fails_the_article_and_leaves_no_holes_in_it(tmp_path: Path) -> None:
    server = SpeechServer(lambda body: b"")
    server.answers = [Given(status=429, headers={"Retry-After": "3600"})]
    settings = {"narration.voice": "openai/alloy", "openai.url": server.url}
    with pytest.raises(ServiceAwayError, match="left alone"):
        narrated(tmp_path, replace(SPANISH, language="en"), **settings)
    server.stop()
    assert ServiceAwayError.retry


def test_a_language_that_nobody_speaks_is_said_to_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["voices", "--language", "English"])
    assert done.exit_code == 1
    assert "There is no voice for 'English' here. Name a language by its code, such as es." in done.output
