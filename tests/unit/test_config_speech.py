"""Settings of voices and engines: tables, and values that are kept in files of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from voice_app.config import load
from voice_app.errors import ConfigError


def test_voices_for_languages_are_a_table_or_text(tmp_path: Path) -> None:
    file = tmp_path / "voice_app.toml"
    file.write_text('[narration.voices]\nes = "espeak/es"\npt-BR = "kokoro/pf_dora"\n')
    assert load(environ={}, file=file).narration.voices == {"es": "espeak/es", "pt-BR": "kokoro/pf_dora"}
    told = load(environ={"VOICE_APP_NARRATION__VOICES": "es=espeak/es, de=piper/x"}, file=tmp_path / "none.toml")
    assert told.narration.voices == {"es": "espeak/es", "de": "piper/x"}
    assert ("narration.voices", ("es=espeak/es", "de=piper/x"), "environment") in told.lines()


@pytest.mark.parametrize("value", ["espeak/es", 7])
def test_what_is_no_table_is_refused_with_an_example(tmp_path: Path, value: object) -> None:
    with pytest.raises(ConfigError, match='es = "espeak/es"'):
        load(flags={"narration.voices": value}, environ={}, file=tmp_path / "none.toml")


def test_a_key_is_read_from_a_file_and_never_shown(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("a secret\n")
    file = tmp_path / "voice_app.toml"
    file.write_text(f'[openai]\nkey_file = "{(tmp_path / "key").as_posix()}"\n')
    for config in (
        load(environ={}, file=file),
        load(environ={"VOICE_APP_OPENAI__KEY_FILE": str(tmp_path / "key")}, file=tmp_path / "none.toml"),
    ):
        assert config.openai.key == "a secret"
        assert "a secret" not in repr(config)
        assert ("openai.key", "(hidden)") in [line[:2] for line in config.lines()]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    file = tmp_path / "voice_app.toml"
    file.write_text('[openai]\nkey_file = "/nowhere/key"\n')
    with pytest.raises(ConfigError, match=r"openai\.key_file"):
        load(environ={}, file=file)
