"""A folder as `make kokoro` fills it, with a model of a few kilobytes that hums one tone for each phoneme.

Written as bytes, as the file format's own package is not installed: fields of protobuf, numbered as in onnx.proto.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

SAMPLES = 1200  # for one phoneme
FLOAT, INT64 = 1, 7


def _number(value: int) -> bytes:
    out = b""
    while value > 127:
        out += bytes((value & 127 | 128,))
        value >>= 7
    return out + bytes((value,))


def _field(number: int, value: int | bytes | str) -> bytes:
    if isinstance(value, int):
        return _number(number << 3) + _number(value)
    data = value.encode() if isinstance(value, str) else value
    return _number(number << 3 | 2) + _number(len(data)) + data


def _node(operation: str, inputs: str, output: str, attributes: bytes = b"") -> bytes:
    names = b"".join(_field(1, name) for name in inputs.split())
    return _field(1, names + _field(2, output) + _field(4, operation) + attributes)


def _constant(name: str, values: np.ndarray) -> bytes:
    kind = INT64 if values.dtype == np.int64 else FLOAT
    dims = b"".join(_field(1, size) for size in values.shape)
    return _field(5, dims + _field(2, kind) + _field(8, name) + _field(9, values.tobytes()))


def _value(number: int, name: str, kind: int, shape: tuple[int | str, ...]) -> bytes:
    dims = b"".join(_field(1, _field(1 if isinstance(size, int) else 2, size)) for size in shape)
    return _field(number, _field(1, name) + _field(2, _field(1, _field(1, kind) + _field(2, dims))))


def _cast(value: str, output: str, kind: int) -> bytes:
    return _node("Cast", value, output, _field(5, _field(1, "to") + _field(3, kind) + _field(20, 2)))


def model(*, tells_durations: bool = True) -> bytes:
    """Each token hums at ten times its number in Hz, swelling and fading, as loud as the style is on average.

    With durations it has an inner value as the real one's.
    """
    graph = (
        _node("Div", "samples speed", "wanted")
        + _node("Squeeze", "wanted first", "length")
        + _cast("length", "count", INT64)
        + _node("Range", "zero count one", "places")
        + _cast("places", "steps", FLOAT)
        + _node("Mul", "steps turn", "angles")
        + _node("Reshape", "angles row", "ramp")
        + _node("Div", "steps length", "shares")
        + _node("Mul", "shares pi", "arches")
        + _node("Sin", "arches", "swell")
        + _cast("tokens", "numbers", FLOAT)
        + _node("Reshape", "numbers column", "rows")
        + _node("MatMul", "rows ramp", "phases")
        + _node("Sin", "phases", "tones")
        + _node("Mul", "tones swell", "swelling")
        + _node("ReduceMean", "style", "level")
        + _node("Mul", "swelling level", "loud")
        + _node("Reshape", "loud flat", "audio")
        + _node("Div", "wanted unit", "lasting")
        + _node("Mul", "numbers nothing", "zeros")
        + _node("Add", "zeros lasting", "/encoder/Round_output_0" if tells_durations else "unnamed")
        + _field(2, "tiny")
        + _constant("samples", np.array([SAMPLES], np.float32))
        + _constant("turn", np.array([2 * np.pi * 10 / 24_000], np.float32))
        + _constant("pi", np.array([np.pi], np.float32))
        + _constant("unit", np.array([600], np.float32))
        + _constant("nothing", np.array([0], np.float32))
        + _constant("first", np.array([0], np.int64))
        + _constant("zero", np.array(0, np.int64))
        + _constant("one", np.array(1, np.int64))
        + _constant("row", np.array([1, -1], np.int64))
        + _constant("column", np.array([-1, 1], np.int64))
        + _constant("flat", np.array([-1], np.int64))
        + _value(11, "tokens", INT64, (1, "n"))
        + _value(11, "style", FLOAT, (1, 256))
        + _value(11, "speed", FLOAT, (1,))
        + _value(12, "audio", FLOAT, ("m",))
    )
    return _field(1, 8) + _field(7, graph) + _field(8, _field(1, "") + _field(2, 17))


def fill(folder: Path, names: tuple[str, ...] = ("af_heart", "am_adam", "bf_emma", "ef_dora", "jf_alpha")) -> None:
    """The model and voices; each voice is as loud as its place in the list says."""
    (folder / "voices").mkdir(parents=True)
    (folder / "model.onnx").write_bytes(model())
    for n, name in enumerate(names):
        np.full((510, 256), 0.5 - 0.05 * n, "<f4").tofile(folder / "voices" / f"{name}.bin")
