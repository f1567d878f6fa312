"""What is dropped or pasted on the add page goes into its form, and nothing is sent before the button is pressed."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.site import Site

DROP = """([kind, value]) => {
    const data = new DataTransfer();
    if (kind === "file") data.items.add(new File(["# Tea\\n\\nBlack tea."], value, { type: "text/markdown" }));
    else data.setData(kind, value);
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
}"""
PASTE = """(text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def test_a_dropped_file_is_chosen_and_said_and_the_button_has_the_focus(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/add")
    page.evaluate(DROP, ["file", "tea.md"])
    expect(page.locator("[data-news]")).to_contain_text("Chosen: tea.md.")
    expect(page.get_by_role("button", name="Add the article")).to_be_focused()
    assert page.evaluate("document.querySelector('[type=file]').files[0].name") == "tea.md"
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tea")


def test_a_dropped_link_and_a_pasted_text_fill_their_fields(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/add")
    page.evaluate(DROP, ["text/uri-list", "# a comment\r\nhttps://example.org/a"])
    expect(page.get_by_label("Address of the article")).to_have_value("https://example.org/a")
    page.evaluate(PASTE, "Tea\n\nBlack tea needs four minutes.")
    expect(page.get_by_label("Or its text")).to_have_value("Tea\n\nBlack tea needs four minutes.")
    expect(page).to_have_url(f"{site.url}/add")


def test_pasting_into_a_field_is_left_to_the_browser(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/add")
    page.get_by_label("Address of the article").focus()
    prevented = page.evaluate(
        """() => { const data = new DataTransfer(); data.setData("text/plain", "x");
        return !document.activeElement.dispatchEvent(
            new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })); }"""
    )
    assert not prevented


def test_several_files_with_the_keyboard_alone(page: Page, site: Site, tmp_path: Path) -> None:
    paths = []
    for name in ("pears", "plums"):
        paths.append(tmp_path / f"{name}.md")
        paths[-1].write_text(f"# {name.capitalize()}\n\nThey hang over the wall.\n")
    page.goto(f"{site.url}/add")
    chooser = page.get_by_label("Or files")
    chooser.focus()
    chooser.set_input_files(paths)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Add the article")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("2 articles were added")
    expect(page.get_by_role("link", name="Plums")).to_be_visible()
