"""The cache as a whole program uses it: shared, damaged, full, pruned, and in a bucket."""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.contracts.queue_contract import wait_until
from tests.s3 import serving
from voice_app.blobs import PART
from voice_app.config import load
from voice_app.keeper import Keeper
from voice_app.wiring import keeper

ROUNDS = 5
SENTENCES = 40
SEED = 20261125
HOUSE = Path(__file__).parents[2]

Narrate = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def article(tmp_path: Path) -> Path:
    lines = [f"This is sentence number {n}, and it is as short as the others." for n in range(SENTENCES)]
    path = tmp_path / "article.md"
    path.write_text("\n\n".join(["# One cache for all", *lines[:20], "## The second half", *lines[20:]]))
    return path


@pytest.fixture
def command(tmp_path: Path) -> Narrate:
    """Starts `python -m voice_app` with the fake voice and the cache folder of this name."""

    def start(*arguments: str, cache: str = "cache", limit: int | None = None, **extra: str) -> subprocess.Popen[str]:
        environment = os.environ | {
            "VOICE_APP_PATHS__CONTENT": str(tmp_path / "content"),
            "VOICE_APP_PATHS__CACHE": str(tmp_path / cache),
            "VOICE_APP_NARRATION__VOICE": "tick/tock",
            "PYTHONPATH": str(HOUSE),
        }
        return subprocess.Popen(
            [sys.executable, "-m", "voice_app", *arguments],
            cwd=tmp_path,
            env=environment | extra,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=partial(resource.setrlimit, resource.RLIMIT_FSIZE, (limit, limit)) if limit else None,
        )

    return start


def ended(process: subprocess.Popen[str], code: int = 0) -> str:
    """What it printed: to standard output when it went well, to standard error when it failed."""
    out, err = process.communicate(timeout=90)
    assert process.returncode == code, err
    return err if code and not out else out


def narrated(process: subprocess.Popen[str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(ended(process))["clips"]
    return found


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def kept(cache: Path) -> list[Path]:
    return [path for kind in ("clips", "runs") for path in cache.glob(f"{kind}/*/*") if not path.name.startswith(PART)]


def keeper_of(cache: Path) -> Keeper:
    return keeper(load(flags={"paths.cache": cache}, environ={}, file=cache / "none.toml"))


def test_two_processes_share_a_cache_and_one_is_killed_at_any_moment(
    command: Narrate, article: Path, tmp_path: Path
) -> None:
    ended(command("narrate", str(article), "--out", "alone", cache="alone-cache"))
    expected = files(tmp_path / "alone")
    dice = random.Random(SEED)
    for number in range(ROUNDS):
        cache, moment = tmp_path / f"cache{number}", dice.randrange(2 * SENTENCES)
        doomed = command("narrate", str(article), "--out", "doomed", cache=cache.name)
        other = command("narrate", str(article), "--out", f"other{number}", cache=cache.name)
        wait_until(lambda at=moment, folder=cache: len(kept(folder)) >= at)  # type: ignore[misc]
        time.sleep(dice.uniform(0, 0.02))
        doomed.send_signal(signal.SIGKILL)
        doomed.communicate()
        ended(other)
        assert files(tmp_path / f"other{number}") == expected
        assert keeper_of(cache).verify().damaged == 0
    ended(command("narrate", str(article), "--out", "doomed", cache=cache.name))
    assert files(tmp_path / "doomed") == expected


def test_what_is_damaged_is_made_again_and_sounds_the_same(command: Narrate, article: Path, tmp_path: Path) -> None:
    ended(command("narrate", str(article), "--out", "first"))
    dice = random.Random(SEED)
    for path in kept(tmp_path / "cache"):
        data = bytearray(path.read_bytes())
        place = dice.randrange(len(data))
        data[place] ^= 1 << dice.randrange(8)
        path.write_bytes(data if dice.random() < 0.7 else data[:place])
    assert narrated(command("narrate", str(article), "--out", "second", "--json"))["spoken"] == SENTENCES + 2
    assert files(tmp_path / "first") == files(tmp_path / "second")
    assert keeper_of(tmp_path / "cache").verify().damaged == 0


def test_a_damaged_level_of_a_voice_is_measured_again(command: Narrate, article: Path, tmp_path: Path) -> None:
    voice = ("--voice", "tick/tack")  # which brings no level
    ended(command("narrate", str(article), "--out", "first", *voice))
    (path,) = [p for p in (tmp_path / "cache" / "voices").iterdir() if not p.name.startswith("narrating-")]
    whole = path.read_bytes()
    for damage in (
        b"",
        whole[:10],
        whole.replace(b"gain", b"loss"),
        bytes([whole[14] ^ 1]).join((whole[:14], whole[15:])),
    ):
        path.write_bytes(damage)
        ended(command("narrate", str(article), "--out", "second", *voice))
        assert path.read_bytes() == whole
        assert files(tmp_path / "first") == files(tmp_path / "second")


def test_a_full_disk_is_a_sentence_and_loses_nothing(command: Narrate, tmp_path: Path) -> None:
    """The system refuses to write more than 200,000 bytes into one file, which the long sentence needs."""
    article = tmp_path / "long.md"
    long = " ".join(["and the"] * 20)
    article.write_text(
        f"---\nlang: en\n---\n\n# Full\n\nThis one fits.\n\nSo does this one.\n\n{long}.\n\nAnd the last one fits."
    )
    problem = ended(command("narrate", str(article), "--out", "out", limit=200_000), code=1)
    assert "could not be written" in problem
    assert "the disk is not full; `python -m voice_app cache prune" in problem
    assert "Traceback" not in problem
    assert not (tmp_path / "out").exists()
    assert list((tmp_path / "cache").rglob(f"{PART}*")) == []
    before = {path.name for path in kept(tmp_path / "cache") if path.suffix == ".wav"}
    assert before
    clips = narrated(command("narrate", str(article), "--out", "out", "--json"))
    after = {path.name for path in kept(tmp_path / "cache") if path.suffix == ".wav"}
    assert clips["spoken"] == len(after - before)
    assert before < after


def test_the_budget_is_kept_after_narrate(command: Narrate, article: Path, tmp_path: Path) -> None:
    cache, budget = tmp_path / "cache", {"VOICE_APP_CACHE__MAX_BYTES": "1200000"}
    ended(command("narrate", str(article), "--out", "out", **budget))
    whole = len(kept(cache))
    ended(command("narrate", str(article), "--out", "out", **budget))
    assert len(kept(cache)) == whole, "what is in use stays"
    for path in [*kept(cache), cache / "in-use" / "tidy.turn"]:
        os.utime(path, (0, time.time() - 7_200))
    other = tmp_path / "other.md"
    other.write_text("# Another\n\nOne sentence.")
    ended(command("narrate", str(other), "--out", "out", **budget))
    sizes = [path.stat().st_size for path in kept(cache)]
    assert 1_150_000 < sum(sizes) <= 1_200_000
    assert {path.parent.parent.name for path in kept(cache) if path.stat().st_mtime < time.time() - 3_600} == {"runs"}


def size(path: Path) -> int:
    """In bytes; 0 for a file that goes while it is looked at."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def test_the_worker_keeps_the_budget(command: Narrate, article: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    ended(command("narrate", str(article), "--out", "out"))
    for path in [*kept(cache), cache / "in-use" / "tidy.turn"]:
        os.utime(path, (0, time.time() - 7_200))
    worker = command("work", VOICE_APP_CACHE__MAX_BYTES="1200000")
    wait_until(lambda: sum(map(size, kept(cache))) <= 1_200_000, seconds=40)
    worker.terminate()
    ended(worker)
    assert len([path for path in kept(cache) if path.suffix == ".run"]) > SENTENCES / 2


def test_stats_verify_and_prune_on_the_command_line(command: Narrate, article: Path, tmp_path: Path) -> None:
    ended(command("narrate", str(article), "--out", "out"))
    stats = json.loads(ended(command("cache", "stats", "--json")))
    assert [each["files"] for each in stats["kinds"]] == [SENTENCES + 2] * 2
    assert stats["bytes"] == stats["in_use_bytes"] == sum(path.stat().st_size for path in kept(tmp_path / "cache"))
    assert stats["max_bytes"] == 10_000_000_000
    assert "of 10.0 GB" in ended(command("cache", "stats"))
    assert "All are whole." in ended(command("cache", "verify"))

    damaged = kept(tmp_path / "cache")[0]
    damaged.write_bytes(damaged.read_bytes()[:-1])
    told = ended(command("cache", "verify"), code=1)
    assert damaged.name in told
    assert "Damaged and removed: 1." in told
    assert not damaged.exists()

    assert "are in use and stay" in ended(command("cache", "prune", "--to", "0"))
    for path in kept(tmp_path / "cache"):
        os.utime(path, (0, time.time() - 7_200))
    told = json.loads(ended(command("cache", "prune", "--to", "1MB", "--dry-run", "--json")))
    assert told["dry_run"]
    assert len(kept(tmp_path / "cache")) == 2 * (SENTENCES + 2) - 1
    done = json.loads(ended(command("cache", "prune", "--to", "1MB", "--json")))
    assert done == told | {"dry_run": False}
    assert sum(path.stat().st_size for path in kept(tmp_path / "cache")) == done["left_bytes"] <= 1_000_000
    assert "is no size" in ended(command("cache", "prune", "--to", "much"), code=2)


def test_machines_share_clips_and_runs_in_a_bucket(command: Narrate, article: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    (tmp_path / "s3").mkdir()
    with serving(tmp_path / "s3") as server:
        bucket = server.bucket()
        secret.write_text(f"{bucket.secret_key}\n")
        names = ("bucket", "endpoint", "region", "access_key")
        settings = {f"VOICE_APP_CACHE__{name.upper()}": getattr(bucket, name) for name in names}
        settings["VOICE_APP_CACHE__SECRET_KEY_FILE"] = str(secret)
        first = narrated(command("narrate", str(article), "--out", "one", "--json", cache="one-cache", **settings))
        second = narrated(command("narrate", str(article), "--out", "two", "--json", cache="two-cache", **settings))
        assert (first["spoken"], second["spoken"]) == (SENTENCES + 2, 0)
        assert files(tmp_path / "one") == files(tmp_path / "two")
        assert kept(tmp_path / "one-cache") == []

        stats = json.loads(ended(command("cache", "stats", "--json", **settings)))
        assert ([each["files"] for each in stats["kinds"]], stats["max_bytes"]) == ([SENTENCES + 2] * 2, None)
        damaged = next((tmp_path / "s3").glob("*/voice/runs/*/*.run"))
        damaged.write_bytes(damaged.read_bytes()[:-1] + b"!")
        assert damaged.name in ended(command("cache", "verify", **settings), code=1)
        assert not damaged.exists()
        assert "no limit. Say what to leave" in ended(command("cache", "prune", **settings), code=2)

        shown = ended(command("config", **settings))
        assert "cache.secret_key = (hidden)  (environment)" in shown
        assert bucket.secret_key not in shown
    problem = ended(command("narrate", str(article), "--out", "three", **settings), code=1)
    assert "did not answer as it should. Check cache.endpoint" in problem
