"""The house's rules, as far as a program can check them."""

from __future__ import annotations

import ast
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from voice_app import model

HOUSE = Path(__file__).parents[1]
CODE = sorted((HOUSE / "voice_app").rglob("*.py"))
MAX_MODULE_LINES = 400
MAX_FUNCTION_LINES = 60
P90_FUNCTION_LINES = 30


def _functions() -> Iterator[tuple[str, int]]:
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{path.relative_to(HOUSE)}:{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1


def test_imports_only_go_down() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=HOUSE,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]


def test_functions_fit_on_a_screen() -> None:
    lengths = dict(_functions())
    longest = {name: lines for name, lines in lengths.items() if lines > MAX_FUNCTION_LINES}
    assert not longest
    assert statistics.quantiles(lengths.values(), n=10)[-1] <= P90_FUNCTION_LINES


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(HOUSE)))
def test_modules_are_short_and_say_what_they_are(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= MAX_MODULE_LINES
    assert ast.get_docstring(ast.parse(text)) or path.name == "__main__.py"


def _loaded(statement: str) -> set[str]:
    code = f"import sys; {statement}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=HOUSE, capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in done.stdout.split()}


HEAVY = {
    "numpy",
    "onnxruntime",
    "hibari",
    "dbos",
    "sqlalchemy",
    "flask",
    "trafilatura",
    "av",
    "PIL",
    "scipy",
    "requests",
    "pypdfium2",
}


@pytest.mark.parametrize(
    "module",
    [
        *("voice_app", "voice_app.cli", "voice_app.narrator", "voice_app.plugins", "voice_app.wiring"),
        *("voice_app.ingest.reader", "voice_app.publish.receipt"),
    ],
)
def test_what_is_not_needed_is_not_loaded(module: str) -> None:
    assert not _loaded(f"import {module}") & HEAVY


def test_of_the_model_only_that_is_loaded_which_is_asked_for() -> None:
    code = "import sys; from voice_app.model import Voice; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=HOUSE, capture_output=True, text=True, check=True)
    assert "voice_app.model.sound" in done.stdout.split()
    assert "voice_app.model.library" not in done.stdout.split()


def test_every_name_of_the_model_is_there() -> None:
    assert {name: getattr(model, name).__class__ for name in model.__all__}
    with pytest.raises(AttributeError, match="Nonsense"):
        _ = model.Nonsense


def test_the_site_loads_neither_voice_nor_queue() -> None:
    loaded = _loaded("from voice_app import create_app; create_app()")
    assert "flask" in loaded
    assert not loaded & {"onnxruntime", "hibari", "dbos", "trafilatura", "av"}


def test_the_voice_loads_no_scipy() -> None:
    loaded = _loaded("from voice_app.speech.engines import hibari; hibari._model()")
    assert "onnxruntime" in loaded
    assert "scipy" not in loaded


@pytest.mark.parametrize("name", ["markdown", "text"])
def test_simple_formats_need_no_extractor(name: str) -> None:
    loaded = _loaded(f"import voice_app.ingest.formats.{name}")
    assert not loaded & {"trafilatura", "pygoreadability", "requests"}
