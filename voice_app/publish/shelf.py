"""What may be offered for playing now: finished episodes whose files are there.

The audio may be deleted at any moment and is then made again. Until it is, an episode without its file is not
offered: an app that meets a missing file gives up on it, one that meets it later plays it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from voice_app.errors import MediaNotFoundError
from voice_app.publish.context import studio

if TYPE_CHECKING:
    from collections.abc import Iterable

    from voice_app.model import Episode


def finished() -> tuple[Episode, ...]:
    """All of them, newest first."""
    return _whole(studio().episodes())


def unheard() -> tuple[Episode, ...]:
    """Those that nobody has listened to yet, newest first."""
    return _whole(studio().unheard())


def changed_at(names: Iterable[str]) -> datetime | None:
    """When the youngest of these files was made. It is later than its article's date when it was made again."""
    times = [studio().media(name).stat().st_mtime for name in names]
    return datetime.fromtimestamp(max(times), UTC) if times else None


def _whole(episodes: Iterable[Episode]) -> tuple[Episode, ...]:
    return tuple(e for e in episodes if _is_there(e.audio.file) and _is_there(e.audio.artwork))


def _is_there(name: str) -> bool:
    try:
        studio().media(name)
    except MediaNotFoundError:
        return False
    return True
