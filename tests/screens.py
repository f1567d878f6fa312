"""Pictures of every page for the documentation: `make screenshots`.

Each is a sheet of four: wide and narrow, light and dark. The articles are those of content/articles/.
"""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import program
from tests.browser.places import EMPTY, PLACES, Place
from tests.browser.site import Site, opened
from tests.served import serving
from voice_app.model import ArticleState, Upload

HOUSE = Path(__file__).parents[1]
FOLDER = HOUSE / "docs" / "screens"
TEXT = HOUSE / "docs" / "screens.md"
ARTICLES = HOUSE / "content" / "articles"
EMPTY_NAMES = frozenset(place.name for place in EMPTY)
WIDE, NARROW = (1120, 800), (375, 800)
SCALE = 0.75
GAP = 12
GROUND = "#a8a39a"
QUALITY = 62
VOICE = "hibari/heart"
TOPICS = (("News", "Travel"), ("Kitchen",), ("Health", "Research"))
PROBLEM = "The site did not answer. Check the address and the connection, or paste the text instead."
PAPER = """<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><meta name="color-scheme"
content="light dark"><title>Paper</title><style>body {{ font: 1.1rem/1.6 serif; max-width: 40rem; margin: 2rem auto;
padding: 0 1rem }}</style><h1>{title}</h1>{player}
<p>A page of somebody else's site, in its own typeface and colours. The player stands where
its line was put, and the article begins under it.</p></html>"""
"""A page on another site, with the player in it."""
HEAD = """# Every page

Made by `make screenshots`; the articles are those of [content/articles](../content/articles). Each picture shows one
page four times: wide and narrow, in light colours and in dark ones.
"""


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A place of `tests/browser/places.py` by its name, and what is to be seen there, for those who do not see it.
    `path` is for a place that depends on the articles' words."""

    place: str
    told: str
    path: str = ""

    @property
    def file(self) -> str:
        return self.place.lower().replace(",", "").replace(" ", "-") + ".webp"


PICTURES = (
    Picture(
        place="Home, going on",
        told="What was begun, with how far it was heard, then what is new and what is on its way.",
    ),
    Picture(place="Home, empty", told="An empty library: a field for an address, and what else can be put in."),
    Picture(place="Library", told="A search field, the views, and a card for each article with its state in words."),
    Picture(
        place="Library, found",
        path="/library?q=lake+ferry",
        told="What a search found, the words that were looked for marked in excerpts.",
    ),
    Picture(place="Topics", told="All topics with the number of their articles."),
    Picture(place="Article, playing", told="The player stays above the text, in which the spoken sentence is marked."),
    Picture(place="Article, narrating", told="How far the narration is, in words and as a bar, above the text."),
    Picture(place="Article, problem", told="What went wrong and what to do now, with a button to try again."),
    Picture(place="Sentences", told="Each sentence in a field, to be said in other words or left out."),
    Picture(place="Queue", told="Numbered articles with buttons that move or remove each of them."),
    Picture(place="History", told="What was listened to, by day, and how far."),
    Picture(
        place="Several devices, a code", told="A code of eight digits in large type, and how another device takes it."
    ),
    Picture(place="Join with a code", told="A field for the code of another device."),
    Picture(place="Listen", told="One large button to press when a voice has said what one wants to hear."),
    Picture(
        place="Listen, without the site",
        told="The page with the one button as it is where the site cannot be reached: what it then plays is kept here.",
    ),
    Picture(place="Kept offline", told="What is kept in this browser, how large it is, and how it is removed."),
    Picture(place="Add", told="Three ways to add: an address, a text, or files."),
    Picture(place="Add, refused", told="The form was empty: the problem is said above it and at its field."),
    Picture(place="Feeds", told="The feeds that are watched, and a form to watch another."),
    Picture(place="How it is read", told="For each kind of structure, how it is read."),
    Picture(place="Settings", told="Colours, text size, typeface and spacing to choose, with a sample."),
    Picture(place="Voices", told="Every voice with its language, licence and speed, and a sentence to hear."),
    Picture(place="About", told="Help: how everything works, by headings."),
    Picture(
        place="Accessibility",
        told="What can be relied on, how it was checked, and what is missing.",
    ),
    Picture(place="Error", told="An address that leads nowhere: one sentence says so and where to look."),
    Picture(place="Frame", path="{paper}", told="The player in a page of another site, above that page's text."),
)


def pictured(picture: Picture) -> Place:
    place = next(place for place in (*PLACES, *EMPTY) if place.name == picture.place)
    return replace(place, path=picture.path or place.path)


def text() -> str:
    """docs/screens.md."""
    parts = [f"## {one.place}\n\n![{one.told}](screens/{one.file})\n\n{one.told}\n" for one in PICTURES]
    return "\n".join([HEAD, *parts])


@contextmanager
def shown(folder: Path) -> Iterator[tuple[Site, Site]]:
    """A library with the articles, and an empty one. The README is being narrated, and an address did not answer."""
    with opened(folder / "site", voice=VOICE) as site, opened(folder / "empty", voice=VOICE) as empty:
        texts = (*sorted(ARTICLES.glob("*.md")), HOUSE / "README.md")
        uploads = [Upload(name=path.name, body=path.read_bytes()) for path in texts]
        *narrated, begun = site.studio.intake.add_all(files=uploads).articles
        for name, article, topics in zip(("sorted", "long", "done"), narrated, TOPICS, strict=True):
            site.studio.work.narrate(article.id)
            site.slugs[name] = article.slug
            for topic in topics:
                site.studio.shelf.add_topic(article.slug, topic)
        site.studio.shelf.favourite(site.slugs["done"])
        site.library.set_state(begun.id, ArticleState.NARRATING)
        site.library.save_progress(begun.id, 41, 118)
        away = "https://example.org/the-boiler-room"
        broken = site.library.add(title=away, origin=away, media_type="", original="", digest="", source_url=away)
        site.library.set_state(broken.id, ArticleState.READING)
        site.library.set_state(broken.id, ArticleState.PROBLEM, problem=PROBLEM)
        site.slugs |= {"narrating": begun.slug, "problem": broken.slug}
        done = site.library.article(site.slugs["done"])
        player = f'<script src="{site.url}/embed.js" data-article="{done.slug}" async></script>'
        body = PAPER.format(title=done.title, player=player).encode()

        def paper(environ: object, start_response: Callable[..., object]) -> Iterable[bytes]:
            start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
            return [body]

        with serving(paper) as address:
            site.slugs["paper"] = address.replace("127.0.0.1", "localhost")
            yield site, empty


def view(browser: Browser, site: Site, place: Place, size: tuple[int, int], scheme: str) -> Image.Image:
    """What is seen without scrolling."""
    context = browser.new_context(
        base_url=site.url,
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(place.address(site), wait_until="networkidle")
    if place.act:
        place.act(page)
        _close_all(page)
    page.wait_for_timeout(200)
    picture = Image.open(io.BytesIO(page.screenshot()))
    context.close()
    return picture.convert("RGB").resize((round(size[0] * SCALE), round(size[1] * SCALE)), Image.Resampling.LANCZOS)


def _close_all(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach((e) => { e.open = false; })")


def sheet(look: Callable[[tuple[int, int], str], Image.Image]) -> Image.Image:
    """Four views on one sheet, the dark ones below."""
    widths = [round(size[0] * SCALE) for size in (WIDE, NARROW)]
    height = round(WIDE[1] * SCALE)
    found = Image.new("RGB", (sum(widths) + 3 * GAP, 2 * height + 3 * GAP), GROUND)
    for row, scheme in enumerate(("light", "dark")):
        for column, size in enumerate((WIDE, NARROW)):
            place = (GAP + column * (widths[0] + GAP), GAP + row * (height + GAP))
            found.paste(look(size, scheme), place)
    return found


def take(browser: Browser, pictures: Iterable[Picture], folder: Path) -> None:
    """Take these pictures into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as store, shown(Path(store)) as (site, empty):
        for picture in pictures:
            place = pictured(picture)
            found = sheet(partial(view, browser, empty if place.name in EMPTY_NAMES else site, place))
            found.save(folder / picture.file, quality=QUALITY, method=6)
            print(f"{picture.file}: {(folder / picture.file).stat().st_size:,} bytes")


def main(names: list[str]) -> None:
    """Take all pictures, or those of the places that are named, and write the page that shows them."""
    if not names:
        for old in FOLDER.glob("*.webp"):
            old.unlink()
    wanted = [one for one in PICTURES if not names or one.place in names]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(playwright), args=["--no-sandbox"])
        take(browser, wanted, FOLDER)
        browser.close()
    TEXT.write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
