"""Every page of the site in every state that somebody may meet it in: what checkers, validators and pictures go by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urljoin

from playwright.sync_api import Page

from tests.browser.site import Site

OPEN_ALL = "document.querySelectorAll('details').forEach((e) => { e.open = true; })"


def _play(page: Page) -> None:
    page.get_by_role("button", name="Play", exact=True).click()
    page.locator(".sentence.now").first.wait_for()


def _choose_a_sentence(page: Page) -> None:
    page.get_by_role("button", name="Choose a sentence").press("Enter")
    page.locator(".sentence:focus").wait_for()
    for _ in range(3):
        page.keyboard.press("ArrowDown")


def _select_text(page: Page) -> None:
    page.locator(".prose blockquote").first.scroll_into_view_if_needed()
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.prose blockquote'))")
    page.get_by_role("button", name="Play from here").wait_for()


def _ask_the_player_for_nonsense(page: Page) -> None:
    """Its timer runs, it says where the sound is, and two of its forms refuse what was typed."""
    page.evaluate(OPEN_ALL)
    page.get_by_role("combobox", name="Sleep timer").select_option("15")
    page.get_by_label("Play or pause").fill("j")
    page.get_by_role("button", name="Save the keys").press("Enter")
    page.get_by_label("Go to", exact=True).fill("soon")
    page.get_by_label("Go to", exact=True).press("Enter")
    page.get_by_role("button", name="Where am I?").press("Enter")
    page.locator(".options > [data-news]").filter(has_text="chapter").wait_for()


def _send_nothing(page: Page) -> None:
    page.get_by_role("button", name="Add the article").click()
    page.locator(".summary").wait_for()


def _press(page: Page) -> None:
    page.get_by_role("button", name="Press", exact=True).click()
    page.locator("[data-state=headline]").wait_for()


def _press_twice(page: Page) -> None:
    _press(page)
    page.wait_for_timeout(500)
    page.get_by_role("button", name="Press", exact=True).click()
    page.locator("[data-state=playing]").wait_for()


def _listen(page: Page) -> None:
    """Become somebody who has queued three articles, begun two and finished another."""
    url = page.url
    ask = page.request
    done = [one for one in ask.get("/api/articles").json()["articles"] if one["state"] == "done"][:3]
    for one, share in zip(done, (0.2, 0.6, 1), strict=True):
        ask.post(f"/articles/{one['slug']}/queue", form={"do": "add"})
        place = {"seconds": one["seconds"] * share, "length": one["seconds"], "finished": share == 1}
        ask.put(f"/api/places/{one['slug']}", data=place)
    page.goto(url)
    page.evaluate(OPEN_ALL)


def _have_been_elsewhere(page: Page) -> None:
    slug = page.url.rpartition("/")[2]
    other = "{seconds: 90, sentence: '', device: 'A phone with a name of forty characters'}"
    page.evaluate(f"localStorage.setItem('voice-app.other.{slug}', JSON.stringify({other}))")
    page.reload()
    page.get_by_role("button", name="Stay here").wait_for()
    page.evaluate(OPEN_ALL)


def _show_a_code(page: Page) -> None:
    page.get_by_role("button", name="Show a code").click()
    page.get_by_role("heading", name="The code").wait_for()
    page.evaluate(OPEN_ALL)


def _join_with_nonsense(page: Page) -> None:
    page.get_by_label("Code").fill("1")
    page.get_by_role("button", name="Join").click()
    page.locator(".summary").wait_for()


@dataclass(frozen=True, kw_only=True)
class Place:
    """`path` is a format string: {done} is the name of the article that the site knows as done. `act` is what somebody
    does there before it is looked at; without scripts it cannot be done. Few `is_first` ones stand for all of them
    where a look costs much."""

    name: str
    path: str
    status: int = 200
    act: Callable[[Page], None] | None = None
    is_first: bool = False

    def address(self, site: Site) -> str:
        return urljoin(site.url, self.path.format(**site.slugs))


PLACES = (
    Place(name="Home", path="/", is_first=True),
    Place(name="Home, going on", path="/", act=_listen),
    Place(name="Queue", path="/queue", act=_listen, is_first=True),
    Place(name="Queue, empty", path="/queue?done=cleared"),
    Place(name="History", path="/history", act=_listen),
    Place(name="History, empty", path="/history?done=clear"),
    Place(name="Several devices", path="/listener"),
    Place(name="Several devices, a code", path="/listener", act=_show_a_code),
    Place(name="Several devices, forgotten", path="/listener?done=forgotten"),
    Place(name="Join with a code", path="/join", is_first=True),
    Place(name="Join with a code, refused", path="/join", act=_join_with_nonsense),
    Place(name="Library", path="/library", is_first=True),
    Place(name="Library, found", path="/library?q=walk+coast", is_first=True),
    Place(name="Library, nothing found", path="/library?q=zebra"),
    Place(name="Library, favourites", path="/library?view=favourites"),
    Place(name="Library, a topic", path="/library?topic=Sea&sort=title"),
    Place(name="Library, archived", path="/library?view=archived"),
    Place(name="Library, deleted", path="/library?view=deleted"),
    Place(name="Library, problems", path="/library?view=problems"),
    Place(name="Library, unheard", path="/library?view=unheard"),
    Place(name="Library, everything", path="/library?q=coast&view=everything"),
    Place(name="Library, one was deleted", path="/library?deleted=a-walk-that-nobody-wanted"),
    Place(name="Library, one was archived", path="/library?archived=a-walk-to-the-pier"),
    Place(name="Topics", path="/topics"),
    Place(name="Add", path="/add"),
    Place(
        name="Add, filled in",
        path="/add?address=https%3A%2F%2Fexample.org%2Fa-long-address%2Fwith-no-place-to-break&text=Chosen",
    ),
    Place(name="Add, refused", path="/add", act=_send_nothing, is_first=True),
    Place(name="Feeds", path="/feeds"),
    Place(name="Feeds, one is watched", path="/feeds?done=watched"),
    Place(name="Kept offline", path="/offline", is_first=True),
    Place(name="Listen", path="/listen", is_first=True),
    Place(name="Listen, without the site", path="/listen/kept"),
    Place(name="Listen, a headline", path="/listen", act=_press),
    Place(name="Listen, playing", path="/listen", act=_press_twice),
    Place(name="Kept offline", path="/offline", is_first=True),
    Place(name="How it is read", path="/reading", is_first=True),
    Place(name="How it is read, saved", path="/reading?done=saved"),
    Place(name="Voices", path="/voices"),
    Place(name="Voices, one language", path="/voices?language=es"),
    Place(name="Settings", path="/settings", is_first=True),
    Place(name="Settings, saved", path="/settings?done=saved"),
    Place(name="Settings, as usual again", path="/settings?done=usual&before=theme%3Ddark"),
    Place(name="About", path="/about"),
    Place(name="Accessibility", path="/accessibility"),
    Place(name="Error", path="/nothing", status=404, is_first=True),
    Place(name="Article", path="/articles/{done}", is_first=True),
    Place(name="Article, playing", path="/articles/{done}", act=_play),
    Place(name="Article, a sentence is chosen", path="/articles/{done}", act=_choose_a_sentence),
    Place(name="Article, text is selected", path="/articles/{done}", act=_select_text, is_first=True),
    Place(name="Article, its player refuses", path="/articles/{done}", act=_ask_the_player_for_nonsense),
    Place(name="Article, played live", path="/articles/{sorted}", act=_play),
    Place(name="Article, long", path="/articles/{long}"),
    Place(name="Article, another place is offered", path="/articles/{long}", act=_have_been_elsewhere),
    Place(name="Article, changed", path="/articles/{changed}"),
    Place(name="Article, narrating", path="/articles/{narrating}", is_first=True),
    Place(name="Article, waiting", path="/articles/{waiting}"),
    Place(name="Article, problem", path="/articles/{problem}"),
    Place(name="Article, archived", path="/articles/{archived}"),
    Place(name="Article, repeated", path="/articles/{copy}?done=known"),
    Place(name="Article, brought back", path="/articles/{sorted}?done=back"),
    Place(name="Article, looked at again", path="/articles/{original}?done=checked"),
    Place(name="Article, an audiobook is asked for", path="/articles/{original}?done=audiobook", is_first=True),
    Place(name="Article, an audiobook is there", path="/articles/{changed}?done=audiobook"),
    Place(name="Article, an audiobook could not be made", path="/articles/{bread}?done=audiobook"),
    Place(name="Sentences", path="/articles/{done}/edit", is_first=True),
    Place(name="Sentences, many", path="/articles/{long}/edit"),
    Place(name="Sentences, changed", path="/articles/{sorted}/edit"),
    Place(name="Frame", path="/embed/{done}", is_first=True),
    Place(name="Frame, played live", path="/embed/{sorted}?theme=dark&accent=fd0"),
    Place(name="Frame, waiting", path="/embed/{waiting}"),
    Place(name="Frame, error", path="/embed/nothing", status=404),
)
EMPTY = (
    Place(name="Home, empty", path="/"),
    Place(name="Library, empty", path="/library"),
    Place(name="Listen, empty", path="/listen"),
    Place(name="Topics, empty", path="/topics"),
    Place(name="Feeds, empty", path="/feeds"),
)
"""The same of a library without articles."""

NO_PAGES = ("/api/", "/audio/", "/artwork/", "/static/")
"""What begins like this is for programs, and so is whatever has an ending."""
NO_PAGE = ("web.healthz", "embed.discovery", "embed.frame_of_address")
