"""The documentation's pictures: every page has one, and the command that takes them runs."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser

from tests import screens
from tests.browser.places import PLACES
from tests.browser.site import Site
from voice_app.publish.web.app import make_app

MOST_BYTES = 2_000_000


def test_every_page_has_a_picture(site: Site) -> None:
    routes = make_app(site.studio, site.config).url_map.bind("")

    def endpoint(path: str) -> str:
        return str(routes.match(path.partition("?")[0].replace("{", "").replace("}", ""))[0])

    wanted = {endpoint(place.path) for place in PLACES if place.status < 400}
    pictured = {picture.place for picture in screens.PICTURES}
    assert wanted == {endpoint(place.path) for place in PLACES if place.name in pictured and place.status < 400}


def test_the_pictures_are_there_with_their_texts_and_are_not_too_large() -> None:
    assert screens.TEXT.read_text(encoding="utf-8") == screens.text()
    files = sorted(screens.FOLDER.iterdir())
    assert files == sorted(screens.FOLDER / picture.file for picture in screens.PICTURES)
    assert sum(file.stat().st_size for file in files) < MOST_BYTES
    assert all(len(picture.told) > 30 for picture in screens.PICTURES)


@pytest.mark.browser
def test_the_command_takes_a_picture(chromium: Browser, tmp_path: Path) -> None:
    pictures = [picture for picture in screens.PICTURES if picture.place in ("Home, empty", "Frame")]
    screens.take(chromium, pictures, tmp_path)
    for picture in pictures:
        with Image.open(tmp_path / picture.file) as sheet:
            assert sheet.size == (1157, 1236)
            light, dark = (sheet.convert("L").getpixel((sheet.width // 2, sheet.height * part // 8)) for part in (3, 7))
            assert isinstance(light, int)
            assert isinstance(dark, int)
            assert light > 200 > 60 > dark
