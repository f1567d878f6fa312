"""The cache keeps its budget: the longest unused goes first, clips before runs, and never what is in use."""

from __future__ import annotations

import hashlib
import logging
import os
import random
import subprocess
import sys
import threading
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from voice_app.blobs import PART, Entry, FolderBlobs, sealed, unsealed
from voice_app.errors import StorageError
from voice_app.keeper import FINISHED, KINDS, Keeper, Kind, Pruned
from voice_app.testing import MemoryBlobs
from voice_app.uses import BEGINNING_SECONDS, Uses

CLIPS, BOOKS, RUNS = KINDS
HOUR, DAY = 3_600.0, 86_400.0
SIZE = 1_000


class House:
    """A cache folder whose files can be made older."""

    def __init__(self, folder: Path, max_bytes: int = 0) -> None:
        self.folder = folder
        self.uses = Uses(folder / "in-use")
        self.blobs = FolderBlobs(folder, durable=False)
        plain = FolderBlobs(folder)
        self.keeper = Keeper(plain, finished=plain, uses=self.uses, max_bytes=max_bytes)

    def put(self, kind: Kind, number: int, *, hours_ago: float = 48.0, size: int = SIZE) -> str:
        key = hashlib.sha256(f"{kind.name} {number}".encode()).hexdigest()
        name = f"{kind.name}/{key[:2]}/{key}.{kind.suffix}"
        self.blobs.write(name, sealed(name, bytes(size - 32)))
        self.age(name, hours_ago)
        return name

    def age(self, name: str, hours_ago: float) -> None:
        at = time.time() - hours_ago * HOUR
        os.utime(self.folder / name, (at, at))

    def left(self) -> set[str]:
        return {entry.name for kind in KINDS for entry in self.blobs.entries(kind.name)}


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def test_the_longest_unused_goes_first(house: House) -> None:
    names = [house.put(RUNS, n, hours_ago=10 + 3 * n) for n in range(20)]
    pruned = house.keeper.prune(7 * SIZE)
    assert house.left() == set(names[:7])
    assert pruned == Pruned(files=13, bytes=13 * SIZE, left_bytes=7 * SIZE, in_use_bytes=0)


def test_clips_go_before_runs_of_any_age(house: House) -> None:
    runs = {house.put(RUNS, n, hours_ago=1_000 + n) for n in range(5)}
    clips = [house.put(CLIPS, n, hours_ago=5 + 3 * n) for n in range(5)]
    house.keeper.prune(7 * SIZE)
    assert house.left() == runs | set(clips[:2])
    house.keeper.prune(2 * SIZE)
    assert len(house.left()) == 2
    assert house.left() < runs


def test_an_audiobook_goes_before_the_runs_that_play_now(house: House) -> None:
    runs = {house.put(RUNS, n, hours_ago=1_000) for n in range(2)}
    books = [house.put(BOOKS, n, hours_ago=5 + 3 * n) for n in range(3)]
    house.put(CLIPS, 1, hours_ago=5)
    house.keeper.prune(4 * SIZE)
    assert house.left() == runs | set(books[:2])


def test_of_one_hour_no_more_goes_than_must(house: House) -> None:
    for number in range(50):
        house.put(RUNS, number, hours_ago=48)
    pruned = house.keeper.prune(30 * SIZE + 1)
    assert (pruned.files, len(house.left())) == (20, 30)


def test_what_fits_stays(house: House) -> None:
    names = {house.put(CLIPS, n) for n in range(5)}
    assert house.keeper.prune(5 * SIZE).files == 0
    assert house.left() == names


def test_reading_is_use(house: House) -> None:
    names = [house.put(RUNS, n, hours_ago=10 + 3 * n) for n in range(4)]
    assert house.blobs.read(names[3])
    house.keeper.prune(2 * SIZE)
    assert house.left() == {names[0], names[3]}


def test_a_dry_run_says_the_same_and_does_nothing(house: House) -> None:
    names = {house.put(kind, n, hours_ago=10 + n) for kind in KINDS for n in range(9)}
    told = house.keeper.prune(4 * SIZE, dry_run=True)
    assert house.left() == names
    assert house.keeper.prune(4 * SIZE) == told


def test_what_was_used_in_the_last_hour_stays_over_any_budget(house: House) -> None:
    house.put(CLIPS, 1, hours_ago=1.1)
    recent = {house.put(CLIPS, 2, hours_ago=0.9), house.put(RUNS, 3, hours_ago=0)}
    pruned = house.keeper.prune(0)
    assert house.left() == recent
    assert pruned == Pruned(files=1, bytes=SIZE, left_bytes=2 * SIZE, in_use_bytes=2 * SIZE)


def begin_hours_ago(house: House, hours: float) -> None:
    for path in house.uses._folder.glob("*.hold"):
        os.utime(path, (0, time.time() - hours * HOUR))


def test_what_a_running_narration_has_used_stays_however_long_it_runs(house: House) -> None:
    mine = {house.put(CLIPS, 1, hours_ago=4.9), house.put(CLIPS, 2, hours_ago=2)}
    noted_early = house.put(RUNS, 3, hours_ago=5.1)  # used since, but its last note was fresh then
    house.put(RUNS, 4, hours_ago=5.3)
    with house.uses.hold():
        begin_hours_ago(house, 5)
        house.keeper.prune(0)
        assert house.left() == {*mine, noted_early}
    house.keeper.prune(0)
    assert house.left() == set()


def test_the_longest_running_of_several_counts(house: House) -> None:
    with house.uses.hold():
        begin_hours_ago(house, 5)
        with house.uses.hold():
            assert house.uses.oldest() == pytest.approx(time.time() - 5 * HOUR, abs=10)


def test_a_narration_that_was_killed_holds_nothing(house: House) -> None:
    code = "import os, sys; from pathlib import Path; from voice_app.uses import Uses\n"
    code += "with Uses(Path(sys.argv[1])).hold(): os.kill(os.getpid(), 9)"
    killed = subprocess.run([sys.executable, "-c", code, str(house.uses._folder)], check=False)
    assert killed.returncode == -9
    begin_hours_ago(house, 2 * BEGINNING_SECONDS / HOUR)
    assert len(list(house.uses._folder.glob("*.hold"))) == 1
    assert house.uses.oldest() is None
    assert list(house.uses._folder.glob("*.hold")) == []


def test_a_hold_that_is_just_being_made_is_left_alone(house: House) -> None:
    house.uses._folder.mkdir()
    (house.uses._folder / "new.hold").touch()
    assert house.uses.oldest() == pytest.approx(time.time(), abs=10)


def test_a_folder_that_cannot_be_written_is_an_error_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match=r"could not be written.*Check that"), Uses(tmp_path / "file").hold():
        pass


def test_finished_files_are_counted_and_never_touched(house: House) -> None:
    house.blobs.write(f"{FINISHED}/a.mp3", bytes(5_000))
    house.age(f"{FINISHED}/a.mp3", 10_000)
    house.put(CLIPS, 1)
    assert house.keeper.prune(0).bytes == SIZE
    house.keeper.sweep()
    finished = house.keeper.stats().finished
    assert (finished.files, finished.bytes) == (1, 5_000)


def test_what_killed_processes_and_older_versions_left_is_swept(house: House) -> None:
    key = "ab" * 32
    rests = [f"clips/ab/{PART}1", f"{FINISHED}/{PART}2", f"clips/ab/ab/{key}.wav", f"clips/ab/ab/{key}.json"]
    rests += [f"runs/cd/{key}.run", f"clips/ab/{key}.run", f"clips/ab/{key[:-1]}.wav"]
    for name in rests:
        house.blobs.write(name, b"x")
    house.keeper.sweep()
    assert all((house.folder / name).exists() for name in rests), "another process may be writing them"
    for name in rests:
        house.age(name, 1.1)
    whole = house.put(CLIPS, 1)
    house.keeper.sweep()
    assert [name for name in rests if (house.folder / name).exists()] == []
    assert house.left() == {whole}


# -- stats and verify ---------------------------------------------------------------------------


def test_stats_count_files_bytes_hours_and_the_oldest_use(house: House) -> None:
    house.put(CLIPS, 1, hours_ago=30, size=48_000 * 360)
    house.put(CLIPS, 2, hours_ago=0)
    house.put(RUNS, 3, hours_ago=2)
    house.put(BOOKS, 4, hours_ago=2, size=6_600 * 720)
    found = house.keeper.stats()
    clips, books, runs = found.stocks
    assert (clips.kind, clips.files, clips.bytes) == ("clips", 2, 48_000 * 360 + SIZE)
    assert clips.hours == pytest.approx(0.1, abs=0.001)
    assert clips.oldest_use == pytest.approx(time.time() - 30 * HOUR, abs=10)
    assert (books.kind, books.files, books.hours) == ("books", 1, pytest.approx(0.2, abs=0.001))
    assert (runs.files, runs.bytes, found.in_use_bytes) == (1, SIZE, SIZE)


def test_an_empty_cache_has_stats_and_nothing_to_prune(house: House) -> None:
    found = house.keeper.stats()
    assert (found.bytes, found.stocks[0].oldest_use) == (0, None)
    assert house.keeper.prune(0) == Pruned()
    assert house.keeper.verify().files == 0


def test_verify_removes_what_is_damaged_and_names_it(house: House) -> None:
    names = [house.put(kind, n) for kind in KINDS for n in range(5)]
    cut, changed, swapped, with_swapped = names[0], names[4], names[6], names[7]
    whole = {name: (house.folder / name).read_bytes() for name in names}
    (house.folder / cut).write_bytes(whole[cut][:-1])
    (house.folder / changed).write_bytes(whole[changed][:500] + b"!" + whole[changed][501:])
    (house.folder / swapped).write_bytes(whole[with_swapped])
    (house.folder / with_swapped).write_bytes(whole[swapped])
    bad = {cut, changed, swapped, with_swapped}
    named: list[str] = []
    found = house.keeper.verify(named.append)
    assert (found.files, found.damaged, set(named)) == (len(names), 4, bad)
    assert house.left() == set(names) - bad
    assert house.keeper.verify().damaged == 0


def test_verify_is_no_use(house: House) -> None:
    house.put(RUNS, 1, hours_ago=48)
    house.keeper.verify()
    assert house.keeper.prune(0).files == 1


# -- the chore ----------------------------------------------------------------------------------


def test_the_chore_keeps_the_budget_and_says_when_it_cannot(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    house = House(tmp_path, max_bytes=3 * SIZE)
    for number in range(10):
        house.put(CLIPS, number)
    for number in range(5):
        house.put(RUNS, number, hours_ago=0)
    with caplog.at_level(logging.INFO, "voice_app.keeper"):
        house.keeper.tidy()
    assert len(house.left()) == 5
    assert "cache pruned files=10 bytes=10000" in caplog.text
    assert "cache over budget bytes=5000 max_bytes=3000 in_use_bytes=5000" in caplog.text


def test_without_a_budget_only_leftovers_go(tmp_path: Path) -> None:
    house = House(tmp_path, max_bytes=0)
    name = house.put(CLIPS, 1)
    house.blobs.write(f"clips/ab/{PART}1", b"x")
    house.age(f"clips/ab/{PART}1", 5)
    house.keeper.tidy()
    assert house.left() == {name}


def test_a_budget_that_others_keep_costs_not_even_a_look(tmp_path: Path) -> None:
    class Untouched(MemoryBlobs):
        def entries(self, folder: str) -> Iterator[Entry]:
            raise AssertionError(folder)

    Keeper(Untouched(), finished=Untouched(), uses=Uses(tmp_path), max_bytes=None).tidy()


def test_the_chore_works_once_an_hour_whoever_asks(tmp_path: Path) -> None:
    house, other = House(tmp_path, max_bytes=SIZE), House(tmp_path, max_bytes=SIZE)
    house.keeper.tidy()
    names = {house.put(CLIPS, n) for n in range(3)}
    other.keeper.tidy()
    assert house.left() == names
    os.utime(tmp_path / "in-use" / "tidy.turn", (0, time.time() - 2 * HOUR))
    other.keeper.tidy()
    assert len(house.left()) == 1


def test_a_chore_that_failed_is_done_by_the_next(tmp_path: Path) -> None:
    uses = Uses(tmp_path)
    with uses.turn("tidy", 60) as is_mine:
        assert is_mine
    os.utime(tmp_path / "tidy.turn", (0, time.time() - 120))
    with pytest.raises(ValueError, match="broken"), uses.turn("tidy", 60):
        raise ValueError("broken")
    with uses.turn("tidy", 60) as is_mine, uses.turn("tidy", 60) as is_theirs:
        assert (is_mine, is_theirs) == (True, False)


# -- size, and others at work -------------------------------------------------------------------


class Endless(MemoryBlobs):
    """Lists very many runs without having them."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.count = count
        self.deleted = 0

    def entries(self, folder: str) -> Iterator[Entry]:
        dice = random.Random(1)
        for number in range(self.count if folder == "runs" else 0):
            key = f"{number:064x}"
            yield Entry(name=f"runs/{key[:2]}/{key}.run", bytes=SIZE, used_at=dice.uniform(0, 365 * DAY))

    def delete(self, name: str) -> None:
        self.deleted += 1


def test_many_files_cost_no_memory(tmp_path: Path) -> None:
    blobs = Endless(30_000)
    keeper = Keeper(blobs, finished=MemoryBlobs(), uses=Uses(tmp_path), max_bytes=0)
    tracemalloc.start()
    pruned = keeper.prune(10_000 * SIZE)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (pruned.files, blobs.deleted, pruned.left_bytes) == (20_000, 20_000, 10_000 * SIZE)
    assert peak < 3_000_000


def test_writers_and_readers_beside_the_keeper_meet_whole_files_or_none(house: House) -> None:
    done = threading.Event()
    torn: list[str] = []

    def work(seed: int) -> None:
        dice = random.Random(seed)
        while not done.is_set():
            name = house.put(dice.choice(KINDS), dice.randrange(30), hours_ago=dice.choice((0, 48)))
            stored = house.blobs.read(name)
            if stored is not None and unsealed(name, stored) is None:
                torn.append(name)

    def put(seed: int) -> None:
        try:
            work(seed)
        except FileNotFoundError:  # it went before it was made older
            put(seed + 10)

    workers = [threading.Thread(target=put, args=(seed,)) for seed in range(3)]
    for worker in workers:
        worker.start()
    removed = sum(house.keeper.prune(0).files for _ in range(60))
    done.set()
    for worker in workers:
        worker.join()
    assert removed
    assert torn == []
    assert house.keeper.verify().damaged == 0
