"""A run of a block's text as HTML, with its emphasis, links and the like. Spans may cross each other. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from voice_app.publish.tongue import gettext, lang

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voice_app.model import Span

ORDER = ("link", "note", "lang", "abbr", "strong", "emphasis", "code")  # from the outside in

CLOSING = {
    "link": Markup("</a>"),
    "note": Markup("</a></sup>"),
    "lang": Markup("</span>"),
    "abbr": Markup("</abbr>"),
    "strong": Markup("</strong>"),
    "code": Markup("</code>"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Characters [start, end) of `text`; `spans` are those of the whole text.

    `ours` are the attributes of an element with words of the site.
    """

    text: str
    spans: tuple[Span, ...]
    start: int
    end: int
    ours: Markup


def inline(piece: Piece, *, linked: set[str]) -> Markup:
    """The piece in HTML. `linked` collects the labels of notes whose reference has got an id, so that none gets two."""
    spans = [s for s in piece.spans if s.start < piece.end and s.end > piece.start and s.kind in ORDER]
    cuts = {piece.start, piece.end}
    cuts.update(at for s in spans for at in (s.start, s.end) if piece.start < at < piece.end)
    edges = sorted(cuts)
    out: list[Markup] = []
    open_spans: list[Span] = []
    for start, end in pairwise(edges):
        active = _active(spans, start, end)
        shared = _shared(open_spans, active)
        out += [_closing(span) for span in reversed(open_spans[shared:])]
        out += [_opening(piece, span, linked) for span in active[shared:]]
        out.append(escape(piece.text[start:end]))
        open_spans = active
    out += [_closing(span) for span in reversed(open_spans)]
    return Markup("").join(out)


def _active(spans: Sequence[Span], start: int, end: int) -> list[Span]:
    """The spans over [start, end), outermost first, with one link at most: links do not nest."""
    over = sorted((s for s in spans if s.start <= start and s.end >= end), key=lambda s: ORDER.index(s.kind))
    links = [s for s in over if s.kind in ("link", "note")]
    return [s for s in over if s not in links[1:]]


def _shared(before: Sequence[Span], after: Sequence[Span]) -> int:
    count = 0
    for one, other in zip(before, after, strict=False):
        if one is not other:
            break
        count += 1
    return count


def _opening(piece: Piece, span: Span, linked: set[str]) -> Markup:
    match span.kind:
        case "link":
            return _link(span.value)
        case "note":
            return _reference(piece, span, linked)
        case "lang":
            return Markup("<span {}>").format(lang(span.value))
        case "abbr":
            return Markup('<abbr title="{}">').format(span.value) if span.value else Markup("<abbr>")
        case "strong":
            return Markup("<strong>")
        case "code":
            return Markup("<code>")
        case _:
            return Markup("<em>")


def _closing(span: Span) -> Markup:
    return CLOSING.get(span.kind, Markup("</em>"))


def _reference(piece: Piece, span: Span, linked: set[str]) -> Markup:
    """A link to a note. Heard alone, a number says nothing."""
    anchor = Markup("") if span.value in linked else Markup(' id="ref-{}"').format(span.value)
    linked.add(span.value)
    name = gettext("Note %(label)s", label=piece.text[span.start : span.end])
    link = Markup('<sup><a href="#note-{}"{} role="doc-noteref" aria-label="{}"{}>')
    return link.format(span.value, anchor, name, piece.ours)


def _link(address: str) -> Markup:
    """A link that tells the other site nothing. An address that is not one of the web's becomes plain text."""
    try:
        scheme = urlsplit(address).scheme
    except ValueError:
        scheme = ""
    if scheme not in ("http", "https", "mailto"):
        return Markup("<a>")
    return Markup('<a href="{}" rel="noreferrer">').format(address)
