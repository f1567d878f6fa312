"""Pages as somebody hears them who reads them with the arrow keys, from the first line to the last."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest

from tests.browser.site import Site
from tests.browser.test_embed import Publisher
from tests.reader.conftest import Everywhere
from tests.reader.listener import Heard, Listener, words
from tests.served import serving

pytestmark = [pytest.mark.outside, pytest.mark.browser, pytest.mark.timeout(300)]
CLERK = "The clerk who measured the sea"
NOISE = ("statusbar", "form", "invalid entry", "figure", "highlight start", "description value")
"""What a screen reader says of elements that tell a listener nothing: an empty region, the form of a button."""
OWN_FORM = ("/add", "/feeds")
"""Pages with a form of several fields, of which a screen reader may say that it is one."""


@pytest.fixture(scope="module")
def publisher() -> Iterator[Publisher]:
    made = Publisher()
    with serving(made) as url:
        made.url = url
        yield made


def noise(stop: Heard, *, has_form: bool = False) -> list[str]:
    """What is said of a stop that need not be, or that is put badly."""
    found = [text for text in stop.said for word in NOISE if words(text)[-len(words(word)) :] == words(word)]
    found += [text for text in stop.said if " :" in text or " ," in text]
    regions = [(one, next_) for one, next_ in pairwise(stop.said) if one.startswith("region ")]
    found += [one for one, next_ in regions if words(next_)[: len(words(one)) - 1] == words(one)[1:]]
    return [text for text in found if not (has_form and text.strip(".") in ("form", "leaving form"))]


def said(stops: list[Heard]) -> str:
    return "\n".join(" ".join(stop.said) for stop in stops)


def is_plain(listener: Listener, stops: list[Heard], *, has_form: bool = False) -> None:
    found = [text for stop in stops for text in noise(stop, has_form=has_form)]
    listener.check(not found, f"nothing is said that is noise, also {found}")


@pytest.mark.parametrize(
    ("path", "title", "sentences"),
    [
        ("/", "Home", ["New heading level 2.", "Español link. العربية link."]),
        ("/library?q=walk+coast", "found for walk coast", ["This is paragraph 1 of a walk along the coast."]),
        ("/listen", "Listen", ["Headlines push button.\nleaving region."]),
        ("/add", "Add an article", ["A feed heading level 3."]),
        ("/queue", "Queue", ["When an article ends heading level 2."]),
        ("/feeds", "Feeds", ["No feed is watched yet."]),
        ("/nothing", "Not found", ["There is nothing at this address. Look for it in the library."]),
    ],
)
def test_a_page_is_read_from_its_beginning_to_its_end(
    everywhere: Everywhere, site: Site, path: str, title: str, sentences: list[str]
) -> None:
    def journey(listener: Listener) -> None:
        listener.open(f"{site.url}{path}", title)
        stops = listener.walk()
        is_plain(listener, stops, has_form=path.startswith(OWN_FORM))
        for sentence in sentences:
            listener.check(sentence in said(stops), f"{sentence!r} is read")

    everywhere(journey)


def test_an_article_is_read_from_its_beginning_to_its_end(everywhere: Everywhere, site: Site) -> None:
    def journey(listener: Listener) -> None:
        listener.open(site.page("done"), CLERK)
        stops = listener.walk()
        is_plain(listener, stops)
        lines = [" ".join(stop.said) for stop in stops]
        for line in ("Note 1 link", "def metres", "Picture: A page of the book, its edges eaten by salt"):
            listener.check([one for one in lines if one.startswith(line)], f"{line!r} is read as a line")
        table = next(stop for stop in stops if "table with 3 rows" in " ".join(stop.said))
        listener.check(
            table.times("High water in a week of March 1811") == 2, "a table is said with its caption, no more"
        )
        listener.check("Chapters: 3" in said(stops), "a number says what it counts")

    everywhere(journey)


def test_a_player_on_a_publishers_page_is_read_and_answers(
    everywhere: Everywhere, site: Site, publisher: Publisher
) -> None:
    player = f'<script src="{site.url}/embed.js" data-article="{site.slugs["done"]}" async></script>'
    address = publisher.shows(f"<p>Before it.</p>{player}<p>After it.</p>")

    def journey(listener: Listener) -> None:
        listener.open(address, "The harbour paper")
        listener.go_to("Play push button", key="b")
        stops = listener.walk()
        is_plain(listener, stops)
        first = [stop for stop in stops if stop.says(f"{CLERK} with its text, in a new tab")]
        listener.check(len(first) == 1, "its first stop is its title, in one line")
        listener.check(first[0].times("heading level 1") == 1, "the heading is said once")
        listener.go_to("Play push button", key="shift+b")
        listener.go_to("Forward 15 seconds push button", most=2)
        listener.press("space", "15 seconds", shows="")

    everywhere(journey)


def test_keeping_an_article_is_told(everywhere: Everywhere, site: Site) -> None:
    def journey(listener: Listener) -> None:
        listener.open(site.page("done"), CLERK)
        listener.go_to("Keep for offline push button", key="b", most=30)
        listener.press("space", "Kept. It can be opened and heard without a connection.", shows="")
        listener.follow("F5", CLERK)  # so that the region is empty
        listener.go_to("Remove the offline copy push button", key="b", most=30)
        listener.press("space", "It is not kept any more.", shows="")

    everywhere(journey)
