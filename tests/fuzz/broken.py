"""Whole files broken in many ways: bytes flipped, cut, doubled and put in, and the format's own words in wrong places.

`make fuzz` runs 20,000 cases a format; the quick suite runs FUZZ_CASES, 100 unless it is set.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from voice_app.config import Fetch
from voice_app.errors import InputError
from voice_app.ingest.reader import Reader
from voice_app.model import Source

CASES = int(os.environ.get("FUZZ_CASES", "100"))
WAYS = ("flip", "cut", "put", "copy", "token", "end")

fuzzed = settings(
    max_examples=CASES, deadline=None, database=None, suppress_health_check=list(HealthCheck), print_blob=True
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


def only_input_errors(body: bytes, *, origin: str, media_type: str = "") -> Any:
    """Read it as a stranger's file; the Document, or None when it was refused as it should be."""
    source = Source(origin=origin, media_type=media_type, body=body, fetched_at=datetime.now(UTC))
    with contextlib.suppress(InputError):
        return Reader(Fetch()).document(source)
    return None
