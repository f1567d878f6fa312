"""Many spellings of one address, and addresses that only look alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice_app.library.addresses import canonical

SAME = [
    "https://example.org/news/ferry?id=7&page=2",
    "http://www.example.org/news/ferry/?id=7&page=2",
    "https://EXAMPLE.org:443/news/ferry?page=2&id=7#comments",
    "https://user:secret@example.org./news/ferry?id=7&page=2&utm_source=letter&utm_medium=mail",
    "  https://example.org/news/%66erry?id=7&page=2&fbclid=abc&gclid=d&mc_cid=e&_hsenc=f&igshid=g&srsltid=h ",
    "https://example.org/news/ferry?id=7&page=2&at_medium=x&ref_src=y&smid=z&__twitter_impression=true",
]


@pytest.mark.parametrize("address", SAME)
def test_spellings_of_one_address_are_one(address: str) -> None:
    assert canonical(address) == "example.org/news/ferry?id=7&page=2"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/a", "https://example.com/a"),
        ("https://example.org/a", "https://example.org/A"),
        ("https://example.org/a?id=1", "https://example.org/a?id=2"),
        ("https://example.org/a", "https://example.org:8080/a"),
        ("https://example.org/a?ref=1", "https://example.org/a"),
        ("https://example.org/#/one", "https://example.org/#/two"),
        ("https://example.org/a%2Fb?x=", "https://example.org/a"),
    ],
)
def test_other_addresses_stay_apart(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)
    assert canonical(one)


@pytest.mark.parametrize(
    "address",
    ["", "pasted text", "content/articles/a.md", "ftp://example.org/a", "https://", "https://example.org",
     "https://www.example.org/?utm_source=a", "https://example.org:99999/a", "https://[::1/a", "javascript:alert(1)"],
)  # fmt: skip
def test_what_names_no_article_has_no_spelling(address: str) -> None:
    assert canonical(address) == ""


def test_a_name_in_another_script_is_one_with_its_ascii_form() -> None:
    assert canonical("https://bücher.example/straße") == canonical("https://xn--bcher-kva.example/stra%C3%9Fe")


@given(st.text(max_size=60).map("https://example.org/".__add__) | st.text(max_size=60))
def test_any_text_has_a_spelling_that_stays(address: str) -> None:
    found = canonical(address)
    assert found == "" or canonical(f"https://{found}") == found
