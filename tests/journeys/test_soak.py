"""A short run of `python -m tests.soak`; `make soak` is the long one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import soak


def test_killed_processes_of_the_service_lose_nothing(tmp_path: Path) -> None:
    if not Path("/proc/self/task").exists():
        pytest.skip("this system has no /proc")
    found = soak.run(tmp_path, kills=4, voice="tick/tock", seed=3)
    assert found["articles"] == soak.FIRST_ARTICLES
