"""Errors of ONNX Runtime, which an engine must be able to catch."""

from __future__ import annotations

import pytest

from voice_app.speech.onnx import failures


def test_a_model_that_is_none_raises_one_of_them() -> None:
    import onnxruntime

    with pytest.raises(failures()):
        onnxruntime.InferenceSession(b"not a model", providers=["CPUExecutionProvider"])
