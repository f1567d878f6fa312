"""Every spelling of an address that leads into a private network is refused before a socket is opened."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address
from typing import Any

import pytest

from tests.hostile import LIMITS, Mapped
from voice_app.errors import BlockedAddressError, FetchError, InputError
from voice_app.ingest.addresses import is_public, parsed
from voice_app.ingest.fetch import Fetcher

PRIVATE_IPV4 = [
    "127.0.0.1", "127.255.255.254", "10.0.0.1", "172.16.0.1", "172.31.255.254", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "100.100.100.200", "0.0.0.0", "192.0.0.192", "198.18.0.1", "198.19.255.1", "224.0.0.1",
    "239.255.255.250", "255.255.255.255", "203.0.113.7", "192.0.2.1", "198.51.100.2", "240.0.0.1", "192.88.99.1",
    "168.63.129.16",
]  # fmt: skip
PRIVATE_IPV6 = [
    "::1", "::", "0:0:0:0:0:0:0:1", "0000:0000:0000:0000:0000:0000:0000:0001", "::0001", "0::1", "0:0::0:1",
    "fc00::1", "FD00:EC2::254", "fd00:0ec2:0:0::0254", "fd20:ce::254", "fe80::1", "fe80::1%eth0", "fe80::1%25eth0",
    "fe80::a9fe:a9fe%251", "fec0::1", "ff02::1", "ff05::1:3", "2001:db8::1", "2001::1", "2001:20::1", "2001:2::1",
    "3fff::1", "5f00::1", "100::1", "4000::1", "64:ff9b:1::a00:1", "::1%lo", "2606:4700::1%25eth0",
]  # fmt: skip
PUBLIC = [
    "93.184.215.14", "1.1.1.1", "172.15.0.1", "172.32.0.1", "100.63.0.1", "100.128.0.1", "169.253.0.1", "223.255.255.1",
    "2606:4700:4700::1111", "2a00:1450:4001::200e", "64:ff9b::101:101", "::ffff:1.1.1.1", "2620:fe::fe",
]  # fmt: skip
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
CIRCLED = str.maketrans("0123456789", "⓪①②③④⑤⑥⑦⑧⑨")
MATHS = str.maketrans("0123456789", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗")
NAMES = {
    "127.0.0.1.nip.example": ["127.0.0.1"],
    "inside.example": ["10.1.2.3"],
    "metadata.example": ["169.254.169.254"],
    "six.example": ["fd00::1"],
    "mapped.example": ["::ffff:10.0.0.1"],
    "nat.example": ["64:ff9b::a00:1"],
    "scoped.example": ["fe80::1%eth0"],
    "half.example": ["93.184.215.14", "192.168.0.1"],
    "other-half.example": ["192.168.0.1", "93.184.215.14"],
    "xn--bcher-kva.example": ["127.0.0.1"],
    "router": ["192.168.0.1"],
    "metadata": ["169.254.169.254"],
}
PRIVATE_NAMES = [
    "localhost", "LOCALHOST", "localhost.", "LocalHost", "ｌｏｃａｌｈｏｓｔ", "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ",
    "a.localhost", "localhost.localdomain",
    "printer.local", "printer.local.", "PRINTER.LOCAL", "printer。local", "metadata.google.internal",
    "metadata.google.internal.", "METADATA.GOOGLE.INTERNAL", "vault.internal", "wiki.intranet", "nas.lan",
    "nas.home.arpa", "git.private", "bücher.example", *NAMES,
]  # fmt: skip
NO_ADDRESSES = [
    "http://127.0.0.1\\@site.example/", "http://site.example\\@127.0.0.1/", "http://site.example@127.0.0.1/",
    "http://127.0.0.1@site.example/", "http://user:password@10.0.0.1/", "http://@127.0.0.1/", "http://:@127.0.0.1/",
    "http://site.example:80@127.0.0.1/", "http://site.example%40127.0.0.1/", "http://127%2e0%2e0%2e1/",
    "http://%31%32%37.0.0.1/", "http://127.0.0.1%00.site.example/", "http://127.0.0.1%20/", "http://127.0.0.1\x00/",
    "http://127.0.0.1 .site.example/", "http://127.0.0.1../", "http://127..0.1/", "http://.127.0.0.1/",
    "http://127.0.0.256/", "http://1.2.3.4.5/", "http://127.0.0.08/", "http://0x7f.0.0.0x/", "http://4294967296/",
    "http://[::1/", "http://::1/", "http://[::1]]/", "http://[::1]site.example/",
    "http://[127.0.0.1]/", "http://[v1.a]/", "http://[::ffff:999.0.0.1]/",
    "http://[1::2::3]/", "http:///127.0.0.1/", "http:/127.0.0.1/", "http:127.0.0.1", "//127.0.0.1/", "127.0.0.1",
    "http://127.0.0.1:99999/", "http://127.0.0.1:-80/", "http://127.0.0.1:8o/", "http://",
    "http://?", "http://#", "ftp://127.0.0.1/", "file:///etc/passwd", "file://127.0.0.1/x", "gopher://127.0.0.1:70/",
    "javascript:alert(1)", "data:text/html,x", "blob:http://127.0.0.1/", "view-source:http://127.0.0.1/",
    "jar:http://127.0.0.1!/", "dict://127.0.0.1:11211/", "ldap://127.0.0.1/", "http+unix://%2frun%2fx.sock/",
    "http://" + "a" * 300 + ".example/", "http://site.example/" + "a" * 9000,
]  # fmt: skip


def _numbers(ip: str) -> Iterator[str]:
    """One IPv4 address in the spellings that some system understands."""
    a, b, c, d = IPv4Address(ip).packed
    whole = int(IPv4Address(ip))
    yield from (
        ip,
        f"{ip}.",
        str(whole),
        f"{whole:#x}",
        f"{whole:#X}".replace("X", "x"),
        f"0{whole:o}",
        f"000{whole:o}",
    )
    yield from (f"{a:#x}.{b:#x}.{c:#x}.{d:#x}", f"0{a:o}.0{b:o}.0{c:o}.0{d:o}", f"{a:#x}.{b}.0{c:o}.{d}")
    yield from (f"{a:#04x}.{b:#04x}.{c:#04x}.{d:#04x}", f"{a}.{b}.{c * 256 + d}", f"{a}.{(b * 256 + c) * 256 + d}")
    yield from (f"{a:#x}.{whole & 0xFFFFFF:#x}", ip.replace(".", "。"), ip.replace(".", "．"), ip.replace(".", "｡"))
    yield from (ip.translate(FULL_WIDTH), ip.translate(CIRCLED), ip.translate(MATHS))


def _sixes(ip: str) -> Iterator[str]:
    """One IPv4 address inside IPv6 addresses."""
    whole = int(IPv4Address(ip))
    high, low = whole >> 16, whole & 0xFFFF
    yield from (f"::ffff:{ip}", f"::ffff:{high:x}:{low:x}", f"0:0:0:0:0:FFFF:{high:04X}:{low:04X}", f"::{ip}")
    yield from (f"::{high:x}:{low:x}", f"2002:{high:x}:{low:x}::1", f"64:ff9b::{ip}", f"64:ff9b::{high:x}:{low:x}")
    yield from (f"64:ff9b:1::{ip}", f"64:ff9b:1:0:0:0:{high:x}:{low:x}", f"::ffff:0:{ip}", f"fe80::5efe:{ip}")
    yield str(IPv6Address((0x2001 << 112) | (0xCB007101 << 64) | (0x8000FFFF << 32) | (whole ^ 0xFFFFFFFF)))


BLOCKED = [
    *(f"http://{host}/" for ip in PRIVATE_IPV4 for host in _numbers(ip)),
    *(f"http://[{host}]/" for ip in PRIVATE_IPV4 for host in _sixes(ip)),
    *(f"http://[{host}]/" for host in PRIVATE_IPV6),
    *(f"{scheme}://{name}/" for name in PRIVATE_NAMES for scheme in ("http", "https")),
    "http://127.0.0.1:8080/", "http://127.0.0.1:22/", "http://127.1", "http://127.0.1", "http://0/", "http://00/",
    "http://0x0/", "http://0.0/",
    "HTTP://127.0.0.1/", "http://127.0.0.1?@site.example/", "http://127.0.0.1#@site.example/", "  http://127.0.0.1/  ",
    "http://127.0\t.0.1/", "ht\ntp://127.0.0.1/", "http://127.0.0.1/../../", "http://127.0.0.1:/", "http://0x7F.1/",
]  # fmt: skip


@pytest.fixture(autouse=True)
def _no_socket_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: Any, **kwargs: Any) -> None:
        raise AssertionError(f"the network was used: {args}")

    for name in ("socket", "getaddrinfo", "create_connection"):
        monkeypatch.setattr(socket, name, refuse)


def _network() -> Mapped:
    public = {"site.example": [["93.184.215.14"]], "user.example": [["93.184.215.14"]]}
    return Mapped({**public, **{name: [numbers] for name, numbers in NAMES.items()}}, {})


def test_there_are_enough_spellings() -> None:
    assert len(set(BLOCKED)) >= 300


@pytest.mark.parametrize("act", ["check", "get"])
def test_private_addresses_are_refused_in_every_spelling(act: str) -> None:
    network = _network()
    fetcher = Fetcher(LIMITS, network=network)
    for address in BLOCKED:
        try:
            getattr(fetcher, act)(address)
        except BlockedAddressError:
            continue
        except InputError as problem:
            pytest.fail(f"{address!r}: {problem}")
        pytest.fail(f"{address!r} was let through")
    assert not network.dialled


@pytest.mark.parametrize("act", ["check", "get"])
def test_what_is_no_address_is_refused(act: str) -> None:
    network = _network()
    for address in NO_ADDRESSES:
        try:
            getattr(Fetcher(LIMITS, network=network), act)(address)
        except FetchError:
            continue
        except InputError as problem:
            pytest.fail(f"{address!r}: {problem}")
        pytest.fail(f"{address!r} was let through")
    assert not network.dialled
    assert not network.asked


@pytest.mark.parametrize("ip", PUBLIC)
def test_public_numbers_are_let_through(ip: str) -> None:
    assert is_public(ip)
    host = f"[{ip}]" if ":" in ip else ip
    Fetcher(LIMITS, network=_network()).check(f"https://{host}/a")


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ("http://Site.Example", "http://site.example/"),
        ("https://site.example:443/a?b=c#d", "https://site.example/a?b=c"),
        ("http://site.example.:8080/ä ö", "http://site.example:8080/%C3%A4%20%C3%B6"),
        ("http://site.example/%C3%A4?q=%20+a&b", "http://site.example/%C3%A4?q=%20+a&b"),
        ("https://bücher.example/ß", "https://xn--bcher-kva.example/%C3%9F"),
        ("https://faß.example", "https://xn--fa-hia.example/"),
        ("http://my_site.example/~a/(b)", "http://my_site.example/~a/(b)"),
        ("http://[2606:4700::0001]:8080", "http://[2606:4700::1]:8080/"),
        ("http://0x5db8d70e/", "http://93.184.215.14/"),
    ],
)
def test_an_address_is_asked_for_in_one_spelling(given: str, asked: str) -> None:
    assert str(parsed(given)) == asked
    assert str(parsed(asked)) == asked


def test_ports_of_other_services_are_not_opened() -> None:
    fetcher = Fetcher(LIMITS, network=_network())
    for port in (1, 22, 25, 81, 110, 143, 445, 1023):
        with pytest.raises(FetchError, match=f"port {port}"):
            fetcher.check(f"http://site.example:{port}/")
    for port in (80, 443, 1024, 8080):
        fetcher.check(f"http://site.example:{port}/")
