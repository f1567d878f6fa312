"""What the command line prints: lines for people, and JSON for programs."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from voice_app.model import Treatment, language_name, primary

if TYPE_CHECKING:
    from voice_app.keeper import Stats, Stock
    from voice_app.model import Block, Company, Document, Narration, Outlook, Script, Voice


def json_line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def counted(number: int, unit: str) -> str:
    """1 article, 2,000 articles."""
    return f"{number:,} {unit}{'' if number == 1 else 's'}"


def size(count: int) -> str:
    """Bytes for people: 999 bytes, 1.0 kB, 12.3 GB."""
    if count < 1_000:
        return f"{count} bytes"
    amount = float(count)
    for unit in ("kB", "MB", "GB", "TB"):
        amount /= 1_000
        if amount < 999.95 or unit == "TB":
            break
    return f"{amount:.1f} {unit}"


def stock(found: Stock) -> dict[str, Any]:
    oldest = datetime.fromtimestamp(found.oldest_use, UTC).isoformat(timespec="seconds") if found.oldest_use else None
    return {
        "kind": found.kind,
        "files": found.files,
        "bytes": found.bytes,
        "hours": round(found.hours, 2) if found.hours is not None else None,
        "oldest_use": oldest,
    }


def cache_stats(found: Stats) -> dict[str, Any]:
    return {
        "kinds": [stock(each) for each in found.stocks],
        "bytes": found.bytes,
        "in_use_bytes": found.in_use_bytes,
        "max_bytes": found.max_bytes or None,
        "finished": stock(found.finished),
    }


def cache_lines(found: Stats) -> str:
    lines = []
    for each in found.stocks:
        oldest = f"{datetime.fromtimestamp(each.oldest_use, UTC):%Y-%m-%d}" if each.oldest_use else "-"
        hours = f"about {each.hours:,.1f} hours" if each.hours is not None else ""
        lines.append(f"{each.kind:6}{each.files:>11,} files{size(each.bytes):>12}  {hours:>18}, oldest use {oldest}")
    whole = found.finished
    lines.append(f"{whole.kind:6}{whole.files:>11,} files{size(whole.bytes):>12}  finished, goes with its articles")
    rules = "limited by the bucket's own rules" if found.max_bytes is None else "without a limit"
    limit = f"of {size(found.max_bytes)}" if found.max_bytes else rules
    lines.append(f"Clips and runs: {size(found.bytes)} {limit}; {size(found.in_use_bytes)} in use.")
    return "\n".join(lines)


def outlook(found: Outlook) -> str:
    """12 of 57 sentences to be spoken: about 1:20 of sound, about 2 s here."""
    if not found.to_speak:
        return f"{counted(found.sentences, 'sentence')}, all spoken already."
    here = f", about {max(1, round(found.wall_seconds)):,} s here" if found.wall_seconds else ""
    told = f"{found.to_speak:,} of {counted(found.sentences, 'sentence')} to be spoken"
    return f"{told}: about {clock(found.seconds)} of sound{here}."


def narration(article: Document, made: Narration) -> dict[str, Any]:
    from voice_app.library.slugs import slug

    sentences = {chapter.number: len(chapter.sentences) for chapter in made.script.chapters}
    audio = made.audio
    return {
        "slug": slug(article.title),
        "title": article.title,
        "language": article.language,
        "seconds": audio.seconds,
        "wall_seconds": round(made.wall_seconds, 3),
        "first_audio_seconds": round(made.first_audio_seconds, 3),
        "chapters": [
            {
                "number": chapter.number,
                "title": chapter.title,
                "file": str(made.folder / chapter.file),
                "seconds": chapter.seconds,
                "sentences": sentences[chapter.number],
            }
            for chapter in audio.chapters
        ],
        "whole": {"file": str(made.folder / audio.file), "seconds": audio.seconds},
        "audiobook": {"file": str(made.folder / made.audiobook)} if made.audiobook else None,
        "clips": {
            "total": made.clips_spoken + made.clips_cached,
            "spoken": made.clips_spoken,
            "cached": made.clips_cached,
        },
        "stood_in": len(audio.stood_in),
        "receipt": asdict(made.receipt),
    }


def document(found: Document) -> dict[str, Any]:
    def block(b: Block) -> dict[str, Any]:
        facts: dict[str, Any] = {"kind": b.kind, "level": b.level, "text": b.text, "treatment": b.treatment}
        return (
            facts
            | ({"rows": b.rows} if b.rows else {})
            | ({"marker": b.marker} if b.marker else {})
            | ({"alt": b.alt} if b.alt else {})
        )

    return {
        "title": found.title,
        "byline": found.byline,
        "language": found.language,
        "published": found.published.isoformat() if found.published else None,
        "blocks": [block(b) for b in found.kept],
        "receipt": asdict(found.receipt)
        | {
            "sentence": _receipt(found),
            "not_said": [
                {"text": b.text, "kind": b.kind, "treatment": b.treatment, "reason": b.reason}
                for b in found.blocks
                if b.treatment is not Treatment.SAID
            ],
        },
    }


def script(found: Script) -> dict[str, Any]:
    sentences = [
        {
            "id": each.id,
            "chapter": chapter.number,
            "written": each.written,
            "spoken": each.spoken,
            "pause_ms": each.pause_ms,
        }
        for chapter in found.chapters
        for each in chapter.sentences
    ]
    chapters = [{"number": c.number, "title": c.title, "sentences": len(c.sentences)} for c in found.chapters]
    return {"title": found.title, "chapters": chapters, "sentences": sentences}


def company(found: Company, *, language: str | None, reader: Voice | None, as_json: bool) -> list[str]:
    """A line for each of its voices, or one with the reason why there are none. `*` reads when nobody is named."""
    facts: dict[str, Any] = {"engine": found.engine, "problem": found.problem}
    if found.problem:
        return [json_line(facts) if as_json else f"  {found.engine}: {found.problem}"]
    where = "sends the text away" if found.remote else "offline"
    pace = f"{found.speed:.3g} times real time" if found.speed else "speed not measured"
    lines = []
    for voice in found.voices:
        if language and not speaks(voice, language):
            continue
        facts = {
            "id": voice.id,
            "language": voice.language,
            "licence": voice.licence,
            "sends_text_away": found.remote,
            "times_real_time": found.speed,
            "label": voice.label,
            "reads": voice == reader,
        }
        words = (voice.id, language_name(voice.language), voice.language, voice.licence, where, pace, voice.label)
        mark = "*" if voice == reader else " "
        lines.append(json_line(facts) if as_json else f"{mark} {'; '.join(word for word in words if word)}")
    return lines


def speaks(voice: Voice, language: str) -> bool:
    return primary(voice.language) == primary(language)


def readable(found: Document) -> str:
    lines = [found.title, "=" * len(found.title), ""]
    for block in found.kept:
        rows = [" | ".join(row) for row in block.rows]
        lines += [f"[{block.kind}] " + " / ".join([part for part in (block.text, block.alt, *rows) if part])]
    left_out = [b for b in found.blocks if b.reason]
    lines += ["", _receipt(found)] + [f"- {(b.text or b.alt)[:60]} ({b.reason})" for b in left_out]
    return "\n".join([*lines, ""])


def _receipt(found: Document) -> str:
    from voice_app.publish.receipt import sentence  # the site's words: they load what they need to be translated

    return sentence(found.blocks)
