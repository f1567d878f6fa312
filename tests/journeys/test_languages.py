"""Every page in a language made for this test, its texts in brackets: what stands outside them was forgotten."""

from __future__ import annotations

import re
import runpy
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import lxml.html
import pytest
from babel.messages import Catalog
from babel.messages.pofile import write_po
from flask.testing import FlaskClient

from tests.browser.site import Site, fill, opened
from voice_app.model import View
from voice_app.publish import problems, tongue
from voice_app.publish.web.app import make_app

SCRIPT = Path(__file__).parents[2] / "scripts" / "texts.py"
CODE = "ar"
"""Dates, numbers and times of this language have no Latin letter."""
LATIN = re.compile("[A-Za-z]{2,}")
NAMES = re.compile(
    r"Voice App|Code is not read out|https?://\S+|\b(MP3|PDF|EPUB|RSS|JSON|MB|kB|Bytes|tick|tock|piper|openai|kokoro)\b|\w+\.\w+/?\S*|\w+/\w+"
)
"""What is called the same in every language."""
ATTRIBUTES = ("aria-label", "aria-valuetext", "aria-description", "title", "alt", "placeholder", "content", "label")
TITLES = ("The clerk who", "The clerk, read", "A long walk", "Bread needs", "A walk that", "An article")
"""Articles of the site: the title of a page cannot say in which language it is."""
UNREAD = "script", "style", "textarea", "code", "kbd", "bdi", "svg", "template"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with opened(tmp_path_factory.mktemp("site")) as made:
        fill(made)
        yield made


@pytest.fixture(scope="module")
def client(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    folder = tmp_path_factory.mktemp("locale")
    path = folder / CODE / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_po(file, _bracketed(runpy.run_path(str(SCRIPT))["collected"]()))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tongue, "LOCALES", folder)
        _forget()
        with make_app(site.studio, site.config).test_client() as client:
            yield client
    _forget()


def _forget() -> None:
    for cached in (tongue._tongue, tongue._catalogue, tongue.script_texts, problems._known, problems._translated):
        cached.cache_clear()


def _bracketed(english: Catalog) -> Catalog:
    made = Catalog(locale=CODE)
    for message in english:
        if isinstance(message.id, tuple):
            made.add(
                message.id,
                tuple(f"⟦{message.id[1]}⟧" for _ in range(made.num_plurals)),
                auto_comments=message.auto_comments,
            )
        elif message.id:
            made.add(message.id, f"⟦{message.id}⟧", message.locations, auto_comments=message.auto_comments)
    return made


def _paths(client: FlaskClient, site: Site) -> Iterator[str]:
    """Every page there is, and those that have something more to say."""
    for rule in client.application.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.arguments <= {"slug"}:
            yield rule.rule.replace("<slug>", site.slugs["done"]) + ("?lang=ar" if "embed" in rule.rule else "")
    yield from (f"/library?{asked}" for asked in ("q=sea", "q=zebra", "sort=title", "view=upside-down", "page=2"))
    yield from (f"/library?view={view}" for view in View)
    yield from ("/nothing", "/voices?language=xx", "/add?address=https://example.org")
    yield from ("/reading?done=saved", "/feeds?done=watched", "/settings?done=saved&before=theme")
    yield from (f"/articles/{slug}" for slug in site.slugs.values())
    yield from (f"/articles/{site.slugs[name]}/edit" for name in ("done", "long", "changed"))
    yield from (f"/articles/{site.slugs['done']}?done={done}" for done in ("known", "checked", "styled"))


def test_every_text_of_every_page_is_marked(client: FlaskClient, site: Site) -> None:
    forgotten = {path: found for path in _paths(client, site) if (found := _read(client, path))}
    assert not forgotten, "\n".join(f"{path}: {text}" for path, texts in forgotten.items() for text in texts)


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/add", {}),
        ("/add", {"address": "http://127.0.0.1/"}),
        ("/add", {"address": "ftp://example.org"}),
        ("/add", {"text": " "}),
        ("/add", {"file": (BytesIO(b"\0\1\2"), "a.bin")}),
        ("/feeds", {}),
        ("/reading", {"code": "sung"}),
        ("/reading", {"code": "read", "look": "yes"}),
    ],
)
def test_what_went_wrong_is_told_in_the_same_language(client: FlaskClient, path: str, form: dict[str, object]) -> None:
    answer = client.post(path, data=form, headers={"Accept-Language": CODE})
    assert not _forgotten(answer.text)


def test_programs_are_told_in_their_language(client: FlaskClient) -> None:
    sent = client.post("/api/articles", json={"address": "http://127.0.0.1/"}, headers={"Accept-Language": CODE})
    assert sent.json and re.fullmatch("⟦[^⟧]+⟧ ⟦[^⟧]+⟧", sent.json["error"])
    assert sent.headers["Content-Language"] == CODE
    assert {"cookie", "accept-language"} <= set(sent.vary.as_set())


def _read(client: FlaskClient, path: str) -> list[str]:
    with client.get(path, headers={"Accept-Language": f"{CODE},en;q=0.5"}) as answer:
        is_page = answer.mimetype == "text/html" and answer.status_code not in (301, 302)
        return _forgotten(answer.text) if is_page else []


def _forgotten(html: str) -> list[str]:
    root = lxml.html.fromstring(html)
    if (root.get("lang"), root.get("dir")) != (CODE, "rtl"):
        return [f"The page is in {root.get('lang')}."]
    walked = _Walk()
    walked.through(root)
    return list(dict.fromkeys(walked.forgotten))


class _Walk:
    """Goes through a page as its text is read, and knows how many brackets are open."""

    def __init__(self) -> None:
        self.forgotten: list[str] = []
        self._open = 0

    def through(self, element: lxml.html.HtmlElement, *, is_ours: bool = True) -> None:
        if not isinstance(element.tag, str):
            return
        language = element.get("lang") or (element.get("dir") == "auto" and "?")
        is_ours = language == CODE if language else is_ours
        if element.tag == "select" and element.get("name") == "language":
            return  # some languages that voices speak have no name in CLDR
        if element.tag in ("title", "link"):
            is_ours = not any(title in (element.text or element.get("title", "")) for title in TITLES)
        for name in ATTRIBUTES:
            if is_ours and name in element.attrib and (element.tag != "meta" or element.get("name") == "description"):
                before, self._open = self._open, 0
                self._text(element.get(name, ""), is_ours=True)
                self._open = before
        if element.tag not in UNREAD:
            self._text(element.text or "", is_ours=is_ours)
            for child in element:
                self.through(child, is_ours=is_ours)
                self._text(child.tail or "", is_ours=is_ours)

    def _text(self, text: str, *, is_ours: bool) -> None:
        for part in re.split("([⟦⟧])", text):
            if part in ("⟦", "⟧"):
                self._open += 1 if part == "⟦" else -1
            elif is_ours and not self._open and LATIN.search(NAMES.sub("", part)):
                self.forgotten.append(" ".join(part.split()))


def test_no_template_says_that_it_is_english() -> None:
    templates = Path(tongue.__file__).with_name("web") / "templates"
    assert not [path.name for path in templates.iterdir() if 'lang="en"' in path.read_text(encoding="utf-8")]
