from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime
import pytest
from hibari.voices import voice_path

from voice_app.speech.graph import with_outputs

GIVEN = {"ids": np.asarray([[0, 50, 83, 54, 156, 31, 0]], np.int64), "speed": np.ones(1, np.float32)}


def _session(model: bytes) -> onnxruntime.InferenceSession:
    return onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])


def test_inner_values_become_the_only_outputs_in_the_order_asked_for() -> None:
    model = Path(voice_path("heart")).read_bytes()
    plain = dict(zip(["lh", "theta", "ln", "lr", "phi", "f0"], _session(model).run(None, GIVEN), strict=True))
    cut = _session(with_outputs(model, ["f0", "/head/Add_output_0"], without=["/Transpose_58", "/Split"]))
    assert [output.name for output in cut.get_outputs()] == ["f0", "/head/Add_output_0"]
    pitch, spectra = cut.run(None, GIVEN)
    assert np.array_equal(pitch, plain["f0"])
    parts = np.split(spectra[0].T, 5)
    assert all(np.array_equal(part, plain[name][0]) for part, name in zip(parts, plain, strict=False))


def test_a_node_that_is_left_out_is_gone() -> None:
    model = Path(voice_path("heart")).read_bytes()
    shorter = with_outputs(model, ["f0"], without=["/Split"])
    assert len(shorter) < len(with_outputs(model, ["f0"]))
    with pytest.raises(Exception, match="lh"):
        _session(with_outputs(model, ["lh"], without=["/Split"]))


@pytest.mark.parametrize("broken", [b"\x0d1234", b"\xff", b"\x3a\x02\x0d\x00"])
def test_what_is_no_onnx_file_is_refused(broken: bytes) -> None:
    with pytest.raises(ValueError, match="not an ONNX file"):
        with_outputs(broken, ["f0"])


def test_a_long_name_is_written_as_protobuf_wants_it() -> None:
    """Lengths above 127 take two bytes, the lower seven bits first."""
    empty_graph = b"\x3a\x00"
    assert with_outputs(empty_graph, ["n" * 200]) == b"\x3a\xce\x01\x62\xcb\x01\x0a\xc8\x01" + b"n" * 200
