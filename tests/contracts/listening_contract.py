"""What every Library must do for whoever listens. A subclass gives a `library` fixture whose clock is `clock`."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.contracts.library_contract import Clock, add, audio
from voice_app.errors import InputError
from voice_app.library.listening import DEVICES, HISTORY_ENTRIES, QUEUE_ARTICLES
from voice_app.model import Article, Bookmark, Device, Place, Traces

if TYPE_CHECKING:
    from voice_app.library import Library


def listener(library: Library, clock: Clock, name: str = "Phone") -> Device:
    return library.listeners.begin(f"token of {name}", name, clock.now)


def joined(library: Library, device: Device, clock: Clock, name: str = "Laptop") -> Device:
    return library.listeners.join(device.listener_id, f"token of {name}", name, clock.advance())


def at(clock: Clock, seconds: float, **more: Any) -> Place:
    return Place(**({"seconds": seconds, "at": clock.advance(), "sentence_id": "s-1", "length": 600.0} | more))


def where(bookmark: Bookmark) -> tuple[float | None, str, float | None, str]:
    """Seconds and browser of the place, then of the other one."""
    place, other = bookmark.place, bookmark.other
    first = (place.seconds, place.device) if place else (None, "")
    return (*first, other.seconds, other.device) if other else (*first, None, "")


def titles(library: Library, device: Device) -> list[str]:
    return [card.article.title for card in library.queues.cards(device.listener_id)]


def queue(library: Library, device: Device, *articles: Article) -> None:
    library.queues.change(device.listener_id, lambda ids: [*ids, *(article.id for article in articles)])


class ListenersContract:
    def test_a_browser_is_known_by_its_token_alone(self, library: Library, clock: Clock) -> None:
        phone = listener(library, clock)
        other = listener(library, clock, "Tablet")
        laptop = joined(library, phone, clock)
        assert library.listeners.device("token of Phone") == phone
        assert library.listeners.device("token of Nobody") is None
        assert library.listeners.devices(phone.listener_id) == (phone, laptop)
        assert library.listeners.devices(other.listener_id) == (other,)
        library.listeners.seen(phone.id, clock.advance())
        assert library.listeners.device("token of Phone") == replace(phone, seen_at=clock.now)

    def test_a_browser_is_named_and_removed_by_its_own_listener_only(self, library: Library, clock: Clock) -> None:
        phone, stranger = listener(library, clock), listener(library, clock, "Stranger")
        laptop = joined(library, phone, clock)
        library.listeners.rename(stranger.listener_id, laptop.id, "Mine")
        library.listeners.remove(stranger.listener_id, laptop.id)
        assert [d.name for d in library.listeners.devices(phone.listener_id)] == ["Phone", "Laptop"]
        library.listeners.rename(phone.listener_id, laptop.id, "Kitchen")
        assert [d.name for d in library.listeners.devices(phone.listener_id)] == ["Phone", "Kitchen"]
        library.listeners.remove(phone.listener_id, laptop.id)
        assert library.listeners.device("token of Laptop") is None
        assert library.listeners.device("token of Phone") == phone

    def test_the_last_browser_takes_everything_along(self, library: Library, clock: Clock) -> None:
        phone, article = listener(library, clock), add(library)
        queue(library, phone, article)
        library.places.keep(phone, article.id, at(clock, 30))
        library.listeners.remove(phone.listener_id, phone.id)
        assert library.places.of(phone.listener_id, article.id) == Bookmark()
        assert library.places.history(phone.listener_id, page=1, limit=9).total == 0
        assert titles(library, phone) == []

    def test_an_offer_is_valid_for_a_time_and_taken_once(self, library: Library, clock: Clock) -> None:
        phone, tablet = listener(library, clock), listener(library, clock, "Tablet")
        until = clock.now + timedelta(minutes=10)
        assert library.listeners.offer(phone.listener_id, "first", until=until, at=clock.now)
        assert library.listeners.offer(phone.listener_id, "code", until=until, at=clock.now)
        assert not library.listeners.offer(tablet.listener_id, "code", until=until, at=clock.now)
        assert library.listeners.offers(clock.now) == ((phone.listener_id, "code"),)
        assert library.listeners.offers(until) == ()
        assert not library.listeners.take(tablet.listener_id, "code")
        assert library.listeners.take(phone.listener_id, "code")
        assert not library.listeners.take(phone.listener_id, "code")
        assert library.listeners.offers(clock.now) == ()

    def test_so_many_browsers_share_places_and_no_more(self, library: Library, clock: Clock) -> None:
        phone, other = listener(library, clock), listener(library, clock, "Other")
        for number in range(1, DEVICES):
            joined(library, phone, clock, f"Browser {number}")
        with pytest.raises(InputError, match="More than 20 devices"):
            joined(library, phone, clock, "One more")
        with pytest.raises(InputError, match="Remove one"):
            library.listeners.merge(other, phone.listener_id)
        assert library.listeners.device("token of Other") == other

    def test_two_listeners_become_one_and_nothing_is_lost(self, library: Library, clock: Clock) -> None:
        phone, tablet = listener(library, clock), listener(library, clock, "Tablet")
        laptop = joined(library, tablet, clock)
        one, two, three = (add(library, title) for title in ("One", "Two", "Three"))
        library.places.keep(tablet, one.id, at(clock, 50))
        library.places.keep(phone, one.id, at(clock, 200))
        library.places.keep(phone, two.id, at(clock, 10))
        library.places.keep(tablet, two.id, at(clock, 90))
        library.places.keep(tablet, three.id, at(clock, 7))
        queue(library, phone, two, one)
        queue(library, tablet, three, two)
        merged = library.listeners.merge(tablet, phone.listener_id)
        assert merged == replace(tablet, listener_id=phone.listener_id)
        assert {d.id for d in library.listeners.devices(phone.listener_id)} == {phone.id, tablet.id, laptop.id}
        of = [where(library.places.of(phone.listener_id, article.id)) for article in (one, two, three)]
        assert of == [(200, "Phone", 50, "Tablet"), (90, "Tablet", 10, "Phone"), (7, "Tablet", None, "")]
        assert titles(library, phone) == ["Two", "One", "Three"]
        heard = library.places.history(phone.listener_id, page=1, limit=9)
        assert [(entry.article.title, entry.seconds) for entry in heard.entries] == [
            ("Three", 7),
            ("Two", 90),
            ("One", 200),
        ]
        assert library.places.of(tablet.listener_id, three.id) == Bookmark()

    @pytest.mark.parametrize(("is_kept", "kept"), [(True, 2), (False, 0)])
    def test_a_history_that_comes_along_obeys_the_other_ones_rules(
        self, library: Library, clock: Clock, monkeypatch: pytest.MonkeyPatch, is_kept: bool, kept: int
    ) -> None:
        monkeypatch.setattr("voice_app.library.places.HISTORY_ENTRIES", 2)
        phone, tablet, article = listener(library, clock), listener(library, clock, "Tablet"), add(library)
        library.places.keep_history(phone.listener_id, is_kept)
        for device in (phone, tablet, tablet):
            clock.advance(24 * 3600)
            library.places.keep(device, article.id, at(clock, 30))
        library.listeners.merge(tablet, phone.listener_id)
        assert library.places.history(phone.listener_id, page=1, limit=9).total == kept

    def test_what_did_not_come_for_long_is_found_and_forgotten(self, library: Library, clock: Clock) -> None:
        phone = listener(library, clock)
        laptop = joined(library, phone, clock)
        assert library.listeners.unseen_since(laptop.seen_at) == (phone.id,)
        library.listeners.forget(phone.id)
        library.listeners.forget(phone.id)
        assert library.listeners.devices(phone.listener_id) == (laptop,)


class PlacesContract:
    def test_a_place_is_kept_as_it_is(self, library: Library, clock: Clock) -> None:
        phone, article = listener(library, clock), add(library)
        place = at(clock, 61.25, sentence_id="s-9", length=99.5)
        kept = replace(place, device_id=phone.id, device="Phone")
        assert library.places.keep(phone, article.id, place) == Bookmark(place=kept)
        assert library.places.of(phone.listener_id, article.id) == Bookmark(place=kept)
        assert library.places.of(listener(library, clock, "Other").listener_id, article.id) == Bookmark()
        library.listeners.rename(phone.listener_id, phone.id, "Pocket")
        assert where(library.places.of(phone.listener_id, article.id))[1] == "Pocket"

    def test_who_goes_on_from_the_newest_place_replaces_it(self, library: Library, clock: Clock) -> None:
        phone, article = listener(library, clock), add(library)
        laptop = joined(library, phone, clock)
        library.places.keep(phone, article.id, at(clock, 100))
        assert where(library.places.keep(phone, article.id, at(clock, 160))) == (160, "Phone", None, "")
        known = clock.now
        found = library.places.keep(laptop, article.id, at(clock, 300), known=known)
        assert where(found) == (300, "Laptop", None, "")

    @pytest.mark.parametrize("is_late", [False, True])
    def test_of_two_that_did_not_know_of_each_other_the_newer_wins_and_none_is_lost(
        self, library: Library, clock: Clock, is_late: bool
    ) -> None:
        """Also when the older one arrives late, as from a browser that was offline."""
        phone, article = listener(library, clock), add(library)
        laptop = joined(library, phone, clock)
        library.places.keep(phone, article.id, at(clock, 20))
        known = clock.now
        older, newer = at(clock, 100), at(clock, 400)
        given = [(phone, newer), (laptop, older)] if is_late else [(laptop, older), (phone, newer)]
        for device, place in given:
            library.places.keep(device, article.id, place, known=known)
        expected = (400, "Phone", 100, "Laptop")
        assert where(library.places.of(phone.listener_id, article.id)) == expected

    def test_places_near_each_other_are_one(self, library: Library, clock: Clock) -> None:
        phone, article = listener(library, clock), add(library)
        laptop = joined(library, phone, clock)
        library.places.keep(phone, article.id, at(clock, 100))
        assert where(library.places.keep(laptop, article.id, at(clock, 110))) == (110, "Laptop", None, "")

    def test_the_other_place_stays_until_it_is_chosen_or_overtaken(self, library: Library, clock: Clock) -> None:
        phone, article = listener(library, clock), add(library)
        laptop = joined(library, phone, clock)

        def conflict() -> None:
            library.places.keep(phone, article.id, at(clock, 100))
            library.places.keep(laptop, article.id, at(clock, 300))

        conflict()
        found = library.places.keep(laptop, article.id, at(clock, 330))
        assert where(found) == (330, "Laptop", 100, "Phone"), "going on elsewhere does not lose it"
        assert where(library.places.keep(laptop, article.id, at(clock, 105)))[2] is None, "somebody is there now"
        conflict()
        library.places.drop_other(phone.listener_id, article.id, before=clock.now - timedelta(minutes=2))
        assert where(library.places.of(phone.listener_id, article.id))[2:] == (100, "Phone"), "it is newer"
        library.places.drop_other(phone.listener_id, article.id, before=clock.now)
        assert where(library.places.of(phone.listener_id, article.id)) == (300, "Laptop", None, "")
        conflict()
        library.places.keep(laptop, article.id, at(clock, 600, is_finished=True))
        assert where(library.places.of(phone.listener_id, article.id))[2] is None

    def test_a_place_outlives_the_browser_that_was_there(self, library: Library, clock: Clock) -> None:
        phone, article = listener(library, clock), add(library)
        laptop = joined(library, phone, clock)
        library.places.keep(laptop, article.id, at(clock, 70))
        library.listeners.remove(phone.listener_id, laptop.id)
        assert where(library.places.of(phone.listener_id, article.id)) == (70, "", None, "")

    def test_what_was_begun_is_listed_until_it_is_finished_or_deleted(self, library: Library, clock: Clock) -> None:
        phone = listener(library, clock)
        one, two, three, four = (add(library, title) for title in ("One", "Two", "Three", "Four"))
        for article in (one, two, three, four, one):
            library.places.keep(phone, article.id, at(clock, 30))
        library.places.keep(phone, two.id, at(clock, 600, is_finished=True))
        library.remove(three.id, clock.now)
        begun = library.places.begun(phone.listener_id, limit=9)
        assert [(b.article.title, b.place.seconds, b.place.left) for b in begun] == [
            ("One", 30, 570),
            ("Four", 30, 570),
        ]
        assert len(library.places.begun(phone.listener_id, limit=1)) == 1
        library.places.unfinish(phone.listener_id, two.id)
        assert library.places.of(phone.listener_id, two.id) == Bookmark()

    def test_what_is_fresh_was_neither_heard_nor_begun(self, library: Library, clock: Clock) -> None:
        phone = listener(library, clock)
        names = ("Begun", "Heard", "Archived", "Deleted", "Waiting", "Older", "Newer")
        made = {name: add(library, name) for name in names if clock.advance()}
        for name in set(names) - {"Waiting"}:
            library.save_audio(made[name].id, audio())
        library.places.keep(phone, made["Begun"].id, at(clock, 5))
        library.mark_heard(made["Heard"].id, clock.now)
        library.archive(made["Archived"].id, clock.now)
        library.remove(made["Deleted"].id, clock.now)
        assert [a.title for a in library.places.fresh(phone.listener_id, limit=9)] == ["Newer", "Older"]
        assert [a.title for a in library.places.fresh(None, limit=2)] == ["Newer", "Older"]
        assert [a.title for a in library.places.fresh(None, limit=9)] == ["Newer", "Older", "Begun"]

    def test_lists_show_what_a_listener_left(self, library: Library, clock: Clock) -> None:
        phone = listener(library, clock)
        one, two, three = (add(library, title) for title in ("One", "Two", "Three"))
        kept = library.places.keep(phone, one.id, at(clock, 30)).place
        queue(library, phone, one, two)
        found = library.places.traces(phone.listener_id, [one.id, two.id, three.id])
        assert found == {one.id: Traces(place=kept, is_queued=True), two.id: Traces(is_queued=True)}

    def test_the_history_has_one_entry_for_an_article_and_a_day(self, library: Library, clock: Clock) -> None:
        phone = listener(library, clock)
        one, two = add(library, "One"), add(library, "Two")
        library.places.keep(phone, one.id, at(clock, 30))
        library.places.keep(phone, one.id, at(clock, 600, is_finished=True))
        early = clock.now - timedelta(seconds=30)
        library.places.keep(phone, one.id, at(clock, 400, at=early))
        library.places.keep(phone, two.id, at(clock, 9))
        clock.advance(24 * 3600)
        library.places.keep(phone, one.id, at(clock, 50))
        found = library.places.history(phone.listener_id, page=1, limit=2)
        assert (found.total, found.pages, found.is_kept) == (3, 2, True)
        assert [(e.article.title, e.seconds, e.is_finished) for e in found.entries] == [
            ("One", 50, False),
            ("Two", 9, False),
        ]
        (last,) = library.places.history(phone.listener_id, page=7, limit=2).entries
        assert (last.article.title, last.seconds, last.is_finished) == ("One", 600, True)

    def test_the_history_is_cleared_and_switched_off_and_places_stay(self, library: Library, clock: Clock) -> None:
        phone, article = listener(library, clock), add(library)
        library.places.keep(phone, article.id, at(clock, 30))
        library.places.clear_history(phone.listener_id)
        library.places.keep_history(phone.listener_id, False)
        library.places.keep(phone, article.id, at(clock, 60))
        found = library.places.history(phone.listener_id, page=1, limit=9)
        assert (found.entries, found.is_kept) == ((), False)
        assert where(library.places.of(phone.listener_id, article.id))[0] == 60
        library.places.keep_history(phone.listener_id, True)
        library.places.keep(phone, article.id, at(clock, 90))
        assert library.places.history(phone.listener_id, page=1, limit=9).total == 1

    def test_the_history_keeps_its_newest_entries(
        self, library: Library, clock: Clock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert HISTORY_ENTRIES == 10_000
        monkeypatch.setattr("voice_app.library.places.HISTORY_ENTRIES", 3)
        phone, article = listener(library, clock), add(library)
        for _ in range(5):
            clock.advance(24 * 3600)
            library.places.keep(phone, article.id, at(clock, 30))
        found = library.places.history(phone.listener_id, page=1, limit=9)
        assert [(clock.now - e.at).days for e in found.entries] == [0, 1, 2]


class QueuesContract:
    def test_a_queue_keeps_its_order_and_each_article_once(self, library: Library, clock: Clock) -> None:
        phone, other = listener(library, clock), listener(library, clock, "Other")
        one, two, three = (add(library, title) for title in ("One", "Two", "Three"))
        queue(library, phone, two, one, two, three)
        queue(library, other, three)
        assert titles(library, phone) == ["Two", "One", "Three"]
        library.queues.change(phone.listener_id, lambda ids: ids[::-1])
        assert titles(library, phone) == ["Three", "One", "Two"]
        assert titles(library, other) == ["Three"]

    def test_what_is_deleted_is_not_in_the_queue(self, library: Library, clock: Clock) -> None:
        phone, one, two = listener(library, clock), add(library, "One"), add(library, "Two")
        queue(library, phone, one, two)
        library.remove(one.id, clock.now)
        assert titles(library, phone) == ["Two"]

    def test_a_queue_that_is_full_says_so_and_stays(self, library: Library, clock: Clock) -> None:
        assert QUEUE_ARTICLES == 500
        phone = listener(library, clock)
        articles = [add(library, f"Number {number}") for number in range(3)]
        queue(library, phone, articles[0])
        with pytest.raises(InputError, match="The queue is full"):
            library.queues.change(phone.listener_id, lambda ids: [*range(1, 502)])
        assert titles(library, phone) == ["Number 0"]
