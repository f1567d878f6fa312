"""What listeners do with their library: find, sort, put away, delete, bring back. Through the pages and the API."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import feedparser
import pytest
from flask.testing import FlaskClient

from tests.contracts.shelf_contract import STORY, written
from voice_app import config, wiring
from voice_app.config import Config
from voice_app.desks import work
from voice_app.errors import ArticleNotFoundError, AudioError
from voice_app.library.sql import SqlLibrary
from voice_app.model import Article, View, Wanted
from voice_app.publish.web.app import make_app
from voice_app.studio import Studio

LONG_AGO = datetime.now(UTC) - timedelta(days=31)


@pytest.fixture
def settings(tmp_path: Path) -> Config:
    folders = {"paths.content": str(tmp_path / "content"), "paths.cache": str(tmp_path / "cache")}
    flags = folders | {"narration.voice": "tick/tock", "fetch.allow_private": "true"}
    return config.load(flags=flags, environ={}, file=tmp_path / "none.toml")


@pytest.fixture
def studio(settings: Config) -> Studio:
    return wiring.build(settings)


@pytest.fixture
def client(studio: Studio, settings: Config) -> Iterator[FlaskClient]:
    with make_app(studio, settings).test_client() as client:
        yield client


@pytest.fixture
def library(settings: Config) -> Iterator[SqlLibrary]:
    """The same file, as somebody else has it open."""
    library = SqlLibrary(settings.paths.content / "library.sqlite")
    yield library
    library.close()


def add(studio: Studio, title: str, text: str = "A short text.", *, narrated: bool = False) -> Article:
    article = studio.intake.add_text(f"# {title}\n\n{text}")
    if narrated:
        studio.work.narrate(article.id)
    return studio.page(article.slug).article


def page(client: FlaskClient, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


def titles(html: str) -> list[str]:
    return [re.sub("<[^>]+>", "", title) for title in re.findall(r"<h2 lang=[^>]*>(.*?)</h2>", html)]


def post(client: FlaskClient, path: str, /, **form: str) -> str:
    """Send a form. Where it leads."""
    answer = client.post(path, data=form)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return str(answer.headers["Location"])


# -- finding ----------------------------------------------------------------------------------


def test_a_search_shows_where_it_was_found_and_escapes_all_else(studio: Studio, client: FlaskClient) -> None:
    add(studio, "Herons & cranes", "Before it came `<script>` a heron & its mate.")
    add(studio, "Bread", "Flour and water.")
    html = page(client, "/library?q=heron+mate")
    assert titles(html) == ["Herons &amp; cranes"]
    assert "came &lt;script&gt; a <b>heron</b> &amp; its <b>mate</b>." in html
    assert "1 article with <q>heron mate</q>" in html
    html = page(client, '/library?q="><script>zebra')
    assert "Nothing was found for <q>&#34;&gt;&lt;script&gt;zebra</q>" in html
    assert "<script>zebra" not in html


def test_a_long_library_has_older_and_newer_pages(studio: Studio, client: FlaskClient, library: SqlLibrary) -> None:
    for number in range(101):
        library.add(title=f"Number {number}", origin="x", media_type="text/plain", original="", digest=f"{number}")
    first, last = page(client, "/library"), page(client, "/library?page=3")
    assert len(titles(first)) == 50
    assert titles(last) == ["Number 0"]
    assert "Page 1 of 3" in first
    assert re.search(r'href="/library\?page=2" rel="next">Older', first)
    assert "Newer" not in first
    assert re.search(r'href="/library\?page=2" rel="prev">.*Newer', last)
    assert titles(page(client, "/library?page=900")) == ["Number 0"]
    by_title = page(client, "/library?sort=title&view=unheard")
    assert re.search(r'href="/library\?view=unheard&amp;sort=title&amp;page=2" rel="next">Next', by_title)


@pytest.mark.parametrize("door", ["/library", "/api/articles"])
@pytest.mark.parametrize("query", ["page=0", "page=x", "page=99999999999", "view=all", "sort=best", "page=²"])
def test_an_address_that_asks_for_nothing_there_is_told_so(client: FlaskClient, door: str, query: str) -> None:
    answer = client.get(f"{door}?{query}")
    assert answer.status_code == 422
    assert re.search("Choose one of|Change it in the address", answer.get_data(as_text=True))


def test_the_api_lists_in_pages(studio: Studio, client: FlaskClient) -> None:
    for number in range(5):
        add(studio, f"Heron {number}", f"Text {number}.")
    found = client.get("/api/articles?limit=2").json
    assert found
    assert ([a["title"] for a in found["articles"]], found["total"], found["pages"]) == (["Heron 4", "Heron 3"], 5, 3)
    seen = []
    following: str | None = "/api/articles?q=heron&limit=2"
    while following:
        part = client.get(following).json
        assert part
        seen += [article["title"] for article in part["articles"]]
        following = part.get("next")
    assert sorted(seen) == [f"Heron {number}" for number in range(5)]
    found = client.get("/api/articles?q=text+3").json
    assert found
    assert found["articles"][0]["excerpt"] == [
        {"text": "Text", "match": True},
        {"text": " ", "match": False},
        {"text": "3", "match": True},
        {"text": ".", "match": False},
    ]
    assert client.get("/api/articles?limit=201").status_code == 422


def test_related_articles_stand_under_the_text(studio: Studio, client: FlaskClient) -> None:
    tide = "The tide gauge in the harbour measures the flood of the sea. Number {}."
    one, two = (add(studio, f"Tides {n}", tide.format(n)) for n in ("one", "two"))
    for number in range(6):
        add(studio, f"Bread {number}", f"Flour, water, salt and a night of patience, {number} times.")
    html = page(client, f"/articles/{one.slug}")
    section = html[html.index("You may also like") :]
    assert f'href="/articles/{two.slug}"' in section
    assert "Bread" not in section
    found = client.get(f"/api/articles/{one.slug}/related").json
    assert found
    assert [article["slug"] for article in found["articles"]] == [two.slug]


# -- favourites and topics --------------------------------------------------------------------


def test_a_favourite_is_made_on_a_list_and_on_the_page(studio: Studio, client: FlaskClient) -> None:
    article = add(studio, "Herons")
    assert "Add to favourites: " in page(client, "/library?q=herons")
    back = post(client, f"/articles/{article.slug}/favourite", favourite="yes", back="/library?q=herons")
    assert back == "/library?q=herons&done=liked&to=herons"
    html = page(client, "/library?view=favourites")
    assert titles(html) == ["Herons"]
    assert "Remove from favourites: " in html
    assert post(client, f"/articles/{article.slug}/favourite", favourite="no") == "/articles/herons?done=unliked"
    assert "No favourites yet." in page(client, "/library?view=favourites")
    liked = client.post("/api/articles/herons/favourite", json={"favourite": True}).json
    assert liked
    assert liked["favourite_at"]
    assert client.post("/api/articles/herons/favourite", json={}).status_code == 422


@pytest.mark.parametrize(
    "back",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "evil", "/\t/evil.example", "/\nA: b", "/a\\b"],
)
def test_no_form_leads_to_another_site(studio: Studio, client: FlaskClient, back: str) -> None:
    add(studio, "Herons")
    assert post(client, "/articles/herons/favourite", back=back) == "/articles/herons?done=liked"


def test_topics_are_given_and_taken_on_the_page(studio: Studio, client: FlaskClient) -> None:
    add(studio, "Herons")
    add(studio, "Cranes")
    assert post(client, "/articles/herons/topics", topic="Birds & <co>") == "/articles/herons?done=tagged"
    client.post("/api/articles/cranes/topics", json={"topic": "birds & <CO>"})
    html = page(client, "/articles/herons")
    assert "Remove the topic Birds &amp; &lt;co&gt;" in html
    assert titles(page(client, "/library?topic=Birds+%26+<co>")) == ["Cranes", "Herons"]
    assert "2 articles" in page(client, "/topics")
    assert client.get("/api/topics").json == {"topics": [{"topic": "Birds & <co>", "articles": 2}]}
    post(client, "/articles/herons/topics/remove", topic="Birds & <co>")
    assert titles(page(client, "/library?topic=Birds+%26+<co>")) == ["Cranes"]
    assert client.delete("/api/articles/cranes/topics/Birds & <co>").status_code == 204
    assert client.get("/api/topics").json == {"topics": []}
    assert client.post("/articles/herons/topics", data={"topic": " "}).status_code == 422


def test_what_an_article_says_of_itself_becomes_its_topics(
    studio: Studio, client: FlaskClient, library: SqlLibrary
) -> None:
    article = add(studio, "Herons")
    library.save_document(article.id, written("Herons", topics=("Water", "Birds", "BIRDS")))
    found = client.get("/api/articles/herons").json
    assert found
    assert found["topics"] == ["Birds", "Water"]
    assert '<option value="Water">Water (1)</option>' in page(client, "/library")


# -- duplicates -------------------------------------------------------------------------------


def test_an_address_that_is_known_leads_to_its_article(studio: Studio, client: FlaskClient) -> None:
    first = post(client, "/add", address="https://127.0.0.1:8009/ferry/")
    assert "known" not in first
    again = post(client, "/add", address="http://127.0.0.1:8009/ferry?utm_source=letter#top")
    assert again == f"{first}?done=known"
    assert "You added this before" in page(client, again)
    asked = client.post("/api/articles", json={"address": "https://127.0.0.1:8009/ferry"})
    assert asked.status_code == 200
    assert asked.json
    assert first.endswith(asked.json["slug"])
    assert studio.shelf.listing(Wanted()).total == 1


def test_a_text_and_a_file_that_are_known_lead_to_their_article(studio: Studio, client: FlaskClient) -> None:
    first = post(client, "/add", text="# Herons\n\nThey stand.")
    assert post(client, "/add", text="# Herons\n\nThey stand.") == f"{first}?done=known"
    (same,) = studio.intake.add_file("herons.md", b"# Herons\n\nThey stand.")
    assert first.endswith(same.slug)
    assert post(client, "/add", text="# Herons\n\nThey fly.") == "/articles/herons-2"


def test_adding_what_was_deleted_brings_it_back(studio: Studio, client: FlaskClient) -> None:
    for form in ({"text": "# Herons\n\nThey stand."}, {"address": "https://127.0.0.1:8009/ferry"}):
        address = post(client, "/add", **form)
        post(client, f"{address}/remove")
        page(client, address, 404)
        assert post(client, "/add", **form) == f"{address}?done=known"
        page(client, address)


def test_a_copy_of_an_article_says_so_and_can_be_archived(studio: Studio, client: FlaskClient) -> None:
    older = add(studio, "The ferry is back", STORY)
    newer = add(studio, "Ferry returns", f"{STORY} First published elsewhere.")
    html = page(client, f"/articles/{newer.slug}")
    assert "This looks like the same article as" in html
    assert f'href="/articles/{older.slug}"' in html
    assert "Archive this one" in html
    assert "looks like" not in page(client, f"/articles/{older.slug}")
    found = client.get("/api/articles").json
    assert found
    assert [article["duplicate_of"] for article in found["articles"]] == [older.slug, None]
    post(client, f"/articles/{newer.slug}/archive", archived="yes")
    assert titles(page(client, "/library")) == ["The ferry is back"]
    html = page(client, f"/articles/{newer.slug}")
    assert "This looks like" in html
    assert "Archive this one" not in html


# -- putting away, deleting, bringing back ----------------------------------------------------


def heard_everywhere(client: FlaskClient) -> dict[str, list[str]]:
    """The titles in each place where there is something to hear or to find."""
    listen = re.findall(r'data-title="([^"]*)"', page(client, "/listen"))
    queue = client.get("/speaker/queue.json").json
    assert queue
    return {
        "library": titles(page(client, "/library")),
        "search": titles(page(client, "/library?q=heron")),
        "listen": listen,
        "queue": [episode["title"] for episode in queue["episodes"]],
        "feed": [entry.title for entry in feedparser.parse(client.get("/feed.xml").data).entries],
    }


def test_what_is_archived_is_out_of_the_way_and_stays_in_the_feed(studio: Studio, client: FlaskClient) -> None:
    add(studio, "Heron", narrated=True)
    address = post(client, "/articles/heron/archive", archived="yes")
    html = page(client, address)
    assert re.search("Archived: <b [^>]*>[^<]*Heron</b>", html)
    assert "Undo" in html
    assert heard_everywhere(client) == {"library": [], "search": [], "listen": [], "queue": [], "feed": ["Heron"]}
    assert (
        titles(page(client, "/library?view=archived"))
        == titles(page(client, "/library?q=heron&view=everything"))
        == ["Heron"]
    )
    assert "This article is archived" in page(client, "/articles/heron")
    assert post(client, "/articles/heron/archive", archived="no") == "/articles/heron?done=back"
    assert "It is back in the library." in page(client, "/articles/heron?done=back")
    assert set(map(tuple, heard_everywhere(client).values())) == {("Heron",)}
    assert "Archived: " not in page(client, address)


def test_what_is_deleted_is_nowhere_and_can_be_undone(studio: Studio, client: FlaskClient) -> None:
    before = add(studio, "Heron", narrated=True)
    address = post(client, "/articles/heron/remove")
    html = page(client, address)
    assert re.search("Deleted: <b [^>]*>[^<]*Heron</b>", html)
    assert 'action="/articles/heron/restore"' in html
    assert set(map(tuple, heard_everywhere(client).values())) == {()}
    for gone in ("/articles/heron", "/transcripts/heron.vtt", "/chapters/heron.json", "/api/articles/heron"):
        assert "Recently deleted" in page(client, gone, 404)
    assert client.post("/articles/heron/archive").status_code == 404
    assert studio.work.lost() == ()
    html = page(client, "/library?view=deleted")
    assert titles(html) == ["Heron"]
    assert "Bring back" in html
    assert post(client, "/articles/heron/restore") == "/articles/heron?done=back"
    after = studio.page("heron").article
    assert (after.guid, after.slug, after.finished_at) == (before.guid, before.slug, before.finished_at)
    assert set(map(tuple, heard_everywhere(client).values())) == {("Heron",)}
    assert "Deleted: " not in page(client, address)


def test_the_api_deletes_archives_and_brings_back(studio: Studio, client: FlaskClient) -> None:
    add(studio, "Heron")
    assert client.delete("/api/articles/heron").status_code == 204
    assert client.delete("/api/articles/heron").status_code == 404
    deleted = client.get("/api/articles?view=deleted").json
    assert deleted
    assert [article["slug"] for article in deleted["articles"]] == ["heron"]
    assert client.post("/api/articles/heron/restore").status_code == 200
    archived = client.post("/api/articles/heron/archive", json={"archived": True}).json
    assert archived
    assert archived["archived_at"]
    assert client.post("/api/articles/heron/archive", json={"archived": "yes"}).status_code == 422


def test_nothing_is_read_or_narrated_once_it_is_deleted(studio: Studio) -> None:
    article = studio.intake.add_address("https://127.0.0.1:8009/ferry")
    assert studio.work.asked()
    studio.shelf.remove(article.slug)
    assert studio.work.asked() == ()


def test_a_deleted_file_of_the_folder_does_not_come_back(settings: Config, studio: Studio) -> None:
    folder = settings.paths.content / "articles"
    folder.mkdir(parents=True)
    (folder / "heron.md").write_text("# Heron\n\nIt stands.")
    os.utime(folder / "heron.md", (0, 0))  # written long ago, so that it is whole
    studio.folder.sync()
    (asked,) = studio.work.asked()
    studio.work.read(asked.id)
    studio.shelf.remove(asked.slug)
    studio.folder.sync()
    wiring.build(settings).folder.sync()  # as after a restart
    assert studio.work.asked() == studio.articles() == ()


def test_a_deleted_file_of_the_folder_is_not_forgotten_while_it_is_there(
    settings: Config, studio: Studio, library: SqlLibrary
) -> None:
    (settings.paths.content / "articles").mkdir(parents=True)
    path = settings.paths.content / "articles" / "heron.md"
    path.write_text("# Heron\n\nIt stands.")
    os.utime(path, (0, 0))
    studio.folder.sync()
    (asked,) = studio.work.asked()
    library.remove(asked.id, LONG_AGO)
    studio.shelf.purge()
    studio.folder.sync()
    assert studio.work.asked() == ()
    path.unlink()
    for _ in range(3):
        studio.folder.sync()
    studio.shelf.purge()
    assert library.by_origin("content/articles/heron.md") is None


def test_what_could_not_be_deleted_is_deleted_later(settings: Config, studio: Studio, library: SqlLibrary) -> None:
    article = add(studio, "Old", narrated=True)
    library.remove(article.id, LONG_AGO)
    original = settings.paths.content / library.original(article.id).original
    text = original.read_bytes()
    original.unlink()
    original.mkdir()
    with pytest.raises(AudioError):
        studio.shelf.purge()
    assert library.by_id(article.id).removed_at
    original.rmdir()
    original.write_bytes(text)
    studio.shelf.purge()
    assert not original.exists()
    with pytest.raises(ArticleNotFoundError):
        library.by_id(article.id)


def test_after_thirty_days_what_was_deleted_is_gone_with_its_files(
    settings: Config, studio: Studio, library: SqlLibrary
) -> None:
    old, recent = (add(studio, title, narrated=True) for title in ("Old", "Recent"))
    (chore,) = (chore for chore in studio.chores() if chore.name == "purge")
    files = {article.id: set(names) for article in (old, recent) for _, names in [_files(library, article)]}
    library.remove(old.id, LONG_AGO)
    studio.shelf.remove(recent.slug)
    chore.run()
    assert {path.name for path in (settings.paths.cache / "audio").iterdir()} >= files[recent.id]
    for name in files[old.id] - files[recent.id]:
        assert not (settings.paths.cache / "audio" / name).exists(), name
    assert len(list((settings.paths.content / "originals").iterdir())) == 1
    assert library.by_digest(library.original(recent.id).digest)
    assert [card.article.title for card in library.listing(Wanted(view=View.DELETED)).cards] == ["Recent"]
    assert studio.shelf.restore(recent.slug).title == "Recent"
    again = add(studio, "Old", narrated=True)
    assert (again.slug, again.guid != old.guid) == ("old", True)
    assert any((settings.paths.cache / "clips").rglob("*")), "what was said once is never said again"


def _files(library: SqlLibrary, article: Article) -> tuple[int, tuple[str, ...]]:
    return library.finished_files(after=article.id - 1, limit=1)[0]


# -- the worker -------------------------------------------------------------------------------


def test_lost_sound_is_noticed_page_by_page(
    settings: Config, studio: Studio, library: SqlLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "LOOKED_AT", 2)
    made = [add(studio, f"Heron {number}", f"Text {number}.", narrated=True) for number in range(5)]
    for article in (made[0], made[4]):
        audio = library.audio(article.id)
        assert audio
        (settings.paths.cache / "audio" / audio.file).unlink()
    assert [[a.id for a in studio.work.lost()] for _ in range(4)] == [
        [made[0].id],
        [made[0].id],
        [made[0].id, made[4].id],
        [made[0].id, made[4].id],
    ]
    studio.work.narrate(made[0].id)
    assert [a.id for a in studio.work.lost()] == [made[4].id]
