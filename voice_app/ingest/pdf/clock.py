"""How long one file may take."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from voice_app.errors import TooLargeError

MAX_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Clock:
    """Runs from when it is made."""

    started: float = field(default_factory=time.monotonic)

    def check(self) -> None:
        """Raises TooLargeError when the time is over."""
        if time.monotonic() - self.started > MAX_SECONDS:
            raise TooLargeError(f"It takes more than {MAX_SECONDS:.0f} seconds to read.")
