"""What ONNX Runtime raises: more than a dozen classes that have nothing in common but `Exception`."""

from __future__ import annotations


def failures() -> tuple[type[Exception], ...]:
    """For an `except` clause, which asks only when something was raised: nothing is loaded before."""
    from onnxruntime.capi import onnxruntime_pybind11_state as state

    found = (each for each in vars(state).values() if isinstance(each, type) and issubclass(each, Exception))
    return (OSError, RuntimeError, ValueError, *found)
