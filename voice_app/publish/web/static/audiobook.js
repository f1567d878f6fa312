/**
 * Asks whether the audiobook is made that somebody asked for, and then brings its link into the page. It is said once,
 * politely, and to nobody who listens; the place of a reader stays as it is.
 */

import { gettext } from "./texts.js";

const ASK_EVERY_MS = 2000;
const ASK_LESS_MS = 15000;
let isWatching = false;

const waiting = () => document.querySelector("#audiobook[data-asked]");

async function bring() {
  const fresh = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
  const [told, shown] = [fresh, document].map((page) => page.querySelector(".made [data-answer]"));
  if (told && shown) shown.textContent = told.textContent;
  waiting()?.replaceWith(fresh.getElementById("audiobook"));
  const isListening = document.querySelector(".player audio")?.paused === false;
  const region = document.querySelector(".options [data-news]");
  const isMade = document.querySelector("#audiobook a");
  if (!region || isListening || waiting()) return;
  region.textContent = isMade ? gettext("The audiobook is ready.") : gettext("The audiobook could not be made.");
}

async function watch() {
  let wait = ASK_EVERY_MS;
  try {
    const answer = document.hidden ? null : await fetch(waiting().dataset.asked);
    if (answer && !answer.ok) throw new Error(answer.statusText);
    if (answer && (await answer.json()).audiobook?.state !== "asked") await bring();
  } catch {
    wait = ASK_LESS_MS; // the site is not there just now
  }
  isWatching = Boolean(waiting());
  if (isWatching) setTimeout(watch, wait);
}

/** Watch the article in the page; once is enough, whichever article comes after it. */
export function begin() {
  if (isWatching || !waiting()) return;
  isWatching = true;
  setTimeout(watch, ASK_EVERY_MS);
}

begin();
