"""Engines of outside packages, found by entry point: the worked example, and packages that are broken."""

from __future__ import annotations

import importlib
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.contracts.engine_contract import EngineContract
from voice_app import plugins
from voice_app.audio.encode import decode
from voice_app.config import Config
from voice_app.errors import EngineFailedError, EngineUnavailableError, SpeechError
from voice_app.model import SpeakRequest
from voice_app.speech.engine import Engine, Workshop

EXAMPLE = Path(__file__).parents[2] / "examples" / "voice-app-morse"
WORKSHOP = Workshop(config=Config(), decode=decode)
Install = Callable[[str, str, dict[str, str]], None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Puts a module and its entry points where an installer would, so that Python itself finds them."""
    before = set(sys.modules)
    monkeypatch.syspath_prepend(tmp_path)
    plugins._outside.cache_clear()

    def installer(module: str, code: str, points: dict[str, str]) -> None:
        (tmp_path / f"{module}.py").write_text(code, encoding="utf-8")
        about = tmp_path / f"{module}-1.0.dist-info"
        about.mkdir()
        (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: 1.0\n", encoding="utf-8")
        lines = [f"[{plugins.GROUP}]", *(f"{name} = {value}" for name, value in points.items())]
        (about / "entry_points.txt").write_text("\n".join(lines), encoding="utf-8")
        importlib.invalidate_caches()
        plugins._outside.cache_clear()

    yield installer
    for name in set(sys.modules) - before:
        if getattr(sys.modules[name], "__file__", None) and str(tmp_path) in str(sys.modules[name].__file__):
            del sys.modules[name]
    plugins._outside.cache_clear()


@pytest.fixture
def morse(install: Install) -> None:
    project = tomllib.loads((EXAMPLE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    code = (EXAMPLE / "voice_app_morse.py").read_text(encoding="utf-8")
    install("voice_app_morse", code, project["entry-points"][plugins.GROUP])


def make(name: str) -> Engine:
    return plugins.engine_maker(WORKSHOP)(name)


def lines() -> dict[str, plugins.Status]:
    return {status.name: status for status in plugins.statuses(plugins.engine_maker(WORKSHOP))}


@pytest.mark.usefixtures("morse")
class TestTheExample(EngineContract):
    @pytest.fixture
    def engine(self) -> Engine:
        return make("morse")

    def test_the_doctor_knows_it(self) -> None:
        assert lines()["morse"].detail == "1, 1 voice, morse/key first; works offline"

    def test_it_is_looked_through_before_espeak(self) -> None:
        names = tuple(plugins.Names())
        assert names.index("hibari") < names.index("morse") < names.index("espeak") < names.index("gtts")


GOOD = (EXAMPLE / "voice_app_morse.py").read_text(encoding="utf-8")
BROKEN = {
    "syntax": "def make(:",
    "missing import": "import a_package_that_is_not_there",
    "no make": "NAME = 'morse'",
    "exits": "raise SystemExit('I do not like this Python')",
    "make fails": "def make(workshop):\n    return 1 / 0",
    "another name": GOOD.replace('NAME = "morse"', 'NAME = "hibari"'),
    "no voices": GOOD.replace("return (Voice(", "return () and (Voice("),
    "voices fail": GOOD.replace("return (Voice(", "return 1 / 0, (Voice("),
}


@pytest.mark.parametrize("code", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_package_is_a_line_of_the_doctor_and_the_rest_works(install: Install, code: str) -> None:
    install("broken_engine", code, {"morse": "broken_engine"})
    found = lines()
    assert not found["morse"].ok
    assert len(found["morse"].detail) > 20
    assert found["hibari"].ok


MUMBLING = {
    "raises": GOOD.replace("plain = ", "plain = {}['secret words'] or "),
    "gives nothing": GOOD.replace("return Speech(", "return None and Speech("),
    "whole numbers": GOOD.replace("astype(np.float32)", "astype(np.int16)"),
    "silence": GOOD.replace("0.5 * np.sin", "0.0 * np.sin"),
    "not a number": GOOD.replace("0.5 * np.sin", "np.nan * np.sin"),
}


@pytest.mark.parametrize("code", MUMBLING.values(), ids=MUMBLING.keys())
def test_whatever_an_outside_engine_does_wrong_is_an_error_of_speech(install: Install, code: str) -> None:
    install("mumbling_engine", code, {"morse": "mumbling_engine"})
    with pytest.raises(EngineFailedError) as caught:
        make("morse").speak(SpeakRequest(text="good morning", language="en", voice="key"))
    assert "secret" not in str(caught.value)
    assert isinstance(caught.value, SpeechError)


def test_an_outside_engine_cannot_take_one_of_our_names(install: Install) -> None:
    install("taking_engine", "raise SystemExit", {"hibari": "taking_engine"})
    assert [*plugins.Names()].count("hibari") == 1
    assert make("hibari").voices()[0].id == "hibari/heart"
    taken = [s for s in plugins.statuses(plugins.engine_maker(WORKSHOP)) if s.name == "hibari" and not s.ok]
    assert [s.detail for s in taken] == ["taking_engine is not used: Voice App has one of that name."]


def test_an_engine_that_nobody_knows_is_an_error() -> None:
    with pytest.raises(EngineUnavailableError, match="nobody"):
        make("nobody")
