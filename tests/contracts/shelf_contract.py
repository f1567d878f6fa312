"""What every Library must do for its listeners. A subclass gives a `library` fixture whose clock is `clock`."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.contracts.library_contract import Clock, add, audio
from voice_app.errors import ArticleNotFoundError, EmptyInputError, InputError
from voice_app.model import Article, ArticleState, Block, BlockKind, Document, Order, Topic, Treatment, View, Wanted

if TYPE_CHECKING:
    from voice_app.library import Library

STORY = (
    "The ferry to the island stopped in the autumn because its engine was worn out. Nobody had the money for another. "
    "For two winters the post came by fishing boat, and the school had one teacher who slept in its attic. Then the "
    "council sold a field, a yard in the north found an engine that fitted, and a man who had been a mechanic on that "
    "ship for thirty years came out of his retirement to put it in. It took him eleven weeks. On the first crossing "
    "the harbour band played, rather badly, and the ferry was forty minutes late because the captain wanted to greet "
    "everyone. Tickets cost what they cost before. The timetable has three crossings on each day of the summer."
)
TYPED = ['"', "'", "*", "AND", "a OR", "NOT x", "NEAR(", "(", ")", "title:", "-", "^a", "a*b", '""', "{a b}:c", "+"]
TYPED += ["\0", "…", "a" * 5000, '"a" "', "col : x", ";--", "\ud83c", "💥", "a AND"]


def written(title: str, text: str = "", **more: Any) -> Document:
    blocks = (Block(kind=BlockKind.HEADING, text=title, level=1),)
    blocks += tuple(Block(kind=BlockKind.PARAGRAPH, text=part) for part in text.split("\n") if part)
    return Document(**({"title": title, "blocks": blocks} | more))


def shelve(library: Library, title: str, text: str = "", *, origin: str = "pasted text", **more: Any) -> Article:
    article = add(library, title, origin=origin)
    library.save_document(article.id, written(title, text, **more))
    return library.by_id(article.id)


def titles(library: Library, query: str = "", **wanted: Any) -> list[str]:
    return [card.article.title for card in library.listing(Wanted(query=query, **wanted)).cards]


class ShelfContract:
    def test_a_list_has_pages(self, library: Library, clock: Clock) -> None:
        for number in range(7):
            clock.advance()
            add(library, f"Article {number}")
        first = library.listing(Wanted(), limit=3)
        last = library.listing(Wanted(), page=3, limit=3)
        assert [card.article.title for card in first.cards] == ["Article 6", "Article 5", "Article 4"]
        assert [card.article.title for card in last.cards] == ["Article 0"]
        assert (first.total, first.page, first.pages, last.page) == (7, 1, 3, 3)
        assert library.listing(Wanted(), page=99, limit=3) == last

    def test_an_empty_library_has_one_empty_page(self, library: Library) -> None:
        listing = library.listing(Wanted(), page=4)
        assert (listing.cards, listing.total, listing.page, listing.pages) == ((), 0, 1, 1)

    def test_each_order(self, library: Library, clock: Clock) -> None:
        for title, seconds in (("Über alles", 30.0), ("apple", 90.0), ("“Zebra", 60.0), ("Not yet", 0.0)):
            clock.advance()
            article = add(library, title)
            if seconds:
                library.save_audio(article.id, audio(seconds=seconds))
        library.mark_heard(library.article("uber-alles").id, clock.now)
        assert titles(library, order=Order.NEWEST) == ["Not yet", "“Zebra", "apple", "Über alles"]
        assert titles(library, order=Order.TITLE) == ["apple", "Not yet", "Über alles", "“Zebra"]
        assert titles(library, order=Order.LONGEST) == ["apple", "“Zebra", "Über alles", "Not yet"]
        assert titles(library, order=Order.SHORTEST) == ["Über alles", "“Zebra", "apple", "Not yet"]
        assert titles(library, order=Order.HEARD)[0] == "Über alles"

    def test_each_view(self, library: Library, clock: Clock) -> None:
        plain, liked, stored, broken, gone, heard = (
            add(library, title) for title in ("Plain", "Liked", "Stored", "Broken", "Gone", "Heard")
        )
        library.favourite(liked.id, clock.now)
        library.archive(stored.id, clock.now)
        assert not library.has_problems()
        library.set_state(broken.id, ArticleState.PROBLEM, problem="It was empty.")
        assert library.has_problems()
        library.remove(gone.id, clock.now)
        library.mark_heard(heard.id, clock.now)
        assert titles(library) == ["Heard", "Broken", "Liked", "Plain"]
        assert titles(library, view=View.UNHEARD) == ["Broken", "Liked", "Plain"]
        assert titles(library, view=View.FAVOURITES) == ["Liked"]
        assert titles(library, view=View.ARCHIVED) == ["Stored"]
        assert titles(library, view=View.PROBLEMS) == ["Broken"]
        assert titles(library, view=View.EVERYTHING) == ["Heard", "Broken", "Stored", "Liked", "Plain"]
        assert titles(library, view=View.DELETED) == ["Gone"]
        for article in (liked, stored):
            library.favourite(article.id, None)
            library.archive(article.id, None)
        assert titles(library) == ["Heard", "Broken", "Stored", "Liked", plain.title]

    # -- search -----------------------------------------------------------------------------

    def test_words_are_found_whatever_their_case_accents_and_order(self, library: Library) -> None:
        shelve(library, "Beer gardens", "In München the café opens at noon.")
        shelve(library, "Bees", "They sleep in winter.")
        for query in ("munchen", "MÜNCHEN", "cafe noon", "noon café", "opens CAFÉ", "mun", "beer GARDENS noon"):
            assert titles(library, query) == ["Beer gardens"], query
        for query in ("munchen winter", "ünchen", "noonday", "garden noon"):
            assert titles(library, query) == [], query

    def test_the_last_word_may_be_begun_and_a_quoted_one_may_not(self, library: Library) -> None:
        shelve(library, "Ships", "The lighthouse keeper lit the lamp.")
        assert titles(library, "keeper lig") == ["Ships"]
        assert titles(library, '"lig"') == []
        assert titles(library, '"lighthouse keeper"') == titles(library, "“keeper lit the”") == ["Ships"]
        assert titles(library, '"keeper lighthouse"') == []

    @pytest.mark.parametrize(
        ("text", "found", "not_found"),
        [
            ("東京の天気は今日もよいです。港へ行く。", ("天気", "今日", "東京 港", "よい"), ("天今", "大阪")),
            ("北京的图书馆很大，里面有很多书。", ("图书馆", "北京", "很多书"), ("图馆",)),
            ("วันนี้อากาศดีมากที่เชียงใหม่", ("อากาศ", "เชียงใหม่"), ("ฝนตก",)),
            ("학교에서 책을 읽었다.", ("학교", "책"), ("학생",)),
            ("हिन्दी में एक लेख", ("हिन्दी", "लेख", "हिन्"), ("हद", "हुन्दू")),
            ("Кошка спит на окне", ("кошка", "ОКНЕ"), ("ошка",)),
        ],
    )
    def test_every_script_is_searched(
        self, library: Library, text: str, found: tuple[str, ...], not_found: tuple[str, ...]
    ) -> None:
        shelve(library, "One", text)
        for query in found:
            (card,) = library.listing(Wanted(query=query)).cards
            assert any(piece.is_match for piece in card.excerpt), query
            assert "".join(piece.text for piece in card.excerpt) in text, query
        for query in not_found:
            assert titles(library, query) == [], query

    def test_a_title_weighs_more_than_a_text(self, library: Library) -> None:
        shelve(library, "The sea in winter", "Snow and tides. " * 20)
        shelve(library, "A walk", "The sea is near here. " + "One more step. " * 30 + "The sea, the sea.")
        shelve(library, "Ports", "Ships. " * 30, topics=("Sea",))
        assert titles(library, "sea") == ["The sea in winter", "Ports", "A walk"]

    def test_an_author_and_a_site_are_found(self, library: Library) -> None:
        shelve(library, "One", byline="Ada Marsh", site="The Coast Journal")
        assert titles(library, "marsh journal") == ["One"]

    def test_what_was_left_out_is_not_found(self, library: Library) -> None:
        document = written("A page", "Its text.")
        menu = Block(kind=BlockKind.PARAGRAPH, text="Subscribe now", treatment=Treatment.SKIPPED, reason="menu")
        picture = Block(kind=BlockKind.FIGURE, text="A caption", alt="a heron")
        table = Block(kind=BlockKind.TABLE, text="", rows=(("Month", "Rain"), ("May", "little")))
        article = add(library, "A page")
        library.save_document(article.id, written("A page", blocks=(*document.blocks, menu, picture, table)))
        assert titles(library, "subscribe") == []
        assert titles(library, "heron") == titles(library, "caption") == titles(library, "may little") == ["A page"]

    def test_an_excerpt_marks_what_was_found_and_nothing_else(self, library: Library) -> None:
        shelve(library, "One", "Before it. <b>The</b> heron stood & waited \x02in\x03 the reeds.")
        (card,) = library.listing(Wanted(query="heron reeds")).cards
        assert [piece.text for piece in card.excerpt if piece.is_match] == ["heron", "reeds"]
        whole = "".join(piece.text for piece in card.excerpt)
        assert whole == "Before it. <b>The</b> heron stood & waited in the reeds."

    @pytest.mark.parametrize("query", TYPED)
    def test_nothing_that_is_typed_breaks_the_search(self, library: Library, query: str) -> None:
        shelve(library, "One", "Something that is not found.")
        assert titles(library, query) == []

    def test_marks_beside_words_are_passed_over(self, library: Library) -> None:
        shelve(library, "One", "A heron-like bird of 1.5 kg.")
        for query in (
            "heron 💥",
            "- heron",
            "heron-like",
            "1.5 kg",
            "heron * bird",
            "'heron'",
            "bird ？",
        ):
            assert titles(library, query) == ["One"], query

    def test_words_of_the_query_language_are_words(self, library: Library) -> None:
        shelve(library, "One", "Rock and roll or near not.")
        for query in ("AND", "NOT", "rock AND", "NEAR", "roll OR near", "title:rock roll"):
            assert titles(library, query) == ([] if "title" in query else ["One"]), query

    def test_an_article_that_is_read_again_is_found_by_its_new_words_alone(self, library: Library) -> None:
        article = shelve(library, "Old title", "Herons.", topics=("Birds",))
        library.save_document(article.id, written("New title", "Cranes.", topics=("Fowl",)))
        assert [titles(library, q) for q in ("herons", "old", "birds")] == [[], [], []]
        assert [titles(library, q) for q in ("cranes", "new", "fowl")] == [["New title"]] * 3

    def test_an_article_that_waits_is_found_by_its_title(self, library: Library) -> None:
        add(library, "example.org/the-heron")
        assert titles(library, "heron") == ["example.org/the-heron"]

    def test_what_is_put_away_is_found_when_it_is_asked_for(self, library: Library, clock: Clock) -> None:
        archived, removed = shelve(library, "Stored herons"), shelve(library, "Deleted herons")
        shelve(library, "Herons")
        library.archive(archived.id, clock.now)
        library.remove(removed.id, clock.now)
        assert titles(library, "herons") == ["Herons"]
        assert set(titles(library, "herons", view=View.EVERYTHING)) == {"Herons", "Stored herons"}
        assert titles(library, "herons", view=View.DELETED) == ["Deleted herons"]
        library.forget(removed.id)
        assert titles(library, "herons", view=View.DELETED) == []

    def test_a_search_keeps_to_its_view_and_topic(self, library: Library, clock: Clock) -> None:
        for title, names in (("Herons one", ("Birds",)), ("Herons two", ("Water",)), ("Cranes", ("Birds",))):
            shelve(library, title, topics=names)
        library.favourite(library.article("herons-two").id, clock.now)
        assert titles(library, "herons", topic="birds") == ["Herons one"]
        assert titles(library, "herons", view=View.FAVOURITES) == ["Herons two"]

    def test_found_articles_have_pages(self, library: Library) -> None:
        for number in range(5):
            shelve(library, f"Heron {number}", "A heron. " * (number + 1))
        pages = [library.listing(Wanted(query="heron"), page=page, limit=2) for page in (1, 2, 3)]
        assert [len(page.cards) for page in pages] == [2, 2, 1]
        assert {card.article.id for page in pages for card in page.cards} == {1, 2, 3, 4, 5}
        assert {(page.total, page.pages) for page in pages} == {(5, 3)}

    # -- topics -----------------------------------------------------------------------------

    def test_an_articles_own_topics_are_cleaned(self, library: Library) -> None:
        own = ("  Public   health ", "HEALTH", "health", "#Sleep", "", "x" * 61, *(f"t{n}" for n in range(20)))
        article = shelve(library, "One", topics=own)
        names = library.card(article.id).topics
        assert len(names) == 12
        assert {"Public health", "HEALTH", "Sleep", "t0"} <= set(names)
        assert "health" not in names

    def test_topics_are_given_and_taken_by_hand(self, library: Library) -> None:
        article = shelve(library, "One", topics=("Health",))
        library.add_topic(article.id, " To  read again ")
        library.add_topic(article.id, "HEALTH")
        assert library.card(article.id).topics == ("Health", "To read again")
        library.remove_topic(article.id, "to read AGAIN")
        library.remove_topic(article.id, "nothing")
        assert library.card(article.id).topics == ("Health",)

    def test_reading_again_neither_brings_back_nor_loses_what_a_person_chose(self, library: Library) -> None:
        article = shelve(library, "One", topics=("Health", "Sleep", "News"))
        library.remove_topic(article.id, "Sleep")
        library.add_topic(article.id, "Mine")
        library.add_topic(article.id, "News")
        for own in (("Health", "sleep"), (), ("Sleep", "Dreams")):
            library.save_document(article.id, written("One", topics=own))
        assert library.card(article.id).topics == ("Dreams", "Mine", "News")
        library.add_topic(article.id, "Sleep")
        assert "Sleep" in library.card(article.id).topics

    def test_a_topic_that_cannot_be_is_refused(self, library: Library) -> None:
        article = shelve(library, "One")
        for name, error, words in (
            ("", EmptyInputError, "no name"),
            (" # ", EmptyInputError, "no name"),
            ("x" * 61, InputError, "longer than 60"),
        ):
            with pytest.raises(error, match=words):
                library.add_topic(article.id, name)
        for number in range(24):
            library.add_topic(article.id, f"topic {number}")
        with pytest.raises(InputError, match="24 topics already"):
            library.add_topic(article.id, "one more")

    def test_topics_are_counted_where_they_are_seen(self, library: Library, clock: Clock) -> None:
        one, two, three = (shelve(library, title, topics=("Health", title)) for title in ("One", "Two", "Three"))
        library.archive(two.id, clock.now)
        library.remove(three.id, clock.now)
        assert library.topics() == (Topic(name="Health", articles=1), Topic(name="One", articles=1))
        library.add_topic(two.id, "Later")
        assert "Later" not in {topic.name for topic in library.topics()}
        library.archive(two.id, None)
        library.remove(three.id, None)
        assert Topic(name="Health", articles=3) in library.topics()
        library.remove_topic(one.id, "Health")
        assert Topic(name="Health", articles=2) in library.topics()
        assert titles(library, topic="HEALTH") == ["Three", "Two"]

    def test_an_article_is_found_by_a_topic_that_was_given(self, library: Library) -> None:
        article = shelve(library, "One", "Its text.")
        library.add_topic(article.id, "Gardening")
        assert titles(library, "gardening") == ["One"]
        library.remove_topic(article.id, "Gardening")
        assert titles(library, "gardening") == []
        assert titles(library, "text") == ["One"]

    # -- duplicates -------------------------------------------------------------------------

    def test_an_address_is_known_however_it_is_spelt(self, library: Library, clock: Clock) -> None:
        first = add(library, origin="https://www.example.org/a/?utm_source=x")
        assert library.by_address("http://example.org/a#top") == first
        assert library.by_address("http://example.org/b") is None
        assert library.by_address("not an address") is None
        library.save_document(first.id, written("One", source_url="https://example.org/canonical"))
        assert library.by_address("https://example.org/canonical") == library.by_id(first.id)
        assert library.by_address("https://example.org/a") == library.by_id(first.id)
        gone = library.remove(first.id, clock.now)
        assert library.by_address("https://example.org/a") == gone

    def test_an_original_is_known_by_its_digest(self, library: Library, clock: Clock) -> None:
        first = add(library, digest="d7")
        second = add(library, digest="d7")
        assert library.by_digest("d7") == first
        library.remove(first.id, clock.now)
        assert library.by_digest("d7") == second
        assert library.by_digest("d8") is None

    @pytest.mark.parametrize(
        ("text", "more"),
        [
            (STORY, {}),
            (STORY.upper().replace(".", " ."), {}),
            (f"{STORY} This story first appeared elsewhere.", {}),
            (STORY.replace("minutes", "hours"), {}),
            ("Quite another text.", {"source_url": "http://www.example.org/ferry/"}),
        ],
        ids=["same", "other spelling", "nearly the same", "one word changed", "same address"],
    )
    def test_the_newer_of_two_that_are_alike_is_the_duplicate(
        self, library: Library, text: str, more: dict[str, Any]
    ) -> None:
        older = shelve(library, "The ferry is back", STORY, source_url="https://example.org/ferry")
        newer = shelve(library, "Ferry returns", text, **more)
        assert library.twin(newer.id) == library.by_id(older.id)
        assert library.twin(older.id) is None
        assert [card.duplicate_of for card in library.listing(Wanted()).cards] == [older.slug, None]

    def test_the_older_one_may_be_read_later(self, library: Library) -> None:
        older, newer = add(library, "One"), add(library, "Two")
        library.save_document(newer.id, written("Two", STORY))
        library.save_document(older.id, written("One", STORY))
        assert library.twin(newer.id) == library.by_id(older.id)

    def test_an_article_that_changed_is_no_duplicate_any_more(self, library: Library) -> None:
        one, two, three = (shelve(library, title, STORY) for title in ("One", "Two", "Three"))
        library.save_document(one.id, written("One", "Another story. " * 20))
        assert library.twin(two.id) is None
        assert library.twin(three.id) == library.by_id(two.id)

    @pytest.mark.parametrize(
        "text",
        [
            " ".join(STORY.split()[: len(STORY.split()) * 3 // 4]),
            f"{STORY} " + " ".join(f"New sentence {number} follows it." for number in range(9)),
        ],
        ids=["three quarters", "with more"],
    )
    def test_a_part_of_an_article_is_another_article(self, library: Library, text: str) -> None:
        shelve(library, "One", STORY)
        assert library.twin(shelve(library, "Two", text).id) is None

    def test_short_texts_and_front_pages_are_no_duplicates(self, library: Library) -> None:
        for title in ("One", "Two"):
            shelve(library, title, "Only a few words.", source_url="https://example.org/")
        numbers = "At noon it was {} degrees in the harbour and the wind came from the west with {} knots. " * 4
        shelve(library, "Monday", numbers.format(*range(8)))
        shelve(library, "Tuesday", numbers.format(*range(1, 8), 0))
        assert [card.duplicate_of for card in library.listing(Wanted()).cards] == [None] * 4

    def test_a_deleted_article_is_nobodys_original(self, library: Library, clock: Clock) -> None:
        older, newer = (shelve(library, title, STORY) for title in ("One", "Two"))
        library.remove(older.id, clock.now)
        assert library.twin(newer.id) is None
        assert library.card(newer.id).duplicate_of is None
        third = shelve(library, "Three", STORY)
        assert library.twin(third.id) == library.by_id(newer.id)
        library.remove(older.id, None)
        assert library.twin(newer.id) == library.by_id(older.id)
        library.forget(older.id)
        assert library.twin(newer.id) is None

    # -- deleting and bringing back ---------------------------------------------------------

    def test_a_deleted_article_is_nowhere_until_it_is_brought_back(self, library: Library, clock: Clock) -> None:
        article = shelve(library, "One", "Text.")
        assert library.remove(article.id, clock.now).removed_at == clock.now
        assert library.asking() == library.articles() == library.listing(Wanted()).cards == ()
        library.save_audio(article.id, audio())
        assert library.finished() == library.finished_files(after=0, limit=9) == ()
        back = library.remove(article.id, None)
        assert (back.slug, back.guid, back.removed_at) == (article.slug, article.guid, None)
        assert [entry[0].id for entry in library.finished()] == [article.id]

    def test_what_is_archived_stays_in_the_feed_and_leaves_the_queue(self, library: Library, clock: Clock) -> None:
        plain, archived, heard = (shelve(library, title, "Text.") for title in ("Plain", "Archived", "Heard"))
        for article in (plain, archived, heard):
            library.save_audio(article.id, audio())
        library.archive(archived.id, clock.now)
        library.mark_heard(heard.id, clock.now)
        assert {entry[0].title for entry in library.finished()} == {"Plain", "Archived", "Heard"}
        assert {entry[0].title for entry in library.finished(to_hear=True)} == {"Plain"}

    def test_what_was_deleted_long_ago_comes_oldest_first(self, library: Library, clock: Clock) -> None:
        made = [add(library, f"Article {number}") for number in range(4)]
        for article in (made[2], made[0], made[1]):
            library.remove(article.id, clock.advance())
        assert library.removed_before(clock.now, limit=9) == (made[2].id, made[0].id)
        assert library.removed_before(clock.now + timedelta(1), limit=1) == (made[2].id,)

    def test_forgetting_leaves_what_others_use(self, library: Library) -> None:
        one, two = add(library, "One", original="originals/a"), add(library, "Two", original="originals/a")
        address = add(library, "Address", original="")
        library.save_audio(one.id, audio(file="one.mp3"))
        library.save_audio(two.id, audio(file="two.mp3"))
        left = library.forget(one.id)
        assert (left.originals, left.files) == ((), ("one.mp3",))
        left = library.forget(two.id)
        assert (left.originals, set(left.files)) == (("originals/a",), {"two.mp3", "c.mp3", "a.jpg"})
        assert library.forget(two.id).files == library.forget(address.id).originals == ()

    def test_the_files_of_finished_articles_are_known(self, library: Library) -> None:
        made = [add(library, f"Article {number}") for number in range(4)]
        for article in made[:3]:
            library.save_audio(article.id, audio(file=f"{article.id}.mp3"))
        library.save_audio(made[2].id, audio(file="again.mp3"))
        found = library.finished_files(after=made[0].id, limit=9)
        assert {number: set(names) for number, names in found} == {
            made[1].id: {f"{made[1].id}.mp3", "a.jpg", "c.mp3"},
            made[2].id: {"again.mp3", "a.jpg", "c.mp3"},
        }
        assert [number for number, _ in library.finished_files(after=0, limit=2)] == [made[0].id, made[1].id]

    def test_an_unknown_article_cannot_be_sorted(self, library: Library, clock: Clock) -> None:
        calls = [
            lambda: library.card(7),
            lambda: library.favourite(7, clock.now),
            lambda: library.archive(7, clock.now),
            lambda: library.remove(7, clock.now),
            lambda: library.add_topic(7, "Health"),
            lambda: library.remove_topic(7, "Health"),
        ]
        for call in calls:
            with pytest.raises(ArticleNotFoundError):
                call()
        assert library.twin(7) is None
        assert library.related(7) == ()
        assert library.catch_up(limit=5) == 0
