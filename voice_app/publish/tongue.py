"""The language of the site's own words: which one a request gets, and its texts, dates and numbers.

An article has a language of its own: `lang` says it where its words stand on a page. Texts are marked with gettext's
names where they stand, `make texts` collects them, and `locale/<language>/LC_MESSAGES/messages.po` has them in each
language. English is the texts themselves. Outside a request everything is English.
"""

from __future__ import annotations

import io
import re
import sys
from dataclasses import dataclass
from functools import lru_cache, reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import bidirectional

from markupsafe import Markup

from voice_app.model import language_name, primary
from voice_app.publish.settings import LANGUAGES, settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from babel import Locale
    from babel.messages import Catalog
    from babel.support import Translations
    from flask import Flask, Response

LOCALES = Path(__file__).with_name("locale")
LOCALE = {"en": "en_GB"}
"""The country whose dates and lists a language has, where it is not the one that CLDR takes for it."""
SIZES = (("gigabyte", 1_000_000_000), ("megabyte", 1_000_000), ("kilobyte", 1_000))
SCRIPTS = ".js"
_VALUE = re.compile(r"<[^>]*>|%\((\w+)\)s")
"""A value to fill in, or a tag: the values in there are addresses."""
PROBLEM = "problem"
"""The remark in the catalogue of each sentence that an error may say."""
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
        return bool(self.locale.text_direction == "rtl")

    @property
    def attributes(self) -> Markup:
        """`lang` and `dir` for what is in this language."""
        return lang(self.code)


def install(app: Flask) -> None:
    """Give the templates gettext's functions, and say of an answer that it is in the language asked for."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.newstyle_gettext = True  # type: ignore[attr-defined]
    app.jinja_env.globals.update({"_": _shown, "gettext": _shown, "ngettext": _shown_many})
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.filters.update(day=day, number=number, size=size, lang=lang, language_name=name)
    app.context_processor(_everywhere)
    app.after_request(_say)


def _everywhere() -> dict[str, Any]:
    """What all templates may use."""
    others = {code: words for code, words in LANGUAGES.items() if code != tongue().code}
    return {"tongue": tongue(), "other_languages": others, "script_texts": script_texts(tongue().code)}


def tongue() -> Tongue:
    """The language of this request: the one chosen in the settings, else the best one that the browser names."""
    if "flask" not in sys.modules:  # nothing is served: a command line spares the time of loading it
        return _tongue("en")
    from flask import g, has_request_context, request

    if not has_request_context():
        return _tongue("en")
    if "tongue" not in g:
        g.tongue = _tongue(settings()["language"] or request.accept_languages.best_match(LANGUAGES) or "en")
        g.tongue_was_asked = True
    return g.tongue  # type: ignore[no-any-return]


def use(code: str) -> bool:
    """Answer this request in one language, such as es or es-MX, whatever its asker reads. False when the site does not
    speak it: then it is English."""
    from flask import g

    is_known = primary(code) in LANGUAGES
    g.tongue = _tongue(primary(code) if is_known else "en")
    return is_known


def _say(response: Response) -> Response:
    from flask import g

    if g.get("tongue_was_asked"):
        response.vary.update(("Cookie", "Accept-Language"))
        response.content_language.add(tongue().code)
    return response


def gettext(text: str, **values: Any) -> str:
    """A text in this request's language, its `%(name)s` filled in."""
    found = tongue().texts.ugettext(text) if text else ""  # that of nothing is the catalogue's head
    return filled(found, values) if values else found


def filled(text: str, values: Mapping[str, Any]) -> str:
    """A text that is translated already, with its values."""
    return _apart(text, values) % values


def ngettext(one: str, many: str, num: int, **values: Any) -> str:
    """A text for one or many, in this request's language; `%(num)s` is the number as that language writes it."""
    found = tongue().texts.ungettext(one, many, num)
    return filled(found, {"num": number(num)} | values)


def _shown(text: str, **values: Any) -> Markup:
    """The same for templates: what is filled in is escaped, and a per cent sign is always written twice."""
    return Markup(_apart(gettext(text), values)) % values  # noqa: S704 - our own text and its translation


def _shown_many(one: str, many: str, num: int, **values: Any) -> Markup:
    found = Markup(_apart(tongue().texts.ungettext(one, many, num), values))  # noqa: S704
    return found % ({"num": number(num)} | values)


def _apart(text: str, values: Mapping[str, Any]) -> str:
    """The text with invisible marks around values that are written the other way, so that its own order stays."""

    def marked(found: re.Match[str]) -> str:
        return f"\u2068{found[0]}\u2069" if found[1] and _is_other_way(values.get(found[1])) else found[0]

    return _VALUE.sub(marked, text)


def _is_other_way(value: Any) -> bool:
    other = ("L",) if tongue().is_rtl else ("R", "AL")
    is_text = isinstance(value, str) and not isinstance(value, Markup)  # elements say their direction themselves
    return is_text and any(bidirectional(character) in other for character in value)


def later(text: str) -> str:
    """Marks a text that is translated where it is shown, as constants are."""
    return text


def later_many(one: str, many: str) -> tuple[str, str]:
    """Marks a text for one or many that `ngettext` gets where it is shown."""
    return one, many


def number(value: float) -> str:
    """2,000 or 2.000."""
    from babel.numbers import format_decimal

    return format_decimal(value, locale=tongue().locale)


def day(value: date) -> str:
    """27 November 2026."""
    from babel.dates import format_date

    return format_date(value, "long", locale=tongue().locale)


def size(count: int) -> str:
    """Bytes in words, as a voice spells what is short: 806.8 kilobytes, 12.3 megabytes."""
    from babel.units import format_unit

    unit, share = next(((unit, count / of) for unit, of in SIZES if count >= of), ("kilobyte", count / 1_000))
    return format_unit(round(share, 1), f"digital-{unit}", "long", locale=tongue().locale)


def length(seconds: float) -> str:
    """A time in words, without the parts that are zero: 1 hour 2 minutes 3 seconds. `static/words.js` says the same."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    parts = [(n, unit) for n, unit in ((hours, "hour"), (minutes, "minute"), (rest, "second")) if n]
    return reduce(_with, (_part(tongue().code, n, unit) for n, unit in parts or [(0, "second")]))


@lru_cache(maxsize=500)
def _part(code: str, count: int, unit: str) -> str:
    from babel.units import format_unit

    return format_unit(count, f"duration-{unit}", locale=_tongue(code).locale)


def _with(first: str, rest: str) -> str:
    # Translators: the parts of a time, as in "1 hour" and "5 minutes"
    return gettext("%(first)s %(rest)s", first=first, rest=rest)


def listed(parts: Iterable[str]) -> str:
    """a, b and c."""
    from babel.lists import format_list

    return format_list(list(parts), locale=tongue().locale)


def name(tag: str) -> str:
    """What a language is called in this request's language; the tag itself where it has no name."""
    found = tongue().locale.languages.get(primary(tag)) if tongue().code != "en" else None
    return found or language_name(tag)


@lru_cache(maxsize=1000)
def lang(tag: str | None) -> Markup:
    """The attributes of an element whose text is in that language: `lang="ar" dir="rtl"`."""
    if not tag:
        return Markup('dir="auto"')
    return Markup('lang="{}" dir="{}"').format(tag, _direction(tag))


def _direction(tag: str) -> str:
    from babel import Locale, UnknownLocaleError

    try:
        return str(Locale.parse(tag.replace("_", "-"), sep="-").text_direction)
    except (UnknownLocaleError, ValueError):
        return "auto"


@lru_cache
def script_texts(code: str) -> Mapping[str, Any]:
    """What the page's scripts need of a language: its texts by their English, and the names of its plural forms."""
    found = {
        _forms(message.id)[0]: _forms(message.string)
        for message in _catalogue(code)
        if message.id and any(path.endswith(SCRIPTS) for path, _ in message.locations)
    }
    return {"texts": found, "plurals": _plurals(code)}


def problem_texts(code: str) -> dict[str, str]:
    """The sentences of errors with their translations, as far as a language has them."""
    found = {str(m.id): str(m.string) for m in _catalogue(code) if PROBLEM in m.auto_comments and m.string}
    return {english: told if "%(" in english else told.replace("%", "%%") for english, told in found.items()}


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
    return Tongue(code=code, locale=Locale.parse(LOCALE.get(code, code)), texts=Translations(compiled))


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
