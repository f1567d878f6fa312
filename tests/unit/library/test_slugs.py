"""Slugs."""

from __future__ import annotations

import pytest

from voice_app.library import slugs


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("The immune system & MS", "the-immune-system-ms"),
        ("  Don’t panic: it's fine!  ", "dont-panic-its-fine"),
        ("Straße nach Łódź, Ærø", "strasse-nach-lodz-aero"),
        ("免疫系统", "article"),
        ("", "article"),
        ("../../etc/passwd", "etc-passwd"),
        ("https://www.example.org/2026/03/the-story.html?x=1#top", "the-story"),
        ("https://example.org/news/a-story/index.html", "a-story"),
        ("https://example.org/news/123456/", "news"),
        ("https://www.example.org/", "example-org"),
        ("https://example.org/caf%C3%A9", "cafe"),
        ("word " * 40, "word-word-word-word-word-word-word-word-word-word-word-word"),
        ("x" * 200, "x" * 60),
    ],
)
def test_slug(name: str, slug: str) -> None:
    assert slugs.slug(name) == slug


def test_a_taken_slug_is_numbered() -> None:
    assert slugs.unique("a", set()) == "a"
    assert slugs.unique("a", {"a", "a-2", "a-4"}) == "a-3"
