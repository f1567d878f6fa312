"""What a browser asks for to keep an article, over HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import served
from tests.served import Site


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with served.opened(tmp_path) as site:
        yield site


def shell(site: Site) -> dict[str, object]:
    """What the worker knows of this release."""
    first, _, _ = site.ask("/service-worker.js").body.decode().partition("\n")
    return json.loads(first.removeprefix("const SHELL = ").removesuffix(";"))  # type: ignore[no-any-return]


def test_the_worker_answers_for_all_of_the_site_and_is_asked_for_each_time(site: Site) -> None:
    answer = site.ask("/service-worker.js")
    assert (answer.status, answer["Cache-Control"]) == (200, "no-cache")
    assert answer["Content-Type"].startswith("text/javascript")
    assert "worker-src 'self'" in site.ask("/offline")["Content-Security-Policy"]
    assert answer.body == site.ask("/service-worker.js").body, "a browser takes any other byte for a new release"


def test_every_file_of_the_shell_is_there_and_every_one_that_a_page_names_is_in_it(site: Site) -> None:
    found = shell(site)
    files = found["files"]
    assert isinstance(files, list)
    for path in (*files, found["page"], found["listen"]):
        assert site.ask(path).status == 200, path
    page = site.ask("/offline").body.decode()
    assert all(path in files for path in page.split('"') if path.startswith(f"/static/{found['version']}/"))
    assert not any(path.endswith("worker.js") for path in files)


def test_the_facts_of_an_article_name_all_that_belongs_to_it(site: Site) -> None:
    article = site.narrated("Otters sleep")
    facts = site.json(f"/articles/{article.slug}/offline.json")
    assert facts["sound"] in facts["files"]
    assert len(site.ask(facts["sound"]).body) == facts["bytes"]
    for path in (facts["page"], *facts["files"], *facts["sayings"]):
        assert site.ask(path).status == 200, path
    audio = site.studio.page(article.slug).audio
    assert audio is not None
    words = site.json(f"/articles/{article.slug}/offline/words.json")
    assert words == {cue.sentence_id: cue.timing for cue in audio.cues}
    assert any(words.values())


def test_an_article_that_is_not_narrated_cannot_be_kept_yet(site: Site) -> None:
    added = site.studio.intake.add_text(served.SHORT.format(title="Otters sleep"))
    site.studio.work.read(added.id)
    for path in (f"/articles/{added.slug}/offline.json", f"/articles/{added.slug}/offline/words.json"):
        assert site.ask(path).status == 404
    assert site.ask("/articles/of-nobody/offline.json").status == 404


def test_the_facts_of_several_articles_leave_out_what_cannot_be_kept(site: Site) -> None:
    one, other, deleted = (site.narrated(title) for title in ("Otters sleep", "Herons wait", "Bees dance"))
    site.studio.shelf.remove(deleted.slug)
    added = site.studio.intake.add_text(served.SHORT.format(title="Soon"))
    asked = "&".join(f"slug={slug}" for slug in (other.slug, deleted.slug, "of-nobody", added.slug, one.slug))
    found = site.json(f"/offline/articles.json?{asked}")["articles"]
    assert [facts["slug"] for facts in found] == [other.slug, one.slug]
    assert found[1] == site.json(f"/articles/{one.slug}/offline.json")
    assert site.json("/offline/articles.json") == {"articles": []}
    assert site.ask("/offline/articles.json?" + "&".join(["slug=x"] * 51)).status == 422


def test_the_facts_say_when_text_and_sound_do_not_belong_together(site: Site) -> None:
    """The page of an article that is narrated again has the new text already, and still the old sound."""
    article = site.narrated("Otters sleep")
    path = f"/articles/{article.slug}/offline.json"
    before = site.json(path)
    assert before["is_busy"] is False
    sentence = site.studio.edits.sheet(article.slug).chapters[0][1][1].sentence
    site.studio.edits.say(article.slug, sentence.id, "Something else.")
    meanwhile = site.json(path)
    assert (meanwhile["is_busy"], meanwhile["sound"]) == (True, before["sound"])
    site.studio.work.narrate(article.id)
    after = site.json(path)
    assert after["is_busy"] is False
    assert after["sound"] != before["sound"]


def test_an_installed_site_has_an_icon_of_every_shape_and_ways_in(site: Site) -> None:
    manifest = site.json("/manifest.webmanifest")
    assert {icon.get("purpose", "any") for icon in manifest["icons"]} == {"any", "maskable"}
    assert (manifest["id"], manifest["start_url"], manifest["scope"]) == ("/", "/", "/")
    assert (manifest["lang"], manifest["dir"]) == ("en", "ltr")
    for shortcut in manifest["shortcuts"]:
        assert site.ask(shortcut["url"]).status == 200, shortcut
