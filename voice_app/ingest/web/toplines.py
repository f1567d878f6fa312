"""The lines between a page's title and its text, and those below it: who, when, how long to read, share."""

from __future__ import annotations

import re
from collections.abc import Sequence

from voice_app.ingest.blocks import dropped, key
from voice_app.ingest.days import DAY
from voice_app.model import Block, BlockKind, Treatment

MAX_CHARS = 160
MAX_TEXTS = 2  # paragraphs of the article after which no such line is looked for
BYLINE = "byline and date"
_SHARE = re.compile(
    r"^(?:share|tweet|pin(?: it)?|e-?mail|print|copy link|save|facebook|twitter|linkedin|whatsapp|reddit|bookmark|"
    r"share (?:this|on|via|with)\b.{0,40}|follow us\b.{0,40}|teilen|drucken|partager|imprimer|compartir|"
    r"listen(?: now)?|"
    r"add to (?:favou?rites|my list)|jump to recipe|print recipe)$",
    re.I,
)
_BY = re.compile(
    r"^(?:(?:an? )?(?:(?:written|posted|reported|reviewed|submitted|essay|story) )?by|from|von|par|por|di|автор)"
    r"\s*:?\s+\S.{1,79}$",
    re.I,
)
_BOTTOM = re.compile(
    r"^(?:©|\(c\)|copyright\b|printed from\b|last (?:updated|modified)\b|view (?:this|it) .{0,20}in (?:your|a) browser)"
    r"|\bunsubscribe\b|\bvisitor number\b|\bbest viewed (?:with|in)\b|\ball rights reserved\b",
    re.I,
)
_READING = (
    r"\d{1,3}\s*[-\u2013]?\s*min(?:ute|uten|utes|utos|uti)?s?\.?\s*"
    r"(?:read|reading time|lesezeit|de lecture|de lectura|di lettura)?"
)
_TIME = re.compile(r"\d{1,2}[:.h]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?|uhr|h|gmt|utc|bst|ces?t|e[sd]?t|p[sd]?t)?", re.I)
_PIECES = re.compile(
    rf"{_READING}|\b(?:reading time|lesezeit|temps de lecture|tiempo de lectura)\b"
    r"|\b\d{1,2}[:.h]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?|uhr|h)?|\b(?:gmt|utc|cest|cet|bst|[ecmp][sd]?t|msk)\b"
    r"|\b(?:first |last )?(?:published|updated|posted|modified|reviewed|created|veröffentlicht|aktualisiert|stand|"
    r"publié|mis à jour|modifié|publicado|actualizado|pubblicato|aggiornato|опубликовано|обновлено)\b"
    r"|\b(?:on|at|by|in|the|am|um|von|vom|le|à|par|el|a las|por|de|il|di|and|und|et|y)\b"
    r"|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b"
    r"|\b(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|"
    r"dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo)\b"
    r"|\b\d{1,2}/\d{1,2}/\d{2,4}\b|公開日|更新日|掲載",
    re.I,
)


def without_toplines(blocks: Sequence[Block], byline: str | None, site: str) -> list[Block]:
    """Leave out the lines with name and date between title and text: the page shows them as facts."""
    out = list(blocks)
    names = [name for name in (*(byline or "").split(", "), site) if name]
    texts = 0
    for i, block in enumerate(out):
        if block.treatment is not Treatment.SAID or (block.kind is BlockKind.HEADING and block.level == 1):
            continue
        reason = "" if block.standfirst or block.aside else _reason(block, names)
        if reason:
            out[i] = dropped(block, reason)
        elif not block.standfirst:
            texts += block.kind is not BlockKind.FIGURE
        if texts >= MAX_TEXTS:
            break
    return out


def without_bottomlines(blocks: Sequence[Block], byline: str | None, site: str) -> list[Block]:
    """Leave out the lines below the text: when it was changed, whose it is, how to unsubscribe."""
    out = list(blocks)
    names = [name for name in (*(byline or "").split(", "), site) if name]
    for i in reversed(range(len(out))):
        block = out[i]
        if block.treatment is not Treatment.SAID or block.kind is BlockKind.NOTE:
            continue
        if block.kind is not BlockKind.PARAGRAPH or len(block.text) > MAX_CHARS:
            break
        if _says_who_and_when(block, names):
            out[i] = dropped(block, BYLINE)
        elif _BOTTOM.search(block.text):
            out[i] = dropped(block, "page footer")
        else:
            break
    return out


def _reason(block: Block, names: Sequence[str]) -> str:
    if block.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.HEADING) or len(block.text) > MAX_CHARS:
        return ""
    if _SHARE.match(block.text):
        return "share buttons"
    return BYLINE if _says_who_and_when(block, names) else ""


def _says_who_and_when(block: Block, names: Sequence[str]) -> bool:
    """Whether nothing is left of the line when names, dates and words about them are taken out."""
    if block.kind is BlockKind.HEADING and _TIME.fullmatch(block.text):
        return False  # over an entry of a live blog
    if block.kind is not BlockKind.HEADING and _BY.match(block.text) and not re.search(r"[.!?:]$", block.text):
        return True
    if block.text.isdigit():
        return False
    text = block.text
    for name in names:
        text = text.replace(name, " ")
    left = _PIECES.sub(" ", DAY.sub(" ", text))
    return not key(left)
