"""Collects the texts that people read on the site, and adds those that are new to each language's file: `make texts`.

In the pages and their scripts a text is marked with gettext's names. Of errors it is each whole sentence in the rooms
that raise them, so that nothing needs a mark there: what an f-string puts in becomes `%(name)s`.
With the code of a language, its file is begun.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel import Locale
from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1] / "voice_app"
LOCALES = ROOT / "publish" / "locale"
METHODS = [
    ("publish/**.py", "python"),
    ("publish/web/templates/**.html", "jinja2"),
    ("publish/web/static/**.js", "javascript"),
]
OPTIONS = {
    "publish/web/templates/**.html": {
        "trimmed": "true",
        "trim_blocks": "true",
        "lstrip_blocks": "true",
        "newstyle_gettext": "true",
        "silent": "false",
    },
    "publish/web/static/**.js": {"parse_template_string": "true"},
}
KEYWORDS = DEFAULT_KEYWORDS | {"later": None, "later_many": (1, 2)}
PROBLEMS = (
    *("audiobook.py", "blobs.py", "errors.py", "narrator.py", "studio.py", "worker.py"),
    *(
        "audio/encode.py",
        "audio/m4b.py",
        "audio/press.py",
        "desks/*.py",
        "ingest/**/*.py",
        "library/*.py",
        "publish/**/*.py",
    ),
    *("recording/client.py", "recording/crew.py"),
    *(
        "speech/booth.py",
        "speech/english.py",
        "speech/engines/*.py",
        "speech/lead.py",
        "speech/pace.py",
        "speech/remote.py",
    ),
)
"""Where errors come from that a listener may meet."""
PROBLEM = "problem"
_METHODS = ("lower", "upper", "capitalize", "join", "name__")
HEAD = r"""msgid ""
msgstr ""
"Language: {code}\n"
"Plural-Forms: {plurals}\n"
"Content-Type: text/plain; charset=utf-8\n"

"""
SENTENCE = re.compile(r"[A-Z%`].*\w .*[.!?]", re.DOTALL)
VALUE = re.compile(r"%\(\w+\)s")


def collected() -> Catalog:
    """All texts, in English."""
    catalog = Catalog()
    marked = extract_from_dir(
        str(ROOT), METHODS, OPTIONS, keywords=KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=True
    )
    for name, _, message, comments, context in marked:
        catalog.add(message, locations=[(f"voice_app/{name}", 0)], auto_comments=comments, context=context)
    for pattern in PROBLEMS:
        for path in sorted(ROOT.glob(pattern)):
            for sentence in problems(path.read_text(encoding="utf-8")):
                catalog.add(
                    sentence, locations=[(path.relative_to(ROOT.parent).as_posix(), 0)], auto_comments=[PROBLEM]
                )
    return catalog


def problems(source: str) -> Iterator[str]:
    """The whole sentences of a module that are neither docstrings nor marked."""
    for text in _texts(ast.parse(source)):
        if SENTENCE.fullmatch(text) and len(VALUE.sub("", text).split()) > 1:
            yield text


def _texts(node: ast.AST) -> Iterator[str]:
    is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    is_marked = isinstance(node, ast.Call) and getattr(node.func, "id", "") in KEYWORDS
    if text := _written(node):
        yield text
    elif not is_docstring and not is_marked:
        for child in ast.iter_child_nodes(node):
            yield from _texts(child)


def _written(node: ast.AST) -> str:
    """What a literal says; empty for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if not isinstance(node, ast.JoinedStr):
        return ""
    text, names = "", set[str]()
    for part in node.values:
        if isinstance(part, ast.FormattedValue):
            words = re.findall(r"[a-z]\w*", ast.unparse(part.value).lower())
            name = ["value", *(word for word in words if word not in _METHODS)][-1]
            while name in names:
                name += "_again"
            names.add(name)
            text += f"%({name})s"
        elif isinstance(part, ast.Constant):
            text += part.value
    return text


def update(code: str, template: Catalog) -> Catalog:
    """A language's file with all texts: what is translated stays, what is new is empty, what is gone is left out."""
    path = LOCALES / code / "LC_MESSAGES" / "messages.po"
    if path.exists():
        with path.open("rb") as file:
            catalog = read_po(file, locale=code)
    else:
        catalog = Catalog(locale=code)
    catalog.update(template, no_fuzzy_matching=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(HEAD.format(code=code, plurals=catalog.plural_forms).encode())
        write_po(
            file, catalog, width=0, sort_by_file=True, ignore_obsolete=True, include_lineno=False, omit_header=True
        )
    return catalog


def untranslated(catalog: Catalog) -> list[str]:
    return [str(m.id) for m in catalog if m.id and not all(m.string if isinstance(m.string, tuple) else [m.string])]


def main(codes: list[str]) -> None:
    template = collected()
    there = {path.name for path in LOCALES.iterdir() if path.is_dir()}
    for code in sorted(there | set(codes)):
        left = untranslated(update(code, template))
        print(f"{Locale.parse(code).english_name}: {len(template)} texts, {len(left)} of them not translated")


if __name__ == "__main__":
    main(sys.argv[1:])
