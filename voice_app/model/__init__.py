"""Every value that crosses a package line. Frozen, keyword-only, and free of behaviour beyond simple derivations.

The types follow the data from left to right: Source -> Document -> Script -> Clip -> ChapterAudio -> Episode.
Times are aware and in UTC; durations are in seconds unless the name ends in `_ms`.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from voice_app.model.document import (
        BY_CHOICE,
        FORMULA,
        MANNERS,
        MENTIONED,
        NO_WORDS,
        NOT_DESCRIBED,
        OF_THE_ARTICLE,
        Block,
        BlockKind,
        Document,
        Manner,
        Receipt,
        Source,
        Span,
        Style,
        Treatment,
    )
    from voice_app.model.feed import Feed, FeedEntry, FeedPage
    from voice_app.model.languages import language_name, primary
    from voice_app.model.library import (
        Added,
        Article,
        ArticlePage,
        ArticleState,
        Card,
        Episode,
        Line,
        Listing,
        Order,
        Piece,
        Problem,
        Sheet,
        Topic,
        Upload,
        View,
        Wanted,
    )
    from voice_app.model.listening import Begun, Bookmark, Device, History, Listened, Place, Traces
    from voice_app.model.live import Frame, LiveChapter, LiveLine, Stretch
    from voice_app.model.narration import Narration, Outlook, Progress
    from voice_app.model.reading import Change, Changed, Choice, Edit, Reading, Watch
    from voice_app.model.script import Alignment, Chapter, Earcon, Phrase, Script, Sentence
    from voice_app.model.sound import (
        MANY_LANGUAGES,
        ArticleAudio,
        Audiobook,
        ChapterAudio,
        ChapterMark,
        Clip,
        Company,
        Cue,
        Mark,
        SpeakRequest,
        Speech,
        Voice,
        timing_of,
    )

__all__ = [
    "BY_CHOICE",
    "FORMULA",
    "MANNERS",
    "MANY_LANGUAGES",
    "MENTIONED",
    "NOT_DESCRIBED",
    "NO_WORDS",
    "OF_THE_ARTICLE",
    "Added",
    "Alignment",
    "Article",
    "ArticleAudio",
    "ArticlePage",
    "ArticleState",
    "Audiobook",
    "Begun",
    "Block",
    "BlockKind",
    "Bookmark",
    "Card",
    "Change",
    "Changed",
    "Chapter",
    "ChapterAudio",
    "ChapterMark",
    "Choice",
    "Clip",
    "Company",
    "Cue",
    "Device",
    "Document",
    "Earcon",
    "Edit",
    "Episode",
    "Feed",
    "FeedEntry",
    "FeedPage",
    "Frame",
    "History",
    "Line",
    "Listened",
    "Listing",
    "LiveChapter",
    "LiveLine",
    "Manner",
    "Mark",
    "Narration",
    "Order",
    "Outlook",
    "Phrase",
    "Piece",
    "Place",
    "Problem",
    "Progress",
    "Reading",
    "Receipt",
    "Script",
    "Sentence",
    "Sheet",
    "Source",
    "Span",
    "SpeakRequest",
    "Speech",
    "Stretch",
    "Style",
    "Topic",
    "Traces",
    "Treatment",
    "Upload",
    "View",
    "Voice",
    "Wanted",
    "Watch",
    "language_name",
    "primary",
    "timing_of",
]

_MODULES = ("document", "languages", "sound", "script", "reading", "narration", "live", "library", "listening", "feed")
"""Each needs only some before it."""


def __getattr__(name: str) -> Any:
    """Import a name when it is first asked for: a program that speaks needs half of them, and making them all takes
    0.025 s.
    """
    if name in __all__:
        for module in _MODULES:
            found = vars(import_module(f"{__name__}.{module}"))
            if name in found:
                return globals().setdefault(name, found[name])
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
