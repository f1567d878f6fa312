"""English text to phonemes, by the rules of the hibari package, which write Kokoro's alphabet as well."""

from __future__ import annotations

import importlib.util
import json
import zlib
from collections.abc import Container, Mapping
from pathlib import Path
from typing import Any

from voice_app.errors import EngineUnavailableError
from voice_app.speech.durations import Said, words_of
from voice_app.speech.lexicon import ObjectOfObjects, SortedObject

TAGGER = "tagger.json.gz"
GZIP = 31  # zlib's name for the format


def assets() -> Path:
    """The folder of the package's data, without importing the package. Raises EngineUnavailableError."""
    package = importlib.util.find_spec("hibari")
    if package is None or package.origin is None:
        raise EngineUnavailableError("The package hibari-tts is missing.", todo="Run `make run`, which installs it.")
    return Path(package.origin).parent / "assets"


def tables(*, british: bool) -> tuple[str, ...]:
    """The names of what `rules` needs unpacked."""
    return TAGGER, *(f"lexicon_{'gb' if british else 'us'}_{kind}.json.gz" for kind in ("gold", "silver"))


def unpacked(name: str) -> bytes:
    """One table. Lets other threads work meanwhile. Raises OSError and zlib.error."""
    return zlib.decompress((assets() / name).read_bytes(), wbits=GZIP)


def rules(texts: Mapping[str, bytes], *, british: bool) -> Any:
    """The package's G2P, with these tables looked up and not decoded."""
    from hibari import g2p

    its_own = g2p._load_json

    def read(name: str) -> Any:
        if name not in texts:
            return its_own(name)
        return _tagger(texts[name]) if name == TAGGER else SortedObject(texts[name])

    g2p._load_json = read
    try:
        return g2p.G2P(british=british)
    finally:
        g2p._load_json = its_own


def _tagger(text: bytes) -> dict[str, Any]:
    """What tells a word's part of speech: small tables, and then a large one of weights."""
    small, name, weights = text.partition(b'"weights":')
    return {**json.loads(small + name + b"0}"), "weights": ObjectOfObjects(weights[:-1])}


def spelt(g2p: Any, text: str, alphabet: Container[str]) -> tuple[str, tuple[Said, ...]]:
    """The text's phonemes, as the G2P would join them itself, and which of them are whose."""
    from hibari.g2p.normalize import normalize

    groups = [""]  # of the tokens between two blanks
    for token in g2p.phonemize_tokens(g2p.tokenize(normalize(text))):
        groups[-1] += token.phonemes or ""
        if token.whitespace:
            groups.append("")
    known = ["".join(c for c in group if c in alphabet) for group in groups]
    return " ".join(groups).strip(), words_of(text, known)
