"""The pages and the API that change how articles are read, as a person without scripts and a program use them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.counted import Counted, counted
from tests.counted import page as served
from tests.journeys.test_changes import PARAGRAPHS, TEXT, html
from voice_app.model import Article
from voice_app.publish.web.app import make_app


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Counted]:
    with counted(tmp_path) as made:
        yield made


@pytest.fixture
def client(made: Counted) -> Iterator[FlaskClient]:
    with make_app(made.studio, made.config).test_client() as client:
        yield client


@pytest.fixture
def article(made: Counted) -> Article:
    return made.narrated(TEXT)


def shown(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return unescape(answer.text)


def answer(client: FlaskClient, path: str) -> str:
    """What the page says to whoever just sent a form: it takes the focus, so that it is heard and Tab goes on there."""
    found = re.search(r'<h2 tabindex="-1" autofocus data-answer>([^<]*)</h2>', shown(client, path))
    assert found
    return found.group(1)


def test_the_settings_page_says_what_a_change_costs_before_it_is_made(
    client: FlaskClient, made: Counted, article: Article
) -> None:
    text = shown(client, "/reading")
    assert re.search(r'<option value="mentioned" selected>', text)
    wanted = {"code": "read", "notes": "mentioned", "tables": "named", "figures": "named"}
    looked = client.post("/reading", data=wanted | {"look": "yes"})
    assert "1 article changes. 2 sentences are spoken anew." in looked.text
    assert made.work() == []
    saved = client.post("/reading", data=wanted)
    assert saved.status_code == 303
    assert "Saved." in shown(client, saved.headers["Location"])
    assert len(made.work()) == 2


def test_a_style_that_makes_no_sense_is_refused_on_the_page(client: FlaskClient, article: Article) -> None:
    answer = client.post("/reading", data={"headings": "left out"})
    assert answer.status_code == 422
    assert "Headings cannot be" in answer.text
    assert client.post(f"/articles/{article.slug}/reading", data={"notes": "named"}).status_code == 422


def test_an_articles_own_style_is_chosen_on_its_page(client: FlaskClient, made: Counted, article: Article) -> None:
    assert "As in all articles: Only mentioned" in shown(client, f"/articles/{article.slug}")
    client.post(f"/articles/{article.slug}/reading", data={"code": "left out", "notes": "", "quotes": "named"})
    assert sorted(made.work()) == ["End of quote.", "Quote."]
    text = shown(client, f"/articles/{article.slug}")
    assert "2 of its own" in text
    assert "mix(flour, water)" in text
    assert "This is not in the sound." in text
    assert "Everything was read except 1 piece of code and 1 footnote." in text
    assert "1 piece of code and 1 footnote." in unescape(unescape(client.get("/feed.xml").text))


def test_what_was_left_out_is_read_by_one_button(client: FlaskClient, made: Counted, article: Article) -> None:
    text = shown(client, f"/articles/{article.slug}")
    parts = re.findall(rf'action="(/articles/{article.slug}/parts/[^"]+)"', text)
    assert len(parts) == 2  # the code and the note
    client.post(parts[1], data={"do": "read"})
    assert made.work() == ["Footnote one: Some say cold."]
    edit = shown(client, f"/articles/{article.slug}/edit")
    assert "Read by choice: Footnote: Some say cold." in edit
    back = client.post(parts[1], data={"do": "reset", "chapter": "1"})
    assert back.headers["Location"].startswith(f"/articles/{article.slug}/edit?chapter=1#b-")
    assert "Read by choice" not in shown(client, f"/articles/{article.slug}/edit")


def test_a_sentence_is_changed_left_out_and_brought_back(client: FlaskClient, made: Counted, article: Article) -> None:
    path = f"/articles/{article.slug}/edit"
    label = re.search(r'<label for="say-([^"]+)"[^>]*>Bread is old\.</label>', shown(client, path))
    assert label
    sentence = f"/articles/{article.slug}/sentences/{label.group(1)}"
    done = client.post(sentence, data={"do": "say", "spoken": "Bread is ancient.", "chapter": "1"})
    assert done.headers["Location"] == f"{path}?chapter=1#s-{label.group(1)}"
    assert "Changed." in shown(client, path)
    assert made.work() == ["Bread is ancient."]
    client.post(sentence, data={"do": "leave"})
    assert "Left out." in shown(client, path)
    assert "1 sentence left out by hand" in shown(client, f"/articles/{article.slug}")
    refused = client.post(sentence, data={"do": "say", "spoken": "…"})
    assert refused.status_code == 422
    assert 'aria-invalid="true"' in refused.text
    client.post(sentence, data={"do": "reset"})
    assert "Left out." not in shown(client, path)


def test_each_form_of_an_article_is_answered_where_focus_lands(
    client: FlaskClient, made: Counted, article: Article
) -> None:
    page = f"/articles/{article.slug}"
    assert "data-answer" not in shown(client, page)
    sent = client.post(f"{page}/reading", data={"code": "left out"}).headers["Location"]
    assert answer(client, sent) == "Saved. Only what changes is narrated again."
    made.work()
    assert answer(client, sent) == "Saved. The sound is as you chose."
    part = re.search(rf'action="({page}/parts/[^"]+)"', shown(client, page))
    assert part
    assert answer(client, client.post(part.group(1), data={"do": "read"}).headers["Location"]).startswith("That part")
    assert "data-answer" not in shown(client, f"{page}?done=<b>anything")


def test_looking_at_the_original_is_answered_with_what_was_found(client: FlaskClient, made: Counted) -> None:
    with served(html(PARAGRAPHS)) as source:
        slug = made.studio.intake.add_address(source.url).slug
        made.work()
        sent = client.post(f"/articles/{slug}/check").headers["Location"]
        assert (
            answer(client, sent) == "The original is looked at now. What you have stays until there is something new."
        )
        made.work()
        assert answer(client, sent) == "The original has not changed."
        made.pass_hours(1)
        source.body = html([*PARAGRAPHS, "It was still warm."])
        client.post(f"/articles/{slug}/check")
        made.work()
        assert answer(client, sent) == "The original has changed: 1 sentence added."
        made.pass_hours(1)
        client.post(f"/articles/{slug}/check")
        made.work()
        assert answer(client, sent) == "The original has not changed."
        told = client.post(f"/articles/{slug}/watch", data={"every": "weekly"}).headers["Location"]
        assert answer(client, told) == "Saved."


@pytest.mark.parametrize("chapter", ["0", "99", "x", "²", "-1", "9" * 5000])
def test_a_chapter_that_is_not_there_is_the_nearest(client: FlaskClient, article: Article, chapter: str) -> None:
    assert "Change sentences" in shown(client, f"/articles/{article.slug}/edit?chapter={chapter}")


def test_programs_do_the_same(client: FlaskClient, made: Counted, article: Article) -> None:
    base = f"/api/articles/{article.slug}"
    assert client.get("/api/reading").json["code"] == "mentioned"  # type: ignore[index]
    assert client.put(f"{base}/reading", json={"code": "read"}).json == {"code": "read"}
    assert sorted(made.work()) == ["bake, loaf", "mix, flour, water"]
    listed = client.get(f"{base}/sentences").json["sentences"]  # type: ignore[index]
    old = next(line for line in listed if line["written"] == "Bread is old.")
    assert client.put(f"{base}/sentences/{old['id']}", json={"spoken": "Bread is ancient."}).status_code == 204
    assert made.work() == ["Bread is ancient."]
    assert client.put(f"{base}/sentences/{old['id']}", json={"leave_out": True}).status_code == 204
    assert client.delete(f"{base}/sentences/{old['id']}").status_code == 204
    assert client.put(f"{base}/parts/{old['part']}", json={"read": False}).status_code == 204
    assert client.delete(f"{base}/parts/{old['part']}").status_code == 204
    assert made.work() == []
    assert client.put("/api/reading", json={"quotes": "named"}).json["quotes"] == "named"  # type: ignore[index]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("put", "/reading", {"code": 1}),
        ("put", "/reading", ["code"]),
        ("put", "/reading", {"music": "read"}),
        ("put", "/articles/{slug}/reading", {"notes": "named"}),
        ("put", "/articles/{slug}/sentences/none-1", {"spoken": "x"}),
        ("put", "/articles/{slug}/sentences/none-1", {}),
        ("put", "/articles/{slug}/parts/none-1", {"read": True}),
        ("put", "/articles/{slug}/parts/none-1", {"read": "yes"}),
        ("post", "/articles/{slug}/check", {}),
    ],
)
def test_programs_are_told_what_is_wrong(
    client: FlaskClient, made: Counted, article: Article, method: str, path: str, body: object
) -> None:
    answer = getattr(client, method)(f"/api{path.format(slug=article.slug)}", json=body)
    assert answer.status_code == 422
    assert answer.json["error"]
    assert made.work() == []


def test_an_article_of_the_web_is_looked_at_again_from_its_page(client: FlaskClient, made: Counted) -> None:
    with served(html(PARAGRAPHS)) as site:
        slug = made.studio.intake.add_address(site.url).slug
        made.work()
        assert "Not looked at again" in shown(client, f"/articles/{slug}")
        site.body = html([text.replace("dark and heavy", "black and heavy") for text in PARAGRAPHS] + ["Enough."])
        assert client.post(f"/articles/{slug}/check").status_code == 303
        assert made.work() == ["Rye gives a black and heavy loaf.", "Enough."]
        text = shown(client, f"/articles/{slug}")
        assert "3 March 2027</time>: 1 sentence changed and 1 sentence added" in text
        assert '<del lang="en" dir="ltr">Rye gives a dark and heavy loaf.</del>' in text
        assert '<ins lang="en" dir="ltr">Enough.</ins>' in text
        site.status = 410
        assert client.post(f"/api/articles/{slug}/check").status_code == 202
        made.work()
        assert "The site does not show the article any more." in shown(client, f"/articles/{slug}")
        found = client.get(f"/api/articles/{slug}/changes").json
        assert found["changes"][0]["summary"] == "1 sentence changed and 1 sentence added"  # type: ignore[index]
        assert found["trouble"]  # type: ignore[index]
        client.post(f"/articles/{slug}/watch", data={"every": "daily"})
        assert re.search('<option value="daily" selected>', shown(client, f"/articles/{slug}"))


def test_a_long_chapter_is_changed_page_by_page(client: FlaskClient, made: Counted) -> None:
    slug = made.studio.intake.add_text("# Long\n\n" + "\n\n".join(f"Line number {n}." for n in range(250))).slug
    pages = [shown(client, f"/articles/{slug}/edit?chapter={n}") for n in (1, 2, 3)]
    assert [len(re.findall(r"<textarea", text)) for text in pages] == [100, 100, 51]
    assert "Line number 249." in pages[2]


def test_a_sentence_that_is_lost_is_told_and_never_claimed(tmp_path: Path) -> None:
    with counted(tmp_path, fail_on="ancient.") as made, make_app(made.studio, made.config).test_client() as client:
        slug = made.narrated("# Bread\n\nBread is ancient. It is good.").slug
        told = "Everything was read except 1 sentence that could not be spoken."
        assert told in shown(client, f"/articles/{slug}")
        assert told in unescape(client.get("/feed.xml").text)


def test_a_sentence_of_another_voice_is_told_and_named(client: FlaskClient, made: Counted, article: Article) -> None:
    audio = made.library.audio(article.id)
    assert audio is not None
    cue = audio.cues[1]
    path = f"/articles/{article.slug}"
    assert "another voice" not in shown(client, path)
    made.library.save_audio(article.id, replace(audio, stood_in=(cue.sentence_id,)))
    told = "1 sentence is said by another voice, because the usual one failed."
    listed = re.search(r"Said by another voice.*?<ul[^>]*>(.*?)</ul>", shown(client, path), re.S)
    assert listed
    assert re.findall(r"<li[^>]*>(.*?)</li>", listed.group(1)) == [cue.written]
    assert told in shown(client, path)
    assert told in unescape(client.get("/feed.xml").text)


def test_what_is_left_out_by_choice_is_told_by_the_sound_itself_on_request(tmp_path: Path) -> None:
    with counted(tmp_path, narration__receipt=True) as made, make_app(made.studio, made.config).test_client() as client:
        slug = made.narrated(TEXT).slug
        assert made.engine.spoken[-1] == "Everything was read except one code example and one footnote."
        assert 'id="s-receipt"' in shown(client, f"/articles/{slug}")
