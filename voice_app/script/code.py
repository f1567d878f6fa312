"""Program code as it is read to somebody: names in words, signs by their names, brackets as pauses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from voice_app.script.mapped import Edit

_COMMENT = re.compile(r"^\s*(?:#+|//+|/\*+|\*+/?|--)\s*")
_JOINED = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_DOT = re.compile(r"(?<=\w)[.:]{1,2}(?=[^\W\d])")
_PAUSE = re.compile(r"[(\[{,;:]+\s*(?=\w|[\"'`])")
_SILENT = re.compile(r"(?:[_()\[\]{},;:\"'`\\|&!?~^#-]|\.(?!\d))+")


def said(line: str, signs: Mapping[str, str]) -> tuple[Edit, ...]:
    """What to change in a line of code so that it can be said. The edits do not overlap."""
    if comment := _COMMENT.match(line):
        return (Edit(start=comment.start(), end=comment.end(), text=""),)
    named = re.compile("|".join(re.escape(sign) for sign in signs)) if signs else None
    edits: list[Edit] = []
    taken = [False] * len(line)
    for edit in _wanted(line, named, signs):
        if not any(taken[edit.start : edit.end]):
            taken[edit.start : edit.end] = [True] * (edit.end - edit.start)
            edits.append(edit)
    return tuple(edits)


def _wanted(line: str, named: re.Pattern[str] | None, signs: Mapping[str, str]) -> Iterator[Edit]:
    """Edits in the order of their right to a place."""
    for match in named.finditer(line) if named else ():
        yield Edit(start=match.start(), end=match.end(), text=f" {signs[match.group()]} ")
    for pattern, text in ((_DOT, " "), (_PAUSE, ", "), (_SILENT, " ")):
        for match in pattern.finditer(line):
            yield Edit(start=match.start(), end=match.end(), text=text)
    for match in _JOINED.finditer(line):
        # the letter before the seam is written again: an edit needs a place
        yield Edit(start=match.start() - 1, end=match.start(), text=f"{line[match.start() - 1]} ")
