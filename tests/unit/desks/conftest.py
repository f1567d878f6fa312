"""A Studio with the engine that ticks, in a folder of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from voice_app import wiring
from voice_app.config import Config, load
from voice_app.model import Article
from voice_app.studio import Studio


@dataclass(frozen=True, kw_only=True)
class House:
    """`folder` holds content and cache; `work` does what a worker would, once."""

    studio: Studio
    config: Config
    folder: Path

    def articles(self) -> dict[str, Article]:
        return {article.title: article for article in self.studio.articles()}

    def work(self) -> None:
        for article in self.studio.work.asked():
            self.studio.work.read(article.id)
            self.studio.work.narrate(article.id)

    def clips(self) -> int:
        """How many clips were ever spoken: each is a file, and none is spoken twice."""
        return len(list((self.folder / "cache" / "clips").rglob("*.wav")))


@pytest.fixture
def make_house(tmp_path: Path) -> Callable[..., House]:
    def make(**settings: Any) -> House:
        flags = {"paths.content": tmp_path / "content", "paths.cache": tmp_path / "cache"}
        flags |= {"narration.voice": "tick/tock"} | {key.replace("__", "."): value for key, value in settings.items()}
        config = load(flags=flags, environ={}, file=tmp_path / "none.toml")
        return House(studio=wiring.build(config), config=config, folder=tmp_path)

    return make


@pytest.fixture
def house(make_house: Callable[..., House]) -> House:
    return make_house()
