"""The ensemble: processes that record sentences, so that none of them waits for another at Python's lock.

The first is forked from a program that has one thread, and loads a voice while that program goes on importing and
reading. Every other is forked from one that lives, and shares what it has loaded. They are asked and answer as a booth
process does (see `wire`), over lines that nobody else has, and end when those are closed, as they are when the program
is killed.
"""

from __future__ import annotations

import atexit
import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, NoReturn

from voice_app.errors import EngineFailedError
from voice_app.recording import wire
from voice_app.recording.take import Recording, Take

log = logging.getLogger(__name__)

MAX_DEATHS = 2  # a sentence that was being spoken when so many processes died is taken for the cause
HAND_OVER_SECONDS = 0.0005  # at most, one of our threads waits for Python's lock to tell a process what comes next
MAX_MESSAGE_BYTES = 100_000  # a sentence has at most 400 characters


@dataclass(slots=True, eq=False)
class _Player:
    """One process, and our end of its line. `key` is what it is at."""

    line: socket.socket
    pid: int = 0
    key: str = ""
    sending: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, take: Take) -> dict[str, Any]:
        """Its answer. Raises OSError or ValueError when it has died."""
        with self.sending:
            self.line.sendall(wire.packed({"id": 0, "take": wire.fields_of(take)}))
        while "pid" in (answer := wire.unpacked(self.line.recv(MAX_MESSAGE_BYTES))):
            self.pid = answer["pid"]
        return answer

    def fork(self, theirs: socket.socket) -> None:
        """Have it fork a process with that end of a line, once it has answered what it was asked before."""
        with self.sending:
            socket.send_fds(self.line, [b"fork"], [theirs.fileno()])

    def end(self) -> None:
        """Close its line, and end it at once when it is at nothing: it may be loading a voice for nobody."""
        with suppress(OSError):
            self.line.shutdown(socket.SHUT_RDWR)  # who waits for an answer wakes, and closes it
        if not self.key:
            self.line.close()
            self.kill()

    def kill(self) -> None:
        if self.pid:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)


class Ensemble:
    """Used by many threads; each has a process to itself for as long as its take lasts.

    `recorded` records a take in the process that calls it.
    """

    def __init__(self, recorded: Callable[[Take], Recording]) -> None:
        self._recorded = recorded
        self._players: list[_Player] = []
        self._guard = threading.Lock()

    @property
    def is_there(self) -> bool:
        """Whether somebody can be asked."""
        return bool(self._players)

    def begin(self, prepared: Callable[[], object]) -> None:
        """Fork the first process, which calls `prepared` before anything else.

        Nothing happens in a program with threads, whose locks might be held in the fork for ever, and where forking is
        not safe: Windows has none, and on macOS it breaks libraries.
        """
        if self._players or sys.platform != "linux" or threading.active_count() > 1:
            return
        import numpy  # noqa: F401, ICN001 - all processes need it, and share it

        ours, theirs = _line()
        try:
            pid = os.fork()
        except OSError as problem:  # no memory, or too many processes: threads speak
            log.warning("no process could be forked why=%s", problem.strerror)
            ours.close()
            theirs.close()
            return
        if not pid:
            ours.close()
            _play(theirs, self._recorded, prepared)
        theirs.close()
        self._players.append(_Player(line=ours, pid=pid))
        atexit.register(self.close)
        sys.setswitchinterval(HAND_OVER_SECONDS)

    def record(self, key: str, take: Take) -> bool | None:
        """Have it recorded, and say whether its clip had to be spoken; None when nobody is left that can be asked.

        `key` names it for `stop`. Raises SpeechError or AudioError.
        """
        for _ in range(MAX_DEATHS):
            player = self._taken(key)
            if player is None:
                return None
            try:
                answer = player.ask(take)
            except (OSError, ValueError):
                if not self._buried(player):
                    break
                continue
            player.key = ""
            if "error" in answer:
                raise wire.problem_of(answer)
            return bool(answer["fresh"])
        raise EngineFailedError("The voice breaks down on a sentence.")

    def stop(self, key: str) -> None:
        """End the process that hangs with this."""
        with self._guard:
            for player in [player for player in self._players if player.key == key]:
                self._players.remove(player)
                player.kill()

    def close(self) -> None:
        """Let all of them end: at once those that are at nothing, the others when they have recorded it."""
        with self._guard:
            for player in self._players:
                player.end()
            self._players.clear()

    def _taken(self, key: str) -> _Player | None:
        """A process that is at nothing, forked for this when there is none."""
        with self._guard:
            player = next((player for player in self._players if not player.key), None) or self._added()
            if player:
                player.key = key
            return player

    def _added(self) -> _Player | None:
        ours, theirs = _line()
        with theirs:
            for player in self._players:
                with suppress(OSError):
                    player.fork(theirs)
                    self._players.append(_Player(line=ours))
                    return self._players[-1]
        ours.close()
        return None

    def _buried(self, player: _Player) -> bool:
        """Whether it died by itself, and was neither stopped nor let go."""
        with self._guard:
            player.line.close()
            is_ours = player in self._players
            if is_ours:
                log.warning("a process that speaks has died")
                self._players.remove(player)
            return is_ours


def _line() -> tuple[socket.socket, socket.socket]:
    """Two ends of a line that keeps messages whole."""
    return socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)


def _play(line: socket.socket, recorded: Callable[[Take], Recording], prepared: Callable[[], object]) -> NoReturn:
    """A process's life from its fork until its line is closed. What its parent had begun is not its to end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C ends the program, and that closes the line
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks how those ended that are forked here
    try:
        with suppress(Exception):  # who asks hears of it
            prepared()
        while True:
            message, attached, *_ = socket.recv_fds(line, MAX_MESSAGE_BYTES, 1)
            if not attached:
                line.sendall(wire.packed(_answer(wire.unpacked(message), recorded)))
            elif os.fork():
                os.close(attached[0])
            else:
                line.close()
                line = socket.socket(fileno=attached[0])
                line.sendall(wire.packed({"id": 0, "pid": os.getpid()}))
    finally:
        os._exit(0)


def _answer(message: dict[str, Any], recorded: Callable[[Take], Recording]) -> dict[str, Any]:
    try:
        return {"id": 0, "fresh": recorded(wire.take_of(message["take"])).fresh}
    except Exception as problem:  # noqa: BLE001 - it belongs to the one who asked, whatever it is
        return {"id": 0} | wire.problem_fields(problem)
