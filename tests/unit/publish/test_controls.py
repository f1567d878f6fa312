"""What the player can do, as the pages know it."""

from __future__ import annotations

from voice_app.publish.settings import CHOICES, CONTROLS, PLACES
from voice_app.publish.web.controls import KEYS


def test_each_action_has_a_key_of_its_own_that_is_one_sign() -> None:
    assert len({key.action for key in KEYS}) == len({key.usual for key in KEYS}) == len(KEYS)
    assert all(len(key.usual) == 1 and key.usual.isascii() and key.usual.isalpha() for key in KEYS)


def test_each_control_can_be_in_each_place_and_begins_where_it_usually_is() -> None:
    for name, usual in CONTROLS.items():
        assert CHOICES[f"show{name}"][0] == usual
        assert set(CHOICES[f"show{name}"]) == set(PLACES)
