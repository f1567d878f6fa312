"""The language of the site's own words: which one a request gets, and its texts, dates and numbers.

An article has a language of its own, which this leaves alone. Texts are marked with gettext's names where they stand,
`make texts` collects them, and `locale/<language>/LC_MESSAGES/messages.po` has them in each language. English is the
texts themselves. Outside a request everything is English.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask, g, has_request_context, request

from voice_app.publish.settings import LANGUAGES, settings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from babel import Locale
    from babel.messages import Catalog
    from babel.support import Translations

LOCALES = Path(__file__).with_name("locale")
SCRIPTS = ".js"
PLURALS = ("zero", "one", "two", "few", "many", "other")
"""CLDR's names for plural forms, in the order in which gettext's catalogues have those that a language knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    """One language with its texts. `is_rtl` tells whether it is written from right to left."""

    code: str
    locale: Locale
    texts: Translations

    @property
    def is_rtl(self) -> bool:
        return self.locale.text_direction == "rtl"


def install(app: Flask) -> None:
    """Give the templates gettext's functions, and say in each answer that it depends on the language asked for."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.context_processor(lambda: {"tongue": tongue(), "script_texts": script_texts(tongue().code)})


def tongue() -> Tongue:
    """The language of this request: the one chosen in the settings, else the best one that the browser names."""
    if not has_request_context():
        return _tongue("en")
    if "tongue" not in g:
        g.tongue = _tongue(settings()["language"] or request.accept_languages.best_match(LANGUAGES) or "en")
    return g.tongue  # type: ignore[no-any-return]


def use(code: str) -> None:
    """Have the rest of this request answered in this language."""
    g.tongue = _tongue(code)


def gettext(text: str, **values: Any) -> str:
    """A text in this request's language, its `%(name)s` filled in."""
    found = tongue().texts.ugettext(text)
    return found % values if values else found


def ngettext(one: str, many: str, num: int, **values: Any) -> str:
    """A text for one or many, in this request's language; `%(num)s` is the number as that language writes it."""
    return tongue().texts.ungettext(one, many, num) % ({"num": number(num)} | values)


def later(text: str) -> str:
    """Marks a text that is translated where it is shown, as constants are."""
    return text


def number(value: float) -> str:
    """2,000 or 2.000."""
    from babel.numbers import format_decimal

    return format_decimal(value, locale=tongue().locale)


def day(value: date) -> str:
    """27 November 2026."""
    from babel.dates import format_date

    pattern = "d MMMM y" if tongue().code == "en" else "long"
    return format_date(value, pattern, locale=tongue().locale)


def length(seconds: float) -> str:
    """A time in words, without the parts that are zero: 1 hour 2 minutes 3 seconds."""
    from babel.units import format_unit

    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    parts = [(n, unit) for n, unit in ((hours, "hour"), (minutes, "minute"), (rest, "second")) if n]
    told = [format_unit(n, f"duration-{unit}", locale=tongue().locale) for n, unit in parts or [(0, "second")]]
    return " ".join(told)


@lru_cache
def script_texts(code: str) -> Mapping[str, Any]:
    """What the page's scripts need of a language: its texts by their English, and the names of its plural forms."""
    found = {
        _forms(message.id)[0]: _forms(message.string)
        for message in _catalogue(code)
        if message.id and any(path.endswith(SCRIPTS) for path, _ in message.locations)
    }
    return {"texts": found, "plurals": _plurals(code)}


def _forms(text: str | Sequence[str] | None) -> list[str]:
    return [text] if isinstance(text, str) else list(text or ())


def _plurals(code: str) -> list[str]:
    from babel import Locale

    known = {*Locale.parse(code).plural_form.rules, "other"}
    count = _catalogue(code).num_plurals
    return [*[name for name in PLURALS if name in known][: count - 1], "other"]


@lru_cache
def _tongue(code: str) -> Tongue:
    from babel import Locale
    from babel.messages.mofile import write_mo
    from babel.support import Translations

    compiled = io.BytesIO()
    write_mo(compiled, _catalogue(code))
    compiled.seek(0)
    return Tongue(code=code, locale=Locale.parse(code), texts=Translations(compiled))


@lru_cache
def _catalogue(code: str) -> Catalog:
    """A language's texts. They are compiled when they are first needed, so that there is one file of each language."""
    from babel.messages import Catalog
    from babel.messages.pofile import read_po

    path = LOCALES / code / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return Catalog(locale=code)
    with path.open("rb") as file:
        return read_po(file, locale=code)
