"""The watched folder: add, change, rename, remove, half-written files, and what editors do."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit.desks.conftest import House
from voice_app.desks.folder import GONE_LOOKS

WALK = "# A walk\n\nThe path begins at the mill. It follows the river. At the weir it turns north.\n"
BREAD = "# Bread\n\nFlour, water and salt. Fold it once.\n"


@pytest.fixture
def folder(house: House) -> Path:
    made = house.config.paths.content / "articles"
    made.mkdir(parents=True)
    return made


def put(path: Path, text: str | bytes, *, age_seconds: float = 60) -> None:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    then = time.time() - age_seconds
    os.utime(path, (then, then))


def look(house: House, times: int = 1) -> None:
    for _ in range(times):
        house.studio.folder.sync()


def shown(house: House) -> list[str]:
    return sorted(a.title for a in house.studio.articles() if a.archived_at is None)


def test_each_file_is_an_article_and_only_once(house: House, folder: Path) -> None:
    put(folder / "walk.md", WALK)
    put(folder / "bread.md", BREAD)
    look(house, 3)
    house.work()
    assert shown(house) == ["A walk", "Bread"]
    assert not house.studio.work.asked()


def test_another_watcher_finds_everything_as_it_is(
    house: House, folder: Path, make_house: Callable[..., House]
) -> None:
    put(folder / "walk.md", WALK)
    look(house)
    house.work()
    again = make_house()
    look(again, 3)
    assert shown(again) == ["A walk"]
    assert not again.studio.work.asked()


def test_a_changed_sentence_costs_one_clip(house: House, folder: Path) -> None:
    put(folder / "walk.md", WALK)
    look(house)
    house.work()
    before, first = house.clips(), house.articles()["A walk"]
    put(folder / "walk.md", WALK.replace("follows the river", "leaves the river"), age_seconds=50)
    look(house)
    house.work()
    assert house.clips() == before + 1
    after = house.articles()["A walk"]
    assert (after.guid, after.slug, after.finished_at) == (first.guid, first.slug, first.finished_at)
    audio = house.studio.page(after.slug).audio
    assert audio
    assert any("leaves the river" in cue.written for cue in audio.cues)


def test_a_file_that_was_only_touched_changes_nothing(house: House, folder: Path) -> None:
    put(folder / "walk.md", WALK)
    look(house)
    house.work()
    put(folder / "walk.md", WALK, age_seconds=30)
    look(house)
    assert not house.studio.work.asked()


def test_a_renamed_file_stays_the_same_article(house: House, folder: Path) -> None:
    put(folder / "walk.md", WALK)
    look(house)
    house.work()
    before, clips = house.articles()["A walk"], house.clips()
    (folder / "walk.md").rename(folder / "a-better-name.md")
    look(house, GONE_LOOKS + 1)
    after = house.articles()["A walk"]
    assert (after.id, after.guid, after.archived_at) == (before.id, before.guid, None)
    assert after.origin == "content/articles/a-better-name.md"
    assert not house.studio.work.asked()
    assert house.clips() == clips
    put(folder / "a-better-name.md", WALK + "\nOne more.\n", age_seconds=30)
    look(house)
    house.work()
    assert len(house.studio.articles()) == 1


def test_a_removed_file_is_archived_and_comes_back_with_the_file(house: House, folder: Path) -> None:
    put(folder / "walk.md", WALK)
    put(folder / "bread.md", BREAD)
    look(house)
    house.work()
    (folder / "bread.md").unlink()
    look(house, GONE_LOOKS - 1)
    assert shown(house) == ["A walk", "Bread"]
    look(house)
    assert shown(house) == ["A walk"]
    assert house.articles()["Bread"].archived_at is not None
    put(folder / "bread.md", BREAD)
    look(house)
    assert shown(house) == ["A walk", "Bread"]
    assert not house.studio.work.asked()


def test_what_a_person_archived_stays_archived_while_its_file_is_there(house: House, folder: Path) -> None:
    put(folder / "walk.md", WALK)
    look(house)
    house.work()
    article = house.articles()["A walk"]
    library = house.studio.work._ground.library
    library.files.lose(article.id, house.studio.work._ground.clock())
    library.files.find(article.id)
    assert shown(house) == ["A walk"]


def test_a_file_that_an_editor_replaces_is_never_missed(house: House, folder: Path) -> None:
    put(folder / "walk.md", WALK)
    look(house)
    house.work()
    (folder / "walk.md").unlink()
    look(house)
    put(folder / "walk.md", WALK.replace("mill", "bridge"), age_seconds=10)
    look(house, 2)
    assert shown(house) == ["A walk"]
    house.work()
    assert len(house.studio.articles()) == 1


def test_a_half_written_file_waits_until_it_is_whole(house: House, folder: Path) -> None:
    put(folder / "walk.md", WALK[:40], age_seconds=0.1)
    look(house)
    assert house.studio.articles() == ()
    put(folder / "walk.md", WALK, age_seconds=0.1)
    look(house)
    assert house.studio.articles() == ()
    put(folder / "walk.md", WALK, age_seconds=3)
    look(house)
    house.work()
    (article,) = house.studio.articles()
    assert article.title == "A walk"
    assert any("turns north" in b.text for b in house.studio.page(article.slug).document.blocks)  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["empty.md", ".hidden.md", "~walk.md", "walk.md.part", "walk.md~", "photo.jpg", "sub"])
def test_what_is_no_article_is_left_alone(house: House, folder: Path, name: str) -> None:
    if name == "sub":
        (folder / name).mkdir()
    else:
        put(folder / name, "" if name == "empty.md" else WALK)
    look(house, 2)
    assert house.studio.articles() == ()


def test_a_folder_that_vanished_archives_nothing(house: House, folder: Path) -> None:
    put(folder / "walk.md", WALK)
    look(house)
    shutil.rmtree(folder)
    look(house, GONE_LOOKS + 1)
    assert shown(house) == ["walk"]


def test_a_file_with_a_time_in_the_future_is_taken(house: House, folder: Path) -> None:
    put(folder / "walk.md", WALK, age_seconds=-3600)
    look(house)
    assert len(house.studio.articles()) == 1
