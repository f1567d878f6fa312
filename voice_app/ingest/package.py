"""An EPUB's package: which files it has, in which order they are read, what its contents call them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urldefrag

from voice_app.errors import DamagedFileError, LockedFileError
from voice_app.ingest.archive import Archive
from voice_app.ingest.xhtml import TYPE, page_of
from voice_app.ingest.xml import attribute, local, parsed

CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_LICENCES = ("META-INF/rights.xml", "META-INF/license.lcpl", "META-INF/sinf.xml")
_FONTS_ALONE = frozenset({"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"})
_TEXTS = (".xhtml", ".html", ".htm", ".xml", ".opf", ".ncx")
_PAGES = frozenset({
    "application/xhtml+xml", "text/html", "application/xml", "text/xml", "text/x-oeb1-document",
    "application/x-dtbook+xml", "",
})  # fmt: skip
_SPACE = re.compile(r"\s+")
MAX_FALLBACKS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A file of the reading order. `path` is empty when the archive does not have it; `href` is what it was called."""

    href: str
    path: str
    media_type: str
    linear: bool = True

    @property
    def is_page(self) -> bool:
        return self.media_type in _PAGES or self.href.lower().endswith((".xhtml", ".html", ".htm"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the contents: how deep (from 1), its words, and the place that it names."""

    depth: int
    label: str
    path: str
    fragment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """`metadata` is the element of that name. `marks` says what a file is, by landmarks or guide."""

    metadata: Any
    spine: tuple[Item, ...]
    contents: tuple[Entry, ...]
    marks: dict[str, str]


def package_of(archive: Archive) -> Package:
    """What the book's package file says. Raises DamagedFileError, LockedFileError, TooLargeError."""
    name = _package_name(archive)
    root = parsed(archive.read(name))
    manifest = _manifest(root, archive, name)
    spine = tuple(_spine(root, manifest))
    if not spine:
        raise DamagedFileError("The book does not say in which order it is read.")
    _refuse_locked(archive, spine)
    contents, marks = _navigation(root, archive, manifest)
    marks = {**_guide(root, archive, name), **marks}
    metadata = next((e for e in root.iter() if local(e) == "metadata"), None)
    return Package(metadata=metadata, spine=spine, contents=contents, marks=marks)


def _package_name(archive: Archive) -> str:
    """The package file that the container names, or the only thing in the archive that is one."""
    container = archive.find(CONTAINER)
    if container:
        for element in parsed(archive.read(container)).iter():
            named = attribute(element, "full-path") if local(element) == "rootfile" else ""
            found = archive.find(named) if named else None
            if found and found.lower().endswith(".opf"):
                return found
    packages = [name for name in archive.names if name.lower().endswith(".opf")]
    if not packages:
        raise DamagedFileError("The book's package file is missing.")
    return packages[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    item: Item
    properties: frozenset[str]
    fallback: str


def _manifest(root: Any, archive: Archive, package: str) -> dict[str, _File]:
    files = {}
    for element in root.iter():
        href = attribute(element, "href")
        if local(element) == "item" and href:
            path = resolved(archive, package, href)[0]
            item = Item(href=unquote(href), path=path, media_type=attribute(element, "media-type").strip().lower())
            properties = frozenset(attribute(element, "properties").split())
            files[attribute(element, "id")] = _File(
                item=item, properties=properties, fallback=attribute(element, "fallback")
            )
    return files


def _spine(root: Any, manifest: dict[str, _File]) -> Iterator[Item]:
    """The reading order, each file once; without one, all pages in the order of the manifest."""
    seen = set()
    for element in root.iter():
        if local(element) != "itemref":
            continue
        file = _readable(manifest, attribute(element, "idref"))
        if file is None or file.item.href in seen:
            continue
        seen.add(file.item.href)
        linear = attribute(element, "linear").strip().lower() != "no"
        item = file.item
        yield Item(href=item.href, path=item.path, media_type=item.media_type, linear=linear)
    if not seen:
        yield from (f.item for f in manifest.values() if f.item.is_page and f.item.path and f.item.media_type in _PAGES)


def _readable(manifest: dict[str, _File], name: str) -> _File | None:
    """A file, or what the book offers to programs that cannot read it."""
    first = file = manifest.get(name)
    for _ in range(MAX_FALLBACKS):
        if file is None or file.item.is_page:
            break
        file = manifest.get(file.fallback)
    return file or first


def resolved(archive: Archive, name: str, href: str) -> tuple[str, str]:
    """The entry and the fragment that a link in a file names; the entry is empty when there is none."""
    target, fragment = urldefrag(href.strip()) if "#" in href else (href.strip(), "")
    if not target:
        return name, unquote(fragment)
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", target):
        return "", ""
    path = posixpath.join(posixpath.dirname(name), target.partition("?")[0])
    return archive.find(path) or "", unquote(fragment)


def _refuse_locked(archive: Archive, spine: tuple[Item, ...]) -> None:
    """Scrambled fonts are no lock; anything else that hides the text is."""
    encryption = archive.find(_ENCRYPTION)
    for data in parsed(archive.read(encryption)).iter() if encryption else ():
        if local(data) != "EncryptedData":
            continue
        method = next((attribute(e, "Algorithm") for e in data.iter() if local(e) == "EncryptionMethod"), "")
        files = [unquote(attribute(e, "URI")) for e in data.iter() if local(e) == "CipherReference"]
        if method not in _FONTS_ALONE and (not files or any(name.lower().endswith(_TEXTS) for name in files)):
            raise LockedFileError
    if any(archive.find(name) for name in _LICENCES):
        first = next((item.path for item in spine if item.path and item.is_page), "")
        try:
            page_of(archive.read(first)) if first else None
        except DamagedFileError as problem:
            raise LockedFileError from problem


def _navigation(root: Any, archive: Archive, manifest: dict[str, _File]) -> tuple[tuple[Entry, ...], dict[str, str]]:
    """The contents and landmarks of EPUB 3; without them the contents of EPUB 2. A broken one is as good as none."""
    nav = next((f.item.path for f in manifest.values() if "nav" in f.properties and f.item.path), "")
    entries: tuple[Entry, ...] = ()
    marks: dict[str, str] = {}
    if nav:
        try:
            page = page_of(archive.read(nav))
        except DamagedFileError:
            page = None
        for element in page.iter("nav") if page is not None else ():
            kind = f"{element.get(TYPE) or ''} {element.get('role') or ''}".split()
            if ("toc" in kind or "doc-toc" in kind) and not entries:
                entries = tuple(_nav_entries(element, archive, nav))
            elif "landmarks" in kind:
                marks |= _landmarks(element, archive, nav)
        marks[nav] = "toc"
    return entries or tuple(_ncx_entries(root, archive, manifest)), marks


def _nav_entries(nav: Any, archive: Archive, name: str) -> Iterator[Entry]:
    depth = 0
    for event, element in _events(nav):
        if element.tag == "ol":
            depth += 1 if event == "start" else -1
        elif element.tag in ("a", "span") and event == "start" and element.getparent().tag == "li":
            label = _words("".join(element.itertext()))
            path, fragment = resolved(archive, name, element.get("href")) if element.get("href") else ("", "")
            if label:
                yield Entry(depth=max(1, depth), label=label, path=path, fragment=fragment)


def _ncx_entries(root: Any, archive: Archive, manifest: dict[str, _File]) -> Iterator[Entry]:
    spine = next((e for e in root.iter() if local(e) == "spine"), None)
    named = manifest.get(attribute(spine, "toc")) if spine is not None else None
    files = [named] if named else []
    files += [f for f in manifest.values() if f.item.media_type == "application/x-dtbncx+xml"]
    path = next((f.item.path for f in files if f.item.path), "")
    if not path:
        return
    try:
        tree = parsed(archive.read(path))
    except DamagedFileError:
        return
    depth, label, target = 0, "", ""
    for event, element in _events(tree):
        name = local(element)
        if name == "navPoint":
            depth += 1 if event == "start" else -1
            label = ""
        elif name == "text" and event == "end" and depth and not label:
            label = _words(element.text or "")
        elif name == "content" and event == "end" and depth and label:
            target, fragment = resolved(archive, path, attribute(element, "src"))
            yield Entry(depth=depth, label=label, path=target, fragment=fragment)


def _landmarks(nav: Any, archive: Archive, name: str) -> dict[str, str]:
    marks = {}
    for link in nav.iter("a"):
        path, fragment = resolved(archive, name, link.get("href") or "")
        if path and not fragment:
            marks[path] = (link.get(TYPE) or "").strip()
    return marks


def _guide(root: Any, archive: Archive, name: str) -> dict[str, str]:
    marks = {}
    for element in root.iter():
        if local(element) == "reference":
            path, fragment = resolved(archive, name, attribute(element, "href"))
            if path and not fragment:
                marks[path] = attribute(element, "type").strip().lower()
    return marks


def _events(root: Any) -> Iterator[tuple[str, Any]]:
    from lxml import etree

    yield from etree.iterwalk(root, events=("start", "end"))


def _words(text: str) -> str:
    return _SPACE.sub(" ", text).strip()
