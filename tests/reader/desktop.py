"""A desktop that nobody sees: a screen, a session bus, a window manager, a sound card and a keyboard, all its own.

Nothing of the desktop of the person who runs the tests is touched: home, run-time folder, bus and sound are others.
"""

from __future__ import annotations

import os
import select
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import IO

START_SECONDS = 30.0
LAUNCHER = "/usr/libexec/at-spi-bus-launcher"  # of the bus that screen readers listen to
# The system's own Python comes first: Orca is written for it
PATH = "/usr/bin:/bin:/usr/sbin:/sbin:/usr/games"


def until(what: str, holds: Callable[[], object], *, seconds: float = START_SECONDS) -> None:
    """Wait until something holds; fails with `what` did not come about."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, f"{what}: not within {seconds:.0f} seconds"
        time.sleep(0.05)


class Desktop:
    """A context manager. `environment` is what a program needs to run on it, `folder` is the program's home."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._closing = ExitStack()
        run = folder / "run"
        run.mkdir(mode=0o700)
        self.environment = {
            "HOME": str(folder),
            "XDG_RUNTIME_DIR": str(run),
            "XDG_CONFIG_HOME": str(folder / "config"),
            "XDG_DATA_HOME": str(folder / "share"),
            "XDG_CACHE_HOME": str(folder / "cache"),
            "PULSE_SERVER": f"unix:{run}/pulse.sock",
            "PATH": PATH,
            "LANG": "C.UTF-8",
            "GNOME_ACCESSIBILITY": "1",
            "ACCESSIBILITY_ENABLED": "1",
            "WINDOWPATH": "7",  # where the braille display looks for the screen
        }

    def __enter__(self) -> Desktop:
        with self._closing:
            self.environment["DISPLAY"] = f":{self._screen()}"
            self.environment["DBUS_SESSION_BUS_ADDRESS"] = self._bus()
            self.start("openbox")
            self._sound()
            for schema, key in (("interface", "toolkit-accessibility"), ("a11y.applications", "screen-reader-enabled")):
                self.run("gsettings", "set", f"org.gnome.desktop.{schema}", key, "true")
            self.start(LAUNCHER, "--launch-immediately")
            self._closing = self._closing.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.close()

    def start(
        self, *command: str, log: str = "", passed: tuple[int, ...] = (), **environment: str
    ) -> subprocess.Popen[bytes]:
        """A program that ends, with all it started, when the desktop does. What it prints is kept in its home."""
        name = Path(command[0]).name
        output = self._closing.enter_context((self.folder / f"{log or name}.log").open("wb"))
        process = subprocess.Popen(
            command,
            env=self.environment | environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            pass_fds=passed,
        )
        self._closing.callback(_end, process)
        return process

    def at_the_end(self, act: Callable[[], object]) -> None:
        self._closing.callback(act)

    def end(self, process: subprocess.Popen[bytes]) -> None:
        _end(process)

    def run(self, *command: str, seconds: float = 20.0) -> str:
        """What a program prints that ends by itself."""
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, timeout=seconds, check=False
        )
        assert done.returncode == 0, f"{command}: {done.stderr}"
        return done.stdout

    def playing(self, *command: str) -> str:
        """What playerctl answers about the one thing that plays on this desktop. Nothing, when nothing does."""
        asked = ("playerctl", *command)
        return subprocess.run(asked, env=self.environment, capture_output=True, text=True, check=False).stdout.strip()

    def press(self, *keys: str) -> None:
        """Press keys by their X names, one after the other: "Tab", "shift+h", "ctrl+l"."""
        self.run("xdotool", "key", "--clearmodifiers", *keys)

    def type(self, text: str) -> None:
        self.run("xdotool", "type", "--clearmodifiers", "--delay", "20", text)

    def _screen(self) -> str:
        read, write = os.pipe()
        with os.fdopen(read) as told:
            # -r: a key whose release comes late, as much else runs, is not pressed again and again
            options = ["-screen", "0", "1280x900x24", "-nolisten", "tcp", "-r"]
            self.start("Xvfb", "-displayfd", str(write), *options, passed=(write,))
            os.close(write)
            return _line(told)

    def _bus(self) -> str:
        read, write = os.pipe()
        with os.fdopen(read) as told:
            self.start("dbus-daemon", "--session", "--nofork", f"--print-address={write}", passed=(write,))
            os.close(write)
            return _line(told)

    def _sound(self) -> None:
        socket = self.environment["PULSE_SERVER"].removeprefix("unix:")
        loads = [f"--load=module-native-protocol-unix socket={socket} auth-anonymous=1", "--load=module-null-sink"]
        self.start("pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--disable-shm", *loads)
        until("a sound card", Path(socket).exists)


def _line(told: IO[str]) -> str:
    ready, _, _ = select.select([told], [], [], START_SECONDS)
    line = told.readline().strip() if ready else ""
    assert line, "the desktop did not start"
    return line


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program and everything it started. Some do not listen to a request."""
    for number, seconds in ((signal.SIGTERM, 0.5), (signal.SIGKILL, 5.0)):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=seconds)
