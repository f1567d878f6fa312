/**
 * When an article ends, the next of the queue comes into the page and plays, if that is chosen. The page is not left: a
 * browser lets a page make sound only after somebody used it, and a new one was not used.
 *
 * Before it does, the player's section gets a cancelable event `onward`: a sleep timer may forbid it.
 */

import { settings } from "./settings.js";
import { start } from "./sound.js";
import { gettext } from "./texts.js";

const WAIT_MS = 1500; // so that the end of one and the beginning of the next are two things

async function ended(player, audio) {
  if (!player.isConnected || !audio.ended) return;
  await fetch(`/api/queue/${player.dataset.slug}`, { method: "DELETE" }).catch(() => {});
  if (settings.get("onward", "off") !== "on") return;
  if (!player.dispatchEvent(new CustomEvent("onward", { cancelable: true, bubbles: true }))) return;
  const next = await first(player.dataset.slug);
  if (next && player.isConnected && audio.ended) await show(next.page);
}

/** The first of the queue that can be heard. */
async function first(slug) {
  try {
    const { articles } = await (await fetch("/api/queue")).json();
    return articles.find((one) => one.slug !== slug && ["done", "ready", "narrating"].includes(one.state));
  } catch {
    return null;
  }
}

async function show(address) {
  let fresh;
  try {
    fresh = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
  } catch {
    return;
  }
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
