"""Every store of blobs does what a store of blobs must do: a folder, a bucket on a server on loopback, and memory."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.contracts.blobs_contract import NAME, BlobsContract
from tests.s3 import Server, free_port, serving
from voice_app.blobs import Blobs, FolderBlobs
from voice_app.bucket import BucketBlobs
from voice_app.config import Cache
from voice_app.errors import ConfigError, MediaNotFoundError, StorageError
from voice_app.testing import MemoryBlobs


class TestFolder(BlobsContract):
    @pytest.fixture
    def blobs(self, tmp_path: Path) -> Blobs:
        return FolderBlobs(tmp_path)


class TestCacheFolder(BlobsContract):
    @pytest.fixture
    def blobs(self, tmp_path: Path) -> Blobs:
        return FolderBlobs(tmp_path, durable=False)


class TestMemory(BlobsContract):
    @pytest.fixture
    def blobs(self) -> Blobs:
        return MemoryBlobs()


# -- a bucket -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("s3")) as server:
        yield server


@pytest.fixture
def settings(server: Server) -> Cache:
    return server.bucket()


class TestBucket(BlobsContract):
    @pytest.fixture
    def blobs(self, settings: Cache) -> Blobs:
        return BucketBlobs(settings)


def test_two_machines_share_a_bucket(settings: Cache) -> None:
    BucketBlobs(settings).write(NAME, b"one")
    assert BucketBlobs(settings).read(NAME) == b"one"
    other_folder = replace(settings, bucket=settings.bucket + "/other")
    assert BucketBlobs(other_folder).read(NAME) is None


def test_a_list_has_more_than_one_page(settings: Cache, server: Server) -> None:
    folder = server.folder / settings.bucket.removeprefix("s3://") / "clips" / "ab"
    folder.mkdir(parents=True)
    for number in range(2_100):  # the server gives a thousand at a time
        (folder / f"{number:064x}.wav").write_bytes(b"x")
    assert len({entry.name for entry in BucketBlobs(settings).entries("clips")}) == 2_100


def test_the_time_of_an_entry_is_that_of_its_writing(settings: Cache) -> None:
    blobs = BucketBlobs(settings)
    blobs.write(NAME, b"one")
    (entry,) = blobs.entries("clips")
    assert entry.used_at == pytest.approx(time.time(), abs=5)


def test_a_bucket_has_no_local_files(settings: Cache) -> None:
    blobs = BucketBlobs(settings)
    blobs.write(NAME, b"one")
    with pytest.raises(MediaNotFoundError):
        blobs.path(NAME)


def every_failure(settings: Cache) -> Iterator[str]:
    blobs = BucketBlobs(settings)
    for call in (
        lambda: blobs.read(NAME),
        lambda: blobs.write(NAME, b"x"),
        lambda: blobs.delete(NAME),
        lambda: list(blobs.entries("clips")),
    ):
        with pytest.raises(StorageError) as problem:
            call()
        yield str(problem.value)


def test_a_wrong_key_says_so_and_shows_no_secret(settings: Cache) -> None:
    for wrong in (replace(settings, secret_key="another-secret"), replace(settings, access_key="AKSOMEBODY")):
        for sentence in every_failure(wrong):
            assert "refused the key. Check cache.access_key, cache.secret_key" in sentence
            assert not re.search("another-secret|AKSOMEBODY", sentence)


def test_a_server_that_is_not_there_says_so(settings: Cache) -> None:
    for sentence in every_failure(replace(settings, endpoint=f"http://127.0.0.1:{free_port()}")):
        assert "did not answer as it should. Check cache.endpoint" in sentence


def test_a_bucket_that_is_not_there_says_so_when_it_is_written_or_listed(settings: Cache) -> None:
    blobs = BucketBlobs(replace(settings, bucket="s3://no-such-bucket"))
    for call in (lambda: blobs.write(NAME, b"x"), lambda: list(blobs.entries("clips"))):
        with pytest.raises(StorageError, match=r"There is no bucket s3://no-such-bucket\. Make it"):
            call()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("bucket", "voice"),
        ("bucket", "s3://"),
        ("bucket", "s3:///folder"),
        ("bucket", "s3://a b/c"),
        ("bucket", "https://host/voice"),
        ("endpoint", "nonsense"),
        ("endpoint", "ftp://host"),
        ("endpoint", "http://ho st"),
        ("endpoint", "http://"),
        ("region", "us east"),
        ("access_key", "a\nb"),
        ("secret_key", "sécret"),
    ],
)
def test_settings_that_cannot_work_are_refused_before_anything_is_opened(settings: Cache, key: str, value: str) -> None:
    with pytest.raises(ConfigError, match=f"cache.{key} cannot be .*Write it") as problem:
        BucketBlobs(replace(settings, **{key: value}))
    assert "sécret" not in str(problem.value)
