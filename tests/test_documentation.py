"""Every command in the documentation runs, every file it names is there, and it speaks of the project alone."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1]
NAMES = (
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "voice_app/README.md",
    "voice_app/DESIGN.md",
    "docs/screens.md",
)
DOCUMENTS = [HOUSE / name for name in NAMES]
BLOCK = re.compile(r"```sh\n(.*?)```", re.S)
COMMANDS = sorted(
    {
        line.partition("#")[0].strip()
        for path in DOCUMENTS
        for block in BLOCK.finditer(path.read_text(encoding="utf-8"))
        for line in block.group(1).splitlines()
        if line.partition("#")[0].strip()
    }
)


def test_there_are_commands_to_check() -> None:
    assert {"make run", "make test"} <= set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_runs(command: str, tmp_path: Path) -> None:
    words = shlex.split(command)
    if words[0] == "make":  # that they work is what `.ci/run` and the journeys show; here, that they exist
        done = subprocess.run(["make", "-n", *words[1:]], cwd=HOUSE, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return
    assert words[0].endswith("python"), command
    environment = os.environ | {
        "VOICE_APP_PATHS__CACHE": str(tmp_path / "cache"),
        "VOICE_APP_NARRATION__VOICE": "tick/tock",
    }
    words = [str(tmp_path / "out") if word == "out" else word for word in words]
    done = subprocess.run([sys.executable, *words[1:]], cwd=HOUSE, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.parametrize("path", DOCUMENTS, ids=NAMES)
def test_every_link_leads_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (path.parent / target).exists(), target


def test_every_command_of_the_program_is_in_the_readme() -> None:
    from voice_app.cli import main

    readme = (HOUSE / "README.md").read_text(encoding="utf-8")
    for name in main.commands:
        assert f"`{name}" in readme or f", `{name}`" in readme, name
