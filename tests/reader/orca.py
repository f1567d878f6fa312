"""Orca, the screen reader: what it says, and what it shows on a braille line of 40 cells."""

from __future__ import annotations

import re
import socket
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tests.reader.desktop import Desktop, until

CELLS = 40
SPEECH = re.compile(r"SPEECH OUTPUT: '(.*)'(?: ?\{.*\}| None)?$", re.DOTALL)
MAX_SPEECH = 10_000  # characters
LINE = re.compile(r'Visual "(.*)"$')
FLASH_SECONDS = 1.0  # how long a message stays on the braille line before what was there comes back
# Read by Orca as its user's own settings: keys are not repeated aloud, a page is not read out by itself, and what is
# said is written down at once.
SETTINGS = f"""import orca.debug as debug, orca.settings as settings
settings.enableKeyEcho = False
settings.sayAllOnLoad = False
settings.brailleFlashTime = {FLASH_SECONDS * 1000:.0f}
debug.debugFile.reconfigure(line_buffering=True)
debug.debugLevel = debug.LEVEL_INFO
"""
SPEECHD = 'LogLevel 1\nLogDir "{folder}"\nAddModule "dummy" "sd_dummy" ""\nDefaultModule dummy\n'


@dataclass(frozen=True, kw_only=True)
class Told:
    """Something said, or shown on the braille line, and when by the monotonic clock."""

    at: float
    text: str


class Orca:
    """A screen reader that runs on a desktop. `said` and `shown` grow as it speaks and as its braille line changes."""

    def __init__(self, desktop: Desktop, port: int) -> None:
        self.said: list[Told] = []
        self.shown: list[Told] = []
        self._is_over = threading.Event()
        desktop.at_the_end(self._is_over.set)
        self._braille(desktop, port)
        self._voice(desktop)
        log = desktop.folder / "orca.debug"
        kept = desktop.folder / "share/orca"
        kept.mkdir(parents=True)
        (kept / "orca-customizations.py").write_text(SETTINGS)
        path = f"{self._tools(desktop)}:{desktop.environment['PATH']}"
        where = {"PATH": path, "PYTHONPATH": str(desktop.folder / "tools"), "BRLAPI_HOST": f"127.0.0.1:{port}"}
        self._process = desktop.start("/usr/bin/python3", "/usr/bin/orca", f"--debug-file={log}", log="orca", **where)
        until("Orca", lambda: log.exists() and "SPEECH OUTPUT: 'Screen reader on" in log.read_text(errors="replace"))
        threading.Thread(target=self._listen, args=(log,), daemon=True).start()

    @property
    def is_running(self) -> bool:
        return self._process.poll() is None

    def _tools(self, desktop: Desktop) -> Path:
        """One user has one Orca: a second refuses to start, or ends the first. With these ours sees no other and is not
        seen, so that two run beside each other, and beside the one of a developer who needs it."""
        tools = desktop.folder / "tools"
        tools.mkdir()
        (tools / "pgrep").write_text("#!/bin/sh\nexit 1\n")
        (tools / "pgrep").chmod(0o755)
        (tools / "setproctitle.py").write_text("def setproctitle(name): pass\n")
        return tools

    def _voice(self, desktop: Desktop) -> None:
        folder = desktop.folder / "config/speech-dispatcher"
        (folder / "modules").mkdir(parents=True)
        (folder / "speechd.conf").write_text(SPEECHD.format(folder=desktop.folder))
        desktop.start("speech-dispatcher", "--run-single", "--timeout", "0")

    def _braille(self, desktop: Desktop, port: int) -> None:
        """A display whose line can be read at a socket. Orca finds it at a port with the number of its screen."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            own = free.getsockname()[1]
        options = ["-n", "-e", "-q", "-E", "-x", "no", "-f", "/dev/null", "-b", "vr", "-d", f"server:127.0.0.1:{own}"]
        desktop.start("brltty", *options, "-A", f"auth=none,host=127.0.0.1:{port}")

        def connected() -> bool:
            try:
                self._display = socket.create_connection(("127.0.0.1", own))
            except OSError:
                return False
            return True

        until("a braille display", connected)
        desktop.at_the_end(self._display.close)
        self._display.sendall(f"cells {CELLS}\n".encode())
        threading.Thread(target=self._feel, daemon=True).start()

    def _feel(self) -> None:
        with self._display.makefile("r", errors="replace") as lines, suppress(OSError):
            for line in lines:
                if found := LINE.match(line.strip()):
                    self.shown.append(Told(at=time.monotonic(), text=found[1].strip()))

    def _listen(self, log: Path) -> None:
        with log.open(errors="replace") as lines:
            part = ""
            while not self._is_over.is_set():
                part += lines.readline()
                if not part.endswith("\n"):
                    self._is_over.wait(0.02)
                    continue
                found = SPEECH.search(part.rstrip())
                if not found and "SPEECH OUTPUT" in part and len(part) < MAX_SPEECH:
                    continue  # what is said has a line break, as in program code
                if found and found[1].strip():
                    self.said.append(Told(at=time.monotonic(), text=found[1].strip()))
                part = ""
