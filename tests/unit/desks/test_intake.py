"""Several things at once, pasted links, and mails with attachments."""

from __future__ import annotations

import pytest

from tests.unit.desks.conftest import House
from voice_app.desks.intake import MAX_AT_ONCE, addresses_in
from voice_app.errors import BlockedAddressError, TooLargeError
from voice_app.model import Upload

TEXT = b"A walk\n\nThe path begins at the mill and follows the river.\n"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("See https://example.org/a.", ("https://example.org/a",)),
        ("(https://example.org/a?b=c,d)", ("https://example.org/a?b=c,d",)),
        ("<https://example.org/a> and https://example.org/a", ("https://example.org/a",)),
        ("http://a.example/\nhttps://b.example/x\n", ("http://a.example/", "https://b.example/x")),
        ("ftp://example.org and www.example.org", ()),
    ],
)
def test_addresses_are_found_without_what_follows_them(text: str, wanted: tuple[str, ...]) -> None:
    assert addresses_in(text) == wanted


def test_what_cannot_be_read_does_not_keep_the_rest_out(house: House) -> None:
    files = [
        Upload(name="walk.txt", body=TEXT),
        Upload(name="photo.png", body=b"\x89PNG\r\n\x1a\n" + bytes(99)),
        Upload(name="empty.txt", body=b" "),
    ]
    added = house.studio.intake.add_all(addresses=["http://127.0.0.1/"], files=files)
    assert [article.title for article in added.articles] == ["A walk"]
    assert [problem.name for problem in added.problems] == ["http://127.0.0.1/", "photo.png", "empty.txt"]
    assert "picture" in added.problems[1].why


def test_too_many_at_once_are_refused_as_a_whole(house: House) -> None:
    with pytest.raises(TooLargeError, match="several goes"):
        house.studio.intake.add_all(files=[Upload(name="a.txt", body=TEXT)] * (MAX_AT_ONCE + 1))
    assert house.studio.articles() == ()


@pytest.mark.parametrize("text", ["http://127.0.0.1/a", "Look at this\nhttp://127.0.0.1/a\n\nSent from my telephone"])
def test_a_shared_link_is_fetched_and_not_read_out(house: House, text: str) -> None:
    with pytest.raises(BlockedAddressError):
        house.studio.intake.add_pasted(text)


def test_a_list_of_links_adds_each_of_them(house: House) -> None:
    added = house.studio.intake.add_pasted("http://127.0.0.1/a\nhttp://127.0.0.1/b")
    assert [problem.name for problem in added.problems] == ["http://127.0.0.1/a", "http://127.0.0.1/b"]


def test_a_text_with_links_in_it_is_a_text(house: House) -> None:
    text = TEXT.decode() + "More is at https://example.org/a and at https://example.org/b.\n" + "Words follow. " * 20
    (article,) = house.studio.intake.add_pasted(text).articles
    assert article.title == "A walk"
