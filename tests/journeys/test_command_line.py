"""The command line as a person uses it: real processes, real files, the fake voice unless the real one is the point."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mutagen.id3 import ID3
from mutagen.mp4 import MP4

ARTICLE = """---
title: Bread for a small kitchen
author: A. Baker
date: 2026-03-01
---

# Bread for a small kitchen

You need one bowl, 500 g of flour and an afternoon.

## Mixing

Stir the flour, 3/4 of a litre of water and the salt together. Cover the bowl.
Wait for an hour, e.g. while you read.

## Baking

Heat the oven to its highest setting. Bake for forty minutes.
"""

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs `python -m voice_app` with content, cache and working folder of its own, and the fake voice."""
    environment = {
        **os.environ,
        "VOICE_APP_PATHS__CONTENT": str(tmp_path / "content"),
        "VOICE_APP_PATHS__CACHE": str(tmp_path / "cache"),
        "VOICE_APP_NARRATION__VOICE": "tick/tock",
    }

    def run(*arguments: str, text: str | bytes = b"", **extra: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "voice_app", *arguments],
            input=text.encode() if isinstance(text, str) else text,
            capture_output=True,
            cwd=tmp_path,
            env=environment | {"PYTHONPATH": str(Path(__file__).parents[2])} | extra,
            timeout=100,
            check=False,
        )
        return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "bread.md"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def narrated(run: Run, *arguments: str, **extra: Any) -> dict[str, Any]:
    done = run("narrate", *arguments, "--json", **extra)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_narrate_makes_a_file_per_chapter_and_one_for_the_whole(run: Run, article: Path, tmp_path: Path) -> None:
    found = narrated(run, str(article), "--out", "here")
    assert found["title"] == "Bread for a small kitchen"
    assert found["language"] == "en"
    assert [c["title"] for c in found["chapters"]] == ["Bread for a small kitchen", "Mixing", "Baking"]
    assert [c["number"] for c in found["chapters"]] == [1, 2, 3]
    assert all((tmp_path / c["file"]).is_file() for c in found["chapters"])
    assert found["clips"] == {"total": 9, "spoken": 9, "cached": 0}
    assert sum(c["sentences"] for c in found["chapters"]) == 9
    assert found["receipt"] == {"said": 6, "announced": 0, "skipped": 0, "failed": 0}
    assert found["seconds"] == pytest.approx(sum(c["seconds"] for c in found["chapters"]), abs=0.01)
    assert 0 < found["first_audio_seconds"] <= found["wall_seconds"]
    tags = ID3(tmp_path / found["whole"]["file"])
    assert tags.version == (2, 3, 0)
    assert str(tags["TIT2"]) == "Bread for a small kitchen"
    assert [str(c.sub_frames["TIT2"]) for c in sorted(tags.getall("CHAP"), key=lambda c: c.start_time)] == [
        c["title"] for c in found["chapters"]
    ]


def test_a_style_decides_what_is_read_and_the_receipt_tells(run: Run, article: Path) -> None:
    article.write_text(ARTICLE + "\n> Wait for it.\n\n```\nbake(loaf)\n```\n", encoding="utf-8")
    styles = ("--style", "quotes=left-out", "--style", "headings=named")
    found = json.loads(run("extract", str(article), "--json", *styles).stdout)["receipt"]
    assert found["sentence"] == "Everything was read except 1 quotation and 1 piece of code."
    assert [found[end] for end in ("said", "announced", "skipped", "failed")] == [6, 1, 1, 0]
    assert [b["reason"] for b in found["not_said"]] == ["left out by choice", "mentioned only"]
    assert "Everything was read except 1 quotation and" in run("extract", str(article), *styles).stdout
    said = run("script", str(article), *styles, VOICE_APP_READING__CODE="read").stdout
    assert "Heading level two." in said
    assert "bake, loaf" in said
    assert "Wait for it." not in said
    refused = run("script", str(article), "--style", "hedings=named")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "Did you mean headings?" in refused.stderr


def test_the_second_time_nothing_is_spoken_and_the_bytes_are_the_same(run: Run, article: Path, tmp_path: Path) -> None:
    first = narrated(run, str(article))
    before = (tmp_path / first["whole"]["file"]).read_bytes()
    second = narrated(run, str(article))
    assert second["clips"] == {"total": 9, "spoken": 0, "cached": 9}
    assert (tmp_path / second["whole"]["file"]).read_bytes() == before


def test_one_changed_word_costs_one_clip(run: Run, article: Path) -> None:
    narrated(run, str(article))
    article.write_text(ARTICLE.replace("forty minutes", "fifty minutes"), encoding="utf-8")
    assert narrated(run, str(article))["clips"] == {"total": 9, "spoken": 1, "cached": 8}


def test_an_audiobook_lies_beside_the_mp3_files_and_a_changed_sentence_costs_one_run(
    run: Run, article: Path, tmp_path: Path
) -> None:
    def encoded() -> set[str]:
        return {path.name for path in (tmp_path / "cache" / "books").rglob("*.aac")}

    plain = narrated(run, str(article))
    assert plain["audiobook"] is None
    assert not encoded()
    first = narrated(run, str(article), "--m4b")
    assert first["clips"] == {"total": 9, "spoken": 0, "cached": 9}
    assert first["audiobook"]["file"] == "out/bread-for-a-small-kitchen.m4b"
    before = encoded()
    assert len(before) == 9
    article.write_text(ARTICLE.replace("forty minutes", "fifty minutes"), encoding="utf-8")
    second = narrated(run, str(article), "--m4b")
    assert second["clips"] == {"total": 9, "spoken": 1, "cached": 8}
    assert len(encoded() - before) == 1
    book = MP4(tmp_path / second["audiobook"]["file"])
    assert [chapter.title for chapter in book.chapters] == [c["title"] for c in second["chapters"]]
    assert book.info.length == pytest.approx(second["seconds"], abs=0.022)
    assert book["covr"]
    assert "bread-for-a-small-kitchen.m4b  0:" in run("narrate", str(article), "--m4b").stdout


def test_a_deleted_cache_costs_time_and_loses_nothing(run: Run, article: Path, tmp_path: Path) -> None:
    first = narrated(run, str(article))
    before = (tmp_path / first["whole"]["file"]).read_bytes()
    subprocess.run(["rm", "-r", str(tmp_path / "cache")], check=True)
    second = narrated(run, str(article))
    assert second["clips"]["spoken"] == 9
    assert (tmp_path / second["whole"]["file"]).read_bytes() == before


def test_two_processes_make_byte_identical_clips_of_the_embedded_voice(run: Run, article: Path, tmp_path: Path) -> None:
    def clips(cache: str) -> dict[str, str]:
        narrated(run, str(article), "--voice", "heart", VOICE_APP_PATHS__CACHE=str(tmp_path / cache))
        found = sorted((tmp_path / cache / "clips").rglob("*.wav"))
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in found}

    first, second = clips("one"), clips("two")
    assert len(first) == 9
    assert first == second


def test_standard_input_is_narrated(run: Run) -> None:
    found = narrated(run, "-", text="The kettle is on. The guests will be here soon.")
    assert found["clips"]["total"] == 2


def test_progress_is_plain_lines_where_there_is_no_terminal(run: Run, article: Path) -> None:
    done = run("narrate", str(article))
    assert "Chapter 2: sentence" in done.stderr
    assert "\r" not in done.stderr
    assert "\x1b" not in done.stderr + done.stdout
    assert "bread-for-a-small-kitchen.mp3" in done.stdout


def test_extract_prints_one_object_per_source_in_order(run: Run, article: Path, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("A short note about the garden. It rained all day.", encoding="utf-8")
    done = run("extract", str(article), str(tmp_path / "note.txt"), "--json")
    first, second = [json.loads(line) for line in done.stdout.splitlines()]
    assert (first["title"], first["byline"], first["published"]) == (
        "Bread for a small kitchen",
        "A. Baker",
        "2026-03-01",
    )
    assert [b["kind"] for b in first["blocks"]] == [
        "heading",
        "paragraph",
        "heading",
        "paragraph",
        "heading",
        "paragraph",
    ]
    assert second["blocks"][0]["text"].startswith("A short note")


def test_one_bad_source_does_not_stop_the_others(run: Run, article: Path) -> None:
    done = run("extract", "nowhere.md", str(article), "--json")
    assert done.returncode == 1
    bad, good = [json.loads(line) for line in done.stdout.splitlines()]
    assert "no such file" in bad["error"]
    assert good["title"] == "Bread for a small kitchen"


def test_script_shows_written_and_spoken(run: Run, article: Path) -> None:
    found = json.loads(run("script", str(article), "--json").stdout)
    spoken = {s["written"]: s["spoken"] for s in found["sentences"]}
    mixed = spoken["Stir the flour, 3/4 of a litre of water and the salt together."]
    assert "three quarters" in mixed.replace("-", " ")
    assert "for example" in spoken["Wait for an hour, e.g. while you read."]
    assert [c["title"] for c in found["chapters"]] == ["Bread for a small kitchen", "Mixing", "Baking"]
    assert all(s["pause_ms"] > 0 and s["id"] for s in found["sentences"])


def test_say_gives_one_line_for_each_line(run: Run) -> None:
    done = run("say", "-", text="It costs $5.\n\nAdd 1/2 cup.\nplain words\n")
    lines = done.stdout.split("\n")
    assert len(lines) == 5
    assert "five dollars" in lines[0]
    assert lines[1] == ""
    assert "half" in lines[2]
    assert lines[3] == "plain words"


def test_config_says_where_each_value_came_from(run: Run, tmp_path: Path) -> None:
    (tmp_path / "voice_app.toml").write_text("[server]\nport = 5050\n", encoding="utf-8")
    shown = run("config").stdout
    assert "server.port = 5050  (file)" in shown
    assert "narration.voice = tick/tock  (environment)" in shown
    assert "server.host = 127.0.0.1  (default)" in shown


def test_doctor_names_every_engine_and_format(run: Run) -> None:
    done = run("doctor")
    for name in ("hibari", "espeak", "gtts", "html", "markdown", "text"):
        assert name in done.stdout
    assert done.returncode == 0


BAD = {
    "empty": b"",
    "whitespace": b" \n\t\n ",
    "binary": bytes(range(256)) * 64,
    "nul": b"\x00" * 4000,
    "random": hashlib.sha512(b"x").digest() * 300,
}


@pytest.mark.parametrize("name", BAD)
def test_bad_bytes_end_in_one_sentence_and_leave_nothing(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / f"{name}.txt").write_bytes(BAD[name])
    done = run("narrate", f"{name}.txt", "--out", "here")
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "here").exists()
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("nowhere.txt", "no such file"),
        (".", "is a folder"),
        ("http://127.0.0.1:9/", "private network"),
        ("http://localhost/", "private network"),
        ("http://[::1]/", "private network"),
        ("http://10.1.2.3/", "private network"),
        ("http://169.254.169.254/latest", "private network"),
        ("http://2130706433/", "private network"),
        ("http://no-such-host.invalid/", "paste the text"),
        ("ftp://example.org/file", "http"),
        ("picture.png", "type"),
    ],
)
def test_a_source_that_cannot_be_read_is_refused_with_advice(run: Run, tmp_path: Path, source: str, words: str) -> None:
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(500))
    done = run("narrate", source)
    assert done.returncode == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_very_large_file_is_refused_at_once(run: Run, tmp_path: Path) -> None:
    with (tmp_path / "big.txt").open("wb") as file:
        file.truncate(50_000_000)
    done = run("narrate", "big.txt")
    assert done.returncode == 1
    assert "too large" in done.stderr.lower()


@pytest.mark.parametrize("text", ["word " * 20_000, "a" * 100_000, "It ends. " * 12_000])
def test_a_line_of_a_hundred_thousand_characters_is_refused_with_advice(run: Run, tmp_path: Path, text: str) -> None:
    (tmp_path / "long.txt").write_text(text, encoding="utf-8")
    done = run("narrate", "long.txt", "--out", "here")
    assert done.returncode == 1
    assert "line breaks" in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "here").exists()


def test_a_paragraph_of_forty_thousand_characters_is_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text("It goes on and on. " * 2_000, encoding="utf-8")
    done = run("script", "long.txt", "--json")
    assert len(json.loads(done.stdout)["sentences"]) == 2_000


@pytest.mark.parametrize(
    "arguments", [("narrate",), ("narrate", "a", "--nonsense"), ("nonsense",), ("extract",), ("serve", "--port", "x")]
)
def test_misuse_ends_with_two(run: Run, arguments: tuple[str, ...]) -> None:
    assert run(*arguments).returncode == 2


@pytest.mark.parametrize("voice", ["nobody", "hibari/nobody", "nobody/heart"])
def test_an_unknown_voice_is_named(run: Run, article: Path, voice: str) -> None:
    done = run("narrate", str(article), "--voice", voice)
    assert done.returncode == 1
    assert voice in done.stderr


def test_an_unknown_setting_is_refused_with_the_nearest(run: Run) -> None:
    done = run("config", VOICE_APP_PATHS__CASH="x")
    assert done.returncode == 1
    assert "paths.cache" in done.stderr
