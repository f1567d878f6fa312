/**
 * Takes what is dropped or pasted anywhere on the page into the form's own fields, and says so. Nothing is sent before
 * the button is pressed. Without a mouse, the fields themselves do the same.
 */

import { gettext } from "./texts.js";

const form = document.querySelector("[data-drop]");
const news = form.querySelector("[data-news]");
const FIELDS = ["input", "textarea"];

function take(data) {
  if (data.files.length) {
    form.elements.file.files = data.files;
    const names = [...data.files].map((file) => file.name).join(", ");
    return gettext("Chosen: %(names)s.", { names });
  }
  const link = data.getData("text/uri-list").split(/\r?\n/).find((line) => line && !line.startsWith("#"));
  if (link) {
    form.elements.address.value = link;
    return gettext("The address is filled in.");
  }
  const text = data.getData("text/plain");
  if (!text) return "";
  form.elements.text.value = text;
  return gettext("The text is filled in.");
}

function into(event, data) {
  const said = take(data);
  if (!said) return;
  event.preventDefault();
  const button = form.querySelector("[type=submit]");
  const todo = gettext("Press “%(button)s”.", { button: button.textContent.trim() });
  news.textContent = `${said} ${todo}`;
  button.focus();
}

addEventListener("dragover", (event) => event.preventDefault());
addEventListener("drop", (event) => into(event, event.dataTransfer));
addEventListener("paste", (event) => {
  const isInField = FIELDS.includes(event.target.localName) && !event.clipboardData.files.length;
  if (!isInField) into(event, event.clipboardData);
});
