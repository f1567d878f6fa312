"""Episodes made by hand, for what is pure in the doors."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from voice_app.model import Article, ArticleAudio, ArticleState, Block, ChapterMark, Cue, Episode

NOON = datetime(2026, 3, 9, 12, 0, 7, tzinfo=UTC)  # a Monday
HOSTILE = "]]></title><script>alert(1)</script> & \"quotes\" 'too' 🎧 \u200fשלום\u200f"
ILLEGAL = "a\x00b\x08c\x0bd\x1be\ufffef\ud800g"  # none of these can stand in XML, escaped or not


def audio(name: str = "tides", *, seconds: float = 62.6) -> ArticleAudio:
    return ArticleAudio(
        file=f"{name}-0123456789ab.mp3",
        bytes=501_234,
        sha384="ymjSGFKrmR+Pa3iSJbS4hPMTWnc/jPIrkDxqKQ1rM/MOsodjd/dNkWmW4xNy9r6L",
        seconds=seconds,
        loudness_lufs=-16.1,
        true_peak_dbtp=-1.4,
        artwork=f"{name}-ba9876543210.jpg",
        script_digest="d",
        voice="hibari/heart",
        chapters=(),
        marks=(
            ChapterMark(number=1, title="The clerk & the sea", start=0.0, end=30.12),
            ChapterMark(number=2, title="What he <wrote>", start=30.12, end=seconds),
        ),
        cues=(
            Cue(sentence_id="aa-1", written="The clerk & the sea", start=0.046, end=2.5),
            Cue(sentence_id="bb-1", written="He wrote a --> b, and 1 < 2.", start=3.0, end=30.0),
        ),
    )


def episode(name: str = "tides", *, hours: float = 0, left_out: tuple[Block, ...] = (), **about: object) -> Episode:
    """An episode that was finished so many hours after noon. `about` replaces the article's values."""
    article = Article(
        id=1,
        slug=name,
        guid=str(uuid.uuid5(uuid.NAMESPACE_URL, name)),
        title="The clerk who measured the sea",
        origin="pasted text",
        state=ArticleState.DONE,
        added_at=NOON - timedelta(days=1),
        byline="Ada Marsh",
        source_url="https://example.org/clerk?a=1&b=2",
        finished_at=NOON + timedelta(hours=hours),
    )
    article = replace(article, **about)  # type: ignore[arg-type]
    return Episode(
        article=article,
        audio=audio(name),
        left_out=left_out,
        page_text=f"{article.title}\n\nA tide book was found.\n\nIt has <b>ninety</b> years & more.",
    )
