"""Somebody who goes through pages with a screen reader and a braille line: what they do, and what they hear and feel.

What is heard is compared on words. Each browser and each version of a screen reader puts it a little differently.
"""

from __future__ import annotations

import re
import subprocess
import time
from collections import deque
from dataclasses import dataclass
from itertools import pairwise

from tests.reader import browsers
from tests.reader.desktop import Desktop, until
from tests.reader.orca import CELLS, FLASH_SECONDS, Orca

ANSWER_SECONDS = 5.0  # at most; a fiftieth of a second where nothing else runs
QUIET_SECONDS = 0.7  # without a word, and it was all; longer than a page waits before it tells its news
STOP_SECONDS = 0.3  # the same for a stop on the way
SILENT_SECONDS = 1.5  # nothing is said for so long after what is to be silent
FIRST_SECONDS = 2.5  # and after a first key that may be
TELL_SECONDS = 12.0  # usual for a page to be told, also where much else runs
LOAD_SECONDS = 40.0
END_STOPS = 2  # that say nothing, and it is the end of the page
# How a screen reader says what something is. Braille has short forms for these.
ROLES = re.compile(
    r"\b(heading level \d|(push|toggle|radio) button|(check|combo) box|(horizontal )?slider|entry|link|invalid"
    r"|(not )?(checked|selected)|expanded|collapsed)\b"
)
SIGN = re.compile(r"[a-z]|h[1-6]")
AROUND = re.compile(r"(browse|focus) mode|form|leaving .*")


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def in_order(wanted: list[str], found: list[str]) -> int:
    """How many of the wanted words come in this order among those found, others between them or not."""
    rest = iter(found)
    return next((number for number, word in enumerate(wanted) if word not in rest), len(wanted))


@dataclass(frozen=True, kw_only=True)
class Heard:
    """What a screen reader said, and the lines it showed in braille, from one moment to another."""

    said: tuple[str, ...]
    shown: tuple[str, ...]

    def says(self, text: str) -> bool:
        wanted = words(text)
        return in_order(wanted, words(" ".join(self.said))) == len(wanted)

    def times(self, text: str) -> int:
        """How often these words are said, one right after the other."""
        wanted = words(text)
        spoken = [words(one) for one in self.said]
        return sum(one[at : at + len(wanted)] == wanted for one in spoken for at in range(len(one))) if wanted else 0

    def shows(self, text: str) -> bool:
        """Whether one braille line has these words, names of roles aside; what does not fit may be cut off."""
        wanted = words(ROLES.sub("", text))
        for line in self.shown:
            got = in_order(wanted, words(line))
            if got == len(wanted) or (got and len(line) > CELLS * 3 / 4):
                return True
        return False

    @property
    def content(self) -> list[str]:
        """What is said of the things on the page, not of the screen reader's modes and of what is left or entered."""
        return [text for text in self.said if not AROUND.fullmatch(text.lower())]

    @property
    def agrees(self) -> bool:
        """Whether a braille line begins with words that are said. Signs, such as <x> and h1, are felt alone."""
        said = set(words(" ".join(self.said)))
        starts = [[word for word in words(line) if not SIGN.fullmatch(word)][:2] for line in self.shown]
        return any(start and said.issuperset(start) for start in starts)

    @property
    def repeated(self) -> list[str]:
        """What is said twice: the same again, or again as the end of something longer."""
        plain = [" ".join(words(text)) for text in self.content]
        return [later for before, later in pairwise(plain) if before == later or before.endswith(f" {later}")]


class Listener:
    """A user of one browser. Checks by itself that what is done is announced once, and shown as it is said."""

    def __init__(self, browser: str, desktop: Desktop) -> None:
        self.browser = browser
        self.desktop = desktop
        self.orca = Orca(desktop, int(desktop.environment["DISPLAY"].removeprefix(":")))
        self.journal: deque[str] = deque(maxlen=40)
        self._process: subprocess.Popen[bytes] | None = None

    def open(self, address: str, title: str) -> Heard:
        """A new browser, which remembers nothing, with one page. `title` is part of what is said of it."""
        self.close()
        assert self.orca.is_running, "Orca has ended"
        mark = self._mark()
        self._process = browsers.start(self.browser, self.desktop, address)
        return self._arrived(f"open {address}", title, mark)

    def close(self) -> None:
        if self._process:
            self.desktop.end(self._process)
            self._process = None
            self._quiet()

    def follow(self, key: str, title: str, *, notice: str = "") -> Heard:
        """Press a key that leads to another page, or to the same one with a notice of what came of it."""
        mark = self._mark()
        self.desktop.press(key)
        heard = self._arrived(key, title, mark, notice)
        if notice:
            self.check(heard.times(notice) == 1, f"{notice!r} is said once after {key}")
            self.check(heard.shows(notice), f"{notice!r} is shown in braille")
        return heard

    def press(self, key: str, says: str = "", *, shows: str | None = None) -> Heard:
        """Press a key that is answered. `says` must be said, `shows` be felt where that differs."""
        mark = self._mark()
        self.desktop.press(key)
        heard = self._answer(key, mark, says)
        self.check(heard.says(says), f"{key} says {says!r}")
        self.check(heard.shows(says if shows is None else shows), f"{key} shows it in braille")
        self._check_once(heard, key)
        self.check(heard.times(says) <= 1, f"{says!r} is said once after {key}")
        return heard

    def press_silently(self, key: str) -> Heard:
        """Press a key whose effect is heard by itself, as sound, or seen by those who see."""
        mark = self._mark()
        self.desktop.press(key)
        heard = self._answer(key, mark, seconds=SILENT_SECONDS)
        self.check(not heard.said, f"nothing is said after {key}")
        return heard

    def type(self, text: str) -> None:
        mark = self._mark()
        self.desktop.type(text)
        self._answer(f"typing {text!r}", mark, seconds=SILENT_SECONDS)

    def go_to(self, says: str, *, key: str = "Tab", most: int = 60) -> Heard:
        """Press a key until a stop says these words: Tab, or one of the screen reader's, to the next heading or button.

        Each stop on the way is said, once, and shown. The first may be silent: where a screen reader stands already it
        says nothing.
        """
        for number in range(most):
            mark = self._mark()
            self.desktop.press(key)
            heard = self._answer(key, mark, seconds=ANSWER_SECONDS if number else FIRST_SECONDS, quiet=STOP_SECONDS)
            self.check(heard.content or not number, f"each stop has a name, also {key} number {number + 1}")
            self.check(not heard.content or heard.agrees, "braille shows what is said")
            self._check_once(heard, key)
            if heard.says(says):
                return heard
        raise self._fault(f"{says!r} is reached within {most} times {key}")

    def walk(self, *, most: int = 120) -> list[Heard]:
        """Read the page from its beginning to its end with the arrow keys. Each stop says something, and shows it."""
        self.press_around("ctrl+Home")
        stops: list[Heard] = []
        silent = 0
        for _ in range(most):
            mark = self._mark()
            self.desktop.press("Down")
            heard = self._answer("Down", mark, seconds=FIRST_SECONDS, quiet=STOP_SECONDS)
            if not heard.content:
                silent += 1
                if silent == END_STOPS:
                    return stops
                continue
            self.check(not silent, "each stop of the arrow keys says something")
            self.check(heard.shown, "each stop of the arrow keys is shown in braille")
            stops.append(heard)
        raise self._fault(f"the page ends within {most} stops")

    def press_around(self, key: str) -> None:
        """Press a key whose answer, if there is one, does not matter."""
        mark = self._mark()
        self.desktop.press(key)
        self._answer(key, mark, seconds=SILENT_SECONDS)

    def listen(self, seconds: float) -> Heard:
        """What comes by itself while nothing is done."""
        time.sleep(FLASH_SECONDS)
        self._quiet()
        mark = self._mark()
        time.sleep(seconds)
        return self._note(f"{seconds:.0f} seconds of waiting", mark)

    def check(self, holds: object, what: str) -> None:
        if not holds:
            raise self._fault(what)

    def _check_once(self, heard: Heard, key: str) -> None:
        self.check(not heard.repeated, f"all is said once after {key}, also {heard.repeated}")

    def _fault(self, what: str) -> AssertionError:
        first = f"{self.browser}: it should be so that {what}. This was heard:"
        return AssertionError("\n".join([first, *self.journal]))

    def _mark(self) -> tuple[int, int]:
        return len(self.orca.said), len(self.orca.shown)

    def _since(self, mark: tuple[int, int]) -> Heard:
        said, shown = self.orca.said[mark[0] :], self.orca.shown[mark[1] :] or self.orca.shown[-1:]
        return Heard(said=tuple(one.text for one in said), shown=tuple(one.text for one in shown if one.text))

    def _note(self, what: str, mark: tuple[int, int]) -> Heard:
        heard = self._since(mark)
        self.journal.append(f"  {what}: said {list(heard.said)}, shown {list(heard.shown)}")
        return heard

    def _arrived(self, what: str, title: str, mark: tuple[int, int], notice: str = "") -> Heard:
        """What is said of a new page, or of its notice: whoever wrote in a field is not told that it is loaded."""
        wanted = notice or f"Finished loading {title}"
        heard = self._answer(what, mark, wanted, seconds=TELL_SECONDS, quiet=SILENT_SECONDS)
        if notice or not heard.says(wanted):
            name = ("xdotool", "getactivewindow", "getwindowname")
            named = words(title)
            until(
                f"{self.browser} opens {title!r}",
                lambda: in_order(named, words(self.desktop.run(*name))) == len(named),
                seconds=LOAD_SECONDS,
            )
            heard = self._note("the window has the title", mark)
            self.check(heard.says(notice or title), f"the page {title!r} is told")
        return heard

    def _answer(
        self,
        what: str,
        mark: tuple[int, int],
        says: str = "",
        *,
        seconds: float = ANSWER_SECONDS,
        quiet: float = QUIET_SECONDS,
    ) -> Heard:
        """Wait for the words, or for anything of the page when there are none, and then for the end of it."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            heard = self._since(mark)
            if heard.content and heard.says(says):
                break
            time.sleep(0.02)
        self._quiet(quiet)
        return self._note(what, mark)

    def _quiet(self, seconds: float = QUIET_SECONDS) -> None:
        while self.orca.said and time.monotonic() - self.orca.said[-1].at < seconds:
            time.sleep(0.02)
