/**
 * The articles that this browser keeps for times without the site. What is kept of one is a cache with its page, its
 * sound and all that belongs to them, and `FACTS`, which say what it is. They are put in last: a cache without them is
 * still being filled, or was left so. What is newer gets a cache of its own, and the older one goes when that is whole.
 * `worker.js` answers out of them.
 */

import { size } from "./size.js";
import { read, write } from "./store.js";
import { gettext } from "./texts.js";

const PREFIX = "kept-";
const FACTS = "/offline/facts";
const WORKER = "/service-worker.js";
const MENU = "menu";
const SAYINGS = ["going-on", "all", "nothing", "trouble"].map((name) => `/listen/say/${name}.mp3`);
const AT_ONCE = 50;
const LOOKED = "looked";
const LOOK_EVERY_MS = 600_000;

/** Without https browsers have neither. */
export const isPossible = Boolean(globalThis.caches && navigator.serviceWorker && navigator.locks);

/** A sentence for whoever asked for it. */
export class Trouble extends Error {}

/** Have the worker answer where the site cannot. Resolves when it is ready to. */
export async function register() {
  await navigator.serviceWorker.register(WORKER);
  await navigator.serviceWorker.ready;
}

/** What is kept, the latest first: the site's facts of each article, how many `bytes` it takes, and `at`, when. */
export async function all() {
  const slugs = new Set((await namesOf()).map(slugOf));
  const found = await Promise.all([...slugs].map(of));
  return found.filter(Boolean).sort((one, other) => other.at - one.at);
}

/** The facts of one article; null when it is not kept. */
export async function of(slug) {
  const found = await Promise.all((await namesOf(slug)).map(factsIn));
  return found.filter(Boolean).sort((one, other) => one.at - other.at).at(-1) ?? null;
}

export async function remove(slug) {
  await Promise.all((await namesOf(slug)).map((name) => caches.delete(name)));
  if (!(await namesOf()).length) await caches.delete(MENU);
}

/** What the site has of these articles today, as far as they have their sound. */
export async function today(slugs) {
  const found = [];
  for (let here = 0; here < slugs.length; here += AT_ONCE) {
    const asked = new URLSearchParams(slugs.slice(here, here + AT_ONCE).map((slug) => ["slug", slug]));
    found.push(...(await (await get(`/offline/articles.json?${asked}`)).json()).articles);
  }
  return found;
}

/** Whether the site's `now` is another article than what is kept. While it is being made again it is neither. */
export const isOlder = (kept, now) => !now.is_busy && (kept.sound !== now.sound || kept.changed !== now.changed);

/**
 * Keep an article, or bring what is kept of it to today's. `address` gives its facts; `progress` is told the share that
 * is there. Raises Trouble.
 */
export async function keep(address, { progress = () => {}, signal } = {}) {
  const facts = await (await get(address, signal)).json();
  return navigator.locks.request(PREFIX + facts.slug, { signal }, () => fill(facts, progress, signal));
}

async function fill(facts, progress, signal) {
  const older = await namesOf(facts.slug);
  const name = `${PREFIX}${facts.slug}@${crypto.randomUUID()}`;
  const cache = await caches.open(name);
  try {
    await room((await caches.match(facts.sound)) ? 0 : facts.bytes);
    for (const file of facts.files) await cache.put(file, await fileOf(file, facts, progress, signal));
    await register();
    await keepSayings(cache, facts, signal);
    await cache.put(facts.page, await pageOf(facts, signal));
    await cache.put(FACTS, Response.json({ ...facts, at: Date.now() }));
  } catch (problem) {
    await caches.delete(name);
    throw problem.name === "QuotaExceededError" ? new Trouble(full()) : problem;
  }
  await Promise.all(older.map((one) => caches.delete(one)));
}

/**
 * Its page alone as it is today, while it has the same sound; else all of it, unless what is `shown` is the kept one:
 * that has to keep its sound.
 */
export async function refresh(kept, shown) {
  const [now] = await today([kept.slug]);
  if (!now || now.is_busy) return;
  if (now.sound !== kept.sound) {
    if (now.sound === shown) await keep(`${now.page}/offline.json`);
    return;
  }
  const cache = await caches.open(kept.name);
  await cache.put(now.page, await pageOf(now));
  await cache.put(FACTS, Response.json({ ...now, at: kept.at }));
}

/**
 * Bring all that is kept to today's, now and then. What is listened to just now is left alone, and who saves data
 * renews by hand what has another sound.
 */
export async function renewAll() {
  if (Date.now() - Number(read(LOOKED)) < LOOK_EVERY_MS || !(await namesOf()).length) return;
  await navigator.locks.request("renewing", { ifAvailable: true }, async (mine) => {
    if (!mine) return;
    const kept = new Map((await all()).map((facts) => [facts.slug, facts]));
    for (const now of await today([...kept.keys()])) {
      const facts = kept.get(now.slug);
      if (isOlder(facts, now) && (now.sound === facts.sound || !navigator.connection?.saveData)) await renew(now);
    }
    write(LOOKED, Date.now());
  });
}

const renew = ({ slug, page }) =>
  navigator.locks.request(heard(slug), { ifAvailable: true }, async (isFree) => {
    if (isFree) await keep(`${page}/offline.json`).catch(() => {}); // the page of what is kept says that it is older
  });

const heard = (slug) => `${PREFIX}${slug}-heard`;

/** Somebody listens to it until the promise that `until` gives is fulfilled: its sound has to stay. */
export const listened = (slug, until) => navigator.locks.request(heard(slug), { mode: "shared" }, until);

/** Why so many bytes have no room here; empty when they have. */
export async function tooMuch(bytes) {
  const { quota, usage } = (await navigator.storage?.estimate?.()) ?? {};
  if (!quota || quota - usage >= bytes) return "";
  const sizes = { wanted: size(bytes), room: size(Math.max(0, quota - usage)) };
  return gettext("It takes %(wanted)s, and this browser has room for %(room)s. Remove other kept articles, then try again.", sizes);
}

/** Ask the browser not to throw away what is kept, and see whether there is room for more. */
async function room(bytes) {
  await navigator.storage?.persist?.();
  if (await tooMuch(bytes)) throw new Trouble(full());
}

const full = () => gettext("There is no room for it in this browser. Remove other kept articles, then try again.");

/** What the spoken menu says of it, and what it says of all. No voice may speak just now: then it is heard without. */
async function keepSayings(cache, { sayings }, signal) {
  const menu = await caches.open(MENU);
  const wanted = [...sayings.map((one) => [cache, one]), ...SAYINGS.map((one) => [menu, one])];
  await Promise.all(
    wanted.map(async ([into, one]) => {
      try {
        await into.put(one, await get(one, signal));
      } catch (problem) {
        if (["AbortError", "QuotaExceededError"].includes(problem.name)) throw problem;
      }
    }),
  );
}

/** A file is taken from what is kept already where its address says what is in it. */
async function fileOf(file, facts, progress, signal) {
  const kept = /^\/(audio|artwork)\//.test(file) && (await caches.match(file));
  if (kept) return kept;
  const answer = await get(file, signal);
  if (file !== facts.sound) return answer;
  let bytes = 0;
  const count = new TransformStream({
    transform(piece, stream) {
      bytes += piece.length;
      progress(Math.min(1, bytes / facts.bytes));
      stream.enqueue(piece);
    },
    flush(stream) {
      if (bytes !== facts.bytes) stream.error(new Error("The sound came in part."));
    },
  });
  return new Response(answer.body.pipeThrough(count), { headers: answer.headers });
}

/** The page, which has to be that of the same sound. */
async function pageOf({ page, sound }, signal) {
  const answer = await get(page, signal);
  if (!(await answer.clone().text()).includes(sound)) {
    throw new Trouble(gettext("The article is being changed just now. Try again in a moment."));
  }
  return answer;
}

async function get(address, signal) {
  const answer = await fetch(address, { cache: "no-cache", signal });
  if (!answer.ok) throw new Error(answer.statusText);
  return answer;
}

// the caches: kept-<slug>@<one for each time it was kept>

const slugOf = (name) => name.slice(PREFIX.length).split("@")[0];

async function namesOf(slug = null) {
  const found = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
  return slug === null ? found : found.filter((name) => slugOf(name) === slug);
}

async function factsIn(name) {
  const facts = await (await caches.open(name)).match(FACTS);
  return facts ? { ...(await facts.json()), name } : null;
}

/** Remove what was begun and left: its page was closed. */
export async function tidy() {
  for (const name of await namesOf()) {
    await navigator.locks.request(PREFIX + slugOf(name), { ifAvailable: true }, async (isFree) => {
      if (isFree && !(await factsIn(name))) await caches.delete(name);
    });
  }
}
