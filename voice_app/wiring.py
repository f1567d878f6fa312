"""Builds the Studio: with `recorders.py` the only module that names concrete classes. Nothing heavy is loaded before it
is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voice_app.blobs import FolderBlobs
from voice_app.config import Config
from voice_app.ingest.reader import Reader
from voice_app.keeper import Keeper
from voice_app.library.store import Library
from voice_app.narrator import Narrator
from voice_app.recorders import booth_client, kept, local_recorder
from voice_app.studio import Studio
from voice_app.uses import Uses

if TYPE_CHECKING:
    from voice_app.recording.take import Recorder


def build(config: Config, *, shared_booth: bool = False, recorder: Recorder | None = None) -> Studio:
    """A Studio for this configuration. The library's file is made when it is first used.

    The `recorder` speaks; without one the library's booth process does when it is shared, else this process.
    """
    made = booth_client if shared_booth else local_recorder
    return Studio(
        config,
        reader=Reader(config.fetch),
        narrator=lambda: Narrator(recorder or made(config), narration=config.narration, at_work=_uses(config).hold),
        library=lambda: library(config),
        content=FolderBlobs(config.paths.content),
        cache=FolderBlobs(config.paths.cache),
        keeper=lambda: keeper(config),
    )


def library(config: Config) -> Library:
    from voice_app.library.sql import SqlLibrary

    return SqlLibrary(config.paths.content / "library.sqlite")


def keeper(config: Config) -> Keeper:
    """Looks after clips and runs. A bucket is limited by its own rules: other machines use it, too."""
    return Keeper(
        kept(config, durable=True),  # it reads without noting a use
        finished=FolderBlobs(config.paths.cache),
        uses=_uses(config),
        max_bytes=None if config.cache.bucket else max(0, config.cache.max_bytes),
    )


def _uses(config: Config) -> Uses:
    return Uses(config.paths.cache / "in-use")
