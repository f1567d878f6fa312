"""The translations are whole: every text of the site, in every language, with all that belongs into it."""

from __future__ import annotations

import json
import re
import runpy
from pathlib import Path
from typing import Any

import pytest
from babel import Locale
from babel.messages import Catalog
from babel.messages.catalog import Message
from babel.messages.plurals import get_plural

from voice_app.publish import tongue
from voice_app.publish.settings import LANGUAGES

SCRIPT = Path(__file__).parents[3] / "scripts" / "texts.py"
OTHERS = [code for code in LANGUAGES if code != "en"]
VALUE = re.compile(r"%\(\w+\)s")
MARKUP = re.compile(r"</?\w+")
CALLED = re.compile(r'\bn?gettext\(\s*("(?:[^"\\]|\\.)*"|[^\s)][^,)]*)')
COUNTS = range(1_001)


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    return runpy.run_path(str(SCRIPT))


@pytest.fixture(scope="module")
def english(script: dict[str, Any]) -> Catalog:
    return script["collected"]()  # type: ignore[no-any-return]


def forms(text: object) -> list[str]:
    return [text] if isinstance(text, str) else list(text or ())  # type: ignore[call-overload]


def translated(code: str) -> dict[str, Message]:
    return {forms(message.id)[0]: message for message in tongue._catalogue(code) if message.id}


def test_each_language_has_its_file_and_its_name() -> None:
    there = {path.name for path in tongue.LOCALES.iterdir() if path.is_dir()}
    assert there == set(OTHERS)
    assert all(name == Locale.parse(code).display_name.capitalize() for code, name in LANGUAGES.items())


@pytest.mark.parametrize("code", OTHERS)
def test_every_text_is_translated_and_none_is_left_over(code: str, english: Catalog) -> None:
    found = translated(code)
    missing = [
        message.id
        for message in english
        if message.id and not all(forms(found[forms(message.id)[0]].string) if forms(message.id)[0] in found else [""])
    ]
    assert not missing, "run `make texts` and translate these"
    assert not found.keys() - {forms(message.id)[0] for message in english if message.id}, "run `make texts`"


def test_no_text_of_a_script_is_overlooked(english: Catalog) -> None:
    """Babel does not see into all that stands in a template literal, nor what a variable holds."""
    scripts = sorted((tongue.LOCALES.parent / "web" / "static").glob("*.js"))
    marked = [
        (path.name, json.loads(text) if text.startswith('"') else text)
        for path in scripts
        if path.name != "texts.js"
        for text in CALLED.findall(path.read_text(encoding="utf-8"))
    ]
    assert len(marked) > 50
    assert not [(name, text) for name, text in marked if english.get(text) is None]


@pytest.mark.parametrize("code", OTHERS)
def test_values_and_markup_are_in_every_form(code: str) -> None:
    for message in translated(code).values():
        texts = forms(message.string)
        for mark in (VALUE, MARKUP):
            wanted = set(mark.findall(forms(message.id)[-1]))
            # a form for exactly one or two may say the number in a word
            free = {"%(num)s"} if len(texts) > 1 else set()
            wrong = [text for text in texts if wanted - free != set(mark.findall(text)) - free]
            assert not wrong, message.id


@pytest.mark.parametrize("code", OTHERS)
def test_plurals_are_counted_as_the_language_does(code: str) -> None:
    catalogue, rule = tongue._catalogue(code), Locale.parse(code).plural_form
    names = tongue._plurals(code)
    assert catalogue.num_plurals == len(names)
    assert len({len(forms(m.string)) for m in catalogue if isinstance(m.id, tuple)} | {catalogue.num_plurals}) == 1
    texts = tongue._tongue(code).texts
    for count in COUNTS:
        assert names[texts.plural(count)] == rule(count), count  # type: ignore[attr-defined]


def test_a_new_text_is_added_and_an_old_one_stays(script: dict[str, Any], tmp_path: Path) -> None:
    script["update"].__globals__["LOCALES"] = tmp_path
    template = Catalog()
    template.add("One", locations=[("voice_app/one.py", 0)])
    script["update"]("de", template)
    path = tmp_path / "de" / "LC_MESSAGES" / "messages.po"
    path.write_text(path.read_text().replace('msgid "One"\nmsgstr ""', 'msgid "One"\nmsgstr "Eins"'))
    template.add("Two", locations=[("voice_app/two.py", 0)])
    assert script["untranslated"](script["update"]("de", template)) == ["Two"]
    assert '"Eins"' in path.read_text()
    assert get_plural("de").plural_forms in path.read_text()
    before = path.read_bytes()
    script["update"]("de", template)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('raise TooLargeError("It is too large.")', ["It is too large."]),
        ('raise X(f"It has {count:,} pages; the most is {MAX:,}.")', ["It has %(count)s pages; the most is %(max)s."]),
        ('raise X(f"{kind.lower()} and {other.kind!r} differ.")', ["%(kind)s and %(kind_again)s differ."]),
        ('gettext("This is marked.")', []),
        ('"""A docstring says this."""', []),
        ('log.info("page read pages=%s", 3)', []),
        ("NAME = 'Chapter'", []),
    ],
)
def test_the_sentences_of_errors_are_found_where_they_are_raised(
    script: dict[str, Any], source: str, found: list[str]
) -> None:
    assert list(script["problems"](source)) == found
