"""An article's audiobook: made when it is asked for, of the sound that the article has, and gone with that."""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from mutagen.mp3 import MP3
from mutagen.mp4 import MP4

from tests.contracts.queue_contract import wait_until
from tests.counted import Counted, counted
from voice_app.desks.audiobooks import LOST
from voice_app.desks.shelf import KEPT_DAYS
from voice_app.errors import ArticleNotFoundError, EngineFailedError, StorageError, VoiceAppError
from voice_app.model import Article, ArticleAudio, ArticleState, Audiobook

TEXT = "# The tide\n\nThe tide comes in at noon. It goes out again at six.\n\n## Who waits\n\nNobody waits for it.\n"
WANTED = Audiobook(is_asked=True)


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Counted]:
    with counted(tmp_path) as made:
        yield made


@pytest.fixture
def article(made: Counted) -> Article:
    return made.narrated(TEXT)


def book(made: Counted, article: Article) -> Audiobook | None:
    return made.studio.audiobooks.of(article, made.library.audio(article.id))


def sound(made: Counted, article: Article) -> ArticleAudio:
    audio = made.library.audio(article.id)
    assert audio
    return audio


def bind(made: Counted) -> None:
    """What the worker does."""
    for article in made.studio.audiobooks.asked():
        try:
            made.studio.audiobooks.make(article.id)
        except VoiceAppError as problem:
            made.studio.audiobooks.give_up(article.id, str(problem))


def bound(made: Counted, article: Article) -> Audiobook:
    made.studio.audiobooks.ask(article.slug)
    bind(made)
    found = book(made, article)
    assert found and found.file
    return found


def edit(made: Counted, article: Article, words: str = "Everybody waits for it.") -> None:
    made.studio.edits.say(article.slug, sound(made, article).cues[-1].sentence_id, words)


def empty(made: Counted, *folders: str) -> None:
    """What the keeper may take at any time."""
    for folder in folders or ("clips", "runs", "books"):
        shutil.rmtree(made.config.paths.cache / folder, ignore_errors=True)


def kept(made: Counted, ending: str = "m4b") -> list[str]:
    return sorted(path.name for path in (made.config.paths.cache / "audio").glob(f"*.{ending}"))


def test_it_is_made_of_the_sound_that_is_there_and_nothing_is_spoken(made: Counted, article: Article) -> None:
    assert book(made, article) is None
    before, spoken, files = sound(made, article), len(made.engine.spoken), kept(made, "mp3")
    assert made.studio.audiobooks.ask(article.slug) == WANTED
    assert book(made, article) == WANTED
    bind(made)
    found = book(made, article)
    assert found == Audiobook(is_asked=False, sound=before.file, file=kept(made)[0], bytes=found.bytes if found else 0)
    path = made.studio.media(found.file)
    assert path.stat().st_size == found.bytes
    assert MP4(path).info.length == pytest.approx(MP3(made.studio.media(before.file)).info.length, abs=0.030)
    assert [chapter.title for chapter in MP4(path).chapters] == ["The tide", "Who waits"]
    assert len(made.engine.spoken) == spoken
    assert kept(made, "mp3") == files
    assert (sound(made, article), made.library.by_id(article.id)) == (before, article)
    assert not made.studio.audiobooks.asked()


def test_who_asks_again_gets_the_one_that_is_there_or_on_its_way(made: Counted, article: Article) -> None:
    made.studio.audiobooks.ask(article.slug)
    assert made.studio.audiobooks.ask(article.slug) == WANTED
    assert len(made.studio.audiobooks.asked()) == 1
    bind(made)
    found = book(made, article)
    assert made.studio.audiobooks.ask(article.slug) == found
    assert not made.studio.audiobooks.asked()


def test_one_that_is_asked_for_early_waits_for_the_narration(made: Counted) -> None:
    added = made.studio.intake.add_text(TEXT)
    assert made.studio.audiobooks.ask(added.slug) == WANTED
    bind(made)
    assert book(made, added) == WANTED
    made.work()
    bind(made)
    assert kept(made) == [getattr(book(made, added), "file", "")]


def test_a_new_text_has_not_the_old_audiobook(made: Counted, article: Article) -> None:
    old = bound(made, article)
    edit(made, article)
    assert book(made, article) == old, "what can be heard is still the old text"
    made.work()
    assert book(made, article) is None
    made.studio.audiobooks.clear()
    assert kept(made) == []
    new = bound(made, article)
    assert kept(made) == [new.file] != [old.file]
    assert new.sound == sound(made, article).file


def test_a_text_that_changes_while_it_is_made_gets_one_of_its_own(made: Counted, article: Article) -> None:
    class Hook(list[str]):
        def append(self, text: str) -> None:
            super().append(text)
            if not done:
                done.append(True)
                edit(made, article)

    done: list[bool] = []
    before = sound(made, article)
    empty(made)
    made.engine.spoken = Hook()
    made.studio.audiobooks.ask(article.slug)
    bind(made)
    assert done
    assert sound(made, article) == before
    made.work()
    assert sound(made, article).file != before.file
    assert book(made, article) is None or book(made, article) == WANTED
    found = bound(made, article)
    assert found.sound == sound(made, article).file
    assert kept(made) == [found.file]


def test_a_new_voice_in_the_settings_reads_no_audiobook_of_old_articles(tmp_path: Path) -> None:
    with counted(tmp_path) as made:
        article = made.narrated(TEXT)
        before = sound(made, article)
    with counted(tmp_path, narration__voice="tick/english") as made:
        assert bound(made, article).sound == before.file
        assert made.engine.spoken == []
        assert sound(made, article) == before


def test_what_sounds_otherwise_with_new_settings_does_so_in_the_article_too(tmp_path: Path) -> None:
    with counted(tmp_path) as made:
        article = made.narrated(TEXT)
        before = sound(made, article)
    with counted(tmp_path, narration__heading_voice="tick/english") as made:
        found = bound(made, article)
        assert made.engine.spoken == ["The tide", "Who waits"]
        assert found.sound == sound(made, article).file != before.file
        assert made.library.by_id(article.id).state is ArticleState.DONE


def test_a_failing_voice_is_told_and_the_article_keeps_its_sound(tmp_path: Path) -> None:
    with counted(tmp_path) as made:
        article = made.narrated(TEXT)
        before = sound(made, article)
        empty(made)
    with counted(tmp_path, fail_on="comes", narration__fallback_voice="") as made:
        made.studio.audiobooks.ask(article.slug)
        with pytest.raises(EngineFailedError, match=LOST):
            made.studio.audiobooks.make(article.id)
        bind(made)
        found = book(made, article)
        assert found == Audiobook(is_asked=False, problem=f"{LOST} {EngineFailedError.todo}")
        assert (sound(made, article), made.library.by_id(article.id)) == (before, article)
        assert made.studio.media(before.file)
        assert kept(made) == []
    with counted(tmp_path) as made:
        assert bound(made, article).sound == before.file


def test_a_voice_that_is_gone_is_told_and_can_be_tried_again(made: Counted, article: Article) -> None:
    audio = sound(made, article)
    made.library.save_audio(article.id, replace(audio, voice="tick/nobody"))
    made.studio.audiobooks.ask(article.slug)
    bind(made)
    found = book(made, article)
    assert found
    assert found.problem.startswith("There is no voice")
    made.library.save_audio(article.id, audio)
    assert made.studio.audiobooks.ask(article.slug) == WANTED
    bind(made)
    assert kept(made)


def test_a_full_disk_is_told_and_leaves_nothing(
    made: Counted, article: Article, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sound(made, article)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "absent"))
    made.studio.audiobooks.ask(article.slug)
    bind(made)
    found = book(made, article)
    assert found
    assert "The audiobook could not be written" in found.problem
    assert found.problem.endswith(StorageError.todo)
    assert (sound(made, article), made.library.by_id(article.id)) == (before, article)
    monkeypatch.undo()
    assert bound(made, article).problem == ""


def test_one_whose_file_vanished_can_be_asked_for_again(made: Counted, article: Article) -> None:
    first = bound(made, article)
    shutil.rmtree(made.config.paths.cache)
    assert book(made, article) is None
    assert [lost.id for lost in made.studio.work.lost()] == [article.id]
    made.studio.work.narrate(article.id)
    assert book(made, article) is None
    assert bound(made, article) == first


def test_an_article_is_not_narrated_again_for_a_lost_audiobook(made: Counted, article: Article) -> None:
    made.studio.media(bound(made, article).file).unlink()
    assert made.studio.work.lost() == ()


def test_a_deleted_article_has_none_and_takes_its_file_along(made: Counted, article: Article) -> None:
    bound(made, article)
    other = made.narrated(TEXT.replace("tide", "moon"))
    made.studio.audiobooks.ask(other.slug)
    for one in (article, other):
        made.studio.shelf.remove(one.slug)
        with pytest.raises(ArticleNotFoundError, match="was deleted"):
            made.studio.audiobooks.ask(one.slug)
    assert not made.studio.audiobooks.asked()
    made.pass_hours(timedelta(days=KEPT_DAYS) / timedelta(hours=1) + 1)
    made.studio.shelf.purge()
    assert kept(made) == kept(made, "mp3") == []


def test_one_that_is_deleted_while_it_is_made_comes_back_with_it(made: Counted, article: Article) -> None:
    made.studio.audiobooks.ask(article.slug)
    made.studio.shelf.remove(article.slug)
    made.studio.audiobooks.make(article.id)
    made.studio.shelf.restore(article.slug)
    assert [getattr(book(made, article), "file", "")] == kept(made)


def test_without_what_the_keeper_took_it_is_there_and_can_be_made_again(made: Counted, article: Article) -> None:
    found = bound(made, article)
    empty(made)
    assert book(made, article) == found
    made.studio.media(found.file).unlink()
    assert bound(made, article) == found


def test_two_services_of_one_folder_see_the_same_one(tmp_path: Path, made: Counted, article: Article) -> None:
    made.studio.audiobooks.ask(article.slug)
    with counted(tmp_path) as other:
        assert other.studio.audiobooks.ask(article.slug) == WANTED
        other.studio.audiobooks.make(article.id)
        made.studio.audiobooks.make(article.id)  # it had begun as well
        assert book(made, article) == book(other, article) != WANTED
    assert len(kept(made)) == 1


def test_it_takes_turns_with_a_long_narration(made: Counted, article: Article) -> None:
    long = made.studio.intake.add_text("# Long\n\n" + "".join(f"Sentence {n} is here.\n\n" for n in range(120)))
    made.studio.work.read(long.id)
    made.engine._seconds = 0.02
    narrating = threading.Thread(target=made.studio.work.narrate, args=(long.id,))
    narrating.start()
    before = len(made.engine.spoken)
    wait_until(lambda: len(made.engine.spoken) > before + 5)
    bound(made, article)
    is_narrating = narrating.is_alive()
    narrating.join()
    assert is_narrating
