"""Which blocks of a page are the article, on pages made for one difficulty each."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from voice_app.errors import NoArticleError
from voice_app.ingest.formats import html
from voice_app.model import BlockKind, Document, Source, Treatment

MENU = '<nav><ul><li><a href="/">Home</a></li><li><a href="/n">News</a></li><li><a href="/s">Shop</a></li></ul></nav>'
FOOTER = '<footer><p>© 2026 The Harbour Paper. All rights reserved.</p><a href="/privacy">Privacy policy</a></footer>'
STORY = (
    "The old ferry left the harbour for the last time on Monday, with its whole crew on deck and the band playing.",
    "For sixty years it had carried bread, letters and children across the bay, in every weather that the sea knows.",
    "Its captain said that nobody had ever missed a day of school because of him, and that he was proud of it.",
    "The town will keep the ship as a library, so the children who crossed the bay on it can now read in it.",
)


def read(body: str, title: str = "The last ferry") -> Document:
    text = f"<html><head><title>{title}</title></head><body>{body}</body></html>"
    return html.read(
        Source(
            origin="https://site.example/a/b", media_type="text/html", body=text.encode(), fetched_at=datetime.now(UTC)
        )
    )


def kept(document: Document, *kinds: BlockKind) -> list[str]:
    return [
        b.text for b in document.kept if b.level != 1 or b.kind is not BlockKind.HEADING if not kinds or b.kind in kinds
    ]


def reasons(document: Document) -> dict[str, str]:
    return {b.text: b.reason for b in document.blocks if b.treatment is Treatment.SKIPPED}


def paragraphs(texts: tuple[str, ...] = STORY) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def test_every_block_that_is_left_out_says_why() -> None:
    aside = '<div class="sidebar"><h3>Most read</h3><ul><li><a href="/x">Ten soups for the winter</a></li></ul></div>'
    found = read(f"{MENU}<article><h1>The last ferry</h1>{paragraphs()}</article>{aside}{FOOTER}")
    assert kept(found) == list(STORY)
    left = reasons(found)
    assert (left["Home"], left["Most read"], left["Ten soups for the winter"]) == ("menu", "sidebar", "sidebar")
    assert left["© 2026 The Harbour Paper. All rights reserved."] == "page footer"
    assert found.receipt.total == len(found.blocks)


def test_what_holds_most_of_the_text_is_no_furniture_whatever_it_is_called() -> None:
    wrapped = f'<form id="aspnetForm"><div class="sidebar-right-wrap"><h2>At sea</h2>{paragraphs()}</div></form>'
    found = read(f"{MENU}<h1>The last ferry</h1>{wrapped}{FOOTER}")
    assert kept(found) == ["At sea", *STORY]


def test_comments_under_a_story_are_left_out() -> None:
    comments = "".join(
        f'<div class="comment"><b>{name}</b><p>I sailed on it every day, and the coffee was bad. So long!</p></div>'
        for name in ("salty", "gull", "anna")
    )
    found = read(
        f"{MENU}<article><h1>The last ferry</h1>{paragraphs()}</article>"
        f'<section id="comments"><h2>3 comments</h2>{comments}</section>{FOOTER}'
    )
    assert kept(found) == list(STORY)
    assert "comments" in reasons(found).values()


def test_the_answers_of_a_forum_are_kept() -> None:
    posts = "".join(
        f'<div class="post"><div class="post-author"><a href="/u/{i}">sailor{i}</a></div>'
        f'<div class="post-body"><p>{text}</p></div></div>'
        for i, text in enumerate(STORY)
    )
    found = read(f'{MENU}<h1>The last ferry</h1><div class="thread">{posts}</div>{FOOTER}')
    assert kept(found, BlockKind.PARAGRAPH)[-4:] == list(STORY)


def test_a_live_report_keeps_its_entries_in_order() -> None:
    entries = "".join(
        f'<section class="update"><h2>{hour}:00 at the quay</h2><p>{text}</p></section>'
        for hour, text in zip(range(18, 6, -1), STORY * 3, strict=True)
    )
    found = read(f"{MENU}<article><h1>The last ferry</h1>{entries}</article>{FOOTER}")
    assert kept(found, BlockKind.HEADING) == [f"{hour}:00 at the quay" for hour in range(18, 6, -1)]
    assert kept(found, BlockKind.PARAGRAPH) == list(STORY * 3)


def test_a_recipe_keeps_what_goes_in_and_what_to_do() -> None:
    things = ("200 g flour", "2 eggs", "a pinch of salt", "300 ml milk")
    steps = (
        "Beat the eggs with the salt.",
        "Stir in flour and milk until it is smooth.",
        "Fry it thin, on both sides.",
    )
    body = (
        f"{MENU}<main><h1>Pancakes</h1><p>{STORY[1]}</p><p>{STORY[2]}</p><h2>Ingredients</h2><ul>"
        + "".join(f"<li>{thing}</li>" for thing in things)
        + "</ul><h2>Method</h2><ol>"
        + "".join(f"<li>{step}</li>" for step in steps)
        + f"</ol></main>{FOOTER}"
    )
    found = read(body, "Pancakes")
    assert kept(found, BlockKind.HEADING) == ["Ingredients", "Method"]
    assert kept(found, BlockKind.ITEM) == [*things, *steps]


@pytest.mark.parametrize(
    "story",
    [
        "غادرت العبّارة القديمة الميناء للمرة الأخيرة يوم الاثنين، وكان الطاقم كله على سطحها والفرقة تعزف. هل تعود؟",
        "המעבורת הישנה עזבה את הנמל בפעם האחרונה ביום שני, וכל הצוות עמד על הסיפון בזמן שהתזמורת ניגנה לכבודה.",
        "古い渡し船は月曜日に最後の航海に出た。乗組員は全員甲板に立ち、楽隊が演奏し、町の人々は岸から手を振って見送った。",
        "Старый паром в последний раз вышел из гавани в понедельник, и вся команда стояла на палубе, пока играл хор.",
    ],
)
def test_other_scripts_are_read(story: str) -> None:
    found = read(
        f"{MENU}<article><h1>1966–2026</h1>{paragraphs((story, story[::-1], story * 2))}</article>{FOOTER}", "1966–2026"
    )
    assert kept(found)[0] == story
    assert len(kept(found)) == 3


def test_a_heading_without_text_under_it_is_left_out() -> None:
    cards = "".join(f'<div class="card"><a href="/{i}">Another story, number {i}</a></div>' for i in range(6))
    found = read(
        f"{MENU}<main><h1>The last ferry</h1>{paragraphs()}<h2>Under the bridge</h2>{paragraphs()}"
        f"<h2>You may also like</h2>{cards}</main>{FOOTER}"
    )
    assert kept(found, BlockKind.HEADING) == ["Under the bridge"]
    assert reasons(found)["Another story, number 3"] == "links to other pages"


def test_an_index_of_stories_is_refused() -> None:
    teasers = "".join(f'<li><a href="/{i}">Story {i}: what the sea has brought this time</a></li>' for i in range(40))
    with pytest.raises(NoArticleError, match="only links and notices"):
        read(f"{MENU}<main><h1>All stories</h1><ul>{teasers}</ul></main>{FOOTER}", "All stories")


@pytest.mark.parametrize(
    "wrapped",
    [
        "<header><button><h1>The last ferry</h1>{}</header>",
        '<div hidden id="S:0"><h1>The last ferry</h1>{}</div><div id="B:0">Loading</div>',
        '<div style="display:none"><h1>The last ferry</h1>{}</div>',
        "<div id=app></div><noscript><h1>The last ferry</h1>{}<p>Enable it in your browser for more.</p></noscript>",
        "<ul class=menu><li><a href=/>Home</a><main><h1>The last ferry</h1>{}</main></ul>",
    ],
    ids=["a button that is not closed", "streamed", "shown by a script", "for readers without scripts", "in a list"],
)
def test_an_article_that_the_mark_up_hides_is_found(wrapped: str) -> None:
    body = wrapped.format(paragraphs(STORY * 4))
    assert kept(read(MENU + body + FOOTER), BlockKind.PARAGRAPH)[: len(STORY)] == list(STORY)


def test_a_page_of_thousands_of_paragraphs_is_read_in_time() -> None:
    many = "".join(f"<p>Line {i}. {STORY[i % 4]}</p>" for i in range(3_000))
    began = time.process_time()
    found = read(f"{MENU}<article><h1>The last ferry</h1>{many}</article>{FOOTER}")
    assert time.process_time() - began < 15
    assert len(kept(found)) == 3_000


def test_a_heading_that_is_only_a_time_stays() -> None:
    found = read(f"<article><h1>The last ferry</h1><h2>18:00</h2>{paragraphs()}<h2>17:30</h2>{paragraphs()}</article>")
    assert kept(found, BlockKind.HEADING) == ["18:00", "17:30"]


@pytest.mark.parametrize(
    ("address", "is_kept"), [("https://f.example/t/ferry/12", True), ("https://f.example/a", False)]
)
def test_replies_are_the_text_of_a_thread_alone(address: str, *, is_kept: bool) -> None:
    replies = "".join(f'<div class="comment"><div class="comment-body"><p>{text}</p></div></div>' for text in STORY[2:])
    link = f'<link rel="canonical" href="{address}">'
    found = read(
        f"{MENU}<main><h1>The last ferry</h1>{paragraphs(STORY * 5)}{replies}</main>{FOOTER}",
        f"Ferry</title>{link}<title>",
    )
    told = [block for block in found.blocks if block.text == STORY[3]][-1]
    assert (told.treatment is Treatment.SAID) is is_kept


def test_a_page_of_comments_alone_is_what_people_say() -> None:
    said = (*(text.split(",")[0] + "." for text in STORY[:3]), "I shall miss its horn in the fog.")
    top = '<tr><td><a href="https://elsewhere.example/">The last ferry</a></td></tr><tr><td>12 points</td></tr>'
    rows = "".join(
        f"<tr><td><table><tr><td></td><td><div><div class=comhead><a href=/u{n}>reader_{n}</a> <a href=/c{n}>{n} "
        f"hours ago</a></div><div class=comment><span><p>{text}</p></span></div></div></td></tr></table></td></tr>"
        for n, text in enumerate(said)
    )
    found = read(f"<table><tr><td><table>{top}</table><table class=comment-tree>{rows}</table></td></tr></table>")
    assert kept(found) == list(said)


def test_what_a_page_builder_calls_widget_is_no_sidebar() -> None:
    card = '<div class="elementor-widget"><a href="/soups">Ten soups for the winter</a></div>'
    boxes = "".join(f'<div class="elementor-widget"><p>{text}</p></div>' for text in STORY)
    found = read(f"{MENU}<main><h1>The last ferry</h1>{boxes}{card}</main>{FOOTER}")
    assert (kept(found), reasons(found)["Ten soups for the winter"]) == (list(STORY), "links to other pages")


def test_a_sentence_with_the_mark_of_a_note_is_one() -> None:
    note = "<p id=fn1>1. It was the second ship of that name.</p>"
    body = f"<p>It sank in sight of the pier.<sup><a href='#fn1'>1</a></sup></p>{note}<script>count()</script>"
    assert kept(read(f"<main><h1>The last ferry</h1>{body}</main>"))[0] == "It sank in sight of the pier.1"


def test_a_warning_within_the_text_is_read() -> None:
    warning = '<div class="alert alert-danger" role="alert"><p>Never step on the ramp while it moves.</p></div>'
    found = read(f"{MENU}<article><h1>The last ferry</h1>{paragraphs()}{warning}{paragraphs(STORY[::-1])}</article>")
    assert "Never step on the ramp while it moves." in kept(found)
    outside = read(f"{MENU}{warning}<article><h1>The last ferry</h1>{paragraphs()}</article>")
    assert reasons(outside)["Never step on the ramp while it moves."] == "notice"
