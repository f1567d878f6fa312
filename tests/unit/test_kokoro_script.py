"""What `make kokoro` keeps of the packages it gets: known bytes alone, in their places alone."""

from __future__ import annotations

import io
import runpy
import tarfile
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "kokoro.py"


@pytest.fixture
def script() -> dict[str, Any]:
    return runpy.run_path(str(SCRIPT))


def test_only_voices_are_kept_and_only_in_their_folder(script: dict[str, Any], tmp_path: Path) -> None:
    whole = b"\0" * script["VOICE_BYTES"]
    package = io.BytesIO()
    with tarfile.open(fileobj=package, mode="w:gz") as file:
        for name, data in (
            ("package/voices/af_heart.bin", whole),
            ("package/voices/half.bin", whole[:100]),
            ("package/voices/../../escaped.bin", whole),
            ("/package/voices/rooted.bin", whole),
            ("package/dist/kokoro.js", b"run me"),
        ):
            member = tarfile.TarInfo(name)
            member.size = len(data)
            file.addfile(member, io.BytesIO(data))
        link = tarfile.TarInfo("package/voices/link.bin")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        file.addfile(link)
    script["_keep"](tmp_path / "kokoro", b"the model", package.getvalue())
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == ["af_heart.bin", "model.onnx"]


def test_other_bytes_than_the_known_ones_are_refused(script: dict[str, Any]) -> None:
    with pytest.raises(SystemExit, match="nothing was installed"):
        script["_check"](b"something else", script["MODEL_SHA256"], "The model")


def test_the_parts_are_pinned_with_their_digests() -> None:
    lines = (SCRIPT.parents[1] / "requirements-kokoro.txt").read_text(encoding="utf-8").split()
    assert sum("==0.1.0" in line for line in lines) == sum(line.startswith("--hash=sha256:") for line in lines) == 4
