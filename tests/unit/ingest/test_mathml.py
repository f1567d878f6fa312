"""Formulas in words."""

from __future__ import annotations

import lxml.html
import pytest

from voice_app.ingest.web.inline import formula_of
from voice_app.ingest.web.mathml import words
from voice_app.ingest.web.page import blocks_of


def said(markup: str) -> str:
    return words(lxml.html.fromstring(f"<math>{markup}</math>"))


ROOT = "<msqrt><mfrac><mi>a</mi><mi>b</mi></mfrac></msqrt>"
SUM = "<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover>"
LIMIT = "<munder><mi>lim</mi><mrow><mi>n</mi><mo>→</mo><mi>∞</mi></mrow></munder>"
ROWS = [f"<mtr><mtd><mn>{a}</mn></mtd><mtd><mn>{b}</mn></mtd></mtr>" for a, b in ((1, 0), (0, 1))]
CELLS = f"<mtable>{''.join(ROWS)}</mtable>"


@pytest.mark.parametrize(
    ("markup", "spoken"),
    [
        (f"<msup><mi>x</mi><mn>2</mn></msup><mo>+</mo>{ROOT}", "x squared plus the square root of a over b"),
        ("<msup><mi>e</mi><mrow><mo>-</mo><mi>t</mi></mrow></msup>", "e to the power of minus t"),
        ("<mroot><mi>x</mi><mn>3</mn></mroot>", "the cube root of x"),
        ("<msubsup><mi>v</mi><mn>0</mn><mn>2</mn></msubsup>", "v sub 0 squared"),
        (f"{SUM}<msub><mi>x</mi><mi>i</mi></msub>", "the sum from i equals 1 to n of x sub i"),
        ("<msubsup><mo>∫</mo><mn>0</mn><mn>1</mn></msubsup><mi>f</mi>", "the integral from 0 to 1 of f"),
        (LIMIT, "the limit as n goes to infinity of"),
        ("<mfrac><mrow><mi>a</mi><mo>+</mo><mn>1</mn></mrow><mi>c</mi></mfrac>",
         "the fraction with numerator a plus 1 and denominator c"),
        ('<mo>(</mo><mfrac linethickness="0"><mi>n</mi><mi>k</mi></mfrac><mo>)</mo>', "n choose k"),
        ("<mi>f</mi><mo>(</mo><mi>x</mi><mo>)</mo>", "f of x"),
        ("<mi>sin</mi><mo>&#x2061;</mo><mi>θ</mi>", "sin of theta"),
        ("<mo>|</mo><mi>x</mi><mo>|</mo><mo>≤</mo><mn>3</mn>", "the absolute value of x is at most 3"),
        ("<mn>2</mn><mo>(</mo><mi>a</mi><mo>-</mo><mi>b</mi><mo>)</mo>", "2 open bracket a minus b close bracket"),
        ("<mfenced><mi>a</mi><mi>b</mi></mfenced>", "open bracket a, b close bracket"),
        (f"<mo>(</mo>{CELLS}<mo>)</mo>", "the 2 by 2 matrix, row 1: 1, 0; row 2: 0, 1;"),
        ("<mover><mi>v</mi><mo>→</mo></mover>", "v vector"),
        ("<msub><mi>log</mi><mn>2</mn></msub>", "log base 2"),
        ("<semantics><mi>y</mi><annotation>\\frac{y}{1}</annotation></semantics>", "y"),
        ("<mtext>speed</mtext><mphantom><mi>q</mi></mphantom>", "speed"),
        ("<msup><mi>x</mi></msup>", "x"),
        ("", ""),
    ],
)  # fmt: skip
def test_a_formula_is_said_as_one_reads_it_to_somebody(markup: str, spoken: str) -> None:
    assert said(markup) == spoken


def test_a_description_is_believed_unless_it_is_tex() -> None:
    plain = lxml.html.fromstring('<math alttext="x is small"><mi>x</mi></math>')
    tex = lxml.html.fromstring(r'<math alttext="\frac{a}{b}"><mfrac><mi>a</mi><mi>b</mi></mfrac></math>')
    assert (formula_of(plain), formula_of(tex)) == ("x is small", "a over b")


@pytest.mark.parametrize("kind", ['class="katex"', 'class="MathJax"', 'class="mwe-math-element"'])
def test_what_a_script_drew_is_not_read_beside_its_formula(kind: str) -> None:
    hidden = '<span style="display:none"><math><mi>x</mi></math></span>'
    assert formula_of(lxml.html.fromstring(f"<span {kind}>{hidden}<span>x drawn</span></span>")) == "x"


def test_the_words_are_marked_as_english_in_another_language() -> None:
    page = lxml.html.document_fromstring(
        "<html lang=de><body><p>Die Formel <math><mi>a</mi><mo>+</mo><mi>b</mi></math> gilt.</p></body></html>"
    )
    (found,) = blocks_of(page)
    (span,) = found.block.spans
    assert (found.block.text[span.start : span.end], span.kind, span.value) == ("a plus b", "lang", "en")


def test_endless_nesting_ends() -> None:
    assert said("<mrow>" * 500 + "<mi>x</mi>") in ("", "x")
