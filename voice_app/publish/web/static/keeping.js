/**
 * The buttons that keep articles in this browser: one article's, on its page and on its card, and the queue's. That of a
 * page comes with it, or later, with the finished sound.
 */

import { all, isPossible, keep, listened, of, refresh, remove, today, tooMuch, Trouble } from "./kept.js";
import { catchUp } from "./later.js";
import "./queue.js";
import { size } from "./size.js";
import { gettext, ngettext } from "./texts.js";

const NOT_KEPT = gettext("It could not be kept. Check the connection, then try again.");

class KeepOffline extends HTMLElement {
  #stop = null;

  async connectedCallback() {
    if (!isPossible) return;
    this.button = this.querySelector("button");
    this.button.onclick = () => this.#press();
    const facts = await of(this.dataset.slug);
    this.#show(facts);
    this.hidden = false;
    if (facts && this.dataset.sound) this.#open(facts);
  }

  show = async () => this.#show(await of(this.dataset.slug));

  /** Here is the article as it is today, or as it is kept. */
  #open(facts) {
    const { slug, sound } = this.dataset;
    document.addEventListener("play", ({ target }) => holdSound(slug, target), { capture: true });
    refresh(facts, sound).catch(() => {}); // the site is away: what is kept is whole
  }

  async #press() {
    if (this.#stop) this.#stop.abort();
    else if (await of(this.dataset.slug)) {
      await remove(this.dataset.slug);
      this.#show(null);
      this.#news(gettext("It is not kept any more."));
    } else await this.#keep();
    dispatchEvent(new Event("kept"));
  }

  async #keep() {
    this.#stop = new AbortController();
    this.#name(gettext("Stop keeping it"));
    this.#news(gettext("It is being kept."));
    const bar = this.querySelector("progress");
    bar.hidden = false;
    let news = "";
    try {
      await keep(this.dataset.facts, { progress: (share) => (bar.value = share), signal: this.#stop.signal });
      news = gettext("Kept. It can be opened and heard without a connection.");
    } catch (problem) {
      news = why(problem);
    }
    bar.hidden = true;
    this.#stop = null;
    this.#show(await of(this.dataset.slug));
    this.#news(news);
  }

  #show(facts) {
    this.#name(facts ? gettext("Remove the offline copy") : gettext("Keep for offline"));
    this.classList.toggle("is-kept", Boolean(facts));
  }

  #name(words) {
    this.button.querySelector("[data-label]").textContent = words;
  }

  #news(text) {
    this.querySelector("[aria-live], [data-told]").textContent = text;
    if (!this.querySelector("[aria-live]")) say(text);
  }
}

/** Sentences for who asked for it; none for who stopped it. */
function why(problem) {
  if (problem.name === "AbortError") return "";
  return problem instanceof Trouble ? problem.message : NOT_KEPT;
}

/** On a page of many articles, what is seen at each is said in one place. */
function say(text) {
  document.querySelector("[data-kept-news]").textContent = text;
}

function holdSound(slug, audio) {
  if (audio.closest("[data-player]")?.dataset.slug !== slug) return;
  listened(slug, () => new Promise((done) => audio.addEventListener("pause", done, { once: true })));
}

/** Keeps all of the queue that can be heard: one article after the other, so that what is there is whole. */
class KeepQueue extends HTMLElement {
  #stop = null;
  #wanted = [];

  async connectedCallback() {
    if (!isPossible) return;
    this.button = this.querySelector("button");
    this.button.onclick = () => (this.#stop ? this.#stop.abort() : this.#keep());
    addEventListener("kept", () => this.#stop || this.#look());
    await this.#look().catch(() => {}); // the site is away: there is nothing to keep
  }

  /** What of it is not kept yet, and how large that is. */
  async #look() {
    const found = await today([...document.querySelectorAll("keep-offline")].map(({ dataset }) => dataset.slug));
    const kept = new Map((await all()).map((facts) => [facts.slug, facts.sound]));
    this.#wanted = found.filter(({ slug, sound }) => kept.get(slug) !== sound);
    this.button.hidden = !this.#wanted.length;
    const waiting = document.querySelectorAll(".numbered > li").length - found.length;
    const what = this.#wanted.length ? sum(this.#wanted) : gettext("What is narrated of it is kept in this browser.");
    this.#tell(waiting ? `${what} ${later(waiting)}` : what);
    this.hidden = !found.length;
  }

  async #keep() {
    const wanted = this.#wanted;
    const trouble = await tooMuch(wanted.reduce((so, { bytes }) => so + bytes, 0));
    if (trouble) return this.#news(trouble);
    this.#stop = new AbortController();
    this.#name(gettext("Stop keeping"));
    this.#news(gettext("Being kept: %(what)s", { what: sum(wanted) }));
    this.bar = this.querySelector("progress");
    this.bar.hidden = false;
    const problem = await this.#keepAll(wanted);
    const done = await this.#kept(wanted);
    this.bar.hidden = true;
    dispatchEvent(new Event("kept"));
    this.#stop = null;
    this.#name(gettext("Keep the queue for offline"));
    const hadFocus = document.activeElement === this.button;
    await this.#look().catch(() => {});
    this.#news([told(done, wanted.length), problem && why(problem)].filter(Boolean).join(" "));
    if (hadFocus && this.button.hidden) this.querySelector("[data-told]").focus();
  }

  /** What ended it before it was done. An article that fails alone is left for the next time. */
  async #keepAll(wanted) {
    const { signal } = this.#stop;
    let failed = null;
    for (const [number, { page, slug }] of wanted.entries()) {
      const progress = (share) => (this.bar.value = (number + share) / wanted.length);
      try {
        await keep(`${page}/offline.json`, { progress, signal });
        await document.querySelector(`keep-offline[data-slug="${slug}"]`)?.show();
      } catch (problem) {
        if (signal.aborted || problem instanceof Trouble) return problem;
        failed = problem;
      }
      this.#progress(number + 1, wanted.length);
    }
    return failed;
  }

  /** Seen after each article, and said at each quarter at most. */
  #progress(done, all) {
    if (done === all) return;
    const text = gettext("%(done)s of %(all)s are kept.", { done, all });
    this.#tell(text);
    if (Math.floor((4 * done) / all) > Math.floor((4 * (done - 1)) / all)) say(text);
  }

  async #kept(wanted) {
    const sounds = new Set((await all()).map(({ sound }) => sound));
    return wanted.filter(({ sound }) => sounds.has(sound)).length;
  }

  #name(words) {
    this.button.querySelector("span").textContent = words;
  }

  #tell(text) {
    this.querySelector("[data-told]").textContent = text;
  }

  #news(text) {
    this.#tell(text);
    say(text);
  }
}

const sum = (articles) =>
  ngettext("%(num)s article, %(size)s.", "%(num)s articles, %(size)s.", articles.length, {
    size: size(articles.reduce((so, { bytes }) => so + bytes, 0)),
  });

const later = (number) =>
  ngettext("%(num)s article is not narrated yet.", "%(num)s articles are not narrated yet.", number);

function told(done, wanted) {
  if (done < wanted) return gettext("%(done)s of %(all)s are kept.", { done, all: wanted });
  return ngettext(
    "Kept: %(num)s article. It can be opened and heard without a connection.",
    "Kept: %(num)s articles. They can be opened and heard without a connection.",
    done,
  );
}

customElements.define("keep-offline", KeepOffline);
customElements.define("keep-queue", KeepQueue);
if (!document.querySelector("[data-player]")) catchUp(); // which sends its own place first
if (navigator.serviceWorker?.controller) import("./away.js");
