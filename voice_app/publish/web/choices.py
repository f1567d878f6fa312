"""What the page of settings offers, in the order in which it stands there, with the words that people read.

To add a setting: its name and values into `publish/settings.py`, and a line here in the group where people look for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from voice_app.publish.settings import CHOICES, LANGUAGES
from voice_app.publish.tongue import gettext, length, tongue


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of several. `words` has every value of the setting `name` with what people read, in order."""

    name: str
    title: str
    words: Mapping[str, str]
    hint: str = ""

    @property
    def usual(self) -> str:
        return CHOICES[self.name][0]

    def given(self, form: Mapping[str, str]) -> dict[str, str]:
        return {self.name: form.get(self.name, self.usual)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """A setting of two values, as a box: `ticked` is its value with the mark in it."""

    name: str
    title: str
    ticked: str

    @property
    def usual(self) -> str:
        return CHOICES[self.name][0]

    @property
    def unticked(self) -> str:
        (other,) = set(CHOICES[self.name]) - {self.ticked}
        return other


@dataclass(frozen=True, slots=True, kw_only=True)
class Switches:
    """Several boxes under one title."""

    title: str
    switches: tuple[Switch, ...]
    hint: str = ""

    def given(self, form: Mapping[str, str]) -> dict[str, str]:
        """A form leaves out a box without its mark."""
        return {each.name: each.ticked if each.name in form else each.unticked for each in self.switches}


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What stands under one heading; `id` is its anchor."""

    id: str
    title: str
    fields: tuple[Choice | Switches, ...]
    needs_scripts: bool = False


def groups() -> tuple[Group, ...]:
    """All that can be chosen, in this request's language; that one first, for those who cannot read it."""
    return (
        Group(id="language", title=gettext("Language"), fields=(_language(),)),
        Group(id="colours", title=gettext("Colours"), fields=(_theme(), _links())),
        Group(id="text", title=gettext("Text"), fields=(_size(), _font(), _width())),
        Group(id="spacing", title=gettext("Spacing"), fields=_spacing()),
        Group(id="listening", title=gettext("Listening"), fields=_listening(), needs_scripts=True),
        Group(id="controls", title=gettext("The player's controls"), fields=_controls(), needs_scripts=True),
        Group(id="skipping", title=gettext("Skip while listening"), fields=skipping(), needs_scripts=True),
    )


def given(form: Mapping[str, str]) -> dict[str, str]:
    """The settings of a form that was sent, for `settings.valid`."""
    fields = (field for group in groups() for field in group.fields)
    return {name: value for field in fields for name, value in field.given(form).items()}


def _theme() -> Choice:
    words = {
        "": gettext("As this device has it"),
        "light": gettext("Light"),
        "dark": gettext("Dark"),
        "light-high": gettext("Light, high contrast"),
        "dark-high": gettext("Dark, high contrast"),
    }
    return Choice(name="theme", title=gettext("Colours of the pages"), words=words)


def _links() -> Choice:
    words = {"usual": gettext("Where they stand in a text"), "underlined": gettext("Everywhere")}
    return Choice(name="links", title=gettext("Links are underlined"), words=words)


def _size() -> Choice:
    words = {value: _percent(value) for value in CHOICES["text"]}
    return Choice(name="text", title=gettext("Size of all text"), words=words)


def _font() -> Choice:
    words = {
        "serif": gettext("With serifs, as in books"),
        "sans": gettext("Without serifs"),
        "legible": gettext("Atkinson Hyperlegible, made for weak eyesight"),
    }
    return Choice(name="font", title=gettext("Typeface"), words=words)


def _width() -> Choice:
    words = {"narrow": gettext("Short"), "usual": gettext("Usual"), "wide": gettext("Long")}
    return Choice(name="width", title=gettext("Length of lines"), words=words)


def _spacing() -> tuple[Choice, ...]:
    three = {"usual": gettext("Usual"), "wide": gettext("Wide"), "wider": gettext("Very wide")}
    two = {"usual": gettext("Usual"), "wide": gettext("Wide")}
    return (
        Choice(name="lines", title=gettext("Between lines"), words=three),
        Choice(name="letters", title=gettext("Between letters"), words=three),
        Choice(name="words", title=gettext("Between words"), words=three),
        Choice(name="paragraphs", title=gettext("Between paragraphs"), words=two),
    )


def _listening() -> tuple[Choice | Switches, ...]:
    return (_speeds(), *along(), _onward(), _keys(), _wait())


def _speeds() -> Choice:
    return Choice(name="speed", title=gettext("Speed of the voice"), words=speeds())


def along() -> tuple[Choice | Switches, ...]:
    """What goes along with the sound in the text."""
    marks = {"sentence": gettext("The sentence"), "word": gettext("Each word"), "off": gettext("Nothing")}
    looks = {
        "green": gettext("Green"),
        "yellow": gettext("Yellow"),
        "inverse": gettext("Light and dark swapped"),
        "underline": gettext("Underline only"),
        "box": gettext("Box"),
    }
    scroll = Switch(name="scroll", title=gettext("Scroll along"), ticked="on")
    return (
        Choice(name="follow", title=gettext("Mark what is spoken"), words=marks),
        Choice(name="mark", title=gettext("Look of the mark"), words=looks),
        Switches(title=gettext("Long texts"), switches=(scroll,)),
    )


def _onward() -> Switches:
    """What is done when an article ends."""
    switch = Switch(name="onward", title=gettext("Go on with the next one of the queue"), ticked="on")
    return Switches(title=gettext("When an article ends"), switches=(switch,))


def _wait() -> Choice:
    words = {value: length(float(value)) for value in CHOICES["wait"]}
    hint = gettext("How long the page with one big button waits behind each headline.")
    return Choice(name="wait", title=gettext("Time to press"), words=words, hint=hint)


def skipping() -> tuple[Choice, ...]:
    """How each kind of structure is heard, of what a recording has."""
    words = {"announced": gettext("Announced only"), "read": gettext("Read"), "skipped": gettext("Skipped")}
    titles = {
        "notes": gettext("Footnotes"),
        "code": gettext("Code"),
        "tables": gettext("Tables"),
        "quotes": gettext("Quotations"),
        "figures": gettext("Pictures and captions"),
    }
    hint = gettext(
        "Announced only: you hear that it is there, and Next sentence goes into it. "
        "What the recording does not announce is read."
    )
    return tuple(
        Choice(name=name, title=title, words=words, hint="" if n else hint)
        for n, (name, title) in enumerate(titles.items())
    )


def speeds() -> dict[str, str]:
    """Each speed with its words, the slowest first."""
    return {value: _speed(value) for value in sorted(CHOICES["speed"], key=float)}


def key_places() -> dict[str, str]:
    """Where the player's keys can work, with the words for it."""
    return {
        "player": gettext("With the focus in the player"),
        "everywhere": gettext("On the whole page, together with Alt and Shift"),
        "off": gettext("Nowhere"),
    }


def _keys() -> Choice:
    hint = gettext("Each key can be changed on an article's page, under Keys.")
    return Choice(name="keys", title=gettext("Where the player's keys work"), words=key_places(), hint=hint)


def _controls() -> tuple[Choice, ...]:
    words = {"shown": gettext("In the player"), "more": gettext("Under More controls"), "off": gettext("Not there")}
    titles = {
        "skip": gettext("Back and forward 15 seconds"),
        "position": gettext("Position"),
        "sentence": gettext("Previous and next sentence"),
        "paragraph": gettext("Previous and next paragraph"),
        "heading": gettext("Previous and next heading"),
        "chapter": gettext("Previous and next chapter"),
        "speed": gettext("List of speeds"),
        "pace": gettext("Slower and faster"),
        "goto": gettext("Go to a time"),
        "volume": gettext("Volume"),
        "sleep": gettext("Sleep timer"),
        "where": gettext("Where am I?"),
    }
    return tuple(Choice(name=f"show{name}", title=title, words=words) for name, title in titles.items())


def _language() -> Choice:
    words = {"": gettext("The one this browser asks for"), **LANGUAGES}
    hint = gettext("It changes once you save. Articles stay in their own language.")
    return Choice(name="language", title=gettext("Language of the pages"), words=words, hint=hint)


def _percent(value: str) -> str:
    from babel.numbers import format_percent

    return format_percent(int(value) / 100, locale=tongue().locale)


def _speed(value: str) -> str:
    from babel.numbers import format_decimal

    times = format_decimal(float(value), locale=tongue().locale)
    return gettext("Normal") if value == "1" else gettext("%(times)s times", times=times)
