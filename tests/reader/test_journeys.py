"""What people come for, with a screen reader and a braille line: each step is said once, and nothing else is."""

from __future__ import annotations

import re

import pytest

from tests.browser.site import Site
from tests.conftest import require
from tests.reader.conftest import Everywhere
from tests.reader.listener import Listener

pytestmark = [pytest.mark.outside, pytest.mark.browser, pytest.mark.timeout(300)]
CLERK = "The clerk who measured the sea"
DEVICES = "Listen on several devices"
WHY = "Only addresses that begin with"


def test_the_home_page_leads_to_an_article(everywhere: Everywhere, site: Site) -> None:
    def journey(listener: Listener) -> None:
        listener.open(site.url, "Home")
        listener.go_to("Home heading level 1", key="h")
        listener.go_to(f"{CLERK} link heading level 3", key="h")
        listener.follow("Return", CLERK)

    everywhere(journey)


def test_an_article_is_found_by_searching(everywhere: Everywhere, site: Site) -> None:
    def journey(listener: Listener) -> None:
        listener.open(f"{site.url}/library", "Library")
        listener.go_to("Search the library entry")
        listener.type("bread")
        listener.follow("Return", "1 found for bread")
        listener.go_to("Bread needs less link heading level 2", key="h")
        listener.follow("Return", "Bread needs less")
        listener.go_to("Bread needs less heading level 1", key="h")

    everywhere(journey)


def test_each_stop_of_an_article_is_named(everywhere: Everywhere, site: Site) -> None:
    def journey(listener: Listener) -> None:
        listener.open(site.page("done"), CLERK)
        listener.go_to("More controls collapsed")
        listener.press("Return", "expanded", shows="More controls")
        listener.go_to("Back to the library link", most=90)

    everywhere(journey)


def test_the_sound_is_played_paused_and_sought(everywhere: Everywhere, site: Site) -> None:
    def journey(listener: Listener) -> None:
        listener.open(site.page("done"), CLERK)
        listener.go_to("Play push button", key="b")
        listener.press_silently("space")  # the sound itself is the answer
        listener.go_to("Back 15 seconds push button")
        listener.go_to("Pause push button", key="shift+Tab")
        listener.press_silently("space")
        listener.go_to("Position slider of 1 minute 27 seconds")
        listener.press("Home", "0 seconds")
        listener.press("Right", "5 seconds")
        listener.press("Right", "10 seconds")
        listener.press("Left", "5 seconds")
        listener.go_to("Go to entry. A time such as 12:30")
        listener.type("0:45")
        listener.press("Return", "45 seconds")
        listener.go_to("More controls collapsed")
        listener.press("Return", "expanded", shows="More controls")
        listener.go_to("Where am I push button")
        listener.press("space", "What he wrote down, chapter 2 of 3. 42 seconds left")

    everywhere(journey)


def test_sentences_are_read_out_while_paused_and_the_speed_is_changed(everywhere: Everywhere, site: Site) -> None:
    def journey(listener: Listener) -> None:
        listener.open(site.page("done"), CLERK)
        listener.go_to("Next sentence push button", key="b")
        listener.press("space", CLERK)
        listener.press("space", "This article is read by a synthetic voice")
        listener.go_to("Previous sentence push button", key="shift+Tab")
        listener.press("space", CLERK)
        listener.go_to("Speed combo box Normal")
        listener.press("Down", "1.25 times")
        listener.press("Up", "Normal")

    everywhere(journey)


def test_the_text_is_read_by_its_headings(everywhere: Everywhere, site: Site) -> None:
    def journey(listener: Listener) -> None:
        listener.open(site.page("done"), CLERK)
        listener.press("h", f"{CLERK} heading level 1")
        listener.press("h", "What he wrote down heading level 2")
        listener.press("p", "Each line has four parts. He never left one out")
        listener.press("alt+shift+h", "Headings: 5 items", shows="")  # the screen reader's own list
        listener.go_to("How it is used today", key="Down", most=4)
        listener.press("Return")
        listener.press("p", "A short program turns the inches into metres")

    everywhere(journey)


def test_the_downloads_are_reached_and_the_receipt_is_read(everywhere: Everywhere, site: Site) -> None:
    def journey(listener: Listener) -> None:
        listener.open(site.page("done"), CLERK)
        listener.go_to("Play push button", key="b")
        listener.go_to("Downloads link")
        listener.press("Return", "Downloads collapsed", shows="Downloads")
        listener.press("Return", "expanded", shows="Downloads")
        listener.go_to("Whole article, MP3 link")
        listener.go_to("Subtitles, SRT link")
        listener.go_to("Everything was read except 1 piece of code, 1 footnote", key="p")

    everywhere(journey)


def test_an_article_is_added_after_a_mistake(everywhere: Everywhere, site: Site) -> None:
    def journey(listener: Listener) -> None:
        listener.open(f"{site.url}/add", "Add an article")
        listener.go_to("Address of the article entry")
        listener.type("nowhere")
        heard = listener.press("Return", f"The article was not added. {WHY}", shows="The article was not added")
        listener.check(" ".join(heard.said).count(WHY) == 1, "what is wrong is told once")
        listener.go_to(f"{WHY} link")
        listener.press("Return", "Address of the article entry invalid")
        listener.press("ctrl+a", "selected", shows="nowhere")
        listener.press("Delete", "deleted")
        listener.go_to("Or its text entry")
        listener.type(f"Bees in {listener.browser}")
        listener.go_to("Add the article push button")
        listener.follow("Return", f"Bees in {listener.browser}")

    everywhere(journey)


def test_a_setting_is_changed_and_kept(everywhere: Everywhere, site: Site) -> None:
    def journey(listener: Listener) -> None:
        listener.open(f"{site.url}/settings", "Settings")
        listener.go_to("Dark not selected radio button", key="r")
        listener.press("space", "selected", shows="Dark")
        listener.go_to("Save push button", key="b")
        listener.follow("Return", "Settings", notice="Saved for this browser")
        listener.go_to("Dark selected radio button")
        listener.go_to("Back to the usual push button", key="b")
        listener.follow("Return", "Settings", notice="Everything is as usual again.")
        listener.go_to("Undo push button", most=1)

    everywhere(journey)


def test_a_queue_is_made_sorted_and_emptied(everywhere: Everywhere, site: Site) -> None:
    def journey(listener: Listener) -> None:
        listener.open(f"{site.url}/library", "Library")
        listener.go_to("Add to the queue: Bread needs less push button", key="b")
        listener.follow("Return", "Library", notice="It is in the queue now.")
        listener.go_to("Remove from the queue: Bread needs less push button", most=2)
        listener.go_to("Play next: A long walk along the coast push button", key="b")
        listener.follow("Return", "Library", notice="It is the next one in the queue now.")
        listener.go_to("Queue link", key="shift+k")
        listener.follow("Return", "Queue")
        listener.go_to("A long walk along the coast link heading level 2", key="h")
        listener.go_to("Move down: A long walk along the coast push button. Number 1 of 2")
        heard = listener.follow("Return", "Queue", notice="Move up: A long walk along the coast")
        listener.check(heard.times("Number 2 of 2") == 1, "the new number is said once")
        listener.go_to("Remove: A long walk along the coast push button", most=1)
        listener.follow("Return", "Queue", notice="It was taken out of the queue.")
        listener.go_to("Clear the queue collapsed", key="b")
        listener.press("Return", "expanded", shows="Clear the queue")
        listener.go_to("Yes, take 1 article out push button", most=1)
        listener.follow("Return", "Queue", notice="The queue is empty now.")

    everywhere(journey)


def test_a_second_browser_joins_with_the_code_that_the_first_one_says(everywhere: Everywhere, site: Site) -> None:
    def journey(listener: Listener) -> None:
        listener.open(f"{site.url}/listener", DEVICES)
        listener.go_to("Show a code push button", key="b")
        heard = listener.follow("Return", DEVICES, notice="The code heading level 2")
        code = next(text for text in heard.said if re.fullmatch(r"(\d,? ?){8}\.?", text))
        listener.open(f"{site.url}/join", "Join with a code")
        listener.go_to("The code entry. Eight digits")
        listener.type("12")
        listener.follow("Return", "Problem: Join with a code", notice="This device did not join")
        listener.go_to("That code does not lead anywhere link", most=1)
        listener.press("Return", "The code entry invalid")
        listener.press("ctrl+a", "selected", shows="12")
        listener.type("".join(re.findall(r"\d", code)))
        listener.follow("Return", DEVICES, notice="Done. Your places and your queue are the same on all")
        listener.go_to("Other devices heading level 2", key="h")

    everywhere(journey)


def test_a_voice_is_found_and_its_sample_heard(everywhere: Everywhere, site: Site) -> None:
    require("espeak-ng")

    def journey(listener: Listener) -> None:
        listener.open(f"{site.url}/voices?language=fr", "Voices for French")
        listener.go_to("Language combo box French")
        listener.type("Eng")
        listener.go_to("Show the voices push button")
        listener.follow("Return", "Voices for English")
        listener.go_to("English (America) heading level 4", key="h")
        listener.go_to("Sample of English (America), espeak", most=1)
        listener.desktop.press("space")
        listener.go_to("Pause push button", most=2)

    everywhere(journey)
