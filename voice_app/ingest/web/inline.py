"""Inline HTML -> text and spans: white space collapsed as a browser does, soft hyphens and zero-width marks dropped."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from voice_app.errors import TooLargeError
from voice_app.ingest.web import mathml
from voice_app.ingest.web.named import named
from voice_app.ingest.web.notes import Note, Notes, anchor_of, is_back_link, is_inline, is_mark, is_reference
from voice_app.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

HEADINGS = {f"h{n}": n for n in range(1, 7)}
BLOCKS = frozenset({
    *HEADINGS, "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "html", "legend", "li",
    "main", "menu", "nav", "ol", "p", "pre", "search", "section", "summary", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul",
})  # fmt: skip
KINDS = {
    "em": "emphasis", "i": "emphasis", "cite": "emphasis", "dfn": "emphasis", "var": "emphasis",
    "strong": "strong", "b": "strong", "code": "code", "kbd": "code", "samp": "code", "tt": "code",
}  # fmt: skip
EMBEDS = frozenset({"iframe", "object", "embed", "video", "audio"})
UNSEEN = EMBEDS | {
    "script", "style", "template", "noscript", "canvas", "head", "link", "meta", "title", "map", "dialog", "math",
    "rt", "rp", "rtc", "del", "s", "strike", "annotation", "source", "track",
}  # fmt: skip
CONTROLS = frozenset({"button", "select", "textarea", "input", "label", "option", "datalist"})
MAX_CHARS = 500_000  # of one text; more is data, and takes minutes to put together
MAX_DEPTH = 60  # elements in each other; what is deeper, as where none was ever closed, is plain text
_INVISIBLE = dict.fromkeys((0x00AD, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF))
_SPACE = re.compile(r"[ \t\r\n\f\u00a0\u2028\u2029]+")
_hides = named(r"display\s*:\s*none|visibility\s*:\s*hidden")
_names_for_ears = named(
    r"(?:^|\s)(?:[\w-]*-)?(?<!not-)(?:sr-only|visually-?hidden|hidden-visually|screen-?reader(?:-text|-only)?|"
    r"assistive-text|a11y-text|mw-editsection|inline-template|mathjax_preview|katex-html|copy-?button)"
    r"(?:-focusable)?(?=\s|$)"
)
_names_formula = named(r"(?:^|\s)(?:katex(?:-display)?|mathjax(?:_display)?|mwe-math-element[\w-]*)(?=\s|$)")
_TEX = re.compile(r"[\\^_{}$]")
_names_tex = named(r"(?:^|\s)(?:latex|tex|math)(?=\s|$)")
_PARAGRAPH = "\n\n"
_RAISED = str.maketrans("0123456789+-−–n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻ⁿ")
_POWER = re.compile(r"[+\-−–]?\d{1,3}|n")
_UNIT = re.compile(r"(?:\d|[)\]]|(?<![^\W\d_])[^\W\d_]{1,3})$")  # what has a power: a number, a bracket, a short unit
_ELEMENT = re.compile(r"(?:(?<![^\W\d_])[^\W\d_]|[A-Z][a-z]?|[)\]])$")  # what has a number below: H, Ca, (OH)
_TRADE = {"tm": "™", "sm": "℠", "r": "®", "®": "®", "™": "™"}
_QUOTES = {"de": ("„", "“"), "fr": ("«", "»"), "es": ("«", "»"), "ru": ("«", "»"), "ja": ("「", "」")}


@dataclass(slots=True)
class Inline:
    """Collects a run of text; `linked` of its characters are links. Two line breaks part paragraphs.

    `base` is the address that links are relative to. Pictures are put aside with their place in the text, and so are
    notes that stand in it. Without `marks`, the marks of notes are left out of the text and kept in `referred`.
    """

    base: str = ""
    notes: Notes | None = None
    marks: bool = True
    text: str = ""
    spans: list[Span] = field(default_factory=list)
    linked: int = 0
    pictures: list[tuple[int, Any]] = field(default_factory=list)
    asides: list[tuple[Note, Any]] = field(default_factory=list)
    referred: list[str] = field(default_factory=list)
    _breaks: int = 0
    _depth: int = 0

    @property
    def is_empty(self) -> bool:
        return not (self.text or self.pictures or self.asides)

    def add(self, text: str | None) -> None:
        if not text:
            return
        if text.isspace():  # as most texts between elements are
            self.text += " " if self.text and not self.text.endswith((" ", "\n")) else ""
            return
        if len(self.text) > MAX_CHARS:
            raise TooLargeError(f"It has a paragraph of more than {MAX_CHARS:,} characters.")
        plain = _SPACE.sub(" ", text if text.isascii() else text.translate(_INVISIBLE))
        if not plain.strip():
            if plain and self.text and not self.text.endswith((" ", "\n")):
                self.text += " "
            return
        if self.text.endswith((" ", "\n")) or not self.text:
            plain = plain.lstrip()
        self.text += plain
        self._breaks = 0

    def line_break(self) -> None:
        self._breaks += 1
        self.text = self.text.rstrip() + (_PARAGRAPH if self._breaks > 1 else "\n") if self.text else ""

    def element(self, element: Any) -> None:
        """An inline element with all that is in it, without the text after it."""
        tag = element.tag
        if not isinstance(tag, str):
            return
        formula = formula_of(element)
        if formula is not None:
            self._formula(element, formula)
        elif tag in UNSEEN or (tag in CONTROLS and not _is_name(element)) or is_hidden(element) or is_mark(element):
            return
        elif tag == "br":
            self.line_break()
        elif tag in ("img", "svg") or element.get("role") == "img":
            self._picture(element)
        elif not is_back_link(element):
            self._meant(element)

    def children(self, element: Any) -> None:
        self.add(element.text)
        for child in element:
            self.element(child)
            self.add(child.tail)

    def _meant(self, element: Any) -> None:
        if element.tag in ("sup", "sub") and self._shifted(element):
            return
        if not self.marks and is_reference(element):
            self.referred.append(anchor_of(element))
        elif self.notes is not None and is_inline(element):
            self._aside(self.notes.inside(element), element)
        else:
            self._wrapped(element)

    def _formula(self, element: Any, words: str) -> None:
        """The words are English, so in a text of another language they are marked as such."""
        start = len(self.text)
        self.add(words)
        if " " in words and not _language(element).startswith("en"):
            self.spans.append(Span(start=start, end=len(self.text), kind="lang", value="en"))

    def _picture(self, element: Any) -> None:
        """A picture inside a line is a part of it when it is an emoji or a formula; others are figures of their own."""
        names = element.get("class") or ""
        if "emoji" in names or (_names_tex(names) and not _TEX.search(element.get("alt") or "")):
            self.add(element.get("alt"))
        elif element.tag not in ("img", "svg") and element.get("role") == "img" and len(element.text_content()) < 5:
            self.add(element.text_content())
        else:
            self.pictures.append((len(self.text.strip()), element))

    def _shifted(self, element: Any) -> bool:
        """Say a power, a number in a formula or a trade mark as what it is. False when it is plain text."""
        if element.find(".//a") is not None or next(element.iterancestors("a"), None) is not None:
            return False
        inner = plain(element)
        if element.tag == "sub":
            glued = _ELEMENT.search(self.text) if inner.isdigit() else re.search(r"\W$", self.text)
            self.add(inner if glued or not self.text else f" {inner}")
        elif inner.lower() in _TRADE:
            self.add(_TRADE[inner.lower()])
        elif _POWER.fullmatch(inner) and self.text and not self.text[-1].isspace():
            if _UNIT.search(self.text):
                self.add(
                    inner.translate(_RAISED)
                )  # a number raised behind a word is the mark of a note that is not there
        elif len(inner) > 3 and self.text and self.text[-1].isalnum():
            self.add(f" {inner}")
        else:
            return False
        return True

    def _aside(self, note: Note, element: Any) -> None:
        start = len(self.text)
        self.text += note.label
        self.spans.append(Span(start=start, end=len(self.text), kind="note", value=note.anchor))
        self.asides.append((note, element))

    def _wrapped(self, element: Any) -> None:
        if element.tag in BLOCKS and self.text.strip():
            self.text = self.text.rstrip() + (
                "; " if element.tag == "li" and element.getprevious() is not None else " "
            )
        start = len(self.text)
        opening, closing = _quotes(element) if element.tag == "q" else ("", "")
        self.add(opening)
        self._depth += 1
        if self._depth <= MAX_DEPTH:
            self.children(element)
        else:
            self.add(element.text_content())
        self._depth -= 1
        if closing:
            self.text = self.text.rstrip() + closing
        while start < len(self.text) and self.text[start].isspace():
            start += 1
        end = len(self.text)
        while end > start and self.text[end - 1].isspace():
            end -= 1
        if start < end:
            self.linked += end - start if element.tag == "a" and element.get("href") else 0
            self.spans += [Span(start=start, end=end, kind=k, value=v) for k, v in self._meanings(element)]
        if element.tag in BLOCKS:
            self.add(" ")

    def _meanings(self, element: Any) -> Iterator[tuple[str, str]]:
        tag, target = element.tag, element.get("href") or ""
        if tag in KINDS:
            yield KINDS[tag], ""
        if tag in ("abbr", "acronym") and element.get("title"):
            yield "abbr", _SPACE.sub(" ", element.get("title")).strip()
        if language := element.get("lang") or element.get("xml:lang"):
            yield "lang", language
        if is_reference(element):
            yield "note", anchor_of(element)
        elif tag == "a" and target and not target.startswith("#"):
            address = absolute(self.base, target)
            if address:
                yield "link", address

    def paragraphs(self) -> Iterator[tuple[str, tuple[Span, ...]]]:
        """The text cut at double line breaks, each part with its own spans; single breaks become spaces."""
        places = list(self._places())
        ends = [end for _, end in places]
        inside: list[list[Span]] = [[] for _ in places]
        for span in sorted(self.spans, key=lambda s: (s.start, -s.end)):
            at = bisect_right(ends, span.start)
            while at < len(places) and places[at][0] < span.end:
                inside[at].append(span)
                at += 1
        for (start, end), spans in zip(places, inside, strict=True):
            yield (
                self.text[start:end].replace("\n", " "),
                tuple(
                    Span(start=max(s.start, start) - start, end=min(s.end, end) - start, kind=s.kind, value=s.value)
                    for s in spans
                ),
            )

    def _places(self) -> Iterator[tuple[int, int]]:
        """Where the paragraphs of the text begin and end."""
        at = 0
        for part in self.text.split(_PARAGRAPH):
            start, end = at + len(part) - len(part.lstrip()), at + len(part.rstrip())
            at += len(part) + len(_PARAGRAPH)
            if start < end:
                yield start, end

    def whole(self) -> tuple[str, tuple[Span, ...]]:
        """All of the text on one line."""
        self.text = self.text.replace(_PARAGRAPH, " \n")
        return next(self.paragraphs(), ("", ()))


def is_hidden(element: Any) -> bool:
    """Whether nobody sees it: hidden, or there for screen readers alone, as "opens in a new window"."""
    if not element.keys():
        return False
    return (
        element.get("hidden") is not None
        or element.get("popover") is not None
        or element.get("aria-hidden") == "true"
        or _hides(element.get("style"))
        or _names_for_ears(element.get("class"))
    )


def formula_of(element: Any) -> str | None:
    """A formula in words, None for what is none. What a script drew of it is never read beside it."""
    if element.tag != "math" and element.tag != "mjx-container" and not _names_formula(element.get("class")):
        return None
    math = element if element.tag == "math" else next(element.iter("math"), None)
    if math is None:
        return None
    told = math.get("alttext") or math.get("aria-label") or ""
    if told and not _TEX.search(told):
        return str(told)
    return mathml.words(math) or told


def _is_name(element: Any) -> bool:
    """Whether a control carries a heading's words, as the button that opens what is under it."""
    return element.tag == "button" and next(element.iterancestors(*HEADINGS, "summary", "dt"), None) is not None


def _quotes(element: Any) -> tuple[str, str]:
    return _QUOTES.get(_language(element)[:2].lower(), ("“", "”"))


def _language(element: Any) -> str:
    return next((str(e.get("lang")) for e in (element, *element.iterancestors()) if e.get("lang")), "en")


@lru_cache(maxsize=1024)
def absolute(base: str, target: str) -> str:
    """The address that a link leads to, empty for what is none that one can open."""
    try:
        address = urljoin(base, target.strip())
        return address if urlsplit(address).scheme in ("http", "https", "mailto") else ""
    except ValueError:
        return ""


def plain(element: Any) -> str:
    """All the visible text of an element on one line, without the marks of notes."""
    words = Inline(marks=False)
    words.children(element)
    return words.whole()[0]
