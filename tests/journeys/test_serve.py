"""The service as `make run` starts it: real processes, the fake voice, a folder of articles."""

from __future__ import annotations

import functools
import http.server
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

HOUSE = Path(__file__).parents[2]
ARTICLE = "# {title}\n\nThe first sentence is short. The second is not much longer.\n\n## A part\n\nAnd a last one.\n"


def wait_until(is_so: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


class Service:
    """`python -m voice_app serve` in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.articles = folder / "content" / "articles"
        self.articles.mkdir(parents=True)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.processes: list[subprocess.Popen[str]] = []

    def start(self, **settings: str) -> subprocess.Popen[str]:
        environment = (
            os.environ
            | settings
            | {
                "PYTHONPATH": str(HOUSE),
                "PYTHONUNBUFFERED": "1",
                "VOICE_APP_NARRATION__VOICE": "tick/tock",
                "VOICE_APP_SERVER__PORT": str(self.port),
            }
        )
        self.processes.append(
            subprocess.Popen(
                [sys.executable, "-m", "voice_app", "serve"],
                cwd=self.folder,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                start_new_session=True,
                # what runs in the background does not hear it otherwise
                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
            )
        )
        return self.processes[-1]

    def get(self, path: str) -> bytes:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
            body: bytes = answer.read()
            return body

    def add(self, address: str) -> dict[str, Any]:
        asked = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/api/articles",
            data=json.dumps({"address": address}).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(asked, timeout=10) as answer:
            found: dict[str, Any] = json.load(answer)
            return found

    def answers(self) -> bool:
        try:
            return self.get("/healthz") == b"ok\n"
        except (urllib.error.URLError, ConnectionError):
            return False

    def listed(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.get("/api/articles"))["articles"]
        return found

    def states(self) -> dict[str, str]:
        return {article["title"]: article["state"] for article in self.listed()}

    def write(self, name: str, title: str) -> None:
        (self.articles / name).write_text(ARTICLE.format(title=title), encoding="utf-8")

    def end(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            if process.stdout:
                process.stdout.close()


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    service = Service(tmp_path)
    yield service
    service.end()


def test_the_site_answers_at_once_and_the_folder_becomes_episodes(service: Service) -> None:
    service.write("one.md", "One")
    service.write("two.md", "Two")
    process = service.start()
    assert process.stdout
    lines = [process.stdout.readline().strip() for _ in range(2)]
    assert lines == [
        f"Voice App:    http://127.0.0.1:{service.port}/",
        f"Podcast feed: http://127.0.0.1:{service.port}/feed.xml",
    ]
    assert service.answers()
    wait_until(lambda: service.states() == {"One": "done", "Two": "done"})
    feed = service.get("/feed.xml").decode()
    assert feed.count("<item>") == 2
    assert service.get(f"/audio/{_audio(service)}").startswith(b"ID3")


def _audio(service: Service) -> str:
    page = json.loads(service.get(f"/api/articles/{service.listed()[0]['slug']}"))
    return str(page["audio"]["url"]).rpartition("/")[2]


def test_a_file_dropped_in_later_is_narrated_and_a_changed_one_again(service: Service) -> None:
    service.start()
    wait_until(service.answers)
    service.write("one.md", "One")
    wait_until(lambda: service.states() == {"One": "done"})
    before = _audio(service)
    service.write("one.md", "One, changed")
    wait_until(lambda: service.states() == {"One, changed": "done"})
    assert _audio(service) != before
    assert [article["slug"] for article in service.listed()] == ["one"]


def test_a_second_start_is_quick_and_has_everything(service: Service) -> None:
    service.write("one.md", "One")
    first = service.start()
    wait_until(lambda: service.answers() and service.states() == {"One": "done"})
    name = _audio(service)
    first.send_signal(signal.SIGINT)
    assert first.wait(10) == 0
    started = time.monotonic()
    service.start()
    wait_until(service.answers)
    assert time.monotonic() - started < 3
    assert service.states() == {"One": "done"}
    assert _audio(service) == name


def test_pulling_the_plug_loses_nothing(service: Service) -> None:
    for number in range(6):
        service.write(f"{number}.md", f"Article {number}")
    first = service.start()
    wait_until(lambda: service.answers() and "done" in service.states().values())
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    service.start()
    wait_until(lambda: service.answers() and set(service.states().values()) == {"done"})
    assert len(service.listed()) == 6


@pytest.fixture
def web() -> Iterator[str]:
    """Somebody's site: the pages of tests/data."""
    handler = functools.partial(QuietHandler, directory=str(HOUSE / "tests" / "data" / "pages"))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args: Any) -> None:
        pass


def test_an_address_is_fetched_read_and_narrated_by_the_worker(service: Service, web: str) -> None:
    service.start(VOICE_APP_FETCH__ALLOW_PRIVATE="true")
    wait_until(service.answers)
    service.add(f"{web}/news.html")
    wait_until(lambda: service.states() == {"Why bridges hum": "done"})
    (article,) = service.listed()
    assert (article["byline"], article["source_url"]) == ("R. Writer", f"{web}/news.html")


@pytest.mark.parametrize(("path", "words"), [("/nothing.html", "error 404"), ("/listing.html", "no article")])
def test_an_address_without_an_article_ends_as_a_problem_with_advice(
    service: Service, web: str, path: str, words: str
) -> None:
    service.start(VOICE_APP_FETCH__ALLOW_PRIVATE="true")
    wait_until(service.answers)
    service.add(web + path)
    wait_until(lambda: [article["state"] for article in service.listed()] == ["problem"])
    (article,) = service.listed()
    assert words in article["problem"]
    assert "paste the text" in article["problem"].lower()
    page = service.get(article["page"]).decode()
    assert "Try again" in page
    gone = urllib.request.Request(f"http://127.0.0.1:{service.port}{article['page']}/remove", data=b"", method="POST")
    with urllib.request.urlopen(gone, timeout=10) as answer:
        assert b"Deleted: " in answer.read()
    assert service.listed() == []


def test_worker_and_booth_end_with_the_site(service: Service) -> None:
    process = service.start()
    wait_until(service.answers)
    tasks = Path(f"/proc/{process.pid}/task")
    if not tasks.exists():
        pytest.skip("this system has no /proc")
    wait_until(lambda: len(_children(tasks)) == 2)
    children = _children(tasks)
    process.kill()
    process.wait()
    wait_until(lambda: not any(Path(f"/proc/{child}").exists() for child in children), seconds=10)


def _children(tasks: Path) -> list[str]:
    return [pid for task in tasks.iterdir() for pid in (task / "children").read_text().split()]


def test_a_port_in_use_is_told_in_a_sentence(service: Service) -> None:
    service.start()
    wait_until(service.answers)
    second = service.start()
    assert second.wait(20) == 1
    assert second.stdout
    said = second.stdout.read()
    assert str(service.port) in said
    assert "--port" in said
    assert "Traceback" not in said
