"""An article in several pages is read as one; lists, series and other articles are not taken for more of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests import hostile
from tests.hostile import PATIENT, SITE, answer, leads, sends
from voice_app.errors import NoArticleError, TooLargeError, UnreachableError, WallError
from voice_app.ingest.fetch import Fetcher
from voice_app.ingest.reader import Reader
from voice_app.ingest.web.pages import MAX_PAGES
from voice_app.model import BlockKind, Document, Source

Read = Callable[..., tuple[Document, list[str]]]

PROSE = (
    "{} begins before sunrise, when the bakers carry their bread over the bridge and the first tram rings its bell.",
    "By noon {} belongs to the children, who know which wall is warm and which dog can be trusted with half a roll.",
    "In the evening {} smells of wood smoke, and those who have nowhere to be are in no hurry to get there either.",
)
PARTS = ("The upper town", "The market", "The harbour", "The island")


def text(part: str) -> str:
    return "".join(f"<p>{line.format(part)}</p>" for line in PROSE)


def page(
    body: str, *, title: str = "A walk through the city", head: str = "", below: str = "", heading: str | None = None
) -> hostile.Act:
    html = (
        f"<!doctype html><html lang='en'><head><title>{title} - The Courier</title>{head}</head><body>"
        f"<header><a href='/'>The Courier</a><nav><a href='/news'>News</a> <a href='/sport'>Sport</a></nav></header>"
        f"<main><article><h1>{heading or title}</h1><p class='byline'>By Ada Stone</p>"
        f"<div class='body'>{body}</div></article></main>"
        f"{below}<footer><p>© The Courier, all rights reserved.</p></footer></body></html>"
    )
    return sends(answer(html.encode()))


def pager(pattern: str, here: int, total: int) -> str:
    numbers = "".join(
        f"<li>{n}</li>" if n == here else f"<li><a href='{pattern.format(n)}'>{n}</a></li>" for n in range(1, total + 1)
    )
    return f"<div class='pager'><p>Page {here} of {total}</p><ul>{numbers}</ul></div>"


def site_of(pattern: str, first: str, total: int = 3) -> dict[str, hostile.Act]:
    """An article of several pages; `pattern` is their addresses, `first` that of the first."""
    acts = {}
    for number in range(1, total + 1):
        links = pager(pattern, number, total).replace(f"'{pattern.format(1)}'", f"'{first}'")
        acts[first if number == 1 else pattern.format(number)] = page(text(PARTS[number - 1]) + links)
    return acts


@pytest.fixture
def read() -> Iterator[Read]:
    """A function that reads an address of a site with these acts, and says which pages were asked for."""
    with hostile.opened() as site:

        def reads(acts: Mapping[str, hostile.Act], path: str, **limits: float) -> tuple[Document, list[str]]:
            site.acts |= acts
            site.requests.clear()
            settings = replace(PATIENT, **limits)  # type: ignore[arg-type]
            reader = Reader(settings, fetcher=Fetcher(settings, network=site.network()))
            document = reader.read(f"http://{SITE}{path}")
            return document, [head.split(" ")[1] for head in site.requests]

        yield reads


def _paragraphs(document: Document) -> list[str]:
    return [block.text for block in document.kept if block.kind is BlockKind.PARAGRAPH]


def _whole(total: int = 3) -> list[str]:
    return [line.format(part) for part in PARTS[:total] for line in PROSE]


@pytest.mark.parametrize(
    ("pattern", "first"),
    [
        ("/walk/{}", "/walk"), ("/walk/{}/", "/walk/"), ("/walk/page/{}/", "/walk/"), ("/walk/page-{}", "/walk"),
        ("/walk-{}.html", "/walk.html"), ("/walk_{}.html", "/walk.html"), ("/walk,{}.html", "/walk.html"),
        ("/walk-page-{}.html", "/walk.html"), ("/stadt/seite-{}.html", "/stadt/seite-1.html"),
        ("/walk?page={}", "/walk"),
        ("/read?id=77&page={}", "/read?id=77"), ("/read?id=77&pagina={}", "/read?id=77&pagina=1"), ("/w/{}", "/w/1"),
    ],
)  # fmt: skip
def test_all_pages_are_read_as_one_article(read: Read, pattern: str, first: str) -> None:
    document, asked = read(site_of(pattern, first), first)
    assert _paragraphs(document) == _whole()
    assert [b.text for b in document.kept if b.kind is BlockKind.HEADING] == ["A walk through the city"]
    assert asked == [first, pattern.format(2), pattern.format(3)]
    assert document.source_url == f"http://{SITE}{first}"


@pytest.mark.parametrize("here", [2, 3])
def test_an_address_of_a_later_page_is_read_from_the_first(read: Read, here: int) -> None:
    document, _ = read(site_of("/walk/{}/", "/walk/"), f"/walk/{here}/")
    assert _paragraphs(document) == _whole()


def test_links_forward_are_enough(read: Read) -> None:
    step = "<p><a href='/walk?page={}'>Next page</a></p>"
    acts = {
        "/walk": page(text(PARTS[0]) + step.format(2), head="<link rel='next' href='/walk?page=2'>"),
        "/walk?page=2": page(text(PARTS[1]) + step.format(3), title="A walk through the city | Page 2"),
        "/walk?page=3": page(text(PARTS[2]), title="A walk through the city (3/3)"),
    }
    document, _ = read(acts, "/walk")
    assert _paragraphs(document) == _whole()


def test_what_each_page_repeats_is_read_once_and_what_stands_inside_stays(read: Read) -> None:
    lead = "<p>Three mornings in a city that is up before its visitors, told by somebody who stayed for good.</p>"
    box = "<div class='hint'><p>This walk was first printed in the summer issue of the paper.</p></div>"
    acts = {
        "/walk": page(
            lead + text(PARTS[0]) + "<h2>To see</h2><p>A tower stands here.</p>" + box + pager("/walk/{}", 1, 2)
        ),
        "/walk/2": page(
            lead + text(PARTS[1]) + "<h2>To see</h2><p>A bridge is here.</p>" + box + pager("/walk/{}", 2, 2)
        ),
    }
    document, _ = read(acts, "/walk")
    texts = [block.text for block in document.kept]
    assert sum("Three mornings" in one for one in texts) == 1
    assert sum("first printed" in one for one in texts) == 1
    assert texts.count("To see") == 2
    assert not any("Page 1 of 2" in one for one in texts)


def test_notes_of_two_pages_are_kept_apart(read: Read) -> None:
    def noted(part: str) -> str:
        mark = "<p>Bread is cheap here.<sup><a href='#fn1'>1</a></sup></p>"
        return text(part) + mark + f"<ol class='footnotes'><li id='fn1'>As of {part}.</li></ol>"

    acts = {
        "/walk": page(noted(PARTS[0]) + pager("/walk/{}", 1, 2)),
        "/walk/2": page(noted(PARTS[1]) + pager("/walk/{}", 2, 2)),
    }
    document, _ = read(acts, "/walk")
    assert [b.text for b in document.blocks if b.kind is BlockKind.NOTE] == [f"As of {p}." for p in PARTS[:2]]


def test_links_and_pictures_count_from_their_own_page(read: Read) -> None:
    inner = "<p>There is a <a href='map.html'>map of the whole walk</a> in the hall, for those who come late.</p>"
    acts = {
        "/walk/": page(text(PARTS[0]) + pager("/walk/{}/", 1, 2).replace("/walk/1/", "/walk/")),
        "/walk/2/": page(text(PARTS[1]) + inner + pager("/walk/{}/", 2, 2)),
    }
    document, _ = read(acts, "/walk/")
    links = [span.value for block in document.kept for span in block.spans if span.kind == "link"]
    assert links == [f"http://{SITE}/walk/2/map.html"]


OTHERS: dict[str, tuple[str, Mapping[str, hostile.Act]]] = {
    "the next post of a blog": ("/posts/12", {
        "/posts/12": page(text(PARTS[0]), title="The market", head="<link rel='next' href='/posts/13'>"),
        "/posts/13": page(text(PARTS[1]), title="The harbour"),
    }),
    "a series with the same name on every page": ("/walk-1/", {
        "/walk-1/": page(text(PARTS[0]) + "<a href='/walk-2/' rel='next'>Next</a>", title="The Blog", heading="Market"),
        "/walk-2/": page(text(PARTS[1]), title="The Blog", heading="Harbour"),
    }),
    "the parts of a series": ("/walk-page-1.html", {
        "/walk-page-1.html": page(text(PARTS[0]) + "<a href='/walk-page-2.html'>Next</a>", title="A walk, part 1"),
        "/walk-page-2.html": page(text(PARTS[1]), title="A walk, part 2"),
    }),
    "the next post by its name": ("/2024/market/", {
        "/2024/market/": page(text(PARTS[0]), head="<link rel='next' href='/2024/harbour/'>",
            below="<nav><a rel='next' href='/2024/harbour/'>Next article: The harbour</a></nav>"),
    }),
    "pages of comments": ("/walk/", {
        "/walk/": page(text(PARTS[0]), below="<div id='comments'><p>Nice.</p><a href='/walk/comment-page-2/#comments'>"
            "Next</a><a href='/walk/?page=2'>2</a></div>"),
    }),
    "a list by its own word": ("/blog", {
        "/blog": page(text(PARTS[0]) + pager("/blog/page/{}", 1, 3),
            head='<script type="application/ld+json">{"@type": "CollectionPage"}</script>'),
    }),
    "another site": ("/walk", {
        "/walk": page(text(PARTS[0]) + "<a href='http://elsewhere.example/walk/2'>2</a>"),
    }),
    "a forum of many pages": ("/thread", {
        "/thread": page(text(PARTS[0]) + pager("/thread?page={}", 1, MAX_PAGES + 1)),
    }),
    "a number in a sentence": ("/walk", {
        "/walk": page(text(PARTS[0]) + "<p>See <a href='/walk/7'>chapter seven</a> for the rest of the story.</p>"),
    }),
}  # fmt: skip


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_not_the_same_article_is_not_added(read: Read, name: str) -> None:
    path, acts = OTHERS[name]
    document, asked = read({"/posts/13": page(""), **acts}, path)
    assert PROSE[0].format(PARTS[1]) not in _paragraphs(document)
    assert len(asked) <= 2


def test_a_list_of_articles_is_refused(read: Read) -> None:
    teasers = "".join(f"<h2><a href='/n/{n}'>Story {n}</a></h2><p>{PROSE[n % 3].format(n)}</p>" for n in range(6))
    with pytest.raises(NoArticleError):
        read({"/news": page(teasers + pager("/news?page={}", 1, 3), title="News")}, "/news")


def test_a_second_page_that_is_the_first_again_adds_nothing(read: Read) -> None:
    same = page(text(PARTS[0]) + pager("/walk?page={}", 1, 2))
    document, _ = read({"/walk": same, "/walk?page=2": same}, "/walk")
    assert _paragraphs(document) == _whole(1)


def test_pages_that_lead_in_a_circle_end(read: Read) -> None:
    def act(n: int) -> hostile.Act:
        return page(f"<p>{PROSE[0].format(f'Street number {n}')}</p>" + f"<p><a href='/walk/{n + 1}'>Next</a></p>")

    acts = {f"/walk/{n}": act(n) for n in range(1, MAX_PAGES + 10)}
    document, asked = read(acts, "/walk/1")
    assert len(asked) == MAX_PAGES
    assert len(_paragraphs(document)) == MAX_PAGES
    _, asked = read({**site_of("/walk/{}", "/walk"), "/walk/2": leads("/walk")}, "/walk")
    assert asked == ["/walk", "/walk/2", "/walk"]


def test_a_page_that_is_gone_ends_the_article(read: Read) -> None:
    acts = {**site_of("/walk/{}", "/walk"), "/walk/3": sends(answer(status="404 Not Found"))}
    document, _ = read(acts, "/walk")
    assert _paragraphs(document) == _whole(2)


def test_a_page_that_does_not_come_is_not_left_out(read: Read) -> None:
    acts = site_of("/walk/{}", "/walk")
    with pytest.raises(UnreachableError, match=r"Page 3 of the article"):
        read({**acts, "/walk/3": sends(answer(status="503 Busy"))}, "/walk")
    with pytest.raises(WallError, match="logged in"):
        read({**acts, "/walk/3": sends(answer(status="401 No"))}, "/walk")


def test_the_limits_hold_for_all_pages_together(read: Read) -> None:
    acts = site_of("/walk/{}", "/walk")
    with pytest.raises(TooLargeError):
        read(acts, "/walk", max_bytes=2_500)

    def slowly(act: hostile.Act) -> hostile.Act:
        return lambda line: (time.sleep(0.2), act(line))[1]

    started = time.monotonic()
    with pytest.raises(UnreachableError):
        read({path: slowly(act) for path, act in acts.items()}, "/walk", total_seconds=0.5)
    assert time.monotonic() - started < hostile.SECONDS


def test_the_original_holds_all_pages() -> None:
    with hostile.opened(site_of("/walk/{}", "/walk")) as site:
        reader = Reader(PATIENT, fetcher=Fetcher(PATIENT, network=site.network()))
        source = reader.source(f"http://{SITE}/walk")
        kept = Source(
            origin=source.origin, media_type=source.media_type, body=source.body, fetched_at=datetime.now(UTC)
        )
        assert reader.document(kept) == reader.document(source)
        assert len(_paragraphs(reader.document(kept))) == len(_whole())
        again = reader.again(f"http://{SITE}/walk", source.etag, source.last_modified)
        assert again is not None
        assert again.body == source.body


def test_the_encoding_of_the_first_page_is_outranked() -> None:
    def latin(part: str, links: str) -> hostile.Act:
        head = "<meta charset='iso-8859-1'><title>Ein Spaziergang</title>"
        lines = "".join(f"<p>{line.format(part)}</p>" for line in PROSE)
        body = f"<article><h1>Ein Spaziergang</h1>{lines}{links}</article>"
        html = f"<html lang='de'><head>{head}</head><body>{body}</body></html>"
        return sends(answer(html.encode("latin-1"), kind="text/html"))

    acts = {
        "/gang": latin("Die Straße", pager("/gang/{}", 1, 2)),
        "/gang/2": latin("Die Brücke", pager("/gang/{}", 2, 2)),
    }
    with hostile.opened(acts) as site:
        reader = Reader(PATIENT, fetcher=Fetcher(PATIENT, network=site.network()))
        document = reader.document(replace(reader.source(f"http://{SITE}/gang"), charset=None))
    assert _paragraphs(document) == [line.format(part) for part in ("Die Straße", "Die Brücke") for line in PROSE]
