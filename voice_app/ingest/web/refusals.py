"""The kinds of page that stand in place of an article, and the sentence for each."""

from __future__ import annotations

from enum import StrEnum

from voice_app.errors import WallError


class Wall(StrEnum):
    """What was shown in place of the article."""

    RESERVED = "reserved"
    BOT_CHECK = "bot check"
    REGION = "region"
    MAINTENANCE = "maintenance"
    ERROR = "error page"
    LOGIN = "log-in"
    CONSENT = "consent"
    SHELL = "script shell"
    PAYWALL = "paywall"


_SENTENCES = {
    Wall.RESERVED: "The site does not allow machines to process this page.",
    Wall.BOT_CHECK: "The site wants to see a person first, and showed a check in place of the article.",
    Wall.REGION: "The site does not show this page in the country it was fetched from.",
    Wall.MAINTENANCE: "The site is closed for maintenance.",
    Wall.ERROR: "The site showed an error page in place of the article.",
    Wall.LOGIN: "The site shows this page only to people who are logged in.",
    Wall.CONSENT: "The site asks about cookies before it shows the article.",
    Wall.SHELL: "The page stays empty until a browser runs its scripts.",
    Wall.PAYWALL: "The site shows only the beginning of this article without a subscription.",
}
_TODO = {
    Wall.MAINTENANCE: "Try again later, or paste the text instead.",
    Wall.ERROR: "Check the address, or open the page in a browser and paste the text instead.",
}


def reserves(*, robots: str | None, tdm: str | None) -> bool:
    """Whether a site keeps machines from using a page: `noai` in its robots' mark, or a TDM reservation."""
    marks = {mark.strip().lower() for mark in (robots or "").split(",")}
    return "noai" in marks or (tdm or "").strip() == "1"


def refusal(wall: Wall, address: str) -> WallError:
    """The error that says what was shown, and what to do."""
    return WallError(_SENTENCES[wall], todo=_TODO.get(wall), wall=wall, address=address)
