"""Codes and tokens: how long they are valid, what a guesser meets, and what becomes of those who never come back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.counted import Counted, counted
from voice_app.desks import listening
from voice_app.errors import InputError, TooManyTriesError, WrongCodeError
from voice_app.model import Place


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Counted]:
    with counted(tmp_path) as made:
        yield made


def test_a_code_is_eight_digits_however_they_are_typed(house: Counted) -> None:
    desk = house.studio.listening
    _, phone = desk.begin("Phone")
    for spell in (
        lambda code: f"{code[:4]} {code[4:]}",
        lambda code: "-".join(code),
        lambda code: "".join(chr(0x660 + int(digit)) for digit in code),
        lambda code: "".join(chr(0xFF10 + int(digit)) for digit in code),
    ):
        code = desk.offer(phone)
        assert re.fullmatch(r"\d{8}", code)
        _, device = desk.join(spell(code), "Laptop")
        assert device.listener_id == phone.listener_id


def test_a_code_is_valid_for_ten_minutes(house: Counted) -> None:
    desk = house.studio.listening
    _, phone = desk.begin("Phone")
    for minutes, is_valid in ((9.9, True), (10, False)):
        code = desk.offer(phone)
        house.pass_hours(minutes / 60)
        if is_valid:
            desk.join(code, "Laptop")
        else:
            with pytest.raises(WrongCodeError):
                desk.join(code, "Laptop")


def test_a_new_code_replaces_the_one_before(house: Counted) -> None:
    desk = house.studio.listening
    _, phone = desk.begin("Phone")
    first, second = desk.offer(phone), desk.offer(phone)
    with pytest.raises(WrongCodeError):
        desk.join(first, "Laptop")
    desk.join(second, "Laptop")


def test_too_many_wrong_codes_close_the_door_for_ten_minutes(house: Counted) -> None:
    desk = house.studio.listening
    _, phone = desk.begin("Phone")
    code = desk.offer(phone)
    wrong = "".join(str(9 - int(digit)) for digit in code)
    for _ in range(listening.CODE_TRIES):
        with pytest.raises(WrongCodeError):
            desk.join(wrong, "Guesser")
    with pytest.raises(TooManyTriesError):
        desk.join(code, "Laptop")
    house.pass_hours(0.2)
    desk.join(desk.offer(phone), "Laptop")


def test_strangers_cannot_fill_the_library_with_listeners(house: Counted, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = house.studio.listening
    for _ in range(listening.NEW_LISTENERS):
        desk.begin("Stranger")
    with pytest.raises(TooManyTriesError):
        desk.begin("Stranger")
    house.pass_hours(0.2)
    desk.begin("Stranger")


def test_a_browser_that_joins_itself_stays_as_it_is(house: Counted) -> None:
    desk = house.studio.listening
    token, phone = desk.begin("Phone")
    assert desk.join(desk.offer(phone), "Phone", phone) == ("", phone)
    assert desk.who(token) == phone


def test_a_browser_that_joins_keeps_its_token(house: Counted) -> None:
    desk = house.studio.listening
    _, phone = desk.begin("Phone")
    token, laptop = desk.begin("Laptop")
    made, joined = desk.join(desk.offer(phone), "Laptop", laptop)
    assert (made, joined.id, joined.listener_id) == ("", laptop.id, phone.listener_id)
    assert desk.who(token) == joined


def test_who_never_comes_back_is_forgotten_and_who_comes_is_not(house: Counted) -> None:
    desk = house.studio.listening
    lost, _ = desk.begin("Lost")
    used, _ = desk.begin("Used")
    house.pass_hours(200 * 24)
    assert desk.who(used)
    house.pass_hours(201 * 24)
    desk.purge()
    assert desk.who(lost) is None
    assert desk.who(used)


def test_a_place_has_the_time_at_which_somebody_was_there(house: Counted) -> None:
    desk, article = house.studio.listening, house.narrated("# Herons\n\nThey stand.")
    _, phone = desk.begin("Phone")
    place = Place(seconds=1.0, at=house.now[0] + timedelta(days=9))
    kept = desk.keep(phone, article.slug, place, seconds_ago=90).place
    assert kept
    assert kept.at == house.now[0] - timedelta(seconds=90)
    kept = desk.keep(phone, article.slug, place, seconds_ago=-90).place
    assert kept
    assert kept.at == house.now[0], "nobody comes from the future"


@pytest.mark.parametrize(
    ("given", "name"), [("  Küche \t\n 2 ", "Küche 2"), ("a\0b\x1b[1m", "a b [1m"), ("x" * 99, "x" * 40)]
)
def test_a_name_is_one_short_line(house: Counted, given: str, name: str) -> None:
    desk = house.studio.listening
    _, phone = desk.begin("Phone")
    desk.rename(phone, phone.id, given)
    assert [device.name for device in desk.devices(phone)] == [name]
    with pytest.raises(InputError, match="A device needs a name"):
        desk.rename(phone, phone.id, " \n")
