"""Whole files broken in many ways: bytes flipped, cut, doubled and put in, and the format's own words in wrong places.

`make fuzz` runs 20,000 cases a format; the quick suite runs FUZZ_CASES, 100 unless it is set.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from tests.unit.ingest.sources import read
from voice_app.errors import InputError

CASES = int(os.environ.get("FUZZ_CASES", "100"))
WAYS = ("flip", "cut", "put", "copy", "token", "end")

fuzzed = settings(
    max_examples=CASES,
    derandomize=CASES == 100,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)


def broken(files: Sequence[bytes], tokens: Sequence[bytes]) -> st.SearchStrategy[bytes]:
    """One of the files after a few changes."""
    change = st.tuples(
        st.floats(min_value=0, max_value=1),
        st.sampled_from(WAYS),
        st.binary(min_size=1, max_size=12),
        st.sampled_from(tokens),
        st.integers(min_value=1, max_value=400),
    )
    return st.builds(_changed, st.sampled_from(files), st.lists(change, min_size=1, max_size=12))


def _changed(file: bytes, changes: Sequence[tuple[float, str, bytes, bytes, int]]) -> bytes:
    for share, way, noise, token, length in changes:
        at = int(share * len(file))
        before, after = file[:at], file[at:]
        match way:
            case "flip":
                file = before + noise + after[len(noise) :]
            case "cut":
                file = before + after[length:]
            case "put":
                file = before + noise + after
            case "copy":
                file = before + after[:length] * 3 + after[length:]
            case "token":
                file = before + token + after
            case _:
                file = before if share > 0.2 else file
    return file


def only_input_errors(body: bytes, *, origin: str, media_type: str = "") -> None:
    """Read it as a stranger's file: either it is refused as it should be, or all of it is accounted for."""
    with contextlib.suppress(InputError):
        document = read(body, origin, media_type)
        assert document.title.strip()
        assert document.receipt.total == len(document.blocks)
        for block in document.blocks:
            assert all(0 <= span.start < span.end <= len(block.text) for span in block.spans)
