"""Markdown's dialects as rules for markdown-it: what each tool adds, and what of it is no text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from html import escape
from typing import Any

from voice_app.errors import TooLargeError
from voice_app.ingest import shapes
from voice_app.ingest.marks import LEFT_OUT

MAX_CHARS = 3_000_000
MAX_LINES = 30_000
MAX_MARKS = 150_000  # ten times what a long book has; every mark costs time
MAX_BRACKETS = 20_000  # markdown-it's time grows with their square
_MARK = re.compile(r"[*_<>|`{$\\~\[:]")
_ADMONITIONS = frozenset(
    {"note", "tip", "info", "warning", "caution", "danger", "important", "attention", "hint", "success", "question"}
    | {"details", "spoiler", "example", "abstract", "summary", "quote", "callout", "todo", "failure", "bug", "seealso"}
)
_BOX = re.compile(r"\s*\{?[.\s]*([\w-]+)[^}\]\[]*?(?:\[([^\]\n]*)\])?\}?\s*(.*)$")
_ATTRIBUTES = re.compile(r"\{:?\s*(?:[#.][\w:.-]+|[\w-]+=(?:\"[^\"\n]*\"|[^\s}]+))(?:\s+[^{}\n]{1,200})?\s*\}")
_CONTENTS = re.compile(r"\{:\s*toc\b[^{}\n]*\}", re.I)
_CODE = re.compile(
    r"^\{%-?\s*highlight\s+([\w+-]+)[^%\n]*%\}\n((?:[^{]|\{(?![%{]))*)\n\{%-?\s*endhighlight\s*-?%\}[ \t]*$"
    r"|^\{\{[<%]\s*highlight\s+([\w+-]+)[^>%\n]*[>%]\}\}\n((?:[^{]|\{(?![%{]))*)\n"
    r"\{\{[<%]\s*/highlight\s*[>%]\}\}[ \t]*$",
    re.M | re.S,
)
_SHORTCODE = re.compile(
    r"\{\{<[^\n]{0,500}?>\}\}|\{\{%[^\n]{0,500}?%\}\}|\{%[^\n]{0,500}?%\}|\{\{[^\n{}]{1,300}\}\}|\{/\*.{0,2000}?\*/\}",
    re.S,
)
_FIGURE = re.compile(r"\{\{<\s*figure\s")
_PARAMETER = re.compile(r"\b(caption|title|alt)\s*=\s*\"([^\"]*)\"")
_WIKI = re.compile(r"(!?)\[\[([^\[\]\n|]{1,200})(?:\|([^\[\]\n]{1,200}))?\]\]")
_EMOJI = re.compile(r":[a-z0-9_+-]{2,40}:")
_BRACKETED = re.compile(r"\\\((.{1,1000}?)\\\)|\\\[(.{1,3000}?)\\\]", re.S)
_CITED = re.compile(
    r"\[(?:[^\]\[\n]{0,60}\s)?-?@[\w:.-]+[^\]\n]{0,100}\](?!\()|\[([^\[\]\n]{1,200})\]\{[^{}\n]{1,200}\}"
)
_RULE = re.compile(r"^ {0,8}-{2,}(?: +-{2,})+ *$", re.M)
_CAPTION = re.compile(r" {0,4}(?:Table)?: (\S[^\n]*)")
_SIMPLE = re.compile(r"[^\\{}$]{1,60}")
_POWERS = str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_GREEK = dict(
    zip(
        [
            "alpha",
            "beta",
            "gamma",
            "delta",
            "epsilon",
            "theta",
            "lambda",
            "mu",
            "pi",
            "rho",
            "sigma",
            "tau",
            "phi",
            "omega",
            "Delta",
            "Sigma",
            "Omega",
        ],
        "αβγδεθλμπρστφωΔΣΩ",
        strict=True,
    )
)
_SIGNS = {
    "times": "×", "cdot": "·", "pm": "±", "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "neq": "≠", "approx": "≈",
    "to": "→", "infty": "∞", "%": "%", "ldots": "…", "dots": "…", "circ": "°", ",": " ", " ": " ", **_GREEK,
}  # fmt: skip


def html_of(markdown: str) -> str:
    """The text as HTML, with what is no text in `span` elements that say why it is left out. Raises TooLargeError."""
    if len(markdown) > MAX_CHARS or markdown.count("\n") > MAX_LINES or markdown.count("[") > MAX_BRACKETS:
        raise TooLargeError
    if sum(1 for _ in _MARK.finditer(markdown)) > MAX_MARKS:
        raise TooLargeError
    text = _CODE.sub(lambda m: f"```{m.group(1) or m.group(3)}\n{m.group(2) or m.group(4)}\n```", markdown)
    return str(_parser().render(_with_tables(text)))


def _with_tables(text: str) -> str:
    """The text with Pandoc's tables, whose columns stand over dashes, as HTML."""
    if not _RULE.search(text):
        return text
    parts = text.split("\n\n")
    for n, part in enumerate(parts):
        lines = part.strip("\n").split("\n")
        rule = next((i for i, line in enumerate(lines) if _RULE.match(line)), 0)
        found = shapes.table(lines[rule - 1 :]) if 0 < rule < len(lines) - 1 else None
        if found is None:
            continue
        caption = _CAPTION.match(parts[n + 1]) if n + 1 < len(parts) else None
        if caption:
            parts[n + 1] = parts[n + 1][caption.end() :].lstrip("\n")
        before = "".join(f"{line}\n" for line in lines[: rule - 1])
        parts[n] = before + _table(found.rows, caption[1] if caption else "")
    return "\n\n".join(parts)


def _table(rows: Sequence[Sequence[str]], caption: str) -> str:
    cells = [[_parser().renderInline(cell) for cell in row] for row in rows]
    head, *body = ["<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in cells]
    named = f"<caption>{escape(caption)}</caption>" if caption else ""
    return f"<table>{named}{head.replace('td>', 'th>')}{''.join(body)}</table>"


@lru_cache(maxsize=1)
def _parser() -> Any:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.admon import admon_plugin
    from mdit_py_plugins.container import container_plugin
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.dollarmath import dollarmath_plugin
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark").enable("table").enable("strikethrough")
    parser.use(footnote_plugin).use(deflist_plugin).use(admon_plugin)
    parser.use(container_plugin, name="box", validate=lambda *_: True, render=_box)
    parser.use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=True, renderer=_math)
    for name, mark, rule in (
        ("shortcode", "{", _shortcode), ("wiki", "[!", _wiki), ("emoji", ":", _emoji), ("brackets", "\\", _brackets),
    ):  # fmt: skip
        parser.inline.ruler.before("escape" if name == "brackets" else "backticks", name, _inline(mark, rule))
    parser.add_render_rule("footnote_caption", _caption)
    parser.add_render_rule("image", _image)
    return parser


def _inline(marks: str, rule: Callable[[str, int], tuple[int, str] | None]) -> Callable[[Any, bool], bool]:
    """A rule of markdown-it out of one that gives, for a text and a place, the place behind and its HTML."""

    def run(state: Any, silent: bool) -> bool:
        if state.src[state.pos] not in marks:
            return False
        found = rule(state.src, state.pos)
        if found is None or found[0] > state.posMax:
            return False
        if not silent:
            state.push("html_inline", "", 0).content = found[1]
        state.pos = found[0]
        return True

    return run


def left_out(text: str, reason: str) -> str:
    return f'<span {LEFT_OUT}="{reason}">{escape(text)}</span>'


def _shortcode(text: str, at: int) -> tuple[int, str] | None:
    attributes = _ATTRIBUTES.match(text, at)
    if attributes and (
        text[attributes.end() : attributes.end() + 1] in ("", "\n") or text[at - 1 : at] in tuple(")]`*_")
    ):
        return attributes.end(), ""
    if match := _CONTENTS.match(text, at):
        return match.end(), left_out(match.group(), "contents")
    match = _SHORTCODE.match(text, at)
    if match is None:
        return None
    told = dict(_PARAMETER.findall(match.group())) if _FIGURE.match(match.group()) else {}
    if told:
        return match.end(), _figure(told.get("alt", ""), told.get("caption") or told.get("title", ""))
    return match.end(), left_out(match.group(), "shortcode")


def _wiki(text: str, at: int) -> tuple[int, str] | None:
    if cited := _CITED.match(text, at):
        return cited.end(), escape(cited[1]) if cited[1] else left_out(cited.group(), "reference")
    match = _WIKI.match(text, at)
    if match is None or text[match.end() : match.end() + 1] == "(":
        return None
    bang, target, label = match.groups()
    if target.strip("_ ").lower() == "toc":
        return match.end(), left_out(match.group(), "contents")
    if bang:
        return match.end(), left_out(match.group(), "embedded file")
    return match.end(), escape((label or target.replace("#", " ")).strip())


def _emoji(text: str, at: int) -> tuple[int, str] | None:
    match = _EMOJI.match(text, at)
    is_word = match is not None and any(c.isalpha() for c in match.group())
    if match is None or not is_word or text[at - 1 : at].isalnum() or text[match.end() : match.end() + 1].isalnum():
        return None
    return match.end(), left_out(match.group(), "emoji")


def _brackets(text: str, at: int) -> tuple[int, str] | None:
    match = _BRACKETED.match(text, at)
    if match is None or not re.search(r"[\\^_=+<>]|^\s*\w\s*$", match.group(1) or match.group(2)):
        return None
    return match.end(), _math(match.group(1) or match.group(2), {"display_mode": match.group(1) is None})


def _math(tex: str, options: dict[str, Any]) -> str:
    """A formula in a line as it is said when signs can write it; any other is left out."""
    simple = _simple(tex)
    if simple is None or options.get("display_mode"):
        return left_out(" ".join(tex.split()), "formula")
    return escape(simple)


def _simple(tex: str) -> str | None:
    text = re.sub(r"\\(?:text|mathrm|mathit|operatorname)\{([\w ]*)\}", r"\1", tex.strip())
    text = re.sub(r"\\([A-Za-z]+|[%, ])", lambda m: _SIGNS.get(m.group(1), m.group()), text)
    text = re.sub(r"\^\{?([\d+n-]{1,3})\}?", lambda m: m.group(1).translate(_POWERS), text)
    text = re.sub(r"_\{?(\d{1,3})\}?", lambda m: m.group(1).translate(_LOWERED), text)
    return text if _SIMPLE.fullmatch(text) and "^" not in text and "_" not in text else None


def _figure(alt: str, caption: str) -> str:
    return f'<figure><img src="" alt="{escape(alt)}"><figcaption>{escape(caption)}</figcaption></figure>'


def _image(renderer: Any, tokens: Sequence[Any], index: int, options: Any, env: Any) -> str:
    token = tokens[index]
    alt = renderer.renderInlineAsText(token.children or [], options, env)
    title = token.attrGet("title")
    source = escape(str(token.attrGet("src") or ""))
    return _figure(alt, str(title)) if title else f'<img src="{source}" alt="{escape(alt)}">'


def _caption(_self: Any, tokens: Sequence[Any], index: int, _options: Any, _env: Any) -> str:
    """The same number however often a note is referred to."""
    return f"[{tokens[index].meta['id'] + 1}]"


def _box(_self: Any, tokens: Sequence[Any], index: int, _options: Any, _env: Any) -> str:
    """`::: note A title` is a box; `::: columns` is nothing that a listener could tell."""
    token = tokens[index]
    match = _BOX.match(token.info)
    is_box = match is not None and match.group(1).lower() in _ADMONITIONS
    if token.nesting != 1:
        return "</div>\n"
    if not is_box or match is None:
        return "<div>\n"
    title = match.group(2) or match.group(3).strip(' {}"') or match.group(1).capitalize()
    return f'<div class="admonition"><p>{escape(title)}</p>\n'
