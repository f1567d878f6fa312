"""The only outbound fetch of a stranger's address: where it may lead, where it leads on to, and what is said of it.

`addresses` says which addresses are opened, `connection` opens them. Every redirect goes through both again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime

from voice_app import __version__, config
from voice_app.errors import FetchError, UnreachableError, UnsupportedTypeError, WallError
from voice_app.ingest.addresses import Address, parsed
from voice_app.ingest.connection import Answer, Deadline, Network, answer, dialled, numbers
from voice_app.ingest.web.refusals import Wall, refusal, reserves
from voice_app.model import Source

USER_AGENT = f"VoiceApp/{__version__} (reads articles aloud for one listener)"
HEADERS = {
    "User-Agent": USER_AGENT,
    "Accept": "text/html,application/xhtml+xml,text/markdown,text/plain;q=0.9,*/*;q=0.1",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}
MAX_TAG_CHARS = 500
MAX_REFRESH_BYTES = 20_000
MAX_REFRESH_TEXT = 300
_REDIRECTS = (301, 302, 303, 307, 308)
_NOT_MODIFIED = 304
_MEDIA = {"image": "a picture", "audio": "sound", "video": "a film", "font": "a font"}
_BROWSER = "Open it in a browser and paste the text instead."
_LATER = "Try again later, or open it in a browser and paste the text instead."
_CHECK = "Check the address, or paste the text instead."
_STATUSES: Mapping[int, tuple[type[FetchError], str, str]] = {
    401: (WallError, "The site shows this page only to people who are logged in (error 401).",
          "It may need a login: open it in a browser and paste the text instead."),
    402: (WallError, "The site shows this page only to people who pay (error 402).", _BROWSER),
    403: (WallError, "The site does not show this page to programs (error 403).",
          "It may need a login: open it in a browser and paste the text instead."),
    404: (FetchError, "There is no such page on the site (error 404).", _CHECK),
    406: (FetchError, "The site has this page in no form that can be read (error 406).", _BROWSER),
    408: (UnreachableError, "The site gave up waiting (error 408).", _LATER),
    410: (FetchError, "The page was taken off the site (error 410).", _CHECK),
    421: (UnreachableError, "The site could not answer over this connection (error 421).", _LATER),
    425: (UnreachableError, "The site asks to come back later (error 425).", _LATER),
    429: (UnreachableError, "The site was asked too often (error 429).", _LATER),
    451: (WallError, "The law keeps the site from showing this page here (error 451).", _CHECK),
    503: (UnreachableError, "The site is closed or too busy at the moment (error 503).", _LATER),
}  # fmt: skip
_META = re.compile(rb"<meta\b[^>]{0,2000}>", re.I)
_IS_REFRESH = re.compile(rb"http-equiv\s*=\s*[\"']?refresh\b", re.I)
_REFRESH = re.compile(rb"content\s*=\s*[\"']?\s*\d{1,2}(?:\.\d*)?\s*[;,]\s*url\s*=\s*[\"']?\s*([^\"'>\s]+)", re.I)
_UNSEEN = re.compile(rb"<(script|style|title|noscript)\b.*?</\1\s*>|<[^>]*>", re.I | re.S)


class _UnchangedError(Exception):
    """The page still is the one whose marks were sent."""


class Fetcher:
    """Fetches pages within limits. Safe to use from many threads."""

    def __init__(self, settings: config.Fetch, *, network: Network | None = None) -> None:
        self._settings = settings
        self._network = network or Network()

    def check(self, address: str) -> None:
        """Refuse an address that cannot or must not be opened, without opening it. Raises InputError."""
        self._numbers(parsed(address), Deadline(self._settings.connect_seconds))

    def get(self, address: str) -> Source:
        """The page's bytes. Raises InputError."""
        return self._followed(address, {})

    def again(self, address: str, etag: str | None, last_modified: str | None) -> Source | None:
        """The page's bytes; None when it still is the one that had these marks. Raises InputError."""
        marks = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        try:
            return self._followed(address, {name: mark for name, mark in marks.items() if mark})
        except _UnchangedError:
            return None

    def within(self, *, max_bytes: int, seconds: float) -> Fetcher:
        """The same with nearer limits, for what is fetched as a part of something."""
        nearer = replace(self._settings, max_bytes=max_bytes, total_seconds=seconds)
        return Fetcher(nearer, network=self._network)

    def _followed(self, address: str, marks: Mapping[str, str]) -> Source:
        """The page at the end of all redirects."""
        deadline = Deadline(self._settings.total_seconds)
        place, seen, may_refresh = parsed(address), set[str](), True
        while len(seen) <= self._settings.max_redirects:
            if str(place) in seen:
                raise FetchError("The site sends the visitor round in circles.", todo=_BROWSER, address=address)
            seen.add(str(place))
            found = self._once(place, marks, deadline)
            if isinstance(found, Source) and may_refresh and (target := _refreshed(found)):
                may_refresh = False
                found = place.joined(target)
            if isinstance(found, Source):
                return found
            place = found
        raise FetchError(
            f"The site passes the visitor on more than {self._settings.max_redirects} times.",
            todo=_BROWSER,
            address=address,
        )

    def _numbers(self, place: Address, deadline: Deadline) -> list[str]:
        return numbers(place, self._network, deadline, allow_private=self._settings.allow_private)

    def _once(self, place: Address, marks: Mapping[str, str], deadline: Deadline) -> Source | Address:
        """One request: the page, or where the site sends the visitor. Raises _UnchangedError."""
        connecting = deadline.of(self._settings.connect_seconds)
        line = dialled(self._numbers(place, connecting), place, self._network, connecting)
        with answer(
            place, line, {**HEADERS, **marks}, stall_seconds=self._settings.stall_seconds, deadline=deadline
        ) as got:
            if got.status in _REDIRECTS and (target := got.headers.get("Location")):
                return place.joined(_utf8(target))
            if marks and got.status == _NOT_MODIFIED:
                raise _UnchangedError
            _refuse_status(got, place)
            return self._source(got, place)

    def _source(self, got: Answer, place: Address) -> Source:
        kind = got.headers.get_content_type() if got.headers.get("Content-Type") else ""
        if told := _MEDIA.get(kind.partition("/")[0]):
            raise UnsupportedTypeError(
                f"There is {told} at that address and no article.",
                todo="Give the address of the page that it belongs to, or paste the text instead.",
                media_type=kind,
            )
        robots = ",".join(got.headers.get_all("X-Robots-Tag", []))
        if reserves(robots=robots, tdm=got.headers.get("TDM-Reservation")):
            raise refusal(Wall.RESERVED, str(place))
        return Source(
            origin=str(place),
            media_type=kind,
            body=got.body(self._settings.max_bytes),
            fetched_at=datetime.now(UTC),
            charset=got.headers.get_content_charset(),
            etag=_tag(got.headers, "ETag"),
            last_modified=_tag(got.headers, "Last-Modified"),
        )


def _refuse_status(got: Answer, place: Address) -> None:
    """Raise what an answer that is no page means to a person. Raises FetchError."""
    if 200 <= got.status < 300 and got.status != 206:
        return
    if "challenge" in got.headers.get("cf-mitigated", ""):
        raise refusal(Wall.BOT_CHECK, str(place))
    fault = (UnreachableError, f"The site has a fault (error {got.status}).", _LATER)
    other = (FetchError, f"The site sent no page (error {got.status}).", _CHECK)
    cls, what, todo = _STATUSES.get(got.status, fault if got.status >= 500 else other)
    raise cls(
        what, todo=todo, address=str(place), status=got.status, retry_after_seconds=_retry_after_seconds(got.headers)
    )


def _retry_after_seconds(headers: Message) -> int | None:
    """How long the site asks to wait, in seconds; None when it does not say."""
    told = (headers.get("Retry-After") or "").strip()
    if told.isascii() and told.isdecimal() and len(told) < 7:
        return int(told)
    try:
        return max(0, round((parsedate_to_datetime(told) - datetime.now(UTC)).total_seconds()))
    except (TypeError, ValueError):
        return None


def _tag(headers: Message, name: str) -> str | None:
    """A mark of a page's version, if it can be sent back."""
    told = headers.get(name) or ""
    return told if told.isascii() and told.isprintable() and 0 < len(told) <= MAX_TAG_CHARS else None


def _utf8(header: str) -> str:
    """A header as its bytes were meant: servers write addresses in UTF-8, and the client reads Latin-1."""
    try:
        return header.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return header


def _refreshed(source: Source) -> str | None:
    """Where a page leads that is nothing but a sign to another."""
    if len(source.body) > MAX_REFRESH_BYTES or "html" not in source.media_type:
        return None
    signs = (_REFRESH.search(tag) for tag in _META.findall(source.body) if _IS_REFRESH.search(tag))
    target = next((sign.group(1) for sign in signs if sign), None)
    if target is None or len(b" ".join(_UNSEEN.sub(b" ", source.body).split())) > MAX_REFRESH_TEXT:
        return None
    return target.decode("utf-8", errors="replace").replace("&amp;", "&")
