"""Texts of any length for the benchmarks: plain words in plain sentences, the same for the same seed."""

from __future__ import annotations

import random

TEXT = """
the old garden lay quiet under snow while her brother carried wood from the barn and nobody spoke about the letter that
had come with the morning train because it was not theirs to read although everybody knew what it said about the harvest
the bank and the two small boats
"""
WORDS = TEXT.split()
SENTENCES_A_PARAGRAPH = 5


def sentence(chance: random.Random) -> str:
    """8 to 20 words."""
    words = " ".join(chance.choice(WORDS) for _ in range(chance.randint(8, 20)))
    return f"{words.capitalize()}."


def article(words: int, *, title: str = "A long article", chapter_words: int = 0, seed: int = 5) -> str:
    """Markdown of about so many words, in chapters of about `chapter_words`, or in one."""
    chance = random.Random(seed)
    lines, told, in_chapter, chapter = [f"# {title}"], 0, 0, 0
    while told < words:
        if chapter_words and (not chapter or in_chapter >= chapter_words):
            chapter, in_chapter = chapter + 1, 0
            lines.append(f"## Chapter {chapter}")
        paragraph = " ".join(sentence(chance) for _ in range(SENTENCES_A_PARAGRAPH))
        count = len(paragraph.split())
        told, in_chapter = told + count, in_chapter + count
        lines.append(paragraph)
    return "\n\n".join(lines) + "\n"
