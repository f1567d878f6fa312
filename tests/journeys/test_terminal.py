"""What a person at a terminal sees: a bar that moves, and files at the end."""

from __future__ import annotations

import os
import pty
import re
import signal
import subprocess
import sys
import time
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


def test_ctrl_c_says_what_is_kept_and_leaves_it_whole(tmp_path: Path) -> None:
    lines = [f"The {number} sentences before this one are all about a walk along the coast." for number in range(400)]
    (tmp_path / "a.md").write_text("# A\n\n" + "\n\n".join(lines), encoding="utf-8")
    clips = tmp_path / "audio_cache" / "clips"
    process = subprocess.Popen(
        [sys.executable, "-m", "voice_app", "narrate", "a.md", "--voice", "hibari/heart"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # what runs in the background does not hear it otherwise
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    end = time.monotonic() + 60
    while sum(1 for _ in clips.rglob("*.wav")) < 3 and time.monotonic() < end:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    out, told = process.communicate(timeout=10)
    assert process.returncode == 130, told
    assert told.splitlines()[-1] == "Stopped. Whatever was spoken is kept, so the same command goes on from there."
    assert out == ""
    assert not list(tmp_path.rglob("out/*"))
    verified = subprocess.run(
        [sys.executable, "-m", "voice_app", "cache", "verify"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "All are whole." in verified.stdout
