/**
 * What was done while the site could not be reached. It is kept in this browser at once and told to the site as soon as
 * that answers, with how long ago it was: what was said last holds, not what arrives last. Places are sent along.
 */

import { sendPlaces } from "./memory.js";
import { bound, names, readJson, write } from "./store.js";

const LATER = "later.";
const MOST_ACTS = 500;
const AGAIN_MS = 60_000;

/** How the site is told. Of one kind and one article the last act alone is kept. */
const WAYS = {
  heard: (slug, heard, seconds_ago) => [`/api/articles/${slug}/heard`, "POST", { heard, seconds_ago }],
  queue: (slug, how) =>
    how === "remove" ? [`/api/queue/${slug}`, "DELETE"] : ["/api/queue", "POST", { slug, next: how === "next" }],
  stay: (slug, _, seconds_ago) => [`/api/places/${slug}/other`, "DELETE", { seconds_ago }],
};

/**
 * Tell the site: "heard" whether an article was, "queue" with "add", "next" or "remove", "stay" that the place here is
 * the right one. False when the site refuses it; true when it knows, or will.
 */
export async function tell(kind, slug, value = true) {
  const name = `${kind}.${slug}`;
  const act = { value, made: Date.now() };
  write(LATER + name, JSON.stringify(act));
  bound(LATER, MOST_ACTS, byTime);
  return (await send(name, act)) !== false;
}

/** What is still to be told of an article; null when nothing is. */
export const untold = (kind, slug) => readJson(`${LATER}${kind}.${slug}`)?.value ?? null;

export function forget() {
  for (const name of names(LATER)) write(LATER + name, null);
}

const byTime = (one, other) => one.made - other.made;

/** Whether the site took it; null when it could not be asked. */
async function send(name, { value, made }) {
  const [kind, slug] = name.split(".");
  const [address, method, body] = WAYS[kind](slug, value, Math.max(0, (Date.now() - made) / 1000));
  try {
    const headers = { "Content-Type": "application/json" };
    const answer = await fetch(address, { method, headers, keepalive: true, body: body && JSON.stringify(body) });
    if (answer.status === 429 || answer.status >= 500) return null;
    if (readJson(LATER + name)?.made === made) write(LATER + name, null);
    return answer.ok;
  } catch {
    return null; // the site is away
  }
}

let acting = null;

/** Tell all that was not told, in the order in which it was done. True when something was. */
export function sendActs() {
  acting ??= tellAll().finally(() => { acting = null; });
  return acting;
}

async function tellAll() {
  const acts = names(LATER).map((name) => ({ name, ...readJson(LATER + name) }));
  let isSent = false;
  for (const act of acts.sort(byTime)) {
    const found = await send(act.name, act);
    if (found === null) break;
    isSent ||= found;
  }
  return isSent;
}

let sending = null;

/** One after the other: two first things at once would be those of two listeners. */
export function sendAll() {
  sending ??= sendActs()
    .then(async (isSent) => (await sendPlaces()) || isSent)
    .finally(() => { sending = null; });
  return sending;
}

/** The site is there again: tell it what it does not know, then bring what is kept to today's. */
export async function catchUp() {
  const isSent = await sendAll();
  if (navigator.serviceWorker?.controller) {
    import("./kept.js").then(({ renewAll }) => renewAll()).catch(() => {}); // away again
  }
  return isSent;
}

addEventListener("online", catchUp);
document.addEventListener("visibilitychange", () => document.hidden || sendAll());
setInterval(() => document.hidden || sendAll(), AGAIN_MS); // the site was away, and the connection never was
