"""Fields of a DOCX: which paragraphs are a table of contents or an index that a program made."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from voice_app.ingest.ooxml import w
from voice_app.ingest.xml import local

ROLE = "role"  # the attribute that holds what a paragraph is
_ROLES = {"TOC": "Contents", "INDEX": "Index"}


@dataclass(slots=True)
class _Field:
    """A field that is open: the paragraphs that it reaches over, and what it makes of them."""

    inside: list[Any] = field(default_factory=list)
    instruction: str = ""


def mark_fields(root: Any) -> None:
    """Write the role on each paragraph of a contents or an index.

    A field that never ends marks nothing: it would take the rest of the document along.
    """
    open_fields: list[_Field] = []
    paragraph = None
    for element in root.iter(w("p"), w("fldChar"), w("instrText")):
        name = local(element)
        if name == "p":
            paragraph = element
            for one in open_fields:
                one.inside.append(element)
        elif name == "instrText" and open_fields:
            open_fields[-1].instruction += element.text or ""
        elif element.get(w("fldCharType")) == "begin":
            open_fields.append(_Field(inside=[paragraph] if paragraph is not None else []))
        elif element.get(w("fldCharType")) == "end" and open_fields:
            one = open_fields.pop()
            _mark(one.inside, _ROLES.get(_first_word(one.instruction), ""))
    for simple in root.iter(w("fldSimple")):
        _mark(list(simple.iterancestors(w("p"))), _ROLES.get(_first_word(simple.get(w("instr"), "")), ""))
    for gallery in root.iter(w("docPartGallery")):
        holder = next(gallery.iterancestors(w("sdt")), None)
        if holder is not None and "contents" in gallery.get(w("val"), "").lower():
            _mark(list(holder.iter(w("p"))), _ROLES["TOC"])


def _first_word(text: str) -> str:
    return text.split()[0].upper() if text.split() else ""


def _mark(paragraphs: list[Any], role: str) -> None:
    for paragraph in paragraphs if role else ():
        paragraph.set(ROLE, role)
