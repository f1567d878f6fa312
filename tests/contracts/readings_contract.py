"""What every Library must do with a person's choices and with changes of sources. Part of the library's contract."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.contracts.library_contract import Clock, add, audio, document
from voice_app.errors import ArticleNotFoundError
from voice_app.library.changes import KEPT_CHANGES
from voice_app.model import ArticleState, Change, Changed, Choice, Edit, Manner, Watch

if TYPE_CHECKING:
    from voice_app.library import Library
    from voice_app.model import Article

ADDRESS = "https://example.org/bread"


def done(library: Library, origin: str = ADDRESS) -> Article:
    article = add(library, origin=origin, original="")
    library.set_state(article.id, ArticleState.READING)
    library.save_document(article.id, document())
    library.set_state(article.id, ArticleState.NARRATING)
    library.save_audio(article.id, audio())
    return library.by_id(article.id)


def change(clock: Clock, number: int = 1) -> Change:
    return Change(at=clock.now, changed=1, added=0, removed=0, sentences=(Changed(old="Old.", new=f"New {number}."),))


class ReadingsContract:
    @pytest.fixture
    def clock(self) -> Clock:
        return Clock()

    def test_the_listeners_style_is_kept_as_a_whole(self, library: Library) -> None:
        assert library.readings.site_style() == {}
        library.readings.set_site_style({"code": Manner.READ, "notes": Manner.LEFT_OUT})
        library.readings.set_site_style({"code": Manner.NAMED})
        assert library.readings.site_style() == {"code": Manner.NAMED}

    def test_what_was_chosen_for_an_article_comes_back(self, library: Library) -> None:
        one, other = add(library), add(library)
        said = Edit(sentence_id="s-1", written="Old.", spoken="New.")
        silent = Edit(sentence_id="s-2", written="Gone.", spoken=None)
        library.readings.set_article_style(one.id, {"code": Manner.READ})
        library.readings.edit(one.id, Edit(sentence_id="s-1", written="Old.", spoken="First."))
        library.readings.edit(one.id, said)
        library.readings.edit(one.id, silent)
        library.readings.choose(one.id, Choice(block_id="b-1", is_read=True))
        library.readings.choose(one.id, Choice(block_id="b-1", is_read=False))
        found = library.readings.chosen(one.id)
        assert found.style == {"code": Manner.READ}
        assert found.choices == (Choice(block_id="b-1", is_read=False),)
        assert set(found.edits) == {said, silent}
        assert library.readings.all_chosen() == {one.id: found}
        assert library.readings.chosen(other.id).edits == ()

    def test_what_is_forgotten_is_gone(self, library: Library) -> None:
        article = add(library)
        library.readings.set_article_style(article.id, {"code": Manner.READ})
        library.readings.edit(article.id, Edit(sentence_id="s-1", written="Old.", spoken=None))
        library.readings.choose(article.id, Choice(block_id="b-1", is_read=True))
        library.readings.set_article_style(article.id, {})
        library.readings.forget_edit(article.id, "s-1")
        library.readings.forget_choice(article.id, "b-1")
        library.readings.forget_choice(article.id, "never")
        assert library.readings.all_chosen() == {}

    def test_a_removed_article_takes_its_choices_with_it(self, library: Library, clock: Clock) -> None:
        article = add(library)
        library.readings.set_article_style(article.id, {"code": Manner.READ})
        library.changes.set_every_hours(article.id, 24)
        library.save_document(article.id, document(), change=change(clock))
        library.forget(article.id)
        assert library.readings.all_chosen() == {}
        assert (library.changes.of(article.id), library.changes.watch(article.id)) == ((), Watch())

    def test_an_article_that_is_not_there_is_a_clear_error(self, library: Library, clock: Clock) -> None:
        for call in (
            lambda: library.readings.chosen(7),
            lambda: library.readings.set_article_style(7, {}),
            lambda: library.readings.edit(7, Edit(sentence_id="s", written="", spoken=None)),
            lambda: library.readings.choose(7, Choice(block_id="b", is_read=True)),
            lambda: library.changes.validators(7),
            lambda: library.changes.set_every_hours(7, 1),
            lambda: library.changes.checked(7, clock.now),
            lambda: library.ask_narration(7),
        ):
            with pytest.raises(ArticleNotFoundError):
                call()

    def test_changes_are_kept_with_the_text_the_newest_first(self, library: Library, clock: Clock) -> None:
        article = add(library)
        for number in range(KEPT_CHANGES + 3):
            library.save_document(article.id, document(), change=change(clock, number))
            at = clock.now
            clock.advance()
        found = library.changes.of(article.id)
        assert len(found) == KEPT_CHANGES
        assert found[0] == Change(
            at=at, changed=1, added=0, removed=0, sentences=(Changed(old="Old.", new=f"New {KEPT_CHANGES + 2}."),)
        )
        assert library.by_id(article.id).changed_at == at
        library.save_document(article.id, document())
        assert library.by_id(article.id).changed_at == at

    def test_a_look_is_noted_with_its_trouble(self, library: Library, clock: Clock) -> None:
        article = add(library)
        library.changes.set_every_hours(article.id, 24)
        library.changes.checked(article.id, clock.now, trouble="It is gone.")
        assert library.changes.watch(article.id) == Watch(every_hours=24, trouble="It is gone.")
        assert library.by_id(article.id).checked_at == clock.now
        library.changes.checked(article.id, clock.now)
        library.changes.set_every_hours(article.id, None)
        assert library.changes.watch(article.id) == Watch()

    def test_validators_come_back(self, library: Library) -> None:
        article = add(library)
        assert library.changes.validators(article.id) == (None, None)
        library.changes.set_validators(article.id, '"a"', "Tue, 02 Mar 2027 08:00:00 GMT")
        assert library.changes.validators(article.id) == ('"a"', "Tue, 02 Mar 2027 08:00:00 GMT")

    def test_the_longest_due_comes_first(self, library: Library, clock: Clock) -> None:
        first, second = done(library), done(library)
        own, never, busy = done(library), done(library), done(library)
        done(library, "pasted text")
        add(library, origin="https://example.org/from-a-feed", original="Body.")
        library.changes.set_every_hours(own.id, 1)
        library.changes.set_every_hours(never.id, 0)
        library.set_state(busy.id, ArticleState.WAITING)
        library.changes.checked(first.id, clock.now + timedelta(hours=1))
        start = clock.now
        assert library.changes.due(start, every_hours=24) == ()
        assert library.changes.due(start + timedelta(hours=1), every_hours=24) == (own.id,)
        assert library.changes.due(start + timedelta(hours=25), every_hours=24) == (own.id, second.id, first.id)
        assert library.changes.due(start + timedelta(days=900), every_hours=0) == (own.id,)

    @pytest.mark.parametrize(
        ("state", "after"),
        [
            (ArticleState.DONE, ArticleState.READY),
            (ArticleState.PROBLEM, ArticleState.READY),
            (ArticleState.READY, ArticleState.READY),
            (ArticleState.NARRATING, ArticleState.READY),
            (ArticleState.READING, ArticleState.WAITING),
            (ArticleState.WAITING, ArticleState.WAITING),
        ],
    )
    def test_narration_is_asked_for(self, library: Library, state: ArticleState, after: ArticleState) -> None:
        article = done(library)
        library.set_state(article.id, state)
        library.ask_narration(article.id)
        assert library.by_id(article.id).state is after

    def test_what_was_not_read_cannot_be_narrated(self, library: Library) -> None:
        article = add(library)
        library.set_state(article.id, ArticleState.PROBLEM, problem="It was empty.")
        library.ask_narration(article.id)
        assert library.by_id(article.id).state is ArticleState.PROBLEM

    @pytest.mark.parametrize("state", [ArticleState.NARRATING, ArticleState.READY])
    def test_narration_asked_for_during_a_run_wins_over_it(self, library: Library, state: ArticleState) -> None:
        article = done(library)
        library.set_state(article.id, state)
        library.ask_narration(article.id)
        library.save_audio(article.id, audio())
        assert library.by_id(article.id).state is ArticleState.READY
        library.set_state(article.id, ArticleState.NARRATING)
        library.save_audio(article.id, audio())
        assert library.by_id(article.id).state is ArticleState.DONE
