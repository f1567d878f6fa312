"""Which addresses are opened: how one is spelt, and where it may lead. Pure; nothing here touches the network."""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import quote, urljoin, urlsplit

from voice_app.errors import BlockedAddressError, FetchError

DEFAULT_PORTS = {"http": 80, "https": 443}
FIRST_FREE_PORT = 1024
"""Below it, pages are served on 80 and 443 alone; the rest belongs to mail, names and remote control."""
MAX_CHARS = 8_000
PRIVATE_NAMES = ("localhost", "localdomain", "local", "internal", "intranet", "private", "lan", "home.arpa")
"""Names that never lead to a public site: RFC 6761, RFC 6762, RFC 8375, ICANN's .internal, and customs of routers."""
_PRIVATE_IPV4 = tuple(
    ip_network(network)
    for network in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4",
        "168.63.129.16/32",  # a public address at which Azure answers its own machines
    )
)  # fmt: skip
"""IANA's registry of special IPv4 addresses, spelt out as Python's own copy of it changes between versions."""
_PUBLIC_IPV6 = IPv6Network("2000::/3")
_PRIVATE_IPV6 = tuple(
    ip_network(network)
    for network in (
        "2001::/23",  # Teredo, ORCHID, benchmarks
        "2001:db8::/32", "3fff::/20",  # documentation
        "2002::/16",  # 6to4
    )
)  # fmt: skip
_NAT64 = IPv6Network("64:ff9b::/96")
_NAME = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"\d+|0x[\da-f]*")
_PLACE = re.compile(r"(?:\[[^\[\]]*\]|[^\[\]:\\\x00-\x20\x7f]*)(?::[0-9]*)?")
_SAFE = "%/:=&?~#+!$,;'@()*[]-._"

IP = IPv4Address | IPv6Address


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """An address as it is asked for. `host` is lower case and ASCII, `ip` is set when it is a number and no name."""

    scheme: str
    host: str
    port: int
    target: str
    ip: IP | None = None

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == DEFAULT_PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}{self.target}"

    def joined(self, target: str) -> Address:
        """Where a link on this page leads. Raises FetchError."""
        try:
            return parsed(urljoin(str(self), target.strip()))
        except ValueError as problem:
            raise FetchError("The site leads to something that is no address.", address=str(self)) from problem


def parsed(text: str) -> Address:
    """An address that may be opened, as far as its spelling says. Raises FetchError."""
    text = text.strip()
    if len(text) > MAX_CHARS:
        raise FetchError("That address is too long.", address=text)
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError as problem:
        raise FetchError("That is not an address.", address=text) from problem
    if parts.scheme not in DEFAULT_PORTS:
        raise FetchError("Only addresses that begin with http:// or https:// are opened.", address=text)
    if not host:
        raise FetchError("That address names no site.", address=text)
    if "@" in parts.netloc:
        raise FetchError(
            "That address has a name or a password before its @.",
            todo="Take it out, or open the page in a browser and paste the text instead.",
            address=text,
        )
    if not _PLACE.fullmatch(parts.netloc):
        raise FetchError("That is not an address.", address=text)
    port = DEFAULT_PORTS[parts.scheme] if port is None else port
    host, ip = _ipv6(host, text) if parts.netloc.startswith("[") else _named(host, text)
    target = quote((parts.path or "/") + (f"?{parts.query}" if parts.query else ""), safe=_SAFE)
    return Address(scheme=parts.scheme, host=host, port=port, target=target, ip=ip)


def _named(host: str, text: str) -> tuple[str, IP | None]:
    """The host as it is asked for, and its number if it is one in any of the spellings that systems understand."""
    name = _ascii(host).removesuffix(".")
    if not _NAME.fullmatch(name) or len(name) > 253:
        raise FetchError("That is not an address.", address=text)
    if not _NUMBER.fullmatch(name.rpartition(".")[2]):
        return name, None
    try:
        ip = IPv4Address(socket.inet_aton(name))  # also short, octal and hexadecimal, as getaddrinfo would
    except OSError as problem:
        raise FetchError("That is not an address.", address=text) from problem
    return str(ip), ip


def _ipv6(host: str, text: str) -> tuple[str, IP]:
    try:
        ip = IPv6Address(host)
    except ValueError as problem:
        raise FetchError("That is not an address.", address=text) from problem
    if ip.scope_id is not None:  # a place on this machine's own network card
        raise BlockedAddressError(address=text)
    return str(ip), ip


def _ascii(host: str) -> str:
    """A name in the letters of DNS, as browsers write it; an empty one for what is no name."""
    if host.isascii():
        return host.lower()
    import idna

    try:
        return idna.encode(host, uts46=True).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError):
        return ""


def refuse_port(address: Address) -> None:
    """Refuse a port on which no pages are. Raises FetchError."""
    if address.port not in DEFAULT_PORTS.values() and address.port < FIRST_FREE_PORT:
        raise FetchError(f"No pages are opened on port {address.port}.", address=str(address))


def refuse_private_name(address: Address) -> None:
    """Refuse a name that leads into a private network wherever it is asked for. Raises BlockedAddressError."""
    if any(address.host == name or address.host.endswith(f".{name}") for name in PRIVATE_NAMES):
        raise BlockedAddressError(address=str(address))


def is_public(number: str) -> bool:
    """Whether an IP address, as the system writes it, belongs to the public internet."""
    ip = ip_address(number)
    if isinstance(ip, IPv6Address):
        if ip.scope_id is not None:
            return False
        inner = ip.ipv4_mapped or (IPv4Address(int(ip) & 0xFFFF_FFFF) if ip in _NAT64 else None)
        if inner is None:
            return ip in _PUBLIC_IPV6 and not any(ip in network for network in _PRIVATE_IPV6)
        ip = inner
    return not any(ip in network for network in _PRIVATE_IPV4)
