"""What every `store.Audiobooks` must do. A subclass gives a `library` fixture whose clock is `clock`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.contracts.library_contract import Clock, add, audio, document
from voice_app.errors import ArticleNotFoundError, StorageError
from voice_app.model import Article, ArticleState, Audiobook

if TYPE_CHECKING:
    from voice_app.library import Library

WANTED = Audiobook(is_asked=True)


def finished(library: Library, title: str = "A title", file: str = "a.mp3") -> Article:
    added = add(library, title)
    library.set_state(added.id, ArticleState.READING)
    library.save_document(added.id, document())
    library.save_audio(added.id, audio(file=file))
    return library.by_id(added.id)


def asked(library: Library) -> list[int]:
    return [article.id for article in library.audiobooks.asked()]


def cleared(library: Library) -> list[str]:
    dropped: list[str] = []
    library.audiobooks.clear(drop=dropped.append)
    return dropped


class AudiobooksContract:
    def test_one_that_is_asked_for_is_made_and_asked_for_no_more(self, library: Library) -> None:
        article, other = finished(library), finished(library)
        assert library.audiobooks.of(article.id) is None
        library.audiobooks.ask(other.id)
        library.audiobooks.ask(article.id)
        library.audiobooks.ask(article.id)
        assert library.audiobooks.of(article.id) == WANTED
        assert asked(library) == [article.id, other.id]
        library.audiobooks.made(article.id, sound="a.mp3", file="a.m4b")
        assert library.audiobooks.of(article.id) == Audiobook(is_asked=False, sound="a.mp3", file="a.m4b")
        assert asked(library) == [other.id]

    def test_only_finished_articles_that_are_there_wait_for_one(self, library: Library, clock: Clock) -> None:
        fresh, article = add(library), finished(library)
        library.audiobooks.ask(fresh.id)
        library.audiobooks.ask(article.id)
        assert asked(library) == [article.id]
        library.ask_narration(article.id)
        assert asked(library) == []
        library.save_audio(fresh.id, audio(file="b.mp3"))
        library.set_state(fresh.id, ArticleState.DONE)
        assert asked(library) == [fresh.id]
        library.remove(fresh.id, clock.now)
        assert asked(library) == []
        library.remove(fresh.id, None)
        assert asked(library) == [fresh.id]

    def test_one_of_an_older_sound_stays_asked_for(self, library: Library) -> None:
        article = finished(library)
        library.audiobooks.ask(article.id)
        library.save_audio(article.id, audio(file="new.mp3"))
        library.audiobooks.made(article.id, sound="a.mp3", file="a.m4b")
        assert asked(library) == [article.id]
        assert cleared(library) == ["a.m4b"]
        assert library.audiobooks.of(article.id) == WANTED

    def test_a_problem_is_kept_until_it_is_asked_for_again(self, library: Library) -> None:
        article = finished(library)
        library.audiobooks.ask(article.id)
        library.audiobooks.failed(article.id, "The disk is full. Make room.")
        assert asked(library) == []
        assert library.audiobooks.of(article.id) == Audiobook(is_asked=False, problem="The disk is full. Make room.")
        assert library.by_id(article.id).state is ArticleState.DONE
        library.audiobooks.ask(article.id)
        assert library.audiobooks.of(article.id) == WANTED

    def test_files_of_sounds_that_are_no_more_are_dropped_once(self, library: Library) -> None:
        article, other = finished(library), finished(library, file="b.mp3")
        for number, name in ((article.id, "a"), (other.id, "b")):
            library.audiobooks.ask(number)
            library.audiobooks.made(number, sound=f"{name}.mp3", file=f"{name}.m4b")
        assert cleared(library) == []
        library.save_audio(other.id, audio(file="new.mp3"))
        assert cleared(library) == ["b.m4b"]
        assert cleared(library) == []
        assert library.audiobooks.of(other.id) == Audiobook(is_asked=False)
        assert library.audiobooks.of(article.id) == Audiobook(is_asked=False, sound="a.mp3", file="a.m4b")

    def test_what_could_not_be_dropped_is_dropped_the_next_time(self, library: Library) -> None:
        article = finished(library)
        library.audiobooks.ask(article.id)
        library.audiobooks.made(article.id, sound="older.mp3", file="a.m4b")

        def fail(name: str) -> None:
            raise StorageError(name)

        with pytest.raises(StorageError):
            library.audiobooks.clear(drop=fail)
        assert cleared(library) == ["a.m4b"]

    def test_it_goes_with_its_article(self, library: Library) -> None:
        article = finished(library)
        library.audiobooks.ask(article.id)
        library.audiobooks.made(article.id, sound="a.mp3", file="a.m4b")
        names = {name for _, found in library.finished_files(after=0, limit=9) for name in found}
        assert names == {"a.mp3", "c.mp3", "a.jpg"}, "an article without its audiobook is whole"
        left = library.forget(article.id)
        assert set(left.files) == {"a.mp3", "c.mp3", "a.jpg", "a.m4b"}
        assert library.audiobooks.of(article.id) is None

    def test_an_article_that_is_not_there_has_none(self, library: Library) -> None:
        assert library.audiobooks.of(7) is None
        with pytest.raises(ArticleNotFoundError):
            library.audiobooks.ask(7)
        with pytest.raises(ArticleNotFoundError):
            library.audiobooks.made(7, sound="a.mp3", file="a.m4b")
        library.audiobooks.failed(7, "Gone.")
        assert asked(library) == []
