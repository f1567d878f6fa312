"""A process that dies before any one of its steps: what comes after it loses nothing and doubles nothing.

A step is a commit of the library or a file that gets its name. The child ends there as `kill -9` ends it, without
any tidying up; then another process goes on with what lies on the disk.
"""

from __future__ import annotations

import mailbox
import os
import random
import sys
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from tests.unit.desks.conftest import House

DIED = 9
MOST_STEPS = 300
STEPS_APART = 6
"""Not every step is tried in every run, but others in each run. 1 tries all of them, in 16 s."""
BOTH = ["Bread", "Tea"]
ENTRIES = ["High water", "Low water"]
LETTERS = ["A walk", "A swim"]


@pytest.fixture
def feed() -> Iterator[str]:
    """The address of a feed with two whole entries, the second one without an address of its own."""
    whole = " ".join(f"Sentence {n} tells of the tide at the harbour." for n in range(30))
    links = ("<link>https://tide.example/high</link>", "")
    items = (
        f'<item><title>{title}</title>{link}<guid isPermaLink="false">{title}</guid>'
        f"<description>&lt;p&gt;{title}. {whole}&lt;/p&gt;</description></item>"
        for title, link in zip(ENTRIES, links, strict=True)
    )
    body = f'<rss version="2.0"><channel><title>Tide</title>{"".join(items)}</channel></rss>'.encode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/rss+xml")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/feed.xml"
        server.shutdown()
        thread.join()


def fill(house: House, feed: str) -> None:
    folder = house.config.paths.content / "articles"
    folder.mkdir(parents=True)
    for title in BOTH:
        (folder / f"{title}.md").write_text(f"# {title}\n\nWater comes first with {title}.\n")
        os.utime(folder / f"{title}.md", (time.time() - 60,) * 2)
    box = mailbox.Maildir(house.config.mail.folder, create=True)
    for subject in LETTERS:
        letter = EmailMessage()
        letter["From"], letter["Subject"] = "reader@example.org", subject
        letter.set_content(f"{subject} along the river begins at the mill.\n")
        box.add(letter)
    house.studio.feeds.watch(feed)


def go_on(house: House) -> None:
    """What a worker does, but for speaking."""
    studio = house.studio
    studio.folder.sync()
    studio.post.look()
    studio.feeds.look()
    for article in studio.work.asked():
        studio.work.read(article.id)
        studio.work.give_up(article.id, "No voice today.")
    studio.post.look()


def dies_before(step: int, house: House) -> bool:
    """Go on in a process that ends before that step. False when there are not so many."""
    child = os.fork()
    if child == 0:
        try:
            sys.modules["pygoreadability"] = None  # type: ignore[assignment] # a fork lacks its runtime's threads
            _end_before(step)
            go_on(house)
            os._exit(0)
        finally:  # not reached unless it failed
            traceback.print_exc()
            os._exit(1)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, DIED)
    return code == DIED


def _end_before(step: int) -> None:
    left = [step]

    def count() -> None:
        left[0] -= 1
        if left[0] == 0:
            os._exit(DIED)

    def commit(db: Any) -> None:
        if db.get_execution_options().get("immediate"):
            count()

    event.listen(Engine, "commit", commit)
    sys.addaudithook(lambda name, _: count() if name == "os.rename" else None)


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_death_before_any_step_loses_nothing_and_doubles_nothing(
    make_house: Callable[..., House], tmp_path: Path, feed: str
) -> None:
    for step in range(random.randint(1, STEPS_APART), MOST_STEPS, STEPS_APART):
        root = tmp_path / str(step)
        settings = {"paths__content": root / "content", "paths__cache": root / "cache"}
        settings |= {"mail__folder": str(root / "mail"), "mail__senders": "reader@example.org"}
        settings |= {"fetch__allow_private": True, "watch__feeds_minutes": 0}
        fill(make_house(**settings), feed)
        has_died = dies_before(step, make_house(**settings))
        after = make_house(**settings)
        for _ in range(2):
            go_on(after)
        assert_whole(after, root / "mail", step)
        if not has_died:
            assert step > 30
            return
    raise AssertionError("it has more steps than this test takes")


def assert_whole(house: House, mail: Path, step: int) -> None:
    titles = Counter(article.title for article in house.studio.articles())
    assert titles == Counter([*BOTH, *ENTRIES, *LETTERS]), step
    assert {article.problem for article in house.studio.articles()} == {"No voice today."}, step
    assert not house.studio.work.asked(), step
    box = mailbox.Maildir(mail, create=False)
    assert Counter(letter["Subject"] for letter in box) == Counter(LETTERS), step
    assert all("S" in letter.get_flags() for letter in box), step
    answers = Counter(answer["Subject"] for answer in box.get_folder("Answers"))
    assert answers == Counter(f"Re: {subject}" for subject in LETTERS), step
    (feed,) = house.studio.feeds.all()
    assert (feed.articles, feed.problem) == (len(ENTRIES), ""), step
