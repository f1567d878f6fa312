"""What a browser is called among others, from what it says of itself: its kind and its system. Pure."""

from __future__ import annotations

from voice_app.publish import tongue

KINDS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)
"""Signs of each in the order in which they tell: many browsers also claim to be those that stand after them."""


def name(user_agent: str) -> str:
    """Such as "Firefox on Linux"."""
    kind = next((told for sign, told in KINDS if sign in user_agent), "")
    system = next((told for sign, told in SYSTEMS if sign in user_agent), "")
    if kind and system:
        return tongue.gettext("%(browser)s on %(system)s", browser=kind, system=system)
    return kind or system or tongue.gettext("A browser")
