"""A DOCX's text made ready for mammoth, which knows runs, lists, tables and notes, and loses the rest.

What mammoth would lose rides along: a paragraph's facts as a bookmark whose name is their number, a run's language as a
style. What would make it stumble (links and notes that lead nowhere, drawings without a picture) is taken out.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from voice_app.ingest.equation import math_of
from voice_app.ingest.ooxml import NOTES, Parts, R, is_on, value, w
from voice_app.ingest.word_fields import ROLE, mark_fields
from voice_app.ingest.word_numbers import Numbering
from voice_app.ingest.word_styles import Styles
from voice_app.ingest.xml import attribute, local

FACT = "voice-app-"
ORDERED, BULLETS = "1", "2"  # the two lists of the package that mammoth gets
MAX_LEVEL = 5  # as deep as mammoth nests lists
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_GENERATED = re.compile(r"\s*(?:Description|Beschreibung) (?:automatically generated|automatisch generiert).*$", re.S)
_GONE = ("del", "moveFrom", "commentReference", "commentRangeStart", "commentRangeEnd", "bookmarkStart", "bookmarkEnd",
         "proofErr", "lastRenderedPageBreak", "annotationRef")  # fmt: skip
_OPEN = ("fldSimple", "bdo", "dir", "smartTag", "customXml", "ins", "moveTo")
_STYLED = re.compile(r"(?:Title|Subtitle|Heading[1-6]|Quote|Code|Caption)$")


@dataclass(slots=True, kw_only=True)
class Prepared:
    """`facts` are those of the paragraphs and pictures, by number. `languages` are the runs' beside the main one."""

    facts: list[dict[str, str]] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    told: str = ""  # the language that most of the text says it is in
    default: str = ""


def prepared(parts: Parts) -> Prepared:
    """Rewrite the document and its notes in place."""
    styles = Styles(parts.styles)
    numbering = Numbering(parts.numbering, lambda style: styles.numbering(style)[0])
    roots = [parts.document, *parts.notes.values()]
    for root in roots:
        _simplify(root)
    told = _main_language(roots, styles)
    out = Prepared(told=told, default=styles.default_language)
    writer = _Writer(out, styles, numbering, told or styles.default_language)
    notes = {name: {e.get(w("id"), "") for e in root} for name, root in parts.notes.items()}
    for name, root in {"document": parts.document, **parts.notes}.items():
        _sanitise(root, parts.links[name], notes)
        writer.rewrite(root)
    return out


def _simplify(root: Any) -> None:
    """Take out what is not read and open what only wraps."""
    for element in list(root.iter(f"{_MC}AlternateContent")):
        choices = [child for child in element if local(child) in ("Choice", "Fallback")]
        _opened(element, list(choices[0]) if choices else [])
    for element in list(root.iter(f"{_M}oMathPara")):
        _opened(element, list(element.iter(f"{_M}oMath")))
    for element in list(root.iter(*(w(name) for name in _GONE))):
        if element.getparent() is not None and element.getparent().tag != w("rPr"):
            _opened(element, [])
    for element in list(root.iter(w("ruby"))):
        _opened(element, [run for base in element.iterchildren(w("rubyBase")) for run in base])
    for element in root.iter(w("cr")):
        element.tag = w("br")
    mark_fields(root)
    for element in list(root.iter(*(w(name) for name in _OPEN))):
        if element.getparent() is not None and element.getparent().tag != w("rPr"):
            _opened(element, list(element))


def _opened(element: Any, inner: list[Any]) -> None:
    """Put the inner elements in the place of an element."""
    parent = element.getparent()
    if parent is None:
        return
    for child in inner:
        element.addprevious(child)
    parent.remove(element)


def _main_language(roots: list[Any], styles: Styles) -> str:
    """The language that most of the text says it is in, not counting what the document assumes by default."""
    letters: Counter[str] = Counter()
    for root in roots:
        for paragraph in root.iter(w("p")):
            style = value(paragraph, "pPr/pStyle") or ""
            for run in paragraph.iterchildren(w("r"), w("hyperlink")):
                letters[_language(run, style, styles)] += sum(len(t.text or "") for t in run.iter(w("t")))
    return letters.most_common(1)[0][0] if letters else ""


def _language(run: Any, style: str, styles: Styles) -> str:
    return value(run, "rPr/lang") or styles.language(value(run, "rPr/rStyle") or style, style)


def _sanitise(root: Any, links: dict[str, str], notes: dict[str, set[str]]) -> None:
    for element in list(root.iter(w("hyperlink"))):
        name = element.get(f"{{{R}}}id")
        if name is None or name not in links:
            _opened(element, list(element))
    for kind in NOTES:
        for element in list(root.iter(w(f"{kind[:-1]}Reference"))):
            if element.get(w("id")) not in notes.get(kind, set()):
                _opened(element, [])
    for element in list(root.iter(w("gridSpan"), w("sym"))):
        told = element.get(w("val")) if local(element) == "gridSpan" else element.get(w("char"))
        is_number = re.fullmatch(r"\d{1,3}" if local(element) == "gridSpan" else r"[0-9A-Fa-f]{1,6}", told or "")
        if not is_number:
            _opened(element, [])


class _Writer:
    """Rewrites paragraphs: canonical styles and lists, and a bookmark that leads to what mammoth does not know."""

    def __init__(self, out: Prepared, styles: Styles, numbering: Numbering, main: str) -> None:
        self._out = out
        self._styles = styles
        self._numbering = numbering
        self._main = _primary(main)

    def rewrite(self, root: Any) -> None:
        for equation in list(root.iter(f"{_M}oMath")):
            _opened(equation, [self._bookmark(equation, {"math": math_of(equation)})])
        for paragraph in list(root.iter(w("p"))):
            self._drawings(paragraph)
        for paragraph in list(root.iter(w("p"))):
            self._paragraph(paragraph)

    def _drawings(self, paragraph: Any) -> None:
        """A drawing becomes its description; the text in a box comes after the paragraph that the box hangs on."""
        after = paragraph
        for drawing in list(paragraph.iter(w("drawing"), w("pict"), w("object"))):
            if drawing.getparent() is None or next(drawing.iterancestors(w("txbxContent")), None) is not None:
                continue
            boxes = [p for box in drawing.iter(w("txbxContent")) for p in box if p.tag in (w("p"), w("tbl"))]
            for box in boxes:
                after.addnext(box)
                for inner in [box] if box.tag == w("p") else box.iter(w("p")):
                    inner.set("aside", "1")
                after = box
            told = _description(drawing)
            drawing.addprevious(self._bookmark(paragraph, {"alt": told})) if told and not boxes else None
            drawing.getparent().remove(drawing)

    def _paragraph(self, paragraph: Any) -> None:
        style = value(paragraph, "pPr/pStyle") or ""
        role = paragraph.attrib.pop(ROLE, "") or self._styles.role(style) or _outline(paragraph)
        facts = {"aside": "1"} if paragraph.attrib.pop("aside", "") else {}
        languages = self._runs(paragraph, style)
        if not any((text.text or "").strip() for text in paragraph.iter(w("t"))):
            role = "" if _STYLED.match(role) else role
        elif len(languages) == 1 and (told := next(iter(languages))) and _primary(told) != self._main:
            facts["lang"] = told
        properties = paragraph.find(w("pPr"))
        kept = paragraph.makeelement(w("pPr"))
        if properties is not None:
            if properties.find(f"{w('rPr')}/{w('del')}") is not None:
                kept.append(properties.find(w("rPr")))
            paragraph.remove(properties)
        self._number(paragraph, properties, style, role, kept, facts)
        if _STYLED.match(role):
            _sub(kept, "pStyle", role)
        elif role:
            facts["role"] = role
        paragraph.insert(0, kept)
        if facts:
            paragraph.insert(1, self._bookmark(paragraph, facts))

    def _number(self, paragraph: Any, properties: Any, style: str, role: str, kept: Any, facts: dict[str, str]) -> None:
        """Its number: in a list for mammoth to nest, in the words of a heading."""
        of_style, style_level = self._styles.numbering(style)
        number = value(properties, "numPr/numId") if properties is not None else None
        told = value(properties, "numPr/ilvl") if properties is not None else None
        number = of_style if number is None else number
        if not number or number == "0" or role in ("Contents", "Index") or not "".join(paragraph.itertext()).strip():
            return
        told = told or style_level
        level = int(told) if _digit(told) else self._numbering.level_of(number, style)
        label, is_ordered = self._numbering.label(number, level)
        if role.startswith(("Heading", "Title")):
            if label:
                run = paragraph.makeelement(w("r"))
                _sub(run, "t", None).text = f"{label} "
                paragraph.insert(0, run)
            return
        facts |= {"marker": label, "level": str(level + 1)}
        listed = _sub(kept, "numPr", None)
        _sub(listed, "ilvl", str(min(level, MAX_LEVEL - 1)))
        _sub(listed, "numId", ORDERED if is_ordered else BULLETS)

    def _runs(self, paragraph: Any, style: str) -> dict[str, int]:
        """Rewrite the properties of the runs. Gives the letters in each language."""
        languages: Counter[str] = Counter()
        hidden_style = self._styles.is_hidden(style)
        for run in list(paragraph.iter(w("r"))):
            properties, own = run.find(w("rPr")), value(run, "rPr/rStyle") or ""
            told = value(run, "rPr/vanish")
            is_hidden = is_on(run, "rPr/vanish") if told is not None else hidden_style or self._styles.is_hidden(own)
            if is_hidden:
                run.getparent().remove(run)
                continue
            language = _language(run, style, self._styles)
            letters = sum(len((t.text or "").strip()) for t in run.iter(w("t")))
            if letters:
                languages[language] += letters
            kept = run.makeelement(w("rPr"))
            self._run_properties(run, own, language, kept)
            if properties is not None:
                run.remove(properties)
            run.insert(0, kept)
        return languages

    def _run_properties(self, run: Any, own: str, language: str, kept: Any) -> None:
        is_reference = run.find(w("footnoteReference")) is not None or run.find(w("endnoteReference")) is not None
        for name, by_style in (("b", self._styles.is_strong), ("i", self._styles.is_emphasis)):
            told = value(run, f"rPr/{name}")
            if is_on(run, f"rPr/{name}") if told is not None else by_style(own):
                _sub(kept, name, "1")
        raised = value(run, "rPr/vertAlign")
        if raised in ("superscript", "subscript") and not is_reference:
            _sub(kept, "vertAlign", raised)
        if language and _primary(language) != self._main and not is_reference:
            if language not in self._out.languages:
                self._out.languages.append(language)
            _sub(kept, "rStyle", f"lang{self._out.languages.index(language)}")
        elif self._styles.is_code(own):
            _sub(kept, "rStyle", "Code")

    def _bookmark(self, place: Any, facts: dict[str, str]) -> Any:
        self._out.facts.append(facts)
        mark = place.makeelement(w("bookmarkStart"))
        mark.set(w("name"), f"{FACT}{len(self._out.facts) - 1}")
        return mark


def _description(drawing: Any) -> str:
    """What an author wrote about a picture, a chart or a shape for those who do not see it."""
    for element in drawing.iter():
        if local(element) in ("docPr", "shape", "rect") and _is_decorative(element):
            return ""
        told = attribute(element, "descr") or attribute(element, "alt") if local(element) != "shapetype" else ""
        told = " ".join(_GENERATED.sub("", told).split())
        if told:
            return told
    return ""


def _is_decorative(element: Any) -> bool:
    return any(local(e) == "decorative" and attribute(e, "val") in ("1", "true") for e in element.iter())


def _outline(paragraph: Any) -> str:
    told = value(paragraph, "pPr/outlineLvl") or ""
    return f"Heading{min(6, int(told) + 1)}" if _digit(told) and int(told) < 9 else ""


def _digit(text: str) -> bool:
    return bool(re.fullmatch(r"[0-9]", text))


def _primary(language: str) -> str:
    return language.partition("-")[0].lower()


def _sub(parent: Any, name: str, told: str | None) -> Any:
    from lxml import etree

    child = etree.SubElement(parent, w(name))
    if told is not None:
        child.set(w("val"), told)
    return child
