"""Styles of a DOCX: what a paragraph or run is by its style and by all the styles that this is based on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from voice_app.ingest.ooxml import is_on, value, w

_ROLES = (
    (re.compile(r"title"), "Title"),
    (re.compile(r"subtitle"), "Subtitle"),
    (re.compile(r"heading ([1-6])"), "Heading"),
    (re.compile(r"(?:intense )?quote|block text|quotations?|block quotations?"), "Quote"),
    (re.compile(r"(?:table |image )?caption|illustration"), "Caption"),
    (re.compile(r"html preformatted|source ?code|preformatted text|code(?: block)?|macro text"), "Code"),
    (re.compile(r"toc (?:\d|heading)|contents (?:\d|heading)|table of (?:figures|contents)"), "Contents"),
    (re.compile(r"index (?:\d|heading)"), "Index"),
    (re.compile(r"author|date"), "Byline"),
)
_CODE_RUNS = re.compile(r"html code|code|verbatim char|source[_ ]text|inline code|html (?:keyboard|sample)")
_DEEPEST = 6
_MAX_BASES = 20


class Styles:
    """Looks styles up by their id. Names are those that every Word writes, in whatever language it speaks."""

    def __init__(self, root: Any) -> None:
        self._by_id: dict[str, Any] = {}
        self._default = ""
        for style in root.iter(w("style")) if root is not None else ():
            name = style.get(w("styleId"), "")
            self._by_id.setdefault(name, style)
            if style.get(w("type")) == "paragraph" and style.get(w("default")) in ("1", "true"):
                self._default = name
        defaults = root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}") if root is not None else None
        self.default_language = value(defaults, "lang") or ""
        self._roles: dict[str, str] = {}

    def role(self, style: str) -> str:
        """What a paragraph of the style is: "Heading2", "Quote", ..., or empty."""
        if style not in self._roles:
            self._roles[style] = self._role(style)
        return self._roles[style]

    def language(self, *styles: str) -> str:
        """The language of the first of the styles that has one."""
        return next((told for one in styles for e in self._bases(one) if (told := value(e, "rPr/lang"))), "")

    def is_hidden(self, *styles: str) -> bool:
        return any(is_on(element, "rPr/vanish") for one in styles if one for element in self._bases(one))

    def is_code(self, style: str) -> bool:
        return bool(style) and any(_CODE_RUNS.fullmatch(self._name(element)) for element in self._bases(style))

    def is_strong(self, style: str) -> bool:
        return bool(style) and any(is_on(element, "rPr/b") for element in self._bases(style))

    def is_emphasis(self, style: str) -> bool:
        return bool(style) and any(is_on(element, "rPr/i") for element in self._bases(style))

    def numbering(self, style: str) -> tuple[str, str]:
        """The list and level that a style numbers its paragraphs with; empty when it does not."""
        for element in self._bases(style) if style else ():
            number = value(element, "pPr/numPr/numId")
            if number is not None:
                return number, value(element, "pPr/numPr/ilvl") or ""
        return "", ""

    def _role(self, style: str) -> str:
        for element in self._bases(style):
            name = self._name(element)
            for pattern, role in _ROLES:
                if match := pattern.fullmatch(name):
                    return role + match[1] if role == "Heading" else role
            outline = value(element, "pPr/outlineLvl")
            if outline and outline.isdecimal() and int(outline) < 9:
                return f"Heading{min(_DEEPEST, int(outline) + 1)}"
        return ""

    def _name(self, style: Any) -> str:
        return (value(style, "name") or "").strip().lower()

    def _bases(self, style: str) -> Iterator[Any]:
        name: str | None = style or self._default
        for _ in range(_MAX_BASES):
            element = self._by_id.get(name or "")
            if element is None:
                return
            yield element
            name = value(element, "basedOn")
