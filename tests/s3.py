"""An S3 server on loopback, in a process of its own. It checks signatures, as the real ones do."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from voice_app.config import Cache

KEY, SECRET = "AKVOICEAPPTESTS", "only-for-the-tests-of-voice-app"


@dataclass(frozen=True, kw_only=True)
class Server:
    """A folder in `folder` is a bucket."""

    url: str
    folder: Path

    def bucket(self) -> Cache:
        """The settings for a new, empty bucket."""
        name = f"bucket-{uuid.uuid4().hex}"
        (self.folder / name).mkdir()
        keys = {"access_key": KEY, "secret_key": SECRET, "region": "us-east-1"}
        return Cache(bucket=f"s3://{name}/voice", endpoint=self.url, **keys)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    port = free_port()
    where = ["--host", "127.0.0.1", "--port", str(port), "--data-dir", str(folder), "--log-level", "error"]
    keys = {"NANIO_ACCESS_KEY": KEY, "NANIO_SECRET_KEY": SECRET}
    process = subprocess.Popen([sys.executable, "-m", "nanio", "serve", *where], env=os.environ | keys)
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                break
        assert process.poll() is None, "the S3 server did not start"
        time.sleep(0.05)
    yield Server(url=f"http://127.0.0.1:{port}", folder=folder)
    process.terminate()
    process.wait(10)
