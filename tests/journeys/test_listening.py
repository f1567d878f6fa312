"""One listener in several browsers, all without scripts: codes, queue, history, and the same through the API."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from voice_app import config, wiring
from voice_app.config import Config
from voice_app.publish.web.app import make_app
from voice_app.studio import Studio

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1"


@pytest.fixture
def settings(tmp_path: Path) -> Config:
    flags = {"paths.content": str(tmp_path / "content"), "paths.cache": str(tmp_path / "cache")}
    return config.load(flags=flags | {"narration.voice": "tick/tock"}, environ={}, file=tmp_path / "none.toml")


@pytest.fixture
def studio(settings: Config) -> Studio:
    return wiring.build(settings)


@pytest.fixture
def app(studio: Studio, settings: Config) -> Flask:
    return make_app(studio, settings)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def another(app: Flask) -> Callable[..., FlaskClient]:
    """One more browser, without the cookies of the others."""

    def make(agent: str = PHONE) -> FlaskClient:
        made = app.test_client()
        made.environ_base["HTTP_USER_AGENT"] = agent
        return made

    return make


class Words(HTMLParser):
    """What a page says, without its markup."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def add(studio: Studio, *titles: str) -> None:
    for title in titles:
        studio.intake.add_text(f"# {title}\n\nA short text of two sentences. This is the second.")


def page(client: FlaskClient, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


def told(html: str) -> str:
    words = Words()
    words.feed(html)
    return " ".join("".join(words.found).split())


def post(client: FlaskClient, path: str, /, **form: str) -> str:
    answer = client.post(path, data=form)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return str(answer.headers["Location"])


def code_of(client: FlaskClient) -> str:
    html = client.post("/listener/code").get_data(as_text=True)
    found = re.search(r'aria-hidden="true">(\d{4} \d{4})<', html)
    assert found
    return found[1]


def queued(client: FlaskClient) -> list[str]:
    return re.findall(r'<h2 lang="en"[^>]*><a href="/articles/([^"#]*)', page(client, "/queue"))


def keep(client: FlaskClient, slug: str, seconds: float, **more: Any) -> Any:
    answer = client.put(f"/api/places/{slug}", json={"seconds": seconds, "length": 600} | more)
    assert answer.status_code == 200, answer.json
    return answer.json


# -- who listens --------------------------------------------------------------------------------


def test_reading_sets_no_cookie_and_the_first_thing_to_remember_does(studio: Studio, client: FlaskClient) -> None:
    add(studio, "Herons")
    for path in ("/", "/library", "/articles/herons", "/queue", "/history", "/listener", "/join", "/api/queue"):
        assert "Set-Cookie" not in client.get(path).headers, path
    for path in ("/queue/clear", "/listener/forget"):
        assert "listener=" not in client.post(path).headers.get("Set-Cookie", "").replace("listener=;", "")
    assert "Set-Cookie" not in client.put("/api/places/nothing", json={"seconds": 1}).headers
    answer = client.post("/articles/herons/queue", data={"do": "add"})
    cookie = answer.headers["Set-Cookie"]
    assert re.match(r"listener=[\w-]{43}; .*Max-Age=34560000; HttpOnly; Path=/; SameSite=Lax$", cookie)
    assert "private" in client.get("/queue").headers["Cache-Control"]


def test_over_https_the_cookie_stays_there(studio: Studio, client: FlaskClient) -> None:
    add(studio, "Herons")
    answer = client.post("/articles/herons/queue", base_url="https://localhost")
    assert "; Secure;" in answer.headers["Set-Cookie"]


def test_only_a_hash_of_what_the_browser_holds_is_kept(studio: Studio, client: FlaskClient, settings: Config) -> None:
    add(studio, "Herons")
    code = ""
    for _ in range(2):
        code = code_of(client)
    cookie = client.get_cookie("listener")
    assert cookie
    kept = b"".join(path.read_bytes() for path in settings.paths.content.glob("library.sqlite*"))
    assert cookie.value.encode() not in kept
    assert code.replace(" ", "").encode() not in kept


def test_a_change_from_another_site_is_refused(studio: Studio, client: FlaskClient) -> None:
    """Also from another port of the same machine, where the cookie goes along."""
    add(studio, "Herons")
    post(client, "/articles/herons/queue")
    for headers in ({"Sec-Fetch-Site": "same-site"}, {"Origin": "http://localhost:9000"}, {"Origin": "null"}):
        assert client.post("/queue/clear", headers=headers).status_code == 403
        assert client.delete("/api/queue", headers=headers).status_code == 403
    assert queued(client) == ["herons"]


def test_a_second_browser_joins_by_code_and_has_the_same_queue_and_places(
    studio: Studio, client: FlaskClient, another: Callable[..., FlaskClient]
) -> None:
    add(studio, "Herons", "Cranes", "Storks")
    client.environ_base["HTTP_USER_AGENT"] = FIREFOX
    phone = another()
    post(client, "/articles/herons/queue")
    keep(client, "herons", 61)
    post(phone, "/articles/cranes/queue")
    keep(phone, "cranes", 30)
    code = code_of(client)
    assert "comes along" in told(page(phone, "/join"))
    assert post(phone, "/join", code=f" {code[:4]}-{code[5:]} ") == "/listener?done=joined"
    assert queued(client) == queued(phone) == ["herons", "cranes"]
    for browser in (client, phone):
        words = told(page(browser, "/"))
        assert "Continue listening" in words
        assert words.index("Cranes") < words.index("9 minutes left")
    assert "Other devices Safari on iPhone" in told(page(client, "/listener"))
    assert "Other devices Firefox on Linux" in told(page(phone, "/listener"))


def test_a_code_is_used_once_and_looking_at_its_link_does_not_use_it(
    studio: Studio, client: FlaskClient, another: Callable[..., FlaskClient]
) -> None:
    html = client.post("/listener/code").get_data(as_text=True)
    link = re.search(r'href="http://localhost(/join\?code=\d{8})"', html)
    assert link
    preview, phone, stranger = another(), another(), another()
    for _ in range(3):
        assert "Join" in page(preview, link[1])
    code = link[1].rpartition("=")[2]
    assert f'value="{code}"' in page(phone, link[1])
    post(phone, "/join", code=code)
    answer = stranger.post("/join", data={"code": code})
    assert answer.status_code == 422
    assert "That code does not lead anywhere." in answer.get_data(as_text=True)
    assert "make a new one on the other device" in answer.get_data(as_text=True)
    assert stranger.get_cookie("listener") is None


def test_guessing_codes_is_stopped(client: FlaskClient, another: Callable[..., FlaskClient]) -> None:
    code, stranger = code_of(client), another()
    seen = {stranger.post("/join", data={"code": f"{number:08}"}).status_code for number in range(20)}
    assert seen == {422}
    answer = stranger.post("/join", data={"code": code})
    assert answer.status_code == 429
    assert "Wait ten minutes" in answer.get_data(as_text=True)


def test_devices_are_named_and_removed(
    studio: Studio, client: FlaskClient, another: Callable[..., FlaskClient]
) -> None:
    add(studio, "Herons")
    phone, stranger = another(), another()
    post(phone, "/join", code=code_of(client))
    post(stranger, "/articles/herons/queue")
    html = page(client, "/listener")
    own, other = re.findall(r'action="/listener/browsers/(\d+)"', html)[:2]
    assert post(client, f"/listener/browsers/{other}", name="Kitchen  tablet\n") == "/listener?done=named"
    assert "Kitchen tablet" in told(page(client, "/listener"))
    answer = client.post(f"/listener/browsers/{own}", data={"name": "  "})
    assert answer.status_code == 422
    assert f'href="#name-{own}"' in answer.get_data(as_text=True)
    post(stranger, f"/listener/browsers/{other}", do="remove")
    assert "Kitchen tablet" in page(client, "/listener")
    assert post(client, f"/listener/browsers/{other}", do="remove") == "/listener?done=removed"
    assert "None yet." in page(client, "/listener")
    assert "Nothing is remembered for this device yet." in page(phone, "/listener")


def test_forgetting_here_leaves_the_other_devices_alone(
    studio: Studio, client: FlaskClient, another: Callable[..., FlaskClient]
) -> None:
    add(studio, "Herons")
    phone = another()
    post(client, "/articles/herons/queue")
    post(phone, "/join", code=code_of(client))
    assert post(client, "/listener/forget") == "/listener?done=forgotten"
    assert client.get_cookie("listener") is None
    assert queued(client) == []
    assert queued(phone) == ["herons"]


# -- the queue ----------------------------------------------------------------------------------


def test_the_queue_is_filled_from_lists_and_pages_and_sorted_with_buttons(studio: Studio, client: FlaskClient) -> None:
    add(studio, "Herons", "Cranes", "Storks")
    html = page(client, "/library?q=herons")
    assert re.search(r'value="add"><span>Add to the queue<span class="tail">: <span lang="en"[^>]*>Herons', html)
    back = post(client, "/articles/herons/queue", do="add", back="/library?q=herons")
    assert back == "/library?q=herons&done=add&to=herons"
    assert "In the queue" in page(client, back)
    assert post(client, "/articles/cranes/queue", do="add") == "/articles/cranes?done=add"
    post(client, "/articles/storks/queue", do="next")
    assert queued(client) == ["storks", "herons", "cranes"]
    assert "In the queue" not in page(client, "/articles/cranes")
    assert "Remove from the queue" in page(client, "/articles/cranes")
    post(client, "/articles/storks/queue", do="down", **{"from": "queue"})
    post(client, "/articles/cranes/queue", do="up", **{"from": "queue"})
    assert queued(client) == ["herons", "cranes", "storks"]
    post(client, "/articles/herons/queue", do="up", **{"from": "queue"})
    assert queued(client) == ["herons", "cranes", "storks"]
    html = page(client, "/queue")
    assert html.count("Move up") == html.count("Move down") == 2
    post(client, "/articles/cranes/queue", do="remove", **{"from": "queue"})
    assert queued(client) == ["herons", "storks"]
    assert "Next in your queue" in page(client, "/")
    post(client, "/queue/clear")
    assert "Nothing is in the queue." in page(client, "/queue")
    answer = client.post("/articles/herons/queue", data={"do": "dance"})
    assert answer.status_code == 422


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example/", "/\\evil.example"])
def test_no_queue_button_leads_to_another_site(studio: Studio, client: FlaskClient, back: str) -> None:
    add(studio, "Herons")
    assert post(client, "/articles/herons/queue", back=back) == "/articles/herons?done=add"


def test_going_on_by_itself_is_off_until_it_is_chosen(client: FlaskClient) -> None:
    box = re.compile(r'<input type="checkbox" name="onward" value="on"( checked)?>')
    assert box.search(page(client, "/queue")).group(1) is None  # type: ignore[union-attr]
    post(client, "/queue/onward", onward="on")
    assert box.search(page(client, "/queue")).group(1)  # type: ignore[union-attr]
    assert 'data-onward="on"' in page(client, "/queue")
    post(client, "/queue/onward")
    assert box.search(page(client, "/queue")).group(1) is None  # type: ignore[union-attr]


# -- history and places -------------------------------------------------------------------------


def test_the_history_shows_what_was_heard_and_can_be_cleared_and_switched_off(
    studio: Studio, client: FlaskClient
) -> None:
    add(studio, "Herons", "Cranes")
    keep(client, "herons", 61)
    keep(client, "cranes", 600, finished=True)
    words = told(page(client, "/history"))
    assert re.search(r"Cranes Finished Herons Up to 1 minute", words)
    post(client, "/history", do="clear")
    assert "Nothing is written here yet." in page(client, "/history")
    post(client, "/history", do="off")
    keep(client, "herons", 90)
    assert "switched off" in page(client, "/history")
    assert "Herons" not in page(client, "/history")
    assert "8 minutes left" in told(page(client, "/"))
    post(client, "/history", do="on")
    keep(client, "herons", 120)
    assert "Herons" in page(client, "/history")


def test_marking_as_heard_finishes_and_unmarking_begins_anew(studio: Studio, client: FlaskClient) -> None:
    add(studio, "Herons")
    studio.work.narrate(studio.articles()[0].id)
    keep(client, "herons", 2)
    assert "Continue listening" in page(client, "/")
    post(client, "/articles/herons/heard", heard="yes")
    assert "Continue listening" not in page(client, "/")
    assert "Finished" in page(client, "/library")
    post(client, "/articles/herons/heard", heard="no")
    html = page(client, "/library")
    assert "Finished" not in html
    assert "Heard<" not in html


def test_what_is_told_late_changes_only_what_is_older(studio: Studio, client: FlaskClient) -> None:
    add(studio, "Herons")
    path = "/api/articles/herons/heard"
    assert client.post(path, json={"heard": False}).json["heard_at"] is None  # type: ignore[index]
    assert client.post(path, json={"heard": True, "seconds_ago": 60}).json["heard_at"] is None  # type: ignore[index]
    assert client.post(path).json["heard_at"]  # type: ignore[index]
    assert client.post(path, json={"heard": False, "seconds_ago": 60}).json["heard_at"]  # type: ignore[index]
    assert client.post(path, json={"heard": True, "seconds_ago": "long"}).status_code == 422


@pytest.mark.parametrize("body", ["{bad", "[]", '"x"', '{"heard": "no"}', '{"heard": null}', '{"seconds_ago": true}'])
def test_a_mark_that_is_not_understood_is_refused_and_changes_nothing(
    studio: Studio, client: FlaskClient, body: str
) -> None:
    add(studio, "Herons")
    answer = client.post("/api/articles/herons/heard", data=body, content_type="application/json")
    assert answer.status_code in (400, 422)
    assert client.get("/api/articles/herons").json["heard_at"] is None  # type: ignore[index]


def test_a_choice_that_is_told_late_drops_no_newer_place(
    studio: Studio, client: FlaskClient, another: Callable[..., FlaskClient]
) -> None:
    add(studio, "Herons")
    phone = another()
    keep(client, "herons", 10)
    post(phone, "/join", code=code_of(client))
    keep(phone, "herons", 300)
    other = "/api/places/herons/other"
    assert client.get("/api/places/herons").json["other"]["seconds"] == 10  # type: ignore[index]
    assert client.delete(other, json={"seconds_ago": 600}).status_code == 204
    assert client.get("/api/places/herons").json["other"]["seconds"] == 10  # type: ignore[index]
    assert client.delete(other).status_code == 204
    assert client.get("/api/places/herons").json["other"] is None  # type: ignore[index]


def test_the_api_keeps_a_place_and_tells_what_lost(
    studio: Studio, client: FlaskClient, another: Callable[..., FlaskClient]
) -> None:
    add(studio, "Herons")
    phone = another()
    assert client.get("/api/places/herons").json == {"place": None, "other": None}
    first = keep(client, "herons", 61.5, sentence="abc")["place"]
    assert (first["seconds"], first["sentence"], first["length"], first["here"]) == (61.5, "abc", 600, True)
    post(phone, "/join", code=code_of(client))
    late = keep(phone, "herons", 300, seconds_ago=3600)
    assert (late["place"]["seconds"], late["place"]["here"]) == (61.5, False)
    assert (late["other"]["seconds"], late["other"]["device"]) == (300, "Safari on iPhone")
    assert late["other"]["seconds_ago"] == pytest.approx(3600, abs=5)
    on = keep(phone, "herons", 90, known=late["place"]["at"])
    assert (on["place"]["seconds"], on["other"]["seconds"]) == (90, 300)
    assert phone.delete("/api/places/herons/other").status_code == 204
    found = client.get("/api/places/herons").json
    assert found
    assert (found["place"]["seconds"], found["place"]["device"], found["other"]) == (90, "Safari on iPhone", None)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"seconds": "1"},
        {"seconds": True},
        {"seconds": 1, "length": None},
        {"seconds": 1, "sentence": 7},
        {"seconds": 1, "known": "yesterday"},
        {"seconds": 1, "known": 5},
        {"seconds": 1, "known": "0001-01-01T00:00:00+23:59"},
        {"seconds": 10**400},
        [],
    ],
)
def test_a_bad_place_is_refused_with_an_example(studio: Studio, client: FlaskClient, body: Any) -> None:
    add(studio, "Herons")
    answer = client.put("/api/places/herons", json=body)
    assert answer.status_code == 422
    assert answer.json
    assert '{"seconds": 61.5' in answer.json["error"]
    assert "Set-Cookie" not in answer.headers


def test_places_that_cannot_be_are_brought_into_bounds(studio: Studio, client: FlaskClient) -> None:
    add(studio, "Herons")
    headers = {"Content-Type": "application/json"}
    for number in ("1e999", "-5", "NaN"):
        body = f'{{"seconds": {number}, "length": {number}, "seconds_ago": {number}, "sentence": "{"x" * 9000}"}}'
        answer = client.put("/api/places/herons", data=body, headers=headers)
        assert answer.status_code == 200, number
        assert answer.json
        assert 0 <= answer.json["place"]["seconds"] <= 1_000_000
        assert answer.json["place"]["sentence"] == ""


def test_the_api_has_the_queue_and_the_history(studio: Studio, client: FlaskClient) -> None:
    add(studio, "Herons", "Cranes")
    assert client.get("/api/queue").json == {"articles": [], "total": 0}
    client.post("/api/queue", json={"slug": "herons"})
    found = client.post("/api/queue", json={"slug": "cranes", "next": True}).json
    assert found
    assert [one["slug"] for one in found["articles"]] == ["cranes", "herons"]
    found = client.post("/api/queue/cranes/move", json={"steps": 5}).json
    assert found
    assert [one["slug"] for one in found["articles"]] == ["herons", "cranes"]
    assert client.delete("/api/queue/herons").status_code == 204
    assert client.post("/api/queue", json={"slug": "nobody"}).status_code == 404
    assert client.post("/api/queue", json={"slug": 4}).status_code == 422
    assert client.post("/api/queue/cranes/move", json={"steps": "up"}).status_code == 422
    assert client.delete("/api/queue").status_code == 204
    assert client.get("/api/queue").json == {"articles": [], "total": 0}
    keep(client, "herons", 61)
    history = client.get("/api/history").json
    assert history
    assert [(e["article"]["slug"], e["seconds"], e["finished"]) for e in history["entries"]] == [("herons", 61, False)]
    assert client.delete("/api/history").status_code == 204
    found = client.get("/api/history").json
    assert found
    assert found["entries"] == []


def test_what_is_deleted_is_told_so(studio: Studio, client: FlaskClient) -> None:
    add(studio, "Herons")
    keep(client, "herons", 61)
    post(client, "/articles/herons/queue")
    post(client, "/articles/herons/remove")
    assert "Recently deleted" in client.put("/api/places/herons", json={"seconds": 1}).json["error"]  # type: ignore[index]
    assert queued(client) == []
    assert "Continue listening" not in page(client, "/")
    post(client, "/articles/herons/restore")
    assert queued(client) == ["herons"]
    assert "Continue listening" in page(client, "/")
