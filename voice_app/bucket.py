"""Blobs in a bucket of Amazon S3, or of a server that speaks its language: one cache for several machines.

Needs the package obstore, which `make bucket` installs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from voice_app.blobs import Entry
from voice_app.config import Cache
from voice_app.errors import ConfigError, MediaNotFoundError, StorageError

if TYPE_CHECKING:
    from obstore.store import S3Store

CONNECT_TIMEOUT = "5s"
TIMEOUT = "30s"
RETRIES = 3
RETRY_SECONDS = 20
LISTED_AT_ONCE = 1_000  # the most that S3 gives in one answer
SCHEME = "s3://"

_NO_BLANKS = r"[!-~]*", "Write it without blanks."
_FORMS = {
    "bucket": (r"s3://[A-Za-z0-9][A-Za-z0-9._-]*(/[!-~]*)?", "Write it as s3://name or s3://name/folder."),
    "endpoint": (r"(https?://[A-Za-z0-9\[][A-Za-z0-9.:\]_-]*/?)?", "Write it as https://host or https://host:port."),
    "region": _NO_BLANKS,
    "access_key": _NO_BLANKS,
    "secret_key": _NO_BLANKS,
}
_REASONS = {
    "status code: 403": (
        "The bucket {} refused the key.",
        "Check cache.access_key, cache.secret_key and cache.region, and what they may do in the bucket.",
    ),
    "status code: 404": ("There is no bucket {}.", "Make it, or name another as cache.bucket."),
}
_SILENT = "The bucket {} did not answer as it should.", "Check cache.endpoint and the connection, and try again."


class BucketBlobs:
    """Blobs as objects. A write is whole or absent, as S3 promises; a read is not noted, so the time of an entry is
    that of its writing. There are no local files, hence no paths."""

    def __init__(self, settings: Cache) -> None:
        """Opens nothing yet. Raises ConfigError for a bucket that is not called s3://name or s3://name/folder."""
        self._name = settings.bucket
        self._store = _opened(settings)

    def read(self, name: str) -> bytes | None:
        import obstore

        with self._failures():
            try:
                return bytes(obstore.get(self._store, name).bytes())
            except FileNotFoundError:
                return None

    def write(self, name: str, data: bytes | Iterable[bytes]) -> None:
        import obstore

        whole = data if isinstance(data, bytes) else b"".join(data)
        with self._failures():
            obstore.put(self._store, name, whole, use_multipart=False)

    def path(self, name: str) -> Path:
        raise MediaNotFoundError(name=name)

    def delete(self, name: str) -> None:
        import obstore

        with self._failures():
            try:
                obstore.delete(self._store, name)
            except FileNotFoundError:
                return

    def entries(self, folder: str) -> Iterator[Entry]:
        import obstore

        with self._failures():
            for page in obstore.list(self._store, f"{folder}/", chunk_size=LISTED_AT_ONCE):
                for each in page:
                    yield Entry(name=each["path"], bytes=each["size"], used_at=each["last_modified"].timestamp())

    @contextmanager
    def _failures(self) -> Iterator[None]:
        """Turns what goes wrong between here and the bucket into a sentence. The library's own words are for
        programmers, and carry addresses."""
        from obstore.exceptions import BaseError

        try:
            yield
        except (BaseError, OSError) as problem:
            reason = next((why for sign, why in _REASONS.items() if sign in str(problem)), _SILENT)
            what, todo = reason
            raise StorageError(what.format(self._name), todo=todo) from problem


def _opened(settings: Cache) -> S3Store:
    from datetime import timedelta

    _check(settings)
    bucket, _, prefix = settings.bucket.removeprefix(SCHEME).strip("/").partition("/")
    try:
        from obstore.store import S3Store
    except ImportError as problem:
        raise ConfigError("A cache in a bucket needs the package obstore.", todo="Run `make bucket`.") from problem
    given = {
        "endpoint": settings.endpoint,
        "region": settings.region,
        "access_key_id": settings.access_key,
        "secret_access_key": settings.secret_key,
    }
    return S3Store(
        bucket,
        prefix=prefix or None,
        config={key: value for key, value in given.items() if value},  # type: ignore[arg-type] # keys of S3Config
        client_options={
            "allow_http": settings.endpoint.startswith("http://"),
            "connect_timeout": CONNECT_TIMEOUT,
            "timeout": TIMEOUT,
        },
        retry_config={"max_retries": RETRIES, "retry_timeout": timedelta(seconds=RETRY_SECONDS)},
    )


def _check(settings: Cache) -> None:
    """Raises ConfigError for what could never work: the library ends the program over some of it."""
    for key, (pattern, todo) in _FORMS.items():
        value = getattr(settings, key)
        if not re.fullmatch(pattern, value, re.ASCII):
            shown = "what it is" if key == "secret_key" else repr(value)
            raise ConfigError(f"cache.{key} cannot be {shown}.", todo=todo, key=f"cache.{key}")
