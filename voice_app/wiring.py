"""Builds the Studio: the only module that names concrete classes. Nothing heavy is loaded before it is needed."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from voice_app import plugins
from voice_app.blobs import FolderBlobs
from voice_app.config import Config
from voice_app.ingest.reader import Reader
from voice_app.library.store import Library
from voice_app.narrator import Narrator
from voice_app.speech.engine import Workshop
from voice_app.studio import Studio

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
        narrator=lambda: Narrator(recorder(config), rate=config.narration.rate),
        library=lambda: library(config),
        content=FolderBlobs(config.paths.content),
        cache=FolderBlobs(config.paths.cache),
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

    cache = FolderBlobs(config.paths.cache, durable=False)  # clips and runs prove themselves whole
    make = plugins.engine_maker(workshop(config))
    return Booth(make, names=plugins.names(), clips=Clips(cache)), Press(cache)
