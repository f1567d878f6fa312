/**
 * When an article ends, the next of the queue comes into the page and plays, if that is chosen. The page is not left: a
 * browser lets a page make sound only after somebody used it, and a new one was not used.
 *
 * Before it does, the player's section gets a cancelable event `onward`: a sleep timer may forbid it.
 */

import { tell } from "./later.js";
import { queue } from "./queue.js";
import { settings } from "./settings.js";
import { start } from "./sound.js";
import { gettext } from "./texts.js";

const PATIENCE_MS = 6000;
const WAIT_MS = 1500; // so that the end of one and the beginning of the next are two things

async function ended(player, audio) {
  if (!player.isConnected || !audio.ended) return;
  await tell("queue", player.dataset.slug, "remove");
  if (settings.get("onward", "off") !== "on") return;
  if (!player.dispatchEvent(new CustomEvent("onward", { cancelable: true, bubbles: true }))) return;
  const next = (await queue()).find(({ slug }) => slug !== player.dataset.slug);
  if (next && player.isConnected && audio.ended) await show(next.page);
}

/** The page as the site has it, else as it is kept; null when there is neither. */
async function pageAt(address) {
  try {
    const answer = await fetch(address, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (answer.ok) return answer.text();
  } catch {
    /* the site is away */
  }
  return (await globalThis.caches?.match(address))?.text() ?? null;
}

async function show(address) {
  const html = await pageAt(address);
  if (html === null) return;
  const fresh = new DOMParser().parseFromString(html, "text/html");
  const main = document.querySelector("main");
  const wasInside = main.contains(document.activeElement);
  for (const sound of main.querySelectorAll("audio")) close(sound);
  main.replaceWith(fresh.querySelector("main"));
  document.title = fresh.title;
  history.pushState(null, "", address);
  scrollTo({ top: 0, behavior: "instant" });
  await wake();
  const player = document.querySelector("[data-player]");
  if (!player) return;
  if (wasInside) player.querySelector("[data-play]").focus({ preventScroll: true });
  const region = document.querySelector(".options [data-news]");
  const title = player.dataset.title;
  if (region) setTimeout(() => (region.textContent = gettext("Now: %(title)s", { title })), 500);
  start(player.querySelector("audio"));
}

/** What the new article's scripts do. Those that are here already are told that there is another article. */
async function wake() {
  for (const name of document.querySelector("[data-scripts]").dataset.scripts.split(" ")) {
    const module = await import(`./${name}.js`);
    await module.begin?.();
  }
}

/** Silence a player that goes away, so that it keeps no place any more. */
function close(sound) {
  sound.replaceChildren();
  sound.removeAttribute("src");
  sound.load();
}

// The player may be another one by now. What a media element tells does not rise, but it can be met on its way down.
document.addEventListener(
  "ended",
  ({ target }) => {
    const player = target.closest?.("[data-player]");
    if (player) setTimeout(() => ended(player, target), WAIT_MS);
  },
  { capture: true },
);

/** Back or forward led to an article that is not the one in the page. */
function goBack() {
  const player = document.querySelector("[data-player]");
  if (player && !decodeURI(location.pathname).endsWith(`/${player.dataset.slug}`)) location.reload();
}

addEventListener("popstate", goBack);
goBack(); // it may have been before this script came
