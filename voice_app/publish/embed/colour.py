"""Colours that can be read: WCAG 2's contrast, and the nearest shade that has enough of it. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from voice_app.errors import InputError

TEXT_CONTRAST = 4.5
"""Success criterion 1.4.3 of WCAG 2.2."""
SHADES = 64
_HEX = re.compile(r"#?([0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Colour:
    """Red, green and blue from 0 to 255."""

    red: int
    green: int
    blue: int

    def __str__(self) -> str:
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"

    @property
    def luminance(self) -> float:
        """Relative luminance by WCAG 2: black is 0, white is 1."""
        red, green, blue = (_linear(part / 255) for part in (self.red, self.green, self.blue))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    def contrast(self, other: Colour) -> float:
        """From 1 (the same) to 21 (black on white)."""
        dark, light = sorted((self.luminance, other.luminance))
        return (light + 0.05) / (dark + 0.05)

    def towards(self, other: Colour, share: float) -> Colour:
        """This colour with a share of another one mixed in."""
        pairs = zip((self.red, self.green, self.blue), (other.red, other.green, other.blue), strict=True)
        return Colour(*(round(own + (wanted - own) * share) for own, wanted in pairs))


BLACK, WHITE = Colour(0, 0, 0), Colour(255, 255, 255)


def parse(text: str) -> Colour:
    """A colour as `0e5f58`, `#0e5f58` or `#fa0`. Raises InputError."""
    found = _HEX.fullmatch(text)
    if not found:
        raise InputError(f"{text[:20]!r} is not a colour.", todo="Give six hexadecimal digits, as in accent=0e5f58.")
    digits = found[1] if len(found[1]) == 6 else "".join(digit * 2 for digit in found[1])
    return Colour(*bytes.fromhex(digits))


def readable(colour: Colour, ground: Colour) -> Colour:
    """The colour itself when it can be read on the ground, else its first shade that can."""
    end = max(BLACK, WHITE, key=ground.contrast)
    shades = (colour.towards(end, step / SHADES) for step in range(SHADES + 1))
    return next((shade for shade in shades if shade.contrast(ground) >= TEXT_CONTRAST), end)


def on(colour: Colour) -> Colour:
    """Black or white, whichever is read better on the colour: that has always more than 4.5 to 1."""
    return max(BLACK, WHITE, key=colour.contrast)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
