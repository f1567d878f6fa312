"""The quick look at what a style changes agrees with what is rendered."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.script.documents import document
from tests.unit.script.test_structure import BLOCKS, STYLES
from voice_app.model import Block, Reading, Style
from voice_app.script.render import Manners, render
from voice_app.script.sayings import sayings
from voice_app.script.style import styled


@settings(max_examples=40, deadline=None)
@given(st.lists(BLOCKS, max_size=10), STYLES)
def test_the_quick_look_finds_what_is_rendered(blocks: list[Block], style: Style) -> None:
    source = document(*blocks)
    quick = sorted((saying.spoken(), saying.language) for saying in sayings(source, Reading(style=style)).elements())
    rendered = render(styled(source, style), Manners(style=style)).sentences
    assert [pair for pair in quick if pair[0]] == sorted((s.spoken, s.language) for s in rendered)
