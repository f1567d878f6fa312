/** The page of settings: what is chosen shows at once. Without this script the form is sent, and the server does the same. */

import { settings } from "./settings.js";

const NEEDS_SERVER = new Set(["language"]);

document.querySelector("[data-settings]").addEventListener("change", ({ target }) => {
  if (NEEDS_SERVER.has(target.name)) return;
  const value = target.type === "checkbox" && !target.checked ? target.dataset.unticked : target.value;
  settings.set(target.name, value, target.dataset.usual);
  const paper = getComputedStyle(document.documentElement).getPropertyValue("--paper").trim();
  for (const bar of document.querySelectorAll("meta[name=theme-color]")) bar.content = paper;
});
