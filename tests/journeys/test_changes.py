"""An article that changes: at its source, in how it is read, and by hand. Each time only what is new is spoken."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.counted import Counted, Page, counted, page
from voice_app.desks.changes import CUT_DOWN, GONE
from voice_app.errors import InputError
from voice_app.model import ArticleState, BlockKind, Document, Source, Watch
from voice_app.script.blocks import block_ids

PARAGRAPHS = [
    "Bread has been baked for ten thousand years. Nobody knows who began it. The first loaves were flat and hard.",
    "An oven of clay keeps its heat for long. The baker rakes out the ashes and puts the loaves in. Then he waits.",
    "Rye gives a dark and heavy loaf. Wheat gives a light one. Both need salt, and both need patience above all.",
    "In the town of Arles a loaf was found under the ash. It was still round, and still marked with a stamp.",
]
TEXT = """# Bread

Bread is old. Nobody knows who began it.

```python
mix(flour, water)
bake(loaf)
```

> Patience is half of it.

Eat it warm.[^1]

[^1]: Some say cold.
"""


def html(paragraphs: list[str], title: str = "The long history of bread") -> str:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<html><head><title>{title}</title></head><body><nav><a href='/a'>Home</a> <a href='/b'>News</a></nav>"
        f"<article><h1>{title}</h1>{text}</article><footer><p>All rights reserved.</p></footer></body></html>"
    )


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Counted]:
    with counted(tmp_path) as made:
        yield made


@pytest.fixture
def shown() -> Iterator[Page]:
    with page(html(PARAGRAPHS)) as shown:
        yield shown


@pytest.fixture
def slug(made: Counted, shown: Page) -> str:
    added = made.studio.intake.add_address(shown.url)
    assert len(made.work()) == 13  # the title, its notice and the eleven sentences
    assert made.library.by_id(added.id).state is ArticleState.DONE
    return added.slug


def document(made: Counted, slug: str) -> Document:
    found = made.library.document(made.library.article(slug).id)
    assert found is not None
    return found


def block_id(made: Counted, slug: str, kind: BlockKind) -> str:
    found = document(made, slug)
    return next(name for name, b in zip(block_ids(found), found.blocks, strict=True) if b.kind is kind)


def sentence_id(made: Counted, slug: str, written: str) -> str:
    sheet = made.studio.edits.sheet(slug)
    return next(x.sentence.id for _, lines in sheet.chapters for x in lines if x.sentence.written == written)


def write(file: Path, text: str) -> None:
    """A file that somebody wrote a while ago: a new one could be half-written."""
    file.write_text(text)
    written_at = time.time() - 60 - len(text)
    os.utime(file, (written_at, written_at))


def check(made: Counted, slug: str) -> list[str]:
    made.studio.changes.check(slug)
    return made.work()


# -- at the source ------------------------------------------------------------------------------


def test_one_changed_sentence_is_one_clip(made: Counted, shown: Page, slug: str) -> None:
    before = made.studio.page(slug)
    made.pass_hours(24)
    shown.body = shown.body.replace("flat and hard", "flat, hard and black")
    assert check(made, slug) == ["The first loaves were flat, hard and black."]
    after = made.studio.page(slug)
    assert after.article.guid == before.article.guid
    assert after.article.finished_at == before.article.finished_at
    assert after.article.changed_at == after.article.checked_at == made.now[0]
    assert after.audio and before.audio and after.audio.file != before.audio.file
    (change,) = after.changes
    assert (change.changed, change.added, change.removed) == (1, 0, 0)
    assert change.sentences[0].old == "The first loaves were flat and hard."
    assert change.sentences[0].new == "The first loaves were flat, hard and black."


def test_an_added_paragraph_costs_its_own_sentences(made: Counted, shown: Page, slug: str) -> None:
    shown.body = html([PARAGRAPHS[0], "A new loaf is made. It is small.", *PARAGRAPHS[1:]])
    assert check(made, slug) == ["A new loaf is made.", "It is small."]
    (change,) = made.studio.page(slug).changes
    assert (change.changed, change.added, change.removed) == (0, 2, 0)


@pytest.mark.parametrize("etag", ["", '"one"'])
def test_a_page_that_did_not_change_is_only_noted(made: Counted, shown: Page, etag: str) -> None:
    shown.etag = etag
    slug = made.studio.intake.add_address(shown.url).slug
    made.work()
    before = made.studio.page(slug)
    made.pass_hours(1)
    shown.body = shown.body.replace("All rights reserved", "Nothing reserved")  # outside the article
    made.studio.changes.check(slug)
    made.studio.work.read(before.article.id)
    after = made.studio.page(slug)
    assert (after.article.state, after.article.checked_at) == (ArticleState.DONE, made.now[0])
    assert made.work() == []
    assert (after.article.changed_at, after.changes) == (None, ())
    assert (after.audio, after.article.spoken) == (before.audio, before.article.spoken)


@pytest.mark.parametrize(
    ("status", "body", "trouble"),
    [
        (404, "<html><body><p>Not found.</p></body></html>", GONE),
        (200, "<html><body><a href='/a'>Home</a></body></html>", GONE),
        (
            200,
            html(["Bread has been baked for ten thousand years. Subscribe to read on, it is not dear at all."]),
            CUT_DOWN,
        ),
    ],
    ids=["gone", "no article", "a teaser"],
)
def test_a_page_that_is_lost_keeps_its_old_text(
    made: Counted, shown: Page, slug: str, status: int, body: str, trouble: str
) -> None:
    before, kept = made.studio.page(slug), shown.body
    shown.status, shown.body = status, body
    assert check(made, slug) == []
    after = made.studio.page(slug)
    assert (after.document, after.audio) == (before.document, before.audio)
    assert (after.article.state, after.watch and after.watch.trouble) == (ArticleState.DONE, trouble)
    shown.status, shown.body = 200, kept
    assert check(made, slug) == []
    assert made.studio.page(slug).watch == Watch()


def test_a_changed_file_of_the_folder_goes_the_same_way(made: Counted) -> None:
    file = made.config.paths.content / "articles" / "bread.md"
    file.parent.mkdir(parents=True)
    write(file, "# Bread\n\nBread is old. It is good.\n")
    made.studio.folder.sync()
    made.work()
    write(file, "# Bread\n\nBread is very old. It is good.\n")
    made.studio.folder.sync()
    assert made.work() == ["Bread is very old."]
    (article,) = made.studio.articles()
    (change,) = made.studio.page(article.slug).changes
    assert (change.changed, change.added, change.removed) == (1, 0, 0)


def test_only_what_is_due_is_looked_at_and_one_at_a_time(tmp_path: Path, shown: Page) -> None:
    with counted(tmp_path, watch__articles_hours=24) as made:
        slugs = [made.studio.intake.add_address(f"{shown.url}?{n}").slug for n in range(3)]
        made.work()
        made.studio.changes.watch(slugs[2], 0)
        asked = shown.asked
        made.studio.changes.look()
        assert made.studio.work.asked() == ()
        made.pass_hours(24)
        for _ in range(4):
            made.studio.changes.look()
            assert len(made.studio.work.asked()) <= 1
            made.work()
        assert shown.asked == asked + 2
        looked = [made.library.article(slug).checked_at for slug in slugs]
        assert looked == [made.now[0], made.now[0], None]


def test_nothing_is_looked_at_unless_somebody_wants_it(made: Counted, shown: Page, slug: str) -> None:
    asked = shown.asked
    made.pass_hours(10_000)
    made.studio.changes.look()
    assert made.work() == []
    assert shown.asked == asked
    made.studio.changes.watch(slug, 24)
    made.studio.changes.look()
    made.work()
    assert shown.asked == asked + 1


@pytest.mark.parametrize("origin", ["pasted text", "https://example.org/an-entry-that-came-whole-in-a-feed"])
def test_what_was_not_fetched_has_nothing_to_look_at(made: Counted, origin: str) -> None:
    source = Source(origin=origin, media_type="text/markdown", body=TEXT.encode(), fetched_at=made.now[0])
    article = made.studio.intake.add_source(source)
    made.work()
    assert made.library.changes.due(made.now[0] + timedelta(days=900), every_hours=1) == ()
    with pytest.raises(InputError, match="no address"):
        made.studio.changes.check(article.slug)
    with pytest.raises(InputError, match="Give 0"):
        made.studio.changes.watch(article.slug, -1)


# -- in how it is read --------------------------------------------------------------------------


def test_a_change_of_mind_speaks_only_the_new_sentences(made: Counted) -> None:
    article = made.narrated(TEXT)
    made.studio.styles.set_article(article.slug, {"code": "read"})
    assert sorted(made.work()) == ["bake, loaf", "mix, flour, water"]
    made.studio.styles.set_article(article.slug, {"code": "named"})
    assert sorted(made.work()) == ["Code example, two lines.", "End of code."]
    made.studio.styles.set_article(article.slug, {})
    assert made.work() == []
    made.studio.styles.set_article(article.slug, {"code": "left out", "notes": "left-out"})
    assert made.work() == []
    made.studio.styles.set_article(article.slug, {"quotes": "named", "headings": "named", "notes": "read"})
    assert sorted(made.work()) == ["End of quote.", "Footnote one: Some say cold.", "Quote."]


def test_the_style_of_all_says_first_what_it_costs(made: Counted) -> None:
    with_code = [made.narrated(TEXT.replace("Bread", name)) for name in ("Bread", "Soup")]
    made.narrated("# Salt\n\nIt has no code.")
    cost = made.studio.styles.cost({"code": "read"})
    assert (cost.articles, cost.sentences) == (2, 2)  # both have the same code, which is spoken once
    made.studio.styles.set_site({"code": "read"})
    assert {a.id for a in made.studio.work.asked()} == {a.id for a in with_code}
    assert len(made.work()) == cost.sentences
    assert made.studio.styles.cost({"code": "read"}).articles == 0
    assert made.studio.styles.cost({}).articles == 2
    made.studio.styles.set_site({})
    assert made.work() == []


def test_a_style_chosen_while_an_article_is_narrated_for_the_first_time_holds_for_it(made: Counted) -> None:
    added = made.studio.intake.add_text(TEXT)
    document, reading = made.library.document(added.id), made.studio.page(added.slug).reading
    made.library.set_state(added.id, ArticleState.NARRATING)  # a run begins
    assert document and reading.style.code == "mentioned"
    made.studio.styles.set_site({"code": "read"})
    assert made.library.by_id(added.id).state is ArticleState.READY
    assert "bake, loaf" in made.work()


def test_the_articles_own_style_wins_over_the_listeners_and_that_over_the_settings(tmp_path: Path) -> None:
    with counted(tmp_path, reading__quotes="named", reading__code="left-out") as made:
        article = made.narrated(TEXT)
        assert {"Quote.", "End of quote."} <= set(made.engine.spoken)
        assert not any("Code" in text for text in made.engine.spoken)
        made.studio.styles.set_article(article.slug, {"code": "mentioned"})
        made.work()
        made.studio.styles.set_site({"code": "read", "quotes": "read"})
        made.work()
        said = [s.spoken for s in made.studio.page(article.slug).script.sentences]  # type: ignore[union-attr]
        assert "Quote." not in said
        assert "Code example, two lines, not read out." in said


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ({"headings": "left out"}, "Headings cannot be 'left out'"),
        ({"notes": "named"}, "Notes cannot be 'named'"),
        ({"cods": "read"}, "Did you mean code"),
        ({"code": "sung"}, "Choose one of: read, named, mentioned, left out"),
    ],
)
def test_a_style_that_makes_no_sense_is_refused(made: Counted, wanted: dict[str, str], told: str) -> None:
    article = made.narrated(TEXT)
    for refused in (
        lambda: made.studio.styles.set_site(wanted),
        lambda: made.studio.styles.cost(wanted),
        lambda: made.studio.styles.set_article(article.slug, wanted),
    ):
        with pytest.raises(InputError, match=told):
            refused()
    assert made.work() == []


# -- by hand ------------------------------------------------------------------------------------


def test_one_edit_is_one_clip_and_undoing_it_none(made: Counted) -> None:
    article = made.narrated(TEXT)
    where = sentence_id(made, article.slug, "Bread is old.")
    made.studio.edits.say(article.slug, where, "Bread is  very, very old.")
    assert made.work() == ["Bread is very, very old."]
    made.studio.edits.reset(article.slug, where)
    assert made.work() == []
    made.studio.edits.leave_out(article.slug, where)
    assert made.work() == []
    audio = made.studio.page(article.slug).audio
    assert audio and where not in {cue.sentence_id for cue in audio.cues}
    assert made.studio.page(article.slug).silenced == 1
    assert made.studio.episodes()[0].silenced == 1


def test_an_edit_survives_what_happens_around_it_and_comes_back(made: Counted, shown: Page, slug: str) -> None:
    where = sentence_id(made, slug, "Then he waits.")
    made.studio.edits.say(slug, where, "Then he waits for a long while.")
    made.work()
    shown.body = html(["Something new stands above.", *PARAGRAPHS])
    assert check(made, slug) == ["Something new stands above."]
    assert "Then he waits for a long while." in [s.spoken for s in made.studio.page(slug).script.sentences]  # type: ignore[union-attr]
    shown.body = html([text.replace(" Then he waits.", "") for text in PARAGRAPHS])
    assert check(made, slug) == []
    assert [edit.sentence_id for edit in made.studio.edits.sheet(slug).vanished] == [where]
    shown.body = html(PARAGRAPHS)
    assert check(made, slug) == []
    assert made.studio.edits.sheet(slug).vanished == ()
    assert "Then he waits for a long while." in [s.spoken for s in made.studio.page(slug).script.sentences]  # type: ignore[union-attr]


def test_a_part_is_read_by_choice_and_stays_so(made: Counted, shown: Page, slug: str) -> None:
    found = document(made, slug)
    footer = next(
        name for name, b in zip(block_ids(found), found.blocks, strict=True) if b.text == "All rights reserved."
    )
    made.studio.edits.choose(slug, footer, True)
    assert made.work() == ["All rights reserved."]
    shown.body = html([*PARAGRAPHS, "And one more."])
    assert check(made, slug) == ["And one more."]
    assert made.studio.page(slug).script.sentences[-1].spoken == "All rights reserved."  # type: ignore[union-attr]
    made.studio.edits.choose(slug, footer, None)
    assert made.work() == []
    assert made.studio.page(slug).script.sentences[-1].spoken == "And one more."  # type: ignore[union-attr]


def test_one_part_is_left_out_or_read_against_the_style(made: Counted) -> None:
    article = made.narrated(TEXT)
    code = block_id(made, article.slug, BlockKind.CODE)
    made.studio.edits.choose(article.slug, code, True)
    assert sorted(made.work()) == ["Code example, two lines.", "End of code.", "bake, loaf", "mix, flour, water"]
    made.studio.edits.choose(article.slug, code, False)
    assert made.work() == []
    assert not any("code" in s.spoken.lower() for s in made.studio.page(article.slug).script.sentences)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("words", "told"), [("", "nothing to say"), ("***", "nothing to say"), ("word " * 300, "too long")]
)
def test_an_edit_that_cannot_be_said_is_refused(made: Counted, words: str, told: str) -> None:
    article = made.narrated(TEXT)
    with pytest.raises(InputError, match=told):
        made.studio.edits.say(article.slug, sentence_id(made, article.slug, "Bread is old."), words)
    for name in ("nothing-1", "disclosure"):
        with pytest.raises(InputError, match="no such sentence"):
            made.studio.edits.say(article.slug, name, "Words.")
    with pytest.raises(InputError, match="no such part"):
        made.studio.edits.choose(article.slug, "nothing-1", True)
    assert made.work() == []


def test_the_last_sentence_cannot_be_left_out(made: Counted) -> None:
    article = made.narrated("# Bread\n\nBread is old.")
    made.studio.edits.leave_out(article.slug, sentence_id(made, article.slug, "Bread"))
    with pytest.raises(InputError, match="nothing of the article"):
        made.studio.edits.leave_out(article.slug, sentence_id(made, article.slug, "Bread is old."))


def test_an_edit_made_while_it_is_narrated_is_not_lost(made: Counted) -> None:
    article = made.narrated(TEXT)
    where = sentence_id(made, article.slug, "Bread is old.")
    made.studio.edits.say(article.slug, where, "Bread is one thing.")
    made.library.set_state(article.id, ArticleState.NARRATING)  # a run begins, and sees the first edit
    made.studio.edits.say(article.slug, where, "Bread is another thing.")
    audio = made.library.audio(article.id)
    assert audio is not None
    made.library.save_audio(article.id, audio)  # the run ends
    assert made.work() == ["Bread is another thing."]
    assert made.library.by_id(article.id).state is ArticleState.DONE


def test_an_edit_made_while_the_source_is_looked_at_is_not_lost(made: Counted, shown: Page, slug: str) -> None:
    where = sentence_id(made, slug, "Then he waits.")
    made.studio.changes.check(slug)
    made.studio.edits.say(slug, where, "Then he sleeps.")
    assert made.work() == ["Then he sleeps."]
