"""Written English sentences beside what a person would say. The pins in pins.json may rise, never fall."""

from __future__ import annotations

import json
import re
from pathlib import Path

from voice_app.script.say import say

HERE = Path(__file__).parent


def test_english_is_said_as_a_person_would() -> None:
    pinned = json.loads((HERE / "pins.json").read_text(encoding="utf-8"))["spoken_en"]
    pairs = sentences()
    misses = [(written, spoken, said) for written, spoken in pairs if _heard(said := say(written, "en")) != spoken]
    exact = 1 - len(misses) / len(pairs)
    for written, spoken, said in misses:
        print(f"\n  written  {written}\n  expected {spoken}\n  said     {said}")
    print(f"\n{len(pairs)} sentences, {len(misses)} misses, {exact:.3f} exact")
    assert len(pairs) >= pinned["sentences"]
    assert exact >= pinned["exact"]


def test_no_sentence_stands_there_twice() -> None:
    written = [written for written, _ in sentences()]
    assert len(set(written)) == len(written)


def sentences() -> list[tuple[str, str]]:
    """(written, the words heard) of each line."""
    lines = (HERE / "spoken_en.tsv").read_text(encoding="utf-8").splitlines()
    pairs = [line.split("\t") for line in lines if line and not line.startswith("# ")]
    return [(written, _heard(spoken)) for written, spoken in pairs]


def _heard(text: str) -> str:
    """The words without case and punctuation, and single letters as one word: what an ear can tell apart."""
    words = " ".join(re.findall(r"[^\W_]+(?:['’][^\W_]+)*", text.lower().replace("’", "'")))
    return re.sub(r"\b[a-z](?: [a-z]\b)+", lambda m: m.group().replace(" ", ""), words)
