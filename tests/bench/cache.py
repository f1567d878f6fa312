"""What a look-up in the cache costs among 10^3 to 10^6 files: `python -m tests.bench.cache [--most 1000000]`.

The files are small and whole clips, so the figures are those of finding, opening and checking. Most of them are hard
links to a few, so that a million take 100 MB of folders and no more. Each size is measured in rounds that take turns
with the smallest, so that a busy machine slows both: compare the ratios, not the times.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from voice_app.blobs import FolderBlobs
from voice_app.keeper import Keeper
from voice_app.model import Clip
from voice_app.speech.clips import Clips
from voice_app.uses import Uses

SIZES = (1_000, 10_000, 100_000, 1_000_000)
ROUNDS, LOOKS = 20, 500
PER_FILE = 50_000  # links to one file: ext4 allows 65,000
FREE_BYTES = 3_000_000_000


def key(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest()


def fill(folder: Path, size: int) -> None:
    """`size` clips, of which those that are looked up are whole and the rest are links."""
    clips = Clips(FolderBlobs(folder, durable=False))
    for number in looked_up(size):
        clips.put(Clip(key=key(number), sample_rate=24_000, pcm=bytes(2_000)))
    source = folder / "source"
    for number in range(size):
        if number % PER_FILE == 0:
            source = folder / f"source-{number}"
            source.write_bytes(bytes(100))
        name = key(number)
        path = folder / "clips" / name[:2] / f"{name}.wav"
        try:
            os.link(source, path)
        except FileExistsError:
            continue
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            os.link(source, path)


def looked_up(size: int) -> list[int]:
    return random.Random(1).sample(range(size), min(size, 1_000))


def looks(folder: Path, size: int, dice: random.Random) -> Iterator[tuple[float, float]]:
    """(milliseconds of a hit, milliseconds of a miss), again and again."""
    clips, wanted = Clips(FolderBlobs(folder, durable=False)), looked_up(size)
    for _ in range(LOOKS):
        there, absent = key(dice.choice(wanted)), key(-dice.randrange(1, 10**9))
        began = time.perf_counter()
        hit = clips.get(there)
        between = time.perf_counter()
        miss = clips.get(absent)
        ended = time.perf_counter()
        assert hit is not None and miss is None
        yield (between - began) * 1000, (ended - between) * 1000


def scan_seconds(folder: Path) -> float:
    plain = FolderBlobs(folder)
    keeper = Keeper(plain, finished=plain, uses=Uses(folder / "in-use"), max_bytes=0)
    began = time.perf_counter()
    keeper.stats()
    return time.perf_counter() - began


def row(size: int, hits: list[float], misses: list[float], ratio: float, scan: float) -> str:
    def shown(values: list[float]) -> str:
        cuts = statistics.quantiles(values, n=20)
        return f"{cuts[9] * 1000:.0f} / {cuts[18] * 1000:.0f}"

    return f"| {size:,} | {shown(hits)} | {shown(misses)} | {ratio:.2f} | {scan:.2f} |"


def measured(folder: Path, most: int) -> list[str]:
    sizes = [size for size in SIZES if size <= most]
    dice = random.Random(2)
    for size in sizes:
        fill(folder / str(size), size)
    smallest, rows = sizes[0], []
    for size in sizes:
        hits, misses, ratios = [], [], []
        for _ in range(ROUNDS):
            few = list(looks(folder / str(smallest), smallest, dice))
            many = list(looks(folder / str(size), size, dice))
            ratios.append(statistics.median(h for h, _ in many) / statistics.median(h for h, _ in few))
            hits += [hit for hit, _ in many]
            misses += [miss for _, miss in many]
        scan = scan_seconds(folder / str(size))
        rows.append(row(size, hits, misses, statistics.median(ratios), scan))
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=SIZES[-1])
    most = parser.parse_args().most
    folder = Path(tempfile.mkdtemp(prefix="voice-app-bench-"))
    try:
        if shutil.disk_usage(folder).free < FREE_BYTES:
            raise SystemExit(f"{folder} has less than {FREE_BYTES // 10**9} GB left.")
        rows = measured(folder, most)
    finally:
        shutil.rmtree(folder)
    print("| clips | hit, p50 / p95 in µs | miss, p50 / p95 in µs | hit against 1,000 | `cache stats` in s |")
    print("|---|---|---|---|---|")
    print("\n".join(rows))


if __name__ == "__main__":
    main()
