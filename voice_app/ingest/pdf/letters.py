"""Letters: what a page's text is made of, read from PDFium into words."""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from voice_app.ingest.pdf.parts import Font, Page, Word

# glyphs without a Unicode value that Symbol and Wingdings are written with, as bullets mostly
_PRIVATE = {
    0xF0B7: "•", 0xF0A7: "▪", 0xF0D8: "‣", 0xF0FC: "✓", 0xF0A8: "•", 0xF06F: "◦", 0xF0E0: "→", 0xF02D: "−",
    0xF0B0: "°", 0xF0B1: "±", 0xF0B4: "×", 0xF0A3: "≤", 0xF0B3: "≥", 0xF0B2: "″", 0xF0A2: "′", 0xF020: " ",
    0xF061: "α", 0xF062: "β", 0xF067: "γ", 0xF064: "δ", 0xF06D: "µ", 0xF070: "π", 0xF073: "σ", 0xF077: "ω",
    0xF6BE: "j", 0xF731: "1", 0xF732: "2", 0xF733: "3", 0xF734: "4", 0xF735: "5", 0xF736: "6", 0xF737: "7",
    0xF738: "8", 0xF739: "9", 0xF730: "0",
}  # fmt: skip
_HYPHENS = (0x02, 0xFFFE, 0xAD, 0x2010, 0x2011)  # how PDFium and files write a hyphen
_PRESENTATION = re.compile(r"[\ufb00-\ufb06\ufb1d-\ufdff\ufe70-\ufefc\u0132\u0133\u01c4-\u01cc]")
_ACCENTS = {"´": "\u0301", "`": "\u0300", "¨": "\u0308", "ˆ": "\u0302", "˜": "\u0303", "¸": "\u0327", "ˇ": "\u030c"}
_SPACES = frozenset(" \t\r\n\u00a0\u2002\u2003\u2009\u200a\u202f\u3000\u200b\x00")
_QUARTER = 90


@dataclass(frozen=True, slots=True)
class _Look:
    """How a text object of the file is set."""

    size: float
    font: Font
    angle: int
    tag: int


@dataclass(slots=True)
class _Run:
    """Letters of one text object without a blank among them, by their places in the page's text."""

    first: int
    last: int
    text: str
    look: _Look
    is_glued: bool


@dataclass(slots=True)
class Letters:
    """Reads one page's letters. `raw` is pypdfium2's raw module, `page` the open text page."""

    raw: Any
    page: Any
    looks: dict[bytes, _Look] = field(default_factory=dict)
    same: dict[_Look, _Look] = field(default_factory=dict)
    fonts: dict[bytes, Font] = field(default_factory=dict)
    _box: Any = None

    def into(self, page: Page, corners: tuple[float, float, float, float]) -> None:
        """Put the words into `page`, whose visible part has these corners (left, bottom, right, top) in the file."""
        runs = self._runs(page)
        angles = Counter()  # type: Counter[int]
        for run in runs:
            angles[run.look.angle] += len(run.text)
        main = max((a for a in angles if a % _QUARTER == 0), key=lambda a: angles[a], default=0)
        if main in (90, 270):
            page.width, page.height = page.height, page.width
        for index, run in enumerate(runs):
            word = self._word(run, main, corners)
            word.index = index
            if run.look.angle != main:
                page.sideways.append(word)
            elif word.x1 > -1 and word.x0 < page.width + 1 and word.bottom > 0 and word.top < page.height:
                page.words.append(word)

    def _runs(self, page: Page) -> list[_Run]:
        runs: list[_Run] = []
        current: _Run | None = None
        holder = b""
        was_glued = False
        get, of, raw = self.raw.FPDFText_GetUnicode, self.raw.FPDFText_GetTextObject, self.page
        for index in range(max(0, self.raw.FPDFText_CountChars(raw))):
            code = get(raw, index)
            owner = of(raw, index)
            text = self._character(code, index)
            if text in _SPACES or not owner:
                current, was_glued = None, False
                continue
            address = bytes(owner)  # the pointer itself, which is much faster than casting it
            look = self.looks.get(address) or self._look(owner, address, index)
            if look.font.is_math and self.raw.FPDFText_HasUnicodeMapError(raw, index) == 1:
                text = "\ufffd"
            page.letters += 1
            page.unknown += text == "\ufffd"
            if current is None or current.look is not look or (address != holder and not self._goes_on(current, index)):
                current = _Run(index, index, "", look, was_glued)
                runs.append(current)
            current.text += text
            current.last, holder = index, address
            was_glued = True
        return [run for run in runs if run.text]

    def _goes_on(self, run: _Run, index: int) -> bool:
        """Whether a letter of another text object stands where the run ends: some programs write each by itself."""
        if run.look.angle:
            return False
        x, y = self._origin(index)
        reach = 0.25 * run.look.size
        return abs(self._place(run.last)[2] - x) < reach and abs(self._origin(run.last)[1] - y) < 0.1 * run.look.size

    def _character(self, code: int, index: int) -> str:
        if code in _HYPHENS:
            return "-"
        if code in _PRIVATE:
            return _PRIVATE[code]
        if 0xE000 <= code <= 0xF8FF or (code < 32 and code not in (9, 10, 13)) or code > 0x10FFFF:
            return "\ufffd" if code else " "
        if 0xD800 <= code <= 0xDFFF:
            return "\ufffd"
        if code > 126 and self.raw.FPDFText_HasUnicodeMapError(self.page, index) == 1:
            return "\ufffd"
        return chr(code)

    def _look(self, owner: Any, address: bytes, index: int) -> _Look:
        matrix = self.raw.FS_MATRIX()
        self.raw.FPDFText_GetMatrix(self.page, index, matrix)
        scale = math.hypot(matrix.c, matrix.d)
        size = self.raw.FPDFText_GetFontSize(self.page, index) * scale
        angle = round(math.degrees(math.atan2(matrix.b, matrix.a))) if math.isfinite(scale) else 0
        found = _Look(
            size=size if math.isfinite(size) and 0.1 < size < 2000 else 1.0,
            font=self._font(owner),
            angle=angle % 360 if min(angle % _QUARTER, -angle % _QUARTER) > 1 else round(angle / 90) * 90 % 360,
            tag=self.raw.FPDFPageObj_GetMarkedContentID(owner),
        )
        found = self.looks[address] = self.same.setdefault(found, found)
        return found

    def _font(self, owner: Any) -> Font:
        handle = self.raw.FPDFTextObj_GetFont(owner)
        key = bytes(handle)
        if key not in self.fonts:
            name = ctypes.create_string_buffer(128)
            size = self.raw.FPDFFont_GetBaseFontName(handle, name, 128) if handle else 0
            flags = self.raw.FPDFFont_GetFlags(handle) if handle else 0
            self.fonts[key] = Font.named(
                name.raw[: max(0, min(size, 128) - 1)].decode("utf-8", "replace"),
                is_fixed=flags > 0 and bool(flags & 1),
            )
        return self.fonts[key]

    def _word(self, run: _Run, main: int, corners: tuple[float, float, float, float]) -> Word:
        first, last = self._place(run.first), self._place(run.last)
        left, bottom, right, top = corners
        xs, ys = (first[0], first[2], last[0], last[2]), (first[1], first[3], last[1], last[3])
        x, y = self._origin(run.first)
        if main == 90:
            x0, x1, base = min(ys) - bottom, max(ys) - bottom, x - left
        elif main == 180:
            x0, x1, base = right - max(xs), right - min(xs), y - bottom
        elif main == 270:
            x0, x1, base = top - max(ys), top - min(ys), right - x
        else:
            x0, x1, base = min(xs) - left, max(xs) - left, top - y
        return Word(
            text=_normal(run.text),
            x0=x0,
            x1=x1,
            base=base,
            size=run.look.size,
            font=run.look.font,
            tag=run.look.tag,
            is_glued=run.is_glued,
        )

    def _place(self, index: int) -> tuple[float, float, float, float]:
        box = self._box or self.raw.FS_RECTF()
        self._box = box
        self.raw.FPDFText_GetLooseCharBox(self.page, index, box)
        return box.left, box.bottom, box.right, box.top

    def _origin(self, index: int) -> tuple[float, float]:
        x, y = ctypes.c_double(), ctypes.c_double()
        self.raw.FPDFText_GetCharOrigin(self.page, index, x, y)
        return x.value, y.value


def _normal(text: str) -> str:
    """Ligatures as letters, accents on the letters they were drawn over."""
    if text.isascii():
        return text
    text = _PRESENTATION.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    for accent, mark in _ACCENTS.items():
        if accent in text and len(text) > 1:
            text = re.sub(f"{re.escape(accent)}([^\\W\\d_])", rf"\1{mark}", text).replace("ı" + mark, "i" + mark)
    return unicodedata.normalize("NFC", text)
