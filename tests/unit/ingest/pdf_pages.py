"""Writes small PDF files for tests: text at places, in any order, uncompressed, so that every byte is known."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from voice_app.model import Source

# Helvetica's widths from its AFM file, from the blank to the tilde, in thousandths of the size
WIDTHS = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778,
    722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278,
    278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
]  # fmt: skip
FONTS = {"F1": "Helvetica", "F2": "Helvetica-Bold", "F3": "Courier", "F4": "Helvetica-Oblique"}
ANY = "F5"  # a font that is not in the file and writes all of Unicode, each sign as wide as the type is high
_RANGES = [b"<%02X00> <%02XFF> <%02X00>" % (n, n, n) for n in range(256)]
_IDENTITY = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange %s endcmap end end""" % b" ".join(
    b"%d beginbfrange %s endbfrange" % (len(some), b" ".join(some))
    for some in (_RANGES[n : n + 64] for n in (0, 64, 128, 192))
)


def width(text: str, size: float) -> float:
    return sum(WIDTHS[ord(c) - 32] if 32 <= ord(c) < 127 else 556 for c in text) * size / 1000


def source(body: bytes, origin: str = "paper.pdf") -> Source:
    return Source(origin=origin, media_type="application/pdf", body=body, fetched_at=datetime.now(UTC))


@dataclass
class Sheet:
    """One page, 400 wide and 600 high. `y` is the baseline, measured from the top."""

    marks: list[str] = field(default_factory=list)
    extra: str = ""
    height: float = 600

    def text(self, x: float, y: float, text: str, size: float = 10, font: str = "F1", matrix: str = "1 0 0 1") -> float:
        """Put a text in one stroke; where it ends."""
        plain = text.encode("cp1252").decode("latin-1")
        for sign in "\\()":
            plain = plain.replace(sign, "\\" + sign)
        self.marks.append(f"BT /{font} {size} Tf {matrix} {x:.2f} {self.height - y:.2f} Tm ({plain}) Tj ET")
        return x + width(text, size)

    def unicode(self, x: float, y: float, text: str, size: float = 10) -> None:
        """Put a text of any signs in one stroke, from left to right."""
        signs = text.encode("utf-16-be").hex()
        self.marks.append(f"BT /{ANY} {size} Tf 1 0 0 1 {x:.2f} {self.height - y:.2f} Tm <{signs}> Tj ET")

    def lines(
        self, x: float, y: float, lines: Sequence[str], size: float = 10, font: str = "F1", step: float = 0
    ) -> float:
        """Put lines below each other; the baseline after the last."""
        for line in lines:
            self.text(x, y, line, size, font)
            y += step or 1.2 * size
        return y

    def paragraph(self, x: float, y: float, text: str, wide: float, size: float = 10, font: str = "F1") -> float:
        """Put a text broken to a width, its lines set to both edges; the baseline after the last."""
        line: list[str] = []
        for word in [*text.split(), ""]:
            if not word or width(" ".join([*line, word]), size) > wide:
                self._justified(x, y, line, wide if word else 0, size, font)
                y += 1.2 * size
                line = []
            line.append(word)
        return y

    def _justified(self, x: float, y: float, words: Sequence[str], wide: float, size: float, font: str) -> None:
        spare = wide - sum(width(word, size) for word in words) if wide else 0
        blank = spare / max(1, len(words) - 1) if wide else width(" ", size)
        for word in words:
            x = self.text(x, y, word, size, font) + blank

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.marks.append(f"0.5 w {x0} {self.height - y0} m {x1} {self.height - y1} l S")

    def picture(self) -> None:
        self.marks.append("q 300 0 0 400 50 100 cm /Im1 Do Q")

    def shuffled(self, seed: int = 1) -> Sheet:
        """The same page with its strokes in another order."""
        marks = list(self.marks)
        random.Random(seed).shuffle(marks)
        return Sheet(marks, self.extra, self.height)


def pdf(*sheets: Sheet, info: str = "", catalog: str = "", bookmark: str = "") -> bytes:
    """The pages as a file. `info` and `catalog` are what else goes into those two; `bookmark` leads to page 1."""
    catalog += " /Outlines << /First 9 0 R /Last 9 0 R >>" if bookmark else ""
    fonts = " ".join(
        f"/{key} << /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>"
        for key, name in FONTS.items()
    )
    kids = " ".join(f"{10 + 2 * n} 0 R" for n in range(len(sheets)))
    image = (
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>"
    )
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
        f"<< /Type /Pages /Kids [{kids}] /Count {len(sheets)} >>".encode(),
        f"<< /Font << {fonts} /{ANY} 6 0 R >> /XObject << /Im1 4 0 R >> >>".encode(),
        image + b"\nstream\n\x80\nendstream",
        f"<< {info} >>".encode("latin-1"),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Any /Encoding /Identity-H /DescendantFonts [7 0 R] "
        b"/ToUnicode 8 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Any /DW 1000 /CIDSystemInfo "
        b"<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(_IDENTITY), _IDENTITY),
        f"<< /Title ({bookmark}) /Dest [10 0 R /Fit] >>".encode(),
    ]
    for number, sheet in enumerate(sheets):
        stream = "\n".join(sheet.marks).encode("latin-1")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 {sheet.height}] /Resources 3 0 R "
            f"/Contents {11 + 2 * number} 0 R {sheet.extra} >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info 5 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)
