"""Builds the Studio: the only module that names concrete classes. Nothing heavy is loaded before it is needed."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from voice_app import plugins
from voice_app.blobs import Blobs, FolderBlobs
from voice_app.config import Config
from voice_app.ingest.reader import Reader
from voice_app.keeper import Keeper
from voice_app.library.store import Library
from voice_app.narrator import Narrator
from voice_app.speech.engine import Workshop
from voice_app.studio import Studio
from voice_app.uses import Uses

if TYPE_CHECKING:
    from voice_app.audio.press import Press
    from voice_app.recording.take import Recorder
    from voice_app.speech.booth import Booth

PATIENCE_SECONDS = 60.0  # a booth that dies at once again and again is started again after half of that


def build(config: Config, *, shared_booth: bool = False) -> Studio:
    """A Studio for this configuration. The library's file is made when it is first used.

    With `shared_booth` the library's booth process speaks, else this process.
    """
    recorder = booth_client if shared_booth else local_recorder
    return Studio(
        config,
        reader=Reader(config.fetch),
        narrator=lambda: Narrator(recorder(config), narration=config.narration, at_work=_uses(config).hold),
        library=lambda: library(config),
        content=FolderBlobs(config.paths.content),
        cache=FolderBlobs(config.paths.cache),
        keeper=lambda: keeper(config),
    )


def library(config: Config) -> Library:
    from voice_app.library.sql import SqlLibrary

    return SqlLibrary(config.paths.content / "library.sqlite")


def workshop(config: Config) -> Workshop:
    from voice_app.audio.encode import decode

    return Workshop(config=config, decode=decode)


def local_recorder(config: Config, on_loss: Callable[[int], None] = lambda lost: None) -> Recorder:
    """A recorder that speaks in this process. `on_loss` is told how many of its threads hang by now."""
    from voice_app.recording.recorder import LocalRecorder

    booth, press = _cache(config)
    return LocalRecorder(
        booth,
        press,
        calibrations=FolderBlobs(config.paths.cache),
        threads=config.narration.threads or os.cpu_count() or 1,
        stall_seconds=config.booth.stall_seconds,
        on_loss=on_loss,
    )


def booth_client(config: Config) -> Recorder:
    """A recorder that asks the library's booth process."""
    from voice_app.recording.client import RemoteRecorder

    booth, press = _cache(config)
    return RemoteRecorder(booth, press, content=config.paths.content, patience_seconds=PATIENCE_SECONDS)


def _cache(config: Config) -> tuple[Booth, Press]:
    from voice_app.audio.press import Press
    from voice_app.speech.booth import Booth
    from voice_app.speech.clips import Clips

    cache = _kept(config, durable=False)  # clips and runs prove themselves whole
    make = plugins.engine_maker(workshop(config))
    return Booth(make, names=plugins.names(), clips=Clips(cache)), Press(cache)


def keeper(config: Config) -> Keeper:
    """Looks after clips and runs. A bucket is limited by its own rules: other machines use it, too."""
    return Keeper(
        _kept(config, durable=True),  # it reads without noting a use
        finished=FolderBlobs(config.paths.cache),
        uses=_uses(config),
        max_bytes=None if config.cache.bucket else max(0, config.cache.max_bytes),
    )


def _kept(config: Config, *, durable: bool) -> Blobs:
    """Where clips and runs are."""
    if not config.cache.bucket:
        return FolderBlobs(config.paths.cache, durable=durable)
    from voice_app.bucket import BucketBlobs

    return BucketBlobs(config.cache)


def _uses(config: Config) -> Uses:
    return Uses(config.paths.cache / "in-use")
