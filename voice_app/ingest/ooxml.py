"""A DOCX as a package of XML parts: the ones that hold text, safely parsed, and a small package for mammoth."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from voice_app.errors import DamagedFileError
from voice_app.ingest.archive import Archive
from voice_app.ingest.xml import attribute, local, parsed

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_STRICT = (  # the same names as ISO 29500 writes them
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W.encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R.encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
)
NOTES = ("footnotes", "endnotes")


def w(name: str) -> str:
    """The full name of an element or attribute of WordprocessingML."""
    return f"{{{W}}}{name}"


def value(element: Any, path: str, name: str = "val") -> str | None:
    """An attribute of the element at a path of WordprocessingML names, or None when it is not there."""
    place = element.find("/".join(w(part) for part in path.split("/"))) if element is not None else None
    return None if place is None else place.get(w(name), "")


def is_on(element: Any, path: str) -> bool:
    """Whether a property is set and not switched off."""
    told = value(element, path)
    return told is not None and told not in ("0", "false", "off", "none")


@dataclass(slots=True, kw_only=True)
class Parts:
    """The parts of a DOCX that are read. `notes` are footnotes and endnotes by name; `links` are the addresses of each
    part's hyperlinks by their id."""

    document: Any
    notes: dict[str, Any]
    styles: Any
    numbering: Any
    core: Any
    links: dict[str, dict[str, str]]


def parts_of(archive: Archive) -> Parts:
    """Raises DamagedFileError, LockedFileError, TooLargeError."""
    main = _main(archive)
    related = list(_relationships(archive, main))

    def part(name: str) -> Any:
        told = next((target for kind, target, _ in related if kind.endswith(f"/{name}")), f"{name}.xml")
        path = archive.find(posixpath.join(posixpath.dirname(main), told) if not told.startswith("/") else told)
        return (_part(archive, path), path) if path else (None, "")

    notes, links = {}, {"document": _links(related)}
    for name in NOTES:
        root, path = part(name)
        if root is not None:
            notes[name] = root
            links[name] = _links(list(_relationships(archive, path)))
    core = archive.find("docProps/core.xml")
    return Parts(
        document=_part(archive, main),
        notes=notes,
        styles=part("styles")[0],
        numbering=part("numbering")[0],
        core=parsed(archive.read(core)) if core else None,
        links=links,
    )


def packed(parts: Parts, styles: bytes, numbering: bytes) -> io.BytesIO:
    """A DOCX of the parts with text alone, for mammoth to read."""
    from lxml import etree

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, root in {"document": parts.document, **parts.notes}.items():
            archive.writestr(f"word/{name}.xml", etree.tostring(root))
            archive.writestr(f"word/_rels/{name}.xml.rels", _link_part(parts.links[name]))
        archive.writestr("word/styles.xml", styles)
        archive.writestr("word/numbering.xml", numbering)
    out.seek(0)
    return out


def _main(archive: Archive) -> str:
    told = next((t for kind, t, _ in _relationships(archive, "") if kind.endswith("/officeDocument")), "")
    found = archive.find(told) if told else None
    found = found or archive.find("word/document.xml")
    if found is None:
        raise DamagedFileError("The document's text is missing in it.")
    return found


def _part(archive: Archive, path: str) -> Any:
    data = archive.read(path)
    for strict, usual in _STRICT:
        data = data.replace(strict, usual)
    return parsed(data)


def _relationships(archive: Archive, name: str) -> Iterator[tuple[str, str, str]]:
    """The kind, target and id of each relationship of a part."""
    folder, _, file = name.rpartition("/")
    path = archive.find(f"{folder}/_rels/{file}.rels")
    for element in parsed(archive.read(path)).iter() if path else ():
        if local(element) == "Relationship":
            yield attribute(element, "Type"), attribute(element, "Target"), attribute(element, "Id")


def _links(related: list[tuple[str, str, str]]) -> dict[str, str]:
    return {name: target for kind, target, name in related if kind.endswith("/hyperlink")}


def _link_part(links: dict[str, str]) -> bytes:
    from lxml import etree

    root = etree.Element(f"{{{_RELATIONSHIPS}}}Relationships")
    for name, target in links.items():
        etree.SubElement(
            root,
            f"{{{_RELATIONSHIPS}}}Relationship",
            Id=name,
            Type=f"{R}/hyperlink",
            Target=target,
            TargetMode="External",
        )
    return bytes(etree.tostring(root))
