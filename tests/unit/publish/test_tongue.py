"""Which language a request gets, and its numbers, days and times."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from flask import Flask, render_template_string
from flask.ctx import RequestContext

from voice_app.publish import settings, tongue


def app() -> Flask:
    made = Flask(__name__)
    settings.install(made)
    tongue.install(made)
    made.add_url_rule("/asked", "asked", lambda: tongue.gettext("Saved."))
    made.add_url_rule("/plain", "plain", lambda: "ok")
    made.add_url_rule("/feed", "feed", lambda: f"{tongue.use('es-MX')} {tongue.gettext('Saved.')}")
    return made


@contextmanager
def asked_in(code: str) -> Iterator[RequestContext]:
    with app().test_request_context(headers={"Accept-Language": code}) as context:
        yield context


def test_outside_a_request_it_is_english() -> None:
    assert tongue.tongue().code == "en"
    assert tongue.ngettext("%(num)s article", "%(num)s articles", 2000) == "2,000 articles"
    assert tongue.day(date(2026, 11, 5)) == "5 November 2026"
    assert tongue.listed(["a", "b", "c"]) == "a, b and c"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 seconds"), (61, "1 minute 1 second"), (3600, "1 hour"), (7325.4, "2 hours 2 minutes 5 seconds")],
)
def test_a_time_is_in_words(seconds: float, words: str) -> None:
    assert tongue.length(seconds) == words


@pytest.mark.parametrize("asked", ["", "tlh", "en-GB,en;q=0.9", "*"])
def test_a_language_that_is_not_there_is_english(asked: str) -> None:
    with asked_in(asked):
        assert tongue.tongue().code == "en"


@pytest.mark.parametrize("asked", ["es", "es-AR,es;q=0.9,en;q=0.8", "tlh,es;q=0.2", "en;q=0.3,es"])
def test_the_language_that_is_liked_best_is_given(asked: str) -> None:
    with asked_in(asked):
        assert tongue.tongue().code == "es"
        assert tongue.day(date(2026, 11, 5)) == "5 de noviembre de 2026"
        assert tongue.length(3725) == "1 hora 2 minutos 5 segundos"
        assert tongue.size(806_800) == "806,8 kilobytes"
        assert tongue.name("pt-BR") == "portugués"
        assert tongue.name("qqq") == "qqq"


def test_arabic_has_six_forms_and_says_two_in_a_word() -> None:
    with asked_in("ar"):
        assert tongue.tongue().is_rtl
        told = [tongue.ngettext("%(num)s article", "%(num)s articles", number) for number in (1, 2, 3, 11, 100)]
        assert told == ["مقال واحد", "مقالان", "3 مقالات", "11 مقالًا", "100 مقال"]
        assert tongue.length(3725) == "ساعة ودقيقتان و5 ثوان"
        assert tongue.size(12_300_000) == "12.3 ميغابايت"


def test_what_was_chosen_comes_before_what_the_browser_asks_for() -> None:
    with app().test_client() as client:
        client.set_cookie(settings.COOKIE, "language=ar")
        answer = client.get("/asked", headers={"Accept-Language": "es"})
        assert answer.text == "تم الحفظ."
        assert answer.headers["Content-Language"] == "ar"


def test_an_answer_says_that_it_depends_on_the_language_only_where_it_does() -> None:
    with app().test_client() as client:
        assert set(client.get("/asked").vary.as_set()) == {"cookie", "accept-language"}
        assert not client.get("/plain").vary
        feed = client.get("/feed", headers={"Accept-Language": "ar"})
        assert feed.text == "True Guardado."
        assert not feed.vary


def test_a_text_without_a_translation_stands_as_it_is() -> None:
    with asked_in("es"):
        assert tongue.gettext("Nobody has said %(this)s before", this="that") == "Nobody has said that before"
        assert tongue.gettext("") == ""


def test_what_is_filled_in_the_other_way_stands_apart() -> None:
    with asked_in("ar"):
        assert "\u2068Ada\u2069" in tongue.gettext("By %(name)s", name="Ada")
        assert "\u2068" not in tongue.gettext("By %(name)s", name="ليلى")
    assert tongue.gettext("By %(name)s", name="ليلى") == "By \u2068ليلى\u2069"


def test_templates_escape_what_is_filled_in_and_leave_addresses_alone() -> None:
    with asked_in("ar"):
        assert "&lt;b&gt;" in render_template_string('{{ _("By %(name)s", name="<b>") }}')
        link = '{% trans address="/a", name="Ada" %}<a href="{{ address }}">{{ name }}</a>{% endtrans %}'
        assert render_template_string(link) == '<a href="/a">\u2068Ada\u2069</a>'
        assert render_template_string('{{ ngettext("%(num)s voice", "%(num)s voices", 12) }}') == "12 صوتًا"


@pytest.mark.parametrize(
    ("tag", "attributes"),
    [
        ("ar-EG", 'lang="ar-EG" dir="rtl"'),
        ("en", 'lang="en" dir="ltr"'),
        ("pa-Arab", 'lang="pa-Arab" dir="rtl"'),
        ("tlh", 'lang="tlh" dir="auto"'),
        ('"><b>', 'lang="&#34;&gt;&lt;b&gt;" dir="auto"'),
        ("", 'dir="auto"'),
    ],
)
def test_a_text_says_its_language_and_its_direction(tag: str, attributes: str) -> None:
    assert tongue.lang(tag) == attributes
