"""PDF files of LaTeX, LibreOffice and Chromium: every block in its place; and files that cannot be read."""

from __future__ import annotations

import re
import threading
from collections import Counter
from pathlib import Path

import lxml.etree
import lxml.html
import pytest

from tests.unit.ingest.pdf_pages import Sheet, pdf, source
from voice_app.config import Fetch
from voice_app.errors import (
    DamagedFileError,
    EmptyInputError,
    InputError,
    LockedFileError,
    ScannedFileError,
    TooLargeError,
)
from voice_app.ingest.pdf import clock, file, tagged
from voice_app.ingest.reader import Reader
from voice_app.model import Block, BlockKind, Document, Treatment

DATA = Path(__file__).parents[2] / "data" / "pdf"
NAMES = ("paper", "report", "report_tagged", "leaflet", "leaflet_untagged")
WORDS_F1 = {"paper": 0.997, "report": 1.0, "report_tagged": 1.0, "leaflet": 1.0, "leaflet_untagged": 1.0}


def read(name: str) -> Document:
    return Reader(Fetch()).document(source((DATA / f"{name}.pdf").read_bytes(), f"{name}.pdf"))


def line_of(block: Block) -> str:
    """A block as it stands in a .blocks file."""
    words = re.sub(r"\s+", " ", block.text).split(" ")
    text = " ".join(words if len(words) <= 9 else [*words[:5], "...", *words[-3:]])
    calls = "".join(f" ^{span.value}" for span in block.spans if span.kind == "note")
    rows = "".join(f" / {' | '.join(row)}" for row in block.rows)
    name = " ".join(filter(None, (str(block.kind), str(block.level or ""), block.marker, block.anchor)))
    end = f" ({block.reason})" if block.reason else " (aside)" if block.aside else ""
    return f"{name}: {text}{rows}{calls}{end}"


@pytest.mark.parametrize("name", [*NAMES, "book", "news", "tiny"])
def test_every_block_of_a_real_file_is_in_its_place(name: str) -> None:
    wanted = (DATA / f"{name}.blocks").read_text(encoding="utf-8").splitlines()
    assert [line_of(block) for block in read(name).blocks] == wanted


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W\d_]+", text.casefold()))


def said(document: Document) -> str:
    cells = (cell for block in document.kept for row in block.rows for cell in row)
    return " ".join([*(block.text for block in document.kept), *cells])


def written(name: str) -> str:
    """The words of the source that a file was made from."""
    if name == "paper":
        return tex_words((DATA / "paper.tex").read_text(encoding="utf-8"))
    if name.startswith("report"):
        office = lxml.etree.parse(str(DATA / "report.fodt"))
        body = office.find(".//{urn:oasis:names:tc:opendocument:xmlns:office:1.0}body")
        assert body is not None
        return " ".join(body.itertext())
    page = lxml.html.parse(str(DATA / "leaflet.html")).find("body")
    assert page is not None
    return " ".join(page.itertext())


def tex_words(text: str) -> str:
    title = re.search(r"\\title\{(.*?)\}", text)
    assert title
    text = text.partition(r"\maketitle")[2]
    text = text.replace(r"\begin{abstract}", " Abstract ").replace(r"\begin{thebibliography}{9}", " References ")
    text = re.sub(r"\\begin\{(picture|equation)\}.*?\\end\{\1\}", " ", text, flags=re.S)
    text = re.sub(r"\\begin\{table\*?\}", " Table ", text)
    text = re.sub(r"\\begin\{figure\}\[t\]", " Figure ", text)
    text = re.sub(r"\\begin\{tabular\}\{\w+\}|\\(?:begin|end)\{[\w*]+\}|\\bibitem\{\w+\}", " ", text)
    text = re.sub(r"\\(?:label|cite|ref|setlength)\{.*?\}(?:\{.*?\})?|\[t\]", " ", text)
    text = text.replace("$w$", "w").replace("$s$", "s").replace("$r$", "r").replace("$t_0$", "t")
    return title[1] + " " + re.sub(r"\\[a-z]+\*?|[{}$&~\\]", " ", text)


@pytest.mark.parametrize("name", NAMES)
def test_the_words_are_those_of_the_source(name: str) -> None:
    got, wanted = words(said(read(name))), words(written(name))
    same = (got & wanted).total()
    f1 = 2 * same / (got.total() + wanted.total())
    assert f1 >= WORDS_F1[name], (got - wanted, wanted - got)


@pytest.mark.parametrize("name", NAMES)
def test_no_part_of_a_letter_is_left_in_the_text(name: str) -> None:
    assert not re.search(r"[\ufb00-\ufb06\ue000-\uf8ff\ufffd\u00ad\ufffe\ufffc]", said(read(name)))


def test_facts_of_a_real_file() -> None:
    document = read("paper")
    assert document.byline == "Mira Holt and Jonas Wendel"
    assert (str(document.published), document.summary) == ("2024-03-09", "How listeners find their place again.")
    assert document.topics == ("listening", "memory", "narration")
    assert read("report").language == "en-GB"


def test_a_locked_file_says_so() -> None:
    with pytest.raises(LockedFileError, match="locked"):
        read("locked")


def test_a_file_that_only_its_owner_may_change_is_read() -> None:
    assert read("owner_only").title == "A Locked Letter"


@pytest.mark.parametrize("name", [*NAMES, "owner_only"])
def test_a_file_that_ends_early_is_read_as_far_as_it_goes_or_refused(name: str) -> None:
    body = (DATA / f"{name}.pdf").read_bytes()
    for percent in range(5, 100, 5):
        try:
            document = Reader(Fetch()).document(source(body[: len(body) * percent // 100]))
        except InputError as problem:
            assert isinstance(problem, DamagedFileError | ScannedFileError | EmptyInputError)
        else:
            assert document.kept


def scan(text: str = "") -> Sheet:
    sheet = Sheet()
    sheet.picture()
    if text:
        sheet.text(40, 60, text)
    return sheet


def page_of_text(y: float = 60) -> Sheet:
    sheet = Sheet()
    sheet.lines(40, y, ["The river begins in a meadow that nobody owns,", "and in spring it runs over the path."])
    return sheet


def test_a_scan_says_that_it_is_one() -> None:
    with pytest.raises(ScannedFileError, match="OCR"):
        Reader(Fetch()).document(source(pdf(*[scan() for _ in range(12)], page_of_text())))


def test_single_pages_without_text_are_told_of_and_the_others_read() -> None:
    document = Reader(Fetch()).document(source(pdf(page_of_text(), scan(), page_of_text(200), scan("12"))))
    assert [(b.treatment, b.reason) for b in document.blocks if b.treatment is Treatment.FAILED] == [
        (Treatment.FAILED, "page 2 is a picture without text"),
        (Treatment.FAILED, "page 4 is a picture without text"),
    ]
    assert [b.kind for b in document.blocks[:3]] == [BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.FIGURE]
    assert document.receipt.failed == 2


def test_a_scan_with_a_stamp_on_each_page_is_a_scan() -> None:
    with pytest.raises(ScannedFileError):
        Reader(Fetch()).document(source(pdf(*[scan("Digitised by the harbour library") for _ in range(4)])))


def test_an_empty_file_says_so() -> None:
    with pytest.raises(EmptyInputError):
        Reader(Fetch()).document(source(pdf(Sheet(), Sheet())))


@pytest.mark.parametrize(
    "text",
    ["\ue021\ue022\ue023 \ue024\ue025 " * 60, "!#$%& '()*+ ,-/:; <=>?@ " * 20, "xkcd fghj klmn bvcx zqwr tpsd " * 20],
)
def test_letters_without_meaning_are_refused(text: str) -> None:
    sheet = Sheet()
    for n in range(0, len(text), 40):
        sheet.unicode(0, 20 + n / 3, text[n : n + 40], 9)
    with pytest.raises(ScannedFileError, match="cannot be read"):
        Reader(Fetch()).document(source(pdf(sheet)))


def test_a_file_of_too_many_pages_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file, "MAX_PAGES", 2)
    with pytest.raises(TooLargeError, match="3 pages"):
        Reader(Fetch()).document(source(pdf(*[page_of_text() for _ in range(3)])))


def test_a_page_of_too_many_letters_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file, "MAX_PAGE_LETTERS", 50)
    with pytest.raises(TooLargeError, match="Page 1"):
        Reader(Fetch()).document(source(pdf(page_of_text())))


def test_a_file_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "MAX_SECONDS", -1)
    with pytest.raises(TooLargeError, match="seconds"):
        Reader(Fetch()).document(source(pdf(page_of_text())))


@pytest.mark.parametrize(
    "tail", ["", "1.7\n", "1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n"]
)
def test_what_only_begins_like_a_pdf_is_damaged(tail: str) -> None:
    with pytest.raises(DamagedFileError):
        Reader(Fetch()).document(source(b"%PDF-" + tail.encode()))


def test_threads_can_read_at_the_same_time() -> None:
    titles: list[str] = []
    threads = [threading.Thread(target=lambda n=n: titles.append(read(n).title)) for n in ("report", "leaflet") * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(titles) == sorted(["The Library on Wheels", "A Walk Around the Salt Marsh"] * 3)


@pytest.mark.parametrize("name", ["report_tagged", "leaflet"])
def test_a_tagged_file_says_the_same_by_where_its_words_stand(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    by_tags = read(name)
    monkeypatch.setattr(tagged, "MIN_COVERED", 2)  # no tags are good enough
    by_places = read(name)
    assert by_places.blocks != by_tags.blocks
    kinds = (BlockKind.HEADING, BlockKind.ITEM, BlockKind.TABLE, BlockKind.NOTE)
    headings, *others = (
        [[line_of(b) for b in d.kept if b.kind is kind] for d in (by_tags, by_places)] for kind in kinds
    )
    assert set(headings[0]) <= set(headings[1])
    assert all(a == b for a, b in others)
    assert words(said(by_tags)) == words(said(by_places))
