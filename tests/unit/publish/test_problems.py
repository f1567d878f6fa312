"""An error is told in the reader's language, also when it comes out of the library as a text."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from flask import Flask

from voice_app import errors as e
from voice_app.publish import problems
from voice_app.worker import UNEXPECTED


def subclasses(kind: type[e.VoiceAppError]) -> Iterator[type[e.VoiceAppError]]:
    yield kind
    for each in kind.__subclasses__():
        if each.__module__ == e.__name__:
            yield from subclasses(each)


@pytest.fixture(params=["es", "ar"])
def code(request: pytest.FixtureRequest) -> Iterator[str]:
    with Flask(__name__).test_request_context(headers={"Accept-Language": request.param}):
        yield request.param


@pytest.mark.parametrize("kind", list(subclasses(e.VoiceAppError)))
def test_what_every_kind_of_error_says_is_translated(code: str, kind: type[e.VoiceAppError]) -> None:
    english = str(kind())
    found = problems.told(english)
    assert found != english
    assert "lang=" not in problems.shown(english)


def test_an_error_is_known_by_its_two_sentences_and_what_is_in_them() -> None:
    told = "There is a picture at that address and no article."
    problem = e.UnsupportedTypeError(
        told, todo="Give the address of the page that it belongs to, or paste the text instead."
    )
    with Flask(__name__).test_request_context(headers={"Accept-Language": "es"}):
        assert problems.told(str(problem)) == (
            "En esa dirección hay una imagen y ningún artículo. "
            "Indica la dirección de la página a la que pertenece o pega el texto."
        )
        large = e.TooLargeError("bread. and butter.pdf is too large: more than 50 MB.")
        assert problems.told(str(large)).startswith("bread. and butter.pdf es demasiado grande: más de 50 MB. Divídelo")


def test_a_name_that_is_written_the_other_way_stands_apart() -> None:
    with Flask(__name__).test_request_context(headers={"Accept-Language": "ar"}):
        assert "\u2068bread.pdf\u2069" in problems.told(str(e.FileMissingError("bread.pdf could not be opened.")))


def test_the_names_of_languages_are_translated_in_it() -> None:
    text = (
        "No voice for Czech is installed here, so this is read by a voice for Polish. "
        "Install espeak-ng, or name a voice for the language in narration.voices."
    )
    with Flask(__name__).test_request_context(headers={"Accept-Language": "es"}):
        assert "checo" in problems.told(text)
        assert "polaco" in problems.told(text)


@pytest.mark.parametrize(
    ("english", "spanish"),
    [
        (
            "Kokoro's model is not installed. Run `make kokoro`, which gets 90 MB.",
            "El modelo de Kokoro no está instalado.",
        ),
        ("The program piper took too long for a sentence. Try again, or choose another voice.", "El programa piper ha"),
        (
            "Google's speech service did not answer. Try again, or choose another voice.",
            "El servicio de voz de Google no",
        ),
        ("The speech server answered 401. Try again, or choose another voice.", "El servidor de voz ha respondido"),
        (UNEXPECTED, "Algo inesperado ha fallado con este artículo."),
        (
            "The queue is full: it holds 500 articles. Wait ten minutes, then try again.",
            "La cola está llena: caben 500",
        ),
    ],
)
def test_what_engines_the_worker_and_the_library_say_is_translated(english: str, spanish: str) -> None:
    with Flask(__name__).test_request_context(headers={"Accept-Language": "es"}):
        assert problems.told(english).startswith(spanish)
        assert "lang=" not in problems.shown(english)


def test_what_is_not_known_stays_and_says_that_it_is_english(code: str) -> None:
    text = "The valve <b> is stuck. Try again in a minute."
    assert problems.told(text) == text
    assert problems.shown(text) == f'<span lang="en" dir="ltr">{text.replace("<b>", "&lt;b&gt;")}</span>'
    assert problems.told("") == problems.shown("") == ""


def test_in_english_nothing_is_changed() -> None:
    assert problems.told("There is no text in it.") == problems.shown("There is no text in it.")


@pytest.mark.parametrize(
    "text",
    [
        "There is no such file: " * 80,
        "x is too large: more than " * 70,
        "a " * 990,
        "This type of file cannot be read yet: it is y. " * 9 + "y",
    ],
)
def test_a_text_made_to_be_slow_is_not(code: str, text: str) -> None:
    problems.told("warm")
    began = time.perf_counter()
    assert problems.told(text) == text
    assert time.perf_counter() - began < 1
