"""Every value that crosses a package line. Frozen, keyword-only, and free of behaviour beyond simple derivations.

The types follow the data from left to right: Source -> Document -> Script -> Clip -> ChapterAudio -> Episode.
Times are aware and in UTC; durations are in seconds unless the name ends in `_ms`.
"""

from voice_app.model.document import Block, BlockKind, Document, Manner, Receipt, Source, Span, Style, Treatment
from voice_app.model.feed import Feed, FeedEntry, FeedPage
from voice_app.model.library import (
    Added,
    Article,
    ArticlePage,
    ArticleState,
    Card,
    Episode,
    Listing,
    Order,
    Piece,
    Problem,
    Topic,
    Upload,
    View,
    Wanted,
)
from voice_app.model.narration import Narration, Progress
from voice_app.model.script import Alignment, Chapter, Script, Sentence
from voice_app.model.sound import ArticleAudio, ChapterAudio, ChapterMark, Clip, Cue, Mark, SpeakRequest, Speech, Voice

__all__ = [
    "Added",
    "Alignment",
    "Article",
    "ArticleAudio",
    "ArticlePage",
    "ArticleState",
    "Block",
    "BlockKind",
    "Card",
    "Chapter",
    "ChapterAudio",
    "ChapterMark",
    "Clip",
    "Cue",
    "Document",
    "Episode",
    "Feed",
    "FeedEntry",
    "FeedPage",
    "Listing",
    "Manner",
    "Mark",
    "Narration",
    "Order",
    "Piece",
    "Problem",
    "Progress",
    "Receipt",
    "Script",
    "Sentence",
    "Source",
    "Span",
    "SpeakRequest",
    "Speech",
    "Style",
    "Topic",
    "Treatment",
    "Upload",
    "View",
    "Voice",
    "Wanted",
]
