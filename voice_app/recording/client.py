"""The callers' side of the socket: a recorder whose sentences are spoken by the booth process of the library."""

from __future__ import annotations

import itertools
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from multiprocessing.connection import Client, Connection
from pathlib import Path
from typing import Any

from voice_app.audio.press import Press
from voice_app.errors import BoothAwayError, EngineFailedError, VoiceAppError
from voice_app.model import Voice
from voice_app.recording import wire
from voice_app.recording.looking import Looking
from voice_app.recording.place import address
from voice_app.recording.take import Recording, Take, Urgency, nothing
from voice_app.speech.booth import Booth

log = logging.getLogger(__name__)

KNOCK_SECONDS = 0.05
MAX_DEATHS = 5  # a sentence that was being spoken when so many booths died is taken for the cause


@dataclass(slots=True, eq=False)
class _Asked:
    """A question, who waits for its answer, and how to read that."""

    message: dict[str, Any]
    future: Future[Any]
    read: Callable[[dict[str, Any]], Any]
    since: float = field(default_factory=time.monotonic)
    is_begun: bool = False
    deaths: int = 0


class RemoteRecorder(Looking):
    """See `take.Recorder`. Looks into the cache itself; asks the booth process for what is not there.

    When that process dies, what was asked is asked again of its successor. When there is none for `patience_seconds`,
    those who wait get a BoothAwayError. `booth` and `press` know names and files here and speak nothing.
    """

    def __init__(self, booth: Booth, press: Press, *, content: Path, patience_seconds: float) -> None:
        super().__init__(booth, press)
        self._content = content
        self._patience_seconds = patience_seconds
        self._ids = itertools.count(1)
        self._pending: dict[int, _Asked] = {}
        self._gains_db: dict[str, float] = {}
        self._turn = threading.Condition(threading.RLock())
        self._connection: Connection | None = None
        self._thread: threading.Thread | None = None
        self._is_closed = False

    @property
    def is_apart(self) -> bool:
        return True

    def record(
        self,
        take: Take,
        *,
        urgency: Urgency = Urgency.FRESH,
        listener: str = "",
        on_begin: Callable[[], None] = nothing,
    ) -> Future[Recording]:
        del on_begin  # only the server needs to know
        if found := self.found(take):
            return found
        message = {"take": wire.fields_of(take), "urgency": int(urgency), "listener": listener}
        return self._ask(message, lambda answer: self.made(take, fresh=bool(answer["fresh"])))

    def gain_db(self, voice: Voice) -> float:
        if voice.gain_db is not None:
            return voice.gain_db
        if voice.id not in self._gains_db:
            asked = self._ask({"gain": wire.fields_of(voice)}, lambda answer: float(answer["gain_db"]))
            self._gains_db[voice.id] = asked.result()
        return self._gains_db[voice.id]

    def warm(self, wanted: str) -> None:
        """Nothing: the booth process warms itself."""

    def close(self) -> None:
        with self._turn:
            self._is_closed = True
            self._send(0, {"bye": True})  # the booth hangs up; hanging up here would trip the thread that reads
            self._turn.notify_all()

    # -- asking -----------------------------------------------------------------------------

    def _ask(self, message: dict[str, Any], read: Callable[[dict[str, Any]], Any]) -> Future[Any]:
        asked = _Asked(message=message, future=Future(), read=read)
        with self._turn:
            number = next(self._ids)
            self._pending[number] = asked
            self._send(number, asked.message)
            if self._thread is None:
                self._thread = threading.Thread(target=self._converse, name="booth-client", daemon=True)
                self._thread.start()
            self._turn.notify_all()
        asked.future.add_done_callback(lambda future: self._cancel(number) if future.cancelled() else None)
        return asked.future

    def _send(self, number: int, message: dict[str, Any]) -> None:
        """Now, if there is a connection; else it is sent when there is one."""
        if self._connection is not None:
            try:
                self._connection.send_bytes(wire.packed({"id": number} | message))
            except OSError:  # its end is noticed by the thread that reads
                log.debug("booth does not listen")

    def _cancel(self, number: int) -> None:
        with self._turn:
            if self._pending.pop(number, None):
                self._send(number, {"cancel": True})

    # -- conversing -------------------------------------------------------------------------

    def _converse(self) -> None:
        while (connection := self._connected()) is not None:
            with connection:
                with self._turn:
                    self._connection = connection
                    for number, asked in list(self._pending.items()):
                        self._send(number, asked.message)
                self._listen(connection)
                with self._turn:  # before it is closed: its number may then be that of another file
                    self._connection = None
                    self._count_deaths()

    def _connected(self) -> Connection | None:
        """A connection as soon as there is something to ask and a booth to ask; None when this is closed."""
        while True:
            with self._turn:
                while not self._pending and not self._is_closed:
                    self._turn.wait()
                if self._is_closed:
                    return None
                self._give_up_on_the_impatient()
            try:
                return Client(address(self._content))
            except OSError:
                time.sleep(KNOCK_SECONDS)

    def _give_up_on_the_impatient(self) -> None:
        now = time.monotonic()
        for number, asked in list(self._pending.items()):
            if now - asked.since > self._patience_seconds:
                self._pending.pop(number)
                _settle(asked.future, BoothAwayError())

    def _listen(self, connection: Connection) -> None:
        try:
            while True:
                self._heed(wire.unpacked(connection.recv_bytes(wire.MAX_MESSAGE_BYTES)))
        except (EOFError, OSError, ValueError) as problem:
            log.debug("booth gone why=%s", type(problem).__name__)

    def _heed(self, answer: dict[str, Any]) -> None:
        with self._turn:
            asked = self._pending.get(answer["id"])
            if asked is not None and "begun" in answer:
                asked.is_begun = True
                return
            self._pending.pop(answer["id"], None)
        if asked is None:
            return
        try:
            outcome = wire.problem_of(answer) if "error" in answer else asked.read(answer)
        except VoiceAppError as problem:
            outcome = problem
        except (KeyError, TypeError, ValueError) as problem:
            outcome = EngineFailedError("The program that speaks gave an answer that makes no sense.")
            outcome.__cause__ = problem
        _settle(asked.future, outcome)

    def _count_deaths(self) -> None:
        """The booth is gone: whoever's sentence it was speaking may be the reason."""
        for number, asked in list(self._pending.items()):
            asked.since = time.monotonic()
            asked.deaths += asked.is_begun
            asked.is_begun = False
            if asked.deaths >= MAX_DEATHS:
                self._pending.pop(number)
                _settle(asked.future, EngineFailedError("The voice breaks down on a sentence."))


def _settle(future: Future[Any], outcome: Any) -> None:
    if not future.set_running_or_notify_cancel():
        return
    if isinstance(outcome, BaseException):
        future.set_exception(outcome)
    else:
        future.set_result(outcome)
