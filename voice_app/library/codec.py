"""Values of the model as JSON text and back, by looking at the dataclasses themselves.

A newer program may add fields with defaults: text without them still reads, and fields that are no longer known are
left out. Only the types that `Document` and `ArticleAudio` are made of are understood.
"""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, TypeVar

from voice_app.errors import LibraryError

T = TypeVar("T")


def encode(value: Any) -> str:
    """JSON text in ASCII (lone surrogates survive); floats keep their exact value."""
    return json.dumps(_plain(value), separators=(",", ":"))


def decode(cls: type[T], text: str) -> T:
    """The value that `encode` was given. Raises LibraryError when the text does not hold one."""
    try:
        made: T = _value(cls, json.loads(text))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as problem:
        todo = "Try the article again from its page."
        raise LibraryError(f"A stored {cls.__name__} could not be read.", todo=todo) from problem
    return made


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return value


def _value(kind: Any, plain: Any) -> Any:
    if plain is None:
        return _nothing(kind)
    if typing.get_origin(kind) in (typing.Union, types.UnionType):
        kind = next(option for option in typing.get_args(kind) if option is not types.NoneType)
    if typing.get_origin(kind) is tuple:
        return _tuple(typing.get_args(kind), plain)
    if dataclasses.is_dataclass(kind):
        return _dataclass(kind, plain)
    if issubclass(kind, date):
        moment = datetime.fromisoformat(plain)
        return moment if issubclass(kind, datetime) else moment.date()
    if issubclass(kind, (Enum, float)):
        return kind(plain)
    if not isinstance(plain, kind):
        raise TypeError(f"{kind.__name__} is wanted")
    return plain


def _nothing(kind: Any) -> None:
    if types.NoneType not in typing.get_args(kind):
        raise TypeError(f"null where {kind} is wanted")


def _tuple(kinds: tuple[Any, ...], plain: Any) -> tuple[Any, ...]:
    if not isinstance(plain, list):
        raise TypeError("a list is wanted")
    return tuple(_value(kinds[0], item) for item in plain)


def _dataclass(kind: Any, plain: dict[str, Any]) -> Any:
    return kind(**{name: _value(wanted, plain[name]) for name, wanted in _hints(kind).items() if name in plain})


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return typing.get_type_hints(kind)
