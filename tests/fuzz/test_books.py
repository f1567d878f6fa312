"""Spoilt books and documents: whatever is in the bytes, only an InputError leaves the reader."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Mapping, Sequence

from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.broken import broken, fuzzed, only_input_errors
from tests.unit.ingest.packages import docx, epub, ncx, p, page, paragraphs, r

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


WORDS = b"""
< > & " ' /> </p> <p> <p ]]> <![CDATA[ <!-- --> <?x &#0; &#x110000; &#99999999999; &a; # ../ %2e%2e%2f % :// -1 1e9 0
99999999999999999999 id="n1" href="#n1" <h1> </h2> <ol> <li> <table><tr><td> <ul><li><ul><li> xmlns="x" xmlns:w="y"
<w:p> </w:p> <w:r> <w:tbl> <w:tc> <w:t>x</w:t> <w:numPr> <w:sdt> <m:oMath><m:f/> <mc:AlternateContent> w:val=""
encoding="utf-16" encoding="idna" \x00 \xff\xfe \xc3\x28 \xe2\x80\xae
""".split()
TAGS = b"""
<!DOCTYPE x [
<a href="#n1"><sup>1</sup></a>
<w:fldChar w:fldCharType="begin"/>
<w:fldChar w:fldCharType="end"/>
<w:hyperlink r:id="x">
<w:footnoteReference w:id="1"/>
<w:sym w:char="zz"/>
""".strip().split(b"\n")
FATES = [*["same"] * 8, "gone", "renamed", "twice", "other"]


def _opened(body: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def spoilt(body: bytes) -> st.SearchStrategy[bytes]:
    """The archive with up to three of its files broken, lost, renamed, doubled or put in another's place."""
    files = _opened(body)
    one = st.sampled_from(sorted(files)).flatmap(
        lambda name: st.tuples(st.just(name), broken([files[name]], [*WORDS, *TAGS]), st.sampled_from(FATES))
    )
    return st.lists(one, min_size=1, max_size=3).map(lambda changes: _rebuilt(files, changes))


def _rebuilt(files: Mapping[str, bytes], changes: Sequence[tuple[str, bytes, str]]) -> bytes:
    changed, twice = dict(files), []
    for name, text, fate in changes:
        changed.pop(name, None)
        if fate != "gone":
            changed[name.swapcase() if fate == "renamed" else name] = files[min(files)] if fate == "other" else text
        if fate == "twice":
            twice.append((name, text))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # two files of one name are meant
        for name, text in [*changed.items(), *twice]:
            archive.writestr(name, text)
    return out.getvalue()


def _survives(body: bytes, name: str) -> None:
    document = only_input_errors(body, origin=name)
    if document is not None:
        assert document.kept
        assert document.receipt.total == len(document.blocks)
        for block in document.blocks:
            assert all(0 <= span.start < span.end <= len(block.text) for span in block.spans)


@fuzzed
@given(body=spoilt(EPUB))
def test_books_with_spoilt_files(body: bytes) -> None:
    _survives(body, "book.epub")


@fuzzed
@given(body=broken([EPUB], [*WORDS, b"PK\x01\x02", b"PK\x05\x06"]))
def test_books_with_spoilt_bytes(body: bytes) -> None:
    _survives(body, "book.epub")


@fuzzed
@given(body=spoilt(DOCX))
def test_documents_with_spoilt_files(body: bytes) -> None:
    _survives(body, "letter.docx")


@fuzzed
@given(body=broken([DOCX], [*WORDS, b"PK\x01\x02", b"PK\x05\x06"]))
def test_documents_with_spoilt_bytes(body: bytes) -> None:
    _survives(body, "letter.docx")
