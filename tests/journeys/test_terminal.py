"""What a person at a terminal sees: a bar that moves, and files at the end."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path


def test_a_terminal_shows_a_bar(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "# A\n\nOne sentence here. Another one there.\n\n## B\n\nThe last one.\n", encoding="utf-8"
    )
    control, terminal = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "voice_app", "narrate", "a.md"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2]), "VOICE_APP_NARRATION__VOICE": "tick/tock"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=terminal,
    )
    os.close(terminal)
    shown = b""
    try:
        while part := os.read(control, 4096):
            shown += part
    except OSError:  # the other end is closed
        pass
    finally:
        os.close(control)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert b"Narrating" in shown
    assert b"100%" in shown
    assert len(re.findall(rb"\[#*-*\]", shown)) > 1
    assert out.decode().split()[0] == "out/a-01.mp3"
