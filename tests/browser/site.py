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
def opened(folder: Path) -> Iterator[Site]:
    flags = {"paths.content": folder / "content", "paths.cache": folder / "cache", "narration.voice": "tick/tock"}
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
        site.studio.live.close()
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
