/** The page of what this browser keeps; also what is shown, without the site, in place of a page that is not kept. */

import { all, isPossible, register, remove } from "./kept.js";
import { gettext, language, ngettext } from "./texts.js";
import { spoken } from "./words.js";

const UNITS = ["megabyte", "gigabyte"].map(
  (unit) => new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long", maximumFractionDigits: 1 }),
);
const size = (bytes) => (bytes < 1e9 ? UNITS[0].format(bytes / 1e6) : UNITS[1].format(bytes / 1e9));

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
    const button = row.querySelector("button");
    button.querySelector(".unseen").lang = facts.language;
    button.querySelector(".unseen").textContent = `: ${facts.title}`;
    button.addEventListener("click", () => this.#remove(facts, button.closest("li")));
    return row;
  }

  /** The focus goes to the next one, as the button is gone. */
  async #remove({ slug, title }, row) {
    const place = [...this.list.children].indexOf(row);
    await remove(slug);
    await this.show();
    const rows = [...this.list.children];
    (rows[Math.min(place, rows.length - 1)]?.querySelector("button") ?? document.querySelector("h1")).focus();
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
    document.querySelector("main [role=status]").textContent = text;
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
  new Shelf(document.querySelector("[data-shelf]")).show();
  register().catch(() => {}); // the site is away, and the worker is there already
} else document.querySelector("[data-impossible]").hidden = false;
