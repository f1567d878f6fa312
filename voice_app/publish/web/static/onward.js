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

let shown = location.pathname;

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
  shown = location.pathname;
  scrollTo({ top: 0, behavior: "instant" });
  await wake(fresh);
  const player = document.querySelector("[data-player]");
  if (!player) return;
  if (wasInside) player.querySelector("[data-play]").focus({ preventScroll: true });
  const region = document.querySelector(".options [data-news]");
  const title = player.dataset.title;
  if (region) setTimeout(() => (region.textContent = gettext("Now: %(title)s", { title })), 500);
  start(player.querySelector("audio"));
}

/** What the new page's scripts do. Those that this page has already are told that there is another article. */
async function wake(fresh) {
  for (const { src } of fresh.querySelectorAll("script[type=module][src]")) {
    const module = await import(new URL(src, location.href).href);
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

addEventListener("popstate", () => location.pathname !== shown && location.reload());
