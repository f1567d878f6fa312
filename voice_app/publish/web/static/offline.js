/** The page of what this browser keeps; also what is shown, without the site, in place of a page that is not kept. */

import { all, isOlder, isPossible, keep, register, remove, renewAll, tidy, today, Trouble } from "./kept.js";
import { sendAll } from "./later.js";
import { size } from "./size.js";
import { gettext, ngettext } from "./texts.js";
import { spoken } from "./words.js";

class Shelf {
  constructor(box) {
    this.box = box;
    this.list = box.querySelector("ul");
    this.row = box.querySelector("template");
    box.querySelector("[data-all]").addEventListener("click", () => this.#removeAll());
  }

  async show() {
    const kept = await all();
    this.list.replaceChildren(...kept.map((facts) => this.#made(facts)));
    this.list.hidden = !kept.length; // an empty list is announced as a list of none
    this.box.querySelector("[data-empty]").hidden = kept.length > 0;
    this.box.querySelector("[data-all]").hidden = kept.length < 2;
    this.box.querySelector("[data-sum]").textContent = await sum(kept);
    this.box.hidden = false;
  }

  #made(facts) {
    const row = this.row.content.cloneNode(true);
    const link = row.querySelector("a");
    link.href = facts.page;
    link.textContent = facts.title;
    link.parentElement.lang = facts.language;
    row.querySelector("[data-about]").textContent = gettext("%(length)s, %(size)s", {
      length: spoken(Math.round(facts.seconds / 60) * 60 || facts.seconds),
      size: size(facts.bytes),
    });
    for (const name of row.querySelectorAll("[data-title]")) {
      name.lang = facts.language;
      name.textContent = facts.title;
    }
    row.querySelector("li").dataset.slug = facts.slug;
    row.querySelector("[data-remove]").addEventListener("click", ({ target }) => this.#remove(facts, target.closest("li")));
    row.querySelector("[data-renew]").addEventListener("click", ({ target }) => this.#renew(facts, target));
    return row;
  }

  /** Renew what can be renewed by itself, and tell of the rest. */
  async look() {
    await renewAll();
    const kept = await all();
    const now = new Map((await today(kept.map(({ slug }) => slug))).map((facts) => [facts.slug, facts]));
    for (const facts of kept) {
      const row = this.list.querySelector(`[data-slug="${facts.slug}"]`);
      const isOld = now.has(facts.slug) && isOlder(facts, now.get(facts.slug));
      for (const part of row?.querySelectorAll("[data-older], [data-renew]") ?? []) part.hidden = !isOld;
    }
  }

  async #renew({ slug, title, page }, button) {
    this.#news(gettext("%(title)s is being renewed.", { title }));
    button.disabled = true;
    let news = gettext("%(title)s is as new as on the site.", { title });
    try {
      await keep(`${page}/offline.json`);
    } catch (problem) {
      news = problem instanceof Trouble ? problem.message : gettext("It could not be kept. Check the connection, then try again.");
    }
    await this.show();
    await this.look().catch(() => {});
    const row = this.list.querySelector(`[data-slug="${slug}"]`);
    row?.querySelector("button:not([hidden])").focus();
    this.#news(news);
  }

  /** The focus goes to the next one, as the button is gone. */
  async #remove({ slug, title }, row) {
    const place = [...this.list.children].indexOf(row);
    await remove(slug);
    await this.show();
    const rows = [...this.list.children];
    (rows[Math.min(place, rows.length - 1)]?.querySelector("[data-remove]") ?? document.querySelector("h1")).focus();
    this.#news(gettext("%(title)s is not kept any more.", { title }));
  }

  async #removeAll() {
    const kept = await all();
    const question = ngettext("Remove %(num)s article from this browser?", "Remove %(num)s articles from this browser?", kept.length);
    if (!confirm(question)) return;
    await Promise.all(kept.map(({ slug }) => remove(slug)));
    await this.show();
    document.querySelector("h1").focus();
    this.#news(gettext("Nothing is kept any more."));
  }

  #news(text) {
    document.querySelector("main [aria-live]").textContent = text;
  }
}

async function sum(kept) {
  if (!kept.length) return "";
  const bytes = kept.reduce((so, facts) => so + facts.bytes, 0);
  const told = ngettext("%(num)s article, %(size)s in all.", "%(num)s articles, %(size)s in all.", kept.length, { size: size(bytes) });
  const { quota, usage } = (await navigator.storage?.estimate?.()) ?? {};
  const isSafe = await navigator.storage?.persisted?.();
  const room = quota ? gettext("This browser has room for %(size)s more.", { size: size(quota - usage) }) : "";
  const care = isSafe ? "" : gettext("When its disk is full, the browser may remove what is kept.");
  return [told, room, care].filter(Boolean).join(" ");
}

/** The address is that of another page, which is not kept. */
function tellWhy() {
  if (location.pathname === "/offline") return;
  const heading = document.querySelector("h1");
  document.title = document.title.replace(heading.textContent, gettext("No connection"));
  heading.textContent = gettext("No connection");
  document.querySelector("[data-away]").hidden = false;
}

document.querySelector("[data-without]").hidden = true;
if (isPossible) {
  tellWhy();
  const shelf = new Shelf(document.querySelector("[data-shelf]"));
  await tidy();
  await shelf.show();
  register().catch(() => {}); // the site is away, and the worker is there already
  await sendAll();
  shelf.look().catch(() => {}); // away still
} else document.querySelector("[data-impossible]").hidden = false;
