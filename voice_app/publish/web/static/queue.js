/**
 * What is next in the queue, also without the site: its order as it was last seen, as far as the articles are kept and
 * were not heard since.
 */

import { untold } from "./later.js";
import { readJson, write } from "./store.js";

const QUEUE = "queue";
const PATIENCE_MS = 6000;

/** The articles that can be heard now, in their order: { slug, page }. */
export async function queue() {
  try {
    return await look();
  } catch {
    return keptOnes();
  }
}

async function look() {
  const answer = await fetch("/api/queue", { signal: AbortSignal.timeout(PATIENCE_MS) });
  const { articles } = await answer.json();
  const heard = articles.filter(({ state }) => ["done", "ready", "narrating"].includes(state));
  const found = heard.map(({ slug, page }) => ({ slug, page }));
  write(QUEUE, JSON.stringify(found));
  return found;
}

async function keptOnes() {
  const { isPossible, of } = await import("./kept.js");
  const left = (readJson(QUEUE) ?? []).filter(({ slug }) => untold("queue", slug) !== "remove");
  const facts = isPossible ? await Promise.all(left.map(({ slug }) => of(slug))) : [];
  return left.filter((_, place) => facts[place]);
}

/** For when the site is away, if anything is kept for then. */
const remember = () => navigator.serviceWorker?.controller && look().catch(() => {});

remember();
addEventListener("kept", remember);
