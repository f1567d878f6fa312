"""What the player finds in an article's text: sentences, kinds of structure, and the language of each part."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import lxml.html
from flask import Flask
from lxml.html import HtmlElement

from voice_app.model import (
    MENTIONED,
    Article,
    ArticlePage,
    ArticleState,
    Block,
    BlockKind,
    Document,
    Manner,
    Span,
    Style,
    Treatment,
)
from voice_app.publish import settings, tongue
from voice_app.publish.web import prose
from voice_app.script.render import Manners, render
from voice_app.script.style import styled

K = BlockKind
TABLE = Block(kind=K.TABLE, text="Tides", rows=(("Day", "Height"), ("Monday", "nine feet")))
QUOTES = (
    Block(kind=K.QUOTE, text="The sea came in. It went out."),
    Block(kind=K.QUOTE, text="It will come back."),
)
CODE = Block(kind=K.CODE, text="one = 1\ntwo = 2", marker="python")
PICTURE = Block(kind=K.FIGURE, text="The quay at dawn.", alt="A grey wall.")
NOTE = Block(kind=K.NOTE, text="It was found later.", marker="1", anchor="1")
NAMED = Style(tables=Manner.NAMED, quotes=Manner.NAMED, code=Manner.NAMED, figures=Manner.NAMED, notes=Manner.READ)


def text(*blocks: Block, style: Style = NAMED, language: str = "en") -> HtmlElement:
    document = styled(Document(title="A thing", blocks=blocks, language=language), style)
    article = Article(
        id=1,
        slug="a-thing",
        guid="g",
        title="A thing",
        origin="pasted text",
        state=ArticleState.READY,
        added_at=datetime(2027, 3, 3, tzinfo=UTC),
        language=language,
    )
    page = ArticlePage(article=article, document=document, script=render(document, Manners(style=style)), audio=None)
    return lxml.html.fragment_fromstring(str(prose.render(page).text), create_parent="main")


def kinds(tree: HtmlElement) -> list[str]:
    return [element.get("data-kind") for element in tree.xpath("//*[@data-kind]")]


def aloud(tree: HtmlElement) -> list[str]:
    """The elements whose sentence only says what comes."""
    return [element.tag for element in tree.xpath("//*[@data-aloud]")]


def test_what_can_be_skipped_has_its_kind() -> None:
    paragraph = Block(kind=K.PARAGRAPH, text="A plain one.")
    tree = text(paragraph, TABLE, *QUOTES, CODE, PICTURE, NOTE)
    assert kinds(tree) == ["tables", "quotes", "code", "figures", "notes"]
    assert set(kinds(tree)) <= set(settings.CHOICES)


def test_what_announces_is_told_from_what_is_announced() -> None:
    assert aloud(text(TABLE)) == ["caption"]
    assert aloud(text(*QUOTES)) == ["p"], "the end of a quotation announces nothing"
    assert aloud(text(CODE)) == ["div"]
    assert aloud(text(PICTURE)) == [], "what a picture shows is no announcement"
    assert aloud(text(NOTE)) == []


def test_what_is_only_mentioned_is_an_announcement() -> None:
    quiet = Style(tables=Manner.MENTIONED, code=Manner.MENTIONED, figures=Manner.MENTIONED, notes=Manner.MENTIONED)
    assert aloud(text(TABLE, CODE, PICTURE, NOTE, style=quiet)) == ["caption", "div", "p", "div"]


def test_what_is_read_without_an_announcement_has_none() -> None:
    plain = Style(tables=Manner.READ, quotes=Manner.READ, code=Manner.READ, figures=Manner.READ)
    assert aloud(text(TABLE, *QUOTES, CODE, PICTURE, style=plain)) == []


def test_each_sentence_is_its_words_letter_by_letter() -> None:
    """Words are found in it by counting."""
    words = "The bridge 🌊 of 1871, as Dr. Mba says,1 stands. It is dry & long."
    block = Block(
        kind=K.PARAGRAPH,
        text=words,
        spans=(
            Span(start=4, end=10, kind="strong"),
            Span(start=8, end=20, kind="emphasis"),
            Span(start=words.index("1 st"), end=words.index("1 st") + 1, kind="note", value="1"),
        ),
    )
    found = [span.text_content() for span in text(block).xpath("//span[contains(@class, 'sentence')]")]
    assert " ".join(found) == words


def test_a_number_that_leads_to_a_note_is_called_a_note() -> None:
    block = Block(kind=K.PARAGRAPH, text="It was lost.2", spans=(Span(start=12, end=13, kind="note", value="b"),))
    (link,) = text(block).xpath("//sup/a")
    assert (link.text, link.get("aria-label"), link.get("href")) == ("2", "Note 2", "#note-b")


def test_a_picture_and_code_have_no_caption_that_would_be_said_twice() -> None:
    tree = text(PICTURE, CODE)
    assert not tree.xpath("//figure | //figcaption")
    assert tree.xpath("//p[@data-kind='figures']/b")[0].text == "Picture:"


def test_a_part_in_another_language_says_so_and_may_run_the_other_way() -> None:
    arabic = Block(kind=K.QUOTE, text="البحر عاد اليوم.", language="ar")
    word = Block(kind=K.PARAGRAPH, text="They say سلام here.", spans=(Span(start=9, end=13, kind="lang", value="ar"),))
    tree = text(arabic, word, Block(kind=K.PARAGRAPH, text="A plain one."))
    assert [(e.tag, e.get("lang"), e.get("dir")) for e in tree.xpath("//*[@lang]")] == [
        ("p", "ar", "rtl"),
        ("span", "ar", "rtl"),
    ]


def test_the_site_s_own_words_are_in_the_site_s_language() -> None:
    code = Block(kind=K.CODE, text="uno = 1", treatment=Treatment.ANNOUNCED, reason=MENTIONED)
    app = Flask(__name__)
    settings.install(app)
    tongue.install(app)
    with app.test_request_context(headers={"Accept-Language": "en"}):
        tree = text(PICTURE, code, language="es")
    own = {e.text_content(): (e.get("lang"), e.get("dir")) for e in tree.xpath("//*[@lang]")}
    assert own == {
        "Picture:": ("en", "ltr"),
        "In the sound this code is only mentioned.": ("en", "ltr"),
    }
    assert not re.search(r"lang=", lxml.html.tostring(text(PICTURE, code)).decode()), (
        "an English article has them as they are"
    )
