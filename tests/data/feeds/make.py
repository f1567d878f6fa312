"""Made `harbour.atom` and `harbour.rss` with feedgen 1.0.0: python make.py. Not run by the tests."""

from calendar import month_name
from datetime import UTC, datetime, timedelta

from feedgen.feed import FeedGenerator

SIGHTS = ["the crane", "the mole", "the ice house", "the lock", "the beacon", "the slip"]

feed = FeedGenerator()
feed.id("https://harbour.example/")
feed.title("Notes from a Small Harbour")
feed.link(href="https://harbour.example/", rel="alternate")
feed.description("One note a month.")
feed.language("en-GB")
for number in range(24):
    month, year, sight = month_name[1 + number % 12], 2024 + number // 12, SIGHTS[number % 6]
    entry = feed.add_entry(order="append")
    entry.id(f"tag:harbour.example,{year}:{number}")
    entry.title(f"{month} {year}: {sight} & the tide")
    entry.link(href=f"https://harbour.example/{year}/{month.lower()}")
    entry.author(name="Ada Merrow")
    entry.category(term=sight)
    entry.published(datetime(2024, 1, 15, 9, tzinfo=UTC) + timedelta(days=30 * number))
    entry.updated(datetime(2024, 1, 15, 9, tzinfo=UTC) + timedelta(days=30 * number))
    entry.content(
        f"<p>In {month} we walked out to {sight}<sup id='r{number}'><a href='#f{number}'>1</a></sup> before it was "
        f"light, and waited there until the water had turned.</p><h2>What the staff said</h2><table><tr><th>Hour</th>"
        f"<th>Level</th></tr><tr><td>{5 + number % 4}</td><td>{2 + number / 10:.1f} m</td></tr><tr><td>"
        f"{11 + number % 4}</td><td>{4 + number / 10:.1f} m</td></tr></table><h2>Whom we met</h2><ol><li>The harbour "
        f"master, who had been there first.</li><li>A heron that did not look up at us.</li></ol><blockquote><p>Nobody "
        f"counts the waves, she said, but everybody counts the boats.</p></blockquote><p>We were home for breakfast."
        f"</p><section class='footnotes'><ol><li id='f{number}'>{sight.capitalize()} is older than the town. <a "
        f"href='#r{number}'>↩</a></li></ol></section>",
        type="html",
    )
feed.atom_file("harbour.atom", pretty=True)
feed.rss_file("harbour.rss", pretty=True)
