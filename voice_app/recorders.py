"""Builds recorders and what they keep. Apart from `wiring.py`: the rest of the program takes longer to import, and a
voice can be loaded meanwhile.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from voice_app import plugins
from voice_app.blobs import Blobs, FolderBlobs
from voice_app.speech.engine import Workshop

if TYPE_CHECKING:
    from voice_app.audio.press import Press
    from voice_app.config import Config
    from voice_app.recording.recorder import LocalRecorder
    from voice_app.recording.take import Recorder
    from voice_app.speech.booth import Booth

PATIENCE_SECONDS = 60.0  # a booth that dies at once again and again is started again after half of that


def local_recorder(config: Config, on_loss: Callable[[int], None] = lambda lost: None) -> LocalRecorder:
    """A recorder that speaks in this program. `on_loss` is told how many of its threads hang by now."""
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


def workshop(config: Config) -> Workshop:
    from voice_app.audio.encode import decode

    return Workshop(config=config, decode=decode)


def kept(config: Config, *, durable: bool) -> Blobs:
    """Where clips and runs are."""
    if not config.cache.bucket:
        return FolderBlobs(config.paths.cache, durable=durable)
    from voice_app.bucket import BucketBlobs

    return BucketBlobs(config.cache)


def _cache(config: Config) -> tuple[Booth, Press]:
    from voice_app.audio.press import Press
    from voice_app.speech.booth import Booth
    from voice_app.speech.clips import Clips

    cache = kept(config, durable=False)  # clips and runs prove themselves whole
    make = plugins.engine_maker(workshop(config))
    return Booth(make, names=plugins.Names(), clips=Clips(cache)), Press(cache)
