"""What a rule is: one named thing with its examples beside it, which are its test."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from voice_app.script.mapped import Edit, Mapped


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Wherever `pattern` is found, say `say`: a replacement, or a function of the match.

    `examples` are (written, said) pairs, at least three, one of which must not change.
    """

    name: str
    pattern: re.Pattern[str]
    say: str | Callable[[re.Match[str]], str]
    examples: tuple[tuple[str, str], ...]

    def edits(self, text: str) -> list[Edit]:
        found = []
        for match in self.pattern.finditer(text):
            said = self.say(match) if callable(self.say) else match.expand(self.say)
            if said != match.group():
                found.append(Edit(start=match.start(), end=match.end(), text=said))
        return found


def apply(rules: Sequence[Rule], text: Mapped) -> list[str]:
    """Run the rules one after the other; the names of those that changed something, in order."""
    fired = []
    for rule in rules:
        if edits := rule.edits(text.text):
            text.apply(edits)
            fired.append(rule.name)
    return fired
