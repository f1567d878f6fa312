"""PDF pages of the test's own making: reading order, headings, furniture, notes, lists, tables."""

from __future__ import annotations

import re

import pytest

from tests.unit.ingest.pdf_pages import Sheet, pdf, source, width
from voice_app.config import Fetch
from voice_app.ingest.reader import Reader
from voice_app.model import Block, BlockKind, Document, Treatment

LEFT = (
    "The river begins in a meadow that nobody owns. In spring the snow melts and the water runs over the path, so that "
    "walkers take off their shoes. Later in the year only a line of darker grass shows where it went. Children build "
    "dams of stones and turf there, and the farmer opens them again at night, because his cows drink further down."
)
RIGHT = (
    "Below the mill the valley is narrow and the road has to share it with the railway. Trains come twice a day and "
    "whistle before the bridge. An old man counts them from his window and writes the minutes of delay into a book "
    "that has three hundred pages. He has never told anybody what the figures are for, and nobody has asked him."
)
THIRD = (
    "At the mouth there is a harbour for small boats and a bench for those who wait. The sea is grey on most days and "
    "the wind smells of tar. Fishermen mend their nets on the quay and listen to the radio, which tells them about the "
    "weather in places that they have never seen. In the evening the lamp at the end of the pier is lit by hand."
)


def read(*sheets: Sheet, info: str = "", catalog: str = "") -> Document:
    return Reader(Fetch()).document(source(pdf(*sheets, info=info, catalog=catalog)))


def kept(document: Document) -> list[tuple[str, str]]:
    return [(str(b.kind), b.text) for b in document.kept]


def texts(document: Document, kind: BlockKind = BlockKind.PARAGRAPH) -> list[str]:
    return [b.text for b in document.kept if b.kind is kind]


def skipped(document: Document) -> list[tuple[str, str]]:
    return [(b.reason, b.text) for b in document.blocks if b.treatment is Treatment.SKIPPED]


def heading(document: Document) -> list[tuple[int, str]]:
    return [(b.level, b.text) for b in document.kept if b.kind is BlockKind.HEADING]


def titled(text: str = "Three Walks") -> Sheet:
    sheet = Sheet()
    sheet.text(40, 60, text, 22, "F2")
    return sheet


@pytest.mark.parametrize("seed", [0, 1, 2, 3])
def test_two_columns_are_read_one_after_the_other_whatever_order_the_file_has(seed: int) -> None:
    sheet = titled()
    sheet.paragraph(40, 100, LEFT, 150)
    sheet.paragraph(205, 100, RIGHT, 150)
    document = read(sheet.shuffled(seed) if seed else sheet)
    assert document.title == "Three Walks"
    assert texts(document) == [LEFT, RIGHT]


def test_three_columns_whose_lines_are_not_level() -> None:
    sheet = titled()
    for x, y, text in ((40, 100, LEFT), (150, 103, RIGHT), (260, 98, THIRD)):
        sheet.paragraph(x, y, text, 100, size=8)
    assert texts(read(sheet.shuffled())) == [LEFT, RIGHT, THIRD]


def test_what_goes_across_the_columns_parts_them() -> None:
    sheet = titled()
    y = max(sheet.paragraph(40, 100, LEFT, 150), sheet.paragraph(205, 100, RIGHT, 150))
    y = sheet.paragraph(40, y + 10, THIRD, 315)
    sheet.paragraph(40, y + 10, RIGHT, 150)
    sheet.paragraph(205, y + 10, LEFT, 150)
    assert texts(read(sheet.shuffled())) == [LEFT, RIGHT, THIRD, RIGHT, LEFT]


def test_a_narrow_box_beside_the_text_is_not_mixed_with_it() -> None:
    sheet = titled()
    sheet.paragraph(40, 100, LEFT, 200)
    sheet.paragraph(265, 106, "Boats can be hired from May to October. The harbour master has the keys.", 90, size=8)
    boxed = "Boats can be hired from May to October. The harbour master has the keys."
    assert texts(read(sheet.shuffled())) == [LEFT, boxed]


def test_a_paragraph_goes_on_in_the_next_column_and_on_the_next_page() -> None:
    words = f"{LEFT} {RIGHT}".split()
    first, second = Sheet(), Sheet()
    first.paragraph(40, 100, " ".join(words[:50]) + " and", 150)
    first.paragraph(205, 100, "then " + " ".join(words[50:90]) + " besides", 150)
    second.paragraph(40, 100, "all that " + " ".join(words[90:]), 150)
    joined = " ".join([*words[:50], "and then", *words[50:90], "besides all that", *words[90:]])
    assert texts(read(first, second)) == [joined]


def test_headings_come_from_size_and_weight_and_the_order_of_sizes_gives_levels() -> None:
    sheet = titled()
    y = sheet.paragraph(40, 90, LEFT, 320)
    sheet.text(40, y + 12, "The Lower Valley", 15, "F2")
    y = sheet.paragraph(40, y + 32, RIGHT, 320)
    sheet.text(40, y + 8, "The railway", 10, "F2")
    y = sheet.paragraph(40, y + 22, RIGHT, 320)
    sheet.text(40, y + 12, "The Mouth", 15, "F2")
    sheet.paragraph(40, y + 32, THIRD, 320)
    assert heading(read(sheet)) == [
        (1, "Three Walks"), (2, "The Lower Valley"), (3, "The railway"), (2, "The Mouth"),
    ]  # fmt: skip


def test_numbers_of_headings_give_their_levels() -> None:
    sheet = titled()
    y = 90.0
    for text in ("1 Beginnings", "1.1 The meadow", "2 Middle", "2.1 The mill", "2.1.1 The wheel"):
        sheet.text(40, y, text, 12, "F2")
        y = sheet.paragraph(40, y + 16, RIGHT, 320, size=9) + 12
    assert [level for level, _ in heading(read(sheet))] == [1, 2, 3, 2, 3, 4]


def test_capitals_with_a_number_are_a_heading_in_the_size_of_the_text() -> None:
    sheet = titled()
    y = sheet.paragraph(40, 90, LEFT, 320)
    sheet.text(150, y + 14, "II. THE LOWER VALLEY")
    sheet.paragraph(40, y + 34, RIGHT, 320)
    assert heading(read(sheet))[1:] == [(2, "II. THE LOWER VALLEY")]


def test_a_bold_word_at_the_start_of_a_paragraph_is_no_heading() -> None:
    sheet = titled()
    x = sheet.text(40, 90, "Warning.", 10, "F2")
    sheet.text(x + 3, 90, "The bridge is closed in winter and the path behind it is not safe", 10)
    sheet.text(40, 102, "when there is ice.")
    document = read(sheet)
    assert heading(document) == [(1, "Three Walks")]
    (block,) = [b for b in document.kept if b.kind is BlockKind.PARAGRAPH]
    assert [(block.text[s.start : s.end], s.kind) for s in block.spans] == [("Warning.", "strong")]


def test_bookmarks_name_headings_that_look_like_text() -> None:
    sheet = titled()
    y = sheet.paragraph(40, 90, LEFT, 320)
    sheet.text(40, y + 14, "At the mill")
    sheet.paragraph(40, y + 34, RIGHT, 320)
    body = pdf(sheet, bookmark="At the mill")
    assert heading(Reader(Fetch()).document(source(body)))[1:] == [(2, "At the mill")]


def pages_with(head: str, foot: str, count: int = 6) -> list[Sheet]:
    sheets = []
    for number in range(1, count + 1):
        sheet = Sheet()
        values = {"n": number, "count": count, "roman": ["i", "ii", "iii", "iv", "v", "vi"][number - 1]}
        text = head.format(**values).split("|")[number % len(head.split("|"))]
        sheet.text(40, 30, text, 8)
        sheet.paragraph(40, 80, (LEFT, RIGHT, THIRD)[number % 3], 320)
        sheet.text(190, 580, foot.format(**values), 8)
        sheets.append(sheet)
    return sheets


@pytest.mark.parametrize(
    ("head", "foot", "reasons"),
    [
        ("Walks in the Valley", "{n}", {"page header", "page number"}),
        ("Walks in the Valley|A. Writer", "Page {n} of {count}", {"page header", "page number"}),
        ("{n} Walks in the Valley|A. Writer {n}", "Printed by the harbour press", {"page header", "page footer"}),
        ("Walks in the Valley", "{roman}", {"page header", "page number"}),
        ("Walks in the Valley", "- {n} -", {"page header", "page number"}),
    ],
)
def test_running_heads_and_page_numbers_are_left_out_and_counted_once(head: str, foot: str, reasons: set[str]) -> None:
    document = read(*pages_with(head, foot))
    assert texts(document) == [(LEFT, RIGHT, THIRD)[n % 3] for n in range(1, 7)]
    assert {reason for reason, _ in skipped(document)} == reasons
    assert len(skipped(document)) == len(head.split("|")) + 1


def test_a_line_that_stands_on_one_page_alone_is_kept() -> None:
    sheets = pages_with("Walks in the Valley", "{n}")
    sheets[3].text(40, 560, "Written in the summer of a dry year.")
    assert "Written in the summer of a dry year." in texts(read(*sheets))


def test_words_broken_at_the_ends_of_lines_are_whole_again() -> None:
    sheet = titled()
    lines = (
        "It is a well-known thing that the inter-", "national bridge of the Franco-", "Prussian war was not under-",
        "stood by the thirty-", "two men who built it, nor by the well-", "known engineer, and that two-",
        "and three-storey houses stood there.",
    )  # fmt: skip
    sheet.lines(40, 90, lines)
    assert texts(read(sheet)) == [
        "It is a well-known thing that the international bridge of the Franco-Prussian war was not understood by the "
        "thirty-two men who built it, nor by the well-known engineer, and that two- and three-storey houses stood "
        "there."
    ]


def test_ligatures_and_signs_of_symbol_fonts_become_letters() -> None:
    sheet = titled()
    sheet.unicode(40, 90, "ﬁve oﬃces ﬂoat")
    sheet.unicode(40, 110, "\uf0b7 ")  # with a blank, as word processors write it
    sheet.text(60, 110, "a mark that a word processor drew")
    document = read(sheet)
    assert texts(document) == ["five offices float"]
    assert texts(document, BlockKind.ITEM) == ["a mark that a word processor drew"]


def test_numbers_of_lines_in_a_margin_are_left_out() -> None:
    sheet = Sheet()
    sheet.text(60, 60, "Three Walks", 22, "F2")
    y = sheet.paragraph(60, 100, f"{LEFT} {RIGHT}", 300)
    for number in range(int((y - 100) / 12)):
        sheet.text(40 - width(str(number + 1), 7), 100 + 12 * number, str(number + 1), 7)
    document = read(sheet.shuffled())
    assert texts(document) == [f"{LEFT} {RIGHT}"]
    assert [reason for reason, _ in skipped(document)] == ["line number"]


def test_the_first_column_of_a_table_is_no_margin() -> None:
    sheet = titled()
    sheet.paragraph(40, 90, LEFT, 320)
    for number in range(1, 8):
        sheet.text(40, 250 + 14 * number, str(number))
        sheet.text(80, 250 + 14 * number, f"Station {'ABCDEFG'[number - 1]}")
        sheet.text(200, 250 + 14 * number, f"{number * 3} km")
    (table,) = [b for b in read(sheet).kept if b.kind is BlockKind.TABLE]
    assert table.rows[0] == ("1", "Station A", "3 km")


def test_a_large_first_letter_belongs_to_its_word() -> None:
    sheet = titled()
    sheet.text(40, 112, "T", 34)
    sheet.lines(64, 90, ["he river begins in a meadow", "that nobody owns, and ends"])
    sheet.lines(40, 114, ["in a harbour for small boats."])
    assert texts(read(sheet.shuffled(5))) == [
        "The river begins in a meadow that nobody owns, and ends in a harbour for small boats."
    ]


def with_notes(shift: float = 0) -> Sheet:
    sheet = titled()
    x = sheet.text(40, 90, "The river begins in a meadow that nobody owns")
    x = sheet.text(x, 86.5, "1", 6)
    x = sheet.text(x, 90, " and which")
    sheet.lines(40, 102, ["is wet all year. Ten to the power of five drops, 10"])
    sheet.text(40 + width("is wet all year. Ten to the power of five drops, 10", 10), 98.5, "5", 6)
    x = sheet.text(40, 114, "in figures, fall there")
    sheet.text(x, 110.5, "2", 6)
    sheet.text(40, 540 - shift, "1", 5)
    sheet.lines(44, 543 - shift, ["The parish has claimed it twice.", "Both claims were withdrawn."], 7, step=9)
    sheet.text(40, 560 - shift, "2", 5)
    sheet.text(44, 563 - shift, "By the reckoning of the miller.", 7)
    return sheet


def test_footnotes_stand_apart_and_their_marks_point_to_them() -> None:
    document = read(with_notes().shuffled(4))
    notes = [b for b in document.kept if b.kind is BlockKind.NOTE]
    assert [(b.marker, b.anchor, b.text) for b in notes] == [
        ("1", "p1-1", "The parish has claimed it twice. Both claims were withdrawn."),
        ("2", "p1-2", "By the reckoning of the miller."),
    ]
    (text,) = [b for b in document.kept if b.kind is BlockKind.PARAGRAPH]
    assert text.text == (
        "The river begins in a meadow that nobody owns1 and which is wet all year. "
        "Ten to the power of five drops, 10⁵ in figures, fall there2"
    )
    assert [(text.text[s.start : s.end], s.value) for s in text.spans] == [("1", "p1-1"), ("2", "p1-2")]
    assert [b.kind for b in document.kept[1:]] == [BlockKind.PARAGRAPH, BlockKind.NOTE, BlockKind.NOTE]


def test_the_anchors_of_notes_with_the_same_number_differ() -> None:
    document = read(with_notes(), with_notes(40))
    anchors = [b.anchor for b in document.kept if b.kind is BlockKind.NOTE]
    assert anchors == ["p1-1", "p1-2", "p2-1", "p2-2"]
    calls = [s.value for b in document.kept for s in b.spans if s.kind == "note"]
    assert calls == anchors


def test_items_keep_their_marks_and_their_nesting() -> None:
    sheet = titled()
    sheet.lines(40, 90, ["What is needed for the walk, in the order of its weight:"])
    for x, y, mark, text in (
        (50, 110, "1.", "water, in two bottles that can be closed well, and more of it"),
        (50, 136, "2.", "bread"), (66, 150, "•", "brown or"),
        (66, 164, "•", "white"), (50, 178, "3.", "a map"),
    ):  # fmt: skip
        sheet.text(x, y, mark)
        sheet.text(x + 16, y, text)
    sheet.text(66, 122, "than one would think")
    sheet.lines(40, 200, ["All of it fits into a small bag."])
    items = [b for b in read(sheet.shuffled(2)).kept if b.kind is BlockKind.ITEM]
    assert [(b.level, b.marker, b.text) for b in items] == [
        (1, "1.", "water, in two bottles that can be closed well, and more of it than one would think"),
        (1, "2.", "bread"),
        (2, "", "brown or"),
        (2, "", "white"), (1, "3.", "a map"),
    ]  # fmt: skip


def test_a_year_at_the_start_of_a_line_is_no_item() -> None:
    sheet = titled()
    sheet.lines(
        40, 90, ["The bridge was built by thirty-two men who came in the year", "9. The next one was never built."]
    )
    assert not texts(read(sheet), BlockKind.ITEM)


ROWS = (("Bird", "Arrives", "Leaves"), ("Stork", "March", "August"), ("Swallow", "April", "September"))


def test_aligned_columns_are_a_table() -> None:
    sheet = titled()
    y = sheet.paragraph(40, 90, LEFT, 320)
    for n, row in enumerate((*ROWS, ("Crane", "March", "November"))):
        for x, cell in zip((60, 160, 260), row, strict=True):
            sheet.text(x, y + 20 + 14 * n, cell)
    sheet.paragraph(40, y + 90, RIGHT, 320)
    document = read(sheet.shuffled(3))
    (table,) = [b for b in document.kept if b.kind is BlockKind.TABLE]
    assert table.rows == (*ROWS, ("Crane", "March", "November"))
    assert texts(document) == [LEFT, RIGHT]


def test_cells_of_a_drawn_table_may_have_several_lines() -> None:
    sheet = titled()
    y = sheet.paragraph(40, 90, LEFT, 320) + 10
    for x in (50, 150, 250, 350):
        sheet.rule(x, y, x, y + 90)
    for n, row in enumerate(ROWS):
        sheet.rule(50, y + 30 * n, 350, y + 30 * n)
        for x, cell in zip((54, 154, 254), row, strict=True):
            sheet.lines(x, y + 30 * n + 11, [cell, "and kin"] if cell == "Stork" else [cell])
    sheet.rule(50, y + 90, 350, y + 90)
    sheet.paragraph(40, y + 110, RIGHT, 320)
    document = read(sheet.shuffled(3))
    assert [b.kind for b in document.kept] == [
        BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.TABLE, BlockKind.PARAGRAPH,
    ]  # fmt: skip
    assert document.kept[2].rows == (ROWS[0], ("Stork and kin", "March", "August"), ROWS[2])


def test_a_table_has_its_caption_as_text_and_a_figure_is_its_caption() -> None:
    sheet = titled()
    sheet.text(60, 90, "Table 1: Birds of the valley.")
    for n, row in enumerate((*ROWS, ("Crane", "March", "November"))):
        for x, cell in zip((60, 160, 260), row, strict=True):
            sheet.text(x, 108 + 14 * n, cell)
    sheet.text(60, 200, "Figure 2: The stork on the roof of the mill.")
    sheet.paragraph(40, 230, RIGHT, 320)
    document = read(sheet)
    assert [(str(b.kind), b.text) for b in document.kept[1:]] == [
        ("table", "Table 1: Birds of the valley."),
        ("figure", "Figure 2: The stork on the roof of the mill."),
        ("paragraph", RIGHT),
    ]


def test_code_keeps_its_lines_and_indents() -> None:
    sheet = titled()
    y = sheet.paragraph(40, 90, LEFT, 320)
    sheet.text(40, y + 14, "if rain:", 9, "F3")
    sheet.text(40 + 4 * 5.4, y + 25, "stay(at_home)", 9, "F3")
    sheet.paragraph(40, y + 50, RIGHT, 320)
    assert texts(read(sheet), BlockKind.CODE) == ["if rain:\n    stay(at_home)"]


def test_a_paragraph_set_in_from_both_sides_is_a_quotation() -> None:
    sheet = titled()
    y = sheet.paragraph(40, 90, LEFT, 320)
    y = sheet.paragraph(70, y + 10, THIRD, 260)
    sheet.paragraph(40, y + 10, RIGHT, 320)
    assert [(str(b.kind), b.text) for b in read(sheet).kept[1:]] == [
        ("paragraph", LEFT), ("quote", THIRD), ("paragraph", RIGHT),
    ]  # fmt: skip


def test_paragraphs_are_parted_by_blanks_and_by_indents() -> None:
    blank, indent = titled(), titled()
    y = blank.paragraph(40, 90, LEFT, 320)
    blank.paragraph(40, y + 8, RIGHT, 320)
    lines = ("The river begins in a meadow that nobody owns, and it goes on", "to the sea. It is grey.")
    indent.lines(40, 90, lines)
    indent.text(54, 114, "Below the mill the valley is narrow and the road has to share")
    indent.lines(40, 126, ["it with the railway."])
    assert texts(read(blank)) == [LEFT, RIGHT]
    assert len(texts(read(indent))) == 2


def test_a_page_whose_text_stands_on_its_side_is_read_and_a_stamp_in_the_margin_is_not() -> None:
    turned, stamped = Sheet(), titled()
    for n, line in enumerate(("The river begins in a meadow that", "nobody owns. In spring the snow melts.")):
        turned.text(100 + 12 * n, 400, line, matrix="0 1 -1 0")
    stamped.paragraph(60, 90, LEFT, 300)
    stamped.text(25, 400, "Preprint 2401.12345", matrix="0 1 -1 0")
    assert texts(read(turned)) == ["The river begins in a meadow that nobody owns. In spring the snow melts."]
    document = read(stamped)
    assert texts(document) == [LEFT]
    assert skipped(document) == [("sideways text", "Preprint 2401.12345")]


def test_chinese_lines_are_joined_without_blanks() -> None:
    sheet = Sheet()
    sheet.unicode(40, 90, "这条河从一片没有主人的草地开始流过山谷最后到海")
    sheet.unicode(40, 104, "边的小港口结束。")
    assert texts(read(sheet)) == ["这条河从一片没有主人的草地开始流过山谷最后到海边的小港口结束。"]


def test_hebrew_is_in_its_logical_order() -> None:
    sheet = Sheet()
    for n, line in enumerate(("הנהר מתחיל באחו שאיננו", "שייך לאיש בכפר")):
        sheet.unicode(40, 90 + 14 * n, line[::-1])  # the way it is drawn, from left to right
    assert texts(read(sheet)) == ["הנהר מתחיל באחו שאיננו שייך לאיש בכפר"]


@pytest.mark.parametrize("told", ["untitled", "Microsoft Word - walks.docx", "walks_final.dvi", "Document1", ""])
def test_titles_that_programs_make_up_are_ignored(told: str) -> None:
    sheet = titled()
    sheet.paragraph(40, 90, LEFT, 320)
    assert read(sheet, info=f"/Title ({told})").title == "Three Walks"


def test_a_title_that_only_the_file_knows_is_put_first() -> None:
    sheet = Sheet()
    sheet.paragraph(40, 90, LEFT, 320)
    document = read(sheet, info="/Title (Three Walks)")
    assert kept(document) == [("heading", "Three Walks"), ("paragraph", LEFT)]


def test_facts_come_from_the_file() -> None:
    sheet = titled()
    sheet.paragraph(40, 90, LEFT, 320)
    info = "/Author (A. Writer) /Subject (Along a river.) /Keywords (rivers; walking, rivers)"
    info += " /CreationDate (D:20240131120000Z)"
    document = read(sheet, info=info, catalog="/Lang (en-GB)")
    assert (document.byline, document.summary, document.topics) == (
        "A. Writer", "Along a river.", ("rivers", "walking"),
    )  # fmt: skip
    assert (str(document.published), document.language) == ("2024-01-31", "en-GB")


def test_lines_between_title_and_text_are_the_byline() -> None:
    sheet = Sheet()
    sheet.text(130, 60, "Three Walks", 22, "F2")
    sheet.text(165, 84, "A. Writer", 12)
    sheet.text(160, 100, "May 2021", 12)
    sheet.paragraph(40, 130, LEFT, 320)
    document = read(sheet)
    assert (document.byline, texts(document)) == ("A. Writer", [LEFT])
    assert {reason for reason, _ in skipped(document)} == {"byline and date"}


def test_no_word_is_lost() -> None:
    document = read(*pages_with("Walks in the Valley", "Page {n} of {count}"), with_notes())
    said = re.findall(r"\w+", " ".join(b.text for b in document.blocks))
    assert set(re.findall(r"\w+", f"{LEFT} {RIGHT} {THIRD} claims withdrawn Walks Valley")) <= set(said)
    assert document.receipt.total == len(document.blocks)


def test_blocks_are_what_the_model_says() -> None:
    for block in read(with_notes()).blocks:
        assert isinstance(block, Block)
        assert all(0 <= s.start < s.end <= len(block.text) for s in block.spans)


def test_a_list_of_contents_with_dots_is_left_out() -> None:
    sheet = titled()
    for n, name in enumerate(("The meadow", "The mill", "The mouth")):
        sheet.text(40, 90 + 14 * n, f"{name} ................................ {n + 3}")
    sheet.paragraph(40, 150, LEFT, 320)
    document = read(sheet)
    assert texts(document) == [LEFT]
    assert skipped(document) == [("table of contents", name) for name in ("The meadow", "The mill", "The mouth")]


def test_bullets_that_are_drawn_make_items() -> None:
    sheet = titled()
    sheet.paragraph(40, 90, LEFT, 320)
    for n, text in enumerate(("bread and butter", "a bottle of water")):
        sheet.text(66, 200 + 14 * n, text)
        sheet.marks.append(f"54 {600 - 199 - 14 * n} 4 4 re f")
    assert texts(read(sheet), BlockKind.ITEM) == ["bread and butter", "a bottle of water"]


def test_notes_at_the_end_are_notes_when_the_text_calls_for_them() -> None:
    sheet = titled()
    x = sheet.text(40, 90, "The river begins in a meadow that nobody owns")
    sheet.text(x, 86.5, "2", 6)
    sheet.lines(40, 102, ["and which is wet all year, as the miller knew."])
    sheet.text(40, 140, "Notes", 14, "F2")
    for n, text in enumerate(("Nobody asked him.", "The parish has claimed it twice.")):
        sheet.text(40, 160 + 14 * n, f"{n + 1}.")
        sheet.text(56, 160 + 14 * n, text)
    notes = [b for b in read(sheet).kept if b.kind is BlockKind.NOTE]
    assert [(b.marker, b.anchor) for b in notes] == [("1", "n1"), ("2", "n2")]
    (text,) = [b for b in read(sheet).kept if b.kind is BlockKind.PARAGRAPH]
    assert [(text.text[s.start : s.end], s.value) for s in text.spans] == [("2", "n2")]


def test_columns_of_hebrew_are_read_from_right_to_left() -> None:
    sheet = Sheet()
    first = ("הנהר מתחיל באחו", "שאיננו שייך לאיש", "ובאביב השלג נמס", "והמים זורמים אז", "על כל השבילים")
    second = ("מתחת לטחנה העמק", "צר והדרך חולקת", "אותו עם הרכבת", "שעוברת פעמיים", "ביום לפני הגשר")
    for x, y, lines in ((220, 90, first), (30, 93, second)):
        for n, line in enumerate(lines):
            sheet.unicode(x + 150 - 10 * len(line), y + 14 * n, line[::-1])
    said = " ".join(b.text for b in read(sheet.shuffled()).kept if b.kind is BlockKind.PARAGRAPH)
    assert said == " ".join([*first, *second])
