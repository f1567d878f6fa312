"""Web and mail addresses: the site in words, never the whole path."""

from __future__ import annotations

import re

from voice_app.script.rules.rule import Rule

_ENDINGS = "com|org|net|edu|gov|info|app|dev|io|eu|uk|de|fr|es|it|nl|ca|au|us|int|example"


def _dotted(name: str) -> str:
    return name.removeprefix("www.").replace("-", " ").replace(".", " dot ")


def _site(match: re.Match[str]) -> str:
    return _dotted(match.group("host")) + (match.group("after") or "")


def _mail(match: re.Match[str]) -> str:
    name = re.sub(r"[._-]", lambda m: {".": " dot ", "_": " underscore ", "-": " dash "}[m.group()], match.group(1))
    return f"{name} at {_dotted(match.group(2))}"


def _file(match: re.Match[str]) -> str:
    return f"{re.sub('[_-]+', ' ', match.group(1))} dot {' '.join(match.group(2).upper())}"


RULES = (
    Rule(
        name="mail addresses",
        pattern=re.compile(r"\b([\w.+-]+)@([\w-]+(?:\.[\w-]+)+)\b"),
        say=_mail,
        examples=(
            ("Write to ann.lee@example.org today.", "Write to ann dot lee at example dot org today."),
            ("help@voice-app.example", "help at voice app dot example"),
            ("meet @ noon", "meet @ noon"),
        ),
    ),
    Rule(
        name="web addresses",
        pattern=re.compile(r"(?:https?://(?:[^\s/@]+@)?|(?=www\.))(?P<host>[\w-]+(?:\.[\w-]+)*)(?::\d+)?(?:[/?#][^\s<>\"]*?)?(?P<after>[.,;:!?)]*)(?=[\s<>\"]|$)"),
        say=_site,
        examples=(
            ("See https://example.com/a/b?x=1.", "See example dot com."),
            ("Visit www.example.org!", "Visit example dot org!"),
            ("the http protocol", "the http protocol"),
        ),
    ),
    Rule(
        name="bare site names",
        pattern=re.compile(rf"\b(?P<host>[A-Za-z0-9][A-Za-z0-9-]*(?:\.[a-z0-9-]+)*\.(?:{_ENDINGS}))(?P<after>)\b(?!\.\w)(?:/[^\s<>\"]*[\w/])?"),
        say=_site,
        examples=(
            ("ask voice-app.example about it", "ask voice app dot example about it"),
            ("at example.com/help today", "at example dot com today"),
            ("the end. It began", "the end. It began"),
        ),
    ),
    Rule(
        name="file names",
        pattern=re.compile(r"(?<![\w./-])([A-Za-z]\w*(?:-\w+)*)\.(pdf|txt|html|csv|docx?|xlsx?|jpe?g|png|mp3|mp4|zip|json|md|py|js)\b(?!\.\w)"),
        say=_file,
        examples=(
            ("open read_me.txt now", "open read me dot T X T now"),
            ("my-file.pdf", "my file dot P D F"),
            ("the pdf file", "the pdf file"),
        ),
    ),
)  # fmt: skip
