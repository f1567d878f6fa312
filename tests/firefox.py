"""Drives the system's Firefox over WebDriver BiDi, with the standard library alone, and gives it something to play to.

Playwright knows only a Firefox of its own, which is not the one that people have.
"""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


@contextmanager
def sink() -> Iterator[dict[str, str]]:
    """A sound card that nobody hears, as environment for a browser: without one Firefox's clock stands still."""
    program = shutil.which("pulseaudio")
    if "PULSE_SERVER" in os.environ or not program:
        yield {}
        return
    with tempfile.TemporaryDirectory() as folder:
        socket_path = f"{folder}/native"
        command = [program, "-n", "--daemonize=no", "--exit-idle-time=-1", "--disable-shm"]
        command += [f"--load=module-native-protocol-unix socket={socket_path} auth-anonymous=1"]
        command += ["--load=module-null-sink"]
        environment = os.environ | {"XDG_RUNTIME_DIR": folder, "HOME": folder}
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end = time.monotonic() + 10
        while not Path(socket_path).exists() and time.monotonic() < end:
            time.sleep(0.05)
        try:
            yield {"PULSE_SERVER": f"unix:{socket_path}"}
        finally:
            process.terminate()
            process.wait()


AWAKE = """() => {
    const first = document.querySelector("script[src$='/reading.js']");
    return first && import(first.src).then(() => null, () => null);
}"""
"""An article's scripts have begun, which they do only after its page counts as loaded."""


class Firefox:
    """One headless Firefox with one tab. A context manager. `is_strict`: pages may sound only after they were used, as
    people have it."""

    def __init__(self, program: str, environment: dict[str, str], *, is_strict: bool = False) -> None:
        self._folder = tempfile.TemporaryDirectory()
        prefs = {} if is_strict else {"media.autoplay.default": 0, "media.autoplay.blocking_policy": 0}
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in prefs.items()]
        (Path(self._folder.name) / "user.js").write_text("\n".join(lines))
        command = [program, "--headless", "--no-remote", "--profile", self._folder.name, "--remote-debugging-port", "0"]
        self._process = subprocess.Popen(
            command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, env=os.environ | environment
        )
        self._wire = _Wire(self._address())
        self._number = 0
        self.send("session.new", capabilities={})
        self._tab = self.send("browsingContext.getTree")["contexts"][0]["context"]

    def _address(self) -> int:
        assert self._process.stderr
        for line in self._process.stderr:
            if found := re.search(r"BiDi listening on ws://127\.0\.0\.1:(\d+)", line):
                return int(found[1])
        raise RuntimeError("Firefox did not start.")

    def send(self, method: str, **params: Any) -> Any:
        self._number += 1
        self._wire.send(json.dumps({"id": self._number, "method": method, "params": params}))
        while True:
            answer = json.loads(self._wire.receive())
            if answer.get("id") == self._number:
                if answer["type"] == "error":
                    raise RuntimeError(f"{answer['error']}: {answer['message']}")
                return answer["result"]

    def goto(self, address: str) -> None:
        self.send("browsingContext.navigate", context=self._tab, url=address, wait="complete")
        self.evaluate(f"({AWAKE})()", is_used=False)

    def click(self, selector: str) -> None:
        """Press the mouse's button there, as a person does."""
        place = f"document.querySelector({selector!r}).getBoundingClientRect()"
        left, top, width, height = self.evaluate(f"((r) => [r.x, r.y, r.width, r.height])({place})", is_used=False)
        move = {"type": "pointerMove", "x": round(left + width / 2), "y": round(top + height / 2)}
        press = [move, {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
        mouse = {"type": "pointer", "id": "mouse", "actions": press}
        self.send("input.performActions", context=self._tab, actions=[mouse])

    def evaluate(self, script: str, *, is_used: bool = True) -> Any:
        """What an expression, or the promise it gives, comes to; through JSON. `is_used`: as if the page were used just
        then, and not before it nor after it."""
        return self._evaluate(script, self._tab, is_used=is_used)

    def inside(self, script: str) -> Any:
        """The same in the page's first frame, once there is one."""
        end = time.monotonic() + 10
        while not (frames := self.send("browsingContext.getTree", root=self._tab)["contexts"][0]["children"]):
            assert time.monotonic() < end, "no frame"
            time.sleep(0.05)
        return self._evaluate(script, frames[0]["context"], is_used=True)

    def _evaluate(self, script: str, context: str, *, is_used: bool) -> Any:
        wrapped = f"Promise.resolve({script}).then((value) => JSON.stringify(value ?? null))"
        facts = {"target": {"context": context}, "awaitPromise": True, "userActivation": is_used}
        found = self.send("script.evaluate", expression=wrapped, **facts)
        if found["type"] == "exception":
            raise RuntimeError(found["exceptionDetails"]["text"])
        return json.loads(found["result"]["value"])

    def close(self) -> None:
        self._wire.close()
        self._process.terminate()
        self._process.communicate()
        self._folder.cleanup()

    def __enter__(self) -> Firefox:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _Wire:
    """A WebSocket client: text messages, no extensions."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port))
        key = base64.b64encode(os.urandom(16)).decode()
        ask = f"GET /session HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        self._socket.sendall(f"{ask}Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode())
        self._file = self._socket.makefile("rb")
        while self._file.readline().strip():
            pass

    def close(self) -> None:
        self._file.close()
        self._socket.close()

    def send(self, text: str) -> None:
        data, mask = text.encode(), os.urandom(4)
        size = len(data)
        head = bytes([0x81]) + (
            bytes([0x80 | size])
            if size < 126
            else bytes([0xFE]) + size.to_bytes(2)
            if size < 65536
            else bytes([0xFF]) + size.to_bytes(8)
        )
        self._socket.sendall(head + mask + bytes(b ^ mask[n % 4] for n, b in enumerate(data)))

    def receive(self) -> str:
        message = b""
        while True:
            first, second = self._file.read(2)
            size = second & 0x7F
            if size > 125:
                size = int.from_bytes(self._file.read(2 if size == 126 else 8))
            data = self._file.read(size)
            if first & 0x0F in (0, 1):
                message += data
                if first & 0x80:
                    return message.decode()
