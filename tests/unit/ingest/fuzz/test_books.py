"""Spoilt books and documents: whatever is in the bytes, only an InputError leaves the reader."""

from __future__ import annotations

import contextlib

from hypothesis import given

from tests.unit.ingest.fuzz.mutations import FUZZ, Edit, applied, edits, inside, opened, rebuilt
from tests.unit.ingest.packages import docx, epub, ncx, p, page, paragraphs, r, read
from voice_app.errors import InputError
from voice_app.model import Document

NOTED = (
    '<p>A claim<a epub:type="noteref" href="n.xhtml#n1">1</a> and one<sup><a id="r2" href="#m2">2</a></sup> more.</p>'
)
TABLE = "<table><tr><th>Month</th><th>Tide</th></tr><tr><td><p>May</p></td><td>4 m</td></tr></table>"
EPUB = epub(
    {
        "t.xhtml": page("<h1>A Book</h1><p>Ada Merrow</p>", attributes='epub:type="titlepage"'),
        "a.xhtml": page(f'<h2 id="x">One</h2>{NOTED}<ol start="3"><li>Look.<ul><li>Deep.</li></ul></li></ol>{TABLE}'
                        '<p id="m2"><a href="#r2">2</a>. Own note.</p><pre><code>x = 1</code></pre>'),
        "b.xhtml": page(paragraphs(2) + '<p xml:lang="de">Das Boot</p><figure><img alt="A boat"/></figure>'),
        "n.xhtml": page('<h2>Notes</h2><aside epub:type="footnote" id="n1"><p>The proof.</p></aside>'),
    },
    contents=ncx([("One", "a.xhtml#x"), ("Two", "b.xhtml"), ("Notes", "n.xhtml")]),
    facts='<dc:creator>Ada Merrow</dc:creator><dc:description>&lt;p&gt;All&lt;/p&gt;</dc:description>',
    spine={"n.xhtml": 'linear="no"'},
    files={"META-INF/encryption.xml": "<encryption/>"},
)  # fmt: skip
FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
DOCX = docx(
    p("Ropes", "H1") + p("Look at them all and at the water.", numbered=(1, 0)) + p("Deep", numbered=(1, 1))
    + p(r("A claim") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + r(" here.", '<w:lang w:val="de-DE"/>'))
    + f"<w:p>{FIELD.format('begin')}<w:r><w:instrText> TOC </w:instrText></w:r>{FIELD.format('separate')}"
    f"{r('Aims 1')}{FIELD.format('end')}</w:p>"
    + f"<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc>{p('Month')}</w:tc><w:tc>{p('Tide')}</w:tc></w:tr>"
    "<w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/><w:vMerge/></w:tcPr>" + p('May') + "</w:tc></w:tr></w:tbl>"
    + p("<m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t></m:r></m:den></m:f></m:oMath>")
    + "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:docPr id='1' descr='A boat'/>"
    f"<w:txbxContent>{p('Boxed.')}</w:txbxContent></w:drawing></mc:Choice></mc:AlternateContent></w:r></w:p>"
    + p('<w:hyperlink r:id="rId1">' + r("linked") + "</w:hyperlink>"),
    styles='<w:style w:type="paragraph" w:styleId="Q"><w:name w:val="Quote"/><w:basedOn w:val="H1"/></w:style>',
    numbering='<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
    footnotes=f'<w:footnote w:id="2">{p("At the foot.")}</w:footnote>',
    links='<Relationship Id="rId1" Target="https://site.example/" Type="x/hyperlink"/>',
    core="<dc:title>Ropes</dc:title><dcterms:created>2024-02-03</dcterms:created>",
)  # fmt: skip


def _survives(body: bytes, name: str) -> None:
    with contextlib.suppress(InputError):
        document = read(body, name)
        assert isinstance(document, Document)
        assert document.kept
        assert document.receipt.total == len(document.blocks)
        for block in document.blocks:
            assert all(0 <= span.start < span.end <= len(block.text) for span in block.spans)


@FUZZ
@given(inside(opened(EPUB)))
def test_a_book_with_spoilt_files(wanted: list[tuple[str, list[Edit], str]]) -> None:
    _survives(rebuilt(opened(EPUB), wanted), "book.epub")


@FUZZ
@given(edits)
def test_a_book_with_spoilt_bytes(wanted: list[Edit]) -> None:
    _survives(applied(EPUB, wanted), "book.epub")


@FUZZ
@given(inside(opened(DOCX)))
def test_a_document_with_spoilt_files(wanted: list[tuple[str, list[Edit], str]]) -> None:
    _survives(rebuilt(opened(DOCX), wanted), "letter.docx")


@FUZZ
@given(edits)
def test_a_document_with_spoilt_bytes(wanted: list[Edit]) -> None:
    _survives(applied(DOCX, wanted), "letter.docx")
