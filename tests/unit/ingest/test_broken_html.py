"""Pages broken at random: a document with sound facts about itself, or a clear refusal, and nothing else."""

from __future__ import annotations

import contextlib
import random
import re
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from voice_app.errors import InputError
from voice_app.ingest.formats import html
from voice_app.model import Document, Source

PAGE = """<!doctype html><html lang=en><head><title>A</title><link rel=canonical href="/x"><script
type="application/ld+json">{"@type":"Article","author":{"@id":"#a"},"image":["/i"]}</script></head><body><nav><ul><li>
<a href="/">Home</a></ul></nav><article><h1>On ladders</h1><p class=byline>By Ann Lee</p><p>A ladder is a strange thing
to lend, as the <abbr title="the whole of it">whole</abbr> street sees it; it
is too long to forget and too dull to steal, and when it comes home again it has a new rung.
<sup><a href="#n1">1</a></sup></p><ol start=3
type=a><li>One<ul><li>Deep</ul><li value=9>Two</ol><table><caption>C</caption><tr><th rowspan=2>A<th colspan=3>B<tr>
<td>1<td>2</table><figure><img alt="A rung"><figcaption>Wood</figcaption></figure><blockquote>Go up.<cite>Bo</cite>
</blockquote><math><msup><mi>x</mi><mn>2</mn></msup></math><pre>a<br>b</pre><aside class=pull-quote>the whole street
</aside><template shadowrootmode=open><p>In the shade.</p><slot></slot></template><noscript><img alt="Late"></noscript>
<iframe src="https://v.example/1"></iframe><section class=footnotes><ol><li id=n1>It was long.<a href="#r1">&#8617;</a>
</ol></section></article><footer>&copy; 2026</footer></body></html>"""
PIECES = re.findall(r"<[^>]*>|[^<]+", PAGE)
ODD = [
    "<td rowspan=99999 colspan=99999>", "<ol start=-9999999999 reversed>", "<li value=zz>", '<a href="http://[b">',
    '<base href="::">', "<math><mtable><mtr>", "<msup>", '<mfenced open="">', "\0", "&#x110000;", "<video>",
    '<iframe src="//[x">', '<time datetime="9999-99-99">', "<table><table>", "<q lang>", "<noscript>", "<p id=n1>",
]  # fmt: skip
SWALLOWING = ("<video>", "<noscript>", '<iframe src="//[x">')  # browsers too take all that follows for theirs


def broken(chance: random.Random) -> str:
    pieces = list(PIECES)
    for _ in range(chance.randint(1, 25)):
        at = chance.randrange(len(pieces))
        if chance.random() < 0.4 and len(pieces) > 2:
            del pieces[at]
        else:
            pieces.insert(at, chance.choice(PIECES + ODD))
    return "".join(pieces)


def read(page: str) -> Document:
    return html.read(
        Source(origin="https://s.example/a", media_type="text/html", body=page.encode(), fetched_at=datetime.now(UTC))
    )


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.randoms(use_true_random=False))
def test_a_broken_page_is_read_or_refused(chance: random.Random) -> None:
    with contextlib.suppress(InputError):
        document = read(broken(chance))
        anchors = [b.anchor for b in document.blocks if b.anchor]
        assert len(set(anchors)) == len(anchors)
        for block in document.blocks:
            assert all(0 <= s.start <= s.end <= len(block.text) for s in block.spans)
            assert len({len(row) for row in block.rows}) <= 1
            assert block.reason or block in document.kept


@pytest.mark.parametrize("odd", [piece for piece in ODD if piece not in SWALLOWING])
def test_an_odd_piece_does_not_cost_the_text(odd: str) -> None:
    said = " ".join(block.text for block in read(PAGE.replace("<blockquote", f"{odd}<blockquote", 1)).kept)
    assert "A ladder is a strange thing" in said
    assert "Go up." in said
