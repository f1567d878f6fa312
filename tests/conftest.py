"""Shared by all tests: a clean environment, and a way to say that a test needs a program."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterator

import pytest


def require(program: str) -> str:
    """The program's path. Without it the test is skipped on a laptop and fails in CI, where nothing may be missing."""
    path = shutil.which(program)
    if path is None:
        message = f"the program {program} is not installed"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return path


@pytest.fixture(autouse=True)
def _clean_environment() -> Iterator[None]:
    """No setting of the person who runs the tests reaches them, and none that a test makes outlives it."""
    before = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("VOICE_APP_")}
    yield
    for name in [name for name in os.environ if name.startswith("VOICE_APP_")]:
        del os.environ[name]
    os.environ.update(before)


@pytest.fixture
def uncollected() -> Iterator[None]:
    """No finaliser of what an earlier test left runs at the bottom of a deep recursion, where it would fail."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()
