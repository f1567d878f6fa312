"""Brackets behind a name: how it sounds and how it is written in other letters, which is seen and not said."""

from __future__ import annotations

import re

from voice_app.script.rules.rule import Rule

_LABEL = r"(?:\b(?:IPA|[Pp]ronounced|[Pp]ronunciation|[A-Z][a-z]+ pronunciation):? )?"
# of the letters of the phonetic alphabet those that no language writes
_SOUNDS = re.compile(rf"{_LABEL}(?P<sign>[/\[])[^/\[\]]*[ˈˌːəɪʊɒɔɛʃʒŋɑɡɾʁɲʎɐɜɹʔɣɕʑɨʲ][^/\[\]]*(?:/|\])")
_GREEK = r"\u0370-\u03ff\u1f00-\u1fff"
_OTHERS = r"\u0400-\u06ff\u0900-\u10ff\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af"  # Cyrillic to Korean
_ANY = rf"{_GREEK}{_OTHERS}\u0300-\u036f"
_FOREIGN = re.compile(rf"(?:[{_GREEK}]{{3}}|[{_OTHERS}])(?:[{_ANY} ·’.-]*[{_ANY}])?")


def _without(match: re.Match[str]) -> str:
    """What is left between the brackets; a label that has lost what it names goes too."""
    inner = match.group(1)
    if not (_FOREIGN.search(inner) or _SOUNDS.search(inner)):
        return match.group()
    inner = _FOREIGN.sub("", _SOUNDS.sub("", inner))
    parts = ([piece.strip() for piece in part.split(",")] for part in inner.split(";"))
    kept = [", ".join(piece for piece in pieces if piece and not piece.endswith(":")) for pieces in parts]
    said = "; ".join(part for part in kept if part)
    return f"({said})" if said else ""


RULES = (
    Rule(
        name="sounds and other letters in brackets",
        pattern=re.compile(r"(?<![\w'\"])\(([^()]{2,400})\)"),
        say=_without,
        examples=(
            ("Tokyo (/ˈtoʊkioʊ/; Japanese: 東京, Tōkyō)", "Tokyo (Tōkyō)"),
            ("Kyiv (Ukrainian: Київ, IPA: [ˈkɪjiu̯]) is", "Kyiv  is"),
            ("Leo Tolstoy (Russian: Лев Толстой; 1828)", "Leo Tolstoy (1828)"),
            ("the dose (5 μg) and the angle (α, β)", "the dose (5 μg) and the angle (α, β)"),
            ("Beijing (pinyin: Běijīng)", "Beijing (pinyin: Běijīng)"),
            ("say('東京')", "say('東京')"),
        ),
    ),
)
