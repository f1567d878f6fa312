"""Pages with nothing but their text: a line may be all there is to read, but not what a server says of its faults."""

from __future__ import annotations

import pytest

from tests.unit.ingest.sources import source
from voice_app.config import Fetch
from voice_app.errors import InputError, NoArticleError
from voice_app.ingest.formats import html
from voice_app.ingest.reader import Reader
from voice_app.model import Document

WEB = "https://site.example/a/b"
KEYS = "".join(f"<tr><td>{key}</td><td>{what}</td></tr>" for key, what in (("F2", "Save it"), ("F3", "Find a word")))
FILES = "".join(f"<tr><td><a href={n}.zip>ship-{n}.zip</a></td><td>3 KB</td></tr>" for n in range(9))


def read(body: str, origin: str = WEB, head: str = "") -> Document:
    page = f"<html><head><title>Notes</title>{head}</head><body>{body}</body></html>"
    return html.read(source(page, origin=origin, told="text/html"))


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<ol><li><p>The ferry no longer leaves at eight, whatever the board at the pier may</p></li></ol>", "ferry"),
        ("<p>First, ask it for the list of ships:</p><pre>ships --all</pre><p>Then wait:</p>", "ships --all"),
        (f"<h1>Keys</h1><b>Files</b><table>{KEYS}</table>", "Keys"),
        ("<p>It sank in sight of the pier.<sup><a href='#fn1'>1</a></sup></p><p id=fn1>1. In May.</p>", "pier"),
    ],
    ids=["a line that does not end", "code", "a table", "a mark of a note"],
)
def test_a_few_words_are_the_article_when_they_are_the_page(body: str, words: str) -> None:
    assert any(words in block.text for block in read(body).kept)


def test_a_file_of_ones_own_may_have_a_single_word() -> None:
    assert [block.text for block in read("Bread", origin="list.html").kept] == ["Notes", "Bread"]
    with pytest.raises(NoArticleError):
        read("Bread")


@pytest.mark.parametrize(
    ("body", "head"),
    [
        ("<p>The list of ships is on its way to you, one moment:</p><script>load()</script>", ""),
        ("<p>The name under which you want to see the list:</p><form><input name=q></form>", ""),
        ("<p>The list of ships has a new place and will open:</p>", '<meta http-equiv="Refresh" content="0; url=/b">'),
        (f"<h1>Index of all ships</h1><table>{FILES}</table>", ""),
        ("<pre>open list of ships: no such file\nin line 3 of list\nin line 9 of ship</pre>", ""),
        ("<nav>Home of the ships</nav><p>All that we have about them:</p>", ""),
    ],
    ids=["a script", "a form", "sent on", "a list of files", "code alone", "a menu"],
)
def test_a_few_words_beside_something_else_are_no_article(body: str, head: str) -> None:
    with pytest.raises(NoArticleError):
        read(body, head=head)


@pytest.mark.parametrize(
    "body",
    [
        "<h1>404 Not Found</h1><hr>nginx",
        "<h1>Forbidden</h1>",
        "<b>Fatal error</b>: Uncaught Error: Call to undefined function ships() in /srv/ships.php:3",
        "<pre>Cannot GET /ships/12</pre>",
        "Please enable JavaScript.",
        '{"error": "unauthorized"}',
    ],
)
def test_what_a_server_says_of_its_faults_is_refused(body: str) -> None:
    with pytest.raises(InputError):
        Reader(Fetch()).document(source(f"<html><body>{body}</body></html>", origin=WEB, told="text/html"))
