"""The receipt in one sentence: true, short, and in words of people."""

from __future__ import annotations

import pytest
from flask import Flask

from voice_app.model import BY_CHOICE, FORMULA, MENTIONED, Block, BlockKind, Treatment
from voice_app.publish.receipt import another_voice, reason, sentence

K, T = BlockKind, Treatment


def left(kind: BlockKind, reason: str, number: int = 1, treatment: Treatment = T.SKIPPED) -> list[Block]:
    return [Block(kind=kind, text="x", treatment=treatment, reason=reason)] * number


@pytest.mark.parametrize(
    ("blocks", "told"),
    [
        ([], "Everything was read."),
        ([Block(kind=K.PARAGRAPH, text="x")], "Everything was read."),
        (
            left(K.TABLE, BY_CHOICE, 2) + left(K.NOTE, MENTIONED, 3, T.ANNOUNCED) + left(K.ITEM, "menu", 9),
            "Everything was read except 2 tables, 3 footnotes and the page's menus.",
        ),
        (
            left(K.PARAGRAPH, FORMULA, 2, T.ANNOUNCED) + left(K.ITEM, "contents") + left(K.ITEM, "table of contents"),
            "Everything was read except 2 formulas and the table of contents.",
        ),
        (left(K.CODE, MENTIONED, 1, T.ANNOUNCED), "Everything was read except 1 piece of code."),
        (
            left(K.PARAGRAPH, "cookie notice", 4) + left(K.ITEM, "links to other pages", 5),
            "Everything was read except links to other pages and a cookie notice.",
        ),
        (
            left(K.ITEM, "menu") + left(K.PARAGRAPH, "something a plug-in found"),
            "Everything was read except the page's menus and other things around the article.",
        ),
        (
            [b for why in ("menu", "comments", "form", "sidebar", "notice", "page footer") for b in left(K.ITEM, why)],
            "Everything was read except the page's menus, comments, forms and other things around the article.",
        ),
        (left(K.PARAGRAPH, "", 2, T.FAILED), "Everything was read except 2 paragraphs."),
    ],
)
def test_what_is_not_read_is_counted_by_kind_or_named(blocks: list[Block], told: str) -> None:
    assert sentence(blocks) == told


def test_sentences_that_are_missing_are_told_too() -> None:
    assert sentence([], failed=1) == "Everything was read except 1 sentence that could not be spoken."
    assert sentence(left(K.TABLE, BY_CHOICE), failed=2, silenced=1) == (
        "Everything was read except 1 table, 1 sentence left out by hand and 2 sentences that could not be spoken."
    )


def test_a_voice_that_stood_in_is_told_after_what_was_read() -> None:
    assert another_voice(0) == ""
    assert sentence([], stood_in=1) == (
        "Everything was read. 1 sentence is said by another voice, because the usual one failed."
    )
    assert sentence([], failed=1, stood_in=3) == (
        "Everything was read except 1 sentence that could not be spoken. "
        "3 sentences are said by another voice, because the usual one failed."
    )


@pytest.mark.parametrize(
    ("english", "spanish"),
    [
        ("page 3 is a picture without text", "La página 3 es una imagen sin texto"),
        ("could not be read: its file is damaged", "No se pudo leer: su archivo está dañado"),
        ("could not be read: There is no text in it", "No se pudo leer: No contiene texto"),
        ("only its format knows this", "Only its format knows this"),
    ],
)
def test_a_reason_is_told_in_the_readers_language_with_what_is_in_it(english: str, spanish: str) -> None:
    block = Block(kind=BlockKind.PARAGRAPH, text="x", treatment=Treatment.FAILED, reason=english)
    assert reason(block) == english[:1].upper() + english[1:]
    with Flask(__name__).test_request_context(headers={"Accept-Language": "es"}):
        assert reason(block) == spanish
