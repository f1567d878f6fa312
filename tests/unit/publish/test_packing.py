"""What browsers are sent smaller, and what they keep: the site's pages and its own files, over a real connection."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator

import pytest

from tests.served import Answer, Site, opened

LONG = "# The tide tables\n\n" + "The clerk wrote down how high the water stood, and what the wind did. " * 40


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with opened(tmp_path_factory.mktemp("packing")) as made:
        made.narrated("The tide tables", LONG)
        yield made


def packed(site: Site, path: str, **headers: str) -> Answer:
    return site.ask(path, Accept_Encoding="gzip, deflate, br", **headers)


def files(site: Site) -> list[str]:
    return re.findall(r'"(/static/[^"]+)"', site.ask("/articles/the-tide-tables").body.decode())


def test_a_page_is_packed_for_those_who_ask(site: Site) -> None:
    plain, small = site.ask("/articles/the-tide-tables"), packed(site, "/articles/the-tide-tables")
    assert small["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.body) == plain.body
    assert len(small.body) * 3 < len(plain.body)
    assert int(small["Content-Length"]) == len(small.body)
    for answer in (plain, small):
        assert {"Accept-Encoding", "Cookie", "Accept-Language"} <= set(re.split(", *", answer["Vary"]))
    assert "Content-Encoding" not in plain


def test_who_refuses_it_gets_it_plain(site: Site) -> None:
    assert "Content-Encoding" not in site.ask("/settings", Accept_Encoding="gzip;q=0, identity")


def test_head_says_what_get_would(site: Site) -> None:
    get, head = packed(site, "/settings"), packed(site, "/settings", method="HEAD")
    assert head.body == b""
    assert (head["Content-Length"], head["Content-Encoding"]) == (get["Content-Length"], "gzip")


def test_sound_and_pictures_are_never_packed(site: Site) -> None:
    page = site.ask("/articles/the-tide-tables").body.decode()
    found = re.findall(r'"(/(?:audio|artwork)/[^"]+)"', page)
    assert {path.rpartition(".")[2] for path in found} == {"mp3", "jpg"}
    for path in found:
        assert "Content-Encoding" not in packed(site, path)


def test_a_part_of_a_file_is_left_alone(site: Site) -> None:
    style = next(path for path in files(site) if path.endswith(".css"))
    part = packed(site, style, Range="bytes=0-99")
    assert part.status == 206
    assert len(part.body) == 100
    assert "Content-Encoding" not in part


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_who_has_it_is_told_so(site: Site, encoding: str) -> None:
    first = site.ask("/feed.xml", Accept_Encoding=encoding)
    assert first["ETag"].startswith("W/") is (encoding == "gzip")
    again = site.ask("/feed.xml", Accept_Encoding=encoding, If_None_Match=first["ETag"])
    assert (again.status, again.body, again["ETag"]) == (304, b"", first["ETag"])
    assert again["Vary"] == first["Vary"]


def test_what_may_hold_a_secret_is_not_packed(site: Site) -> None:
    answer = packed(site, "/listener/code", method="POST")
    assert (answer.status, answer["Cache-Control"]) == (200, "no-store")
    assert "Content-Encoding" not in answer


def test_what_is_tiny_stays_as_it_is(site: Site) -> None:
    assert "Content-Encoding" not in packed(site, "/healthz")


def test_files_are_kept_under_an_address_that_changes_with_them(site: Site) -> None:
    found = files(site)
    assert any(path.endswith(".js") for path in found)
    for path in found:
        answer = packed(site, path)
        assert answer.status == 200, path
        assert {"max-age=31536000", "immutable"} <= set(re.split(", *", answer["Cache-Control"])), path


def test_a_page_of_an_earlier_release_gets_todays_file_and_asks_again(site: Site) -> None:
    style = next(path for path in files(site) if path.endswith(".css"))
    old = site.ask(re.sub(r"/static/[^/]+/", "/static/0123456789ab/", style))
    assert old.status == 200
    assert old.body == site.ask(style).body
    assert old["Cache-Control"] == "no-cache"
    assert site.ask(re.sub(r"/static/[^/]+/", "/static/x/", style), If_None_Match=old["ETag"]).status == 304


def test_an_installed_site_keeps_its_icons(site: Site) -> None:
    for icon in site.json("/manifest.webmanifest")["icons"]:
        assert icon["src"].startswith("/static/now/")
        assert site.ask(icon["src"]).status == 200


@pytest.mark.parametrize("path", ["/static/now/../app.py", "/static/now/none.css", "/static/site.css"])
def test_only_those_files_are_there(site: Site, path: str) -> None:
    assert site.ask(path).status == 404
