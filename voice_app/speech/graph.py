"""Other outputs for a network: an ONNX file is a protobuf message, which can be taken apart without a library."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

GRAPH, NODE, OUTPUT = 7, 1, 12  # fields of ModelProto and GraphProto
NODE_NAME, OUTPUT_NAME = 3, 1  # fields of NodeProto and ValueInfoProto
_VARINT, _BYTES = 0, 2  # the wire types that ONNX files are made of


def with_outputs(model: bytes, names: Sequence[str], *, without: Collection[str] = ()) -> bytes:
    """The ONNX file's bytes with these inner values as its outputs, in this order, in place of its own.

    `without` are nodes that are left out, as nobody asks for what they give: onnxruntime would run them all the same.
    Raises ValueError for what is no ONNX file.
    """
    pieces: list[bytes | memoryview] = []
    for number, body, whole in _fields(memoryview(model)):
        pieces += _field(GRAPH, _graph(body, names, without)) if number == GRAPH else [whole]
    return b"".join(pieces)


def _graph(graph: memoryview, names: Sequence[str], without: Collection[str]) -> list[bytes | memoryview]:
    dropped = {name.encode() for name in without}
    pieces: list[bytes | memoryview] = []
    for number, body, whole in _fields(graph):
        if number != OUTPUT and not (number == NODE and _is_named(bytes(body), dropped)):
            pieces.append(whole)
    for name in names:
        pieces += _field(OUTPUT, _field(OUTPUT_NAME, [name.encode()]))
    return pieces


def _is_named(node: bytes, names: Collection[bytes]) -> bool:
    """Whether the node has one of the names. Few nodes hold one at all, and only those are taken apart."""
    return any(name in node for name in names) and any(
        number == NODE_NAME and body in names for number, body, _ in _fields(memoryview(node))
    )


def _fields(message: memoryview) -> Iterator[tuple[int, memoryview, memoryview]]:
    """(number, body, the field as it stands) of each field; a number has no body. Nothing is copied: it is 8 MB."""
    at = 0
    while at < len(message):
        start = at
        tag, at = _varint(message, at)
        if tag & 7 == _VARINT:
            end = at = _varint(message, at)[1]
        elif tag & 7 == _BYTES:
            length, at = _varint(message, at)
            end = at + length
        else:
            raise ValueError("not an ONNX file")
        yield tag >> 3, message[at:end], message[start:end]
        at = end


def _varint(data: memoryview, at: int) -> tuple[int, int]:
    """(the number that stands there, where the next thing begins)"""
    value = shift = 0
    while at < len(data):
        value |= (data[at] & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if not data[at - 1] & 0x80:
            return value, at
    raise ValueError("not an ONNX file")


def _field(number: int, body: Sequence[bytes | memoryview]) -> list[bytes | memoryview]:
    return [_number(number << 3 | _BYTES) + _number(sum(map(len, body))), *body]


def _number(value: int) -> bytes:
    found = bytearray()
    while value > 0x7F:
        found.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*found, value])
