"""A cover for an article that has none: its title, large, on a calm colour. The same title gives the same bytes."""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

SIDE_PX = 1400  # the least that Apple's directory takes
MARGIN_PX = 110
TITLE_SIZES_PX = (150, 128, 108, 90, 74, 60, 48)
SUBTITLE_PX = 52
LEADING = 1.18
# dark grounds; white text has a contrast of at least 7:1 on each
GROUNDS = ("#14423b", "#1f3a5f", "#4a2545", "#5b2a1d", "#2f3e1f", "#3b2f63", "#0f4a58", "#5a1f36")


def artwork(title: str, *, subtitle: str = "") -> bytes:
    """A 1400 x 1400 RGB JPEG of less than 512 kB."""
    from PIL import Image, ImageDraw

    ground = GROUNDS[hashlib.sha256(title.encode()).digest()[0] % len(GROUNDS)]
    image = Image.new("RGB", (SIDE_PX, SIDE_PX), ground)
    draw = ImageDraw.Draw(image)
    _waves(draw, hashlib.sha256(title.encode()).digest())
    font, lines = _fitted(draw, title.strip() or "Untitled")
    y = float(MARGIN_PX)
    for line in lines:
        draw.text((MARGIN_PX, y), line, font=font, fill="white")
        y += font.size * LEADING
    if subtitle:
        small = _font(SUBTITLE_PX)
        draw.text((MARGIN_PX, SIDE_PX - MARGIN_PX - SUBTITLE_PX), _cut(draw, subtitle, small), font=small, fill="white")
    out = io.BytesIO()
    out.name = "cover.jpg"  # for a name Pillow loads one format, for a format all of them
    image.save(out, quality=88, dpi=(72, 72), optimize=False)
    return out.getvalue()


def _waves(draw: Any, digest: bytes) -> None:
    """A row of bars like a sound wave, from the title's digest."""
    bars, width, gap = 24, 30, 19
    for n in range(bars):
        height = 30 + digest[n % len(digest)] * 0.75
        x = MARGIN_PX + n * (width + gap)
        middle = SIDE_PX - 380
        draw.rounded_rectangle((x, middle - height / 2, x + width, middle + height / 2), 15, fill="#ffffff", width=0)


def _font(size_px: int) -> FreeTypeFont:
    from PIL import ImageFont

    font: FreeTypeFont = ImageFont.load_default(size_px)  # type: ignore[assignment]
    return font


def _fitted(draw: Any, title: str) -> tuple[FreeTypeFont, list[str]]:
    """The largest size at which the title fits above the bars, and its lines."""
    room = SIDE_PX - 380 - 130 - MARGIN_PX
    for size in TITLE_SIZES_PX:
        font = _font(size)
        lines = _wrapped(draw, title, font)
        if len(lines) * size * LEADING <= room:
            return font, lines
    most = int(room / (TITLE_SIZES_PX[-1] * LEADING))
    return font, [*lines[: most - 1], _cut(draw, lines[most - 1] + " …", font)]


def _wrapped(draw: Any, text: str, font: FreeTypeFont) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if draw.textlength(longer, font=font) <= SIDE_PX - 2 * MARGIN_PX or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return [_cut(draw, line, font) for line in lines]


def _cut(draw: Any, text: str, font: FreeTypeFont) -> str:
    while text and draw.textlength(text, font=font) > SIDE_PX - 2 * MARGIN_PX:
        text = text[:-1]
    return text
