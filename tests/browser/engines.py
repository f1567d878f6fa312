"""Three accessibility checkers run inside a loaded page: axe, HTML_CodeSniffer and IBM's engine.

Each is asked for what it is sure of. What HTML_CodeSniffer and IBM's engine only ask a person to look at was looked at
once: `ACCEPTED` says why it is well here.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

MODULES = Path(__file__).parents[2] / ".tools" / "node_modules"

ACCEPTED: Mapping[str, str] = {
    "style_focus_visible": "the ring of each control is measured in test_keyboard.py",
    "style_color_misuse": "states are words; forced colours and the dark look are looks of their own",
    "style_viewport_resizable": "200 per cent is a look of its own",
    "element_tabbable_visible": "the skip link is seen when it has the focus",
    "element_tabbable_unobscured": "pages scroll by as much as the player covers",
    "input_label_visible": "a search field beside the word Search; a slider between its two clocks",
    "text_block_heading": "one sentence in a box whose name says what it is about",
    "text_sensory_misuse": "the words of articles",
    "text_quoted_correctly": "the words of articles, and HTML to copy",
    "application_content_accessible": "the text, while one chooses a sentence of it: each is named as it is come to",
    "widget_tabbable_single": "links in the sentence that is chosen, which can be followed",
    "blockquote_cite_exists": "articles quote what has no address",
}
"""What IBM's engine calls potential, by its rule, and why it is well here."""

IBM = """async () => {
    const report = await new ace.Checker().check(document, ["WCAG_2_2"]);
    return report.results.filter(({ value }) => value[0] === "VIOLATION" && ["FAIL", "POTENTIAL"].includes(value[1]))
        .map(({ ruleId, value, message, snippet }) => [ruleId, value[1], message, snippet]);
}"""
SNIFFER = """() => new Promise((done, failed) => {
    const told = () => HTMLCS.getMessages().filter(({ type }) => type === HTMLCS.ERROR)
        .map(({ code, msg, element }) => [code, msg, element.outerHTML?.slice(0, 160) ?? ""]);
    HTMLCS.process("WCAG2AA", document, () => done(told()), () => failed(new Error("HTML_CodeSniffer failed")));
})"""
"""Its rules are those of WCAG 2.1; the newer ones are axe's and IBM's."""


def module(path: str) -> Path:
    """A file that `tests/setup_npm.sh` brought. Without it the test is skipped on a laptop and fails in CI."""
    found = MODULES / path
    if not found.exists():
        message = f"{path} is not installed; sh tests/setup_npm.sh brings it"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return found


def _is_well(rule: str, kind: str, snippet: str) -> bool:
    """Whether a finding of IBM's engine is none.

    It takes every form for a landmark. One without a name is none (HTML-AAM 1.0), and no browser makes it one.
    """
    if rule == "aria_form_label_unique":
        return not re.search(" (aria-label|aria-labelledby|title)=", snippet)
    return kind == "POTENTIAL" and rule in ACCEPTED


@lru_cache
def _source(path: str) -> str:
    return module(path).read_text(encoding="utf-8")


def axe(page: Page) -> list[str]:
    return [
        f"{rule['id']}: {node['failureSummary']} {node['html'][:160]}"
        for rule in Axe().run(page).response["violations"]
        for node in rule["nodes"]
        # it takes a form for a landmark that its role says is none (axe 4.12, landmark-unique-matches)
        if not (rule["id"] == "landmark-unique" and node["html"].startswith('<form role="none"'))
    ]


def sniffer(page: Page) -> list[str]:
    page.evaluate(_source("html_codesniffer/build/HTMLCS.js"))
    return [f"{code}: {text} {element}" for code, text, element in page.evaluate(SNIFFER)]


def ibm(page: Page) -> list[str]:
    page.evaluate(_source("accessibility-checker-engine/ace.js"))
    return [
        f"{rule} {kind}: {text} {snippet}"
        for rule, kind, text, snippet in page.evaluate(IBM)
        if not _is_well(rule, kind, snippet)
    ]
