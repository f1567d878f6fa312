"""A whole site on a loopback port, with a library in every state."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import waitress

from tests.browser import texts
from voice_app import wiring
from voice_app.config import Config, load
from voice_app.errors import StorageError
from voice_app.library.sql import SqlLibrary
from voice_app.model import Article, ArticleState, Change, Changed, Document
from voice_app.publish.web.app import make_app
from voice_app.studio import Studio

NOON = datetime(2027, 3, 3, 12, 0, tzinfo=UTC)


@dataclass(kw_only=True)
class Site:
    """`studio` and `library` look at the same file as the site does."""

    config: Config
    studio: Studio
    library: SqlLibrary
    url: str = ""
    slugs: dict[str, str] = field(default_factory=dict)

    def add(self, document: Document) -> Article:
        """An article that was read and waits for its narration."""
        added = self.studio.intake.add_text(document.title)
        self.library.save_document(added.id, document)
        return self.library.by_id(added.id)

    def narrated(self, document: Document) -> Article:
        article = self.add(document)
        self.studio.work.narrate(article.id)
        return self.library.by_id(article.id)

    def page(self, name: str) -> str:
        return f"{self.url}/articles/{self.slugs[name]}"


@contextmanager
def opened(folder: Path, *, voice: str = "tick/tock") -> Iterator[Site]:
    flags = {"paths.content": folder / "content", "paths.cache": folder / "cache", "narration.voice": voice}
    config = load(flags=flags, environ={}, file=folder / "none.toml")
    library = SqlLibrary(config.paths.content / "library.sqlite")
    site = Site(config=config, studio=wiring.build(config), library=library)
    server = waitress.create_server(make_app(site.studio, config), host="127.0.0.1", port=0, threads=8)
    site.url = f"http://127.0.0.1:{server.effective_port}"
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.close()
        thread.join(timeout=5)
        library.close()


def fill(site: Site) -> None:
    """One article in each state."""
    address = "https://example.org/an-article-that-waits"
    waiting = site.library.add(title=address, origin=address, media_type="", original="", digest="", source_url=address)
    site.slugs["waiting"] = waiting.slug
    broken = site.studio.intake.add_text("An article with a problem")
    problem = "The site did not answer. Check the address and the connection, or paste the text instead."
    site.library.set_state(broken.id, ArticleState.READING)
    site.library.set_state(broken.id, ArticleState.PROBLEM, problem=problem)
    site.slugs["problem"] = broken.slug
    narrating = site.add(texts.long_document("A walk that is being narrated", 12))
    site.library.set_state(narrating.id, ArticleState.NARRATING)
    site.library.save_progress(narrating.id, 9, 26)
    site.slugs["narrating"] = narrating.slug
    site.slugs["long"] = site.narrated(texts.long_document("A long walk along the coast", 24)).slug
    site.slugs["bread"] = site.narrated(texts.BREAD).slug
    site.slugs["done"] = site.narrated(texts.LIGHTHOUSE).slug
    changed = site.narrated(replace(texts.LIGHTHOUSE, title="The clerk, read again"))
    pair = Changed(old="He never left one out.", new="He left out one.")
    news = Change(at=NOON, changed=1, added=1, removed=0, sentences=(pair, Changed(new="It rained that day.")))
    site.library.save_document(changed.id, texts.LIGHTHOUSE, change=news)
    site.library.save_document(changed.id, texts.LIGHTHOUSE, change=replace(news, at=NOON + timedelta(days=1)))
    site.library.changes.checked(changed.id, NOON, trouble="The site does not show the article any more.")
    site.studio.work.narrate(changed.id)
    site.slugs["changed"] = changed.slug


ORIGINAL = "https://example.org/an-address-that-is-long-and-has-no-place/where-it/could-be-broken-up"
"""Too long for a narrow page, and without a place to break it."""


def _choose(site: Site, slug: str) -> None:
    """One sentence is said otherwise, one is left out, and one part too."""
    sheet = site.studio.edits.sheet(slug)
    lines = sheet.chapters[0][1]
    site.studio.edits.say(slug, lines[2].sentence.id, "A walk in other words.")
    site.studio.edits.leave_out(slug, lines[3].sentence.id)
    site.studio.edits.choose(slug, sheet.block_ids[6], False)


def _bind(site: Site) -> None:
    """One audiobook is there, one is asked for, and one could not be made."""
    for name in ("changed", "original", "bread"):
        site.studio.audiobooks.ask(site.slugs[name])
    there, broken = (site.library.article(site.slugs[name]).id for name in ("changed", "bread"))
    site.studio.audiobooks.make(there)
    site.studio.audiobooks.give_up(broken, str(StorageError()))


def sort(site: Site) -> None:
    """What a library has when somebody has put it in order: a favourite with topics, a copy, one archived and one
    deleted.

    Feeds are watched, one article has an original that can be looked at, sentences were changed by hand, and audiobooks
    were asked for.
    """
    walk = texts.long_document("A walk in the dunes", 20)
    for name, title in (
        ("sorted", "A walk in the dunes"),
        ("copy", "In the dunes"),
        ("archived", "A walk to the pier"),
    ):
        blocks = walk.blocks if name != "archived" else texts.BREAD.blocks
        site.slugs[name] = site.add(replace(walk, title=title, blocks=blocks, topics=("Sea", "Walking"))).slug
    site.studio.shelf.favourite(site.slugs["sorted"])
    site.studio.shelf.add_topic(site.slugs["sorted"], "To be read once more when there is time")
    site.studio.shelf.archive(site.slugs["archived"])
    _choose(site, site.slugs["sorted"])
    original = site.library.add(title="x", origin=ORIGINAL, media_type="", original="", digest="", source_url=ORIGINAL)
    site.library.save_document(original.id, replace(texts.LIGHTHOUSE, title=f"Read at {ORIGINAL}"))
    site.studio.work.narrate(original.id)
    site.library.changes.checked(original.id, NOON)
    site.slugs["original"] = site.library.by_id(original.id).slug
    _bind(site)
    for number, problem in enumerate(("", "", "The site did not answer. It is asked again in an hour."), start=1):
        feed = site.library.feeds.add(f"https://example.org/{number}/{'feed' * 20}.xml", f"A feed {number}", NOON)
        if number > 1:
            site.library.feeds.checked(replace(feed, checked_at=NOON, problem=problem))
    site.studio.shelf.remove(site.add(replace(walk, title="A walk that nobody wanted", blocks=())).slug)
