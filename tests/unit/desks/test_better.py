"""The quick voice at once, the better one later: nothing is lost on the way, and the listener is told."""

from __future__ import annotations

import io
import json
import wave
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from tests.contracts.served_sound import Given, SpeechServer
from tests.unit.desks.conftest import House
from voice_app import wiring
from voice_app.model import Article, ArticleAudio, ArticleState, SpeakRequest
from voice_app.publish.web.app import make_app
from voice_app.testing import TickEngine

TEXT = "# The tide\n\nThe tide comes in at noon. It goes out again at six.\n\nNobody waits for it.\n"
SPANISH = (
    "El tren de la mañana sale a las siete, y el andén ya está lleno de gente que espera con sus maletas. Nadie habla, "
    "porque todavía es de noche y hace mucho frío. Cuando llega el tren, todos suben y buscan un asiento libre.\n"
)
BETTER = {"narration__better_voice": "tick/tack"}


@pytest.fixture
def house(make_house: Callable[..., House]) -> House:
    return make_house(**BETTER)


def narrated(house: House, text: str = TEXT) -> Article:
    added = house.studio.intake.add_text(text)
    house.work()
    return next(article for article in house.studio.articles() if article.id == added.id)


def audio(house: House, article: Article) -> ArticleAudio:
    found = house.studio.page(article.slug).audio
    assert found is not None
    return found


def page(house: House, article: Article) -> str:
    with make_app(house.studio, house.config).test_client() as client:
        return client.get(f"/articles/{article.slug}").text


def test_the_better_voice_takes_the_place_of_the_quick_one(house: House) -> None:
    article = narrated(house)
    quick = audio(house, article)
    assert quick.voice == "tick/tock"
    assert "A better voice, tack, will record this article" in page(house, article)
    house.studio.better.look()
    better = audio(house, article)
    assert better.voice == "tick/tack"
    assert better.file != quick.file
    assert [cue.written for cue in better.cues] == [cue.written for cue in quick.cues]
    assert "A better voice" not in page(house, article)
    assert house.studio.media(quick.file).exists()  # whoever listens keeps it
    after = house.studio.page(article.slug).article
    assert (after.state, after.finished_at) == (ArticleState.DONE, article.finished_at)


def test_it_is_recorded_once_the_newest_first(house: House) -> None:
    older, newer = narrated(house), narrated(house, TEXT.replace("tide", "moon"))
    house.studio.better.look()
    assert [audio(house, article).voice for article in (older, newer)] == ["tick/tock", "tick/tack"]
    house.studio.better.look()
    clips = house.clips()
    house.studio.better.look()
    assert audio(house, older).voice == "tick/tack"
    assert house.clips() == clips


def test_without_the_setting_nothing_happens(make_house: Callable[..., House]) -> None:
    house = make_house()
    article = narrated(house)
    house.studio.better.look()
    assert audio(house, article).voice == "tick/tock"
    assert "A better voice" not in page(house, article)


@pytest.mark.parametrize("better", ["nobody/nowhere", "nobody"])
def test_a_better_voice_that_is_not_there_is_promised_to_nobody(make_house: Callable[..., House], better: str) -> None:
    house = make_house(narration__better_voice=better)
    article = narrated(house)
    house.studio.better.look()
    assert audio(house, article).voice == "tick/tock"
    assert "A better voice" not in page(house, article)


def test_an_article_in_another_language_keeps_its_voice(make_house: Callable[..., House]) -> None:
    house = make_house(narration__better_voice="hibari/heart")
    article = narrated(house, SPANISH)
    assert article.language == "es"
    house.studio.better.look()
    assert audio(house, article).voice == "tick/tock"


def test_what_was_heard_or_archived_is_left_as_it_is(house: House) -> None:
    heard, archived = narrated(house), narrated(house, TEXT.replace("tide", "moon"))
    house.studio.mark_heard(heard.slug)
    house.studio.shelf.archive(archived.slug)
    house.studio.better.look()
    assert {audio(house, article).voice for article in (heard, archived)} == {"tick/tock"}


def test_an_edit_brings_the_quick_voice_back_and_then_the_better_one_says_what_changed(house: House) -> None:
    article = narrated(house)
    house.studio.better.look()
    sentence = audio(house, article).cues[-1].sentence_id
    house.studio.edits.say(article.slug, sentence, "Somebody waits for it after all.")
    house.studio.work.narrate(article.id)
    assert audio(house, article).voice == "tick/tock"
    before = house.clips()
    house.studio.better.look()
    assert audio(house, article).voice == "tick/tack"
    assert house.clips() == before + 1


def test_what_changed_while_it_was_recorded_is_not_overwritten(make_house: Callable[..., House]) -> None:
    changes: list[Callable[[], None]] = []

    def sound(body: bytes) -> bytes:
        if changes:
            changes.pop()()
        return said(body)

    with speaking(sound) as server:
        house = make_house(narration__better_voice="openai/alloy", openai__url=server.url)
        article = narrated(house)
        sentence = audio(house, article).cues[-1].sentence_id
        changes.append(lambda: house.studio.edits.say(article.slug, sentence, "Somebody waits for it after all."))
        house.studio.better.look()
    assert server.asked
    assert house.studio.page(article.slug).article.state is ArticleState.READY
    assert audio(house, article).voice == "tick/tock"


def test_a_better_voice_that_fails_is_not_asked_again_for_the_same_sound(make_house: Callable[..., House]) -> None:
    with speaking(said) as server:
        server.answers = [Given(status=403)] * 100
        house = make_house(narration__better_voice="openai/alloy", openai__url=server.url)
        article = narrated(house)
        house.studio.better.look()
        assert server.asked
        server.asked.clear()
        wiring.build(house.config).better.look()  # another process knows it, too
        house.studio.better.look()
        assert server.asked == []
    assert audio(house, article).voice == "tick/tock"
    assert "A better voice" not in page(house, article)


def test_a_better_voice_that_loses_sentences_is_none(make_house: Callable[..., House]) -> None:
    with speaking(lambda body: b"<html>" if b"Nobody" in body and b"village" not in body else said(body)) as server:
        house = make_house(narration__better_voice="openai/alloy", openai__url=server.url, openai__tries=1)
        article = narrated(house)
        house.studio.better.look()
    assert audio(house, article).voice == "tick/tock"
    assert "A better voice" not in page(house, article)


def said(body: bytes) -> bytes:
    """A tone for each word, as a WAV file."""
    request = SpeakRequest(text=json.loads(body)["input"], language="en", voice="tock")
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(24_000)
        file.writeframes((TickEngine().speak(request).samples * 32_767).astype("<i2").tobytes())
    return out.getvalue()


@contextmanager
def speaking(sound: Callable[[bytes], bytes]) -> Iterator[SpeechServer]:
    server = SpeechServer(sound)
    try:
        yield server
    finally:
        server.stop()
