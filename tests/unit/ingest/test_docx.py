"""Documents of word processors: what Word, LibreOffice and pandoc write, and what of it is not text."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from tests.unit.ingest.packages import TIDE_BOOK, docx, p, r, zipped
from tests.unit.ingest.sources import find, headings, kept, read, reasons
from voice_app.errors import DamagedFileError, LockedFileError, NoArticleError
from voice_app.ingest.docx.equation import math_of
from voice_app.model import BlockKind, Document, Span

BOOKS = Path(__file__).parents[2] / "data" / "books"
LONG = "The rope was coiled on the deck and nobody dared to touch it before the captain had come back from the town."
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{name.replace(" ", "")}"><w:name w:val="{name}"/></w:style>'
    for name in ("Title", "Subtitle", "Quote", "caption", "toc 1", "HTML Preformatted", "Author")
)


def spans(document: Document, start: str, kind: str) -> list[tuple[str, str]]:
    block = find(document, start)
    return [(block.text[s.start : s.end], s.value) for s in block.spans if s.kind == kind]


@pytest.mark.parametrize("program", ["pandoc", "libreoffice"])
def test_a_book_from_another_program_is_whole_and_in_order(program: str) -> None:
    found = read((BOOKS / f"{program}.docx").read_bytes())
    assert (found.title, found.byline, found.language) == ("The Tide Book", "Ada Merrow; Tom Sills", "en-GB")
    assert headings(found) == TIDE_BOOK
    assert [(b.level, b.marker, b.text) for b in found.kept if b.kind is BlockKind.ITEM] == [
        (1, "1.", "Look at the water."),
        (1, "2.", "Look at the sky."),
        (1, "3.", "Look at the ropes:"),
        (2, "", "the bow line first,"),
        (2, "", "then the stern line,"),
        (2, "", "then the springs."),
        (1, "4.", "Have breakfast."),
    ]
    (table,) = [b for b in found.kept if b.kind is BlockKind.TABLE]
    assert table.text == "Highest and lowest water of four months"
    assert (table.rows[0], table.rows[4]) == (("Month", "Highest water", "Lowest water"), ("October", "4.7 m", "0.2 m"))
    (code,) = [b for b in found.kept if b.kind is BlockKind.CODE]
    assert code.text.splitlines()[1] == "    if month in (7, 11):"
    assert find(found, "A Year on a Small Harbour").standfirst
    if program == "pandoc":  # LibreOffice without its Math module loses equations when it reads them
        assert "cos" in find(found, "A staff is bolted").text


@pytest.mark.parametrize("program", ["pandoc", "libreoffice"])
def test_notes_stand_where_their_chapter_ends(program: str) -> None:
    found = read((BOOKS / f"{program}.docx").read_bytes())
    notes = [(n, b) for n, b in enumerate(found.blocks) if b.kind is BlockKind.NOTE]
    assert [(b.marker, b.text[:13]) for _, b in notes] == [
        ("1", "The count was"),
        ("2", "Not always te"),
        ("3", "The third ste"),
    ]
    assert found.blocks[notes[0][0] + 1].text == "February: Ice on the ladders"
    (mark,) = [s for s in find(found, "In January the quay").spans if s.kind == "note"]
    assert (mark.value, find(found, "In January").text[mark.start : mark.end]) == (notes[0][1].anchor, "1")
    assert len({b.anchor for _, b in notes}) == 3


def test_numbers_are_counted_as_word_counts_them() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0">'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1)"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl>'
        '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%3."/></w:lvl>'
        '</w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="6"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    body = "".join([
        p(LONG), p("One", numbered=(5, 0)), p("Deep", numbered=(5, 1)), p("Deeper", numbered=(5, 2)),
        p("Deep again", numbered=(5, 1)), p("Two", numbered=(5, 0)), p("Between the two parts of the list."),
        p("Three", numbered=(5, 0)), p("Under three", numbered=(5, 1)), p("Once more", numbered=(6, 0)),
    ])  # fmt: skip
    found = read(docx(body, numbering=numbering))
    assert [(b.marker, b.level, b.text) for b in found.kept if b.kind is BlockKind.ITEM] == [
        ("1)", 1, "One"),
        ("(a)", 2, "Deep"),
        ("I.", 3, "Deeper"),
        ("(b)", 2, "Deep again"),
        ("2)", 1, "Two"),
        ("3)", 1, "Three"),
        ("(a)", 2, "Under three"),
        ("1)", 1, "Once more"),
    ]


def test_a_numbered_heading_says_its_number() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:pStyle w:val="N1"/><w:lvlText w:val="%1"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/>'
        '<w:numFmt w:val="decimal"/><w:pStyle w:val="N2"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="N{n}"><w:name w:val="heading {n}"/><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        for n in (1, 2)
    )
    body = p("Report", "Title") + p("Aims", "N1") + p("Means", "N1") + p("Boats", "N2") + p(LONG) + p("Ropes", "N2")
    found = read(docx(body + p(LONG), styles=STYLES + styles, numbering=numbering))
    assert headings(found) == [(1, "Report"), (2, "1 Aims"), (2, "2 Means"), (3, "2.1 Boats"), (3, "2.2 Ropes")]


def test_what_was_deleted_hidden_or_only_remarked_is_not_read() -> None:
    body = p(
        r("The boat ")
        + "<w:del w:id='1'><w:r><w:delText>sank </w:delText></w:r></w:del>"
        + f"<w:ins w:id='2'>{r('sailed ')}</w:ins>"
        + r("secretly ", "<w:vanish/>")
        + r("openly ", '<w:vanish w:val="0"/>')
        + "<w:commentRangeStart w:id='0'/>"
        + r("home.")
        + "<w:commentRangeEnd w:id='0'/><w:r><w:commentReference w:id='0'/></w:r>"
        + f"<w:moveFrom w:id='3'>{r(' Elsewhere.')}</w:moveFrom><w:moveTo w:id='4'>{r(' Here.')}</w:moveTo>"
    )
    found = read(docx(body + p(LONG) + "<w:sectPr><w:headerReference w:type='default' r:id='rId9'/></w:sectPr>"))
    assert kept(found)[1:] == ["The boat sailed openly home. Here.", LONG]
    assert found.receipt.skipped == 0


def test_contents_are_left_out_with_their_reason_and_nothing_else() -> None:
    field = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r("Aims 1")}</w:p>'
        f'<w:p>{r("Means 7")}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    gallery = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{p('What is in it')}</w:sdtContent></w:sdt>"
    )
    found = read(docx(p("Aims", "H1") + field + gallery + p("Styled 3", "toc1") + p(LONG), styles=STYLES))
    assert reasons(found) == dict.fromkeys(("Aims 1", "Means 7", "What is in it", "Styled 3"), "contents")
    assert kept(found) == ["Aims", LONG]


def test_contents_that_never_end_do_not_swallow_the_text() -> None:
    start = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
    found = read(docx(f'{start}<w:r><w:fldChar w:fldCharType="separate"/></w:r></w:p>' + p(LONG)))
    assert kept(found)[1:] == [LONG]


def test_fields_keep_their_words() -> None:
    body = p(
        r("See table ") + f'<w:fldSimple w:instr=" SEQ Table ">{r("4")}</w:fldSimple>' + r(" for the rest of it all.")
    )
    assert kept(read(docx(body + p(LONG))))[1] == "See table 4 for the rest of it all."


def test_pictures_charts_and_captions() -> None:
    chart = (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Chart 1" descr="Sales rise."/></wp:inline></w:drawing></w:r>'
    )
    body = p(LONG) + f"<w:p>{chart}</w:p>" + p("Figure 1: Sales", "caption") + p("The text goes on after it.")
    found = read(docx(body, styles=STYLES))
    (figure,) = [b for b in found.kept if b.kind is BlockKind.FIGURE]
    assert figure.text == "Figure 1: Sales"
    alone = read(docx(p(LONG) + f"<w:p>{chart}</w:p>"))
    assert [b.text or b.alt for b in alone.kept if b.kind is BlockKind.FIGURE] == ["Sales rise."]


def test_text_in_a_box_is_read_once_beside_the_text() -> None:
    inner = f"<w:txbxContent>{p('Boxed words stand here.')}</w:txbxContent>"
    box = (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><wps:txbx>{inner}</wps:txbx>"
        f"</wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape>"
        "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    found = read(docx(f"<w:p>{r(LONG)}{box}</w:p>" + p("The end of it.")))
    assert kept(found)[1:] == [LONG, "Boxed words stand here.", "The end of it."]
    assert find(found, "Boxed").aside
    assert not find(found, "The rope").aside


POWER = "<m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>"


@pytest.mark.parametrize(
    ("office", "mathml"),
    [
        (POWER, "<msup><mrow><mi>x</mi></mrow><mrow><mn>2</mn></mrow></msup>"),
        (
            "<m:f><m:fPr/><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>1.5</m:t></m:r></m:den></m:f>",
            "<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mrow><mn>1.5</mn></mrow></mfrac>",
        ),
        ("<m:rad><m:deg/><m:e><m:r><m:t>y</m:t></m:r></m:e></m:rad>", "<msqrt><mrow><mi>y</mi></mrow></msqrt>"),
        (
            '<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub><m:r><m:t>i=1</m:t></m:r></m:sub><m:sup><m:r><m:t>n'
            "</m:t></m:r></m:sup><m:e><m:r><m:t>i</m:t></m:r></m:e></m:nary>",
            "<mrow><munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mrow><mi>n</mi></mrow></munderover>"
            "<mrow><mi>i</mi></mrow></mrow>",
        ),
        (
            "<m:func><m:fName><m:r><m:t>cos</m:t></m:r></m:fName><m:e><m:d><m:e><m:r><m:t>t</m:t></m:r></m:e></m:d></m:e>"
            "</m:func>",
            "<mrow><mrow><mi>cos</mi></mrow><mo>\u2061</mo><mrow><mrow><mo>(</mo><mrow><mi>t</mi></mrow><mo>)</mo></mrow>"
            "</mrow></mrow>",
        ),
    ],
)
def test_equations_become_mathml(office: str, mathml: str) -> None:
    space = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    equation = etree.fromstring(f'<m:oMath xmlns:m="{space}">{office}</m:oMath>')
    assert math_of(equation) == f"<math>{mathml}</math>"


def test_an_equation_in_an_equation_in_an_equation_takes_no_time() -> None:
    body = "<m:oMath>" + "<m:box><m:e>" * 50 + "<m:r><m:t>x</m:t></m:r>" + "</m:e></m:box>" * 50 + "</m:oMath>"
    assert "x" in kept(read(docx(p(r("It is ") + body) + p(LONG))))[1]


def test_equations_are_not_lost() -> None:
    shown = "<m:oMathPara><m:oMath><m:r><m:t>E=m</m:t></m:r></m:oMath></m:oMathPara>"
    found = read(
        docx(p(r("We set ") + f"<m:oMath>{POWER}</m:oMath>" + r(" to one.")) + f"<w:p>{shown}</w:p>" + p(LONG))
    )
    first, second = kept(found)[1:3]
    assert first.startswith("We set x")
    assert first.endswith(" to one.")
    assert (second[0], second[-1]) == ("E", "m")


def test_another_language_is_marked_and_the_default_is_doubted() -> None:
    german = "Das Boot lag noch im Hafen, als der Morgen kam."
    body = (
        p(r(LONG + " ") + r("Gezeiten", '<w:lang w:val="de-DE"/>')) + p(german, run='<w:lang w:val="de-DE"/>') + p(LONG)
    )
    found = read(docx(body))
    assert (found.language, find(found, "Das Boot").language) == ("en-GB", "de-DE")
    assert spans(found, "The rope", "lang") == [("Gezeiten", "de-DE")]
    assert find(found, "The rope").language is None
    whole = read(
        docx(p(german) + p("Es war kalt und die Leute wollten nicht aus den Häusern kommen."), language="en-US")
    )
    assert whole.language == "de"


def test_links_and_emphasis_survive() -> None:
    link = (
        '<Relationship Id="rId1" Target="https://site.example/a" TargetMode="External" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"/>'
    )
    body = p(
        r("Read ") + f'<w:hyperlink r:id="rId1">{r("the list")}</w:hyperlink>' + r(" and ")
        + f'<w:hyperlink r:id="rId7">{r("the lost one")}</w:hyperlink>' + r(" very carefully", "<w:i/>") + r(" now.")
    )  # fmt: skip
    found = read(docx(body + p(LONG), links=link))
    assert spans(found, "Read the list", "link") == [("the list", "https://site.example/a")]
    assert spans(found, "Read the list", "emphasis") == [("very carefully", "")]
    assert "and the lost one" in find(found, "Read").text


def test_endnotes_and_footnotes_have_names_of_their_own() -> None:
    foot = f'<w:footnote w:id="2">{p("At the foot.")}</w:footnote>'
    end = f'<w:endnote w:id="2">{p("At the end.")}</w:endnote>'
    body = p(
        r("First") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + r(" and second")
        + '<w:r><w:endnoteReference w:id="2"/></w:r>' + r(" and none") + '<w:r><w:footnoteReference w:id="9"/></w:r>'
        + r(".")
    )  # fmt: skip
    found = read(docx(body + p(LONG), footnotes=foot, endnotes=end))
    notes = [b for b in found.kept if b.kind is BlockKind.NOTE]
    assert [(b.marker, b.text) for b in notes] == [("1", "At the foot."), ("2", "At the end.")]
    assert [value for _, value in spans(found, "First", "note")] == [b.anchor for b in notes]
    assert find(found, "First").text == "First1 and second2 and none."


def test_styles_are_known_in_every_language_and_by_what_they_are_based_on() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Kapitel"><w:name w:val="Mein Kapitel"/>'
        '<w:basedOn w:val="berschrift1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="My part"/>'
        '<w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    )
    body = (
        p("Das Buch", "Title") + p("Erstens", "Kapitel") + p("Ein Teil", "Own") + p(LONG) + p("So", "HTMLPreformatted")
    )
    found = read(docx(body + p("  it is", "HTMLPreformatted") + p("Said.", "Quote"), styles=STYLES + styles))
    assert headings(found) == [(1, "Das Buch"), (2, "Erstens"), (3, "Ein Teil")]
    assert [(b.kind, b.text) for b in found.kept][-2:] == [(BlockKind.CODE, "So\n  it is"), (BlockKind.QUOTE, "Said.")]


def test_facts_of_the_document() -> None:
    core = (
        "<dc:title>A Report on Ropes</dc:title><dc:creator>Ada Merrow</dc:creator><dc:subject>Rigging</dc:subject>"
        "<cp:keywords>ropes; boats, </cp:keywords><dc:description>All about ropes.</dc:description>"
        "<dc:language>en-IE</dc:language><dcterms:created>2024-02-03T10:00:00Z</dcterms:created>"
    )
    found = read(docx(p(LONG), core=core))
    assert (found.title, found.byline, found.language) == ("A Report on Ropes", "Ada Merrow", "en-IE")
    assert (found.published, found.topics, found.summary) == (
        date(2024, 2, 3),
        ("ropes", "boats", "Rigging"),
        "All about ropes.",
    )
    junk = read(
        docx(p("Ropes", "H1") + p(LONG), core="<dc:title>Document1</dc:title><dc:creator>python-docx</dc:creator>")
    )
    assert (junk.title, junk.byline) == ("Ropes", None)


def test_strict_documents_are_read_too() -> None:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(docx(p("Ropes", "H1") + p(LONG)))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    strict = {
        name: data.replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        )
        for name, data in files.items()
    }
    assert kept(read(zipped(strict))) == ["Ropes", LONG]


def test_a_document_with_a_password_is_named_as_such() -> None:
    body = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(200)
    with pytest.raises(LockedFileError, match="locked with a password"):
        read(body, "letter.docx")


def test_a_document_that_is_not_whole_is_refused() -> None:
    whole = (BOOKS / "libreoffice.docx").read_bytes()
    for share in range(5, 100, 5):
        with pytest.raises(DamagedFileError):
            read(whole[: len(whole) * share // 100], "letter.docx")
    with pytest.raises(DamagedFileError):
        read(zipped({"word/document.xml": "not XML at all"}))


def test_a_document_without_text_is_refused() -> None:
    with pytest.raises(NoArticleError):
        read(docx(p("") + "<w:p/>"))


@pytest.mark.usefixtures("uncollected")
def test_nested_deeper_than_anybody_writes_is_refused_or_read() -> None:
    body = "<w:tbl><w:tr><w:tc>" * 70 + p(LONG) + "</w:tc></w:tr></w:tbl>" * 70
    with pytest.raises(DamagedFileError):
        read(docx(body))


def test_spans_lie_within_their_text() -> None:
    for program in ("pandoc", "libreoffice"):
        for block in read((BOOKS / f"{program}.docx").read_bytes()).blocks:
            assert all(isinstance(s, Span) and 0 <= s.start < s.end <= len(block.text) for s in block.spans)
