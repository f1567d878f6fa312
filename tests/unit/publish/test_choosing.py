"""The form of settings: what it offers, what it keeps, and how it goes back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from lxml.html import fromstring

from voice_app import wiring
from voice_app.config import load
from voice_app.publish import settings
from voice_app.publish.web import choices
from voice_app.publish.web.app import make_app


@pytest.fixture
def client(tmp_path: Path) -> Iterator[FlaskClient]:
    flags = {"paths.content": tmp_path / "content", "paths.cache": tmp_path / "cache", "narration.voice": "tick/tock"}
    config = load(flags=flags, environ={}, file=tmp_path / "none.toml")
    yield make_app(wiring.build(config), config).test_client()


def test_everything_that_can_be_chosen_is_offered_with_words() -> None:
    offered: dict[str, set[str]] = {}
    for group in choices.groups():
        for field in group.fields:
            if isinstance(field, choices.Choice):
                offered[field.name] = set(field.words)
            else:
                offered |= {each.name: {each.ticked, each.unticked} for each in field.switches}
    assert offered == {name: set(values) for name, values in settings.CHOICES.items()}


@pytest.mark.parametrize("language", settings.LANGUAGES)
def test_no_two_settings_have_the_same_name(client: FlaskClient, language: str) -> None:
    page = fromstring(client.get("/settings", headers={"Accept-Language": language}).data)
    names = [each.text for each in page.cssselect("form fieldset > legend, form .row > label")]
    assert len(names) > 30
    assert [name for name, times in Counter(names).items() if times > 1] == []


def test_a_box_without_its_mark_is_not_sent_and_still_a_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choices, "CHOICES", {"volume": ("shown", "hidden")})
    boxes = choices.Switches(
        title="Controls", switches=(choices.Switch(name="volume", title="Volume", ticked="shown"),)
    )
    assert boxes.given({}) == {"volume": "hidden"}
    assert boxes.given({"volume": "shown"}) == {"volume": "shown"}


def test_what_was_chosen_is_kept_and_shown(client: FlaskClient) -> None:
    answer = client.post("/settings", data={"theme": "dark-high", "text": "150", "lines": "nonsense", "scroll": "on"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/settings?done=saved")
    page = client.get("/settings?done=saved").text
    assert '<html lang="en" dir="ltr" data-theme="dark-high" data-text="150">' in page
    assert '<meta name="theme-color" content="#000000">' in page
    assert 'value="dark-high" data-usual="" checked' in page
    assert "Saved for this browser." in page


def test_back_to_the_usual_can_be_undone(client: FlaskClient) -> None:
    client.post("/settings", data={"theme": "light", "speed": "1.5", "scroll": "on"})
    answer = client.post("/settings", data={"do": "usual", "theme": "dark"})
    page = client.get(answer.headers["Location"]).text
    assert '<html lang="en" dir="ltr">' in page
    assert 'name="before" value="theme=light&amp;speed=1.5"' in page
    client.post("/settings", data={"do": "undo", "before": "theme=light&speed=1.5"})
    assert 'data-theme="light" data-speed="1.5"' in client.get("/settings").text


def test_a_strange_answer_says_nothing(client: FlaskClient) -> None:
    assert "notice" not in client.get("/settings?done=no-such-answer").text
