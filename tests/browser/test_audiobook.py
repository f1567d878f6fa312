"""An audiobook is asked for on an article's page: by a form alone, and with scripts that bring its link."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import texts
from tests.browser.conftest import until
from tests.browser.site import Site
from voice_app.model import Article

pytestmark = pytest.mark.browser

MAKE, NAME = "Make an audiobook with chapters, M4B", "Audiobook with chapters, M4B"
ASKED = "The audiobook is asked for. Its link comes here when it is made."
NEWS = ".options [data-news]"


def narrated(site: Site, title: str) -> Article:
    return site.narrated(texts.long_document(title, 12))


def ask(page: Page, article: Article) -> None:
    page.goto(f"/articles/{article.slug}")
    page.locator("summary", has_text="Downloads").click()
    page.get_by_role("button", name=MAKE).click()
    expect(page.get_by_role("heading", name=ASKED)).to_be_focused()


def test_without_scripts_it_is_asked_for_looked_for_again_and_taken_along(
    open_page: Callable[..., Page], site: Site
) -> None:
    page, article = open_page(java_script_enabled=False), narrated(site, "A walk without scripts")
    ask(page, article)
    expect(page.get_by_text("It is being made. You can leave this page.")).to_be_visible()
    expect(page.get_by_role("button", name=MAKE)).to_have_count(0)
    site.studio.audiobooks.make(article.id)
    page.get_by_role("link", name="Load this page again").click()
    expect(page.get_by_role("heading", name="The audiobook is ready.")).to_be_focused()
    with page.expect_download() as coming:
        page.get_by_role("link", name=NAME).click()
    assert coming.value.suggested_filename.endswith(".m4b")
    assert coming.value.path().read_bytes()[4:12] == b"ftypM4B "


def test_the_link_comes_by_itself_and_is_said_once(page: Page, site: Site) -> None:
    article = narrated(site, "A walk with scripts")
    ask(page, article)
    expect(page.locator(NEWS)).to_have_text("")
    page.get_by_role("button", name="Add to the queue").focus()
    site.studio.audiobooks.make(article.id)
    link = page.locator("#audiobook").get_by_role("link", name=NAME)
    expect(link).to_be_visible()
    expect(page.locator("#audiobook")).to_contain_text("minute")
    expect(page.locator(NEWS)).to_have_text("The audiobook is ready.")
    expect(page.get_by_role("heading", name="The audiobook is ready.")).to_be_visible()
    expect(page.get_by_role("button", name="Add to the queue")).to_be_focused()
    assert page.evaluate("document.querySelector('details:has(#audiobook)').open")


def test_what_went_wrong_comes_with_a_button(page: Page, site: Site) -> None:
    article = narrated(site, "A walk on a full disk")
    ask(page, article)
    site.studio.audiobooks.give_up(article.id, "The disk is full. Make room.")
    again = page.get_by_role("button", name="Try again to make the audiobook")
    expect(again).to_be_visible()
    expect(page.locator("#audiobook")).to_contain_text("The disk is full. Make room.")
    expect(page.locator(NEWS)).to_have_text("The audiobook could not be made.")
    again.click()
    expect(page.get_by_role("heading", name=ASKED)).to_be_focused()


def test_nobody_who_listens_is_talked_to(page: Page, site: Site) -> None:
    article = narrated(site, "A walk that is heard meanwhile")
    ask(page, article)
    page.get_by_role("button", name="Play", exact=True).click()
    until(page, "!document.querySelector('audio').paused")
    site.studio.audiobooks.make(article.id)
    expect(page.locator("#audiobook a")).to_be_visible()
    page.wait_for_timeout(300)
    expect(page.locator(NEWS)).to_have_text("")
    assert not page.evaluate("document.querySelector('audio').paused")


def test_an_article_that_is_narrated_again_says_when_it_is_made(page: Page, site: Site) -> None:
    article = narrated(site, "A walk that changes")
    site.library.ask_narration(article.id)
    ask(page, article)
    expect(page.locator("#audiobook")).to_contain_text("It is made as soon as the article is narrated.")
