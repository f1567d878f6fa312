"""The rules' own examples, and what holds for all of them."""

from __future__ import annotations

import pytest

from voice_app.script.mapped import Mapped
from voice_app.script.rules import en, every
from voice_app.script.rules.en import full
from voice_app.script.rules.rule import Rule, apply

RULES = (*every.RULES, *full.RULES, *en.FIGURES, *en.AFTER)
EXAMPLES = [
    pytest.param(rule, *example, id=f"{rule.name}: {example[0]!r}") for rule in RULES for example in rule.examples
]


@pytest.mark.parametrize(("rule", "written", "said"), EXAMPLES)
def test_a_rule_says_what_its_example_says(rule: Rule, written: str, said: str) -> None:
    text = Mapped(written)
    apply([rule], text)
    assert text.text == said


@pytest.mark.parametrize(("rule", "written", "said"), EXAMPLES)
def test_a_rule_leaves_its_own_result_alone(rule: Rule, written: str, said: str) -> None:
    text = Mapped(said)
    apply([rule], text)
    assert text.text == said


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_has_three_examples_and_one_that_must_not_change(rule: Rule) -> None:
    assert len(rule.examples) >= 3
    assert any(written == said for written, said in rule.examples)


def test_a_rule_that_is_only_asked_where_a_figure_stands_needs_one() -> None:
    always = {rule.name for rule in en.WITHOUT_FIGURES}
    asked = [rule for rule in full.RULES if rule.name not in always]
    assert len(asked) > 100
    for rule in asked:
        assert all(written == said or en.FIGURE.search(written) for written, said in rule.examples), rule.name


def test_names_are_unique() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
