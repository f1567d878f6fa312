"""The booth's side of the socket: what callers ask for goes to the recorder, and word comes back when it is done."""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import threading
from concurrent.futures import Future
from functools import partial
from multiprocessing.connection import Connection, Listener
from pathlib import Path
from typing import Any

from voice_app.errors import VoiceAppError
from voice_app.model import Voice
from voice_app.recording import wire
from voice_app.recording.place import address
from voice_app.recording.take import Recorder, Recording, Urgency

log = logging.getLogger(__name__)

BACKLOG = 64


class Server:
    """Listens for callers on threads of its own until the process ends. Only one may serve a library: see `place`."""

    def __init__(self, recorder: Recorder, content: Path) -> None:
        self._recorder = recorder
        self._listener = _opened(address(content))

    def start(self) -> None:
        threading.Thread(target=self._accept, name="booth-door", daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                connection = self._listener.accept()
            except (OSError, EOFError):
                return  # closed
            threading.Thread(target=_Caller(self._recorder, connection).serve, name="caller", daemon=True).start()


def _opened(name: str) -> Listener:
    if not name.startswith("\\"):
        Path(name).unlink(missing_ok=True)  # a socket outlives the process that was killed
    before = os.umask(0o177)
    try:
        return Listener(name, backlog=BACKLOG)
    finally:
        os.umask(before)


class _Caller:
    """One connection: a site or a worker. What it asked for is cancelled when it goes."""

    def __init__(self, recorder: Recorder, connection: Connection) -> None:
        self._recorder = recorder
        self._connection = connection
        self._asked: dict[int, Future[Recording]] = {}
        self._answers: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()

    def serve(self) -> None:
        threading.Thread(target=self._send, name="caller-answers", daemon=True).start()
        try:
            while True:
                self._heed(wire.unpacked(self._connection.recv_bytes(wire.MAX_MESSAGE_BYTES)))
        except (EOFError, OSError, ValueError, TypeError, KeyError) as problem:
            log.debug("caller gone why=%s", type(problem).__name__)
        finally:
            self._answers.put(None)
            for future in list(self._asked.values()):
                future.cancel()

    def _heed(self, message: dict[str, Any]) -> None:
        number = message["id"]
        if "bye" in message:
            raise EOFError
        if "cancel" in message:
            if future := self._asked.pop(number, None):
                future.cancel()
        elif "gain" in message:
            # rare and slow: a voice is measured once for ever
            threading.Thread(target=self._measure, args=(number, Voice(**message["gain"])), daemon=True).start()
        else:
            self._record(number, message)

    def _record(self, number: int, message: dict[str, Any]) -> None:
        take = wire.take_of(message["take"])
        begun = partial(self._answers.put, {"id": number, "begun": True})
        urgency, listener = Urgency(message["urgency"]), str(message["listener"])
        try:
            future = self._recorder.record(take, urgency=urgency, listener=listener, on_begin=begun)
        except VoiceAppError as problem:
            self._answers.put({"id": number} | wire.problem_fields(problem))
            return
        self._asked[number] = future
        future.add_done_callback(lambda done: self._done(number, done))

    def _done(self, number: int, future: Future[Recording]) -> None:
        self._asked.pop(number, None)
        if future.cancelled():
            return
        problem = future.exception()
        answer = wire.problem_fields(problem) if problem else {"fresh": future.result().fresh}
        self._answers.put({"id": number} | answer)

    def _measure(self, number: int, voice: Voice) -> None:
        try:
            answer: dict[str, Any] = {"gain_db": self._recorder.gain_db(voice)}
        except VoiceAppError as problem:
            answer = wire.problem_fields(problem)
        self._answers.put({"id": number} | answer)

    def _send(self) -> None:
        """On a thread of its own: a caller that does not listen must not keep a voice waiting."""
        with self._connection, contextlib.suppress(OSError):
            while (answer := self._answers.get()) is not None:
                self._connection.send_bytes(wire.packed(answer))
