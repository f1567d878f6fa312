"""What is installed: pinned, hashed, as pyproject.toml says, and of licences that a permissive project can use."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1]
PIN = re.compile(r"^([\w.-]+)==([^\s;]+)(?:\s*;\s*(.+?))?\s*\\?$", re.M)
BUNDLES_TO_DECLARE = ("hibari-tts", "lameenc", "psycopg", "tld", "chardet", "certifi", "av", "numpy", "pillow")


def _pins(name: str) -> list[tuple[str, str]]:
    return [(m.group(1).lower(), m.group(2)) for m in PIN.finditer((HOUSE / name).read_text(encoding="utf-8"))]


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_is_pinned_and_hashed(name: str) -> None:
    text = (HOUSE / name).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=\S)", text.strip())
    assert len(entries) > 30
    assert all(PIN.match(entry.splitlines()[0]) and "--hash=sha256:" in entry for entry in entries)
    assert "://" not in text


def test_pyproject_and_requirements_agree() -> None:
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pins = _pins("requirements.txt")
    for wanted in project["dependencies"]:
        name, _, version = wanted.partition(";")[0].strip().partition("==")
        found = [pin for pin in pins if pin[0] == name]
        assert found, wanted
        assert not version or (name, version) in found


def test_the_extra_for_buckets_is_pinned_as_in_the_tests() -> None:
    extras = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    (pin,) = _pins("requirements-bucket.txt")
    assert extras["bucket"] == ["==".join(pin)]
    assert pin in _pins("requirements-dev.txt")
    assert "--hash=sha256:" in (HOUSE / "requirements-bucket.txt").read_text(encoding="utf-8")
    assert "MIT" in _licences(pin[0])


def test_the_four_that_the_owner_named_are_there() -> None:
    names = {name for name, _ in (*_pins("requirements.txt"), *_pins("requirements-dev.txt"))}
    assert {"flask", "gtts", "pydub", "pytest"} <= names


def _licences(name: str) -> str:
    about = metadata.metadata(name)
    classifiers = [c for c in about.get_all("Classifier") or [] if c.startswith("License")]
    return " ".join([about.get("License-Expression") or "", (about.get("License") or "")[:200], *classifiers])


def test_no_default_dependency_is_under_the_gpl_or_agpl() -> None:
    """A choice ("MPL or GPL") and the lesser GPL are fine, and named in NOTICE."""
    checked = 0
    for name, _ in _pins("requirements.txt"):
        try:
            licences = _licences(name)
        except metadata.PackageNotFoundError:
            continue  # for another Python or system
        checked += 1
        strict = re.search(r"(?<!L)(?<!Lesser )(?:A?GPL|(?:Affero )?General Public License)", licences)
        assert not strict or " OR " in licences, f"{name}: {licences}"
    assert checked > 50


def test_the_notice_names_what_must_be_declared() -> None:
    notice = (HOUSE / "NOTICE").read_text(encoding="utf-8")
    installed = {name for name, _ in _pins("requirements.txt")}
    for name in BUNDLES_TO_DECLARE:
        assert name in installed
        assert re.search(rf"\b{re.escape(name)}\b", notice), name
