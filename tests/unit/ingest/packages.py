"""Builds EPUB and DOCX files for tests, as dictionaries of names and texts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from voice_app import config
from voice_app.ingest.reader import Reader
from voice_app.model import Block, BlockKind, Document, Source, Treatment

CONTAINER = (
    '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()


def source(body: bytes, origin: str = "") -> Source:
    return Source(origin=origin, media_type="", body=body, fetched_at=datetime.now(UTC))


def read(body: bytes, origin: str = "") -> Document:
    """Through the front door, as every file comes in."""
    return Reader(config.Fetch()).document(source(body, origin))


def kept(document: Document, *kinds: BlockKind) -> list[str]:
    return [b.text for b in document.kept if not kinds or b.kind in kinds]


def headings(document: Document) -> list[tuple[int, str]]:
    return [(b.level, b.text) for b in document.kept if b.kind is BlockKind.HEADING]


def reasons(document: Document) -> dict[str, str]:
    return {b.text: b.reason for b in document.blocks if b.treatment in (Treatment.SKIPPED, Treatment.FAILED)}


def find(document: Document, start: str) -> Block:
    """The block that begins so, and not the title that may be made of its words."""
    return next(b for b in document.blocks if (b.text.startswith(start) and b.level != 1) or b.text == start)


def page(body: str, *, attributes: str = "", head: str = "<title>x</title>") -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops"><head>{head}</head><body {attributes}>{body}</body></html>'
    )


def paragraphs(count: int, topic: str = "harbour") -> str:
    lines = (
        f"<p>Sentence {n} about the {topic} is long enough to be read aloud without haste.</p>" for n in range(count)
    )
    return "".join(lines)


def ncx(entries: Sequence[tuple[str, str]]) -> str:
    points = "".join(
        f'<navPoint id="n{n}"><navLabel><text>{label}</text></navLabel><content src="{src}"/></navPoint>'
        for n, (label, src) in enumerate(entries)
    )
    return f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>{points}</navMap></ncx>'


def nav(entries: str, more: str = "") -> str:
    return page(f'<nav epub:type="toc"><ol>{entries}</ol></nav>{more}')


def epub(
    pages: Mapping[str, str | bytes],
    *,
    facts: str = "",
    contents: str | None = None,
    navigation: str | None = None,
    guide: str = "",
    spine: Mapping[str, str] | None = None,
    files: Mapping[str, str | bytes] | None = None,
    title: str = "A Book",
) -> bytes:
    """`pages` by name, in the order of reading. `spine` gives attributes of some; `files` go beside, as they are."""
    items = "".join(
        f'<item id="p{n}" href="{name}" media-type="application/xhtml+xml"/>' for n, name in enumerate(pages)
    )
    order = "".join(f'<itemref idref="p{n}" {(spine or {}).get(name, "")}/>' for n, name in enumerate(pages))
    more = {}
    if contents is not None:
        items += '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
        more["OEBPS/toc.ncx"] = contents
    if navigation is not None:
        items += '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
        more["OEBPS/nav.xhtml"] = navigation
    package = (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">'
        f"<dc:title>{title}</dc:title><dc:language>en</dc:language>{facts}</metadata><manifest>{items}</manifest>"
        f'<spine toc="ncx">{order}</spine><guide>{guide}</guide></package>'
    )
    return zipped({
        "mimetype": "application/epub+zip", "META-INF/container.xml": CONTAINER, "OEBPS/content.opf": package,
        **more, **{f"OEBPS/{name}": text for name, text in pages.items()}, **(files or {}),
    })  # fmt: skip


def p(text: str, style: str = "", *, numbered: tuple[int, int] | None = None, run: str = "") -> str:
    """A paragraph of a DOCX. `text` is plain, or begins with a tag and is taken as it is."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if numbered:
        properties += f'<w:numPr><w:ilvl w:val="{numbered[1]}"/><w:numId w:val="{numbered[0]}"/></w:numPr>'
    inner = text if text.startswith("<") else r(text, run)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def docx(
    body: str,
    *,
    styles: str = "",
    numbering: str = "",
    footnotes: str = "",
    endnotes: str = "",
    core: str = "",
    links: str = "",
    language: str = "en-GB",
) -> bytes:
    headings = "".join(
        f'<w:style w:type="paragraph" w:styleId="H{n}"><w:name w:val="heading {n}"/></w:style>' for n in range(1, 7)
    )
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="{language}"/></w:rPr></w:rPrDefault></w:docDefaults>'
    )
    files = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "word/document.xml": f"<w:document {NAMES}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {NAMES}>{defaults}{headings}{styles}</w:styles>",
        "word/numbering.xml": f"<w:numbering {NAMES}>{numbering}</w:numbering>",
        "word/header1.xml": f"<w:hdr {NAMES}>{p('The head of each page')}</w:hdr>",
        "word/_rels/document.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships">{links}</Relationships>',
        "docProps/core.xml": '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
        f"{core}</cp:coreProperties>",
    }
    if footnotes:
        files["word/footnotes.xml"] = f"<w:footnotes {NAMES}>{footnotes}</w:footnotes>"
    if endnotes:
        files["word/endnotes.xml"] = f"<w:endnotes {NAMES}>{endnotes}</w:endnotes>"
    return zipped(files)
