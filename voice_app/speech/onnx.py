"""Networks in ONNX Runtime: how they are loaded, and what it raises."""

from __future__ import annotations

from typing import Any


def loaded(model: bytes) -> Any:
    """An ONNX file's network, which computes in the thread that runs it. Raises what `failures` names."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def failures() -> tuple[type[Exception], ...]:
    """For an `except` clause, which asks only when something was raised: nothing is loaded before.

    ONNX Runtime raises more than a dozen classes that have nothing in common but `Exception`.
    """
    from onnxruntime.capi import onnxruntime_pybind11_state as state

    found = (each for each in vars(state).values() if isinstance(each, type) and issubclass(each, Exception))
    return (OSError, RuntimeError, ValueError, *found)
