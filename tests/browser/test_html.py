"""The HTML of every page, as it is served, in each language: nothing that two validators find."""

from __future__ import annotations

import json
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.browser.engines import module
from tests.browser.places import EMPTY, PLACES
from tests.browser.site import Site, opened, sort
from tests.conftest import require
from voice_app.publish.settings import LANGUAGES

pytestmark = pytest.mark.browser

RULES = {
    "extends": ["html-validate:recommended", "html-validate:a11y"],
    "rules": {
        # what a person reads is none of the validator's business
        "long-title": "off",
        "no-trailing-whitespace": "off",
        # both ways of writing are HTML
        "attribute-boolean-style": "off",
        "attribute-empty-style": "off",
        "doctype-style": "off",
        "void-style": "off",
        # the frame's colours come with it, named by their digest in its policy
        "no-inline-style": "off",
        # the one is for browsers that know no CSS list style, the other for those that forget a list without bullets
        "no-redundant-role": "off",
        "prefer-native-element": "off",
    },
}


ACCEPTED = {
    # Safari's VoiceOver takes a list without bullets for none, unless it is said
    "The “list” role is unnecessary for element “ul”.",
    "The “list” role is unnecessary for element “ol”.",
    # a bar that is shown when there is something to show, and never to screen readers
    "Attribute “aria-hidden” is unnecessary for elements that have attribute “hidden”.",
}
"""Of the warnings."""


@pytest.fixture(scope="module")
def folder(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every page in a file of its own, named by language and place."""
    if "sorted" not in site.slugs:
        sort(site)
    found = tmp_path_factory.mktemp("html")
    with opened(tmp_path_factory.mktemp("empty")) as empty:
        for code in LANGUAGES:
            for made, places in ((site, PLACES), (empty, EMPTY)):
                for place in places:
                    name = f"{code} {place.name}.html".replace("/", " ")
                    (found / name).write_bytes(served(place.address(made), code))
    return found


def served(address: str, language: str) -> bytes:
    asked = urllib.request.Request(address, headers={"Cookie": f"settings=language={language}"})
    try:
        with urllib.request.urlopen(asked, timeout=10) as answer:
            body: bytes = answer.read()
    except urllib.error.HTTPError as problem:
        body = problem.read()
    return body


def html_validate(folder: Path) -> list[str]:
    program = module("html-validate/bin/html-validate.mjs")
    (folder / ".htmlvalidate.json").write_text(json.dumps(RULES | {"root": True}))
    command = [require("node"), str(program), "--formatter", "json=found.json", "--config", ".htmlvalidate.json", "."]
    subprocess.run(command, cwd=folder, capture_output=True, timeout=100, check=False)
    return [
        f"{Path(file['filePath']).name}, line {fault['line']}: {fault['ruleId']}: {fault['message']}"
        for file in json.loads((folder / "found.json").read_text())
        for fault in file["messages"]
    ]


def nu(folder: Path) -> list[str]:
    """The validator behind validator.w3.org."""
    program = module("vnu-jar/build/dist/vnu.jar")
    files = sorted(map(str, folder.glob("*.html")))
    command = [require("java"), "-Xss2m", "-jar", str(program), "--format", "json", "--exit-zero-always", *files]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)
    found = json.loads(ran.stderr)["messages"]
    return [
        f"{Path(fault['url']).name}, line {fault.get('lastLine')}: {fault['message']} {fault.get('extract', '')}"
        for fault in found
        if fault["type"] == "error" or fault.get("subType") == "warning"
        if fault["message"] not in ACCEPTED
    ]


@pytest.mark.parametrize("validator", [html_validate, nu])
def test_nothing_is_found_in_any_page(folder: Path, validator: object) -> None:
    assert callable(validator)
    found = validator(folder)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("validator", [html_validate, nu])
def test_what_is_wrong_is_found(tmp_path: Path, validator: object) -> None:
    assert callable(validator)
    (tmp_path / "x.html").write_text(
        '<!doctype html><html lang="en"><title>x</title><p><div id=a></div><i id=a></i></p>'
    )
    assert len(validator(tmp_path)) >= 2
