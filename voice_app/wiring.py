"""Builds the Studio: the only module that names concrete classes. Nothing heavy is loaded before it is needed."""

from __future__ import annotations

from voice_app import plugins
from voice_app.blobs import FolderBlobs
from voice_app.config import Config
from voice_app.ingest.reader import Reader
from voice_app.library.store import Library
from voice_app.narrator import Narrator
from voice_app.speech.engine import Workshop
from voice_app.studio import Studio


def build(config: Config) -> Studio:
    """A Studio for this configuration. The library's file is made when it is first used."""
    return Studio(
        config,
        reader=Reader(config.fetch),
        narrator=lambda: narrator(config),
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


def narrator(config: Config) -> Narrator:
    from voice_app.audio.press import Press
    from voice_app.speech.booth import Booth
    from voice_app.speech.clips import Clips

    cache = FolderBlobs(config.paths.cache, durable=False)  # clips and runs prove themselves whole
    booth = Booth(
        plugins.engine_maker(workshop(config)),
        names=plugins.names(),
        clips=Clips(cache),
        threads=config.narration.threads,
    )
    return Narrator(booth, Press(cache), calibrations=FolderBlobs(config.paths.cache), rate=config.narration.rate)
