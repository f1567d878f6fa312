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
from voice_app.model import ArticleState

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


def test_what_a_person_archived_stays_archived_while_its_file_is_unchanged(house: House, folder: Path) -> None:
    put(folder / "walk.md", WALK)
    look(house)
    house.work()
    house.studio.shelf.archive(house.articles()["A walk"].slug)
    look(house, 3)
    assert shown(house) == []


def test_a_deleted_article_comes_back_when_its_file_is_changed(house: House, folder: Path) -> None:
    put(folder / "walk.md", WALK)
    look(house)
    house.work()
    before = house.articles()["A walk"]
    house.studio.shelf.remove(before.slug)
    look(house, 3)
    assert shown(house) == []
    put(folder / "walk.md", WALK + "\nOne more.\n", age_seconds=30)
    look(house)
    assert [article.id for article in house.studio.articles()] == [before.id]


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


def test_a_file_that_cannot_be_read_keeps_no_other_waiting_and_says_why(
    house: House, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(folder / "a-secret.md", WALK)
    put(folder / "bread.md", BREAD)
    opened = os.open

    def refuse(path: str, flags: int) -> int:
        if os.fspath(path).endswith("a-secret.md"):
            raise PermissionError(13, "Permission denied")
        return opened(path, flags)

    with monkeypatch.context() as patch:
        patch.setattr("voice_app.desks.folder._at_once", refuse)
        look(house, 2)
    assert shown(house) == ["a secret", "bread"]
    article = house.articles()["a secret"]
    assert (article.state, "could not be opened" in article.problem) == (ArticleState.PROBLEM, True)
    look(house)
    house.work()
    assert shown(house) == ["A walk", "Bread"]


def test_a_file_of_any_size_is_refused_before_it_is_read(house: House, folder: Path) -> None:
    put(folder / "huge.txt", "x")
    os.truncate(folder / "huge.txt", 20_000_000_000)
    os.utime(folder / "huge.txt", (1e9, 1e9))
    put(folder / "walk.md", WALK)
    look(house, 2)
    article = house.articles()["huge"]
    assert (article.state, "too large" in article.problem) == (ArticleState.PROBLEM, True)
    assert shown(house) == ["huge", "walk"]


NAMES = [
    b"caf\xe9 \xff.md",
    "Zwölf Brücken 🌉.md".encode(),
    b"two\nlines.md",
    b"'\"; --.md",
    b"%2e%2e%2f.md",
    b"a" * 252 + b".md",
]


def test_files_with_any_name_are_articles(house: House, folder: Path) -> None:
    for name in NAMES:
        path = folder / os.fsdecode(name)
        put(path, f"# A text\n\nIts name has {len(name)} bytes.\n")
    look(house, 2)
    house.work()
    assert [article.state for article in house.studio.articles()] == [ArticleState.DONE] * len(NAMES)
    look(house, GONE_LOOKS + 1)
    assert len(shown(house)) == len(NAMES)


def test_what_is_no_file_is_left_alone_and_a_link_leads_nowhere_else(house: House, folder: Path) -> None:
    os.mkfifo(folder / "pipe.md")
    (folder / "loop.md").symlink_to("loop.md")
    (folder / "device.txt").symlink_to("/dev/zero")
    put(house.folder / "secret.md", BREAD)
    (folder / "away.md").symlink_to(house.folder / "secret.md")
    put(folder / "walk.md", WALK)
    (folder / "here.md").symlink_to("walk.md")
    look(house, 2)
    assert shown(house) == ["here", "walk"]
