/**
 * The articles that this browser keeps for times without the site. Each has a cache of its own with its page, its sound
 * and all that belongs to them, and `FACTS`, which say what it is. `worker.js` answers out of them.
 */

import { gettext } from "./texts.js";

const PREFIX = "kept-";
const FACTS = "/offline/facts";
const WORKER = "/service-worker.js";

/** Without https browsers have neither. */
export const isPossible = Boolean(globalThis.caches && navigator.serviceWorker);

/** A sentence for whoever asked for it. */
export class Trouble extends Error {}

/** Have the worker answer where the site cannot. Resolves when it is ready to. */
export async function register() {
  await navigator.serviceWorker.register(WORKER);
  await navigator.serviceWorker.ready;
}

/** What is kept, the latest first: the site's facts of each article, how many `bytes` it takes, and `at`, when. */
export async function all() {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
  const found = await Promise.all(names.map((name) => of(name.slice(PREFIX.length))));
  return found.filter(Boolean).sort((one, other) => other.at - one.at);
}

/** The facts of one article; null when it is not kept. */
export async function of(slug) {
  if (!(await caches.has(PREFIX + slug))) return null;
  const facts = await (await caches.open(PREFIX + slug)).match(FACTS);
  return facts ? facts.json() : null;
}

export const remove = (slug) => caches.delete(PREFIX + slug);

/**
 * Keep an article, or bring what is kept of it to today's. `address` gives its facts; `progress` is told the share that
 * is there. What was kept stays whole until all of the new is there. Raises Trouble.
 */
export async function keep(address, { progress, signal }) {
  const facts = await (await get(address, signal)).json();
  const name = PREFIX + facts.slug;
  const before = await of(facts.slug);
  try {
    await room(facts.bytes);
    const [bytes] = await Promise.all([fill(name, facts, progress, signal), register()]);
    const cache = await caches.open(name);
    await cache.put(facts.page, await get(facts.page, signal));
    await cache.put(FACTS, Response.json({ ...facts, bytes, at: Date.now() }));
    await tidy(cache, [facts.page, FACTS, ...facts.files]);
  } catch (problem) {
    if (!before) await caches.delete(name);
    throw problem.name === "QuotaExceededError" ? new Trouble(full()) : problem;
  }
}

/** The page alone, as it is today. */
export async function refresh({ slug, page }) {
  const cache = await caches.open(PREFIX + slug);
  await cache.put(page, await get(page));
}

/** Ask the browser not to throw away what is kept, and see whether there is room for more. */
async function room(bytes) {
  await navigator.storage?.persist?.();
  const { quota, usage } = (await navigator.storage?.estimate?.()) ?? {};
  if (quota && quota - usage < bytes) throw new Trouble(full());
}

const full = () => gettext("There is no room for it in this browser. Remove other kept articles, then try again.");

async function fill(name, facts, progress, signal) {
  const cache = await caches.open(name);
  let bytes = 0;
  const count = new TransformStream({
    transform(piece, stream) {
      bytes += piece.length;
      progress(Math.min(1, bytes / facts.bytes));
      stream.enqueue(piece);
    },
  });
  for (const file of facts.files) {
    const answer = await get(file, signal);
    const body = file === facts.sound ? answer.body.pipeThrough(count) : answer.body;
    await cache.put(file, new Response(body, { headers: answer.headers }));
  }
  if (bytes !== facts.bytes) throw new Error("The sound came in part.");
  return bytes;
}

async function get(address, signal) {
  const answer = await fetch(address, { cache: "no-cache", signal });
  if (!answer.ok) throw new Error(answer.statusText);
  return answer;
}

/** Files of a sound that is no longer the article's go. */
async function tidy(cache, wanted) {
  for (const { url } of await cache.keys()) {
    const { pathname } = new URL(url);
    if (!wanted.includes(pathname)) await cache.delete(url);
  }
}
