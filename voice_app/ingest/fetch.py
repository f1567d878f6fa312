"""The only outbound fetch of a stranger's address.

requests-hardened checks the address that is really connected to, after DNS and on every redirect. Here are the
other limits: scheme, size as sent and as unpacked, time, redirects; no cookies, no proxies from the environment.
"""

from __future__ import annotations

import socket
import time
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from voice_app import __version__, config
from voice_app.errors import BlockedAddressError, FetchError, TooLargeError, UnreachableError
from voice_app.model import Source

USER_AGENT = f"VoiceApp/{__version__} (reads articles aloud for one listener)"
ACCEPT = "text/html,application/xhtml+xml,text/markdown,text/plain;q=0.9,*/*;q=0.1"
CHUNK_BYTES = 65_536


class Fetcher:
    """Fetches pages within limits."""

    def __init__(self, settings: config.Fetch) -> None:
        self._settings = settings

    def check(self, address: str) -> None:
        """Refuse an address of another scheme, one that has no host, or one that leads into a private network."""
        host, port = _host(address)
        if self._settings.allow_private:
            return
        from requests_hardened.ip_filter import InvalidIPAddress, get_ip_address

        try:
            get_ip_address(host, port, allow_loopback=False)
        except InvalidIPAddress as problem:
            raise BlockedAddressError(address=address) from problem
        except (OSError, UnicodeError, ValueError) as problem:
            raise UnreachableError("There is no site at that address.", address=address) from problem

    def get(self, address: str) -> Source:
        """The page's bytes. Raises InputError."""
        self.check(address)
        import requests
        from requests_hardened.ip_filter import InvalidIPAddress

        try:
            with self._session() as session:
                return self._source(address, self._answer(session, address))
        except InvalidIPAddress as problem:
            raise BlockedAddressError(address=address) from problem
        except requests.TooManyRedirects as problem:
            raise FetchError("The site sends the visitor round in circles.", address=address) from problem
        except (requests.exceptions.InvalidSchema, requests.exceptions.InvalidURL) as problem:
            raise BlockedAddressError("The site leads to an address that is not opened.", address=address) from problem
        except (requests.RequestException, socket.gaierror, OSError) as problem:
            raise UnreachableError(address=address) from problem

    def _session(self) -> Any:
        from requests_hardened import Config, HTTPSession

        class Session(HTTPSession):  # type: ignore[misc]
            def rebuild_auth(self, prepared_request: Any, response: Any) -> None:
                """The last thing requests does before it follows a redirect. Cookies are never sent."""
                prepared_request.headers.pop("Cookie", None)
                super().rebuild_auth(prepared_request, response)

        limits = Config(
            ip_filter_enable=not self._settings.allow_private,
            ip_filter_allow_loopback_ips=False,
            never_redirect=False,
            default_timeout=(self._settings.connect_seconds, self._settings.stall_seconds),
            user_agent_override=USER_AGENT,
        )
        session = Session(limits)
        session.max_redirects = self._settings.max_redirects
        session.trust_env = False
        return session

    def _answer(self, session: Any, address: str) -> Any:
        answer = session.get(address, stream=True, headers={"Accept": ACCEPT})
        if answer.status_code >= 400:
            advice = None
            if answer.status_code in (401, 402, 403):
                advice = "It may need a login: open it in a browser and paste the text instead."
            raise FetchError(f"The site answered with error {answer.status_code}.", todo=advice, address=address)
        return answer

    def _source(self, address: str, answer: Any) -> Source:
        kind, _, rest = answer.headers.get("Content-Type", "").partition(";")
        charset = rest.partition("charset=")[2].strip(" \"';") or None
        return Source(
            origin=answer.url,
            media_type=kind.strip().lower(),
            body=self._body(address, answer),
            fetched_at=datetime.now(UTC),
            charset=charset,
            etag=answer.headers.get("ETag"),
            last_modified=answer.headers.get("Last-Modified"),
        )

    def _body(self, address: str, answer: Any) -> bytes:
        """Read within limits: of size, as sent and as unpacked, and of total time."""
        limit = self._settings.max_bytes
        deadline = time.monotonic() + self._settings.total_seconds
        if int(answer.headers.get("Content-Length") or 0) > limit:
            raise TooLargeError("The page is too large.", address=address)
        body = bytearray()
        while chunk := _some(answer):
            body += chunk
            if len(body) > limit:
                raise TooLargeError("The page is too large.", address=address)
            if time.monotonic() > deadline:
                raise UnreachableError("The site took too long to send the page.", address=address)
        return bytes(body)


def _some(answer: Any) -> bytes:
    """What has arrived, unpacked, as soon as there is any. Raises UnreachableError."""
    from urllib3.exceptions import HTTPError

    try:
        return bytes(answer.raw.read1(CHUNK_BYTES, decode_content=True))
    except HTTPError as problem:
        raise UnreachableError("The site stopped in the middle of the page.") from problem


def _host(address: str) -> tuple[str, int]:
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError as problem:
        raise FetchError("That is not an address.", address=address) from problem
    if parts.scheme not in ("http", "https"):
        raise FetchError("Only addresses that begin with http:// or https:// are opened.", address=address)
    if not host:
        raise FetchError("That address names no site.", address=address)
    return host, port or (443 if parts.scheme == "https" else 80)
