"""The player on other sites' pages, as a publisher, a reader's browser and an oEmbed program find it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from html import unescape
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

from tests.counted import Counted, counted
from tests.counted import page as served
from tests.journeys.test_changes import PARAGRAPHS, TEXT, html
from voice_app.errors import ConfigError
from voice_app.model import ArticleState
from voice_app.publish.web.app import make_app


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Counted]:
    with counted(tmp_path) as made:
        yield made


@pytest.fixture
def client(made: Counted) -> FlaskClient:
    return make_app(made.studio, made.config).test_client()


@pytest.fixture
def client_of(tmp_path: Path) -> Iterator[Callable[..., tuple[Counted, FlaskClient]]]:
    with ExitStack() as stack:

        def opener(**settings: object) -> tuple[Counted, FlaskClient]:
            made = stack.enter_context(counted(tmp_path, **settings))
            return made, make_app(made.studio, made.config).test_client()

        yield opener


def framed_by(client: FlaskClient, path: str) -> str:
    found = re.search(r"frame-ancestors ([^;]*)", client.get(path).headers["Content-Security-Policy"])
    assert found
    return found[1]


def text_of(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return unescape(answer.text)


def test_only_the_frame_may_be_framed(client: FlaskClient, made: Counted) -> None:
    slug = made.narrated(TEXT).slug
    assert framed_by(client, f"/embed/{slug}") == "*"
    assert framed_by(client, "/embed/nothing") == "*", "a reader sees the sentence, not a broken frame"
    for path in ("/", f"/articles/{slug}", "/add", "/nothing", f"/audio/{slug}.mp3", "/embed/a/b"):
        assert framed_by(client, path) == "'none'"


def test_the_setting_limits_it_to_sites_or_switches_it_off(
    client_of: Callable[..., tuple[Counted, FlaskClient]],
) -> None:
    made, client = client_of(server__embed_sites="https://news.example.org, https://*.example.com:8443")
    slug = made.narrated(TEXT).slug
    assert framed_by(client, f"/embed/{slug}") == "https://news.example.org https://*.example.com:8443"
    _, client = client_of(server__embed_sites="")
    assert framed_by(client, f"/embed/{slug}") == "'none'"
    for path in (f"/embed/{slug}", f"/oembed?url=http://localhost/articles/{slug}", "/embed.js", "/embed?url=x"):
        answer = client.get(path)
        assert (answer.status_code, "server.embed_sites" in answer.text) == (404, True)
    assert "embed" not in client.get(f"/articles/{slug}").text


@pytest.mark.parametrize("site", ["'self'", "https://a.example; script-src *", "news.example.org/page", "https://"])
def test_a_setting_that_is_no_site_is_refused(client_of: Callable[..., object], site: str) -> None:
    with pytest.raises(ConfigError, match="embed_sites"):
        client_of(server__embed_sites=(site,))


def test_the_frame_plays_and_leads_to_the_page_and_leaves_no_trace(client: FlaskClient, made: Counted) -> None:
    slug = made.narrated(TEXT).slug
    client.set_cookie("settings", "theme=dark&language=en")
    answer = client.get(f"/embed/{slug}")
    assert re.search(
        r'<audio controls preload="none" src="/audio/[a-z0-9-]+\.mp3" aria-label="[^"]*Bread"', answer.text
    )
    assert f'<a href="http://localhost/articles/{slug}" target="_blank" rel="noopener">' in answer.text
    assert re.search(r"Recorded on \d+ \w+ 20\d\d<", answer.text)
    assert 'data-theme="auto"' in answer.text, "a cookie changes nothing"
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert set(re.findall(r'(?:src|href)="(?:https?:)?//([^/"]*)', answer.text)) == {"localhost"}


def test_look_and_language_are_the_publishers_choice(client: FlaskClient, made: Counted) -> None:
    slug = made.narrated(TEXT).slug
    answer = client.get(f"/embed/{slug}?theme=dark&accent=ffee00&lang=en-GB", headers={"Accept-Language": "fr"})
    assert '<html lang="en" dir="ltr" data-theme="dark">' in answer.text
    style = re.search("<style>(.*?)</style>", answer.text)
    assert style
    assert "--accent-dark:#ffee00;--on-dark:#000000" in style[1]
    assert "--accent-light:#ffee00" not in style[1], "nobody could read yellow on white"
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'self' 'sha256-{digest}';" in answer.headers["Content-Security-Policy"]
    assert "'sha256" not in client.get(f"/articles/{slug}").headers["Content-Security-Policy"]


@pytest.mark.parametrize("query", ["accent=red", "theme=purple", "modified=yesterday"])
def test_what_cannot_be_used_is_said_in_the_frame(client: FlaskClient, made: Counted, query: str) -> None:
    answer = client.get(f"/embed/{made.narrated(TEXT).slug}?{query}")
    assert answer.status_code == 422
    assert "data-player" not in answer.text
    assert 'embed.css"' in answer.text


def test_the_article_is_found_by_the_pages_own_address(client: FlaskClient, made: Counted) -> None:
    with served(html(PARAGRAPHS)) as page:
        made.studio.intake.add_address(page.url)
        made.work()
        found = client.get("/embed", query_string={"url": f"{page.url}/?utm_source=mail#top"})
        assert found.status_code == 200
        assert "The long history of bread" in found.text
    unknown = client.get("/embed?url=https://example.org/other")
    assert (unknown.status_code, "No article was read from this address." in unknown.text) == (404, True)
    assert framed_by(client, "/embed?url=https://example.org/other") == "*"


def test_an_article_without_sound_plays_live_or_says_when(client: FlaskClient, made: Counted) -> None:
    waiting = made.studio.intake.add_address("http://127.0.0.1:9999/an-article")
    assert "Its sound comes in a few minutes." in text_of(client, f"/embed/{waiting.slug}")
    slug = made.studio.intake.add_text(TEXT).slug
    text = text_of(client, f"/embed/{slug}")
    assert f'data-live="/articles/{slug}/live.json"' in text
    assert "each sentence is spoken as you come to it" in text
    stream = re.search(r'<source src="([^"]*)" type="audio/mpeg">', text)
    assert stream
    ours = client.get(stream[1], headers={"Sec-Fetch-Site": "same-origin"})
    theirs = client.get(stream[1], headers={"Sec-Fetch-Site": "cross-site"})
    assert (ours.status_code, theirs.status_code) == (200, 403)
    made.library.set_state(
        made.library.article(slug).id, ArticleState.PROBLEM, problem="The secret path /home/ada is away."
    )
    text = text_of(client, f"/embed/{slug}")
    assert "There is no sound of this article." in text
    assert "secret" not in text


def test_the_sound_of_a_page_that_changed_comes_with_a_note(client: FlaskClient, made: Counted) -> None:
    note = "The page has changed since it was recorded on"
    with served(html(PARAGRAPHS)) as page:
        slug = made.studio.intake.add_address(page.url).slug
        made.work()
        assert note not in text_of(client, f"/embed/{slug}")
        page.body = html([*PARAGRAPHS, "In the year 2027 they found a second loaf."])
        made.pass_hours(48)
        made.studio.changes.check(slug)
        made.studio.work.read(made.library.article(slug).id)
        text = text_of(client, f"/embed/{slug}")
        assert note in text
        assert "The recording is of the earlier text." in text
        assert "<audio controls" in text
        made.work()
        assert note not in text_of(client, f"/embed/{slug}"), "it was recorded again"


def test_a_page_may_say_itself_that_it_changed(client: FlaskClient, made: Counted) -> None:
    slug = made.narrated(TEXT).slug
    note = "The page was changed after it was recorded on"
    assert note not in text_of(client, f"/embed/{slug}?modified=2027-03-01T12:00:00%2B02:00")
    assert note in text_of(client, f"/embed/{slug}?modified=2027-03-04")


def test_sound_whose_file_was_deleted_is_not_offered(client: FlaskClient, made: Counted) -> None:
    slug = made.narrated(TEXT).slug
    for file in (made.config.paths.cache / "audio").rglob("*.mp3"):
        file.unlink()
    assert "<audio" not in text_of(client, f"/embed/{slug}")


def test_the_snippets_on_the_page_are_what_the_frame_needs(client: FlaskClient, made: Counted) -> None:
    title = 'Salt & "pepper" <b>'
    slug = made.narrated(f"# {title.replace('<b>', chr(92) + '<b>')}\n\nOne sentence.").slug
    text = client.get(f"/articles/{slug}").text
    frame, script = (unescape(found) for found in re.findall(r"<textarea [^>]*>(.*?)</textarea>", text)[:2])
    tag = ET.fromstring(frame)
    assert tag.get("src") == f"http://localhost/embed/{slug}"
    assert tag.get("title") == f"Listen: {title}"
    assert client.get(tag.get("src", "")).status_code == 200
    assert script == f'<script src="http://localhost/embed.js" data-article="{slug}" async></script>'
    with client.get("/embed.js") as answer:
        assert answer.mimetype == "text/javascript"


def discovered(client: FlaskClient, slug: str, form: str) -> str:
    found = re.search(rf'type="{form}\+oembed" href="([^"]*)"', client.get(f"/articles/{slug}").text)
    assert found
    return unescape(found[1])


def test_oembed_is_found_from_the_page_and_gives_the_frame(client: FlaskClient, made: Counted) -> None:
    slug = made.narrated(TEXT).slug
    answer = client.get(discovered(client, slug, "application/json"))
    facts = json.loads(answer.data)
    assert (answer.mimetype, facts["version"], facts["type"]) == ("application/json", "1.0", "rich")
    assert (facts["title"], facts["provider_url"]) == ("Bread", "http://localhost")
    assert (facts["width"], facts["height"]) == (640, 250)
    assert "author_name" not in facts
    assert f'src="http://localhost/embed/{slug}"' in facts["html"]
    answer = client.get(discovered(client, slug, "text/xml"))
    assert answer.mimetype == "text/xml"
    root = ET.fromstring(answer.data)
    assert root.tag == "oembed"
    assert {part.tag: part.text for part in root} == {name: str(value) for name, value in facts.items()}


def test_oembed_keeps_to_the_size_that_is_allowed(client: FlaskClient, made: Counted) -> None:
    asked = f"/oembed?url=http://localhost/articles/{made.narrated(TEXT).slug}"
    for query, width, height in (
        ("&maxwidth=300", 300, 280),
        ("&maxwidth=300&maxheight=100", 300, 100),
        ("&maxwidth=5000&maxheight=5000", 640, 250),
    ):
        facts = json.loads(client.get(asked + query).data)
        assert (facts["width"], facts["height"]) == (width, height)
        assert f'height="{height}"' in facts["html"]
    for wrong in ("maxwidth=-1", "maxwidth=wide", "maxheight=0", "maxheight=٣"):
        assert client.get(f"{asked}&{wrong}").status_code == 422


def test_oembed_knows_an_article_by_its_source_too(client: FlaskClient, made: Counted) -> None:
    with served(html(PARAGRAPHS)) as page:
        slug = made.studio.intake.add_address(page.url).slug
        answer = client.get("/oembed", query_string={"url": page.url})
    assert f"/embed/{slug}" in json.loads(answer.data)["html"]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 404),
        ("url=http://localhost/articles/nothing", 404),
        ("url=http://localhost/add", 404),
        ("url=http://localhost/no/such/page", 404),
        ("url=http://[", 404),
        ("url=https://example.org/other", 404),
        ("url=http://localhost/&format=yaml", 501),
    ],
)
def test_oembed_says_what_it_cannot_do_in_plain_text(client: FlaskClient, query: str, status: int) -> None:
    answer = client.get(f"/oembed?{query}")
    assert (answer.status_code, answer.mimetype) == (status, "text/plain")
