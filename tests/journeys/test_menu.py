"""The big button's words over HTTP: what may be asked for, how it is answered, and what strangers get."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import served
from tests.served import Site
from voice_app.audio.encode import decode


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with served.opened(tmp_path) as site:
        yield site


def clips(site: Site) -> int:
    return len(list((site.cache / "clips").rglob("*.wav")))


def words(data: bytes) -> float:
    """About how many words the voice that ticks has said: 0.3 s each, and 6 s of silence behind them."""
    samples, rate = decode(data)
    return (len(samples) / rate - 6) / 0.3


def test_a_headline_is_its_number_its_title_its_length_and_what_to_do(site: Site) -> None:
    article = site.narrated("Otters sleep")
    before = clips(site)
    answer = site.ask(f"/listen/say/headline-1/{article.slug}.mp3")
    assert (answer.status, answer["Content-Type"]) == (200, "audio/mpeg")
    assert 10 <= words(answer.body) <= 16, "headline one, otters sleep, 4 seconds, press to play it"
    assert clips(site) == before + 3, "the title is there from the narration"
    other = site.narrated("Herons wait")
    before = clips(site)
    site.ask(f"/listen/say/headline-1/{other.slug}.mp3")
    assert clips(site) <= before + 1, "of another article of another length, the length alone is new"
    assert site.ask(f"/listen/say/begun/{article.slug}.mp3").body != answer.body


def test_an_article_that_is_not_narrated_has_its_headline_without_a_length(site: Site) -> None:
    added = site.studio.intake.add_text(served.SHORT.format(title="Otters sleep"))
    site.studio.work.read(added.id)
    short = site.ask(f"/listen/say/headline-1/{added.slug}.mp3")
    site.studio.work.narrate(added.id)
    assert words(short.body) < words(site.ask(f"/listen/say/headline-1/{added.slug}.mp3").body)


@pytest.mark.parametrize("name", ["going-on", "all", "nothing", "trouble"])
def test_the_menu_s_own_sentences(site: Site, name: str) -> None:
    answer = site.ask(f"/listen/say/{name}.mp3")
    assert (answer.status, answer["Content-Type"], answer["Cache-Control"]) == (200, "audio/mpeg", "no-cache")
    assert site.ask(f"/listen/say/{name}.mp3", If_None_Match=answer["ETag"]).status == 304
    part = site.ask(f"/listen/say/{name}.mp3", Range="bytes=0-1")
    assert (part.status, part.body) == (206, answer.body[:2])


def test_nothing_else_is_said(site: Site) -> None:
    article = site.narrated("Otters sleep")
    before = clips(site)
    for path in (
        "hello",
        "Buy%20my%20soap",
        "headline-1/of-nobody",
        f"headline-1000/{article.slug}",
        f"headline--1/{article.slug}",
        f"hello/{article.slug}",
        "begun/of-nobody",
    ):
        answer = site.ask(f"/listen/say/{path}.mp3?text=Buy+my+soap")
        assert (answer.status, answer["Content-Type"]) == (404, "text/plain; charset=utf-8"), path
    assert clips(site) == before
    site.studio.shelf.remove(article.slug)
    assert site.ask(f"/listen/say/headline-1/{article.slug}.mp3").status == 404


def test_another_site_gets_no_menu(site: Site) -> None:
    assert site.ask("/listen/say/all.mp3", Sec_Fetch_Site="cross-site").status == 403
    answer = site.ask("/listen/say/all.mp3", Sec_Fetch_Site="same-origin")
    assert (answer.status, answer["Cross-Origin-Resource-Policy"]) == (200, "same-origin")


def test_a_voice_that_is_away_is_told_as_text(tmp_path: Path) -> None:
    with served.opened(tmp_path, narration__voice="nobody/nowhere") as site:
        answer = site.ask("/listen/say/all.mp3")
        assert answer.status >= 500
        assert answer["Content-Type"] == "text/plain; charset=utf-8"
