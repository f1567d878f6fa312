"""Brackets behind a name: how it sounds and how it is written in other letters, which is seen and not said."""

from __future__ import annotations

import re

from voice_app.script.rules.rule import Rule

_LABEL = r"(?:\b(?:IPA|[Pp]ronounced|[Pp]ronunciation|[A-Z][a-z]+ pronunciation):? )?"
# of the letters of the phonetic alphabet those that no language writes
_SOUNDS = re.compile(rf"{_LABEL}(?P<sign>[/\[])[^/\[\]]*[ˈˌːəɪʊɒɔɛʃʒŋɑɡɾʁɲʎɐɜɹʌʔɣɕʑɨʰʲ][^/\[\]]*(?:/|\])")
# Letters that are neither Latin nor Greek, or three that are Greek, and what follows up to a Latin letter or a sign.
# Said by what they are not: a set of all others takes longer to compile than all the rest.
_FOREIGN = re.compile(
    r"(?:[\u0370-\u03ff\u1f00-\u1fff]{3}|(?=[^\W\d_])[^ -\u03ff\u1d00-\u2fff])[^!-\u02af\u2000-\u2fff]*"
)
_MARKS = " .-’·"  # between foreign words


def _without(match: re.Match[str]) -> str:
    """What is left between the brackets; a label that has lost what it names goes too."""
    inner = match.group(1)
    if not (_FOREIGN.search(inner) or _SOUNDS.search(inner)):
        return match.group()
    inner = _FOREIGN.sub("", _SOUNDS.sub("", inner))
    parts = ([piece.strip() for piece in part.split(",")] for part in inner.split(";"))
    kept = [", ".join(piece for piece in pieces if piece.strip(_MARKS)[-1:] not in {"", ":"}) for pieces in parts]
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
            ("Peter (Russian: Санкт-Петербург; 1703)", "Peter (1703)"),
            ("the dose (5 μg) and the angle (α, β)", "the dose (5 μg) and the angle (α, β)"),
            ("Beijing (pinyin: Běijīng)", "Beijing (pinyin: Běijīng)"),
            ("say('東京')", "say('東京')"),
        ),
    ),
)
