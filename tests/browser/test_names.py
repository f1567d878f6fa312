"""What Chromium tells a screen reader about each page: names as they are written, and nothing that is only noise."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.places import OPEN_ALL, PLACES
from tests.browser.site import Site

pytestmark = pytest.mark.browser

NAMED = ("button", "link", "heading", "region", "textbox", "combobox", "checkbox", "radio", "DisclosureTriangle")
FIELDS = ("textbox", "searchbox", "combobox", "checkbox", "radio", "spinbutton", "Date")
STRAY = re.compile(r"\s[:;,.?!]|\s\s|:(?=[^\W\d_]\w* )")
"""A blank before a sign, two blanks, or a colon without one after it."""
WRONG = """<!doctype html><html lang="en"><title>x</title><main>
<button style="display: inline-flex">Remove<span style="position: absolute">: bread</span></button>
<p role="status"></p><section aria-labelledby="h"><h2 id="h">New</h2><p>Words.</p></section>
<form action="/"><button>Go</button></form></main>"""


@dataclass
class Node:
    role: str
    name: str
    inside: list[Node] = field(default_factory=list)

    def all(self) -> Iterator[Node]:
        yield self
        for node in self.inside:
            yield from node.all()


def tree(page: Page) -> Node:
    """What the browser hands to screen readers. What it leaves out stands for what is in it."""
    session = page.context.new_cdp_session(page)
    nodes = {node["nodeId"]: node for node in session.send("Accessibility.getFullAXTree")["nodes"]}
    session.detach()

    def made(node: dict[str, Any]) -> list[Node]:
        inside = [one for child in node.get("childIds", ()) if child in nodes for one in made(nodes[child])]
        if node["ignored"]:
            return inside
        return [Node(node["role"]["value"], node.get("name", {}).get("value", ""), inside)]

    (root,) = made(next(iter(nodes.values())))
    return root


def faults(page: Page) -> list[str]:
    found = []
    for node in tree(page).all():
        roles = [one.role for one in node.all()][1:]
        if node.role in NAMED and STRAY.search(node.name):
            found.append(f"a stray sign or blank: {node.role} {node.name!r}")
        if node.role == "status" and not roles:
            found.append("an empty stop of the arrow keys: status")
        if node.role == "region" and ("heading", node.name) in [(one.role, one.name) for one in node.inside[:1]]:
            found.append(f"said as a region and as its heading: {node.name!r}")
        if node.role == "form" and not set(FIELDS) & set(roles):
            found.append("a form of buttons alone")
        if node.role in ("mark", "figure"):
            found.append(f"said before and after what is in it: {node.role} {node.name!r}")
    return found


def test_nothing_on_any_page_is_named_or_told_badly(open_page: Callable[..., Page], whole: Site) -> None:
    page = open_page(quiet=("status of 404", "status of 422"))
    found = []
    for place in PLACES:
        page.goto(place.address(whole))
        page.evaluate(OPEN_ALL)
        if place.act:
            place.act(page)
        found += [f"{place.name}: {fault}" for fault in faults(page)]
    assert not found, "\n".join(found)


def test_each_fault_is_found(chromium: Browser) -> None:
    with chromium.new_page() as page:
        page.set_content(WRONG)
        assert [fault.partition(":")[0] for fault in faults(page)] == [
            "a stray sign or blank",
            "an empty stop of the arrow keys",
            "said as a region and as its heading",
            "a form of buttons alone",
        ]


def test_a_tables_frame_does_not_say_its_caption_once_more(page: Page, site: Site) -> None:
    page.goto(site.page("done"))
    assert not [node.name for node in tree(page).all() if re.search("table.*high water", node.name, re.IGNORECASE)]
    expect(page.get_by_role("group", name="Table", exact=True)).to_have_attribute("tabindex", "0")
