"""XML without entities, networks or endless trees."""

from __future__ import annotations

import codecs
import re
from html.entities import html5
from typing import Any

from voice_app.errors import DamagedFileError

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_-]{2,30})[\"']")
_KNOWN = re.compile(
    r"utf-?(?:8|16|32)(?:-?[lb]e)?|(?:us-)?ascii|iso-?8859-?\d{1,2}|latin-?\d|(?:windows-|cp)\d{3,4}|koi8-[ru]"
    r"|gb(?:k|2312|18030)|big5|shift[_-]jis|euc-(?:jp|kr)|macintosh",
    re.I,
)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_DOCTYPE = re.compile(r"<!DOCTYPE\b[^<>\[\"']*(?:(?:\"[^\"]*\"|'[^']*')[^<>\[\"']*)*(\[)?", re.I)
_SUBSET_END = re.compile(r"\]\s*>")
_ENTITY = re.compile(r"&([A-Za-z_:][\w.:-]{0,60});")
_XML_OWN = frozenset({"amp", "lt", "gt", "quot", "apos"})
MAX_ATTRIBUTES = 100  # nobody writes more on an element, and finding one takes longer the more there are
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def text_of_xml(data: bytes) -> str:
    """The text of an XML file, without its declaration, its document type and the entities that HTML names.

    No document type means no entities of the file's own: a bomb of them cannot be built.
    """
    text = _FORBIDDEN.sub("", _decoded(data))
    text = _without_doctype(_DECLARATION.sub("", text, count=1))
    return _ENTITY.sub(_character, text)


def parsed(data: bytes) -> Any:
    """The root element. A broken file is mended as far as it goes. Raises DamagedFileError."""
    from lxml import etree

    text = text_of_xml(data).strip().encode()
    for recover in (False, True):
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True,
            remove_pis=True, recover=recover, encoding="utf-8",
        )  # fmt: skip
        try:
            root = etree.fromstring(text, parser)
        except (etree.XMLSyntaxError, ValueError):
            continue
        if root is not None:
            return root
    raise DamagedFileError


def local(element: Any) -> str:
    """An element's name without its namespace, which careless programs leave out or get wrong."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: Any, name: str) -> str:
    """An attribute by its name without its namespace."""
    found = element.get(name)
    if found is not None:
        return str(found)
    if len(element.attrib) > MAX_ATTRIBUTES:
        return ""
    return next((str(value) for key, value in element.items() if key.rpartition("}")[2] == name), "")


def _decoded(data: bytes) -> str:
    declared = _DECLARED.match(data)
    named = declared.group(1).decode("ascii") if declared else ""
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "")
    for encoding in (marked, named if _KNOWN.fullmatch(named) else "", "utf-8"):
        try:
            if encoding:
                return data.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            continue
    return data.decode("cp1252", errors="replace")


def _without_doctype(text: str) -> str:
    head = _DOCTYPE.search(text, 0, 5000)
    if head is None:
        return text
    if not head.group(1):
        end = text.find(">", head.end())
        return text[: head.start()] + (text[end + 1 :] if end >= 0 else "")
    end_of_subset = _SUBSET_END.search(text, head.end())
    return text[: head.start()] + (text[end_of_subset.end() :] if end_of_subset else "")


def _character(match: re.Match[str]) -> str:
    name = match.group(1)
    if name in _XML_OWN:
        return match.group()
    return html5.get(f"{name};", "")
