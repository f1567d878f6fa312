"""What searching and listing a large library costs: a made-up library of 20,000 articles on this machine.

The words are made up too, as frequent as in a language (Zipf), and each article has a theme with words of its own.
Every question goes through the library as the site asks it. The file is in the system's cache, as on a machine that
runs for a while. "computed" is what the asking thread needed; on a quiet machine the clock says the same.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

from flask.testing import FlaskClient
from sqlalchemy import insert

from voice_app import config, wiring
from voice_app.library import catalogue
from voice_app.library.codec import encode
from voice_app.library.sql import SqlLibrary
from voice_app.library.tables import articles, contents, files
from voice_app.model import ArticleState, Block, BlockKind, Document, Order, Place, View, Wanted
from voice_app.publish.web.app import make_app
from voice_app.studio import Studio

ARTICLES = 20_000
WORDS = 700
THEMES = 40
VOCABULARY = 40_000
FILES = 6
QUESTIONS = 40
START = datetime(2020, 1, 1, tzinfo=UTC)
ONSETS = ("b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "br", "st")
FUNCTION_WORDS = ("the", "of", "and", "to", "in", "a", "is", "that", "for", "it", "was", "on", "as", "with", "by", "he")


class Language:
    """Makes articles. The same seed makes the same ones."""

    def __init__(self, seed: int = 7) -> None:
        self.random = random.Random(seed)
        syllables = [onset + vowel for onset in ONSETS for vowel in "aeiou"]
        made: dict[str, None] = dict.fromkeys(FUNCTION_WORDS)
        while len(made) < VOCABULARY:
            made["".join(self.random.choices(syllables, k=self.random.randint(2, 4)))] = None
        self.words = list(made)
        self._weights = list(accumulate(1 / (rank + 2.7) for rank in range(VOCABULARY)))
        self._themes = [self.random.sample(self.words[300:], 60) for _ in range(THEMES)]

    def document(self, number: int, words: int) -> Document:
        theme = self._themes[number % THEMES]
        said = self.random.choices(self.words, cum_weights=self._weights, k=words)
        for place in self.random.sample(range(words), words // 12):
            said[place] = self.random.choice(theme)
        title = " ".join((*self.random.choices(theme, k=3), *self.random.choices(self.words, k=2))).capitalize()
        blocks = [Block(kind=BlockKind.HEADING, text=title, level=1)]
        for start in range(0, words, 70):
            text = " ".join(said[start : start + 70]).capitalize()
            blocks.append(Block(kind=BlockKind.PARAGRAPH, text=f"{text}."))
        topics = (f"Theme {number % THEMES}", f"Year {number % 9}", *(["Letters"] if number % 50 == 0 else []))
        byline, site = f"{theme[1]} {theme[2]}".title(), f"{theme[0]}.example"
        return Document(title=title, blocks=tuple(blocks), byline=byline, site=site, topics=topics)

    def questions(self) -> dict[str, list[str]]:
        """Queries by kind."""
        common, rare = self.words[:40], self.words[-5_000:]
        themed = [word for theme in self._themes for word in theme]
        pick = self.random
        return {
            "one of the 40 commonest words": [f'"{w}"' for w in pick.sample(common, QUESTIONS)],
            "two common words": [" ".join(pick.sample(common, 2)) + " " for _ in range(QUESTIONS)],
            "a word of a theme": pick.sample(themed, QUESTIONS),
            "two words of a theme": [" ".join(pick.sample(pick.choice(self._themes), 2)) for _ in range(QUESTIONS)],
            "a rare word": pick.sample(rare, QUESTIONS),
            "a beginning of 2 letters": [w[:2] for w in pick.sample(rare, QUESTIONS)],
            "a beginning of 3 letters": [w[:3] for w in pick.sample(rare, QUESTIONS)],
            "a word and a beginning": [f"{pick.choice(themed)} {pick.choice(rare)[:3]}" for _ in range(QUESTIONS)],
            "a phrase": [f'"{pick.choice(common)} {pick.choice(self.words[:300])}"' for _ in range(QUESTIONS)],
            "no hit": [f"xq{pick.choice(rare)}" for _ in range(QUESTIONS)],
        }


def fill(library: SqlLibrary, language: Language, count: int, words: int = WORDS) -> None:
    """Add articles that are finished, all in one transaction: each by itself would take a second per hundred."""
    with library._file.writing() as db:
        for number in range(count):
            document = language.document(number, words)
            row: dict[str, Any] = {
                "id": number + 1,
                "slug": f"a{number}",
                "guid": f"g{number}",
                "title": document.title,
            }
            row |= {"origin": "pasted text", "state": ArticleState.DONE, "added_at": START + timedelta(hours=number)}
            row |= {"byline": document.byline, "language": "en", "site": document.site, "problem": "", "spoken": 40}
            row |= {"sentences": 40, "seconds": words / 2.5 + number % 97, "finished_at": START}
            row |= {"heard_at": START + timedelta(hours=number) if number % 3 == 0 else None}
            row |= {"favourite_at": START if number % 40 == 0 else None}
            row |= {"archived_at": START if number % 25 == 0 else None}
            db.execute(insert(articles).values(row))
            content = {"original": f"o{number}", "media_type": "text/plain", "digest": f"d{number}"}
            content |= {"asked_again": False, "document": encode(document)}
            db.execute(insert(contents).values(article_id=number + 1, **content))
            db.execute(insert(files), [{"article_id": number + 1, "name": f"a{number}-{n}.mp3"} for n in range(FILES)])
            catalogue.enter_title(db, number + 1, document.title, "pasted text")
            catalogue.enter(db, number + 1, catalogue.entry(document))


class Took(NamedTuple):
    """Milliseconds by the clock, and those that this thread computed: others may keep the machine busy."""

    wall: float
    computed: float


def milliseconds(ask: Callable[[], object]) -> Took:
    began, computed = time.perf_counter(), time.thread_time()
    ask()
    return Took((time.perf_counter() - began) * 1000, (time.thread_time() - computed) * 1000)


def line(what: str, took: list[Took]) -> str:
    walls, computed = zip(*took, strict=True)
    p95s = [statistics.quantiles(times, n=20)[-1] for times in (walls, computed)]
    cells = [statistics.median(walls), p95s[0], statistics.median(computed), p95s[1], max(computed)]
    return f"| {what} | " + " | ".join(f"{cell:.1f}" for cell in cells) + " |"


def asked(library: SqlLibrary, language: Language) -> list[str]:
    every: list[Took] = []
    lines = []
    for kind, questions in language.questions().items():
        times = [milliseconds(lambda q=q: library.listing(Wanted(query=q), limit=20)) for q in questions]  # type: ignore[misc]
        every += times
        lines.append(line(f"search: {kind}", times))
    return [*lines, line("**search: all of them**", every)]


def listed(library: SqlLibrary, count: int) -> list[str]:
    lists = {
        "list: the newest 50": (Wanted(), 1),
        "list: the last page": (Wanted(), count // 50),
        "list: by title": (Wanted(order=Order.TITLE), 1),
        "list: the longest": (Wanted(order=Order.LONGEST), 1),
        "list: recently heard": (Wanted(order=Order.HEARD), 1),
        "list: not heard": (Wanted(view=View.UNHEARD), 1),
        "list: favourites": (Wanted(view=View.FAVOURITES), 1),
        "list: archived": (Wanted(view=View.ARCHIVED), 1),
        "list: a topic": (Wanted(topic="theme 7"), 1),
        "list: with a problem": (Wanted(view=View.PROBLEMS), 1),
    }
    lines = []
    for what, (wanted, page) in lists.items():
        lines.append(line(what, [milliseconds(lambda w=wanted, p=page: library.listing(w, page=p)) for _ in range(20)]))  # type: ignore[misc]
    chosen = random.Random(1).sample(range(1, count + 1), 60)
    lines.append(line("topics with their counts", [milliseconds(library.topics) for _ in range(20)]))
    lines.append(line("related articles", [milliseconds(lambda n=n: library.related(n)) for n in chosen]))  # type: ignore[misc]
    return lines


def served(folder: Path, count: int) -> list[str]:
    """Whole pages, and the worker's look for lost files, all of which are there."""
    settings = config.load(flags={"paths.content": str(folder), "paths.cache": str(folder / "cache")}, environ={})
    studio = wiring.build(settings)
    audio = folder / "cache" / "audio"
    audio.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        for part in range(FILES):
            (audio / f"a{number}-{part}.mp3").touch()
    pages = {
        "page: home": "/",
        "page: the library": "/library",
        "page: a search": "/library?q=the",
        "page: an article": f"/articles/a{count // 2}",
        "/api/articles": "/api/articles",
    }
    pages |= {"page: the library by title, the last": f"/library?sort=title&page={count // 50}"}
    client = make_app(studio, settings).test_client()
    lines = [_page(client, what, path) for what, path in pages.items()]
    client.set_cookie("listener", _listener(studio, count))
    mine = {
        "page: home": "/",
        "page: the library": "/library",
        "page: the queue": "/queue",
        "page: history": "/history",
    }
    lines += [_page(client, f"{what}, of a listener", path) for what, path in mine.items()]
    lines.append(line("worker: lost(), 1,000 articles of 6 files", [milliseconds(studio.work.lost) for _ in range(20)]))
    lines.append(line("worker: asked()", [milliseconds(studio.work.asked) for _ in range(20)]))
    return lines


def _page(client: FlaskClient, what: str, path: str) -> str:
    return line(what, [milliseconds(lambda: client.get(path)) for _ in range(20)])


def _listener(studio: Studio, count: int) -> str:
    """The token of somebody with a full queue and as many places as the history shows in ten pages."""
    token, device = studio.listening.begin("Phone")
    for number in range(min(count, 1000)):
        place = Place(seconds=60.0, length=300.0, at=START)
        studio.listening.keep(device, f"a{count - 1 - number}", place, seconds_ago=number * 3600)
    for number in range(min(count, 500)):
        studio.listening.enqueue(device, f"a{count - 1 - 2 * number}")
    return token


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=ARTICLES)
    parser.add_argument("--folder", type=Path, help="keep the library here, and use the one that is there")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = (options.folder or Path(folder)) / "library.sqlite"
        is_there = path.exists()
        library, language = SqlLibrary(path), Language()
        if not is_there:
            fill(library, language, options.articles)
        asked(library, language)
        print(f"| {options.articles} articles of {WORDS} words, in ms | median | p95 | computed | p95 | worst |")
        print("|---|---|---|---|---|---|")
        print("\n".join([*asked(library, language), *listed(library, options.articles)]))
        print("\n".join(served(path.parent, options.articles)))
        with library._file.reading() as db:
            size = db.exec_driver_sql("SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'search%'").scalar()
            print(f"\nThe index takes {size / 1e6:.0f} MB of {path.stat().st_size / 1e6:.0f} MB.")
        library.close()


if __name__ == "__main__":
    main()
