"""What every Library must do. A subclass gives a `library` fixture whose clock is `clock`."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from voice_app.errors import ArticleNotFoundError, LibraryError
from voice_app.model import (
    Article,
    ArticleAudio,
    ArticleState,
    Block,
    BlockKind,
    ChapterAudio,
    ChapterMark,
    Cue,
    Document,
)

if TYPE_CHECKING:
    from voice_app.library import Library


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, seconds: float = 60) -> datetime:
        self.now += timedelta(seconds=seconds)
        return self.now


def add(library: Library, title: str = "The immune system", **changes: str) -> Article:
    given = {"origin": "pasted text", "media_type": "text/plain", "original": "Body.", "digest": "d1"} | changes
    return library.add(title=title, **given)


def document(**changes: Any) -> Document:
    blocks = (Block(kind=BlockKind.HEADING, text="Title", level=1), Block(kind=BlockKind.PARAGRAPH, text="Body."))
    return Document(**({"title": "What was read", "blocks": blocks} | changes))


def audio(**changes: Any) -> ArticleAudio:
    cue = Cue(sentence_id="s1", written="Body.", start=0.0, end=1.1)
    chapter = ChapterAudio(
        number=1, title="One", file="c.mp3", seconds=1.5, loudness_lufs=-16.0, true_peak_dbtp=-1.2, cues=(cue,)
    )
    values: dict[str, Any] = {"file": "a.mp3", "bytes": 9, "sha384": "x", "seconds": 1.5, "loudness_lufs": -16.1}
    values |= {"true_peak_dbtp": -1.2, "artwork": "a.jpg", "script_digest": "s", "voice": "tick/tock"}
    values |= {"chapters": (chapter,), "marks": (ChapterMark(number=1, title="One", start=0.0, end=1.5),)}
    return ArticleAudio(**(values | {"cues": (cue,)} | changes))


class LibraryContract:
    @pytest.fixture
    def clock(self) -> Clock:
        return Clock()

    def test_added_article_waits(self, library: Library, clock: Clock) -> None:
        article = add(library, source_url="https://example.org/a")
        assert article.state is ArticleState.WAITING
        assert article.slug == "the-immune-system"
        assert article.added_at == clock.now
        assert article.source_url == "https://example.org/a"
        assert len(article.guid) == 36
        assert article == library.by_id(article.id) == library.article(article.slug)

    def test_same_title_gets_another_slug_and_guid(self, library: Library) -> None:
        made = [add(library) for _ in range(3)]
        assert [a.slug for a in made] == ["the-immune-system", "the-immune-system-2", "the-immune-system-3"]
        assert len({a.guid for a in made}) == 3

    def test_an_unknown_article_is_a_clear_error(self, library: Library) -> None:
        calls = [
            lambda: library.article("nothing"),
            lambda: library.by_id(7),
            lambda: library.original(7),
            lambda: library.document(7),
            lambda: library.audio(7),
            lambda: library.set_state(7, ArticleState.READY),
            lambda: library.save_document(7, document()),
            lambda: library.save_progress(7, 1, 2),
            lambda: library.save_audio(7, audio()),
            lambda: library.mark_heard(7, datetime(2027, 3, 1, tzinfo=UTC)),
            lambda: library.replace(7, original="", media_type="text/plain", digest=""),
        ]
        for call in calls:
            with pytest.raises(ArticleNotFoundError):
                call()

    def test_newest_first(self, library: Library, clock: Clock) -> None:
        first = add(library, "One")
        clock.advance()
        second, third = add(library, "Two"), add(library, "Three")  # the same moment: the later id is newer
        assert [a.id for a in library.articles()] == [third.id, second.id, first.id]

    def test_only_some_states_ask_for_work(self, library: Library) -> None:
        made = {state: add(library) for state in ArticleState}
        for state, article in made.items():
            library.set_state(article.id, state)
        asking = [ArticleState.WAITING, ArticleState.READING, ArticleState.READY, ArticleState.NARRATING]
        assert [(a.id, a.state) for a in library.asking()] == [(made[state].id, state) for state in asking]

    def test_by_origin_gives_the_newest(self, library: Library) -> None:
        add(library, origin="https://example.org/a")
        newer = add(library, origin="https://example.org/a")
        assert library.by_origin("https://example.org/a") == newer
        assert library.by_origin("https://example.org/b") is None

    def test_original_is_kept_as_it_was(self, library: Library) -> None:
        text = "Zwölf\r\n“quoted”\0 🎧"
        article = add(library, original=text, media_type="text/markdown", digest="abc", origin="a.md")
        kept = library.original(article.id)
        assert (kept.original, kept.media_type, kept.digest, kept.origin) == (text, "text/markdown", "abc", "a.md")

    def test_a_file_of_the_folder_is_one_article(self, library: Library) -> None:
        article = add(library, origin="content/articles/a.md")
        library.set_state(article.id, ArticleState.READING)
        same = add(library, origin="content/articles/a.md")
        assert (same.id, same.state) == (article.id, ArticleState.READING)
        changed = add(library, origin="content/articles/a.md", original="New.", digest="d2")
        assert (changed.id, changed.slug, changed.guid) == (article.id, article.slug, article.guid)
        assert changed.state is ArticleState.WAITING
        assert library.original(article.id).original == "New."
        assert len(library.articles()) == 1

    def test_replace_asks_again_and_keeps_the_audio(self, library: Library) -> None:
        article = add(library)
        _finish(library, article)
        replaced = library.replace(article.id, original="New.", media_type="text/html", digest="d2")
        assert replaced.state is ArticleState.WAITING
        assert (replaced.slug, replaced.guid) == (article.slug, article.guid)
        assert library.audio(article.id) == audio()
        assert library.original(article.id).media_type == "text/html"

    def test_problem_has_a_sentence_until_the_next_state(self, library: Library) -> None:
        article = add(library)
        library.set_state(article.id, ArticleState.READING)
        library.set_state(article.id, ArticleState.PROBLEM, problem="It was empty.")
        assert library.by_id(article.id).problem == "It was empty."
        library.set_state(article.id, ArticleState.WAITING)
        assert library.by_id(article.id).problem == ""

    def test_document_comes_back_and_the_row_shows_it(self, library: Library) -> None:
        article = add(library, "https://example.org/2026/the-story.html", source_url="https://example.org/x")
        assert library.document(article.id) is None
        library.set_state(article.id, ArticleState.READING)
        read = document(byline="A. Writer", language="de", published=date(2026, 2, 3), summary="Short.")
        library.save_document(article.id, read)
        after = library.by_id(article.id)
        assert library.document(article.id) == read
        assert (after.title, after.byline, after.language) == ("What was read", "A. Writer", "de")
        assert (after.published, after.summary) == (date(2026, 2, 3), "Short.")
        assert after.source_url == "https://example.org/x"
        assert after.state is ArticleState.READY
        assert after.slug == article.slug == "the-story"

    def test_what_is_saved_again_is_what_comes_back(self, library: Library) -> None:
        article = add(library)
        _finish(library, article)
        _finish(library, article)
        library.save_document(article.id, document(title="Read again"))
        library.save_audio(article.id, audio(file="again.mp3"))
        ((row, sound, read),) = library.finished()
        assert (row.title, read.title, sound.file) == ("Read again", "Read again", "again.mp3")
        assert (library.audio(article.id), library.document(article.id)) == (sound, read)

    def test_audio_finishes_the_article(self, library: Library, clock: Clock) -> None:
        article = add(library)
        assert library.audio(article.id) is None
        _read(library, article)
        library.set_state(article.id, ArticleState.NARRATING)
        finished_at = clock.advance()
        library.save_audio(article.id, audio())
        done = library.by_id(article.id)
        assert done.state is ArticleState.DONE
        assert (done.seconds, done.spoken, done.sentences, done.finished_at) == (1.5, 1, 1, finished_at)
        assert library.audio(article.id) == audio()

    def test_the_episodes_date_never_moves(self, library: Library, clock: Clock) -> None:
        article = add(library)
        _finish(library, article)
        first = library.by_id(article.id).finished_at
        clock.advance()
        library.replace(article.id, original="New.", media_type="text/plain", digest="d2")
        _finish(library, article)
        assert library.by_id(article.id).finished_at == first is not None

    def test_finished_newest_first_and_never_gone_again(self, library: Library, clock: Clock) -> None:
        one, two, _unfinished = add(library, "One"), add(library, "Two"), add(library, "Three")
        _finish(library, two)
        clock.advance()
        _finish(library, one)
        assert [entry[0].id for entry in library.finished()] == [one.id, two.id]
        assert library.finished()[0] == (library.by_id(one.id), audio(), document())
        library.set_state(one.id, ArticleState.WAITING)
        assert [entry[0].id for entry in library.finished()] == [one.id, two.id]

    def test_a_request_wins_over_the_run(self, library: Library) -> None:
        article = add(library)
        library.set_state(article.id, ArticleState.READING)
        library.save_document(article.id, document())
        library.set_state(article.id, ArticleState.NARRATING)
        assert library.save_progress(article.id, 1, 9)
        library.replace(article.id, original="New.", media_type="text/plain", digest="d2")
        assert not library.save_progress(article.id, 2, 9)
        library.save_audio(article.id, audio())
        library.set_state(article.id, ArticleState.PROBLEM, problem="Old.")
        library.set_state(article.id, ArticleState.NARRATING)
        library.save_document(article.id, document())
        after = library.by_id(article.id)
        assert (after.state, after.problem) == (ArticleState.WAITING, "")
        library.set_state(article.id, ArticleState.READING)
        assert library.by_id(article.id).state is ArticleState.READING

    def test_an_article_added_with_its_document_is_ready_at_once(self, library: Library) -> None:
        article = add(library)
        library.save_document(article.id, document())
        assert library.by_id(article.id).state is ArticleState.READY

    def test_trying_again_after_a_problem_is_no_race(self, library: Library) -> None:
        article = add(library)
        library.set_state(article.id, ArticleState.PROBLEM, problem="It was empty.")
        library.set_state(article.id, ArticleState.WAITING)
        library.set_state(article.id, ArticleState.PROBLEM, problem="It is still empty.")
        assert library.by_id(article.id).problem == "It is still empty."

    def test_progress(self, library: Library) -> None:
        article = add(library)
        _read(library, article)
        library.save_progress(article.id, 3, 12)
        after = library.by_id(article.id)
        assert (after.spoken, after.sentences, after.state) == (3, 12, ArticleState.READY)

    def test_heard_and_not_heard(self, library: Library, clock: Clock) -> None:
        article = add(library)
        assert library.mark_heard(article.id, clock.now).heard_at == clock.now
        assert library.by_id(article.id).heard_at == clock.now
        assert library.mark_heard(article.id, clock.now, is_heard=False).heard_at is None

    def test_of_two_words_on_whether_it_was_heard_the_later_one_holds(self, library: Library, clock: Clock) -> None:
        """Also when it arrives first: a browser that was away tells later what was done there."""
        article = add(library)
        early, late = clock.now, clock.now + timedelta(hours=1)
        library.mark_heard(article.id, late, is_heard=False)
        assert library.mark_heard(article.id, early).heard_at is None
        assert library.mark_heard(article.id, late).heard_at == late
        assert library.mark_heard(article.id, early, is_heard=False).heard_at == late

    def test_first_setting_is_kept(self, library: Library) -> None:
        assert library.setting("feed guid", lambda: "one") == "one"
        assert library.setting("feed guid", lambda: "two") == "one"
        assert library.setting("other", lambda: "two") == "two"

    def test_one_setting_when_many_race(self, library: Library) -> None:
        together = threading.Barrier(8)
        got: list[str] = []

        def ask(name: str) -> None:
            together.wait()
            got.append(library.setting("secret", lambda: name))

        _all_at_once([threading.Thread(target=ask, args=(f"value {n}",)) for n in range(8)])
        assert len(got) == 8
        assert len(set(got)) == 1

    def test_many_threads_add_at_once(self, library: Library) -> None:
        def work() -> None:
            for _ in range(5):
                library.articles()
                _finish(library, add(library))

        _all_at_once([threading.Thread(target=work) for _ in range(4)])
        made = library.finished()
        assert len({article.slug for article, _, _ in made}) == len(library.articles()) == 20

    def test_two_that_ask_for_one_address_at_once_get_one_article(self, library: Library, clock: Clock) -> None:
        got: list[Article] = []
        address = "https://example.org/walk"
        together = threading.Barrier(4)

        def work() -> None:
            together.wait(10)
            got.append(add(library, origin=address))

        _all_at_once([threading.Thread(target=work) for _ in range(4)])
        assert len(got) == 4
        assert {article.id for article in got} == {article.id for article in library.articles()} == {got[0].id}
        library.remove(got[0].id, clock.now)
        assert add(library, origin=address).id != got[0].id

    def test_revision_changes_with_every_write(self, library: Library, clock: Clock) -> None:
        article = add(library)
        writes = [
            lambda: add(library),
            lambda: library.set_state(article.id, ArticleState.READING),
            lambda: library.save_document(article.id, document()),
            lambda: library.save_progress(article.id, 1, 2),
            lambda: library.save_audio(article.id, audio()),
            lambda: library.mark_heard(article.id, clock.now),
            lambda: library.replace(article.id, original="", media_type="text/plain", digest=""),
        ]
        seen = {library.revision()}
        for number, write in enumerate(writes, start=2):
            write()
            seen.add(library.revision())
            assert len(seen) == number
        library.articles()
        assert library.revision() in seen

    def test_text_that_cannot_be_stored_is_a_clear_error(self, library: Library) -> None:
        with pytest.raises(LibraryError, match="characters that do not exist"):
            add(library, original="half a character: \ud83c")
        assert library.articles() == ()

    def test_a_forgotten_article_is_gone_and_its_slug_is_free(self, library: Library) -> None:
        article, other = add(library), add(library, title="Another")
        before = library.revision()
        library.forget(article.id)
        library.forget(article.id)
        assert library.articles() == (other,)
        assert library.revision() != before
        with pytest.raises(ArticleNotFoundError):
            library.original(article.id)
        again = add(library)
        assert (again.slug, again.id != article.id, again.guid != article.guid) == (article.slug, True, True)


def _read(library: Library, article: Article) -> None:
    library.set_state(article.id, ArticleState.READING)
    library.save_document(article.id, document())


def _finish(library: Library, article: Article) -> None:
    _read(library, article)
    library.save_audio(article.id, audio())


def _all_at_once(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
        assert not thread.is_alive()
