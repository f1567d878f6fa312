"""A worker process whose engine takes its time and writes down the key of every sentence it begins to speak.

Run as `python -m tests.journeys.counted_worker CALLS`; everything else comes from the environment, as always.
"""

from __future__ import annotations

import hashlib
import logging
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from voice_app import worker
from voice_app.blobs import FolderBlobs
from voice_app.config import Config, load
from voice_app.jobs import heartbeat
from voice_app.jobs.rounds import Chore
from voice_app.library.sql import SqlLibrary
from voice_app.model import Article, ArticleAudio, ArticleState, Block, BlockKind, Document, SpeakRequest, Speech
from voice_app.speech.booth import Booth
from voice_app.speech.clips import Clips
from voice_app.speech.keys import clip_key
from voice_app.testing import TickEngine

if TYPE_CHECKING:
    from collections.abc import Sequence

THREADS = 2
SPEAK_SECONDS = 0.03


class CountedEngine(TickEngine):
    """Writes the clip's key down before it speaks."""

    def __init__(self, calls: Path) -> None:
        super().__init__(seconds=SPEAK_SECONDS)
        self._calls = os.open(calls, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def speak(self, request: SpeakRequest) -> Speech:
        os.write(self._calls, f"{clip_key(request, self.info)}\n".encode())
        return super().speak(request)


class SmallStudio:
    """Reads Markdown as lines and narrates them: the real library, booth and cache, and nothing else."""

    def __init__(self, config: Config, calls: Path) -> None:
        self._config = config
        self._library = SqlLibrary(config.paths.content / "library.sqlite")
        self._cache = FolderBlobs(config.paths.cache)
        clips = Clips(self._cache)
        self._booth = Booth(lambda name: CountedEngine(calls), names=("tick",), clips=clips)
        self._threads = ThreadPoolExecutor(THREADS)

    def import_folder(self) -> None:
        for path in sorted((self._config.paths.content / "articles").glob("*.md")):
            text = path.read_text()
            digest = hashlib.sha256(text.encode()).hexdigest()
            origin = f"content/articles/{path.name}"
            self._library.add(title=path.stem, origin=origin, media_type="text/markdown", original=text, digest=digest)

    def asked(self) -> Sequence[Article]:
        return self._library.asking()

    def lost(self) -> Sequence[Article]:
        return ()

    def give_up(self, article_id: int, problem: str) -> None:
        self._library.set_state(article_id, ArticleState.PROBLEM, problem=problem)

    def read(self, article_id: int) -> None:
        self._library.set_state(article_id, ArticleState.READING)
        lines = self._library.original(article_id).original.splitlines()
        blocks = tuple(Block(kind=BlockKind.PARAGRAPH, text=line) for line in lines if line)
        self._library.save_document(article_id, Document(title=blocks[0].text, blocks=blocks))

    def narrate(self, article_id: int) -> None:
        self._library.set_state(article_id, ArticleState.NARRATING)
        document = self._library.document(article_id)
        assert document is not None
        voice = self._booth.voice("tick/tock")
        requests = [SpeakRequest(text=block.text, language="en", voice=voice.name) for block in document.blocks]
        futures = [self._threads.submit(lambda r=request: self._booth.clip(r, voice)) for request in requests]  # type: ignore[misc]
        sound = b"".join(future.result()[0].pcm for future in futures)
        digest = hashlib.sha384(sound).hexdigest()
        self._cache.write(f"audio/{digest[:12]}.mp3", sound)
        numbers = {"bytes": len(sound), "seconds": 1.0, "loudness_lufs": -16.0, "true_peak_dbtp": -1.0}
        names = {"file": f"{digest[:12]}.mp3", "artwork": "", "script_digest": "", "voice": voice.id, "sha384": digest}
        self._library.save_audio(article_id, ArticleAudio(**numbers, **names, chapters=(), marks=(), cues=()))  # type: ignore[arg-type]


class NoBooks:
    """Nobody asks for audiobooks here."""

    def asked(self) -> Sequence[Article]:
        return ()

    def make(self, article_id: int) -> None: ...
    def give_up(self, article_id: int, problem: str) -> None: ...


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(message)s")
    heartbeat.STALE_SECONDS = 5.0  # a frozen worker is given up sooner than in earnest
    settings = load()
    studio = SmallStudio(settings, Path(sys.argv[1]))
    folder = Chore(name="folder", seconds=2.0, run=studio.import_folder)
    worker.run(studio, settings, bindery=NoBooks(), chores=(folder,))
