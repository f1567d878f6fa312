"""Playing what is not narrated yet: one time line, any sentence first, and the same bytes as the finished file."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.counted import Counted, counted
from tests.unit.desks.conftest import House
from voice_app.audio.encode import FRAME_BYTES, FRAME_SECONDS
from voice_app.desks import live as desk
from voice_app.errors import ArticleNotFoundError, InputError, MediaNotFoundError
from voice_app.model import Article

TEXT = """# The tide book

A clerk wrote down every flood. He never left one out. Nobody knew why he did it.

## What became of it

The book is still there. It smells of salt. Somebody reads it every summer.
"""


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Counted]:
    with counted(tmp_path) as made:
        yield made


def read(made: Counted, text: str = TEXT) -> Article:
    """An article that was read and not narrated."""
    added = made.studio.intake.add_text(text)
    made.studio.work.read(added.id)
    return made.library.by_id(added.id)


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 5
    while not holds():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.01)


def test_pieces_laid_end_to_end_are_the_finished_file(made: Counted) -> None:
    article, live = read(made), made.studio.live
    line = live.line(article.slug)
    backwards = {s.sentence_id: live.piece(article.slug, line.digest, s.sentence_id) for s in reversed(line.stretches)}
    laid = b"".join(backwards[s.sentence_id] for s in line.stretches)
    assert b"".join(live.stream(article.slug, line.digest)) == laid
    spoken = len(made.engine.spoken)
    made.studio.work.narrate(article.id)
    assert len(made.engine.spoken) == spoken, "what was heard is not spoken again"
    audio = made.library.audio(article.id)
    assert audio is not None
    whole = made.studio.media(audio.file).read_bytes()
    assert whole.endswith(laid)
    assert whole[: -len(laid)][-FRAME_BYTES:].count(b"Info") == 1, "before them is the Info frame and nothing else"


def test_the_line_is_estimated_before_and_exact_after(made: Counted) -> None:
    article, live = read(made), made.studio.live
    line = live.line(article.slug)
    assert next(s.start for s in line.stretches) == 0
    for stretch, following in zip(line.stretches, line.stretches[1:], strict=False):
        assert stretch.start + stretch.seconds == pytest.approx(following.start, abs=0.002)
    assert all(s.seconds > s.speech_seconds > 0 for s in line.stretches)
    made.studio.work.narrate(article.id)
    audio = made.library.audio(article.id)
    assert audio is not None
    until(lambda: live.line(article.slug).seconds == pytest.approx(audio.seconds, abs=0.002))
    exact = live.line(article.slug)
    assert all(s.is_known for s in exact.stretches)
    assert [(mark.title, mark.start, mark.end) for mark in exact.marks] == [
        (mark.title, pytest.approx(mark.start, abs=0.002), pytest.approx(mark.end, abs=0.002)) for mark in audio.marks
    ]
    assert [s.sentence_id for s in exact.stretches] == [cue.sentence_id for cue in audio.cues]


def test_an_estimate_learns_from_other_articles(made: Counted) -> None:
    first, second = read(made, "# One\n\nA a a a a a a a a a a a a."), read(made)
    live = made.studio.live
    before = live.outline(made.studio.page(second.slug).script)  # type: ignore[arg-type]
    live.piece(first.slug, live.line(first.slug).digest, live.line(first.slug).stretches[-1].sentence_id)
    after = live.outline(made.studio.page(second.slug).script)  # type: ignore[arg-type]
    assert after.seconds > before.seconds, "words of one letter are slower, by their letters, than any others"


def test_the_last_sentence_alone_is_spoken_when_it_is_asked_for(made: Counted) -> None:
    article, live = read(made), made.studio.live
    last = made.studio.page(article.slug).script.sentences[-1]  # type: ignore[union-attr]
    digest = live.outline(made.studio.page(article.slug).script).digest  # type: ignore[arg-type]
    frames = live.piece(article.slug, digest, last.id)
    assert frames
    assert len(frames) % FRAME_BYTES == 0
    assert made.engine.spoken == [last.spoken]


def test_an_outline_speaks_and_makes_nothing(made: Counted) -> None:
    article = read(made)
    script = made.studio.page(article.slug).script
    assert script is not None
    outline = made.studio.live.outline(script)
    assert outline.seconds > 5
    assert made.engine.spoken == []
    line = made.studio.live.line(article.slug)
    assert [s.sentence_id for s in outline.stretches] == [s.sentence_id for s in line.stretches]
    assert outline.digest == line.digest


def test_the_next_few_are_made_ahead_and_no_more(made: Counted) -> None:
    article, live = read(made), made.studio.live
    script = made.studio.page(article.slug).script
    assert script is not None
    live.piece(article.slug, live.outline(script).digest, script.sentences[0].id)
    until(lambda: len(made.engine.spoken) == 1 + desk.AHEAD)
    time.sleep(0.1)
    assert made.engine.spoken == [s.spoken for s in script.sentences[: 1 + desk.AHEAD]]


def test_a_stream_that_nobody_takes_speaks_nothing_more(made: Counted) -> None:
    article, live = read(made), made.studio.live
    script = made.studio.page(article.slug).script
    assert script is not None
    runs = live.stream(article.slug, live.outline(script).digest, script.sentences[3].id)
    assert made.engine.spoken == []
    next(runs)
    next(runs)
    runs.close()  # type: ignore[attr-defined]
    assert made.engine.spoken == [s.spoken for s in script.sentences[3:5]]


def test_a_sentence_that_cannot_be_spoken_is_a_gap(tmp_path: Path) -> None:
    with counted(tmp_path, fail_on="salt.") as made:
        article, live = read(made), made.studio.live
        script = made.studio.page(article.slug).script
        assert script is not None
        lost = next(s for s in script.sentences if "salt" in s.written)
        digest = live.outline(script).digest
        assert live.piece(article.slug, digest, lost.id) == b""
        line = live.line(article.slug)
        gap = next(s for s in line.stretches if s.sentence_id == lost.id)
        assert (gap.seconds, gap.is_known) == (0, True)
        laid = b"".join(live.stream(article.slug, digest))
        made.studio.work.narrate(article.id)
        audio = made.library.audio(article.id)
        assert audio is not None
        assert audio.failed == (lost.id,)
        assert made.studio.media(audio.file).read_bytes().endswith(laid)


def test_another_text_is_another_sound(made: Counted) -> None:
    article, live = read(made), made.studio.live
    old = live.line(article.slug)
    sentence = old.stretches[-1].sentence_id
    made.studio.edits.say(article.slug, sentence, "Somebody reads it in winter, too.")
    new = live.line(article.slug)
    assert new.digest != old.digest
    with pytest.raises(MediaNotFoundError, match="changed since"):
        live.piece(article.slug, old.digest, sentence)
    with pytest.raises(MediaNotFoundError):
        live.stream(article.slug, old.digest)
    with pytest.raises(MediaNotFoundError, match="no such sentence"):
        live.piece(article.slug, new.digest, "of-no-article")


def test_another_voice_is_another_sound(tmp_path: Path) -> None:
    digests = set()
    for voice in ("tick/tock", "tick/tack"):
        with counted(tmp_path / voice, narration__voice=voice) as made:
            digests.add(made.studio.live.line(read(made).slug).digest)
    assert len(digests) == 2


def test_a_deleted_article_gives_no_sound_at_once(made: Counted) -> None:
    article, live = read(made), made.studio.live
    line = live.line(article.slug)
    made.studio.shelf.remove(article.slug)
    with pytest.raises(ArticleNotFoundError):
        live.piece(article.slug, line.digest, line.stretches[0].sentence_id)
    with pytest.raises(ArticleNotFoundError):
        live.line(article.slug)


def test_an_article_without_text_says_so(made: Counted) -> None:
    address = "https://example.org/a-page"
    waiting = made.library.add(title="x", origin=address, media_type="", original="", digest="", source_url=address)
    with pytest.raises(InputError, match="not read yet"):
        made.studio.live.line(waiting.slug)


def test_two_listeners_have_a_sentence_spoken_once(made: Counted) -> None:
    article, live = read(made), made.studio.live
    script = made.studio.page(article.slug).script
    assert script is not None
    digest, last = live.outline(script).digest, script.sentences[-1]
    heard: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: heard.append(live.piece(article.slug, digest, last.id))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(heard)) == 1
    assert made.engine.spoken == [last.spoken]


def test_the_line_is_in_whole_frames(made: Counted) -> None:
    line = made.studio.live.line(read(made).slug)
    for stretch in line.stretches:
        assert stretch.seconds / FRAME_SECONDS == pytest.approx(round(stretch.seconds / FRAME_SECONDS))


def test_an_article_in_another_language_is_played_by_the_voice_that_narrates_it(
    make_house: Callable[..., House],
) -> None:
    house = make_house(narration__voices={"es": "tick/tack"})
    added = house.studio.intake.add_text(
        "El tren de la mañana sale a las siete, y el andén ya está lleno de gente que espera con sus maletas. Nadie "
        "habla, porque todavía es de noche y hace mucho frío. Cuando llega el tren, todos suben y buscan un asiento."
    )
    house.studio.work.read(added.id)
    slug = house.studio.articles()[0].slug
    assert b"".join(house.studio.live.stream(slug, house.studio.live.line(slug).digest))
    played = house.clips()
    house.studio.work.narrate(added.id)
    audio = house.studio.page(slug).audio
    assert audio is not None
    assert audio.voice == "tick/tack"
    assert house.clips() == played
