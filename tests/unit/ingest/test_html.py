"""Pages in the styles of real sites: what is kept, in which shape, and why the rest is not."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from voice_app.errors import NoArticleError, TooLargeError
from voice_app.ingest.formats import html
from voice_app.model import Block, BlockKind, Document, Source, Treatment

PAGES = Path(__file__).parents[2] / "data" / "pages"


def source(body: str | bytes, origin: str = "https://site.example/a/page") -> Source:
    body = body if isinstance(body, bytes) else body.encode()
    return Source(origin=origin, media_type="text/html", body=body, fetched_at=datetime.now(UTC), charset="utf-8")


def page(name: str) -> Document:
    return html.read(source((PAGES / name).read_bytes()))


def kept(document: Document, *kinds: BlockKind) -> list[str]:
    return [b.text for b in document.kept if not kinds or b.kind in kinds]


def reasons(document: Document) -> dict[str, str]:
    return {b.text: b.reason for b in document.blocks if b.treatment is Treatment.SKIPPED}


def find(document: Document, start: str) -> Block:
    return next(b for b in document.blocks if b.text.startswith(start))


@pytest.fixture(params=["both extractors", "without go-readability"], autouse=True)
def _extractor(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where go-readability has no wheel, its Python relative gives the same answers on these pages."""
    if request.param == "without go-readability":
        monkeypatch.setitem(sys.modules, "pygoreadability", None)


def test_a_news_page_keeps_the_story_and_its_facts() -> None:
    news = page("news.html")
    assert (news.title, news.byline, news.published, news.language) == (
        "Why bridges hum",
        "R. Writer",
        date(2026, 3, 1),
        "en-GB",
    )
    assert [(b.kind, b.level) for b in news.kept] == [
        (BlockKind.HEADING, 1),
        (BlockKind.PARAGRAPH, 0),
        (BlockKind.PARAGRAPH, 0),
        (BlockKind.HEADING, 2),
        (BlockKind.PARAGRAPH, 0),
        (BlockKind.ITEM, 1),
        (BlockKind.ITEM, 1),
        (BlockKind.ITEM, 2),
        (BlockKind.QUOTE, 0),
        (BlockKind.FIGURE, 0),
        (BlockKind.TABLE, 0),
        (BlockKind.CODE, 0),
        (BlockKind.ITEM, 1),
        (BlockKind.ITEM, 1),
        (BlockKind.PARAGRAPH, 0),
        (BlockKind.NOTE, 0),
    ]
    assert news.kept[1].standfirst


def test_structure_survives() -> None:
    news = page("news.html")
    assert find(news, "Wind and pitch").rows == (("Wind", "Pitch"), ("10 m/s", "440 Hz"))
    assert find(news, "print").marker == "python"
    assert find(news, "Measure the wind").marker == "1."
    assert find(news, "Change the shape").marker == "2."
    note = find(news, "See the chapter")
    assert (note.marker, note.text, note.treatment) == (
        "1",
        "See the chapter about swirls in any book about the wind.",
        Treatment.SAID,
    )
    air = find(news, "Air that streams")
    (mark,) = [span for span in air.spans if span.kind == "note"]
    assert (air.text[mark.start : mark.end], mark.value) == ("1", note.anchor)


def test_everything_that_is_not_read_has_its_reason() -> None:
    left = reasons(page("news.html"))
    assert left["Home"] == "menu"
    assert left["Most read"] == "sidebar"
    assert left["By R. Writer"]
    assert next(reason for text, reason in left.items() if text.startswith("© 2026")) == "page footer"
    assert all(left.values())


def test_a_portal_without_semantic_elements() -> None:
    portal = page("portal.html")
    assert portal.title == "Sleep and the heart"
    assert kept(portal, BlockKind.HEADING) == ["Sleep and the heart", "The night shift of the heart", "What helps"]
    assert portal.kept[1].standfirst
    assert [b.text[:12] for b in portal.kept if b.kind is BlockKind.PARAGRAPH] == [
        "What a good ",
        "During deep ",
        "People who s",
        "None of this",
    ]
    assert [b.marker for b in portal.kept if b.kind is BlockKind.ITEM] == ["3.", "7."]
    left = reasons(portal)
    assert "Success" not in [b.text for b in portal.blocks]  # hidden: nobody sees it, nobody hears it
    assert left["You may also like"] == "links to other pages"
    assert left["Sign up"] == "newsletter sign-up"
    assert next(r for text, r in left.items() if text.startswith("We use cookies")) == "cookie notice"


def test_a_wrapper_named_after_its_sidebar_costs_no_heading() -> None:
    prose = "There is a long paragraph here, with more than enough words in it to count as prose for everybody. "
    body = (
        f'<div class="content-sidebar-wrap"><h1>Title</h1><p>{prose * 3}</p><h2>A part</h2><p>{prose * 3}</p></div>'
        '<div class="sidebar"><h2>Most read</h2><ul><li><a href="/a">One</a></li></ul></div>'
    )
    found = html.read(source(f"<title>Title</title><body>{body}</body>"))
    assert kept(found, BlockKind.HEADING) == ["Title", "A part"]
    assert reasons(found)["Most read"] == "sidebar"


def test_a_manual_keeps_code_options_and_terms() -> None:
    manual = page("manual.html")
    assert kept(manual, BlockKind.HEADING) == ["Counting lines", "Usage", "Options"]
    assert kept(manual, BlockKind.CODE) == ["count notes.txt\ncount --words notes.txt"]
    assert manual.kept[[b.kind for b in manual.kept].index(BlockKind.TABLE)].rows[1] == ("--words", "count words")
    assert "Exit code" in kept(manual)
    assert reasons(manual)["Installing"] == "menu"


@pytest.mark.parametrize(
    "body",
    [
        (PAGES / "listing.html").read_text(encoding="utf-8"),
        "<html><body></body></html>",
        "<html><body><div id='root'></div><script>render()</script></body></html>",
        "<p></p>",
        "<form><label>Name <input></label><label>Password <input type=password></label><button>Log in</button></form>",
        "<!doctype html>",
    ],
)
def test_a_page_without_an_article_is_refused(body: str) -> None:
    with pytest.raises(NoArticleError, match="Paste the text instead"):
        html.read(source(body))


def test_a_small_file_of_ones_own_is_read_whole() -> None:
    note = html.read(source("<h1>Shopping</h1><p>Buy bread and milk.</p><ul><li>Bread</li><li>Milk</li></ul>"))
    assert kept(note) == ["Shopping", "Buy bread and milk.", "Bread", "Milk"]


def test_spans_point_at_their_words() -> None:
    body = (
        '<p>The <abbr title="central nervous system">CNS</abbr> is <em>not</em> the <a href="/more">whole story</a>, '
        'as they say in <span lang="fr">Angers</span>. It goes on for long enough to be an article of some kind.</p>'
    )
    (block,) = html.read(source(body)).kept
    assert {(s.kind, block.text[s.start : s.end], s.value) for s in block.spans} == {
        ("abbr", "CNS", "central nervous system"),
        ("emphasis", "not", ""),
        ("link", "whole story", "https://site.example/more"),
        ("lang", "Angers", "fr"),
    }


def test_white_space_and_invisible_characters() -> None:
    text = "<p>One\u00a0two\n   three\u00adfour \u200bfive<br>six. And then the sentence ends, as all of them do.</p>"
    (block,) = html.read(source(text)).kept
    assert block.text == "One two threefour five six. And then the sentence ends, as all of them do."


def test_a_page_in_another_encoding() -> None:
    words = "Das Gewölbe der alten Brücke überspannt den Fluß, und abends hört man dort die Vögel singen. " * 3
    body = f'<html lang="de"><head><meta charset="iso-8859-1"></head><body><p>{words}</p></body></html>'
    found = html.read(
        Source(origin="a.html", media_type="text/html", body=body.encode("latin-1"), fetched_at=datetime.now(UTC))
    )
    assert "Gewölbe der alten Brücke" in found.kept[0].text
    assert found.language == "de"


def test_a_language_that_nobody_declared_is_recognised() -> None:
    words = "El puente viejo canta cuando sopla el viento del oeste, y nadie puede dormir en las calles de abajo. " * 3
    assert html.read(source(f"<body><p>{words}</p></body>")).language == "es"


def test_deep_nesting_is_refused_as_its_end_is_lost() -> None:
    body = "<div>" * 3000 + "<p>In the middle of it all there is a sentence, and it is the whole article.</p>"
    with pytest.raises(TooLargeError):
        html.read(source(body))


def test_a_second_heading_of_the_first_level_is_not_the_title() -> None:
    prose = "<p>There is a long paragraph here, with more than enough words in it to count as prose for everybody.</p>"
    found = html.read(source(f"<title>First</title><h1>First</h1>{prose}<h1>Second</h1>{prose}<h2>Third</h2>{prose}"))
    assert [(b.level, b.text) for b in found.kept if b.kind is BlockKind.HEADING] == [
        (1, "First"),
        (2, "Second"),
        (3, "Third"),
    ]
