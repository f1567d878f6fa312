"""What a browser is called, from what real ones say of themselves."""

from __future__ import annotations

import pytest

from voice_app.publish.web.browsers import name

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
LINUX, WINDOWS = "Mozilla/5.0 (X11; Linux x86_64)", "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"
PHONE, TABLET = "Mozilla/5.0 (Linux; Android 14; SM-S911B)", "Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X)"


@pytest.mark.parametrize(
    ("agent", "expected"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0", "Firefox on Linux"),
        (f"{LINUX} {WEBKIT} Chrome/156.0.0.0 Safari/537.36", "Chrome on Linux"),
        (f"{WINDOWS} {WEBKIT} Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0", "Edge on Windows"),
        (f"{PHONE} {WEBKIT} SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36", "Samsung Internet on Android"),
        (f"{PHONE} {WEBKIT} Chrome/156.0.0.0 Mobile Safari/537.36", "Chrome on Android"),
        (f"{TABLET} {WEBKIT} Version/17.5 Mobile/15E148 Safari/604.1", "Safari on iPad"),
        (f"{TABLET} {WEBKIT} CriOS/126.0 Mobile/15E148 Safari/604.1", "Chrome on iPad"),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.5 Safari/605.1.15",
            "Safari on Mac",
        ),
        ("curl/8.5.0", "A browser"),
        ("", "A browser"),
    ],
)
def test_a_browser_is_called_by_its_kind_and_system(agent: str, expected: str) -> None:
    assert name(agent) == expected
