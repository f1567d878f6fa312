"""Builds the Studio: the only module that names concrete classes. Nothing heavy is loaded before it is needed."""

from __future__ import annotations

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


def build(config: Config) -> Studio:
    """A Studio for this configuration. The library's file is made when it is first used."""
    return Studio(
        config,
        reader=Reader(config.fetch),
        narrator=lambda: narrator(config),
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


def narrator(config: Config) -> Narrator:
    from voice_app.audio.press import Press
    from voice_app.speech.booth import Booth
    from voice_app.speech.clips import Clips

    cache = _kept(config, durable=False)  # clips and runs prove themselves whole
    booth = Booth(
        plugins.engine_maker(workshop(config)),
        names=tuple(plugins.ENGINES),
        clips=Clips(cache),
        threads=config.narration.threads,
    )
    return Narrator(
        booth,
        Press(cache),
        calibrations=FolderBlobs(config.paths.cache),
        rate=config.narration.rate,
        at_work=_uses(config).hold,
    )


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
