"""The feed as those read it who did not write it: an XML parser, and the parsers inside podcast apps."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import feedparser
import podcastparser
import pytest
from lxml import etree

from tests.unit.publish.episodes import HOSTILE, ILLEGAL, NOON, episode
from voice_app.config import Feed
from voice_app.model import Block, BlockKind, Episode, Treatment
from voice_app.publish.addresses import Addresses
from voice_app.publish.clean import line, shortened
from voice_app.publish.feed.notes import notes
from voice_app.publish.feed.rss import NAMESPACES, Show, rss

GUID = "5f09f8e6-4c00-4a20-822b-8ba24e3c6220"  # the same in every process that runs these tests
AT = Addresses("https://example.org")
SHOW = Show(facts=Feed(), at=AT, guid=GUID, cover="voice-app-cover-00.jpg")


def parsed(*episodes: Episode, show: Show = SHOW) -> etree._Element:
    return etree.fromstring(rss(show, episodes))


def one(element: etree._Element, path: str) -> Any:
    found = element.xpath(path, namespaces=NAMESPACES)
    assert isinstance(found, list)
    assert len(found) == 1, f"{path} is there {len(found)} times"
    return found[0]


def in_gpodder(*episodes: Episode) -> dict[str, Any]:
    found: dict[str, Any] = podcastparser.parse("https://example.org/feed.xml", io.BytesIO(rss(SHOW, episodes)))
    return found


# -- the show ---------------------------------------------------------------------------------


def test_it_begins_as_rss_in_utf_8_with_every_namespace_spelt_right() -> None:
    data = rss(SHOW, [])
    assert data.startswith(b"<?xml version='1.0' encoding='utf-8'?>\n<rss version=\"2.0\"")
    assert parsed().nsmap == {
        "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
        "content": "http://purl.org/rss/1.0/modules/content/",
        "atom": "http://www.w3.org/2005/Atom",
        "podcast": "https://podcastindex.org/namespace/1.0",
        "psc": "http://podlove.org/simple-chapters",
    }


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("title/text()", "Voice App"),
        ("link/text()", "https://example.org/"),
        ("description/text()", "Articles, read aloud by a synthetic voice."),
        ("language/text()", "en"),
        ("image/url/text()", "https://example.org/artwork/voice-app-cover-00.jpg"),
        ("atom:link[@rel='self'][@type='application/rss+xml']/@href", "https://example.org/feed.xml"),
        ("itunes:image/@href", "https://example.org/artwork/voice-app-cover-00.jpg"),
        ("itunes:category/@text", "Education"),
        ("itunes:explicit/text()", "false"),
        ("itunes:type/text()", "episodic"),
        ("itunes:author/text()", "Voice App"),
        ("itunes:owner/itunes:name/text()", "Voice App"),
        ("itunes:owner/itunes:email/text()", "podcast@example.org"),
        ("podcast:guid/text()", GUID),
        ("podcast:medium/text()", "podcast"),
        ("podcast:locked[@owner='podcast@example.org']/text()", "yes"),
        ("podcast:txt[@purpose='ai-content']/text()", "true"),
    ],
)
def test_the_show_says_what_directories_require(path: str, value: str) -> None:
    assert one(parsed(episode()), f"channel/{path}") == value


def test_a_show_without_an_address_of_its_owner_is_not_locked() -> None:
    show = replace(SHOW, facts=Feed(email=""))
    assert not parsed(show=show).xpath("//itunes:owner | //podcast:locked", namespaces=NAMESPACES)


def test_a_category_with_an_ampersand_keeps_it() -> None:
    show = replace(SHOW, facts=Feed(category="Society & Culture"))
    assert one(parsed(show=show), "channel/itunes:category/@text") == "Society & Culture"


def test_a_long_description_is_cut_to_what_directories_take() -> None:
    found = one(parsed(show=replace(SHOW, facts=Feed(description="ö word " * 2_000))), "channel/description/text()")
    assert 3_900 < len(found.encode()) <= 4_000
    assert found.endswith("…")


# -- an episode -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("title/text()", "The clerk who measured the sea"),
        ("link/text()", "https://example.org/articles/tides"),
        ("guid[@isPermaLink='false']/text()", episode().article.guid),
        ("pubDate/text()", "Mon, 09 Mar 2026 12:00:07 +0000"),
        ("enclosure/@url", "https://example.org/audio/tides-0123456789ab.mp3"),
        ("enclosure/@length", "501234"),
        ("enclosure/@type", "audio/mpeg"),
        ("itunes:author/text()", "Ada Marsh"),
        ("itunes:duration/text()", "63"),
        ("itunes:explicit/text()", "false"),
        ("itunes:episodeType/text()", "full"),
        ("itunes:image/@href", "https://example.org/artwork/tides-ba9876543210.jpg"),
        ("podcast:transcript[1]/@url", "https://example.org/transcripts/tides.vtt"),
        ("podcast:transcript[1][@rel='captions'][@language='en']/@type", "text/vtt"),
        ("podcast:transcript[2][@type='text/html']/@url", "https://example.org/articles/tides"),
        ("podcast:transcript[3][@type='application/x-subrip']/@url", "https://example.org/transcripts/tides.srt"),
        ("podcast:transcript[4][@type='application/json']/@url", "https://example.org/transcripts/tides.json"),
        ("podcast:chapters[@type='application/json+chapters']/@url", "https://example.org/chapters/tides.json"),
        ("podcast:person[@role='narrator'][@group='cast']/text()", "heart (synthetic voice)"),
        ("podcast:txt[@purpose='ai-content']/text()", "true"),
        ("podcast:alternateEnclosure[@default='true'][@type='audio/mpeg']/@length", "501234"),
        (
            "podcast:alternateEnclosure/podcast:source/@uri",
            "https://example.org/audio/tides-0123456789ab.mp3",
        ),
        (
            "podcast:alternateEnclosure/podcast:integrity[@type='sri']/@value",
            "sha384-ymjSGFKrmR+Pa3iSJbS4hPMTWnc/jPIrkDxqKQ1rM/MOsodjd/dNkWmW4xNy9r6L",
        ),
        ("psc:chapters[@version='1.2']/psc:chapter[1]/@start", "00:00:00.000"),
        ("psc:chapters/psc:chapter[2]/@start", "00:00:30.120"),
        ("psc:chapters/psc:chapter[2]/@title", "What he <wrote>"),
    ],
)
def test_an_episode_says_what_apps_need(path: str, value: str) -> None:
    assert one(parsed(episode()), f"channel/item/{path}") == value


def test_episodes_stay_newest_first_and_the_newest_dates_the_feed() -> None:
    feed = parsed(episode("new", hours=5), episode("old"))
    assert feed.xpath("//item/link/text()") == [AT.page("new"), AT.page("old")]
    assert one(feed, "channel/lastBuildDate/text()") == "Mon, 09 Mar 2026 17:00:07 +0000"
    assert feed.xpath("//item/guid/text()")[0] != feed.xpath("//item/guid/text()")[1]


def test_the_same_episodes_give_the_same_bytes() -> None:
    assert rss(SHOW, [episode("a"), episode("b")]) == rss(SHOW, [episode("a"), episode("b")])


def test_made_again_the_sound_has_a_new_address_and_all_else_stays() -> None:
    before, made_again = episode(), episode()
    made_again = replace(made_again, audio=replace(made_again.audio, file="tides-999999999999.mp3"))
    old, new = rss(SHOW, [before]), rss(SHOW, [made_again])
    assert old != new
    assert old.replace(b"tides-0123456789ab", b"tides-999999999999") == new


# -- texts from strangers ---------------------------------------------------------------------


def test_a_hostile_title_arrives_as_it_was_written() -> None:
    bad = episode(title=HOSTILE, byline=HOSTILE)
    assert one(parsed(bad), "//item/title/text()") == HOSTILE
    assert one(parsed(bad), "//item/itunes:author/text()") == HOSTILE
    assert in_gpodder(bad)["episodes"][0]["title"] == HOSTILE
    assert len(parsed(bad).xpath("//item")) == 1


def test_characters_that_xml_cannot_carry_are_dropped_everywhere() -> None:
    bad = episode(title=ILLEGAL, byline=ILLEGAL, summary=ILLEGAL, source_url=None)
    bad = replace(bad, page_text=ILLEGAL * 2)
    bad = replace(bad, audio=replace(bad.audio, marks=(replace(bad.audio.marks[0], title=ILLEGAL),)))
    feed = parsed(bad, show=replace(SHOW, facts=Feed(title=ILLEGAL, description=ILLEGAL, author=ILLEGAL)))
    assert one(feed, "//item/title/text()") == "abcdefg"
    assert one(feed, "//psc:chapter/@title") == "abcdefg"
    assert one(feed, "channel/title/text()") == "abcdefg"


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        (" two\n lines\t", "two lines"),
        ("", "Untitled"),
        ("\x00", "Untitled"),
        ("a \x00 b\x85c", "a b c"),
        ("x" * 300, "x" * 254 + "…"),
        ("x" * 255, "x" * 255),
    ],
)
def test_a_title_is_one_line_without_blanks_around_it(title: str, shown: str) -> None:
    assert one(parsed(episode(title=title)), "//item/title/text()") == shown


def test_markup_in_an_article_is_shown_and_never_obeyed() -> None:
    attack = "<script>alert(1)</script><img src=x onerror=alert(2)> & so on"
    bad = replace(episode(summary=attack), page_text=f"{attack}\n\nsecond {attack}")
    for path in ("//item/description/text()", "//item/content:encoded/text()"):
        html = etree.HTML(one(parsed(bad), path))
        assert {e.tag for e in html.iter()} <= {"html", "body", "p", "a"}
        assert attack in "".join(map(str, html.itertext()))


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "http://[", "file:///etc/passwd", ""])
def test_only_addresses_of_the_web_become_links(address: str) -> None:
    text = one(parsed(episode(source_url=address)), "//item/description/text()")
    assert "<a" not in text
    assert "An article by Ada Marsh." in text


def test_the_source_is_a_link_with_its_own_ampersand() -> None:
    html = etree.HTML(one(parsed(episode()), "//item/description/text()"))
    assert html.xpath("//a/@href") == ["https://example.org/clerk?a=1&b=2"]


def test_notes_of_a_long_article_stay_below_what_directories_take() -> None:
    long = replace(episode(summary="s" * 5_000), page_text="\n\n".join(["<&" * 900] * 50))
    assert len(notes(long, AT.page("tides")).encode()) <= 4_000


def test_the_notes_give_the_opening_once_and_not_the_title() -> None:
    text = str(notes(episode(), AT.page("tides")))
    assert text.count("A tide book was found.") == 1
    assert text.count("The clerk who measured the sea") == 0
    assert "It has &lt;b&gt;ninety&lt;/b&gt; years &amp; more." in text
    assert AT.page("tides") in text


def test_a_first_paragraph_too_long_for_the_summary_stands_whole_in_the_notes() -> None:
    long = replace(episode(), page_text="word " * 200)
    assert ("word " * 200).strip() in str(notes(long, AT.page("tides")))


@pytest.mark.parametrize("text", ["ö" * 500, "word " * 100, "short"])
def test_shortening_counts_bytes(text: str) -> None:
    assert len(shortened(text, limit_bytes=99).encode()) <= 99


def test_a_line_of_exactly_the_limit_is_not_cut() -> None:
    assert line("abc", characters=3) == "abc"
    assert line("abcd", characters=3) == "ab…"


# -- what a listener is told ------------------------------------------------------------------


def test_every_episode_says_that_the_voice_is_synthetic() -> None:
    feed = parsed(episode("a"), episode("b", source_url=None, byline=None))
    for path in ("//item/description/text()", "//item/content:encoded/text()"):
        texts = feed.xpath(path, namespaces=NAMESPACES)
        assert len(texts) == 2
        assert all("read aloud by a synthetic voice" in text for text in texts)


def test_the_receipt_is_part_of_the_description() -> None:
    menu = Block(kind=BlockKind.ITEM, text="Home", treatment=Treatment.SKIPPED, reason="menu")
    text = one(parsed(episode(left_out=(menu,))), "//item/description/text()")
    assert "Everything was read except the page&#39;s menus." in text


# -- other people's parsers -------------------------------------------------------------------


def test_feedparser_finds_nothing_to_complain_about() -> None:
    found = feedparser.parse(rss(SHOW, [episode("new", hours=1), episode("old", title=HOSTILE)]))
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "rss20"
    new, old = found.entries
    assert (new.id, new.guidislink) == (episode("new").article.guid, False)
    assert [dict(e) for e in new.enclosures] == [
        {"href": AT.audio("new-0123456789ab.mp3"), "length": "501234", "type": "audio/mpeg"}
    ]
    assert tuple(old.published_parsed)[:6] == NOON.timetuple()[:6]
    assert [c.title for c in new.psc_chapters.chapters] == ["The clerk & the sea", "What he <wrote>"]


def test_podcastparser_reads_back_what_was_meant() -> None:
    show = in_gpodder(episode())
    assert (show["title"], show["type"], show["explicit"]) == ("Voice App", "episodic", False)
    assert show["cover_url"] == AT.artwork("voice-app-cover-00.jpg")
    found = show["episodes"][0]
    assert found["guid"] == episode().article.guid
    assert found["enclosures"] == [
        {"url": AT.audio("tides-0123456789ab.mp3"), "file_size": 501_234, "mime_type": "audio/mpeg"}
    ]
    assert (found["total_time"], found["published"]) == (63, int(NOON.timestamp()))
    assert [(c["start"], c["title"]) for c in found["chapters"]] == [
        (0, "The clerk & the sea"),
        (30, "What he <wrote>"),  # gPodder counts in whole seconds
    ]
    assert "<p>A tide book was found.</p>" in found["description_html"]
