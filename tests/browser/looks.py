"""The ways in which people look at a page, and what is measured in each of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

from tests.browser.engines import axe, ibm, sniffer
from tests.browser.places import OPEN_ALL
from voice_app.publish.settings import LANGUAGES

SPACING = """
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
    p { margin-bottom: 2em !important; }"""
"""As WCAG's 1.4.12 says."""
LARGE = "html { font-size: 200% !important; }"


@dataclass(frozen=True, kw_only=True)
class Look:
    """How the browser is set, and a style of the person's own. The markup is the same in all of them, so in most axe
    alone looks, for colours and sizes; and where `is_quick`, at the first pages only."""

    options: Mapping[str, Any] = field(default_factory=dict)
    style: str = ""
    has_scripts: bool = True
    is_quick: bool = False
    checkers: tuple[Callable[[Page], list[str]], ...] = (axe,)


NARROW: Mapping[str, Any] = {"viewport": {"width": 320, "height": 640}}
LOOKS: Mapping[str, Look] = {
    "light": Look(options={"color_scheme": "light"}, checkers=(axe, sniffer, ibm)),
    "dark": Look(options={"color_scheme": "dark"}),
    "forced colours": Look(options={"forced_colors": "active"}, is_quick=True),
    "more contrast": Look(options={"contrast": "more"}, is_quick=True),
    "more contrast, dark": Look(options={"contrast": "more", "color_scheme": "dark"}, is_quick=True),
    "320 wide": Look(options=NARROW, is_quick=True),
    "400 per cent": Look(options={"viewport": {"width": 320, "height": 256}}, is_quick=True),
    "text spacing": Look(options=NARROW, style=SPACING, is_quick=True),
    "text at 200 per cent": Look(style=LARGE, is_quick=True),
    "no scripts": Look(has_scripts=False, is_quick=True),
    **{
        f"320 wide, in {code}": Look(options=NARROW | {"locale": code}, is_quick=True)
        for code in LANGUAGES
        if code != "en"
    },
}

TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
CUT_OFF = """() => [...document.querySelectorAll('button, a, label, summary, h1, h2, h3, p, li')]
    .filter((e) => e.checkVisibility() && !e.closest('.unseen, .skip, .wide'))
    .filter((e) => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline'
        || e.getBoundingClientRect().right > innerWidth + 1 || e.getBoundingClientRect().left < -1)
    .map((e) => e.outerHTML.slice(0, 90))"""
TOO_SMALL = """() => [...document.querySelectorAll('main :is(button, select, input, summary), .button, .top a')]
    .map((e) => (['checkbox', 'radio'].includes(e.type) ? e.closest('label') ?? e : e))
    .filter((e) => e.checkVisibility())
    .map((e) => [e.getBoundingClientRect(), e]).filter(([r]) => r.width < 44 || r.height < 44)
    .map(([r, e]) => `${e.outerHTML.slice(0, 60)} ${r.width} x ${r.height}`)"""
STYLE = """(text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets = [sheet];
}"""


def prepare(page: Page, look: Look) -> None:
    """Open all that can be opened, and put the person's own style over it."""
    page.evaluate(OPEN_ALL)
    if look.style:
        page.evaluate(STYLE, look.style)


def misfits(page: Page) -> list[str]:
    """What does not fit where it is."""
    wide = ["has to be scrolled sideways"] if page.evaluate(TOO_WIDE) else []
    cut = [f"is cut off: {one}" for one in page.evaluate(CUT_OFF)]
    return wide + cut + [f"is too small: {one}" for one in page.evaluate(TOO_SMALL)]


def check(page: Page, where: str) -> None:
    """Nothing is found on a page that is in a state of its own."""
    found = [*axe(page), *misfits(page)]
    assert not found, f"{where}: {found}"
