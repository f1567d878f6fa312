"""From the button on an article's page to a file with chapters, by way of the real worker."""

from __future__ import annotations

import io
import json
import os
import signal
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import pytest
from mutagen.mp4 import MP4

from tests.journeys.test_serve import Service, wait_until
from tests.served import Site, opened
from voice_app.model import ArticleState

LONG = "# A long walk\n\n" + "\n\n".join(
    f"## Mile {mile}\n\n" + " ".join(f"This is step {step} of mile {mile} and it is short." for step in range(25))
    for mile in range(8)
)


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    service = Service(tmp_path)
    yield service
    service.end()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with opened(tmp_path) as site:
        yield site


def post(service: Service, path: str) -> Any:
    asked = urllib.request.Request(f"http://127.0.0.1:{service.port}{path}", data=b"", method="POST")
    return urllib.request.urlopen(asked, timeout=10)


def facts(service: Service, slug: str) -> Any:
    return json.loads(service.get(f"/api/articles/{slug}"))


def frames(data: bytes) -> tuple[float, list[tuple[float, str]]]:
    """The seconds of sound that a decoder gives, and the chapters it knows of."""
    with av.open(io.BytesIO(data)) as file:
        chapters = [(float(c["start"] * c["time_base"]), c["metadata"]["title"]) for c in file.chapters()]
        samples, rate = 0, 1
        for frame in file.decode(audio=0):
            samples, rate = samples + frame.samples, frame.sample_rate
    return samples / rate, chapters


def get(url: str) -> tuple[bytes, str]:
    with urllib.request.urlopen(url, timeout=10) as answer:
        return answer.read(), answer.headers["Content-Type"]


def made(service: Service, slug: str) -> dict[str, Any]:
    wait_until(lambda: (facts(service, slug)["audiobook"] or {}).get("state") == "done")
    found: dict[str, Any] = facts(service, slug)
    return found


def test_somebody_presses_the_button_and_takes_the_audiobook_along(service: Service) -> None:
    service.write("one.md", "One")
    service.start()
    wait_until(lambda: service.answers() and service.states() == {"One": "done"})
    assert facts(service, "one")["audiobook"] is None
    page = service.get("/articles/one").decode()
    assert "Make an audiobook with chapters, M4B" in page
    with post(service, "/articles/one/audiobook") as answer:
        assert answer.url.endswith("/articles/one?done=audiobook")
        assert "audiobook" in answer.read().decode()
    article = made(service, "one")
    book, audio = article["audiobook"], article["audio"]
    data, kind = get(book["url"])
    assert kind == "audio/mp4"
    assert len(data) == book["bytes"]
    seconds, chapters = frames(data)
    mp3, _ = frames(get(audio["url"])[0])
    assert seconds == pytest.approx(mp3, abs=0.030)
    assert seconds == pytest.approx(book["seconds"], abs=0.030)
    assert [title for _, title in chapters] == ["One", "A part"]
    assert [start for start, _ in chapters] == pytest.approx([c["start"] for c in audio["chapters"]], abs=0.001)
    cover = MP4(io.BytesIO(data))["covr"]
    assert len(cover) == 1
    page = service.get("/articles/one").decode()
    assert f'<a href="/audio/{book["url"].rpartition("/")[2]}" download>' in page
    assert "Audiobook with chapters, M4B" in page
    assert ".m4b" not in service.get("/feed.xml").decode(), "podcast apps get the MP3 file"
    service.write("one.md", "One, changed")
    wait_until(lambda: service.states() == {"One, changed": "done"})
    assert facts(service, "one")["audiobook"] is None
    assert "Make an audiobook" in service.get("/articles/one").decode()


def test_killed_while_it_makes_one_the_service_makes_it_after_all(service: Service, tmp_path: Path) -> None:
    (service.articles / "walk.md").write_text(LONG, encoding="utf-8")
    first = service.start()
    wait_until(lambda: service.answers() and service.states() == {"A long walk": "done"}, seconds=60)
    before = facts(service, "walk")["audio"]
    post(service, "/api/articles/walk/audiobook").close()
    runs = tmp_path / "audio_cache" / "books"
    wait_until(lambda: len(list(runs.rglob("*.aac"))) > 20)
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    assert not list((tmp_path / "audio_cache" / "audio").glob("*.m4b")), "it was made already: make the article longer"
    kept = {path: path.stat().st_ino for path in runs.rglob("*.aac")}
    service.start()
    wait_until(service.answers)
    article = made(service, "walk")
    assert article["audio"] == before
    assert {path: path.stat().st_ino for path in kept} == kept, "what was there was not made again"
    seconds, chapters = frames(get(article["audiobook"]["url"])[0])
    assert seconds == pytest.approx(before["seconds"], abs=0.030)
    assert len(chapters) == len(before["chapters"]) == 9


def test_programs_ask_for_it_in_the_same_way(site: Site) -> None:
    article = site.narrated("One")
    path = f"/api/articles/{article.slug}/audiobook"
    first, again = site.ask(path, method="POST"), site.ask(path, method="POST")
    assert (first.status, json.loads(first.body)) == (202, {"state": "asked", "problem": ""})
    assert (again.status, again.body) == (first.status, first.body)
    site.studio.audiobooks.make(article.id)
    there = site.ask(path, method="POST")
    assert there.status == 200
    assert json.loads(there.body) == site.json(f"/api/articles/{article.slug}")["audiobook"]
    assert site.ask("/api/articles/nothing/audiobook", method="POST").status == 404
    site.studio.shelf.remove(article.slug)
    assert site.ask(path, method="POST").status == 404
    assert site.ask(f"/articles/{article.slug}/audiobook", method="POST").status == 404


def test_another_sites_form_asks_for_nothing(site: Site) -> None:
    article = site.narrated("One")
    for path in (f"/articles/{article.slug}/audiobook", f"/api/articles/{article.slug}/audiobook"):
        assert site.ask(path, method="POST", Origin="https://elsewhere.example").status == 403
    assert site.json(f"/api/articles/{article.slug}")["audiobook"] is None


def test_players_get_the_part_that_they_ask_for(site: Site) -> None:
    article = site.narrated("One")
    site.studio.audiobooks.ask(article.slug)
    site.studio.audiobooks.make(article.id)
    book = site.json(f"/api/articles/{article.slug}")["audiobook"]
    whole, part = site.ask(book["url"]), site.ask(book["url"], Range="bytes=4-11")
    assert (whole.status, len(whole.body), whole["Accept-Ranges"]) == (200, book["bytes"], "bytes")
    assert (part.status, part.body) == (206, b"ftypM4B ")
    assert "immutable" in whole["Cache-Control"]
    assert site.ask(book["url"], method="HEAD")["Content-Length"] == str(book["bytes"])


def test_a_problem_is_told_with_what_to_do_and_the_article_plays_on(site: Site) -> None:
    article = site.narrated("One")
    site.studio.audiobooks.ask(article.slug)
    site.studio.audiobooks.give_up(article.id, "The library could not be read or written. Look at the log.")
    page = site.ask(f"/articles/{article.slug}?done=audiobook").body.decode()
    assert page.count("The audiobook could not be made.") == 2  # the answer to the button, and where the link would be
    assert "Look at the log." in page
    assert "Try again to make the audiobook" in page
    assert "data-player" in page
    assert "<b>Problem:</b>" not in page
    facts = site.json(f"/api/articles/{article.slug}")
    assert (facts["state"], facts["audiobook"]["state"]) == (ArticleState.DONE, "problem")
    assert site.ask(f"/articles/{article.slug}/audiobook", method="POST").status == 303
    assert site.json(f"/api/articles/{article.slug}")["audiobook"] == {"state": "asked", "problem": ""}
